"""An outage of a unit in one case: days given back whole, clocks that stand still, visits that begin meanwhile."""

from __future__ import annotations

from dataclasses import replace as set_in
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.case import Deadline
from engine.core.clock_rules import rule_of
from engine.core.codec import replace
from engine.core.command import Actor, BeginOutage, EndOutage, Extend, Pause, Resume
from engine.core.interruptions import Outage
from engine.core.ledger import arithmetic
from engine.core.moments import Duration
from engine.core.pausing import in_force
from engine.core.recounting import moving
from engine.errors import CaseClosed, Refused
from tests.telling import history
from tests.worlds import HOUR, World, calendar, on_desk

HR = Actor(person=on_desk("personnel"))
SMALL = "tests/definitions/small"
GOALS = {"goals": [{"title": "Layanan", "weight": 100}]}


def outage(first: date, last: date | None = None, *, unit: str = "", name: str = "outage-1") -> Outage:
    return Outage(id=name, unit=unit, from_on=first, to_on=last)


def begun(one: Outage) -> BeginOutage:
    return BeginOutage(outage=one, actor=HR, reason="Server mati.")


def ended(one: Outage) -> EndOutage:
    return EndOutage(outage=one, actor=HR, reason="Server hidup lagi.")


def task_clock(world: World) -> Deadline:
    return next(one for one in world.case.deadlines if one.name == "task")


def lasting(world: World, one: Outage) -> None:
    """Let an outage begin in the case and around it."""
    world.outages = (one,)
    world.obey(begun(one))


def counted(basis: date, working_days: int, lost: set[date]) -> date:
    """The day on which so many working days after a day are over, none of them lost."""
    day, left = basis, working_days
    while left:
        day += timedelta(days=1)
        left -= calendar().is_working(day) and day not in lost
    return day


def span(first: date, last: date) -> set[date]:
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def test_an_outage_declared_afterwards_gives_its_days_back() -> None:
    """Entered on Monday 1 December with five working days; down on Tuesday and Wednesday, declared on Friday."""
    world = World(definition=SMALL)
    before = task_clock(world)
    world.wait_until(date(2025, 12, 5))
    done = world.obey(begun(outage(date(2025, 12, 2), date(2025, 12, 3))))
    told = world.facts("given_back")[-1]

    assert date(2025, 12, 8) == before.due_on
    assert date(2025, 12, 10) == task_clock(world).due_on
    assert date(2025, 12, 10) == world.case.task.due_on
    assert [["task", "2025-12-08", "2025-12-10"]] == told["given_back"]
    assert {"outage": "outage-1", "unit": "", "first": "2025-12-02", "last": "2025-12-03"} == told["cause"]
    assert None is task_clock(world).paused_at
    assert "given_back" == done.entry.kind


def test_a_day_off_of_an_outage_is_not_given_back() -> None:
    """Down from Thursday to Sunday: two working days were lost."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 8))
    world.obey(begun(outage(date(2025, 12, 4), date(2025, 12, 7))))

    assert date(2025, 12, 10) == task_clock(world).due_on


def test_what_was_lost_before_a_clock_began_is_not_given_back() -> None:
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 3))

    with pytest.raises(Refused, match="changes no clock"):
        world.obey(begun(outage(date(2025, 11, 20), date(2025, 12, 1))))


def test_the_same_outage_gives_its_days_once() -> None:
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 5))
    world.obey(begun(outage(date(2025, 12, 2), date(2025, 12, 3))))

    with pytest.raises(Refused, match="changes no clock"):
        world.obey(begun(outage(date(2025, 12, 2), date(2025, 12, 3))))


def test_days_on_which_a_clock_stood_still_already_count_once() -> None:
    """On leave from Tuesday to Thursday, and the office was down from Wednesday to Friday."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    world.obey(Pause(kind="leave", actor=HR, reason="cuti"))
    world.wait_until(date(2025, 12, 4))
    world.obey(Resume(actor=HR, reason="kembali"))
    assert date(2025, 12, 10) == task_clock(world).due_on
    world.wait_until(date(2025, 12, 8))
    world.obey(begun(outage(date(2025, 12, 3), date(2025, 12, 5))))

    assert date(2025, 12, 11) == task_clock(world).due_on


