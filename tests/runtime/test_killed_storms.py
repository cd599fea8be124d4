"""A power cut at every statement of an outage, of a calendar and of what rings after a standstill: once is once."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from engine.runtime import Engine
from engine.store import Database
from tests.doomed import doomed
from tests.runtime.conftest import HandClock
from tests.runtime.storms import DECREED, RUNGS, WOKE, entries, leave_declared, letters, office, rungs

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
]

#: what is interrupted
WORKS = {
    "storm": "storm",
    "storm extended": "storm",
    "outage": "outage",
    "outage that is over": "past_outage",
}


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("what", WORKS)
def test_killed_at_every_statement_nothing_is_lost_or_doubled(place: str, tmp_path: Path, what: str) -> None:
    """SIGKILL before statement 1, 2, ... until a child gets through: then all is as if none had been killed."""
    cases = 4
    policy = "extend" if what == "storm extended" else "collapse"
    engine = office(place, tmp_path, clock := HandClock(), cases=cases, policy=policy)
    with engine.database.write() as unit:
        unit.put_beat("before", clock.instant)
    before = letters(engine)
    engine.database.close()
    killed = 0
    with doomed(f"tests.runtime.dying:{WORKS[what]}", place) as program:
        while program.dies_at(killed + 1):
            killed += 1
            with Database(place) as database, database.read() as view:
                assert () == view.verify()
    if what.startswith("storm"):
        clock.put(WOKE)
    engine = Engine(Database(place), clock)
    told, sent, declared = entries(engine), letters(engine), engine.outages.known()
    engine.database.close()
    kinds = Counter(kind for _, kind, _ in told)

    assert killed > 10
    if what == "storm":
        assert {1} == set(rungs(told).values())
        assert RUNGS * cases == len(rungs(told))
        assert cases == sent["reminder"] - before["reminder"] == sent["escalation"]
        return
    assert 0 == kinds["rung"]
    assert cases == kinds["paused" if what == "outage" else "given_back"]
    if what != "storm extended":
        assert 1 == len(declared)
        assert cases == sent["outage"] - before["outage"]


@pytest.mark.timeout(1500)
def test_a_calendar_killed_at_every_statement_counts_every_clock_once(place: str, tmp_path: Path) -> None:
    """SIGKILL before statement 1, 2, ... of an apply that is asked for again: each clock moves once, as was shown."""
    engine = office(place, tmp_path, clock := HandClock(), cases=4)
    clock.put(DECREED)
    shown = {
        (one.case.id, one.clock, one.due_from.isoformat(), one.due_to.isoformat())
        for one in engine.calendars.preview(leave_declared()).rows
    }
    engine.database.close()
    killed = 0
    with doomed("tests.runtime.dying:calendar", place) as program:
        while program.dies_at(killed + 1):
            killed += 1
            with Database(place) as database, database.read() as view:
                assert () == view.verify()
    engine = Engine(Database(place), clock)
    told, left = entries(engine), engine.calendars.unfinished()
    again = engine.calendars.preview(leave_declared()).rows
    engine.database.close()
    moved = Counter(
        (case_id, clock["clock"], clock["from"], clock["to"])
        for case_id, kind, facts in told
        if kind == "recounted"
        for clock in facts["recounted"]
    )

    assert killed > 10
    assert shown == set(moved)
    assert {1} == set(moved.values())
    assert ((), ()) == (left, again)
