"""The sealed log as rows: which entries are no leaves yet, leaves and nodes put beside them, and checkpoints.

Unsealed entries are found by what is not there (an anti-join), never by a number that was reached: a transaction
that commits late would be passed over for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.core.audit import Entry
from engine.core.sealing.appending import Leaf, SealedHead
from engine.core.sealing.tree import Nodes
from engine.errors import LogDamaged
from engine.store.driver import Driver, Row, execute, select
from engine.store.streams import entry_of
from engine.store.tables import cases, entry
from engine.store.tables_sealing import checkpoint, cosignature, leaf, tile
from engine.store.texts import filling

__all__ = [
    "StoredCheckpoint",
    "StoredCosignature",
    "bodies",
    "cases_of",
    "checkpoints",
    "cosignatures",
    "heads",
    "heads_at",
    "hold",
    "last_cosigned",
    "latest",
    "leaf_of",
    "leaves_of",
    "leaves_of_kind",
    "nodes",
    "put_checkpoint",
    "put_cosignature",
    "put_leaves",
    "put_nodes",
    "size",
    "unsealed",
]

_LEAF = tuple(leaf.c.keys())
_TILE = tuple(tile.c.keys())
_PAGE = 2_000
#: the number of the lock under which leaves are appended on PostgreSQL; nothing else of ours uses such locks
_LOCK = 0x51C1_05EA


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheckpoint:
    """A checkpoint as it was signed, `at` by the machine's clock."""

    size: int
    root: bytes
    at: int
    note: str

    @property
    def origin(self) -> str:
        """The name of the log that it is of."""
        return self.note.partition("\n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCosignature:
    """What a witness signed of the checkpoint of a size: its name and the id of its key, and the line."""

    size: int
    witness: str
    at: int
    line: str


def hold(driver: Driver) -> None:
    """Let nobody else append leaves until the unit ends; on SQLite whoever writes is alone already."""
    if driver.kind == "postgresql":
        driver.rows("SELECT pg_advisory_xact_lock($1)", (_LOCK,))


def size(driver: Driver) -> int:
    """How many leaves there are."""
    found = select(driver, sa.select(leaf.c.idx).order_by(leaf.c.idx.desc()).limit(1))
    return found[0][0] + 1 if found else 0


def unsealed(
    driver: Driver, limit: int, since: int | None = None, after: Entry | None = None
) -> tuple[Entry, ...]:
    """Entries that are no leaf, those of an earlier time first, those of one stream in their order.

    With `since` only entries told at or after that instant are looked at, which costs nothing in a long log; from
    time to time all must be looked at. `after` goes on behind the last entry of the batch before. Entries of a stream
    may be left for later, but none before one that is given.
    """
    there = sa.select(sa.literal(1)).where(leaf.c.stream == entry.c.stream, leaf.c.seq == entry.c.seq)
    asked = sa.select(entry).where(~there.exists())
    if since is not None:
        asked = asked.where(entry.c.at >= since)
    if after is not None:
        place = sa.tuple_(entry.c.at, entry.c.stream, entry.c.seq)
        asked = asked.where(entry.c.at >= after.at, place > (after.at, after.stream, after.seq))
    rows = select(driver, asked.order_by(entry.c.at, entry.c.stream, entry.c.seq).limit(limit))
    return tuple(map(entry_of, rows))


def heads(driver: Driver, streams: Iterable[str]) -> dict[str, SealedHead]:
    """The last sealed entry of each of these streams that has one."""
    found: dict[str, SealedHead] = {}
    names = sorted(set(streams))
    for first in range(0, len(names), _PAGE):
        last = (
            sa.select(leaf.c.stream, sa.func.max(leaf.c.seq).label("seq"))
            .where(leaf.c.stream.in_(names[first : first + _PAGE]))
            .group_by(leaf.c.stream)
            .subquery()
        )
        asked = sa.select(entry.c.stream, entry.c.seq, entry.c.hash).join(
            last, (entry.c.stream == last.c.stream) & (entry.c.seq == last.c.seq)
        )
        found |= {name: SealedHead(seq=seq, hash=chained) for name, seq, chained in select(driver, asked)}
    return found


def heads_at(driver: Driver, size_then: int) -> list[tuple[str, int, str]]:
    """The last entry of each stream among the first leaves: name, number, chain value, by the names' bytes."""
    last = (
        sa.select(leaf.c.stream, sa.func.max(leaf.c.seq).label("seq"))
        .where(leaf.c.idx < size_then)
        .group_by(leaf.c.stream)
        .subquery()
    )
    asked = sa.select(entry.c.stream, entry.c.seq, entry.c.hash).join(
        last, (entry.c.stream == last.c.stream) & (entry.c.seq == last.c.seq)
    )
    return [(name, seq, chained) for name, seq, chained in select(driver, asked.order_by(entry.c.stream))]


def put_leaves(driver: Driver, first: int, leaves: Sequence[Leaf]) -> None:
    """Append leaves from a number on. Raises: Conflict, if somebody else appended in the meantime."""
    rows = [(at, one.stream, one.seq, one.hash) for at, one in enumerate(leaves, start=first)]
    driver.run_many(filling(driver.kind, leaf, _LEAF), rows)


def put_nodes(driver: Driver, level: int, first: int, hashes: Sequence[bytes]) -> None:
    """Keep nodes of a level from a number on."""
    rows = [(level, at, one) for at, one in enumerate(hashes, start=first)]
    driver.run_many(filling(driver.kind, tile, _TILE), rows)


def nodes(driver: Driver) -> Nodes:
    """The kept hashes of the tree, as proofs ask for them. Asking raises: LogDamaged, with the first that is gone."""

    def kept(level: int, first: int, last: int) -> Sequence[bytes]:
        if level == 0:
            asked = sa.select(leaf.c.idx, leaf.c.hash).where(leaf.c.idx >= first, leaf.c.idx < last)
            rows = select(driver, asked.order_by(leaf.c.idx))
        else:
            of_level = sa.select(tile.c.idx, tile.c.hash).where(tile.c.level == level)
            asked = of_level.where(tile.c.idx >= first, tile.c.idx < last)
            rows = select(driver, asked.order_by(tile.c.idx))
        if len(rows) != last - first:
            what = f"leaf {_first_gone(driver)}" if level == 0 else f"a node over {256**level} leaves"
            raise LogDamaged((f"{what}: is gone from the tree",))
        return [one for _, one in rows]

    return kept


def _first_gone(driver: Driver) -> int:
    """The number of the first leaf that is not there."""
    after = leaf.alias()
    asked = sa.select(sa.func.min(leaf.c.idx) + 1).where(
        ~sa.select(sa.literal(1)).where(after.c.idx == leaf.c.idx + 1).exists()
    )
    begun = select(driver, sa.select(leaf.c.idx).where(leaf.c.idx == 0))
    return int(select(driver, asked)[0][0]) if begun else 0


def bodies(driver: Driver, first: int, last: int) -> list[tuple[int, bytes, bytes | None]]:
    """Number, leaf hash and the entry's bytes of the leaves `[first, last)`; None where the entry is gone."""
    asked = (
        sa.select(leaf.c.idx, leaf.c.hash, entry.c.body)
        .select_from(leaf)
        .outerjoin(entry, (entry.c.stream == leaf.c.stream) & (entry.c.seq == leaf.c.seq))
        .where(leaf.c.idx >= first, leaf.c.idx < last)
        .order_by(leaf.c.idx)
    )
    return [(idx, hashed, body) for idx, hashed, body in select(driver, asked)]


def leaves_of(driver: Driver, streams: Iterable[str], size_then: int) -> list[tuple[int, bytes]]:
    """Number and bytes of the entries of these streams among the first leaves."""
    found: list[tuple[int, bytes]] = []
    names = sorted(set(streams))
    for first in range(0, len(names), _PAGE):
        asked = _told(size_then).where(leaf.c.stream.in_(names[first : first + _PAGE]))
        found += [(idx, bytes(body)) for idx, body in select(driver, asked.order_by(leaf.c.idx))]
    return sorted(found)


def leaves_of_kind(
    driver: Driver, stream: str, kind: str, size_then: int, *, last: bool = False
) -> list[tuple[int, bytes]]:
    """Number and bytes of the entries of one kind of a stream among the first leaves, or of the last of them alone."""
    asked = _told(size_then).where(leaf.c.stream == stream, entry.c.kind == kind)
    asked = asked.order_by(leaf.c.idx.desc()).limit(1) if last else asked.order_by(leaf.c.idx)
    return [(idx, bytes(body)) for idx, body in select(driver, asked)]


def _told(size_then: int) -> Any:
    asked = sa.select(leaf.c.idx, entry.c.body).select_from(leaf)
    joined = asked.join(entry, (entry.c.stream == leaf.c.stream) & (entry.c.seq == leaf.c.seq))
    return joined.where(leaf.c.idx < size_then)


def cases_of(driver: Driver, unit: str) -> list[str]:
    """The cases of a unit, by id."""
    asked = sa.select(cases.c.id).where(cases.c.unit == unit).order_by(cases.c.id)
    return [case_id for (case_id,) in select(driver, asked)]


def leaf_of(driver: Driver, stream: str, seq: int) -> int | None:
    """The number of an entry's leaf; None if it is not sealed yet."""
    found = select(driver, sa.select(leaf.c.idx).where(leaf.c.stream == stream, leaf.c.seq == seq))
    return found[0][0] if found else None


def put_checkpoint(driver: Driver, one: StoredCheckpoint) -> None:
    """Keep a signed checkpoint. Raises: Conflict, if there is one of this size."""
    execute(driver, sa.insert(checkpoint).values(size=one.size, root=one.root, at=one.at, note=one.note))


def latest(driver: Driver) -> StoredCheckpoint | None:
    """The checkpoint of the largest size; None before the first."""
    found = checkpoints(driver, limit=1)
    return found[0] if found else None


def checkpoints(
    driver: Driver, *, limit: int, before: int | None = None, of: int | None = None
) -> tuple[StoredCheckpoint, ...]:
    """Checkpoints, the largest first: those smaller than `before`, or the smallest that holds leaf `of`."""
    asked: Any = sa.select(checkpoint)
    if before is not None:
        asked = asked.where(checkpoint.c.size < before)
    if of is not None:
        asked = asked.where(checkpoint.c.size > of)
    order = checkpoint.c.size.asc() if of is not None else checkpoint.c.size.desc()
    return tuple(map(_checkpoint, select(driver, asked.order_by(order).limit(limit))))


def put_cosignature(driver: Driver, one: StoredCosignature) -> None:
    """Keep what a witness signed. Raises: Conflict, if it is kept already."""
    execute(
        driver, sa.insert(cosignature).values(size=one.size, witness=one.witness, at=one.at, line=one.line)
    )


def last_cosigned(driver: Driver, witness: str) -> int:
    """The largest size that a witness has signed; 0 before the first."""
    asked = sa.select(cosignature.c.size).where(cosignature.c.witness == witness)
    found = select(driver, asked.order_by(cosignature.c.size.desc()).limit(1))
    return found[0][0] if found else 0


def cosignatures(driver: Driver, sizes: Iterable[int]) -> tuple[StoredCosignature, ...]:
    """What witnesses signed of the checkpoints of these sizes."""
    asked = sa.select(cosignature).where(cosignature.c.size.in_(sorted(sizes)))
    rows = select(driver, asked.order_by(cosignature.c.size, cosignature.c.at, cosignature.c.witness))
    return tuple(
        StoredCosignature(size=of_size, witness=witness, at=at, line=line)
        for of_size, witness, at, line in rows
    )


def _checkpoint(row: Row) -> StoredCheckpoint:
    of_size, root, at, note = row
    return StoredCheckpoint(size=of_size, root=root, at=at, note=note)
