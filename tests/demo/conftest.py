"""The demo's agency just after its launch, on a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.demo_agency import open_demo, settle_agency
from api.demo_clock import DemoClock
from api.settings import Settings
from api.wiring import Installation, assemble
from engine.runtime import Engine
from engine.store.database import Database


@pytest.fixture(scope="session")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's database as it is just after its launch, closed: to be copied, not used."""
    place = tmp_path_factory.mktemp("launched") / "demo.db"
    with open_demo(str(place), fresh=False, told=str) as database:
        settle_agency(Engine(database, DemoClock(database)), told=str)
    return place


@pytest.fixture
def place(tmp_path: Path, launched: Path) -> str:
    """The path of a copy."""
    return str(shutil.copy(launched, tmp_path / "demo.db"))


@pytest.fixture
def house(place: str) -> Iterator[Installation]:
    """The installation on it."""
    opened = assemble(Database(place), Settings(database=place), worker="test")
    yield opened
    opened.close()
