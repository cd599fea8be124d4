"""What the national cycle answers to bad input: each has one stated answer, and nothing is quietly put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.core.chart import Chart
from engine.core.command import Follow
from engine.errors import FormInvalid, GuardRefused, WrongPerson
from tests.worlds import World, chart, machine, ordinary, plan, without

SHIPPED = "workflows/asn-tahunan"
#: in the east of the country the day begins and ends two hours before it does in the west
EAST = "Asia/Jayapura"
VALUES = next(
    field.lines for field in machine(SHIPPED).definition.forms["rating"].fields if field.name == "berakhlak"
)


def rating(**changed: Any) -> dict[str, Any]:
    """A rating as expected, with something else in it."""
    told = {"results": "as", "berakhlak": dict.fromkeys(VALUES, "consistent"), "behaviour": "as"}
    return {**told, "reasons": "sesuai", **changed}


def begun(*, people: Chart | None = None, zone: str = "") -> World:
    """A case in the first state; the superior's plan is not there yet, so a provisional one may be drafted."""
    known = people or chart()
    who = ordinary(known)
    if zone:
        moved = tuple(replace(one, zone=zone) if one.key == who.key else one for one in known.segments)
        known = Chart(segments=moved, version=f"{known.version}+east")
        who = ordinary(known)
    return World(who, definition=SHIPPED, people=known)


def rated_next(world: World) -> World:
    """On to the rater's turn: the performance manager drafts by default, and nobody else does anything."""
    world.wait_until(date(2026, 1, 29))
    assert "manager_sets" == world.case.state
    world.fire("set", plan=plan(60, 40))
    world.wait_until(date(2027, 2, 9))
    assert "rater_rates" == world.case.state
    return world


def disclosed(world: World) -> World:
    """On to the disclosure: rated, accepted, and not calibrated in time."""
    rated_next(world).fire("rate", rating=rating(results="below"))
    world.fire("accept")
    world.wait_until(date(2027, 3, 15))
    assert "disclosed" == world.case.state
    return world


@pytest.mark.parametrize("weights", [(60,), (60, 30), (60, 60), (0, 0)])
def test_weights_that_do_not_add_up_are_refused_with_their_sum(weights: tuple[int, ...]) -> None:
    with pytest.raises(GuardRefused) as refused:
        begun().fire("submit", plan=plan(*weights))

    assert str(sum(weights)) in str(refused.value)


@pytest.mark.parametrize(
    "changed",
    [{"results": "best"}, {"behaviour": ""}, {"berakhlak": {VALUES[0]: "consistent"}}, {"berakhlak": "as"}],
)
def test_a_rating_outside_the_table_is_refused_and_nothing_is_kept(changed: dict[str, Any]) -> None:
    world = rated_next(begun())
    with pytest.raises(FormInvalid):
        world.fire("rate", rating=rating(**changed))

    assert "rater_rates" == world.case.state
    assert "rating" not in world.case.filled


def test_an_objection_counts_to_the_end_of_the_last_day_by_the_employees_own_clock() -> None:
    """In the east: one microsecond before midnight there it is taken, and after that the right is over."""
    world = disclosed(begun(zone=EAST))
    world.fire("received")
    due = world.case.deadlines[0].due_at
    late = disclosed(begun(zone=EAST))
    late.fire("received")
    world.now = due - 1
    world.fire("object", objection={"grounds": "data hilang", "evidence": []})
    late.now = due + 1
    late.rest()

    assert "both_explain" == world.case.state
    assert late.case.state != "may_object"


def test_the_last_day_ends_two_hours_earlier_in_the_east_than_in_the_west() -> None:
    """The same date, by two clocks."""
    ends = []
    for zone in (EAST, "Asia/Jakarta"):
        world = disclosed(begun(zone=zone))
        world.fire("received")
        ends.append(world.case.deadlines[0])

    assert ends[0].due_on == ends[1].due_on
    assert 2 * 3_600_000_000 == ends[1].due_at - ends[0].due_at


def test_a_rater_who_left_is_followed_by_whoever_stands_in_or_stands_above() -> None:
    """Nobody who left may rate, and the employee never waits for them."""
    world = rated_next(begun())
    gone = world.case.task.holder
    world.chart = without(world.chart, gone, world.today)
    world.wait(1)
    world.obey(Follow())
    with pytest.raises(WrongPerson):
        world.fire("rate", by=gone, rating=rating())

    assert world.case.task is not None
    assert world.case.task.holder not in {gone, world.case.subject}
