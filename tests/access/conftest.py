"""The demo's agency, launched once on each engine and copied for whoever changes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count

import pytest

from engine.runtime import Engine
from engine.store import Database
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def _launched(url: str) -> None:
    engine = set_up(url, HandClock())
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    engine.database.close()


@pytest.fixture(scope="module", params=ENGINES)
def agencies(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Agency]]:
    """Makes launched agencies, each on a database of its own."""
    folder, numbers = tmp_path_factory.mktemp("agencies"), count(1)
    with ExitStack() as ends:
        if request.param == "sqlite":
            made = str(folder / "made.db")
            _launched(made)

            def url() -> str:
                return str(shutil.copy(made, folder / f"siklus-{next(numbers)}.db"))
        else:
            server = request.getfixturevalue("postgres_server")
            made = ends.enter_context(server.database())
            _launched(made)
            name = made.partition("?")[0].rpartition("/")[2]

            def url() -> str:
                return str(ends.enter_context(server.database(like=name)))

        def make() -> Agency:
            address, clock = url(), HandClock()
            database = Database(address)
            ends.callback(database.close)
            return Agency(url=address, clock=clock, engine=Engine(database, clock, clock))

        yield make


@pytest.fixture
def launched(agencies: Callable[[], Agency]) -> Agency:
    """A launched agency."""
    return agencies()
