"""A cycle that was launched wrongly is cancelled as a whole, and launched again."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.core.case import NEVER
from engine.core.codec import decode
from engine.core.command import OPERATOR, Actor
from engine.errors import Conflict, LaunchInvalid, NotFound, NotYours, ReasonMissing
from engine.runtime import Engine, cancelling
from engine.store import Database, queries
from tests.doomed import doomed
from tests.runtime.bulks import again
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock
from tests.worlds import on_desk, ordinary, plan

CYCLE = "asn-tahunan-2026"
WHY = "salah tanggal mulai"


def cancelled(agency: Agency) -> None:
    report = agency.engine.cancellations.ask(CYCLE, actor=OPERATOR, reason=WHY)
    assert () == report.failed
    assert "done" == report.cancelling.state


def handed_in(agency: Agency) -> str:
    """Somebody has handed their plan in."""
    who = ordinary(agency.engine.chart).key
    case = agency.engine.cases(subject=who)[0]
    agency.engine.fire(case.id, "submit", actor=Actor(person=who), forms={"plan": plan(100)})
    return case.id


def test_a_look_says_what_it_would_come_to_and_keeps_nothing(agency: Agency) -> None:
    """How many cases, in which people have acted, what stays, who is told."""
    engine, case = agency.engine, handed_in(agency)
    closed = engine.cases(limit=200)[0].id
    if closed == case:
        closed = engine.cases(limit=200)[1].id
    desk = Actor(person=on_desk("personnel"))
    engine.fire(closed, "exempt", actor=desk, reason="cuti di luar tanggungan")

    found = engine.cancellations.preview(CYCLE)

    assert (59, 0) == (found.open, found.linked)
    assert [case] == [one.case.id for one in found.acted]
    assert [closed] == [one.id for one in found.stay]
    assert len(found.people) >= 59
    assert not any(one.ended == "cancelled" for one in engine.cases(limit=200))


def test_every_case_is_closed_nobody_has_a_task_and_nothing_is_lost(agency: Agency) -> None:
    """By an entry each; no clock rings any more, what was written stays, the log verifies."""
    engine, case = agency.engine, handed_in(agency)
    before = engine.case(case, None).known.forms
    cancelled(agency)

    cases = engine.cases(limit=200)
    assert {"cancelled"} == {one.ended for one in cases}
    assert {NEVER} == {one.next_at for one in cases}
    assert [] == [one for one in cases if one.tasks]
    with engine.database.read() as view:
        people = {one.key for one in engine.chart.segments}
        assert 0 == sum(queries.task_count(view, one) for one in people)
    assert before == engine.case(case, None).known.forms
    last = engine.history(case)[-1]
    assert ("cancelled", {"cancelled": "cancelling-1"}) == (last.kind, decode(last.body)["cause"])
    agency.clock.put(date(2027, 3, 1))
    assert 0 == engine.fire_due().steps
    assert [] == engine.verify()


def test_each_person_is_told_once(agency: Agency) -> None:
    """However many cases they had to do with; again, nothing more."""
    cancelled(agency)
    agency.engine.cancellations.tend()
    agency.engine.fire_due()

    engine = agency.engine
    told = [
        letter.to
        for person in engine.chart.segments
        for letter in engine.messages(person.key, limit=500)
        if letter.kind == "cycle_cancelled"
    ]
    assert len(told) == len(set(told))
    assert set(told) >= {one.subject for one in engine.cases(limit=200)}


def test_a_closed_case_stays_as_it_was(agency: Agency) -> None:
    engine = agency.engine
    desk = Actor(person=on_desk("personnel"))
    case = next(one for one in engine.cases(limit=200) if one.subject != desk.person)
    engine.fire(case.id, "exempt", actor=desk, reason="cuti")
    before = engine.case(case.id, None).case
    cancelled(agency)

    assert before == engine.case(case.id, None).case
    assert (59, 1) == (engine.cancellations.known()[0].cases, engine.cancellations.known()[0].stayed)


def test_it_is_launched_again_without_the_dead_in_the_way(agency: Agency) -> None:
    """A cycle of its own name, a case for everybody, and once more for latecomers only."""
    cancelled(agency)
    opens = OPENING + timedelta(days=7)

    first = agency.engine.launch("asn-tahunan", opens=opens, actor=NOBODY)
    again = agency.engine.launch("asn-tahunan", opens=opens, actor=NOBODY)

    assert (f"{CYCLE}.2", 60, 0) == (first.cycle, first.launched, first.existing)
    assert (f"{CYCLE}.2", 0, 60) == (again.cycle, again.launched, again.existing)
    who = ordinary(agency.engine.chart).key
    assert {"", "cancelled"} == {one.ended for one in agency.engine.cases(subject=who)}
    assert [] == agency.engine.verify()


def test_it_is_cancelled_once_and_by_the_desk_with_a_reason(agency: Agency) -> None:
    engine = agency.engine
    somebody = Actor(person=ordinary(engine.chart).key)
    with pytest.raises(NotYours):
        engine.cancellations.ask(CYCLE, actor=somebody, reason=WHY)
    with pytest.raises(ReasonMissing):
        engine.cancellations.ask(CYCLE, actor=OPERATOR, reason=" ")
    with pytest.raises(NotFound):
        engine.cancellations.ask("asn-tahunan-1999", actor=OPERATOR, reason=WHY)
    cancelled(agency)
    with pytest.raises(Conflict):
        engine.cancellations.ask(CYCLE, actor=OPERATOR, reason=WHY)


@pytest.fixture
def in_earnest(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> Agency:
    """The agency as if it were no demo."""
    monkeypatch.setattr(agency.engine.cancellations, "_in_earnest", lambda: True)
    return agency


def test_where_people_have_acted_a_second_person_agrees(in_earnest: Agency) -> None:
    """Until then nothing happens, but nobody launches it meanwhile; who asked does not agree to it."""
    engine = in_earnest.engine
    handed_in(in_earnest)
    first, other = (
        Actor(person=one.key) for one in engine.chart.people(OPENING) if "desk:personnel" in one.duties
    )
    asked = engine.cancellations.ask(CYCLE, actor=first, reason=WHY).cancelling
    assert ("asked", {""}) == (asked.state, {one.ended for one in engine.cases(limit=200)})
    with pytest.raises(NotYours):
        engine.cancellations.agree(asked.id, actor=first, reason="setuju")
    with pytest.raises(LaunchInvalid):
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)

    done = engine.cancellations.agree(asked.id, actor=other, reason="setuju").cancelling

    assert ("done", 60, other.person) == (done.state, done.cases, done.agreed_by)


def test_what_is_refused_may_be_asked_again(in_earnest: Agency) -> None:
    engine = in_earnest.engine
    handed_in(in_earnest)
    asked = engine.cancellations.ask(CYCLE, actor=OPERATOR, reason=WHY).cancelling
    refused = engine.cancellations.refuse(asked.id, actor=OPERATOR, reason="tidak jadi").cancelling

    assert "refused" == refused.state
    assert engine.cancellations.preview(CYCLE).second
    assert 60 == engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY).existing


def test_what_a_dead_process_left_undone_is_done_by_the_next_beat(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A poisoned case is named and keeps it open; whole once it is well."""
    monkeypatch.setattr(cancelling, "BATCH", 7)
    engine, real = agency.engine, cancelling.step
    ill = engine.cases(limit=200)[20].id

    def sick(machine, case, command, scene):  # type: ignore[no-untyped-def]
        if case.id == ill:
            raise RuntimeError("poisoned")
        return real(machine, case, command, scene)

    monkeypatch.setattr(cancelling, "step", sick)
    report = engine.cancellations.ask(CYCLE, actor=OPERATOR, reason=WHY)
    assert ("going", [ill]) == (report.cancelling.state, [name for name, _ in report.failed])
    assert 1 == sum(not one.ended for one in engine.cases(limit=200))
    monkeypatch.setattr(cancelling, "step", real)
    engine.fire_due()

    assert "done" == engine.cancellations.known()[0].state
    assert {"cancelled"} == {one.ended for one in engine.cases(limit=200)}


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_throughout_it_is_whole_after_the_next_beat(agency: Agency, tmp_path: Path) -> None:
    """Neither a case nor a letter twice."""
    if "://" in agency.url:
        pytest.skip("copies a file")
    url = str(tmp_path / "killed.db")
    agency.engine.database.close()
    again(agency.url, url)
    with doomed("tests.runtime.dying:cancel", url) as program:
        for number in range(3, 400, 37):
            again(agency.url, url)
            killed = program.dies_at(number)
            engine = Engine(Database(url), HandClock())
            engine.fire_due()
            done = engine.cancellations.known()
            ended = {one.ended for one in engine.cases(limit=200)}
            assert () == tuple(engine.verify())
            assert (done, ended) == ((), {""}) or (done[0].state, ended) == ("done", {"cancelled"})
            engine.database.close()
            if not killed:
                break
