"""A power cut at every statement of a step: all of it is there afterwards, or nothing."""

from __future__ import annotations

import os

import pytest

from engine.runtime import Engine
from engine.store import Database, queries
from tests.doomed import doomed
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import ordinary

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

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


@pytest.mark.parametrize("what", ["act", "sweep"])
def test_killed_at_any_statement_a_step_is_whole_or_absent(prepared: tuple[str, str, str], what: str) -> None:
    """SIGKILL before statement 1, 2, ... until the child gets through: never anything half-written."""
    url = prepared[0]
    before = _everything(url)
    with doomed(f"tests.runtime.dying:{what}", *prepared) as program:
        for number in range(1, _FAR):
            killed = program.dies_at(number)
            after = _everything(url)
            if not killed:
                break
            assert before == after or what == "sweep"

    assert not killed
    assert number > 5
    assert before != after


def test_killed_after_the_commit_a_repeat_is_answered_and_done_once(prepared: tuple[str, str, str]) -> None:
    """The act was kept, its answer lost: the same key gives the same answer, and one move."""
    url, case_id, _ = prepared
    with doomed("tests.runtime.dying:act", *prepared) as program:
        assert not program.dies_at(_FAR)
        assert not program.dies_at(_FAR)
    engine = Engine(Database(url), HandClock())
    moves = [entry for entry in engine.history(case_id) if entry.kind == "moved"]
    engine.database.close()

    assert 1 == len(moves)