def test_clocks_stand_still_from_the_first_day_until_the_outage_is_over() -> None:
    """Declared on Wednesday, a day late; over on Friday: four working days were lost, and nothing rang."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 3))
    lasting(world, outage(date(2025, 12, 2)))
    assert ("outage",) == in_force(world.case)
    world.wait_until(date(2025, 12, 5))
    world.outages = ()
    world.obey(ended(outage(date(2025, 12, 2))))

    assert [] == world.facts("rung")
    assert () == in_force(world.case)
    assert (
        counted(date(2025, 12, 1), 5, span(date(2025, 12, 2), date(2025, 12, 5))) == task_clock(world).due_on
    )


def test_a_visit_that_begins_in_an_outage_is_under_it() -> None:
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    lasting(world, outage(date(2025, 12, 2)))
    world.wait_until(date(2025, 12, 3))
    done = world.fire("submit", plan=GOALS)
    entered = calendar().date_of(world.case.entered_at, world.case.zone)
    world.wait_until(date(2025, 12, 4))
    world.outages = ()
    world.obey(ended(outage(date(2025, 12, 2))))
    facts = world.facts("moved")[-1]

    assert "outage-1" == facts["outage"]
    assert [["outage", "2026-01-02"]] == facts["pauses"]
    assert date(2025, 12, 3) == entered
    assert done.case.state != "drafting"
    assert calendar().add(date(2025, 12, 3), 3 + 1, "working days") >= task_clock(world).due_on


def test_an_outage_of_another_unit_holds_nothing() -> None:
    world = World(definition=SMALL)
    world.outages = (outage(date(2025, 12, 1), unit="tidak ada"),)
    world.fire("submit", plan=GOALS)

    assert () == in_force(world.case)


def test_an_outage_lets_go_by_itself_when_it_has_lasted_as_long_as_it_may() -> None:
    """A month after its first day, for visits that began later too."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    lasting(world, outage(date(2025, 12, 2)))
    world.wait_until(date(2025, 12, 22))
    world.fire("submit", plan=GOALS)
    assert ("outage",) == in_force(world.case)
    world.wait_until(date(2026, 1, 3))
    assert () == in_force(world.case)
    world.fire("return", reason="lagi")

    assert () == in_force(world.case)


def test_the_end_of_one_outage_leaves_a_case_under_another() -> None:
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    lasting(world, outage(date(2025, 12, 2)))
    world.outages = (outage(date(2025, 12, 2), unit=world.case.unit, name="outage-2"),)

    with pytest.raises(Refused, match="changes no clock"):
        world.obey(ended(outage(date(2025, 12, 2))))


def test_an_outage_of_a_unit_is_not_lifted_in_one_case() -> None:
    """It is ended by its own act; until then the case stands still like its neighbours, and is told what would work."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    lasting(world, outage(date(2025, 12, 2)))
    before = world.case.deadlines

    with pytest.raises(Refused, match="siklus outage end"):
        world.obey(Resume(actor=HR, reason="lanjut"))
    assert before == world.case.deadlines


def test_resuming_in_an_outage_ends_the_pause_of_the_case_alone() -> None:
    """On leave, and then the office was down as well: back from leave, the clock waits for the office."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    world.obey(Pause(kind="leave", actor=HR, reason="cuti"))
    world.wait_until(date(2025, 12, 3))
    lasting(world, outage(date(2025, 12, 3)))
    assert {"leave", "outage"} == set(in_force(world.case))
    world.wait_until(date(2025, 12, 4))
    world.obey(Resume(actor=HR, reason="kembali"))

    assert ("outage",) == in_force(world.case)
    assert None is not task_clock(world).paused_at
    assert [[]] == [told["cause"]["resumed"] for told in world.facts("resumed")]
    assert history(world, "id")[-1].endswith("mengakhiri satu jeda; penghitungan waktu tetap berhenti.")
    assert history(world, "en")[-1].endswith("ended one pause; the clock still stands still.")
    world.wait_until(date(2025, 12, 5))
    world.outages = ()
    world.obey(ended(outage(date(2025, 12, 3))))
    assert date(2025, 12, 11) == task_clock(world).due_on


