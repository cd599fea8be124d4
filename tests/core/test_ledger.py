"""The ledger of a clock: days counted one way, whatever happened; each sum ends with the due day."""

from __future__ import annotations

from dataclasses import replace as set_in
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import pytest

from engine.core.calendar import Calendar, DayOff, Decree
from engine.core.case import Deadline
from engine.core.clock_rules import rule_of
from engine.core.codec import decoder, encode, replace
from engine.core.command import Actor, Extend, Pause, Recount, Resume
from engine.core.ledger import arithmetic
from engine.core.moments import Duration
from engine.core.scene import Scene
from engine.core.step import step
from engine.core.telling import say_entry
from engine.core.telling_sums import say_sum
from engine.errors import Refused
from tests.worlds import World, calendar, on_desk, plan

HR = Actor(person=on_desk("personnel"))
MONDAY = date(2025, 12, 1)


def more(days: int, unit: str = "working days", ladder: Literal["kept", "restarted"] = "kept") -> Extend:
    return Extend(by=Duration(days, unit), actor=HR, reason="banjir", ladder=ladder)


def stop(kind: str = "leave") -> Pause:
    return Pause(kind=kind, actor=HR, reason="cuti melahirkan")


GO_ON = Resume(actor=HR, reason="kembali")


def clock(world: World, name: str = "task") -> Deadline:
    return next(one for one in world.case.deadlines if one.name == name)


def sums(world: World, on: Calendar | None = None) -> list[tuple[str, date]]:
    rule = rule_of(world.machine.definition, world.case, "task")
    assert rule is not None
    return [(one.kind, one.day) for one in arithmetic(rule, world.case, clock(world), on or calendar())]


def with_off(*days: date) -> Calendar:
    """The shipped week with no days off but these; a decree of late 2025."""
    decree = Decree(
        title="uji", issued=date(2025, 11, 1), year=2025,
        added=tuple(DayOff(date=day, kind="holiday", id="Libur", en="A day off") for day in days), removed=(),
    )  # fmt: skip
    return Calendar.build("uji", [decree])


class OnCalendar(World):
    """A world whose calendar can be exchanged."""

    days: Calendar = calendar()

    @property
    def scene(self) -> Scene:
        return set_in(super().scene, calendar=self.days)


def test_a_clock_tells_how_its_day_was_counted_and_ends_with_that_day() -> None:
    """Five working days, three granted, four stood still: each line the day it came to, the last the due day."""
    world = World()
    due = clock(world).due_on
    world.wait(1)
    world.obey(more(3))
    world.obey(stop())
    world.wait(4)
    world.obey(GO_ON)
    count = calendar().add

    assert [
        ("basis", MONDAY),
        ("counted", due),
        ("granted", count(due, 3, "working days")),
        ("stood", count(due, 7, "working days")),
        ("due", count(due, 7, "working days")),
    ] == sums(world)
    assert count(due, 7, "working days") == clock(world).due_on == world.case.task.due_on


def test_time_that_is_granted_late_counts_from_the_day_it_was_granted_and_the_missed_day_stays() -> None:
    """Two working days after its due day: five more from today, and it is not forgotten that it was late."""
    world = World()
    due = clock(world).due_on
    world.wait_until(calendar().add(due, 2, "working days"))
    world.obey(more(5))

    assert calendar().add(due, 7, "working days") == clock(world).due_on
    assert (due,) == clock(world).missed


def test_late_work_is_as_late_after_a_pause_as_before() -> None:
    """Paused two working days past due, for four: it is two days late again, not in time by having stood still."""
    world = World()
    due = clock(world).due_on
    world.wait_until(calendar().add(due, 2, "working days"))
    world.obey(stop())
    world.wait(4)
    world.obey(GO_ON)

    assert calendar().add(due, 4, "working days") == clock(world).due_on
    assert 2 == calendar().working_days_between(clock(world).due_on, world.today)


def test_the_entry_that_ends_late_work_says_how_late_and_what_was_missed_before() -> None:
    """Late, granted two days, late again by one: both stand in the entry and in its sentence."""
    world = World()
    due = clock(world).due_on
    world.wait_until(calendar().add(due, 2, "working days"))
    world.obey(more(2))
    again = clock(world).due_on
    world.wait_until(calendar().add(again, 1, "working days"))
    world.fire("submit", plan=plan(100))

    (told,) = world.facts("moved")
    expected = {
        "due": again.isoformat(),
        "working_days": 1,
        "days": (world.today - again).days,
        "missed": [due.isoformat()],
    }
    entry = next(one.entry for one in reversed(world.steps) if one.entry.kind == "moved")
    said = say_entry(world.machine.definition, entry, world.chart, "en")
    assert expected == told["lateness"]
    assert "1 working day after the due day" in said
    assert "the earlier due day 8 December 2025 had passed" in said


