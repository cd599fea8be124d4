"""The board of a calibration: everybody in the cell of a grid that their two results meet in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from engine.core.case_names import figure_kind
from engine.core.definition import Definition, Grid

__all__ = ["axes_of", "cell_of", "grid_of", "ranked"]


def grid_of(definition: Definition, rules: Iterable[Definition]) -> tuple[Definition, Grid] | None:
    """The grid of the cases that a unit's rules look at as a set, and the rules it belongs to; None without one."""
    reads = {one.workflow for one in definition.reads.values() if one.many}
    found = (
        (one, figure)
        for one in rules
        if one.workflow in reads
        for figure in one.figures.values()
        if isinstance(figure, Grid)
    )
    return next(found, None)


def axes_of(definition: Definition, grid: Grid) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of both sides in the order of the rules: those downwards, those across."""
    down = dict.fromkeys(one for one, _ in grid.cells)
    across = dict.fromkeys(one for _, one in grid.cells)
    return (
        tuple(sorted(down, key=_order(definition, grid.down).index)),
        tuple(sorted(across, key=_order(definition, grid.across).index)),
    )


def ranked(definition: Definition, grid: Grid) -> tuple[str, ...]:
    """What a grid can give, the best first: by how high its cells stand on both sides, which rise in their order.

    Of two that stand equally high the one further along the side across is the better: in the nine cells of the
    civil service, who behaves as expected and achieves too little stands before who achieves and behaves badly.
    """
    down, across = axes_of(definition, grid)
    found: dict[str, list[tuple[int, int]]] = {}
    for (one, other), gives in grid.cells.items():
        found.setdefault(gives, []).append((down.index(one), across.index(other)))

    def height(name: str) -> tuple[Fraction, Fraction]:
        cells = found[name]
        both = Fraction(sum(one + other for one, other in cells), len(cells))
        return both, Fraction(sum(other for _, other in cells), len(cells))

    return tuple(sorted(sorted(found), key=height, reverse=True))


def _order(definition: Definition, name: str) -> tuple[str, ...]:
    if name in definition.figures:
        values = figure_kind(definition.figures[name]).values
        # A table gives its results in the order of its rows; where a form offers the same, its order is meant.
        offered = (one.choices for form in definition.forms.values() for one in form.fields)
        return next((tuple(one) for one in offered if {*one} == {*values}), values)
    form, _, field = name.partition(".")
    return next(one.choices for one in definition.forms[form].fields if one.name == field)


def cell_of(
    grid: Grid, forms: Mapping[str, Mapping[str, Any]], figures: Mapping[str, int | str]
) -> tuple[str, str] | None:
    """The cell that somebody stands in, by what may be read of their case; None while a side is missing."""

    def side(name: str) -> str | None:
        form, _, field = name.partition(".")
        found = figures.get(name) if not field else forms.get(form, {}).get(field)
        return found if isinstance(found, str) else None

    down, across = side(grid.down), side(grid.across)
    return None if down is None or across is None else (down, across)
