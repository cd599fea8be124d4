"""Sealed entries become rows to look them up by, behind the sealer and never ahead of it."""

from __future__ import annotations

from engine.errors import Conflict
from engine.store import Database, sealing, tracing

__all__ = ["trace_again", "trace_leaves"]

_BATCH = 2_000


def trace_leaves(database: Database, *, most: int | None = None) -> int:
    """Make rows for leaves that have none, of `most` of them at once; how many leaves can be looked up now."""
    with database.read() as view:
        first, size = tracing.traced(view.driver), sealing.size(view.driver)
    until = size if most is None else min(size, first + most)
    while first < until:
        last = min(until, first + _BATCH)
        with database.read() as view:
            rows = tracing.untraced(view.driver, first, last)
        if not rows:
            break
        try:
            with database.write() as unit:
                tracing.put(unit.driver, rows)
        except Conflict:
            break  # somebody else makes them: the next pass sees what they did
        first = rows[-1].leaf + 1
        if len(rows) < last - rows[0].leaf:
            break  # an entry is gone, which the sealer tells: nothing after it is passed over
    return first


def trace_again(database: Database) -> int:
    """Make all rows anew from the entries; how many leaves can be looked up now."""
    with database.write() as unit:
        tracing.again(unit.driver)
    return trace_leaves(database)
