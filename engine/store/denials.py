"""How often somebody was denied something within an hour, counted by all processes together in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.driver import Driver, select
from engine.store.tables_access import denial

__all__ = ["HOUR", "Asked", "Denial", "Denied", "count", "latest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What was denied within an hour, that began `at`."""

    who: str
    action: str
    what: str
    rule: str
    at: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which denials are looked at: by whom (pseudonyms; none: by anybody), within which instants, which page."""

    who: tuple[str, ...] = ()
    first: int = 0
    until: int = 0
    skip: int = 0
    limit: int = 200


HOUR = 3_600_000_000
#: the pseudonym of who asked, the action, the pseudonym of what was asked for, the hour
Denied = tuple[str, str, str, int]


def count(driver: Driver, denied: Denied, rule: str) -> bool:
    """Count one more denial; whether it is the first of its hour."""
    who, action, what, hour = denied
    insert: Any = sqlite.insert if driver.kind == "sqlite" else postgresql.insert
    counted = insert(denial).values(who=who, action=action, what=what, hour=hour, rule=rule, count=1)
    counted = counted.on_conflict_do_update(
        index_elements=["who", "action", "what", "hour"],
        set_={"count": denial.c.count + sa.literal_column("1")},
    ).returning(denial.c.count)
    return int(select(driver, counted)[0][0]) == 1


def latest(driver: Driver, asked: Asked) -> tuple[Denial, ...]:
    """What was denied, the latest hour first, a page at a time."""
    order = (denial.c.hour.desc(), denial.c.who, denial.c.action, denial.c.what)
    rows = sa.select(denial).where(denial.c.hour >= asked.first // HOUR)
    if asked.until:
        rows = rows.where(denial.c.hour * HOUR < asked.until)
    if asked.who:
        rows = rows.where(denial.c.who.in_(asked.who))
    rows = rows.order_by(*order).offset(asked.skip).limit(asked.limit)
    return tuple(
        Denial(who=who, action=action, what=what, rule=rule, at=hour * HOUR, count=count)
        for who, action, what, hour, rule, count in select(driver, rows)
    )
