"""Small cells are hidden, and nothing that is told gives one of them away."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from engine.core.hiding import LEAST, told_counts


def test_large_cells_are_told_as_they_are() -> None:
    assert {"good": 6, "fair": 5} == told_counts({"good": 6, "fair": 5})


def test_a_small_cell_is_hidden_with_the_next_so_that_the_total_does_not_tell_it() -> None:
    assert {"good": 9, "fair": None, "poor": None} == told_counts({"good": 9, "fair": 6, "poor": 2})


def test_cells_hidden_together_are_enough_people() -> None:
    """Two cells with one person each would tell of that person nearly as much as one."""
    assert {"a": 20, "b": None, "c": None, "d": None} == told_counts({"a": 20, "b": 7, "c": 1, "d": 0})


def test_that_everybody_got_the_same_is_not_told() -> None:
    """It would tell it of each; so would a cell with nobody in it beside one other."""
    assert {"good": None, "poor": None} == told_counts({"good": 12, "poor": 0})


def test_of_a_small_unit_nothing_is_told() -> None:
    assert {"a": None, "b": None, "c": None} == told_counts({"a": 2, "b": 1, "c": 1})


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_no_hidden_cell_can_be_worked_out(cells: int) -> None:
    """All ways to spread up to fourteen people: whoever knows how cells are hidden is left with a doubt about each."""
    names = "abcd"[:cells]
    told: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for spread in product(range(15), repeat=cells):
        if LEAST <= sum(spread) <= 14:
            shown = told_counts(dict(zip(names, spread, strict=True)))
            told[(sum(spread), *shown.values())].append(spread)

    for (total, *shown), spreads in told.items():
        for at, cell in enumerate(shown):
            found = {spread[at] for spread in spreads}
            assert found == {cell} if cell is not None else len(found) > 1
            assert cell != total