def test_work_done_in_time_has_no_lateness() -> None:
    world = World()
    world.wait_until(clock(world).due_on)
    world.fire("submit", plan=plan(100))

    assert "lateness" not in world.facts("moved")[0]


def test_what_was_still_to_ring_for_late_work_rings_after_a_pause_and_not_at_its_end() -> None:
    """Stopped on the day a rung was to ring, running on from a day off: it rings when the next working day is over."""
    world = OnCalendar.__new__(OnCalendar)
    world.days = with_off()
    OnCalendar.__init__(world)
    zone = world.case.zone
    coming = next(one for one in clock(world).alarms if one.kind == "rung" and one.at > clock(world).due_at)
    day = world.days.date_of(coming.at - 1, zone)
    world.days = with_off(day + timedelta(1))
    world.wait_until(day)
    world.obey(stop())
    world.wait_until(day + timedelta(1))
    world.obey(GO_ON)

    assert "resumed" == world.steps[-1].entry.kind
    waiting = next(one for one in clock(world).alarms if one.what == coming.what)
    assert world.days.end_of(world.days.roll(day + timedelta(1), "next"), zone) == waiting.at
    assert int(coming.what) not in (*clock(world).skipped, *clock(world).fired)


def test_several_reasons_together_stop_a_clock_as_long_as_one_of_them_does() -> None:
    """Leave from day 0 to 4, outage from day 2 to 6: six working days, not eight."""
    world = World()
    due = clock(world).due_on
    world.obey(stop())
    world.wait(2)
    world.obey(stop("outage"))
    world.wait(4)
    world.obey(GO_ON)

    assert calendar().add(due, 6, "working days") == clock(world).due_on
    assert [("stood", calendar().add(due, 6, "working days"))] == sums(world)[2:3]
    assert ("leave", "outage") == tuple(one.kind for one in clock(world).stands)


def test_a_reason_that_ends_while_another_holds_the_clock_puts_off_none_of_its_alarms() -> None:
    """A dispute goes on when the outage is over: days granted then leave each rung its own day."""
    world = World()
    world.obey(stop("outage"))
    world.obey(stop("dispute"))
    world.wait(1, "months")
    world.wait(2)
    world.obey(more(3))
    alarms = clock(world).alarms

    assert ("dispute",) == clock(world).holds
    assert calendar().add(MONDAY, 5 + 3, "working days") == clock(world).due_on
    assert clock(world).due_at in {one.at for one in alarms if one.kind == "rung"}
    assert len(alarms) == len({one.at for one in alarms})


def test_a_stored_clock_with_a_history_is_read_as_it_was_written() -> None:
    world = World()
    world.obey(more(3))
    world.obey(stop())
    stored = encode(clock(world))

    assert clock(world) == decoder(Deadline).decode(stored)


def test_a_clock_stored_without_a_history_keeps_its_day_when_something_is_added() -> None:
    """Extended before such things were kept: what is granted now comes on top of the day it had."""
    world = World()
    had = calendar().add(clock(world).due_on, 4, "working days")
    old = replace(clock(world), due_on=had)
    case = replace(world.case, deadlines=(old,))
    done = step(world.machine, case, more(2), world.scene).case.deadlines[0]

    assert calendar().add(had, 2, "working days") == done.due_on


def decreed(*days: date, past: Literal["keep", "move"] = "keep", wait: int = 0) -> OnCalendar:
    """A case armed with no days off but Sundays and Saturdays, then counted again with these."""
    world = OnCalendar.__new__(OnCalendar)
    world.days = with_off()
    OnCalendar.__init__(world)
    world.wait_until(MONDAY + timedelta(wait))
    world.days = with_off(*days)
    world.obey(Recount(actor=HR, reason="SKB baru", past=past))
    return world


def test_a_new_calendar_moves_nothing_before_it_is_applied() -> None:
    """Time granted under a new calendar comes on top of the day the clock has: the rest waits to be counted again."""
    world = OnCalendar.__new__(OnCalendar)
    world.days = with_off()
    OnCalendar.__init__(world)
    assert date(2025, 12, 8) == clock(world).due_on
    world.days = with_off(date(2025, 12, 3))
    world.obey(more(1))

    assert date(2025, 12, 9) == clock(world).due_on
    assert ("carried", date(2025, 12, 8)) == sums(world, world.days)[0]


