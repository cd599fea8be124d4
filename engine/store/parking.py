"""Cases that time could not move, as rows that every process sees: how often, since when, until when left alone."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from engine.store.driver import Driver, execute, select
from engine.store.tables import cases
from engine.store.tables_parking import parked
from engine.store.values import Parked

__all__ = ["all_of", "drop", "due_of", "put"]


def all_of(driver: Driver) -> tuple[Parked, ...]:
    """Every case that is parked, the first to fail first."""
    asked = sa.select(parked, cases.c.next_at).join(cases, cases.c.id == parked.c.case_id)
    rows = select(driver, asked.order_by(parked.c.since, parked.c.case_id))
    return tuple(
        Parked(case_id=case_id, times=times, since=since, until=until, why=why, due_at=due_at)
        for case_id, times, since, until, why, due_at in rows
    )


def due_of(driver: Driver, now: int, most: int) -> frozenset[str]:
    """The cases whose time has come, so many at most."""
    asked = sa.select(cases.c.id).where(cases.c.next_at <= now).order_by(cases.c.next_at).limit(most)
    return frozenset(case_id for (case_id,) in select(driver, asked))


def put(driver: Driver, case_id: str, times: int, since: int, until: int, why: str) -> None:
    """Park a case, in the place of what was known of it."""
    values = {"times": times, "since": since, "until": until, "why": why}
    if not execute(driver, sa.update(parked).where(parked.c.case_id == case_id).values(**values)):
        execute(driver, sa.insert(parked).values(case_id=case_id, **values))


def drop(driver: Driver, case_ids: Iterable[str]) -> int:
    """Let cases go; how many of them were parked."""
    return execute(driver, sa.delete(parked).where(parked.c.case_id.in_(sorted(case_ids))))
