"""Cases of one agency brought to where somebody may do the same in several of them."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from engine.core.bulk import BulkRow
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import plan

GOALS = {"plan": {"goals": [{"title": "Melayani", "weight": 100}]}}

__all__ = ["GOALS", "admit", "again", "bring_goals", "bring_plans", "most_of", "with_plans"]


def admit(_: str) -> None:
    """Whoever asks may: what a case allows is asked by the case."""


def again(kept: str, url: str) -> None:
    """Put a database file back as it was, without what a process that died left beside it."""
    for beside in (f"{url}-wal", f"{url}-shm"):
        Path(beside).unlink(missing_ok=True)
    shutil.copy(kept, url)


def with_plans(url: str) -> Engine:
    """An agency at this address in which every plan was handed in and passed on to its rater."""

    def fill(to: str) -> None:
        engine = set_up(to, HandClock())
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
        bring_plans(engine)
        engine.database.close()

    furnish(url, "plans to agree to", fill)
    return Engine(Database(url), HandClock())


def bring_plans(engine: Engine) -> None:
    """Hand every plan in, and pass it on."""
    for case in engine.cases(limit=200):
        assert case.task is not None
        who = Actor(person=case.task.holder)
        passed = engine.fire(case.id, "submit", actor=who, forms={"plan": plan(60, 40)}).case
        assert passed.task is not None
        engine.fire(case.id, "pass", actor=Actor(person=passed.task.holder))


def most_of(engine: Engine, state: str = "rater_agrees") -> tuple[str, list[BulkRow]]:
    """Who holds most of the tasks in a state, and their cases as rows."""
    waiting = [one for one in engine.cases(state=state, limit=200) if one.task is not None]
    holder = Counter(one.task.holder for one in waiting if one.task).most_common(1)[0][0]
    mine = [one for one in waiting if one.task and one.task.holder == holder]
    return holder, [BulkRow(case=one.id, visit=one.visit, seq=one.seq) for one in mine]


def bring_goals(engine: Engine) -> tuple[str, list[BulkRow]]:
    """In the small definition: every plan is handed in; whoever has most of them to agree to, and those as rows."""
    for case in engine.cases(limit=200):
        engine.fire(case.id, "submit", actor=Actor(person=case.subject), forms=GOALS)
    return most_of(engine, "checking")
