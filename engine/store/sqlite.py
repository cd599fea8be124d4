"""The one door to SQLite: connections as they must be set up, and its errors as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from engine.errors import Conflict, SiklusError, StoreUnusable
from engine.store.driver import Kind, Row, unit_failed
from engine.store.failpoints import Failpoint
from engine.store.guard_making import REFUSED, TAKEN

#: written into the file's header, so that a file that is not ours is known before it is touched: "Sikl"
APPLICATION = int.from_bytes(b"Sikl")

#: what the driver raises; SQLAlchemy wraps it in an error of its own during migrations
Error = sqlite3.Error

_WAIT_MS = 10_000

# Commits reach the disk before they are reported (FULL). Erased content leaves no residue in the pages. Checkpoints
# are far apart, because each one stalls the writer for milliseconds.
PRAGMAS = (
    f"PRAGMA busy_timeout = {_WAIT_MS}",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 10000",
    "PRAGMA temp_store = MEMORY",
)

#: What a connection that serves cases may set or ask of the database itself; reading a setting is always allowed.
_SETTINGS = frozenset(
    {"busy_timeout", "integrity_check", "quick_check", "optimize", "table_info", "wal_checkpoint"}
)
# Whatever makes, changes or takes away tables and triggers, or lets another file in.
_REBUILDING = frozenset(
    getattr(sqlite3, name)
    for name in dir(sqlite3)
    if name.startswith(("SQLITE_CREATE_", "SQLITE_DROP_"))
    or name in {"SQLITE_ALTER_TABLE", "SQLITE_ATTACH", "SQLITE_DETACH"}
)


def _authorize(action: int, what: str | None, value: str | None, _file: str | None, _by: str | None) -> int:
    """Asked once for each statement when it is prepared: guards cannot be taken off where cases are served."""
    if action in _REBUILDING:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and value is not None and (what or "").lower() not in _SETTINGS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class SqliteDriver:
    """One connection to a database file; the rest is told by `engine.store.driver.Driver`.

    Only one that `rebuilds` may change tables, guards and settings.
    """

    __slots__ = ("_begin", "_connection", "_cursor", "_failed", "_failpoint")
    kind: ClassVar[Kind] = "sqlite"

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        writes: bool,
        failpoint: Failpoint | None = None,
        rebuilds: bool = False,
    ) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._failpoint = failpoint
        self._failed = False
        # Taking the write lock at once: a transaction that read first and writes later cannot wait its turn.
        self._begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        if not writes:
            self._cursor.execute("PRAGMA query_only = ON")
        if not rebuilds:
            connection.set_authorizer(_authorize)

    @property
    def usable(self) -> bool:
        """Whether the connection is between transactions and may be used again."""
        try:
            return not self._connection.in_transaction
        except sqlite3.ProgrammingError:  # closed
            return False

    def begin(self) -> None:
        """Open a transaction of the kind this connection was made for."""
        self._failed = False
        self.run(self._begin)

    def commit(self) -> None:
        """Keep everything since `begin`."""
        if self._failed:
            raise unit_failed()
        self.run("COMMIT")

    def rollback(self) -> None:
        """Forget everything since `begin`; never raises."""
        try:
            self._connection.rollback()
        except sqlite3.Error:
            self.close()

    def close(self) -> None:
        """Give the file handle back."""
        self._connection.close()

    def fail(self) -> None:
        """Remember that this unit must not be committed."""
        self._failed = True

    def rows(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a statement that reads."""
        if self._failpoint is not None:
            self._reach(text)
        try:
            return self._cursor.execute(text, values).fetchall()
        except sqlite3.Error as error:
            self._failed = True
            raise translated(error) from error

    def run(self, text: str, values: Sequence[Any] = ()) -> int:
        """How many rows a statement that writes has touched."""
        if self._failpoint is not None:
            self._reach(text)
        try:
            return self._cursor.execute(text, values).rowcount
        except sqlite3.Error as error:
            self._failed = True
            raise translated(error) from error

    def run_many(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """How many rows a statement has touched in all, run once for each row of values."""
        if not rows:
            return 0
        if self._failpoint is not None:
            self._reach(text)
        try:
            return self._cursor.executemany(text, rows).rowcount
        except sqlite3.Error as error:
            self._failed = True
            raise translated(error) from error

    def run_alone(self, text: str) -> None:
        """Run a statement outside any transaction."""
        self.run(text)

    def _reach(self, text: str) -> None:
        assert self._failpoint is not None
        try:
            self._failpoint(text)
        except BaseException:
            self._failed = True
            raise


def connect(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection in our settings, with transactions begun by us alone. Raises: StoreUnusable."""
    try:
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, cached_statements=256
        )
    except sqlite3.Error as error:
        raise translated(error) from error
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    except sqlite3.Error as error:
        connection.close()
        raise translated(error) from error
    return connection


def is_ours(path: Path) -> bool:
    """Whether a file says of itself that it is a database of Siklus; nothing is written.

    SQLite itself has to look: to open and close the file beside it would drop the locks of every connection this
    process has to it (POSIX locks belong to the process), and another process would delete the log under them.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
    except sqlite3.Error as error:
        raise translated(error) from error
    try:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
            return False
        raise translated(error) from error
    finally:
        connection.close()


def prepare(path: Path) -> None:
    """Make the file a database of ours, still without tables, in write-ahead mode. Raises: StoreUnusable."""
    connection = connect(path)
    try:
        # The mark first: in write-ahead mode it would stand in the log until a checkpoint, and not in the header.
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise translated(error) from error
    finally:
        connection.close()


def translated(error: sqlite3.Error) -> SiklusError:
    """Our error for one of SQLite's; bugs of ours (`ProgrammingError` and the like) go on as they are."""
    text = str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError | sqlite3.DataError):
        raise error
    if text.startswith(REFUSED):
        return StoreUnusable(f"the database refused what was to be written: {text.removeprefix(REFUSED)}")
    if text.startswith(TAKEN) or "UNIQUE constraint failed" in text:
        return Conflict(
            f"somebody else wrote first ({text.removeprefix(TAKEN)}); nothing was kept, try again"
        )
    if code == sqlite3.SQLITE_AUTH:
        return StoreUnusable(
            "the database refused what was asked: its tables, guards and settings are changed by "
            "`siklus db upgrade` alone"
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Conflict("the database was busy with another writer for too long; nothing was kept, try again")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreUnusable(
            f"the database file cannot be used: {text}; whoever runs Siklus must be able to write the file and its "
            "folder, because SQLite keeps a -wal and a -shm file beside it"
        )
    return StoreUnusable(f"the database file cannot be used: {text}")
