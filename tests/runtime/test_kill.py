"""A power cut at every statement of a step: all of it is there afterwards, or nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine.runtime import Engine
from engine.store import Database, queries
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import ROOT, ordinary

#: what the child does: the act of its argument, ending itself with SIGKILL before statement n
_CHILD = """
import sys
from tests.runtime.conftest import HandClock
from tests.worlds import plan
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from engine.store.failpoints import killing_at

url, number, what, case_id, person = sys.argv[1:]
engine = Engine(Database(url, failpoint=killing_at(int(number))), clock := HandClock())
if what == "act":
    engine.fire(case_id, "submit", actor=Actor(person=person), forms={"plan": plan(100)}, key="once")
else:
    clock.instant += 5 * 86_400_000_000
    engine.fire_due()
print("finished")
"""

_FAR = 200


def _everything(url: str) -> tuple[object, ...]:
    """What is in the database: cases, entries, tasks, messages."""
    with Database(url) as database, database.read() as view:
        cases = queries.cases(view, limit=200)
        entries = tuple(entry.hash for case in cases for entry in queries.history(view, case.stream))
        people = sorted({case.subject for case in cases})
        told = tuple(
            letter.key for person in people for letter in queries.messages_of(view, person, limit=500)
        )
        problems = view.verify()
    assert () == problems
    return cases, entries, told


@pytest.fixture
def prepared(place: str) -> tuple[str, str, str]:
    """A launched agency: where it is, an ordinary employee's case and key."""
    engine = set_up(place, HandClock())
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    key = ordinary(engine.chart).key
    case_id = engine.cases(subject=key)[0].id
    engine.database.close()
    return place, case_id, key


def _child(url: str, number: int, what: str, case_id: str, person: str) -> bool:
    """Whether the child came to its end."""
    command = [sys.executable, "-c", _CHILD, url, str(number), what, case_id, person]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode == 0


@pytest.mark.parametrize("what", ["act", "sweep"])
def test_killed_at_any_statement_a_step_is_whole_or_absent(prepared: tuple[str, str, str], what: str) -> None:
    """SIGKILL before statement 1, 2, ... until the child gets through: never anything half-written."""
    url, case_id, person = prepared
    before = _everything(url)
    for number in range(1, _FAR):
        finished = _child(url, number, what, case_id, person)
        after = _everything(url)
        if finished:
            break
        assert before == after or what == "sweep"

    assert finished
    assert number > 5
    assert before != after


def test_killed_after_the_commit_a_repeat_is_answered_and_done_once(prepared: tuple[str, str, str]) -> None:
    """The act was kept, its answer lost: the same key gives the same answer, and one move."""
    url, case_id, person = prepared
    assert _child(url, _FAR, "act", case_id, person)
    assert _child(url, _FAR, "act", case_id, person)
    engine = Engine(Database(url), HandClock())
    moves = [entry for entry in engine.history(case_id) if entry.kind == "moved"]
    engine.database.close()

    assert 1 == len(moves)
