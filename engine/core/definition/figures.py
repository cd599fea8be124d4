"""Figures: values worked out from forms, journals, gatherings and other cases, never typed in.

A path leads to values: `plan.results.weight` (a form), `views.marks` (every answer of a gathering), `public_views`
(a journal), `members.predicate` (a set of other cases). Missing input gives a missing figure, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.core.definition.words import Condition

Rounding = Literal["half_up", "half_even", "down", "up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of a number over a list."""

    name: str
    path: str
    #: those of the number that is summed
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many items a list has; with `where`, how many of them it is true for (it names the items' own fields)."""

    name: str
    path: str
    where: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Which part of a list `where` is true for, from 0 to 1; missing over an empty list."""

    name: str
    path: str
    where: Condition
    decimals: int = 2
    round: Rounding = "half_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The mean, the least or the most of a number over a list; over a form of numbers, of all of them.

    A mean `by_days` is that of the parts of a period, this case's own among them: each weighs its civil days, and one
    without the number weighs nothing.
    """

    name: str
    of: Literal["mean", "least", "most"]
    path: str
    decimals: int = 0
    round: Rounding = "half_up"
    by_days: bool = False

    @property
    def own(self) -> str:
        """The path at which this case itself has the number that a mean by days reads of the other parts."""
        return self.path.partition(".")[2] if self.by_days else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table over two choices, every cell filled: `cells[(down, across)]`."""

    name: str
    down: str
    across: str
    cells: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a row of a table asks of one input: one of these values, or a number between two bounds (scaled)."""

    values: tuple[str, ...] = ()
    over: int | None = None
    at_least: int | None = None
    under: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: what it asks of the inputs it names, and what the table then gives."""

    cells: Mapping[str, Cell]
    gives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows over named inputs (paths or figures); rows exclude each other, `otherwise` when none fits.

    Gives whole numbers if every row does, else texts.
    """

    name: str
    inputs: Mapping[str, str]
    rows: tuple[TableRow, ...]
    otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A decimal formula: `+ - * /`, brackets, numbers, names and `total(path * path)`; rounded once, at the end."""

    name: str
    text: str
    decimals: int = 0
    round: Rounding = "half_up"
    place: str = field(default="", compare=False)


Figure = Total | Count | Share | Spread | Grid | Table | Formula
