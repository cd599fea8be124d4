"""What holds for every clock: whatever the calendar, the zone and the year, whatever was granted or stood still."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace as set_in
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.calendar import Calendar, DayOff, Decree
from engine.core.case import Case, Deadline
from engine.core.clock_history import Grant, Stand
from engine.core.clock_rules import last_day
from engine.core.codec import decode, replace
from engine.core.command import Actor, Extend, Pause, Recount, Resume
from engine.core.definition import At, Due
from engine.core.ledger import arithmetic, reckon
from engine.core.moments import Duration
from engine.core.scene import Scene
from engine.core.step import step
from engine.core.zones import local_time
from engine.errors import Refused
from tests.worlds import World, on_desk

MANY = settings(max_examples=100, deadline=None, database=None, derandomize=True)
ZONES = (
    "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe",
)  # fmt: skip
HR = Actor(person=on_desk("personnel"))
FIRST = date(2024, 1, 1)
DAYS = st.integers(0, (date(2032, 12, 31) - FIRST).days).map(lambda number: FIRST + timedelta(number))
UNITS = st.sampled_from(("working days", "days", "weeks", "months"))
WEEKS = st.sampled_from(((0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5), (6, 0, 1, 2, 3)))


@cache
def _calendar(week: tuple[int, ...], off: frozenset[date]) -> Calendar:
    decrees = [
        Decree(
            issued=date(year - 1, 10, 1), year=year, title="uji", added=tuple(
                DayOff(date=day, kind="holiday", id="Libur", en="Off") for day in sorted(off) if day.year == year
            ),
        )
        for year in sorted({day.year for day in off})
    ]  # fmt: skip
    return Calendar.build("uji", decrees, week)


CALENDARS = st.builds(_calendar, WEEKS, st.frozensets(DAYS, max_size=40))


@cache
def _case() -> Case:
    return World(definition="tests/definitions/small").case


def in_zone(zone: str) -> Case:
    return replace(_case(), zone=zone)


def armed(rule: Due | At, basis: date, case: Case, calendar: Calendar) -> Deadline:
    """A clock that has just begun, before anything happened to it."""
    due = last_day(rule, case, basis, calendar)
    at = calendar.start_of(basis, case.zone)
    return Deadline(
        name="task", scope="visit", visit=1, generation=1, basis_on=basis, basis_at=at, due_on=due,
        due_at=calendar.end_of(due, case.zone), ladder="", calendar=calendar.version, alarms=(),
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> tuple[Deadline, Due, Case, Calendar]:
    """A clock of a random rule with pauses that may overlap, and grants anywhere between; entries in order of time."""
    calendar, basis = draw(CALENDARS), draw(DAYS)
    case = in_zone(draw(st.sampled_from(ZONES)))
    rule = Due(
        within=Duration(draw(st.integers(1, 30)), draw(UNITS)),
        day_off=draw(st.sampled_from(("next", "previous", "stays"))),
    )
    clock = armed(rule, basis, case, calendar)
    at, entry = clock.basis_at, 1
    running: dict[str, Stand] = {}
    stands: list[Stand] = []
    grants: list[Grant] = []
    for act in draw(st.lists(st.sampled_from(("grant", "leave", "outage", "dispute")), max_size=8)):
        at += draw(st.integers(1, 12 * 24)) * 3_600_000_000
        entry += 1
        if act == "grant":
            unit = draw(st.sampled_from(("working days", "days", "weeks")))
            on = calendar.date_of(at, case.zone)
            grants.append(
                Grant(amount=draw(st.integers(1, 10)), unit=unit, on=on, entry=entry, ladder="kept")
            )
        elif act in running:
            stands.append(replace(running.pop(act), to_at=at, over=entry))
        else:
            running[act] = Stand(kind=act, from_at=at, entry=entry)
    stands += running.values()
    return replace(clock, grants=tuple(grants), stands=tuple(stands)), rule, case, calendar


@MANY
@given(
    calendar=CALENDARS,
    basis=DAYS,
    amount=st.integers(1, 200),
    unit=UNITS,
    day_off=st.sampled_from(("next", "previous")),
)
def test_every_due_day_that_rolls_is_a_working_day(
    calendar: Calendar, basis: date, amount: int, unit: str, day_off: Any
) -> None:
    rule = Due(within=Duration(amount, unit), day_off=day_off)

    assert calendar.is_working(last_day(rule, _case(), basis, calendar))


@MANY
@given(
    calendar=CALENDARS,
    basis=DAYS,
    later=st.integers(0, 40),
    amount=st.integers(1, 90),
    more=st.integers(0, 30),
    how=st.tuples(UNITS, st.sampled_from(("next", "previous", "stays"))),
)
def test_who_begins_later_or_has_more_is_never_due_earlier(
    calendar: Calendar, basis: date, later: int, amount: int, more: int, how: tuple[str, Any]
) -> None:
    def due(begins: date, length: int) -> date:
        return last_day(Due(within=Duration(length, how[0]), day_off=how[1]), _case(), begins, calendar)

    assert due(basis, amount) <= due(basis + timedelta(later), amount)
    assert due(basis, amount) <= due(basis, amount + more)


@MANY
@given(told=histories())
def test_more_budget_is_never_due_earlier_whatever_happened(
    told: tuple[Deadline, Due, Case, Calendar],
) -> None:
    clock, rule, case, calendar = told
    assert rule.within is not None
    more = set_in(rule, within=Duration(rule.within.amount + 1, rule.within.unit))

    assert reckon(rule, case, clock, calendar).due <= reckon(more, case, clock, calendar).due


@MANY
@given(told=histories())
def test_the_last_line_of_a_sum_is_the_due_day_and_each_line_goes_on_from_the_one_before(
    told: tuple[Deadline, Due, Case, Calendar],
) -> None:
    clock, rule, case, calendar = told
    due = reckon(rule, case, clock, calendar).due
    lines = arithmetic(rule, case, replace(clock, due_on=due), calendar)

    assert ("basis", clock.basis_on) == (lines[0].kind, lines[0].day)
    assert ("due", due) == (lines[-1].kind, lines[-1].day)
    assert "carried" not in {line.kind for line in lines}
    for line in lines[1:]:
        if line.span is not None and line.counted_from is not None:
            assert line.day == calendar.add(line.counted_from, line.span.amount, line.span.unit)
            assert line.counted_from in {one.day for one in lines} | {one.on for one in lines}


@MANY
@given(told=histories(), data=st.data())
def test_a_sum_does_not_depend_on_the_order_in_which_its_parts_are_kept(
    told: tuple[Deadline, Due, Case, Calendar], data: st.DataObject
) -> None:
    clock, rule, case, calendar = told
    mixed = replace(
        clock,
        grants=tuple(data.draw(st.permutations(clock.grants))),
        stands=tuple(data.draw(st.permutations(clock.stands))),
    )

    assert reckon(rule, case, clock, calendar) == reckon(rule, case, mixed, calendar)
    assert clock.paused_at == mixed.paused_at


@MANY
@given(
    calendar=CALENDARS,
    basis=DAYS,
    zone=st.sampled_from(ZONES),
    first=st.integers(0, 9),
    length=st.integers(0, 40),
    days=st.integers(1, 10),
)
def test_a_grant_before_a_pause_and_one_after_it_come_to_the_same_day(
    calendar: Calendar, basis: date, zone: str, first: int, length: int, days: int
) -> None:
    """Within the time a count of working days has: ten of them, stopped on a working day and run on on another."""
    case, rule = in_zone(zone), Due(within=Duration(10, "working days"))
    clock = armed(rule, basis, case, calendar)
    begins = calendar.add(calendar.add(basis, 1, "working days"), first, "working days")
    over = calendar.add(begins, length, "working days")
    stopped, ran_on = (calendar.start_of(day, zone) + 1 for day in (begins, over))

    def with_grant(entry: int, on: date) -> date:
        grant = Grant(amount=days, unit="working days", on=on, entry=entry, ladder="kept")
        stand = Stand(kind="leave", from_at=stopped, entry=3, to_at=ran_on, over=5)
        return reckon(rule, case, replace(clock, grants=(grant,), stands=(stand,)), calendar).due

    assert with_grant(2, basis) == with_grant(4, begins) == with_grant(6, over)


@MANY
@given(
    calendar=CALENDARS,
    basis=DAYS,
    zone=st.sampled_from(ZONES),
    unit=st.sampled_from(("working days", "days")),
    budget=st.integers(2, 60),
    parts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), max_size=8),
)
def test_what_a_clock_has_used_and_what_it_has_left_are_its_budget(
    calendar: Calendar, basis: date, zone: str, unit: str, budget: int, parts: list[tuple[int, int]]
) -> None:
    """Runs and pauses by turns, on whichever days: in the unit it counts, nothing is lost and nothing is given."""
    case = in_zone(zone)
    rule = Due(within=Duration(budget, unit), day_off="stays")
    clock = armed(rule, basis, case, calendar)
    today, used, stands = basis, 0, []

    def between(first: date, last: date) -> int:
        return calendar.working_days_between(first, last) if unit == "working days" else (last - first).days

    for number, (runs, stops) in enumerate(parts):
        stopped = today + timedelta(runs)
        if used + between(today, stopped) >= budget:
            break
        used += between(today, stopped)
        today = stopped + timedelta(stops)
        start, end = (calendar.start_of(day, zone) + number + 1 for day in (stopped, today))
        stands.append(
            Stand(kind="leave", from_at=start, entry=2 * number + 2, to_at=end, over=2 * number + 3)
        )
        counted = reckon(rule, case, replace(clock, stands=tuple(stands)), calendar)
        assert budget == used + between(today, counted.counted)


@MANY
@given(calendar=CALENDARS, basis=DAYS, zone=st.sampled_from(ZONES))
def test_sixty_civil_days_are_sixty_days_over_a_change_of_clocks(
    calendar: Calendar, basis: date, zone: str
) -> None:
    """Due at 24:00 of the sixtieth day by the clocks of the zone, however long those days were."""
    case = in_zone(zone)
    clock = armed(Due(within=Duration(60, "days"), day_off="stays"), basis, case, calendar)

    assert timedelta(60) == clock.due_on - clock.basis_on
    assert (0, 0) == local_time(clock.due_at, zone)
    assert clock.due_on + timedelta(1) == calendar.date_of(clock.due_at, zone)
    hours = (clock.due_at - clock.basis_at) / 3_600_000_000 / 24
    assert abs(61 - hours) <= 1 / 24


def test_there_are_days_of_another_length_among_these_zones() -> None:
    """Else the property above would prove nothing."""
    calendar = _calendar((0, 1, 2, 3, 4), frozenset())
    lengths = {
        zone: {
            calendar.end_of(day, zone) - calendar.start_of(day, zone)
            for day in (date(2026, 1, 1) + timedelta(n) for n in range(365))
        }
        for zone in ZONES
    }

    assert {3} == {len(lengths[zone]) for zone in ZONES[3:]}
    assert {1} == {len(lengths[zone]) for zone in ZONES[:3]}


class Exchanged(World):
    """A world whose calendar can be exchanged."""

    days: Calendar = _calendar((0, 1, 2, 3, 4), frozenset())

    @property
    def scene(self) -> Scene:
        return set_in(super().scene, calendar=self.days)


NEAR = st.frozensets(st.integers(0, 40).map(lambda number: date(2025, 12, 1) + timedelta(number)), max_size=6)
ACTS = st.lists(
    st.one_of(
        st.integers(1, 8),
        st.sampled_from(("leave", "outage", "resume", "kept", "restarted")),
        st.tuples(NEAR, st.sampled_from(("keep", "move"))),
    ),
    max_size=12,
)


def _do(world: Exchanged, act: Any) -> None:
    """One act; one that is refused as things are does nothing."""
    with suppress(Refused):
        match act:
            case int():
                world.wait(act, "days")
            case "resume":
                world.obey(Resume(actor=HR, reason="kembali"))
            case "kept" | "restarted":
                world.obey(Extend(by=Duration(2, "working days"), actor=HR, reason="banjir", ladder=act))
            case str():
                world.obey(Pause(kind=act, actor=HR, reason="cuti"))
            case (off, past):
                world.days = _calendar((0, 1, 2, 3, 4), off)
                world.obey(Recount(actor=HR, reason="SKB baru", past=past))


@settings(max_examples=120, deadline=None, database=None, derandomize=True)
@given(acts=ACTS)
def test_whatever_is_done_to_a_clock_its_rungs_ring_once_and_never_while_it_stands(acts: list[Any]) -> None:
    world = Exchanged()
    for act in acts:
        was = len(world.steps)
        stood = {one.name for one in world.case.deadlines if one.paused_at is not None}
        _do(world, act)
        if act == "resume" and len(world.steps) > was:
            assert ["resumed"] == [one.entry.kind for one in world.steps[was:]], (
                "nothing is late for having stood"
            )
        for clock in world.case.deadlines:
            assert not set(clock.fired) & set(clock.skipped)
            assert clock.paused_at is not None or all(alarm.at > world.now for alarm in clock.alarms)
        if (
            stood
            and isinstance(act, int)
            and not any(one.entry.kind == "resumed" for one in world.steps[was:])
        ):
            rung = [decode(one.entry.body)["cause"] for one in world.steps[was:] if one.entry.kind == "rung"]
            assert all(one["deadline"] not in stood for one in rung)
        with pytest.raises(Refused, match=r"moves no clock|is closed"):
            step(world.machine, world.case, Recount(actor=HR, reason="sama"), world.scene)

    causes = [(told["visit"], told["cause"]) for told in world.facts("rung")]
    rungs = [(visit, one["deadline"], one["generation"], one["rung"]) for visit, one in causes]
    assert len(rungs) == len(set(rungs))


@MANY
@given(off=NEAR, days=st.integers(0, 4), wait=st.integers(0, 5))
def test_counted_again_after_a_grant_or_before_it_a_clock_has_the_same_day(
    off: frozenset[date], days: int, wait: int
) -> None:
    """While the clock has time: the decree and the grant come to one day, whichever comes first."""
    ends = []
    for first in ("decree", "grant"):
        world = Exchanged()
        world.wait(wait, "days")
        decree = (off, "move")
        for what in (decree, "kept") if first == "decree" else ("kept", decree):
            world.days = _calendar(
                (0, 1, 2, 3, 4), off if what is decree or first == "decree" else frozenset()
            )
            _do(world, what)
        ends.append(world.case.task.due_on if world.case.task else None)

    assert ends[0] == ends[1]
