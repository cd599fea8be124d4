"""Cases whose time has come are handed out in order, each to one sweep at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.core.case import NEVER
from engine.store import Database, Unit
from tests.store.cases import DAY, MONDAY, Bench, alarm_at, next_step, opening


def due(bench: Bench, **times: int) -> None:
    """Cases with their next instants."""
    with bench.db.write() as unit:
        unit.insert_cases([opening(name.replace("_", "-"), next_at=at) for name, at in times.items()])


def names(unit: Unit, now: int, limit: int = 100, after: tuple[int, str] | None = None) -> list[str]:
    return [case.id for case in unit.claim_due(now, limit, after)]


def test_what_is_due_comes_in_order_of_time(bench: Bench) -> None:
    """Then by id; what is due later, or never, does not come."""
    due(bench, c_4=MONDAY, c_3=MONDAY + 2, c_2=MONDAY + 1, c_1=MONDAY + 1, c_5=MONDAY + DAY, c_6=NEVER)

    with bench.db.write() as unit:
        assert ["c-4", "c-1", "c-2", "c-3"] == names(unit, MONDAY + 2)
        assert ["c-4", "c-1"] == names(unit, MONDAY + 2, limit=2)
        assert ["c-2", "c-3"] == names(unit, MONDAY + 2, after=(MONDAY + 1, "c-1"))
        assert [] == names(unit, MONDAY - 1)
        assert [] == names(unit, MONDAY + 2, after=(MONDAY + 2, "c-3"))


def test_a_case_that_has_moved_on_is_not_due_any_more(bench: Bench) -> None:
    """Within the unit that moved it, and after."""
    due(bench, c_1=MONDAY, c_2=MONDAY)
    with bench.db.write() as unit:
        first, second = unit.claim_due(MONDAY, 10)
        unit.save([next_step(first, deadlines=alarm_at(MONDAY + DAY)), next_step(second, deadlines=())])
        assert [] == names(unit, MONDAY)

    with bench.db.write() as unit:
        assert ["c-1"] == names(unit, MONDAY + DAY)


def test_a_sweep_looks_only_at_what_is_due(bench: Bench, kind: str) -> None:
    """The index on the next instant is used, and it does not hold cases that sleep for ever."""
    due(bench, c_1=MONDAY, c_2=NEVER)
    text = bench_text(kind)
    with bench.db.write() as unit:
        if kind == "postgresql":
            unit.driver.run("SET LOCAL enable_seqscan = off")
            plan = unit.driver.rows(f"EXPLAIN {text}", (MONDAY, 10))
        else:
            plan = unit.driver.rows(f"EXPLAIN QUERY PLAN {text}", (MONDAY, 10))

    assert "ix_cases_next_at" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def bench_text(kind: str) -> str:
    from engine.store.texts import texts  # noqa: PLC0415

    return texts("sqlite" if kind == "sqlite" else "postgresql").due


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_two_sweeps_at_once_share_what_is_due(bench: Bench, url: str) -> None:
    """The second passes over what the first holds instead of waiting for it."""
    due(bench, c_1=MONDAY, c_2=MONDAY, c_3=MONDAY, c_4=MONDAY)
    with Database(url) as other, bench.db.write() as mine, other.write() as theirs:
        assert ["c-1", "c-2"] == names(mine, MONDAY, limit=2)
        assert ["c-3", "c-4"] == names(theirs, MONDAY)
        assert ["c-1", "c-2"] == names(mine, MONDAY)


def test_four_sweeps_fire_every_case_once(bench: Bench, url: str) -> None:
    """Each from a database object of its own, as processes have."""
    with bench.db.write() as unit:
        unit.insert_cases([opening(f"c-{number:03d}", next_at=MONDAY + number % 7) for number in range(60)])
    start = Barrier(4)

    def sweep(_name: int) -> list[str]:
        fired: list[str] = []
        with Database(url) as database:
            start.wait()
            while True:
                with database.write() as unit:
                    cases = unit.claim_due(MONDAY + DAY, 7)
                    unit.save([next_step(case, deadlines=()) for case in cases])
                if not cases:
                    return fired
                fired += [case.id for case in cases]

    with ThreadPoolExecutor(4) as threads:
        fired = [name for mine in threads.map(sweep, range(4)) for name in mine]

    assert 60 == len(fired) == len(set(fired))
    assert () == bench.problems()
