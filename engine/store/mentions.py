"""Entries that name somebody as who acted: found by looking through the whole log, which only an export does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from engine.core.audit import Entry
from engine.core.codec import canonical, decode
from engine.store.driver import Driver, select
from engine.store.tables import entry

__all__ = ["acts_of"]


def acts_of(driver: Driver, person: str) -> Iterator[Entry]:
    """The entries of acts by a person, for themselves or for another, stream by stream and in order."""
    needle = b'"person":' + canonical(person)
    body: Any = entry.c.body
    named = (
        sa.func.instr(body, needle) > 0 if driver.kind == "sqlite" else body.op("LIKE")(b"%" + needle + b"%")
    )
    for stream, seq, kind, at, told, prev, chained in select(
        driver, sa.select(entry).where(named).order_by(entry.c.stream, entry.c.seq)
    ):
        facts = decode(told)
        if facts.get("actor", {}).get("person") == person:
            yield Entry(stream=stream, seq=seq, kind=kind, at=at, body=bytes(told), prev=prev, hash=chained)
