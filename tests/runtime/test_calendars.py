"""A new decree over running cases: what it would move is shown first, then moved, once, with both versions known."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from api.doctor import examine_calendars
from engine.core.calendars import plain_values
from engine.core.codec import decode
from engine.core.command import Actor, Extend
from engine.core.moments import Duration
from engine.core.source import read_yaml
from engine.errors import NotYours, ReasonMissing
from engine.runtime import CalendarPreview, Engine, calendaring
from engine.store import Database, queries
from engine.store.unit import Unit
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.worlds import ROOT, on_desk, ordinary, plan

HEALTH, SCHOOLS = "Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan"
#: an amendment of 2 December 2025 that makes 4 and 5 December 2025 collective leave
FLOOD = {
    "kind": "amendment",
    "title": "Perubahan atas Keputusan Bersama",
    "issued": "2025-12-02",
    "year": "2025",
    "collective_leave": [
        {"date": "2025-12-04", "id": "Cuti Bersama", "en": "Collective leave"},
        {"date": "2025-12-05", "id": "Cuti Bersama", "en": "Collective leave"},
    ],
}
WHY = "SKB 933 Tahun 2025 mengubah cuti bersama"


def known_in_december() -> dict[str, Any]:
    """The national calendar as it stood on 1 December 2025."""
    path = ROOT / "workflows/calendars/id-asn.yaml"
    values: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"), path.name).values
    values["decrees"] = [one for one in values["decrees"] if one["issued"] < "2025-12-01"]
    return values


def amended(*changes: dict[str, Any]) -> dict[str, Any]:
    values = known_in_december()
    values["decrees"] += changes
    return values


def clinic(**also: Any) -> dict[str, Any]:
    """Six days a week, and at work on collective leave."""
    return {
        "name": "id-puskesmas",
        "based_on": "id-asn",
        "week": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "units": [{"unit": HEALTH, "from": "2025-01-01"}],
        "decrees": [
            {"title": "Keputusan Bupati", "issued": "2025-11-01", "year": "2025", "removes": "collective_leave"}
        ],
        **also,
    }  # fmt: skip


def official() -> Actor:
    return Actor(person=on_desk("personnel"))


@pytest.fixture
def agency(place: str):
    """An agency launched on 1 December 2025 with the calendar as it was known then."""
    clock = HandClock()

    def fill(to: str) -> None:
        new = set_up(to, clock)
        new.calendars.apply(known_in_december(), actor=official(), reason="keadaan awal")
        new.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
        new.database.close()

    furnish(place, "launched with the calendar of December", fill)
    engine = Engine(Database(place), clock)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def dues(agency: Agency) -> dict[str, dict[str, date]]:
    """The last day of every clock of every open case."""
    return {
        case.id: {clock.name: clock.due_on for clock in case.deadlines}
        for case in agency.engine.cases(open_only=True, limit=500)
    }


def told(preview: CalendarPreview) -> list[tuple[Any, ...]]:
    """A preview as entries tell it."""
    return sorted(
        (one.case.id, one.clock, one.due_from.isoformat(), one.due_to.isoformat(), one.kept, *one.calendars)
        for one in preview.rows
    )


def recounted(agency: Agency, since: dict[str, int]) -> list[tuple[Any, ...]]:
    """What entries after those numbers tell of clocks that were counted again."""
    found = []
    for case in agency.engine.cases(limit=500):
        for entry in agency.engine.history(case.id):
            if entry.seq > since[case.id] and entry.kind == "recounted":
                found += [
                    (case.id, one["clock"], one["from"], one["from"], True, *one["calendars"])
                    if one.get("kept")
                    else (case.id, one["clock"], one["from"], one["to"], False, *one["calendars"])
                    for one in decode(entry.body)["recounted"]
                ]
    return sorted(found)


def numbers(agency: Agency) -> dict[str, int]:
    return {case.id: case.seq for case in agency.engine.cases(limit=500)}


def test_a_decree_that_is_only_stored_moves_no_running_clock(agency: Agency) -> None:
    before = dues(agency)
    agency.clock.put(date(2025, 12, 3))
    stored = agency.engine.add_calendar(amended(FLOOD))

    assert stored.version == agency.engine.calendar("id-asn").version
    assert before == dues(agency)


def test_what_a_decree_would_move_is_shown_and_nothing_is_kept(agency: Agency) -> None:
    before = dues(agency)
    agency.clock.put(date(2025, 12, 3))
    old = agency.engine.calendar("id-asn").version
    preview = agency.engine.calendars.preview(amended(FLOOD))
    tasks = [one for one in preview.rows if one.clock == "task"]

    assert {("id-asn", date(2025, 12, 4), False), ("id-asn", date(2025, 12, 5), False)} == {
        (one.calendar, one.date, one.works) for one in preview.changed
    }
    assert {2} == {one.working_days for one in tasks} | {2}
    assert tasks
    assert (60, old, ()) == (preview.looked, preview.before, preview.failed)
    assert (before, old) == (dues(agency), agency.engine.calendar("id-asn").version)


def test_an_applied_decree_moves_what_was_shown_once_with_both_versions_and_the_reason(
    agency: Agency,
) -> None:
    agency.clock.put(date(2025, 12, 3))
    old, since = agency.engine.calendar("id-asn").version, numbers(agency)
    preview = agency.engine.calendars.preview(amended(FLOOD))
    done = agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason=WHY)
    after = numbers(agency)
    again = agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason="sekali lagi")
    moved = {one.case.id for one in preview.rows}

    assert told(preview) == recounted(agency, since)
    assert (len(moved), len(preview.rows), 0, ()) == (done.cases, done.clocks, done.kept, done.failed)
    assert (0, 0) == (again.cases, again.clocks)
    assert after == numbers(agency)
    assert () == agency.engine.calendars.preview(amended(FLOOD)).rows
    row = preview.rows[0]
    case = agency.engine.case(row.case.id, None).case
    clock = next(one for one in case.deadlines if one.name == row.clock)
    assert (done.calendar, {one.calendars for one in preview.rows}) == (
        clock.calendar,
        {(old, done.calendar)},
    )
    with agency.engine.database.read() as view:
        entries = queries.history(view, calendaring.STREAM)
        reasons = view.statements(calendaring.STREAM)
        why = {one.value for one in queries.written(view, case.id) if not one.form}
    applied = [one for one in entries if one.kind == "applied"][-2]
    facts = decode(applied.body)
    assert (old, done.calendar, WHY) == (facts["before"], facts["calendar"], reasons[applied.seq])
    assert {"person": on_desk("personnel")} == facts["actor"]
    assert 1 == len(why)
    assert ["added", "applied", "recounted", "applied", "recounted"] == [one.kind for one in entries][-5:]
    assert [] == agency.engine.verify()


def test_two_units_in_one_cycle_are_counted_by_their_own_calendars(place: str) -> None:
    """Health works six days a week: what all are given the same working days for ends there earlier."""
    engine = set_up(place, HandClock())
    engine.calendars.apply(known_in_december(), actor=official(), reason="keadaan awal")
    engine.add_calendar(clinic())
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    due: dict[str, set[date]] = {HEALTH: set(), SCHOOLS: set()}
    versions: dict[str, set[str]] = {HEALTH: set(), SCHOOLS: set()}
    for case in engine.cases(limit=500):
        if case.unit in due and case.task is not None and case.task.due_on is not None:
            due[case.unit].add(case.task.due_on)
            versions[case.unit] |= {clock.calendar.partition("@")[0] for clock in case.deadlines}

    assert ({"id-puskesmas"}, {"id-asn"}) == (versions[HEALTH], versions[SCHOOLS])
    assert max(due[HEALTH]) < min(due[SCHOOLS])
    engine.database.close()


def test_a_calendar_of_one_unit_moves_its_cases_only_and_moves_them_back_when_it_leaves(
    agency: Agency,
) -> None:
    before, units = dues(agency), {case.id: case.unit for case in agency.engine.cases(limit=500)}
    agency.clock.put(date(2025, 12, 2))
    agency.engine.calendars.apply(clinic(), actor=official(), reason="enam hari kerja")
    between = dues(agency)
    since = numbers(agency)
    leaving = clinic(units=[{"unit": HEALTH, "from": "2025-01-01", "to": "2025-12-01"}])
    preview = agency.engine.calendars.preview(leaving)
    agency.engine.calendars.apply(leaving, actor=official(), reason="kembali lima hari kerja")

    assert {HEALTH} == {units[case] for case in before if before[case] != between[case]}
    assert before == dues(agency)
    assert told(preview) == recounted(agency, since)


def test_a_national_decree_moves_units_that_stand_on_it_and_not_those_that_work_on_leave(
    agency: Agency,
) -> None:
    """The clinic works on collective leave, whenever it is declared."""
    agency.engine.calendars.apply(clinic(), actor=official(), reason="enam hari kerja")
    agency.clock.put(date(2025, 12, 3))
    before = agency.engine.calendar("id-puskesmas").version
    preview = agency.engine.calendars.preview(amended(FLOOD))
    agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason=WHY)
    units = Counter(one.case.unit for one in preview.rows)

    assert HEALTH not in units
    assert SCHOOLS in units
    assert before != agency.engine.calendar("id-puskesmas").version
    assert plain_values(agency.engine.calendars.values("id-puskesmas")) == clinic()


@pytest.mark.parametrize("past", ["keep", "move"])
def test_what_would_fall_into_the_past_is_shown_and_kept_or_moved_by_word(agency: Agency, past: Any) -> None:
    """Collective leave is taken back: a due day that still lies ahead would have been over yesterday."""
    agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason=WHY)
    first = next(case for case in agency.engine.cases(limit=500) if case.task and case.task.due_on)
    last = first.task.due_on
    agency.hop_to(last)
    before, since = dues(agency), numbers(agency)
    back = {"kind": "amendment", "title": "Pencabutan", "issued": "2025-12-03", "year": "2025",
            "removes": ["2025-12-04", "2025-12-05"]}  # fmt: skip
    preview = agency.engine.calendars.preview(amended(FLOOD, back), past=past)
    late = [one for one in preview.rows if one.into_past]
    done = agency.engine.calendars.apply(amended(FLOOD, back), actor=official(), reason="dicabut", past=past)

    assert late
    assert {past == "keep"} == {one.kept for one in late}
    assert all(one.counted_to < last for one in late if one.clock == "task")
    assert told(preview) == recounted(agency, since)
    assert len([one for one in preview.rows if one.kept]) == done.kept
    for one in late:
        now = dues(agency).get(one.case.id, {}).get(one.clock)
        if past == "keep":
            assert before[one.case.id][one.clock] == now
    again = agency.engine.calendars.apply(amended(FLOOD, back), actor=official(), reason="lagi", past=past)
    assert (0, 0) == (again.cases, again.clocks)


@pytest.mark.parametrize("seed", range(6))
def test_for_any_decree_the_preview_is_what_applying_then_does(agency: Agency, seed: int) -> None:
    """Random days off over cases that were extended, acted on and left alone, at random times, in both policies."""
    dice = random.Random(seed)
    decrees: list[dict[str, Any]] = []
    who = ordinary(agency.engine.chart).key
    mine = agency.engine.cases(subject=who)[0].id
    agency.engine.fire(mine, "submit", actor=Actor(person=who), forms={"plan": plan(100)})
    for case in dice.sample(agency.engine.cases(open_only=True, limit=500), 5):
        if case.task is not None and case.subject != official().person:
            more = Extend(by=Duration(2, "working days"), actor=official(), reason="dinas luar")
            agency.engine.obey(case.id, more)
    today = OPENING
    for _ in range(3):
        today += timedelta(dice.randint(1, 6))
        agency.hop_to(today)
        known = agency.engine.calendar("id-asn")
        days = [date(2025, 12, 2) + timedelta(n) for n in range(28)]
        off = [one for one in days if not known.is_working(one) and one.weekday() < 5]
        gone = dice.sample(off, min(len(off), 2))
        fresh = dice.sample([one for one in days if known.is_working(one)], 3)
        decrees.append(
            {"kind": "amendment", "title": "Perubahan", "issued": "2025-12-01", "year": "2025",
             "removes": [one.isoformat() for one in gone],
             "holidays": [{"date": one.isoformat(), "id": "Libur", "en": "Holiday"} for one in fresh]}
        )  # fmt: skip
        past: Any = dice.choice(["keep", "move"])
        since = numbers(agency)
        preview = agency.engine.calendars.preview(amended(*decrees), past=past)
        done = agency.engine.calendars.apply(amended(*decrees), actor=official(), reason="acak", past=past)
        stand = numbers(agency)
        again = agency.engine.calendars.apply(amended(*decrees), actor=official(), reason="acak", past=past)

        assert () == done.failed == preview.failed
        assert told(preview) == recounted(agency, since)
        assert len(preview.rows) == done.clocks
        assert (0, stand) == (again.clocks, numbers(agency))
    assert [] == agency.engine.verify()


def test_an_apply_that_dies_midway_is_finished_by_the_next_beat(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies with the third batch: no case is left out, none is counted twice, one entry tells the whole."""
    agency.clock.put(date(2025, 12, 3))
    preview = agency.engine.calendars.preview(amended(FLOOD))
    since, real, saved = numbers(agency), Unit.save, []

    def save(self, steps) -> None:
        if len(saved) == 2:
            raise KeyboardInterrupt
        saved.append(len(steps))
        real(self, steps)

    monkeypatch.setattr(calendaring, "BATCH", 10)
    with monkeypatch.context() as dying:
        dying.setattr(Unit, "save", save)
        with pytest.raises(KeyboardInterrupt):
            agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason=WHY)
    half = recounted(agency, since)
    another = agency.another()
    unfinished = another.calendars.unfinished()
    doubts = [one.name for one in examine_calendars(another) if not one.ok]
    finished = another.calendars.finish()
    with agency.engine.database.read() as view:
        entries = [one for one in queries.history(view, calendaring.STREAM) if one.kind == "recounted"]

    assert 0 < len(half) < len(preview.rows)
    assert (("id-asn",), ["recount of id-asn"]) == (unfinished, doubts[:1])
    assert (1, 0) == (finished, another.calendars.finish())
    assert told(preview) == recounted(agency, since)
    assert len(preview.rows) == decode(entries[-1].body)["clocks"]
    another.database.close()


