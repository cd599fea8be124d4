"""A database, opened: units of work that write, snapshots that read. Nobody else commits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal, Self, TypeAlias, cast

from sqlalchemy import insert

from engine.core.access import Asker
from engine.errors import StoreUnusable
from engine.store import guards, row_security
from engine.store.driver import Driver, Kind, Row, execute
from engine.store.failpoints import Failpoint
from engine.store.filing import metas
from engine.store.places import Place, place
from engine.store.residue import no_residue
from engine.store.schema import migrate, require_current
from engine.store.sealed import SEALED, SealingDriver, seal_page, unused
from engine.store.tables import meta
from engine.store.unit import Unit
from engine.store.view import View
from engine.store.word_keys import NoWordKeys, WordKeys

#: what a database is for, fixed when it is made: a demo's clock can be moved and its mail never leaves
Purpose: TypeAlias = Literal["demo", "real"]
#: the fact of a database whose words are sealed
_WORDS = "words"
#: what a connection is lent for: to write, to read everything, to read what somebody may see
_Lent: TypeAlias = Literal["write", "read", "ask"]


class Database:
    """One database, safe to share among threads: each unit of work has a connection to itself.

    `Database(url)` opens one that is there and of this program's version, guards in place.
    Raises: StoreUnusable, also from every unit of work; Conflict when somebody else wrote first.
    """

    def __init__(self, url: str, *, failpoint: Failpoint | None = None) -> None:
        self._place: Place = place(url)
        self._failpoint = failpoint
        self._idle: dict[_Lent, list[Driver]] = {"write": [], "read": [], "ask": []}
        self._closed = False
        # SQLite lets one writer in at a time and the others poll; within a process they rather queue here. A thread
        # that opens a second unit within a first is told so by the database, and does not wait for itself for ever.
        self._turn: AbstractContextManager[object] = (
            threading.RLock() if self._place.kind == "sqlite" else nullcontext()
        )
        self._refuse_what_is_not_ours()
        self.kind: Purpose = "real"
        self._words: WordKeys | None = None
        self._examine()

    @classmethod
    def create(cls, url: str, kind: Purpose, *, failpoint: Failpoint | None = None) -> Self:
        """Make a database where there is none, for a demo or in earnest, for good. Raises: StoreUnusable."""
        where = place(url)
        found = where.look()
        if found == "ours":
            raise _already(where)
        if found == "foreign":
            raise StoreUnusable(f"{where.name} holds something that is not of Siklus; it was left as it is")
        where.prepare()
        migrate(where, then=lambda driver: _fix_kind(driver, kind, where))
        return cls(url, failpoint=failpoint)

    @staticmethod
    def exists(url: str) -> bool:
        """Whether there is a database of ours at this place, of whatever version. Raises: StoreUnusable."""
        return place(url).look() == "ours"

    @staticmethod
    def upgrade(url: str) -> None:
        """Bring an existing database to this program's version, guards included. Raises: StoreUnusable."""
        where = place(url)
        if where.look() != "ours":
            raise StoreUnusable(f"{where.name} is no database of Siklus, so there is nothing to upgrade")
        migrate(where)

    @property
    def name(self) -> str:
        """Where it is, without passwords."""
        return self._place.name

    @property
    def engine(self) -> Kind:
        """Which engine keeps it."""
        return self._place.kind

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: all of it is kept when the block ends, nothing of it when the block raises."""
        with self._turn, self._lent("write") as driver:
            driver.begin()
            yield Unit(driver)
            driver.commit()

    @contextmanager
    def read(self) -> Iterator[View]:
        """A snapshot: everything read in the block is of one moment."""
        with self._lent("read") as driver:
            driver.begin()
            yield View(driver)

    def open_words(self, keys: WordKeys) -> None:
        """Seal words on their way in, as soon as there is a file of keys, and open them on their way out."""
        keys.expected = self._words is not None and self._words.expected
        self._words = keys
        self._close_idle()

    @property
    def words(self) -> WordKeys | None:
        """The keys that words are sealed with; None where nobody named any and none are needed."""
        return self._words

    def begin_sealing(self) -> bool:
        """Have words sealed from now on; whether they were not before. Raises: KeysUnusable."""
        assert self._words is not None, "open_words comes first"
        begun = self._words.make()
        with self.write() as unit:
            unit.put_meta(_WORDS, "sealed")
        self._words.expected = True
        return begun

    def seal_words(self) -> int:
        """Seal the words that are not yet, a page in each transaction, so that it may stop and go on; how many were."""
        self.begin_sealing()
        done = 0
        for table in SEALED:
            after: Row | None = None
            while True:
                with self.write() as unit:
                    assert isinstance(unit.driver, SealingDriver), "open_words comes first"
                    count, after = seal_page(unit.driver, table, after)
                done += count
                if after is None:
                    break
        return done

    def destroy_keys(self) -> int:
        """Let the keys go that erasures have retired and nothing here is sealed with any more; how many."""
        if self._words is None:
            return 0
        with self._turn, self.read() as view:
            assert isinstance(view.driver, SealingDriver)
            gone = unused(view.driver)
        self._words.destroy(gone)
        return len(gone)

    def leave_no_residue(self) -> bool:
        """Have what was just erased overwritten in the files too, as far as this engine does that; whether it did.

        SQLite empties its write-ahead log into the file, where erased bytes are noughts; a reader that is still at
        work makes that wait for the next time. PostgreSQL clears its tables; its own log keeps the bytes for as long
        as that is kept (docs/security.md).
        """
        with self._turn, self._lent("write") as driver:
            return no_residue(driver)

    @contextmanager
    def read_as(self, asker: Asker) -> Iterator[View]:
        """A snapshot for a list or a look of somebody's: on PostgreSQL it has no row that is not theirs to see."""
        with self._lent("ask") as driver:
            driver.begin()
            row_security.ask_as(driver, asker)
            yield View(driver)

    def guard_problems(self) -> tuple[str, ...]:
        """What differs in the database's own guards, as sentences; for `siklus doctor`."""
        with self._lent("read") as driver:
            return guards.compare(driver)

    def close(self) -> None:
        """Give all connections back; units of work still going on give theirs back when they end."""
        self._closed = True
        self._close_idle()
        if self._words is not None:
            self._words.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_what_is_not_ours(self) -> None:
        found = self._place.look()
        if found == "foreign":
            raise StoreUnusable(f"{self.name} is no database of Siklus; it was left as it is")
        if found != "ours":
            raise StoreUnusable(
                f"there is no database of Siklus at {self.name}; `siklus people import FILE` makes one there, "
                "`siklus demo` shows one that is filled, or name another"
            )

    def _examine(self) -> None:
        driver = self._place.driver(writes=False)
        try:
            require_current(driver, self.name)
            facts = metas(driver)
            self.kind = cast(Purpose, facts["kind"])
            if _WORDS in facts:
                self._words = NoWordKeys(self.name)
        finally:
            driver.rollback()
            driver.close()

    @contextmanager
    def _lent(self, to: _Lent) -> Iterator[Driver]:
        idle = self._idle[to]
        try:
            driver = idle.pop()
        except IndexError:
            driver = self._place.driver(writes=to == "write", asks=to == "ask", failpoint=self._failpoint)
            driver = driver if self._words is None else SealingDriver(driver, self._words)
        try:
            yield driver
        finally:
            if not driver.usable:
                driver.rollback()
            if driver.usable and not self._closed:
                idle.append(driver)
            else:
                driver.close()
                # What broke this connection has most likely broken those that wait as well.
                self._close_idle()

    def _close_idle(self) -> None:
        for idle in self._idle.values():
            while idle:
                idle.pop().close()


def _fix_kind(driver: Driver, kind: Purpose, where: Place) -> None:
    if metas(driver):  # somebody else made it since we looked
        raise _already(where)
    execute(driver, insert(meta).values(key="kind", value=kind))


def _already(where: Place) -> StoreUnusable:
    return StoreUnusable(f"{where.name} is a database of Siklus already; open it, or name another place")
