"""How often something was tried, shared by all workers: a row for each, moved on in one statement.

The sum is that of `engine.core.identity.trying`; here the database does it, so that two workers never take the same.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.identity.trying import share
from engine.store.driver import Driver, execute, select
from engine.store.tables_identity import rate

__all__ = ["forget", "full_at", "keep", "take"]


def take(driver: Driver, key: str, now: int, *, most: int, span: int) -> bool:
    """Take one of a bucket; False if it is empty."""
    each = share(most, span)
    base = sa.case((rate.c.full_at < now, now), (rate.c.full_at > now + span, now), else_=rate.c.full_at)
    insert: Any = (sqlite if driver.kind == "sqlite" else postgresql).insert(rate)
    taken = insert.values(key=key, full_at=now + each).on_conflict_do_update(
        index_elements=["key"], set_={"full_at": base + each}, where=base <= now + each * (most - 1)
    )
    return execute(driver, taken) > 0


def full_at(driver: Driver, key: str) -> int:
    """When all that was taken will have been given back; 0 if nothing was taken."""
    rows = select(driver, sa.select(rate.c.full_at).where(rate.c.key == key))
    return int(rows[0][0]) if rows else 0


def keep(driver: Driver, key: str, until: int) -> None:
    """Remember a key until an instant; never for less than it is remembered already."""
    insert: Any = (sqlite if driver.kind == "sqlite" else postgresql).insert(rate)
    later = sa.case((rate.c.full_at < until, until), else_=rate.c.full_at)
    kept = insert.values(key=key, full_at=until)
    execute(driver, kept.on_conflict_do_update(index_elements=["key"], set_={"full_at": later}))


def forget(driver: Driver, now: int) -> int:
    """Drop the rows that say no more than no row would; how many there were."""
    return execute(driver, sa.delete(rate).where(rate.c.full_at <= now))
