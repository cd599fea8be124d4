"""Every claim about the store is made of both engines: a file, and a PostgreSQL the tests start themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from engine.store import Database
from tests.store.cases import Bench
from tests.store.raw import Raw

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=ENGINES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file, made once and copied."""
    path = tmp_path_factory.mktemp("made") / "siklus.db"
    Database.create(str(path), "real").close()
    return path


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a database can be made."""
    if kind == "sqlite":
        yield str(tmp_path / "siklus.db")
        return
    with request.getfixturevalue("postgres_server").database() as address:
        yield address


@pytest.fixture
def new_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Makes empty databases of ours."""
    numbers = count(1)
    with ExitStack() as ends:

        def make() -> str:
            if kind == "sqlite":
                return shutil.copy(
                    request.getfixturevalue("made_file"), str(tmp_path / f"siklus-{next(numbers)}.db")
                )
            return str(ends.enter_context(request.getfixturevalue("postgres_server").made()))

        yield make


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """Where an empty database of ours is."""
    return new_url()


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    with closing(Database(url)) as database:
        yield database


@pytest.fixture
def bench(db: Database) -> Bench:
    """Cases to work with: a definition is published and a cycle launched."""
    return Bench(db)


@pytest.fixture
def raw(url: str, db: Database) -> Iterator[Raw]:
    """A stranger's connection to the same database: the bare driver, none of our settings."""
    with closing(Raw(url)) as connection:
        yield connection


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Database]]:
    """Open the database again, perhaps with a failpoint; closed at the end."""
    databases: list[Database] = []

    def open_again(**options: Any) -> Database:
        databases.append(Database(url, **options))
        return databases[-1]

    yield open_again
    for database in databases:
        database.close()