def test_counted_again_a_clock_and_its_rungs_move_and_the_entry_says_so() -> None:
    world = decreed(date(2025, 12, 3))
    (told,) = world.facts("recounted")
    (task,) = [one for one in told["recounted"] if one["clock"] == "task"]

    assert date(2025, 12, 9) == clock(world).due_on == world.case.task.due_on
    assert ("2025-12-08", "2025-12-09") == (task["from"], task["to"])
    assert [with_off().version, with_off(date(2025, 12, 3)).version] == task["calendars"]
    assert [0, "2025-12-04", "2025-12-05"] in task["rungs"]
    said = say_entry(world.machine.definition, world.steps[-1].entry, world.chart, "en")
    assert "the task's due day moves from 8 December 2025 to 9 December 2025" in said


def test_counted_again_with_the_same_calendar_nothing_moves() -> None:
    world = World()
    world.obey(more(3))
    before = world.case
    with pytest.raises(Refused, match="moves no clock"):
        world.obey(Recount(actor=HR, reason="SKB baru"))

    assert before == world.case


def _unholidayed(past: Literal["keep", "move"]) -> OnCalendar:
    """Wednesday to Friday were off, so it was due on Thursday, the 11th; on Tuesday, the 9th, they no longer are."""
    world = OnCalendar.__new__(OnCalendar)
    world.days = with_off(date(2025, 12, 3), date(2025, 12, 4), date(2025, 12, 5))
    OnCalendar.__init__(world)
    assert date(2025, 12, 11) == clock(world).due_on
    world.wait_until(date(2025, 12, 9))
    world.days = with_off()
    world.obey(Recount(actor=HR, reason="SKB dicabut", past=past))
    return world


def test_what_would_fall_into_the_past_keeps_its_day_unless_said_otherwise() -> None:
    """And a second look at the same calendar asks nothing any more; time granted then comes on top of the kept day."""
    world = _unholidayed("keep")
    assert date(2025, 12, 11) == clock(world).due_on
    assert (
        True
        is next(one for one in world.facts("recounted")[0]["recounted"] if one["clock"] == "task")["kept"]
    )
    assert ("due", date(2025, 12, 11)) == sums(world, world.days)[-1]
    with pytest.raises(Refused, match="moves no clock"):
        world.obey(Recount(actor=HR, reason="SKB dicabut"))
    world.obey(more(1))

    assert date(2025, 12, 12) == clock(world).due_on


def test_what_may_fall_into_the_past_does_and_its_rungs_are_passed_over_once() -> None:
    """The reminder before due never rang: it is skipped and said, not sent late."""
    world = _unholidayed("move")
    told = next(one for one in world.facts("recounted")[0]["recounted"] if one["clock"] == "task")

    assert date(2025, 12, 8) == clock(world).due_on
    assert set(told.get("skipped", ())) <= set(clock(world).skipped)
    assert set() == set(clock(world).fired) & set(clock(world).skipped)
    assert all(alarm.at > world.now for alarm in clock(world).alarms)


def test_the_end_of_a_pause_is_counted_again_too(tmp_path: Path) -> None:
    """Fifteen working days at most for the superior's plan: with one more day off it lasts a day longer."""
    world = OnCalendar.__new__(OnCalendar)
    world.days = with_off()
    OnCalendar.__init__(world)
    world.obey(stop("superior_plan"))
    was = clock(world, "resume:superior_plan").due_on
    world.days = with_off(date(2025, 12, 10))
    world.obey(Recount(actor=HR, reason="SKB baru"))

    assert world.days.add(was, 1, "working days") == clock(world, "resume:superior_plan").due_on
    assert ("superior_plan",) == clock(world).holds


def said(world: World, language: str) -> tuple[str, ...]:
    return say_sum(world.machine.definition, world.case, clock(world), world.scene.calendar, language)


def test_a_sum_is_told_in_words_with_the_days_off_it_passed_over() -> None:
    world = OnCalendar.__new__(OnCalendar)
    world.days = with_off(date(2025, 12, 4))
    OnCalendar.__init__(world)
    world.obey(more(2))
    world.obey(stop())

    version = world.days.version
    assert (
        "Monday 1 December 2025 is day 0",
        (
            "+ 5 working days, skipping A day off 4 Dec 2025, Saturday 6 Dec 2025, and Sunday 7 Dec 2025: "
            "Tuesday 9 December 2025"
        ),
        "+ 2 working days granted on 1 Dec 2025 (entry 2), counted from 9 Dec 2025: Thursday 11 December 2025",
        "stands still since 1 Dec 2025 (leave)",
        f"= Thursday 11 December 2025, 24:00 WITA, calendar {version}",
    ) == said(world, "en")
    world.wait(1)
    world.obey(GO_ON)
    assert (
        "+ 1 hari kerja berhenti, 1 Des 2025 sampai 2 Des 2025 (cuti): Jumat, 12 Desember 2025"
        == (said(world, "id")[-2])
    )
