"""An outage of a unit is nobody's fault: what counts a duration for a phase or the whole case stands still, too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.case import Deadline
from engine.core.clock_rules import rule_of
from engine.core.command import Actor, BeginOutage, EndOutage, Pause, Resume
from engine.core.interruptions import Outage
from engine.core.ledger import arithmetic
from engine.core.pausing import in_force
from engine.core.telling_sums import say_sum
from engine.errors import Refused
from tests.definitions_varied import varied
from tests.worlds import World, calendar, on_desk

HR = Actor(person=on_desk("personnel"))
GOALS = {"goals": [{"title": "Layanan", "weight": 100}]}
LADDER = {
    "ladders:\n": "ladders:\n  watched: [{at: 2 working days before due, remind: holder}, {at: due, notify: hr}]\n"
}
DURATIONS = LADDER | {
    "phases:\n  planning:\n": (
        "due: {within: 3 months, ladder: watched}\n"
        "phases:\n  planning:\n    due: {within: 10 working days, ladder: watched}\n"
    )
}
DATES = LADDER | {
    "phases:\n  planning:\n": (
        "due: {date: 30 June, day_off: previous, ladder: watched}\n"
        "phases:\n  planning:\n    due: {date: 31 January, day_off: previous, ladder: watched}\n"
    )
}
DOWN = Outage(id="outage-1", unit="", from_on=date(2025, 12, 2))
BEGIN = BeginOutage(outage=DOWN, actor=HR, reason="Server mati.")
END = EndOutage(outage=DOWN, actor=HR, reason="Server hidup lagi.")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Opened on Monday 1 December 2025: planning due on the 15th, the case on 2 March 2026, as 1 March is a Sunday."""
    return World(definition=varied(tmp_path, DURATIONS))


def clock(world: World, name: str) -> Deadline:
    return next(one for one in world.case.deadlines if one.name == name)


def dues(world: World) -> dict[str, date]:
    return {one.name: one.due_on for one in world.case.deadlines}


def goes_down(world: World) -> None:
    world.outages = (DOWN,)
    world.obey(BEGIN)


def comes_up(world: World) -> None:
    world.outages = ()
    world.obey(END)


def test_days_of_an_outage_come_back_to_phase_and_case(world: World) -> None:
    """Down from Tuesday to Thursday: three working days for what counts those, three days for what counts months."""
    before = dues(world)
    world.wait_until(date(2025, 12, 5))
    world.obey(
        BeginOutage(
            outage=Outage(id="outage-1", unit="", from_on=date(2025, 12, 2), to_on=date(2025, 12, 4)),
            actor=HR,
            reason="Server mati.",
        )
    )

    assert (date(2025, 12, 15), date(2026, 3, 2)) == (before["phase:planning"], before["case"])
    assert (date(2025, 12, 18), date(2026, 3, 4)) == (
        clock(world, "phase:planning").due_on,
        clock(world, "case").due_on,
    )
    assert {"task", "phase:planning", "case"} == {
        name for name, _, _ in world.facts("given_back")[-1]["given_back"]
    }


def test_days_set_by_date_stay_in_an_outage(tmp_path: Path) -> None:
    world = World(definition=varied(tmp_path, DATES))
    before = dues(world)
    world.wait_until(date(2025, 12, 2))
    goes_down(world)
    world.wait_until(date(2025, 12, 4))
    comes_up(world)

    assert before["task"] != dues(world)["task"]
    assert {one: before[one] for one in ("phase:planning", "case")} == {
        one: dues(world)[one] for one in ("phase:planning", "case")
    }


