"""Clocks that stop, run on, are given time or promise a minimum; and the last day a case can reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.core.case import Deadline
from engine.core.command import Actor, Contents, Extend, Pause, Resume
from engine.core.horizon import latest_end
from engine.core.moments import Duration
from engine.core.outlook import silent_end
from engine.core.pausing import PAUSES
from engine.errors import Refused
from tests.definitions_varied import SLEEPING, varied
from tests.worlds import ZONE, World, calendar, on_desk, plan, rating_time

HR = Actor(person=on_desk("personnel"))
RATING = {"results": "above", "behaviour": "above", "reasons": "bukti lengkap"}
SMALL = "tests/definitions/small"
LATE = "late: {at: 10 working days after due, to: checking}"


def more(days: int, **how: str) -> Extend:
    return Extend(by=Duration(days, "working days"), actor=HR, reason="banjir", **how)


def stop(kind: str = "outage") -> Pause:
    return Pause(kind=kind, actor=HR, reason="server padam")


def clock(world: World, name: str = "task") -> Deadline:
    return next(one for one in world.case.deadlines if one.name == name)


def disclosed() -> World:
    """A rating that was disclosed so that its receipt is due on a Friday."""
    world = rating_time()
    world.fire("rate", rating=RATING)
    world.wait_until(date(2027, 1, 8))
    world.fire("seen")
    assert world.case.task.due_on.weekday() == 4
    return world


def silent_rater() -> World:
    """A plan whose rater was silent for so long that it was escalated."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    while not world.case.escalations:
        world.wait(1)
    return world


def test_who_resumes_on_a_day_off_has_what_was_left_of_the_last_day() -> None:
    """Paused on the Friday it was due, resumed on Saturday: due on the next working day, and nothing has fired."""
    world = disclosed()
    due = world.case.task.due_on
    world.wait_until(due)
    world.obey(stop())
    world.wait_until(due + timedelta(days=1))
    world.obey(Resume(actor=HR, reason="server pulih"))

    assert "disclosed" == world.case.state
    assert calendar().add(due, 1, "working days") == world.case.task.due_on == clock(world).due_on


def test_a_clock_that_stands_still_can_be_given_time_and_goes_on_standing() -> None:
    """Who is on leave is granted three days: nothing runs before they are back, then they have the three days too."""
    world = World()
    due = clock(world).due_on
    world.obey(stop())
    world.wait(2)
    world.obey(more(3))
    assert clock(world).paused_at is not None
    world.wait(10)
    world.obey(Resume(actor=HR, reason="server pulih"))

    assert calendar().add(due, 2 + 3 + 10, "working days") == clock(world).due_on
    assert () == clock(world).missed


@pytest.mark.parametrize(("kind", "longest"), PAUSES.items())
def test_a_pause_ends_by_itself_when_it_has_lasted_as_long_as_it_may(kind: str, longest: Duration) -> None:
    """Each reason to pause has its longest; then the clocks run on, and the entry says why."""
    world = World(definition=SMALL)
    last = calendar().add(world.today, longest.amount, longest.unit)
    world.obey(stop(kind))
    world.wait_until(last)
    assert clock(world).paused_at is not None
    world.wait_until(last + timedelta(days=1))

    assert clock(world).paused_at is None
    assert (kind, last.isoformat()) == (
        world.facts("resumed")[0]["cause"]["pause_over"],
        world.facts("resumed")[0]["cause"]["due"],
    )


def test_a_case_that_was_paused_and_forgotten_ends_like_every_other() -> None:
    """Nobody ever resumes it: it goes on by itself to the end of the year."""
    world = World(definition=SMALL)
    world.obey(stop("leave"))
    world.wait_until(date(2027, 1, 4))

    assert "complete" == world.case.ended


@pytest.mark.parametrize("days", [0, -1, -50])
def test_an_extension_only_ever_gives_time(days: int) -> None:
    """Nothing, or less, is refused, and the due day stays."""
    world = World()
    before = world.case.task.due_on

    with pytest.raises(Refused, match="gives time"):
        world.obey(more(days))
    assert before == world.case.task.due_on


def test_a_restarted_ladder_asks_for_help_anew_and_never_twice_under_one_name() -> None:
    """The old escalation is withdrawn with the old ladder; the one of the new ladder is another task."""
    world = silent_rater()
    before = world.case.escalations[0].id
    world.obey(more(3, ladder="restarted"))
    assert () == world.case.escalations
    while not world.case.escalations:
        world.wait(1)

    assert 1 == len(world.case.escalations)
    assert before != world.case.escalations[0].id
    assert world.case.task.due_on == world.case.escalations[0].due_on


def test_a_kept_ladder_keeps_its_escalation_with_the_new_due_day() -> None:
    """More time with the same ladder: who was asked for help stays asked, and knows the day it is about."""
    world = silent_rater()
    before = world.case.escalations[0]
    world.obey(more(3))
    world.wait(2)

    assert [before.id] == [one.id for one in world.case.escalations]
    assert world.case.task.due_on == world.case.escalations[0].due_on > before.due_on


