"""What its entry costs a step beside the rows that are kept anyway: one hash in the chain, one statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cohort import DAY, PLAN, Cohort, HandClock, launched
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database


@pytest.fixture
def listened(tmp_path: Path) -> Iterator[tuple[Cohort, list[str]]]:
    """A cohort of three cases, and every statement its database is asked."""
    made = launched(str(tmp_path / "siklus.db"), 3)
    made.engine.database.close()
    asked: list[str] = []
    database = Database(made.engine.database.name, failpoint=asked.append)
    clock = HandClock(made.clock.instant)
    yield Cohort(engine=Engine(database, clock), clock=clock, subjects=made.subjects), asked
    database.close()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The domain byte of everything that is hashed at once: 2 is the chain, 0 a leaf, 1 a node."""
    found: list[int] = []
    real = hashlib.sha256

    def counting(data: bytes = b"", **how: Any) -> Any:
        found.extend(data[:1])
        return real(data, **how)

    monkeypatch.setattr(hashlib, "sha256", counting)
    return found


def test_a_persons_act_adds_one_hash_and_one_statement(
    listened: tuple[Cohort, list[str]], hashed: list[int]
) -> None:
    cohort, asked = listened
    for case_id, subject in cohort.subjects.items():
        asked.clear()
        hashed.clear()
        cohort.engine.fire(case_id, "submit", actor=Actor(person=subject), forms={"plan": PLAN})

        assert [2] == hashed
        assert 1 == sum(one.startswith("INSERT INTO entry ") for one in asked)
        assert not any(" stream" in one.split("(")[0] or " leaf" in one for one in asked)


def test_a_storm_adds_one_hash_a_rung_and_one_statement_a_batch(
    listened: tuple[Cohort, list[str]], hashed: list[int]
) -> None:
    cohort, asked = listened
    first = cohort.engine.next_at()
    assert first is not None
    cohort.clock.instant = first + DAY // 24
    asked.clear()
    hashed.clear()
    report = cohort.engine.fire_due()

    assert (3, [2] * 3) == (report.steps, hashed)
    assert 1 == sum(one.startswith("INSERT INTO entry ") for one in asked)
