"""What tests interrupt: units of work as the runtime does them, on cases `c-01`, `c-02`, `c-03` due on Monday."""

from __future__ import annotations

from collections.abc import Callable

from engine.store import Unit
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
