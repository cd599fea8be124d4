"""Sealing in two acts: leaves are appended in one transaction, what they make is signed in another.

Once leaves are committed their order is fixed, so whatever happens before the signature is kept, the same size gets
the same root again: two roots for one size is the one thing a log must never sign. Before signing, everything
that is new is read again from the database and its root worked out twice (ADR 0048).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.audit import Entry
from engine.core.sealing.appending import Leaf, SealedHead, appending
from engine.core.sealing.checkpoints import Checkpoint
from engine.core.sealing.heads import Head, heads_root
from engine.core.sealing.notes import Note
from engine.core.sealing.tree import HEIGHT, WIDTH, Frontier, Nodes, frontier_at, leaf_hash, tiles_above
from engine.errors import Conflict, KeysUnusable, LogDamaged, SealerUnusable
from engine.sealer.keyring import Keyring
from engine.sealer.memory import Memory
from engine.store import Database, sealing, streams
from engine.store.driver import Driver
from engine.store.view import View

__all__ = ["ORIGIN", "STREAM", "Sealer", "Sealing"]

#: the stream in which the log tells of itself
STREAM = "log"
#: the fact of the database that holds the log's name
ORIGIN = "log_origin"

#: entries in one transaction: a writer on SQLite waits for no more than these
_BATCH = 2_000
#: Entries are told a little before they are committed. Recent ones are looked at every time, all of them at the
#: first pass and then once in so long.
_OVERLAP_US = 3_600_000_000
_THOROUGH_US = 3_600_000_000
_SECOND_US = 1_000_000
#: how often the heads are tried again when others are quicker
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What one pass did: how many entries became leaves, how large the log is, and the note, if one was signed."""

    added: int
    size: int
    note: Note | None
    #: entries that could not be sealed, as sentences; the log goes on without them and somebody must look
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    """Up to where the last look went, so that the next one need not look at everything."""

    latest: int | None = None
    thorough_at: int | None = None
    problems: list[str] = field(default_factory=list)


