"""What the last import of people replaced: kept until the next import, or until it is taken back."""

from __future__ import annotations

import sqlalchemy as sa

from engine.core.chart import Person
from engine.core.codec import Struct, decoder, encode
from engine.store.driver import Driver, execute, select
from engine.store.tables import FOLLOWS, entry, replaced
from engine.store.values import Replaced


class _Body(Struct, frozen=True, kw_only=True):
    segments: tuple[Person, ...]
    added: tuple[str, ...]


_body = decoder(_Body)


def put(driver: Driver, one: Replaced) -> None:
    """Keep it in the place of what was kept before."""
    drop(driver)
    body = encode(_Body(segments=one.segments, added=one.added))
    execute(driver, sa.insert(replaced).values(version=one.version, before=one.before, at=one.at, body=body))


def last(driver: Driver) -> Replaced | None:
    """What the last import replaced; None if it cannot be taken back any more."""
    for version, before, at, body in select(driver, sa.select(replaced)):
        told = _body.decode(body)
        return Replaced(version=version, before=before, at=at, segments=told.segments, added=told.added)
    return None


def drop(driver: Driver) -> None:
    """Forget it."""
    execute(driver, sa.delete(replaced))


def asked_since(at: int) -> sa.Select[tuple[str, int, str, bytes]]:
    """The question for those entries, which the database keeps apart by when they were (`ix_entry_follows`)."""
    wanted = sa.select(entry.c.stream, entry.c.seq, entry.c.kind, entry.c.body)
    return wanted.where(FOLLOWS, entry.c.at >= at)


def followed_since(driver: Driver, at: int) -> tuple[tuple[str, int, str, bytes], ...]:
    """What cases followed or noticed since an instant: stream, number, kind and body."""
    found = [(stream, seq, kind, body) for stream, seq, kind, body in select(driver, asked_since(at))]
    return tuple(sorted(found))
