"""The demo's agency behind the web application: a real engine on a database file, a clock that travels."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.core.zones import local_date
from engine.runtime import Engine
from engine.store import Database
from tests.clients import Client
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import HOUR, ZONE, calendar, plan

#: a head of a section with three staff, one of her staff, and the desks
STAFF, RATER, MANAGER = "Fadli Hunowu", "Nur Aida Pakaya", "Ratna Dewi Lamusu"
DAY = 24 * HOUR


class Travel:
    """The demo's clock as the pages move it, on the engine's own clock."""

    def __init__(self, engine: Engine, clock: HandClock) -> None:
        self._engine, self._clock = engine, clock

    def now(self) -> int:
        return self._clock.now()

    def today(self, zone: str) -> date:
        return local_date(self._clock.now(), zone)

    def advance(self, kind: str) -> object:
        following = self._engine.next_at()
        target = {"day": DAY, "week": 7 * DAY}.get(kind, 0) + self.now()
        if kind == "next" and following is not None:
            target = following
        return self.ride(target)

    def ride(self, target: int) -> object:
        while (at := self._engine.next_at()) is not None and at <= target:
            self._clock.instant = max(at, self._clock.instant)
            assert () == self._engine.fire_due().failed
        self._clock.instant = target
        return target


@dataclass
class Office:
    """The application and the people who use it."""

    engine: Engine
    clock: HandClock
    travel: Travel
    app: Any
    _clients: dict[str, Client] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        return next(one.person_id for one in self.engine.chart.segments if one.name.startswith(name))

    def key_of(self, name: str) -> str:
        return next(one.key for one in self.engine.chart.segments if one.name.startswith(name))

    def case_of(self, name: str = STAFF) -> str:
        return self.engine.cases(subject=self.key_of(name))[0].id

    def stranger(self, **kwargs: Any) -> Client:
        """A client that has said nothing about itself."""
        return Client(self.app, base_url="http://127.0.0.1:8000", follow_redirects=False, **kwargs)

    def program(self, name: str) -> Client:
        """A program that acts as a person: a header, no cookie."""
        return self.stranger(headers={"X-Siklus-Persona": self.id_of(name)})

    def browser(self, name: str, language: str = "en") -> Client:
        """A person's browser: cookies, and what a browser says of where a form was sent from."""
        client = self.stranger(headers={"Sec-Fetch-Site": "same-origin"})
        client.cookies.set("persona", self.id_of(name))
        client.cookies.set("language", language)
        return client

    def hop_to(self, day: date, hour: int = 8) -> None:
        """Let time pass, ringing everything at the instant it was due."""
        self.travel.ride(calendar().start_of(day, ZONE) + hour * HOUR)

    def wait(self, days: int) -> None:
        today = local_date(self.clock.now(), ZONE)
        self.hop_to(calendar().add(today, days, "working days"))

    def fire(self, trigger: str, by: str, case: str | None = None, reason: str = "", **forms: Any) -> Any:
        """An act straight at the engine, to bring a case where a test wants it."""
        actor = Actor(person=self.key_of(by))
        return self.engine.fire(case or self.case_of(), trigger, actor=actor, forms=forms, reason=reason)

    def planned(self) -> str:
        """The staff member's case with the manager: a plan is submitted."""
        self.fire("submit", STAFF, plan=plan(60, 40))
        return self.case_of()

    def rating_time(self) -> str:
        """The staff member's case on the rater's table, in January."""
        case = self.planned()
        self.fire("pass", MANAGER)
        self.fire("agree", RATER)
        self.fire("sign", STAFF)
        self.fire("set_plan", RATER)
        self.hop_to(date(2027, 1, 4))
        self.fire("send", STAFF, report={"achieved": "selesai"})
        return case


@pytest.fixture(scope="session")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the launched cycle, made once and copied for each test."""
    place = tmp_path_factory.mktemp("agency") / "siklus.db"
    engine = set_up(str(place), HandClock())
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    engine.database.close()
    return place


@pytest.fixture
def office(launched: Path, tmp_path: Path) -> Iterator[Office]:
    """The application on a copy of the launched agency."""
    for part in launched.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    database = Database(str(tmp_path / launched.name))
    clock = HandClock()
    engine = Engine(database, clock)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    yield Office(engine=engine, clock=clock, travel=travel, app=app)
    database.close()


def hidden(page: str, group: str = "own:") -> dict[str, str]:
    """The hidden fields of one act's form, as a browser would send them back."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        pairs = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
        if pairs.get("group", "").startswith(group):
            return {unescape(name): unescape(value) for name, value in pairs.items()}
    raise AssertionError(f"no form for {group} on the page")


def typed_plan(*weights: int) -> dict[str, str]:
    """A plan as it is typed into the page's fields."""
    fields = {"plan.behaviour": "melayani", "plan.resources": "anggaran", "plan.consequences": "tunjangan"}
    for number, weight in enumerate(weights):
        at = f"plan.results[{number}]"
        fields |= {
            at: "row",
            f"{at}.title": f"Hasil {number}",
            f"{at}.kind": "main",
            f"{at}.weight": str(weight),
        }
        inner = f"{at}.indicators[0]"
        fields |= {inner: "row", f"{inner}.aspect": "time", f"{inner}.target": "tepat waktu"}
    return fields