def test_a_rung_that_was_skipped_does_not_ring_when_there_is_more_time(tmp_path) -> None:
    """A reminder that was past when the task came is past for good, as long as the ladder is kept."""
    early = {"at: 1 working day before due, remind: holder": "at: 9 working days before due, remind: holder"}
    world = World(definition=varied(tmp_path, early))
    assert (0,) == clock(world).skipped
    world.obey(more(10))
    kept = clock(world)
    world.obey(more(1, ladder="restarted"))
    restarted = clock(world)

    assert ((0,), {"1", "2"}) == (kept.skipped, {one.what for one in kept.alarms if one.kind == "rung"})
    assert {"0", "1", "2"} == {one.what for one in restarted.alarms if one.kind == "rung"}


def test_a_moment_after_due_keeps_its_minimum(tmp_path) -> None:
    """One day after due, but sixty working days from entry at least: the later one counts."""
    at_least = LATE.replace("10 working days after due", "{date: 1 day after due, at_least: 60 working days}")
    world = World(definition=varied(tmp_path, {LATE: at_least}))
    last = calendar().add(world.today, 60, "working days")
    world.wait_until(last)
    assert "drafting" == world.case.state
    world.wait(1)

    assert "checking" == world.case.state


def test_a_minimum_in_days_ends_on_a_working_day_where_its_moment_rolls(tmp_path) -> None:
    """Twelve days from Monday, 1 December are a Saturday: the moment falls on the Monday after."""
    moment = "{date: 5 December last year, at_least: 12 days, day_off: next}"
    world = World(definition=varied(tmp_path, {LATE: LATE.replace("10 working days after due", moment)}))

    assert date(2025, 12, 15) == clock(world, "move:drafting.late").due_on


def test_a_way_out_from_everywhere_counts_from_each_tasks_due_day(tmp_path) -> None:
    """Five days after due, in whichever of its states the case is late: the day rolls off the weekend, then it goes."""
    over = "reason: required}\nvisibility:"
    definition = varied(
        tmp_path,
        {
            over: "reason: required}\n  over: {at: 5 days after due, in: [drafting, checking], to: left}\nvisibility:"
        },
        {"  late: {": "  over: {id: Batas terlampaui, en: Out of time}\n  late: {"},
    )
    world = World(definition=definition)
    world.fire("submit", plan={"goals": [{"title": "Layanan", "weight": 100}]})
    last = calendar().roll(world.case.task.due_on + timedelta(days=5), "next")
    world.wait_until(last)
    assert "checking" == world.case.state
    world.wait_until(last + timedelta(days=1))

    assert "left" == world.case.state


FIVE_DAYS = {"year_over: {at: period.to, to: done}": "year_over: {at: 5 days after entry, to: done}"}
NUDGE = {
    "year_over: {at: period.to, to: done}": (
        "year_over: {at: period.to, to: done}\n        nudge: {at: 1 March, to: stay}"
    )
}
NUDGE_TEXT = {"  late: {": "  nudge: {id: Pengingat, en: A nudge}\n  late: {"}


def reaches_its_horizon(world: World) -> tuple[date, date | None]:
    """The last day the case is open if nobody ever acts, and the last day its definition allows."""
    end, at = silent_end(world.machine, world.case, Contents(), world.scene)
    assert end.ended
    return calendar().date_of(at - 1, ZONE), latest_end(world.machine, world.case, world.scene)


@pytest.mark.parametrize("on", [date(2025, 11, 3), date(2025, 12, 1)])
def test_a_case_that_still_sleeps_does_not_outlive_its_horizon(tmp_path, on: date) -> None:
    """Clocks count from waking, so does the last day."""
    straight = {"return: {to: drafting, reason: required, at_most: 2, then: waiting}": (
        "return: {to: waiting, reason: required}"
    )}  # fmt: skip
    silent, latest = reaches_its_horizon(
        World(definition=varied(tmp_path, {**SLEEPING, **FIVE_DAYS, **straight}), on=on)
    )

    assert silent <= latest


def test_a_sleeping_case_has_the_horizon_of_the_day_it_wakes(tmp_path) -> None:
    """Launched in November or on the day planning opens: the same last day."""
    definition = varied(tmp_path, {**SLEEPING, **FIVE_DAYS})
    latest = [
        reaches_its_horizon(World(definition=definition, on=on))[1]
        for on in (date(2025, 11, 3), date(2025, 12, 1))
    ]

    assert latest[0] == latest[1]


def test_a_moment_that_stays_is_no_end(tmp_path) -> None:
    """A yearly nudge on 1 March leaves the case where it is; its last day is that of the year."""
    silent, latest = reaches_its_horizon(World(definition=varied(tmp_path, NUDGE, NUDGE_TEXT)))

    assert date(2026, 12, 31) == silent
    assert silent <= latest


def test_the_last_day_of_a_paused_case_is_not_promised() -> None:
    """While its clock stands, nobody can say; once it runs again there is a day, and it is kept."""
    world = World(definition=SMALL)
    world.obey(stop())
    assert None is latest_end(world.machine, world.case, world.scene)
    world.wait(3)
    world.obey(Resume(actor=HR, reason="server pulih"))
    silent, latest = reaches_its_horizon(world)

    assert silent <= latest