def test_time_granted_in_an_outage_is_kept() -> None:
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 2))
    lasting(world, outage(date(2025, 12, 2)))
    world.obey(Extend(by=Duration(2, "working days"), actor=HR, reason="banjir"))
    world.wait_until(date(2025, 12, 3))
    world.outages = ()
    world.obey(ended(outage(date(2025, 12, 2))))

    assert date(2025, 12, 12) == task_clock(world).due_on


def test_a_closed_case_is_left_as_it_is() -> None:
    world = World(definition=SMALL)
    closed = replace(world.case, ended="complete", deadlines=(), task=None)
    world.steps.append(set_in(world.steps[-1], case=closed))

    for command in (begun(outage(date(2025, 12, 2), date(2025, 12, 3))), ended(outage(date(2025, 12, 2)))):
        with pytest.raises(CaseClosed):
            world.obey(command)


def test_a_person_is_told_once_of_an_outage_whatever_cases_they_have() -> None:
    """The message has no case in its key, so that of two cases the second adds none."""
    world = World(definition=SMALL)
    world.wait_until(date(2025, 12, 5))
    done = world.obey(begun(outage(date(2025, 12, 2), date(2025, 12, 3))))
    told = [one for one in done.effects if getattr(one, "kind", "") == "outage"]

    assert [f"outage-1/{world.case.subject}/outage"] == [one.key for one in told]


@settings(max_examples=150, deadline=None)
@given(first=st.integers(0, 8), length=st.integers(0, 25), declared=st.integers(0, 3), again=st.booleans())
def test_lost_days_never_count_whether_told_before_or_after(
    first: int, length: int, declared: int, again: bool
) -> None:
    """The due day is that of the working days that were not lost; declared early, late or afterwards is the same."""
    begins = date(2025, 12, 1) + timedelta(days=first)
    ends = begins + timedelta(days=length)
    basis = date(2025, 12, 1)
    expected = counted(basis, 5, span(begins, ends))
    late, live = World(definition=SMALL), World(definition=SMALL)
    if begins > task_clock(late).due_on:
        return
    live.now = calendar().start_of(min(begins + timedelta(days=declared), ends), live.case.zone) + 10 * HOUR
    live.outages = (outage(begins),)
    live.obey(begun(outage(begins)))
    live.now = calendar().start_of(ends, live.case.zone) + 15 * HOUR
    live.outages = ()
    live.obey(ended(outage(begins)))
    late.now = calendar().start_of(ends, late.case.zone) + 15 * HOUR
    one = outage(begins, ends)
    if span(begins, ends) - {basis}:
        try:
            late.obey(begun(one))
        except Refused:
            assert not [day for day in span(begins, ends) - {basis} if calendar().is_working(day)]
    rest = calendar().roll(ends, "next")

    assert max(expected, rest) == task_clock(live).due_on
    for world in (live, late) if task_clock(late).stands else (live,):
        clock, definition = task_clock(world), world.machine.definition
        assert max(expected, rest) == clock.due_on
        assert all(alarm.at > world.now for alarm in clock.alarms)
        rule = rule_of(definition, world.case, "task")
        assert rule is not None
        assert clock.due_on == arithmetic(rule, world.case, clock, calendar())[-1].day
        assert () == moving(definition, world.case, world.scene, "move")
    if again and task_clock(late).stands:
        with pytest.raises(Refused):
            late.obey(begun(one))
