"""Ways with dates, told as short stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from engine.core.definition import Definition, Label, Language
from engine.core.labels import transition_label
from engine.core.proof.moves import Move
from engine.core.proof.stories import SOMEBODY, Dated, begins, say_move, say_state
from engine.core.telling_days import say_date

__all__ = ["both", "on_day", "rule_label", "say_days", "spans", "tell_dated", "tell_run"]

_DAY = timedelta(days=1)
_WORDS: dict[Language, tuple[str, str, str]] = {
    "id": ("pada {a}", "antara {a} dan {b}", "serta {n} hari lain"),
    "en": ("on {a}", "between {a} and {b}", "and on {n} more days"),
}


def tell_dated(definition: Definition, way: Iterable[tuple[str, date]]) -> tuple[Label, ...]:
    """One line for each state of a way, with the day it is entered."""
    return tuple(
        both("{day}: “{state}”", "{day}: “{state}”", day=day, state=say_state(definition, state))
        for state, day in way
    )


def tell_run(
    definition: Definition, state: str, day: date, way: Iterable[tuple[Move, date]]
) -> tuple[Label, ...]:
    """Where a case stands since a day, or how it opens, and a line for each move with its day."""
    first: Label = begins(definition)
    if state != definition.initial:
        first = both(
            "Kasus {who} ada di “{state}”.", "{who}'s case is at “{state}”.",
            who=SOMEBODY, state=say_state(definition, state),
        )  # fmt: skip
    return (on_day(day, first), *(on_day(when, say_move(definition, move)) for move, when in way))


def on_day(day: date, told: Label) -> Label:
    """A line of a story, with its day before it."""
    return both("{day}: {told}", "{day}: {told}", day=day, told=told)


def both(indonesian: str, english: str, **parts: Label | date | str | int) -> Label:
    """A sentence in both languages, its parts put in: labels and dates each in their own.

    One that names a day knows it: it needs none beside it where it is part of a story.
    """
    languages: tuple[Language, Language] = ("id", "en")
    said = {
        language: {
            name: say_date(part, language)
            if isinstance(part, date)
            else part[language]
            if isinstance(part, Label)
            else part
            for name, part in parts.items()
        }
        for language in languages
    }
    told = {"id": indonesian.format(**said["id"]), "en": english.format(**said["en"])}
    day = next((part for part in parts.values() if isinstance(part, date)), None)
    return Label(**told) if day is None else Dated(**told, day=day)


def rule_label(definition: Definition, state: str, rule: str) -> Label:
    """What a way out is called."""
    for way in definition.states[state].transitions:
        if way.rule == rule:
            return transition_label(definition, way)
    return Label(id=rule, en=rule)


def spans(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    """Days as unbroken spans, first and last of each."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day == found[-1][1] + _DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def say_days(days: Sequence[date], *, most: int = 3) -> Label:
    """Days as spans in words: "between 19 December 2026 and 28 December 2026, and on 3 more days"."""
    told = spans(days)
    more = sum((last - first).days + 1 for first, last in told[most:])
    return Label(id=_said(told[:most], more, "id"), en=_said(told[:most], more, "en"))


def _said(told: Iterable[tuple[date, date]], more: int, language: Language) -> str:
    one, two, rest = _WORDS[language]
    parts = [
        one.format(a=say_date(first, language))
        if first == last
        else two.format(a=say_date(first, language), b=say_date(last, language))
        for first, last in told
    ]
    return ", ".join([*parts, rest.format(n=more)] if more else parts)
