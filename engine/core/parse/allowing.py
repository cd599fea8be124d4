"""Settings where they are used: whatever an agency may make of one must fit there as its own value does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from engine.core.calendar import FIRST_YEAR, LAST_YEAR
from engine.core.complaints import Said, Sayable, say
from engine.core.moments import Duration, FixedDate, Moment, MomentUnknown, Offset
from engine.core.parse.reading import Placed, Reading
from engine.core.parse.words import LONGEST
from engine.core.settings import allowed_values, sort_of

_WORD = re.compile(r"[a-z][a-z0-9_]*")

Parsed = Duration | Moment | None


def check_allowed(
    reading: Reading, node: Placed, what: Sayable, text: str, parse: Callable[[Mapping[str, str]], Parsed]
) -> None:
    """Complains of values that settings allow and that would not fit where `text` stands."""
    for name, value in _others(reading, text):
        reason = _why_not(parse, {**reading.settings, name: value})
        if reason:
            message = say("allowed_would_not_fit", name=name, value=value, what=what, reason=reason)
            hint = say("allow_less", name=name)
            node.error("allowed_value", message, hint)


def _others(reading: Reading, text: str) -> Iterator[tuple[str, str]]:
    """The settings a text names, each with every value it may have besides its own."""
    for name in dict.fromkeys(_WORD.findall(text)):
        setting = reading.allowed.get(name)
        if setting is not None:
            for value in dict.fromkeys(allowed_values(setting)):
                # What is of another sort was complained of where it is allowed.
                if value != setting.value and sort_of(value) == sort_of(setting.value):
                    yield name, value


def _why_not(parse: Callable[[Mapping[str, str]], Parsed], settings: Mapping[str, str]) -> Said | None:
    try:
        found = parse(settings)
    except MomentUnknown:
        return say("be_no_moment")
    if found is None:
        return say("be_no_duration")
    span = found.duration if isinstance(found, Offset) else found
    if isinstance(span, Duration) and span.amount > LONGEST[span.unit]:
        return say("be_too_long")
    if isinstance(found, FixedDate) and not FIRST_YEAR <= found.date.year <= LAST_YEAR:
        return say("lie_out_of_reach", year=found.date.year)
    return None
