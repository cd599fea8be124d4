"""Who looked at what, where it is looked up: rows beside the entries of stream `reads`, by object and by actor."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.privacy.looks import Look
from engine.store.driver import Driver, execute, select
from engine.store.tables_privacy import look

__all__ = ["by_actor", "of_object", "put"]


def put(driver: Driver, looks: Sequence[Look]) -> None:
    """Keep looks; one that is there already stays as it is."""
    insert = (sqlite if driver.kind == "sqlite" else postgresql).insert(look)
    columns = [column.name for column in look.columns]
    rows = [dict(zip(columns, one, strict=True)) for one in looks]
    execute(driver, insert.values(rows).on_conflict_do_nothing())


def of_object(driver: Driver, objects: Sequence[str], *, limit: int) -> tuple[Look, ...]:
    """The latest looks at cases or people, the latest first."""
    return _found(driver, look.c.object.in_(sorted(objects)), limit)


def by_actor(driver: Driver, actor: str, *, limit: int) -> tuple[Look, ...]:
    """The latest looks by somebody, the latest first."""
    return _found(driver, look.c.actor == actor, limit)


def _found(driver: Driver, which: sa.ColumnElement[bool], limit: int) -> tuple[Look, ...]:
    ordered = (look.c.hour.desc(), look.c.object, look.c.actor, look.c["class"], look.c.under)
    rows = select(driver, sa.select(look).where(which).order_by(*ordered).limit(limit))
    return tuple(Look(*row) for row in rows)
