"""The one door to PostgreSQL's driver: connections as they must be set up, and its errors as ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any, ClassVar

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from engine.errors import Conflict, SiklusError, StoreUnusable
from engine.store.driver import Kind, Row, unit_failed
from engine.store.failpoints import Failpoint
from engine.store.guard_making import REFUSED, STATE
from engine.store.row_security import ENGINE

#: what the driver raises; SQLAlchemy wraps it in an error of its own during migrations
Error = psycopg.Error

_WAIT = "10s"
_MARK = re.compile("%[s%]")

#: lost races: nothing is wrong with what was asked, and asking again may succeed
_LOST = (
    errors.UniqueViolation,
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)


class PostgresDriver:
    """One connection to a PostgreSQL database; the rest is told by `engine.store.driver.Driver`.

    Values and rows travel in binary form, which spares both sides the quoting of bytes. Statements go with the
    server's own numbered parameters, since the driver reads a long text anew each time to find its own marks.
    """

    __slots__ = ("_arrays", "_connection", "_cursor", "_failed", "_failpoint")
    kind: ClassVar[Kind] = "postgresql"

    def __init__(
        self, connection: psycopg.Connection[Row], *, writes: bool, failpoint: Failpoint | None = None
    ) -> None:
        if not writes:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
        self._connection = connection
        self._cursor = psycopg.RawCursor(connection)
        self._cursor.format = psycopg.pq.Format.BINARY
        self._arrays = connection.cursor(binary=True)
        self._failpoint = failpoint
        self._failed = False

    @property
    def usable(self) -> bool:
        """Whether the connection is between transactions and may be used again."""
        return (
            not self._connection.closed and self._connection.info.transaction_status == TransactionStatus.IDLE
        )

    def begin(self) -> None:
        """Open a transaction; the driver sends BEGIN with the first statement."""
        self._failed = False

    def commit(self) -> None:
        """Keep everything since `begin`; this is when the guards of cases answer."""
        if self._failed:
            raise unit_failed()
        if self._failpoint is not None:
            self._reach("COMMIT")
        try:
            self._connection.commit()
        except psycopg.Error as error:
            raise translated(error) from error

    def rollback(self) -> None:
        """Forget everything since `begin`; never raises."""
        try:
            self._connection.rollback()
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Give the connection back to the server."""
        self._connection.close()

    def fail(self) -> None:
        """Remember that this unit must not be committed."""
        self._failed = True

    def rows(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a statement that reads."""
        self._execute(text, values)
        return self._cursor.fetchall()

    def run(self, text: str, values: Sequence[Any] = ()) -> int:
        """How many rows a statement that writes has touched."""
        self._execute(text, values)
        return self._cursor.rowcount

    def run_many(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """How many rows a statement has touched that takes one array per column."""
        if not rows:
            return 0
        if self._failpoint is not None:
            self._reach(text)
        try:
            columns = [list(column) for column in zip(*rows, strict=True)]
            # Only asked for by `%b` does the driver send an array in binary form.
            return self._arrays.execute(text.replace("%s", "%b"), columns).rowcount
        except psycopg.Error as error:
            self._failed = True
            raise translated(error) from error

    def run_alone(self, text: str) -> None:
        """Run a statement outside any transaction."""
        try:
            self._connection.autocommit = True
            try:
                self._connection.execute(text)
            finally:
                self._connection.autocommit = False
        except psycopg.Error as error:
            raise translated(error) from error

    def _execute(self, text: str, values: Sequence[Any]) -> None:
        if self._failpoint is not None:
            self._reach(text)
        try:
            self._cursor.execute(numbered(text), values or None)
        except psycopg.Error as error:
            self._failed = True
            raise translated(error) from error

    def _reach(self, text: str) -> None:
        assert self._failpoint is not None
        try:
            self._failpoint(text)
        except BaseException:
            self._failed = True
            raise


@lru_cache(1_024)
def numbered(text: str) -> str:
    """The text with `$1`, `$2`, ... where it has `%s`."""
    numbers = count(1)
    return _MARK.sub(lambda mark: "%" if mark[0] == "%%" else f"${next(numbers)}", text)


def connect(url: str, *, asker: str = ENGINE) -> psycopg.Connection[Row]:
    """A connection in our settings, on which the engine itself asks unless told otherwise. Raises: StoreUnusable."""
    try:
        connection = psycopg.connect(url, application_name="siklus")
    except psycopg.Error as error:
        raise translated(error) from error
    try:
        connection.execute(f"SET lock_timeout = '{_WAIT}'")
        connection.execute("SELECT set_config('siklus.asker', %s, false)", (asker,))
        connection.commit()
    except psycopg.Error as error:
        connection.close()
        raise translated(error) from error
    # Statements of the hot path are planned by the server once, on their second use.
    connection.prepare_threshold = 2
    return connection


def translated(error: psycopg.Error) -> SiklusError:
    """Our error for one of the driver's; bugs of ours (`ProgrammingError` and the like) go on as they are."""
    text = str(error).strip()
    if error.sqlstate == STATE:
        said = error.diag.message_primary or text
        return StoreUnusable(f"the database refused what was to be written: {said.removeprefix(REFUSED)}")
    if isinstance(error, errors.InsufficientPrivilege):
        said = error.diag.message_primary or text
        return StoreUnusable(
            f"the database refused it to this role ({said}); tables are made and upgraded by the role that owns them, "
            "and it grants the others what they need"
        )
    if isinstance(error, psycopg.ProgrammingError | psycopg.InterfaceError | psycopg.DataError):
        raise error
    if isinstance(error, _LOST):
        said = error.diag.message_primary or text
        return Conflict(f"somebody else wrote first ({said}); nothing was kept, try again")
    return StoreUnusable(f"the database cannot be used: {text}")
