"""The command line as a person runs it: in a folder of its own, with nothing set in the environment."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from api.demo_agency import open_demo, settle_agency
from api.demo_clock import DemoClock
from engine.runtime import Engine
from tests.typed import typed

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / "workflows"
PEOPLE = WORKFLOWS / "examples/people-demo.csv"
#: an employee of the demo, their rater, and a performance manager
EMPLOYEE, RATER, MANAGER = "198708222013121015", "197501032001041003", "198801182012122014"
#: two of the demo's personnel desk
DESK, OTHER = "199003242014041013", "199602062022042018"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory of the command: empty."""
    monkeypatch.chdir(tmp_path)
    for name in ("SIKLUS_DATABASE", "SIKLUS_PORT", "SIKLUS_HOST", "SIKLUS_LANGUAGE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Logging as it was before: a command sends all logs of its process to its own standard error."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class Siklus:
    """Runs commands."""

    def __call__(self, *words: object, code: int = 0) -> Any:
        result = typed(words)
        told = f"{result.stdout}\n{result.stderr}"
        assert code == result.exit_code, told
        assert "Traceback" not in told
        return result

    def json(self, *words: object, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code).stdout)


@pytest.fixture
def siklus() -> Siklus:
    return Siklus()


@pytest.fixture(scope="session")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's database as it is just after its launch, closed: to be copied, not used."""
    place = tmp_path_factory.mktemp("launched") / "demo.db"
    with open_demo(str(place), fresh=False, told=str) as database:
        settle_agency(Engine(database, DemoClock(database)), told=str)
    return place


@pytest.fixture
def demo(folder: Path, launched: Path) -> str:
    """A demo's database, launched: its clock stands, so that acts have their day."""
    return str(shutil.copy(launched, folder / "demo.db"))


@pytest.fixture
def case_of(siklus: Siklus, demo: str) -> Callable[[str], str]:
    """The id of a person's case in the demo."""

    def case_of(person: str) -> str:
        found = siklus.json("cases", "--person", person, "--database", demo)
        return str(found["cases"][0]["id"])

    return case_of


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real agency's database, before and after the annual cycle was published, closed: to be copied, not used."""
    place = tmp_path_factory.mktemp("published")
    run = Siklus()
    run("people", "import", PEOPLE, "--database", place / "people.db")
    shutil.copy(place / "people.db", place / "published.db")
    to = ("--database", place / "published.db")
    for name in ("asn-tahunan", "asn-triwulan", "asn-perbaikan"):
        run("publish", name, "--as", DESK, "--reason", "PermenPANRB 6/2022", *to)
        run("approve", f"{name}@1", "--as", OTHER, "--reason", "dibahas", "--effective", "2020-01-01", *to)
    return place


@pytest.fixture
def agency(folder: Path, published: Path) -> str:
    """A real agency's database with its people, nothing published, where commands look for one."""
    return str(shutil.copy(published / "people.db", folder / "siklus.db"))


@pytest.fixture
def in_force(folder: Path, published: Path) -> str:
    """A real agency's database in which the annual cycle is in force, where commands look for one."""
    return str(shutil.copy(published / "published.db", folder / "siklus.db"))