def test_phase_and_case_stand_still_across_the_visits_of_an_outage(world: World) -> None:
    """Handed on in the middle of it: the phase has stood still all the time, which its sum tells as one."""
    world.wait_until(date(2025, 12, 2))
    goes_down(world)
    world.wait_until(date(2025, 12, 4))
    world.fire("submit", plan=GOALS)
    held = {one.name for one in world.case.deadlines if one.paused_at is not None}
    world.wait_until(date(2025, 12, 10))
    comes_up(world)
    rule = rule_of(world.machine.definition, world.case, "phase:planning")
    assert rule is not None
    lines = arithmetic(rule, world.case, clock(world, "phase:planning"), calendar())
    lost = calendar().working_days_between(date(2025, 12, 1), date(2025, 12, 10))

    assert {"task", "phase:planning", "case"} == held
    assert [] == world.facts("rung")
    assert ["basis", "counted", "stood", "due"] == [one.kind for one in lines]
    assert calendar().add(date(2025, 12, 15), lost, "working days") == clock(world, "phase:planning").due_on
    assert () == in_force(world.case)


def test_what_an_outage_stopped_lets_go_by_itself_where_no_task_is_left(world: World) -> None:
    """The case waits for the end of the year with no task: its own clock stands until a month is over, then runs."""
    world.wait_until(date(2025, 12, 2))
    goes_down(world)
    world.fire("submit", plan=GOALS)
    world.fire("agree")
    assert "waiting" == world.case.state
    assert ("outage",) == in_force(world.case)
    world.wait_until(date(2026, 1, 3))

    assert () == in_force(world.case)
    assert None is clock(world, "case").paused_at
    assert (
        calendar().roll(calendar().add(date(2026, 3, 1), 33, "days"), "next") == clock(world, "case").due_on
    )


def test_the_end_of_an_outage_leaves_no_clock_that_ends_nothing(tmp_path: Path) -> None:
    """Only the task stood still; it was done: nothing is left that would ring a month later."""
    world = World(definition=varied(tmp_path, DATES))
    world.wait_until(date(2025, 12, 2))
    goes_down(world)
    world.fire("submit", plan=GOALS)
    world.fire("agree")

    assert () == in_force(world.case)
    with pytest.raises(Refused, match="changes no clock"):
        comes_up(world)


def test_the_end_of_an_outage_leaves_a_pause_that_people_began(world: World) -> None:
    """HR stopped this one case for an outage of its own, then the unit was down: each ends by itself."""
    world.wait_until(date(2025, 12, 2))
    world.obey(Pause(kind="outage", actor=HR, reason="Laptop hilang."))
    world.wait_until(date(2025, 12, 3))
    goes_down(world)
    world.wait_until(date(2025, 12, 5))
    comes_up(world)

    assert ("outage",) == in_force(world.case)
    assert (("outage",), ()) == (clock(world, "task").holds, clock(world, "case").holds)
    world.wait_until(date(2025, 12, 9))
    world.obey(Resume(actor=HR, reason="Ada laptop."))

    assert () == in_force(world.case)
    assert calendar().add(date(2025, 12, 8), 6, "working days") == clock(world, "task").due_on


def test_the_end_of_a_pause_by_hand_leaves_the_outage_of_the_unit(world: World) -> None:
    """A pause that has lasted its month ends alone: what the unit's outage stopped stands until that is over."""
    world.wait_until(date(2025, 12, 2))
    world.obey(Pause(kind="outage", actor=HR, reason="Laptop hilang."))
    world.wait_until(date(2025, 12, 22))
    later = Outage(id="outage-2", unit="", from_on=date(2025, 12, 22))
    world.outages = (later,)
    world.obey(BeginOutage(outage=later, actor=HR, reason="Server mati."))
    world.wait_until(date(2026, 1, 5))

    assert [("outage", "outage-2")] == [
        (one.kind, one.by) for one in clock(world, "task").stands if not one.over
    ]


def test_an_outage_of_a_phase_explains_itself_in_words(world: World) -> None:
    world.wait_until(date(2025, 12, 2))
    goes_down(world)
    world.wait_until(date(2025, 12, 4))
    comes_up(world)
    definition, case = world.machine.definition, world.case
    told = say_sum(definition, case, clock(world, "phase:planning"), calendar(), "en")

    assert told[2].startswith("+ 3 working days stood still, 2 Dec 2025 to 4 Dec 2025 (an outage): ")
