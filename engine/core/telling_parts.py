"""The parts of a period in words: where, from when to when, how many days of all; and a mean by days as the sum it is.

Page, API and command line say these very lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.core.definition import Definition, Language, Spread
from engine.core.figures import weighed_parts
from engine.core.labels import number_words
from engine.core.sight import Sight
from engine.core.telling_days import say_date

__all__ = ["Part", "say_part", "say_weighing"]

_WORDS = {
    "id": {
        "part": "{unit}, {first} sampai {last}: {days} dari {whole} hari",
        "none": "{unit}, sejak {first}: tanpa satu hari pun",
        "weighed": "{figure}: ({sum}) ÷ {days} = {value}",
        "left_out": "{figure}: {days} hari tanpa nilai tidak dihitung",
    },
    "en": {
        "part": "{unit}, {first} to {last}: {days} of {whole} days",
        "none": "{unit}, from {first}: without a single day",
        "weighed": "{figure}: ({sum}) ÷ {days} = {value}",
        "left_out": "{figure}: {days} days without a value do not count",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a period: its case, the unit it was in, its first and last day, its days of all of them."""

    case: str
    segment: int
    unit: str
    first: date
    last: date
    days: int
    whole: int


def say_part(part: Part, language: Language) -> str:
    """Where a part was, and how many days of the period it has."""
    first, last = say_date(part.first, language), say_date(part.last, language)
    return _WORDS[language]["part" if part.days else "none"].format(
        unit=part.unit, first=first, last=last, days=part.days, whole=part.whole
    )


def say_weighing(definition: Definition, sight: Sight, language: Language) -> tuple[str, ...]:
    """Each mean by days that may be read, as the sum it comes from; nothing where there is one part only."""
    values = sight.figures()
    told: list[str] = []
    for name, figure in definition.figures.items():
        if isinstance(figure, Spread) and figure.by_days and name in values:
            parts = weighed_parts(definition, sight.of_figure(name), figure)
            if len(parts) > 1:
                label = definition.texts.labels["figures"][name][language]
                told += _weighing(label, parts, number_words(values[name], language), language)
    return tuple(told)


def _weighing(
    figure: str, parts: Sequence[tuple[int, str | int | None]], value: str, language: Language
) -> list[str]:
    words = _WORDS[language]
    there = [(days, number_words(one, language)) for days, one in parts if one is not None and days]
    left_out = sum(days for days, one in parts if one is None)
    terms = " + ".join(f"{days} × {one}" for days, one in there)
    told = [
        words["weighed"].format(figure=figure, sum=terms, days=sum(days for days, _ in there), value=value)
    ]
    return [*told, words["left_out"].format(figure=figure, days=left_out)] if left_out else told
