"""Bars drawn on the server: parts of a whole beside one another, told apart by pattern and not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["WIDTH", "Part", "bar_of"]

#: units a whole bar is wide; the picture is as wide as there is room
WIDTH = 600
#: patterns that the style sheet and the template know
_PATTERNS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: what it is of, how many, its pattern, and where it begins and how far it goes."""

    label: str
    count: int
    pattern: int
    start: int
    width: int


def bar_of(counts: Iterable[tuple[str, int]]) -> tuple[Part, ...]:
    """The parts of a bar in their order, those with nothing in them too; together they are as wide as the bar."""
    told = list(counts)
    whole = sum(count for _, count in told)
    parts, before = [], 0
    for number, (label, count) in enumerate(told):
        start = WIDTH * before // whole if whole else 0
        before += count
        end = WIDTH * before // whole if whole else 0
        parts.append(
            Part(label=label, count=count, pattern=number % _PATTERNS, start=start, width=end - start)
        )
    return tuple(parts)
