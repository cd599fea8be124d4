"""An outage of a unit in one act: carried to every case, told once, finished after a power cut, ended in one act."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError, Thread

import pytest

from engine.core.codec import decode
from engine.core.command import OPERATOR, Actor
from engine.core.pausing import in_force
from engine.errors import Conflict, NotFound, NotYours, ReasonMissing, Refused
from engine.runtime import Engine
from engine.runtime import outages as outages_room
from engine.runtime.launching import Launching
from engine.runtime.outages import Outages
from engine.store import Database, queries
from engine.store.unit import Unit
from engine.store.view import View
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.worlds import on_desk, ordinary, plan

HR = Actor(person=on_desk("personnel"))
WHY = "Server kepegawaian mati."


def _units(agency: Agency) -> Counter[str]:
    return Counter(one.unit for one in agency.engine.cases(open_only=True, limit=200))


def _due(agency: Agency) -> dict[str, date]:
    return {
        case.id: task.due_on
        for case in agency.engine.cases(limit=200)
        for task in case.waiting
        if task.due_on is not None
    }


def _submitted(agency: Agency) -> str:
    """A case whose task counts working days."""
    key = ordinary(agency.engine.chart).key
    case_id = agency.engine.cases(subject=key)[0].id
    agency.engine.fire(case_id, "submit", actor=Actor(person=key), forms={"plan": plan(100)})
    return case_id


def _case(agency: Agency, case_id: str):
    return agency.engine.case(case_id, None).case


def test_an_outage_of_a_unit_holds_its_cases_and_no_others(agency: Agency) -> None:
    case_id = _submitted(agency)
    unit = _case(agency, case_id).unit
    agency.clock.put(OPENING + timedelta(days=1))
    elsewhere = next(name for name in _units(agency) if name != unit)
    agency.engine.outages.begin(elsewhere, OPENING, last=None, actor=HR, reason=WHY)
    assert () == in_force(_case(agency, case_id))
    report = agency.engine.outages.begin(unit, OPENING, last=None, actor=HR, reason=WHY)

    assert 1 <= report.cases <= _units(agency)[unit]
    assert ("outage",) == in_force(_case(agency, case_id))
    assert {unit, elsewhere} == {one.outage.unit for one in agency.engine.outages.known() if one.lasts}
    assert [] == agency.engine.verify()


def test_days_of_an_outage_that_is_over_come_back_to_everybody(agency: Agency) -> None:
    """Down on Tuesday and Wednesday, told on Friday: whoever has a clock that counts has two working days more."""
    case_id = _submitted(agency)
    before = _due(agency)
    agency.clock.put(date(2025, 12, 5))
    report = agency.engine.outages.begin("", date(2025, 12, 2), last=date(2025, 12, 3), actor=HR, reason=WHY)
    moved = {name for name, day in _due(agency).items() if day != before[name]}

    assert case_id in moved
    assert report.cases == len(moved)
    assert report.failed == ()
    assert all(not in_force(case) for case in agency.engine.cases(limit=200))


def test_an_outage_is_told_to_each_person_once(agency: Agency) -> None:
    _submitted(agency)
    agency.clock.put(date(2025, 12, 5))
    agency.engine.outages.begin("", date(2025, 12, 2), last=date(2025, 12, 3), actor=HR, reason=WHY)
    people = {case.task.holder for case in agency.engine.cases(limit=200) if case.task is not None}
    told = {
        person: [one for one in agency.engine.messages(person, limit=500) if one.kind == "outage"]
        for person in people
    }

    assert max(len(letters) for letters in told.values()) == 1
    assert any(told.values())


def test_a_new_visit_in_an_outage_is_under_it_and_the_end_is_one_act(agency: Agency) -> None:
    case_id = _submitted(agency)
    agency.clock.put(date(2025, 12, 2))
    outage = agency.engine.outages.begin("", date(2025, 12, 2), last=None, actor=HR, reason=WHY).outage
    boss = Actor(person=_case(agency, case_id).task.holder)
    visited = agency.engine.fire(case_id, "pass", actor=boss).case
    agency.clock.put(date(2025, 12, 4))
    report = agency.engine.outages.end(outage.id, actor=HR, reason="Server hidup lagi.")

    assert ("outage",) == in_force(visited)
    assert report.cases > 0
    assert all(not in_force(case) for case in agency.engine.cases(limit=200))
    assert [False] == [one.lasts for one in agency.engine.outages.known()]
    with pytest.raises(NotFound):
        agency.engine.outages.end("outage-99", actor=HR, reason="x")


def test_the_same_again_changes_nothing(agency: Agency) -> None:
    _submitted(agency)
    agency.clock.put(date(2025, 12, 5))
    for days in ((date(2025, 12, 2), date(2025, 12, 3)), (date(2025, 12, 5), None)):
        first = agency.engine.outages.begin("", days[0], last=days[1], actor=HR, reason=WHY)
        seqs = {case.id: case.seq for case in agency.engine.cases(limit=200)}
        again = agency.engine.outages.begin("", days[0], last=days[1], actor=HR, reason=WHY)
        assert (first.outage, 0) == (again.outage, again.cases)
        assert seqs == {case.id: case.seq for case in agency.engine.cases(limit=200)}


def test_what_a_dead_process_left_undone_is_done_by_the_next_beat(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    _submitted(agency)
    agency.clock.put(date(2025, 12, 5))
    monkeypatch.setattr(outages_room, "_BATCH", 7)
    real, saved = Unit.save, []

    def save(self, steps) -> None:
        if len(saved) == 2:
            raise KeyboardInterrupt
        saved.append(len(steps))
        real(self, steps)

    with monkeypatch.context() as cut:
        cut.setattr(Unit, "save", save)
        with pytest.raises(KeyboardInterrupt):
            agency.engine.outages.begin("", date(2025, 12, 2), last=None, actor=HR, reason=WHY)
    held = sum(bool(in_force(case)) for case in agency.engine.cases(limit=200))
    other = agency.another()
    other.fire_due()
    whole = sum(bool(in_force(case)) for case in agency.engine.cases(limit=200))
    with agency.engine.database.read() as view:
        applied = [decode(one.body) for one in queries.history(view, "outages") if one.kind == "applied"]
    other.database.close()

    assert 0 < held < whole
    assert 1 == len(applied)
    assert [] == agency.engine.verify()


def test_only_those_who_may_declare_an_outage(agency: Agency) -> None:
    nobody = Actor(person=ordinary(agency.engine.chart).key)
    agency.clock.put(date(2025, 12, 5))
    begin = agency.engine.outages.begin
    for actor in (nobody, NOBODY):
        with pytest.raises(NotYours):
            begin("", date(2025, 12, 2), last=None, actor=actor, reason=WHY)
    with pytest.raises(ReasonMissing):
        begin("", date(2025, 12, 2), last=None, actor=HR, reason=" ")
    with pytest.raises(NotFound):
        begin("tidak ada", date(2025, 12, 2), last=None, actor=HR, reason=WHY)
    for first, last in (
        (date(2025, 12, 9), None),
        (date(2025, 12, 2), date(2025, 12, 9)),
        (date(2025, 12, 3), date(2025, 12, 2)),
        (date(2025, 10, 1), None),
    ):
        with pytest.raises(Refused):
            begin("", first, last=last, actor=HR, reason=WHY)
    assert () == agency.engine.outages.known()

    assert begin("", date(2025, 12, 2), last=None, actor=OPERATOR, reason=WHY).outage.id == "outage-1"
    with pytest.raises(Conflict, match="outage-1"):
        begin("", date(2025, 12, 3), last=None, actor=HR, reason=WHY)


def _at_once(agency: Agency, monkeypatch: pytest.MonkeyPatch, unit: str) -> list[object]:
    """Two processes declare the same outage, both having looked at what is declared before either wrote."""
    looked, real = Barrier(2), Outages._told
    answers: list[object] = []

    def told(self: Outages, view: View) -> object:
        found = real(self, view)
        with contextlib.suppress(BrokenBarrierError):
            looked.wait(0.5)  # where the second waits for the first to have written, it never comes
        return found

    def declare(engine: Engine) -> None:
        try:
            answers.append(engine.outages.begin(unit, OPENING, last=None, actor=HR, reason=WHY))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            answers.append(error)

    other = agency.another()
    with monkeypatch.context() as watched, other.database:
        watched.setattr(Outages, "_told", told)
        processes = [Thread(target=declare, args=(engine,)) for engine in (agency.engine, other)]
        for one in processes:
            one.start()
        for one in processes:
            one.join()
    return answers


def test_two_who_declare_the_same_outage_at_once_declare_one(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    _submitted(agency)
    answers = _at_once(agency, monkeypatch, "")

    assert [] == [one for one in answers if isinstance(one, Exception)]
    assert ["outage-1"] == [one.outage.id for one in agency.engine.outages.known()]
    assert [] == agency.engine.verify()


def test_a_launch_on_its_way_when_an_outage_begins_is_under_it(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cycle is looked at and filed, then another process declares the outage, then the cases are written."""
    clock = HandClock()
    engine = set_up(place, clock, definition="tests/definitions/small")
    filed = Launching._open

    def then_down(self: Launching, *args: object) -> None:
        filed(self, *args)
        with Database(place) as other:
            Engine(other, clock).outages.begin("", OPENING, last=None, actor=OPERATOR, reason=WHY)

    monkeypatch.setattr(Launching, "_open", then_down)
    with engine.database:
        engine.launch("small", opens=OPENING, actor=NOBODY)
        cases = engine.cases(open_only=True, limit=200)

    assert cases
    assert {("outage",)} == {in_force(case) for case in cases}
