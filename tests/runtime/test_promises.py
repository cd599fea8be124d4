"""Promises watched on real databases: told in the step that breaks them, on the day, counted and listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.codec import decode
from engine.core.command import Acknowledge, Actor
from engine.core.roster import read_roster
from engine.errors import Refused
from tests.promised import promised_cycle
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, import_people, set_up
from tests.runtime.people_files import people_with
from tests.worlds import HOUR, on_desk, ordinary, plan


@pytest.fixture
def promised(place: str, tmp_path: Path) -> Iterator[Agency]:
    """A launched agency whose cycle makes promises."""
    clock = HandClock()
    engine = set_up(place, clock, definition=promised_cycle(tmp_path))
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def counts(agency: Agency) -> list[tuple[int, ...]]:
    """Of each promise: on how many cases it is open, kept, broken and lost."""
    return [tuple(one.counts.values()) for one in agency.engine.promises.counts()]


def test_how_promises_stand_is_counted_listed_and_asked_about(promised: Agency) -> None:
    engine = promised.engine
    assert [(60, 0, 0, 0)] * 4 == counts(promised)
    key = ordinary(engine.chart).key
    case = engine.cases(subject=key)[0].id
    engine.fire(case, "submit", actor=Actor(person=key), forms={"plan": plan(60, 40)})

    assert [(59, 0, 1, 0), (59, 1, 0, 0), (60, 0, 0, 0), (60, 0, 0, 0)] == counts(promised)
    (line,) = engine.promises.listed(standing="broken").lines
    assert (case, 0, "happened") == (line.case.id, line.watch.number, line.watch.cause)
    assert line.watch.task is not None
    holder = line.watch.task.holder
    assert [line.watch.task.id] == [one.task.id for one in engine.tasks(holder) if one.task.kind == "breach"]
    promised.clock.instant += HOUR  # what the plan's sender can take back is told when they no longer can
    engine.fire_due()
    told = [(one.kind, one.case_id) for one in engine.messages(holder)]
    assert 1 == told.count(("breach", case))
    assert [] == engine.verify()

    engine.obey(case, Acknowledge(promise=0, actor=Actor(person=holder), reason="sudah dijelaskan"))
    assert [] == [one for one in engine.tasks(holder) if one.task.kind == "breach"]
    assert "acknowledged" == engine.history(case)[-1].kind
    with pytest.raises(Refused):
        engine.obey(case, Acknowledge(promise=0, actor=Actor(person=holder), reason="lagi"))


def test_a_day_that_passes_breaks_a_promise_on_every_case_on_that_very_day(promised: Agency) -> None:
    """Page by page, each case once."""
    promised.hop_to(date(2025, 12, 5))
    engine = promised.engine
    assert (0, 0, 60, 0) == counts(promised)[2]
    found: list[str] = []
    after = ""
    while True:
        page = engine.promises.listed(standing="broken", after=after, limit=25)
        found += [one.case.id for one in page.lines]
        if not page.following:
            break
        after = page.following
    assert 60 == len(found) == len(set(found))
    assert sorted(found) == found
    told = [decode(one.body) for case in found for one in engine.history(case) if one.kind == "promise"]
    assert [0] * 60 == [one["late_us"] for one in told]
    assert () == engine.promises.listed(standing="broken", cycle="other").lines
    assert () == engine.promises.listed(standing="lost").lines
    assert [] == engine.verify()


def test_the_look_at_a_breach_of_an_ended_case_follows_the_chart(promised: Agency) -> None:
    """Whoever had it leaves the agency; the preview says so, and another of the desk has it the next day."""
    engine = promised.engine
    key = ordinary(engine.chart).key
    case = engine.cases(subject=key)[0].id
    engine.fire(case, "submit", actor=Actor(person=key), forms={"plan": plan(60, 40)})
    engine.fire(case, "exempt", actor=Actor(person=on_desk("personnel")), reason="tugas belajar")
    (task,) = engine.case(case, None).case.breaches
    assert engine.case(case, None).case.ended
    people = people_with(engine.chart, {task.holder: {"selesai": "2025-12-01"}})
    promised.clock.put(date(2025, 12, 2))
    roster = read_roster(
        people, "people.csv", keys=engine.person_keys(), new_key=str, existing=engine.chart.segments
    )
    told = [one for one in engine.preview_people(roster).affected if one.case.id == case]
    import_people(engine, people)

    (after,) = engine.case(case, None).case.breaches
    assert [(task.holder, after.holder)] == [(one.before, one.to) for each in told for one in each.passing]
    assert task.holder != after.holder
    assert after in [one.task for one in engine.tasks(after.holder)]
    assert [] == engine.verify()