def test_a_case_that_cannot_be_counted_is_named_and_blocks_nobody(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency.clock.put(date(2025, 12, 3))
    spoilt = agency.engine.cases(limit=1)[0].id
    real = calendaring.Counting.of

    def of(self, view, seen, past):
        if seen.id == spoilt:
            raise NotYours("spoilt")
        return real(self, view, seen, past)

    monkeypatch.setattr(calendaring.Counting, "of", of)
    done = agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason=WHY)

    assert ((spoilt, "spoilt"),) == done.failed
    assert done.cases > 0


def test_only_an_official_applies_a_calendar_and_says_why(agency: Agency) -> None:
    with pytest.raises(NotYours, match="personnel desk"):
        agency.engine.calendars.apply(
            amended(FLOOD), actor=Actor(person=ordinary(agency.engine.chart).key), reason="x"
        )
    with pytest.raises(ReasonMissing):
        agency.engine.calendars.apply(amended(FLOOD), actor=official(), reason=" ")


def test_a_calendar_applied_by_its_name_counts_what_was_only_stored(agency: Agency) -> None:
    agency.clock.put(date(2025, 12, 3))
    agency.engine.add_calendar(amended(FLOOD))
    stored = agency.engine.calendars.values("id-asn")
    done = agency.engine.calendars.apply(stored, actor=official(), reason=WHY)

    assert done.clocks > 0
