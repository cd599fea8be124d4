"""Sweeps and races: failures told once and as what they are, contents read when asked for, twins answered alike."""

from __future__ import annotations

import copy
import threading
from datetime import date
from typing import Any

import pytest

from engine.core.calendar import Calendar
from engine.core.command import Actor, Extend
from engine.core.moments import Duration
from engine.core.source import read_yaml
from engine.errors import Conflict, NotFound
from engine.runtime import passing
from engine.runtime.reports import Fired
from engine.store.unit import Unit
from engine.store.view import View
from tests.definitions_varied import forked
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.worlds import HOUR, ROOT, on_desk, ordinary, plan

GOALS = {"plan": {"goals": [{"title": "Layanan", "weight": 100}]}}


def somebody(agency: Agency) -> tuple[Actor, str]:
    """An ordinary employee and their case."""
    key = ordinary(agency.engine.chart).key
    return Actor(person=key), agency.engine.cases(subject=key)[0].id


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases whose contents have been read, in order."""
    asked: list[str] = []
    real = View.contents

    def contents(self, case_id: str):
        asked.append(case_id)
        return real(self, case_id)

    monkeypatch.setattr(View, "contents", contents)
    return asked


def test_a_claim_that_fails_is_told_as_what_it_is(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is locked: the sweep says so, and has blamed no case; the next one rings everything."""
    agency.clock.put(date(2025, 12, 5))

    def claim_due(self, *_) -> None:
        raise Conflict("the database is locked")

    with monkeypatch.context() as locked:
        locked.setattr(Unit, "claim_due", claim_due)
        with pytest.raises(Conflict, match="locked"):
            agency.engine.fire_due()
    report = agency.engine.fire_due()

    assert ((), 60) == (report.failed, report.steps)


