"""Streams of entries: those that are no case's have a row with their head, which is what writers queue for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.audit import START, Entry
from engine.core.audit import entry as next_entry
from engine.store.driver import Driver, Prepared, Row, execute, select
from engine.store.tables import entry, stream
from engine.store.texts import texts

_PAGE = 5_000
#: streams and numbers in one statement
_PLACES = 500

_AFTER = (
    sa.select(entry)
    .where(entry.c.stream == sa.bindparam("called"), entry.c.seq > sa.bindparam("after"))
    .order_by(entry.c.seq)
)
_HISTORY = Prepared(_AFTER)
_PAGE_OF_HISTORY = Prepared(_AFTER.limit(sa.bindparam("most")))
_HEAD = {
    shared: Prepared(
        sa.select(stream.c.seq, stream.c.head)
        .where(stream.c.name == sa.bindparam("called"))
        .with_for_update(read=shared)
    )
    for shared in (False, True)
}
_MOVE = Prepared(
    sa.update(stream)
    .where(stream.c.name == sa.bindparam("called"))
    .values(seq=sa.bindparam("last"), head=sa.bindparam("chained"))
)


def append(driver: Driver, name: str, kind: str, at: int, facts: Mapping[str, Any]) -> Entry:
    """Write the next entry of a stream that is no case's."""
    assert not name.startswith("case/"), "a case's entries are written with its steps"
    seq, prev = _head_made(driver, name)
    made = next_entry(name, seq + 1, prev, kind, at, facts)
    row = (made.stream, made.seq, made.kind, made.at, made.body, made.prev, made.hash)
    driver.run_many(texts(driver.kind).entries, [row])
    _MOVE.run(driver, called=name, last=made.seq, chained=made.hash)
    return made


def hold(driver: Driver, name: str, *, shared: bool = False) -> None:
    """Wait for whoever holds a stream or writes in it, and hold it; `shared` with others who only keep writers away."""
    _head_made(driver, name, shared=shared)


def _head_made(driver: Driver, name: str, *, shared: bool = False) -> tuple[int, str]:
    """The stream's head, of a stream without an entry as well: two who begin it must wait for one another."""
    head = _head(driver, name, shared=shared)
    if head is None:
        insert: Any = (sqlite if driver.kind == "sqlite" else postgresql).insert(stream)
        execute(
            driver,
            insert.values(name=name, seq=0, head=START).on_conflict_do_nothing(index_elements=["name"]),
        )
        head = _head(driver, name, shared=shared)
        assert head is not None
    return head


def head_of(driver: Driver, name: str) -> int:
    """The number of the last entry of a stream that is no case's; 0 before the first."""
    found = select(driver, sa.select(stream.c.seq).where(stream.c.name == name))
    return found[0][0] if found else 0


def _head(driver: Driver, name: str, *, shared: bool = False) -> tuple[int, str] | None:
    """The stream's head, held until the unit ends: the next to append waits here and sees what was written."""
    found = _HEAD[shared].rows(driver, called=name)
    return (found[0][0], found[0][1]) if found else None


def history(driver: Driver, name: str, after: int = 0, limit: int | None = None) -> tuple[Entry, ...]:
    """The entries of a stream in order, those after a number if one is given."""
    if limit is None:
        return tuple(map(entry_of, _HISTORY.rows(driver, called=name, after=after)))
    return tuple(map(entry_of, _PAGE_OF_HISTORY.rows(driver, called=name, after=after, most=limit)))


def histories(driver: Driver, names: Iterable[str]) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of several streams in order, by stream, in one statement."""
    found: dict[str, list[Entry]] = {name: [] for name in names}
    asked = sa.select(entry).where(entry.c.stream.in_(sorted(found))).order_by(entry.c.stream, entry.c.seq)
    for row in select(driver, asked) if found else ():
        one = entry_of(row)
        found[one.stream].append(one)
    return {name: tuple(lines) for name, lines in found.items()}


def entries_at(driver: Driver, places: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Entry]:
    """The entries of these streams and numbers, by both."""
    wanted, found = sorted(set(places)), {}
    for first in range(0, len(wanted), _PLACES):
        which = sa.tuple_(entry.c.stream, entry.c.seq).in_(wanted[first : first + _PLACES])
        for row in select(driver, sa.select(entry).where(which)):
            one = entry_of(row)
            found[one.stream, one.seq] = one
    return found


def latest(driver: Driver, name: str, before: int | None = None, limit: int = 100) -> tuple[Entry, ...]:
    """The entries of a stream, newest first, those before a number if one is given."""
    asked = sa.select(entry).where(entry.c.stream == name)
    if before is not None:
        asked = asked.where(entry.c.seq < before)
    return tuple(map(entry_of, select(driver, asked.order_by(entry.c.seq.desc()).limit(limit))))


def everything(driver: Driver, first: str = "") -> Iterator[Entry]:
    """All entries of all streams (from the one called `first`, by name), in order, a page at a time."""
    name, seq = first, 0
    while True:
        later = (entry.c.stream > name) | ((entry.c.stream == name) & (entry.c.seq > seq))
        page = select(
            driver, sa.select(entry).where(later).order_by(entry.c.stream, entry.c.seq).limit(_PAGE)
        )
        yield from map(entry_of, page)
        if len(page) < _PAGE:
            return
        name, seq = page[-1][0], page[-1][1]


def entry_of(row: Row) -> Entry:
    """The entry of a row of the table."""
    name, seq, kind, at, body, prev, chained = row
    return Entry(stream=name, seq=seq, kind=kind, at=at, body=body, prev=prev, hash=chained)
