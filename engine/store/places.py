"""Where a database is, as people name it: a file's path, `sqlite:///` and a path, or a `postgresql://` address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from engine.errors import StoreUnusable
from engine.store import sqlite
from engine.store.driver import Driver, Kind
from engine.store.failpoints import Failpoint
from engine.store.guard_making import MIGRATING

#: what is found at a place: nothing, an empty database, one of ours, or somebody else's
Finding = Literal["missing", "empty", "ours", "foreign"]


class Place(Protocol):
    """A place where a database may be."""

    @property
    def kind(self) -> Kind:
        """Which engine it is."""
        ...

    @property
    def name(self) -> str:
        """How to call it in a message, without passwords."""
        ...

    def look(self) -> Finding:
        """What is there; nothing is changed."""
        ...

    def prepare(self) -> None:
        """Make an empty database of ours, still without tables."""
        ...

    def driver(self, *, writes: bool, asks: bool = False, failpoint: Failpoint | None = None) -> Driver:
        """A new connection; one that `asks` sees no case until it is said who asks, where the database can do that."""
        ...

    def migrating(self) -> Any:
        """A context with a SQLAlchemy connection and a driver in one transaction, for migrations alone."""
        ...


def place(url: str) -> Place:
    """The place an address names. Raises: StoreUnusable."""
    scheme, colon, rest = url.partition("://")
    if not colon:
        return SqlitePlace(_path(url))
    if scheme == "sqlite":
        return SqlitePlace(_path(rest.removeprefix("/")))
    if scheme in ("postgresql", "postgres"):
        return PostgresPlace(f"postgresql://{rest}")
    raise StoreUnusable(
        f"no database can be reached by {scheme}://; give a file's path or a postgresql:// address"
    )


def _path(text: str) -> Path:
    if not text or text == ":memory:":
        raise StoreUnusable("a database needs a file of its own; give its path, for example siklus.db")
    return Path(text).expanduser()


@dataclass(frozen=True, slots=True)
class SqlitePlace:
    """A file."""

    path: Path

    @property
    def kind(self) -> Kind:
        """Which engine it is."""
        return "sqlite"

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    def look(self) -> Finding:
        """What is there, by the mark in the file's header and the tables in it."""
        if not self.path.exists():
            return "missing"
        if not self.path.is_file():
            return "foreign"
        if self.path.stat().st_size == 0:
            return "empty"
        if not sqlite.is_ours(self.path):
            return "foreign"
        driver = self.driver(writes=False)
        try:
            tables = driver.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'")
        finally:
            driver.close()
        return "ours" if tables else "empty"

    def prepare(self) -> None:
        """Mark the file as ours and put it in write-ahead mode."""
        if not self.path.parent.is_dir():
            raise StoreUnusable(f"{self.name} cannot be made: there is no folder {self.path.parent}")
        sqlite.prepare(self.path)

    def driver(self, *, writes: bool, asks: bool = False, failpoint: Failpoint | None = None) -> Driver:  # noqa: ARG002
        """A new connection; SQLite has no security of rows."""
        return sqlite.SqliteDriver(sqlite.connect(self.path), writes=writes, failpoint=failpoint)

    @contextmanager
    def migrating(self) -> Iterator[tuple[Connection, Driver]]:
        """One transaction for a migration, which may rebuild tables that others refer to."""
        raw = sqlite.connect(self.path, foreign_keys=False)
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
        event.listen(engine, "begin", lambda _: raw.execute("BEGIN IMMEDIATE"))
        try:
            with engine.begin() as connection:
                driver = sqlite.SqliteDriver(raw, writes=True, rebuilds=True)
                yield connection, driver
                if driver.rows("PRAGMA foreign_key_check"):
                    raise StoreUnusable(
                        f"{self.name} would hold rows that refer to nothing; nothing was changed"
                    )
        except (DBAPIError, sqlite.Error) as error:
            raise _ours(error, sqlite) from error
        finally:
            raw.close()


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """A database of a PostgreSQL server; its tables stand in the first schema of the search path."""

    url: str

    @property
    def kind(self) -> Kind:
        """Which engine it is."""
        return "postgresql"

    @property
    def name(self) -> str:
        """The address without the password."""
        try:
            return make_url(self.url).render_as_string(hide_password=True)
        except ArgumentError:
            return "postgresql://..."

    def look(self) -> Finding:
        """What is there, by the names of its tables."""
        driver = self.driver(writes=False)
        try:
            found = {
                name
                for (name,) in driver.rows(
                    "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
                )
            }
        finally:
            driver.rollback()
            driver.close()
        if {"meta", "entry", "cases", "alembic_version"} <= found:
            return "ours"
        return "foreign" if found - {"alembic_version"} else "empty"

    def prepare(self) -> None:
        """Nothing needs doing: whoever owns the server makes the database."""

    def driver(self, *, writes: bool, asks: bool = False, failpoint: Failpoint | None = None) -> Driver:
        """A new connection."""
        door = _postgres()
        raw = door.connect(self.url, asker="") if asks else door.connect(self.url)
        made: Driver = door.PostgresDriver(raw, writes=writes, failpoint=failpoint)
        return made

    @contextmanager
    def migrating(self) -> Iterator[tuple[Connection, Driver]]:
        """One transaction for a migration; a second one waits until the first is done."""
        door = _postgres()
        raw = door.connect(self.url)
        engine = create_engine("postgresql+psycopg://", creator=lambda: raw, poolclass=NullPool)
        try:
            with engine.begin() as connection:
                driver = door.PostgresDriver(raw, writes=True)
                driver.rows(f"SELECT pg_advisory_xact_lock({MIGRATING})")
                yield connection, driver
        except DBAPIError as error:
            raise _ours(error, door) from error
        finally:
            raw.close()


def _ours(error: Exception, door: Any) -> Exception:
    """Our error for what a migration met; bugs of ours go on as they are."""
    met = error.orig if isinstance(error, DBAPIError) else error
    return door.translated(met) if isinstance(met, door.Error) else error


def _postgres() -> Any:
    try:
        from engine.store import postgres  # noqa: PLC0415  (an optional extra: most databases are files)
    except ImportError as error:
        raise StoreUnusable(
            "PostgreSQL needs its driver; install it with: pip install 'siklus[postgres]'"
        ) from error
    return postgres
