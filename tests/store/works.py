"""What tests interrupt: units of work as the runtime does them, on cases `c-01`, `c-02`, `c-03` due on Monday."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count

from engine.store import Database, Unit
from engine.store.failpoints import killing_at
from tests.doomed import answer
from tests.store.cases import DAY, MONDAY, handing_in, opening, with_files


def one_step(unit: Unit) -> None:
    case = unit.load("c-01")
    assert case is not None
    unit.contents(case.id)
    unit.save([handing_in(case)])
    unit.remember("p-ani", "key", "hash", b"answer", MONDAY)


def a_step_with_files(unit: Unit) -> None:
    case = unit.load("c-01")
    assert case is not None
    unit.save([with_files(handing_in(case), b"bukti satu", b"bukti dua")])
    unit.remember("p-ani", "key", "hash", b"answer", MONDAY)


def a_batch(unit: Unit) -> None:
    unit.save([handing_in(case) for case in unit.claim_due(MONDAY + DAY, 100)])


def a_launch(unit: Unit) -> None:
    unit.append("cycle/asn-2026", "launched", MONDAY, {"cases": 2})
    unit.insert_cases([opening("c-91"), opening("c-01"), opening("c-92")])


def a_claim(unit: Unit) -> None:
    for letter in unit.claim_letters(MONDAY, 10, DAY, "token"):
        unit.settle(letter.id, "token", "sent", MONDAY)


WORKS: dict[str, Callable[[Unit], None]] = {
    "one step": one_step, "a step with files": a_step_with_files, "a batch": a_batch, "a launch": a_launch,
    "a claim": a_claim,
}  # fmt: skip


def once(url: str, name: str, number: str) -> None:
    """One unit of work, and a look at the result, so that there is a statement after the commit to die at."""
    database = Database(url, failpoint=killing_at(int(number)))
    with database.write() as unit:
        WORKS[name](unit)
    with database.read() as view:
        view.next_at()


def for_ever(url: str, _: str) -> None:
    """Step after step on the three cases, until somebody ends it; who works is told after the first."""
    database = Database(url)
    for turn in count():
        if turn == 1:
            answer(os.getpid())
        with database.write() as unit:
            cases = [unit.load(name) for name in ("c-01", "c-02", "c-03")]
            unit.save([handing_in(case) for case in cases if case is not None])
