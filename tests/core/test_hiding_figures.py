"""What everybody is told of units: a table in which one number tells of few people is not told at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.command import Contents
from engine.core.figures import figure_values
from engine.core.hiding import tells_of_few
from tests.workflows.touched import shipped_definition

UNIT = shipped_definition("bukitintan-unit")
SHOWS = UNIT.public[0].shows


def session(below: int, alike: int, above: int) -> Contents:
    """A unit's session over so many people rated so."""
    ratings = [{"results": one} for one in ["below"] * below + ["as"] * alike + ["above"] * above]
    friendly = ["3.00"] * len(ratings)
    return Contents(reads={"members": {"rating": ratings, "friendliness": friendly}})


@pytest.mark.parametrize(
    ("below", "alike", "above", "hidden"),
    [
        (5, 10, 5, False),
        (0, 12, 0, False),
        (1, 15, 5, True),  # one of them would be told of
        (6, 8, 4, True),
        (9, 4, 6, False),
        (12, 0, 3, True),  # those left over are three
        (2, 1, 1, True),  # a unit of four
        (0, 0, 0, True),
    ],
)
def test_a_small_number_hides_the_whole_table(below: int, alike: int, above: int, hidden: bool) -> None:
    assert hidden == tells_of_few(UNIT, session(below, alike, above), SHOWS)


@given(*[st.integers(0, 30)] * 3)
def test_no_number_that_is_told_leads_to_fewer_than_five_people(below: int, alike: int, above: int) -> None:
    """Neither those it tells of, nor those who remain."""
    contents = session(below, alike, above)
    if tells_of_few(UNIT, contents, SHOWS):
        return
    whole = figure_values(UNIT, contents)["rated"]
    assert below + alike + above == whole
    for part in (below, above):
        assert part == 0 or part >= 5
        assert whole == part or whole - part >= 5