class Sealer:
    """The one that seals a database's log. Several may run: each appends after the other, or not at all."""

    def __init__(self, database: Database, keyring: Keyring, memory: Memory, origin: str) -> None:
        self._database = database
        self.keyring = keyring
        self._memory = memory
        self._origin = origin
        self._seen = _Seen()
        self._turn = threading.Lock()

    def seal(self, now: int, *, thorough: bool = False) -> Sealing:
        """Append and sign what has been committed, by the machine's clock; `thorough` looks at every entry there is.

        Raises: LogDamaged, if what was sealed or signed before is no longer what it was: then nothing is signed.
        KeysUnusable.
        """
        with self._turn:
            added, problems = self._append_all(now, thorough=thorough)
            size, note = self._sign(now)
            return Sealing(added=added, size=size, note=note, problems=problems)

    def seal_heads(self, now: int, *, exported: Mapping[str, Any] | None = None) -> Sealing:
        """Seal everything there is, and last of all an entry that tells the heads of all streams; sign.

        That entry is the leaf right after those it tells of, so that nothing stands between them and the signature.
        With `exported` an export is told right before it, so that no other export comes between, and what is signed
        ends there: if somebody signs more before that, the export is told once more.
        Raises: as `seal`; Conflict, if other sealers are quicker again and again.
        """
        with self._turn:
            for _ in range(_TRIES):
                added, problems = self._append_all(now, thorough=True)
                size = self._append_heads(now, exported)
                if size is None:
                    continue
                signed, note = self._sign(now, None if exported is None else size)
                if exported is None or signed == size:
                    told = 1 if exported is None else 2
                    return Sealing(added=added + told, size=signed, note=note, problems=problems)
            raise Conflict("other sealers were quicker again and again; the heads were not told, try again")

    def _append_heads(self, now: int, exported: Mapping[str, Any] | None) -> int | None:
        """The size that ends with the heads, or None if somebody else appended meanwhile."""
        with self._database.read() as view:
            size = sealing.size(view.driver)
            ends = {
                stream: Head(stream=stream, seq=seq, hash=chained)
                for stream, seq, chained in sealing.heads_at(view.driver, size)
            }
        with self._database.write() as unit:
            unit.hold(STREAM)
            sealing.hold(unit.driver)
            before = sealing.heads(unit.driver, [STREAM]).get(STREAM, SealedHead())
            if sealing.size(unit.driver) != size or streams.head_of(unit.driver, STREAM) != before.seq:
                return None
            made = []
            if exported is not None:
                made.append(unit.append(STREAM, "exported", now, exported))
                ends[STREAM] = Head(stream=STREAM, seq=made[0].seq, hash=made[0].hash)
            told = sorted(ends.values(), key=lambda one: one.stream.encode())
            facts = {"actor": {"timer": True}, "size": size + len(made), "count": len(told)}
            made.append(unit.append(STREAM, "heads", now, {**facts, "root": heads_root(told)}))
            leaves = [Leaf(stream=STREAM, seq=one.seq, hash=leaf_hash(one.body)) for one in made]
            sealing.put_leaves(unit.driver, size, leaves)
            _keep_nodes(unit.driver, size, size + len(made))
        return size + len(made)

    def append(self, now: int, *, thorough: bool = False) -> int:
        """Append without signing; how many entries became leaves."""
        with self._turn:
            return self._append_all(now, thorough=thorough)[0]

    def _append_all(self, now: int, *, thorough: bool) -> tuple[int, tuple[str, ...]]:
        seen = self._seen
        due = seen.thorough_at is None or not 0 <= now - seen.thorough_at < _THOROUGH_US
        whole = thorough or due or bool(seen.problems)
        seen.problems = []
        added = self._append(now, whole=whole)
        if whole:
            seen.thorough_at = now
        return added, tuple(seen.problems)

    def _append(self, now: int, *, whole: bool) -> int:
        seen, added = self._seen, 0
        last: Entry | None = None
        # An entry from the future, of a clock that was wrong, must not hide those that come now.
        since = None if whole or seen.latest is None else min(seen.latest, now) - _OVERLAP_US
        while True:
            with self._database.read() as view:
                size = sealing.size(view.driver)
                entries = sealing.unsealed(view.driver, _BATCH, since, last)
                heads = sealing.heads(view.driver, (one.stream for one in entries))
            found = appending(entries, heads)
            if found.leaves:
                try:
                    with self._database.write() as unit:
                        sealing.hold(unit.driver)
                        if sealing.size(unit.driver) != size:
                            return added  # another sealer is at work
                        sealing.put_leaves(unit.driver, size, found.leaves)
                        _keep_nodes(unit.driver, size, size + len(found.leaves))
                except Conflict:
                    return added
                added += len(found.leaves)
                seen.latest = max(seen.latest or 0, *(one.at for one in entries))
            last = entries[-1] if entries else None
            seen.problems += found.problems
            if len(entries) < _BATCH:
                if since is None:
                    seen.problems += [
                        f"stream {name}: an entry before those that wait is gone" for name in found.waiting
                    ]
                elif found.waiting:  # what came before was told long ago: look at everything
                    since = last = None
                    continue
                return added

    def _sign(self, now: int, until: int | None = None) -> tuple[int, Note | None]:
        """Sign all leaves, or those `until` a size, unless more is signed already; the size that is signed then."""
        last = self._memory.last()  # read first: another sealer may sign more than the snapshot has
        with self._database.read() as view:
            driver = view.driver
            here, before = sealing.size(driver), sealing.latest(driver)
            size = here if until is None else until
            self._known(view, before)
            problems = self._forgotten(here, sealing.nodes(driver), last)
            if not size or (before is not None and size <= before.size <= here):
                if problems:
                    raise LogDamaged(problems)
                return (before.size if before is not None else size), None
            root = self._root(driver, size, before, problems)
        point = Checkpoint(origin=self._origin, size=size, root=root)
        # Whoever signs holds the log's own stream, also against a log that begins again under another name.
        with self._database.write() as unit:
            unit.hold(STREAM)
            latest = sealing.latest(unit.driver)
            self._known(unit, latest)
            if latest is not None and latest.size >= size:
                return latest.size, None  # another sealer has signed this size or a larger one
            if until is not None and (last := self._memory.last()) is not None and last.size > size:
                return last.size, None  # or was about to
            note = self._signed(point, now)
            sealing.put_checkpoint(
                unit.driver, sealing.StoredCheckpoint(size=size, root=root, at=now, note=str(note))
            )
        return size, note

    def _signed(self, point: Checkpoint, now: int) -> Note:
        """The note, remembered before it is signed. Raises: KeysUnusable, LogDamaged."""
        last, keys = self._memory.last(), self.keyring.signers()
        strange = [one.public.name for one in keys if one.public.name != self._origin]
        if strange:
            raise KeysUnusable(
                f"the log is called {self._origin}, and {self.keyring.path} holds a key of {strange[0]}: name the log's"
                " own file with SIKLUS_LOG_KEY_FILE"
            )
        if last is not None and last.size > point.size:
            raise LogDamaged((f"{last.size} leaves were signed meanwhile, and {point.size} are here",))
        self._memory.keep(point)
        note = Note(text=point.text, signatures=())
        for key in keys:
            note = key.signed(note, point, now // _SECOND_US)
        return note

    def _known(self, view: View, before: sealing.StoredCheckpoint | None) -> None:
        """Pass if this is still the log it was opened for, and what was signed of it is remembered."""
        name = view.meta(ORIGIN)
        if name is not None and name != self._origin:
            raise SealerUnusable(
                f"the log has begun again as {name}; this sealer was opened for {self._origin}"
            )
        if before is not None and before.origin == self._origin and self._memory.last() is None:
            raise KeysUnusable(
                f"{before.size} leaves of {self._origin} were signed, and {self._memory.path} is gone, which remembers"
                " that: bring it back, or begin the log again under another name with siklus audit restart"
            )

    def _root(
        self, driver: Driver, size: int, before: sealing.StoredCheckpoint | None, problems: list[str]
    ) -> bytes:
        """The root at a size, from what stands in the database now. Raises: LogDamaged."""
        kept = sealing.nodes(driver)
        from_size, from_root = (before.size, before.root) if before is not None else (0, Frontier().root)
        begun = frontier_at(from_size, kept)
        if begun.root != from_root:
            problems.append(f"the first {from_size} leaves no longer make the root that was signed for them")
        grown = begun.grown(_read_again(driver, from_size, size, problems))
        if not problems and grown.root != frontier_at(size, kept).root:
            problems.append(f"the nodes kept over {size} leaves are not those that the leaves make")
        if problems:
            raise LogDamaged(problems)
        return grown.root

    def _forgotten(self, size: int, kept: Nodes, last: Checkpoint | None) -> list[str]:
        """Where the database does not know what was last signed: it was put back to an earlier day, or written anew."""
        if last is None:
            return []
        if last.origin != self._origin:
            return [f"what was last signed is of the log {last.origin}, and this one is {self._origin}"]
        if last.size > size:
            return [
                f"{last.size} leaves were signed, and {size} are here: the database is older than its seal"
            ]
        if frontier_at(last.size, kept).root != last.root:
            return [f"the first {last.size} leaves no longer make the root that was last signed"]
        return []


def _read_again(driver: Driver, first: int, last: int, problems: list[str]) -> Iterator[bytes]:
    """The hashes of leaves, each compared with the bytes of its entry as they are now."""
    for at in range(first, last, _BATCH):
        until = min(last, at + _BATCH)
        rows = sealing.bodies(driver, at, until)
        if len(rows) != until - at:
            problems.append(f"of the leaves {at} to {until - 1} only {len(rows)} are there")
        for idx, hashed, body in rows:
            if body is None or leaf_hash(body) != hashed:
                problems.append(f"leaf {idx}: its entry is {'gone' if body is None else 'another by now'}")
            yield hashed


def _keep_nodes(driver: Driver, before: int, size: int) -> None:
    """Keep the nodes over runs of 256 that have become full, level by level."""
    kept, level = sealing.nodes(driver), 0
    while (first := before >> HEIGHT * (level + 1)) < (last := size >> HEIGHT * (level + 1)):
        for at in range(first, last, WIDTH):
            until = min(last, at + WIDTH)
            hashes = tiles_above(kept(level, at * WIDTH, until * WIDTH))
            sealing.put_nodes(driver, level + 1, at, hashes)
        level += 1
