"""A process killed with SIGKILL, at each statement in turn and at any moment, leaves nothing half-written."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from contextlib import closing
from itertools import count
from threading import Event
from typing import Any

import pytest

from engine.store import Database
from tests.doomed import FOR_EVER, doomed
from tests.store.cases import MONDAY, Bench
from tests.store.raw import Raw
from tests.store.works import WORKS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

Tables = dict[str, list[tuple[Any, ...]]]


def tables(raw: Raw) -> Tables:
    """Everything that is stored, but for the numbers of letters: PostgreSQL does not give a number out twice."""
    found = raw.everything()
    found["outbox"] = sorted((row[1:] for row in found["outbox"]), key=repr)
    return found


def prepared(url: str) -> None:
    with closing(Database(url)) as database:
        Bench(database).cases("c-01", "c-02", "c-03", next_at=MONDAY)


def sound(url: str, raw: Raw) -> None:
    """The database opens, its log verifies, its file is whole."""
    with closing(Database(url)) as database, database.read() as view:
        assert () == view.verify()
    if not raw.postgres:
        assert [("ok",)] == raw.run("PRAGMA integrity_check")


def die_at_every_statement(new_url: Callable[[], str], work: str) -> None:
    """Kill a child at statement 1, 2, ... until that number is not reached; look after each death."""
    url, twin = new_url(), new_url()
    prepared(url)
    prepared(twin)
    with closing(Database(twin)) as database, database.write() as unit:
        WORKS[work](unit)
    with closing(Raw(twin)) as raw:
        after = tables(raw)

    deaths: list[bool] = []
    with closing(Raw(url)) as raw, doomed("tests.store.works:once", url, work) as program:
        before = tables(raw)
        for number in count(1):
            program.order(str(number))
            answer = program.answer()
            found = tables(raw)
            sound(url, raw)
            assert found in (before, after), f"half of it is there after statement {number}"
            if found == after:
                break
            assert "killed" == answer
            deaths.append(True)
    assert len(deaths) > 3
    assert "killed" == answer, "the first death after the commit leaves everything"


@pytest.mark.parametrize("work", ["one step"])
def test_a_step_killed_at_any_statement_is_whole_or_not_there(new_url: Callable[[], str], work: str) -> None:
    """Nothing at all until the commit has run, everything from then on."""
    die_at_every_statement(new_url, work)


@pytest.mark.long
@pytest.mark.parametrize("work", WORKS)
def test_any_work_killed_at_any_statement_is_whole_or_not_there(
    new_url: Callable[[], str], work: str
) -> None:
    """Steps, batches, launches and claims."""
    die_at_every_statement(new_url, work)


def die_at_any_moment(new_url: Callable[[], str], times: int) -> None:
    """Let a child write as fast as it can and kill it from outside, again and again."""
    url = new_url()
    prepared(url)
    moments, nobody = random.Random(1), Event()
    with closing(Raw(url)) as raw, doomed("tests.store.works:for_ever", url) as program:
        for _ in range(times):
            program.order(FOR_EVER)
            child = int(program.answer())
            nobody.wait(0.05 + moments.random() / 10)
            os.kill(child, signal.SIGKILL)
            assert "killed" == program.answer()
            sound(url, raw)
            # All three cases are written by one unit, so they always stand at the same version.
            assert 1 == len(set(raw.run("SELECT version FROM cases")))
        assert raw.run("SELECT max(version) FROM cases")[0][0] > times


def test_a_writer_killed_at_any_moment_leaves_a_sound_database(new_url: Callable[[], str]) -> None:
    """The kill comes from outside, in the middle of whatever is going on."""
    die_at_any_moment(new_url, 3)


@pytest.mark.long
def test_a_writer_killed_a_hundred_times_leaves_a_sound_database(new_url: Callable[[], str]) -> None:
    """As above, for longer."""
    die_at_any_moment(new_url, 100)
