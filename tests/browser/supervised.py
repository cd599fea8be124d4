"""An agency of the shipped annual cycle in its first days, with two plans to check, served to those who supervise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import DAY, MANAGER, RATER, STAFF, Travel
from tests.browser.conftest import served, window
from tests.runtime.conftest import NOBODY, OPENING, TWO_UNITS, HandClock, set_up
from tests.worlds import ROOT, plan

IQBAL, SRI = "Iqbal Mantali", "Sri Wahyuni Botutihe"
WHY = "Bobot hasil kerja utama belum 60"
#: how wide, in which language, with scripts or without
LOOKS = [(360, "id", False), (1280, "en", True)]


@dataclass
class House:
    """The shipped annual cycle, served: two plans with the manager, one sent back before, one year running."""

    engine: Engine
    address: str
    clock: HandClock

    def person(self, name: str) -> Any:
        return next(one for one in self.engine.chart.segments if one.name.startswith(name))

    def year(self, name: str) -> str:
        """The year of somebody itself, not one of its quarters."""
        found = self.engine.cases(subject=self.person(name).key)
        return next(one.id for one in found if not one.parent)

    def fire(self, name: str, trigger: str, by: str, reason: str = "", **forms: Any) -> None:
        actor = Actor(person=self.person(by).key)
        self.engine.fire(self.year(name), trigger, actor=actor, forms=forms, reason=reason)

    def sit(self, chromium: Any, who: str, look: tuple[int, str, bool]) -> Any:
        """Somebody at a device."""
        width, language, script = look
        number = self.person(who).person_id
        page = window(chromium, self.address, number, width=width, language=language, script=script)
        page.set_default_timeout(20_000)
        return page


def shipped_agency(place: Path, days: int = 0) -> Path:
    """The agency as it stands on its first day, or so many days later; made once and copied for each test."""
    file = place / "siklus.db"
    clock = HandClock()
    engine = set_up(str(file), clock, definition="workflows/asn-tahunan", people=TWO_UNITS)
    for name in ("asn-triwulan", "asn-bulanan", "asn-perbaikan", "unit-tahunan"):
        files = (f"{name}.yaml", f"{name}.texts.yaml")
        told = ((ROOT / "workflows" / one).read_text(encoding="utf-8") for one in files)
        engine.publish(*told, name=files[0], texts_name=files[1], actor=NOBODY)
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    house = House(engine=engine, address="", clock=clock)
    for name in (STAFF, IQBAL, SRI):
        house.fire(name, "submit", name, plan=plan(60, 40))
    house.fire(IQBAL, "send_back", MANAGER, reason=WHY)
    house.fire(STAFF, "pass", MANAGER)
    house.fire(STAFF, "agree", RATER, dialogue={"agreed": "sudah dibahas"})
    house.fire(STAFF, "refuse", STAFF, reason="belum sepakat")
    house.fire(STAFF, "set", MANAGER, plan=plan(60, 40))
    if days:
        Travel(engine, clock).ride(clock.now() + days * DAY)
    engine.database.close()
    return file


@contextmanager
def opened(shipped: Path, place: Path, days: int = 0) -> Iterator[House]:
    """A copy of it, served, as late as it was made."""
    for part in shipped.parent.iterdir():
        shutil.copy(part, place / part.name)
    clock = HandClock()
    clock.instant += days * DAY
    engine = Engine(Database(str(place / shipped.name)), clock)
    with served(create_app(engine, demo=Travel(engine, clock), settings=Settings())) as address:
        yield House(engine=engine, address=address, clock=clock)
    engine.database.close()