def test_each_case_that_fails_is_named_once(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """One cannot be stepped, one cannot be written: halving tries them again and again, and tells of each once."""
    agency.clock.put(date(2025, 12, 5))
    unsteppable, unwritable = (agency.engine.cases(limit=200)[number].id for number in (0, 31))
    real_settle, real_save = passing.settle, Unit.save

    def settle(machine, case, *given, **named):
        if case.id == unsteppable:
            raise ZeroDivisionError("spoilt")
        return real_settle(machine, case, *given, **named)

    def save(self, steps) -> None:
        if any(step.case.id == unwritable for step in steps):
            raise Conflict("spoilt")
        real_save(self, steps)

    monkeypatch.setattr(passing, "settle", settle)
    monkeypatch.setattr(Unit, "save", save)
    report = agency.engine.fire_due()

    assert [unsteppable, unwritable] == sorted(case_id for case_id, _ in report.failed)
    assert (60, 58) == (report.cases, report.steps)


def test_a_case_that_fails_again_and_again_is_left_alone_for_longer_and_longer(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried at once again, then after a minute, then after five; the others go on, and it is not forgotten."""
    agency.clock.put(date(2025, 12, 5))
    broken = agency.engine.cases(limit=200)[0].id
    real = passing.settle

    def settle(machine, case, *given, **named):
        if case.id == broken:
            raise ZeroDivisionError("spoilt")
        return real(machine, case, *given, **named)

    minute = 60_000_000
    with monkeypatch.context() as spoilt:
        spoilt.setattr(passing, "settle", settle)
        seen = []
        for wait in (0, 0, minute // 2, minute // 2 + 1, minute, 4 * minute):
            agency.clock.instant += wait
            report = agency.engine.fire_due()
            seen.append((len(report.failed), report.parked))
    agency.clock.instant += 30 * minute
    healed = agency.engine.fire_due()

    assert [(1, 0), (1, 0), (0, 1), (1, 0), (0, 1), (1, 0)] == seen
    assert (1, (), 0) == (healed.cases, healed.failed, healed.parked)


def test_a_sweep_says_how_late_it_was(agency: Agency) -> None:
    """By how much what was due first had been due."""
    due = agency.engine.next_at()
    agency.clock.instant = due + 3 * HOUR
    report = agency.engine.fire_due()

    assert 3 * HOUR == report.late_us
    assert 0 == agency.engine.fire_due().late_us


def test_what_was_written_is_not_read_where_no_way_forks(agency: Agency, reads: list[str]) -> None:
    """The second week of January moves every case by a moment that asks nothing: no content is read for it."""
    who, case_id = somebody(agency)
    agency.engine.fire(case_id, "submit", actor=who, forms={"plan": plan(100)})
    agency.hop_to(date(2026, 1, 10))
    reads.clear()
    agency.clock.put(date(2026, 1, 16))
    report = agency.engine.fire_due()

    assert ((), 60) == (report.failed, report.cases)
    assert {"manager_sets"} == {case.state for case in agency.engine.cases(limit=200)}
    assert [] == reads


def test_what_was_written_is_read_once_where_a_way_forks(tmp_path, reads: list[str]) -> None:
    """A case that comes to a fork by a moment goes by what the rater wrote months before."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition=forked(tmp_path))
    engine.launch("small", opens=OPENING, year=2026, actor=NOBODY)
    agency = Agency(url=str(tmp_path / "siklus.db"), clock=clock, engine=engine)
    who, case_id = somebody(agency)
    engine.fire(case_id, "submit", actor=who, forms=GOALS)
    rater = Actor(person=engine.case(case_id, None).case.task.holder)
    engine.fire(case_id, "agree", actor=rater, forms={"verdict": {"points": 7}})
    assert "waiting" == engine.case(case_id, None).case.state
    reads.clear()
    clock.put(date(2026, 1, 2))
    report = engine.fire_due()

    assert () == report.failed
    assert [case_id] == reads
    assert "done" == engine.case(case_id, None).case.state
    engine.database.close()


def test_time_in_a_case_never_runs_back(agency: Agency) -> None:
    """The clock is set back two hours between two acts of steering, and again before a sweep."""
    _, case_id = somebody(agency)
    more = Extend(by=Duration(1, "working days"), actor=Actor(person=on_desk("personnel")), reason="banjir")
    agency.clock.instant += 5 * HOUR
    agency.engine.obey(case_id, more)
    agency.clock.instant -= 2 * HOUR
    agency.engine.obey(case_id, more)
    agency.clock.put(date(2025, 12, 12))
    agency.engine.fire_due()
    agency.clock.instant -= 48 * HOUR
    agency.engine.obey(case_id, more)
    times = [entry.at for entry in agency.engine.history(case_id)]

    assert times == sorted(times)
    assert [] == agency.engine.verify()


def test_an_older_calendar_added_later_does_not_take_the_newests_place(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stored; cases go on by the newest, which is not read anew for every step."""
    path = ROOT / "workflows/calendars/id-asn.yaml"
    older: Any = copy.deepcopy(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
    older["decrees"] = sorted(older["decrees"], key=lambda decree: decree["issued"])[:-1]
    newest = agency.engine.calendar("id-asn").version
    added = agency.engine.add_calendar(older)
    made: list[str] = []
    real = Calendar.from_values.__func__

    def from_values(cls, values, **named):
        made.append("made")
        return real(cls, values, **named)

    monkeypatch.setattr(Calendar, "from_values", classmethod(from_values))

    assert newest != added.version
    assert newest == agency.engine.calendar("id-asn").version
    assert agency.engine.calendar("id-asn") is agency.engine.calendar("id-asn")
    assert [] == made


def test_a_repeated_request_gets_its_answer_however_far_the_case_has_gone(agency: Agency) -> None:
    """The visit it names is long over: the first answer comes again, not the news that the page is stale."""
    who, case_id = somebody(agency)
    asked: dict[str, Any] = {"actor": who, "forms": {"plan": plan(100)}, "visit": 1, "key": "k"}
    first = agency.engine.fire(case_id, "submit", **asked)
    agency.engine.fire(case_id, "pass", actor=Actor(person=first.case.task.holder))
    again = agency.engine.fire(case_id, "submit", **asked)

    assert (False, True) == (first.repeated, again.repeated)
    assert first.entries == again.entries


@pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_of_twins_at_once_one_moves_the_case_and_the_other_gets_its_answer(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A double click: neither is written before both have been asked; the second waits for the first's answer."""
    who, case_id = somebody(agency)
    both_asked, ready = threading.Barrier(2), threading.Barrier(2)
    waited: list[int] = []
    real_load, real_save = Unit.load, Unit.save

    def load(self, case: str, *, lock: bool = True):
        if lock and not waited:
            both_asked.wait(timeout=20)
        return real_load(self, case, lock=lock)

    def save(self, steps) -> None:
        waited.append(len(steps))
        real_save(self, steps)

    monkeypatch.setattr(Unit, "load", load)
    monkeypatch.setattr(Unit, "save", save)
    answers: list[Fired | Exception] = []

    def click() -> None:
        ready.wait(timeout=20)
        try:
            answers.append(
                agency.engine.fire(
                    case_id, "submit", actor=who, forms={"plan": plan(100)}, visit=1, key="twin"
                )
            )
        except Exception as error:  # noqa: BLE001 - told below
            answers.append(error)

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [False, True] == sorted(one.repeated for one in answers if isinstance(one, Fired))
    assert [1] == waited
    assert 1 == len({entry.hash for one in answers for entry in one.entries})
    assert ("manager_checks", 2) == ((case := agency.engine.case(case_id, None).case).state, case.seq)
    assert [] == agency.engine.verify()


def test_what_failed_is_parked_for_every_process_until_somebody_lets_it_go(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row: another process leaves the case alone as well, says why, and takes no lock for it alone."""
    agency.clock.put(date(2025, 12, 5))
    broken = agency.engine.cases(limit=200)[0].id
    real = passing.settle

    def settle(machine, case, *given, **named):
        if case.id == broken:
            raise ZeroDivisionError("Siti menulis: 1/0")
        return real(machine, case, *given, **named)

    other = agency.another()
    with monkeypatch.context() as spoilt, other.database:
        spoilt.setattr(passing, "settle", settle)
        first, again = agency.engine.fire_due(), agency.engine.fire_due()
        elsewhere = other.fire_due()
        (parked,) = other.parking.listed()
        figures = other.alarms.figures()
        other.parking.unpark(broken)
        let_go = other.parking.listed()
        once_more = other.fire_due()
    agency.engine.parking.unpark(broken)
    healed = agency.engine.fire_due()

    assert (59, 1, 1) == (first.steps, len(first.failed), len(again.failed))
    assert (0, (), 1) == (elsewhere.cases, elsewhere.failed, elsewhere.parked)
    assert (broken, 2, "ZeroDivisionError") == (parked.case_id, parked.times, parked.why)
    assert (1, 1) == (figures.parked, figures.due)
    assert ((), 1) == (let_go, len(once_more.failed))
    assert (1, (), ()) == (healed.steps, healed.failed, agency.engine.parking.listed())
    with pytest.raises(NotFound):
        agency.engine.parking.unpark(broken)


def test_a_parked_case_that_a_person_moves_on_is_parked_no_more(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed is no longer to come; when another of its alarms fails, that is the first time again."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    agency.clock.put(date(2025, 12, 5))
    with monkeypatch.context() as spoilt:
        spoilt.setattr(passing, "settle", broken)
        agency.engine.fire_due()
    before = agency.engine.parking.listed()
    who, case_id = somebody(agency)
    agency.engine.fire(case_id, "submit", actor=who, forms={"plan": plan(100)})
    after = {one.case_id for one in agency.engine.parking.listed()}
    agency.engine.fire_due()

    assert case_id in {one.case_id for one in before}
    assert case_id not in after
    assert () == agency.engine.parking.listed()
