"""Two moves of a case by itself at one moment are refused, however the moment is written."""

from __future__ import annotations

from engine.core.parse import problems
from tests.definitions.whole import RULES, TEXTS


def test_one_day_in_two_spellings_is_one_moment():
    """The end of the period and its date, the month after it and the month by name; a day later is another."""
    over = "year_over: {at: period.to, to: rating_due}"
    for moment, same in (
        ("30 June next year", True),
        ("last day of month 12 after period.from", False),
        ("last day of month 11 after period.from", True),
        ("29 June next year", False),
    ):
        assert over in RULES
        rules = RULES.replace(over, f"{over[:-1]}}}, two: {{at: {moment}, to: rating_due}}")
        assert same == any(one.code == "same_moment" for one in problems(rules, TEXTS))
