"""A whole engine on a real database with the demo's people, a clock set by hand, and one launched cycle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from engine.core.command import Actor
from engine.core.roster import read_roster
from engine.core.source import read_yaml
from engine.runtime import Engine
from engine.store import Database
from tests.furnished import furnish
from tests.worlds import HOUR, ROOT, ZONE, calendar

NOBODY = Actor(person=None)
OPENING = date(2025, 12, 1)
#: the demo's first two units with those above them: enough for a whole year of cases that hang together
TWO_UNITS = b"".join(
    (ROOT / "workflows/examples/people-demo.csv").read_bytes().splitlines(keepends=True)[:26]
)


class HandClock:
    """A clock that stands where it was put."""

    def __init__(self) -> None:
        self.instant = calendar().start_of(OPENING, ZONE) + 8 * HOUR

    def now(self) -> int:
        return self.instant

    def put(self, day: date, hour: int = 8) -> None:
        self.instant = calendar().start_of(day, ZONE) + hour * HOUR


@dataclass
class Agency:
    """The demo's agency on a database."""

    url: str
    clock: HandClock
    engine: Engine

    def another(self) -> Engine:
        """Another process's engine on the same database."""
        return Engine(Database(self.url), self.clock)

    def case_of(self, name: str) -> str:
        """The case of a person by the beginning of their name."""
        key = next(one.key for one in self.engine.chart.segments if one.name.startswith(name))
        return self.engine.cases(subject=key)[0].id

    def hop_to(self, day: date) -> None:
        """Let time pass, ringing everything at the instant it was due."""
        target = calendar().start_of(day, ZONE) + 8 * HOUR
        while (at := self.engine.next_at()) is not None and at <= target:
            self.clock.instant = max(at, self.clock.instant)
            report = self.engine.fire_due()
            assert () == report.failed
        self.clock.instant = target


def set_up(
    url: str,
    clock: HandClock,
    *,
    definition: str = "tests/definitions/alone/asn-tahunan",
    people: bytes | None = None,
) -> Engine:
    """An engine on a new database, with calendar, definition and people, nothing launched."""
    rules, texts = (ROOT / f"{definition}{end}" for end in (".yaml", ".texts.yaml"))
    files = (rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"))
    told = people or (ROOT / "workflows/examples/people-demo.csv").read_bytes()

    def fill(to: str) -> None:
        engine = Engine(Database.create(to, "demo"), clock)
        path = ROOT / "workflows/calendars/id-asn.yaml"
        engine.add_calendar(read_yaml(path.read_text(encoding="utf-8"), path.name).values)
        engine.publish(*files, name=rules.name, texts_name=texts.name, actor=NOBODY)
        import_people(engine, told)
        engine.database.close()

    furnish(url, (files, told, clock.now()), fill)
    return Engine(Database(url), clock)


def import_people(engine: Engine, data: bytes) -> Any:
    """Import a people file; keys are numbered."""
    numbers = count(1)
    known = engine.person_keys()
    taken = set(known.values())

    def new_key() -> str:
        while (key := f"p-{next(numbers):04d}") in taken:
            pass
        return key

    roster = read_roster(data, "people.csv", keys=known, new_key=new_key, existing=engine.chart.segments)
    return engine.import_people(roster, actor=NOBODY)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database can be made, on either engine."""
    if request.param == "sqlite":
        yield str(tmp_path / "siklus.db")
        return
    with request.getfixturevalue("postgres_server").database() as address:
        yield address


@pytest.fixture
def agency(place: str) -> Iterator[Agency]:
    """A launched agency."""
    clock = HandClock()

    def fill(to: str) -> None:
        engine = set_up(to, clock)
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
        engine.database.close()

    furnish(place, "launched", fill)
    engine = Engine(Database(place), clock)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()
