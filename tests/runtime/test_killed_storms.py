"""A power cut at every statement of an outage, of a calendar and of what rings after a standstill: once is once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.runtime import Engine
from engine.store import Database
from tests.runtime.conftest import HandClock
from tests.runtime.storms import DECREED, RUNGS, WOKE, entries, leave_declared, letters, office, rungs
from tests.worlds import ROOT

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
]

#: a program that forks a child for each number it is told, which ends itself with SIGKILL before that statement
_PROGRAM = """
import os
import sys
from datetime import timedelta
from engine.core.command import OPERATOR, Actor
from engine.runtime import Engine, calendaring, outages
from engine.store import Database
from engine.store.failpoints import killing_at
from tests.runtime.conftest import OPENING, HandClock
from tests.runtime.storms import DECREED, WOKE, leave_declared


url, what = sys.argv[1:]

def work(number):
    clock = HandClock()
    outages._BATCH = 2
    engine = Engine(Database(url, failpoint=killing_at(number)), clock)
    if what.startswith("storm"):
        clock.put(WOKE)
        engine.standstills.notice("after", clock.instant, longer_than=86_400_000_000, policy="collapse")
        engine._passing.fire_due(batch=2)
        engine.fire_due()
    elif what == "calendar":
        calendaring.BATCH = 2
        clock.put(DECREED)
        desk = Actor(person=engine.person_keys()["DESK"])
        engine.calendars.apply(leave_declared(), actor=desk, reason="cuti bersama")
    else:
        clock.put(OPENING + timedelta(days=9))
        first = OPENING + timedelta(days=2)
        last = None if what == "outage" else OPENING + timedelta(days=4)
        engine.outages.begin("", first, last=last, actor=OPERATOR, reason="banjir")

for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        try:
            work(int(line))
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


@contextmanager
def _doomed(url: str, what: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _PROGRAM, url, what]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        yield program


def _finishes(program: subprocess.Popen[str], number: int) -> bool:
    """Whether a child that is to die before that statement came to its end."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{number}\n")
    program.stdin.flush()
    answer = program.stdout.readline().strip()
    assert answer in {"0", "-9"}, answer
    return answer == "0"


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("what", ["storm", "storm extended", "outage", "outage that is over"])
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
    with _doomed(place, what) as program:
        while not _finishes(program, killed + 1):
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
    with _doomed(place, "calendar") as program:
        while not _finishes(program, killed + 1):
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
