"""An agency on either engine with the smallest definition, and cases in it that are over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest

from engine.core.assigning import PERSONNEL
from engine.core.command import Actor
from engine.core.privacy.official import Official
from engine.runtime import Engine
from engine.store import Database
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, OPENING, HandClock, agency, place, set_up

__all__ = ["agency", "place"]

#: words nobody would write by chance: two people's plans, and the reason of an exemption
GOAL, OTHER, WHY = "Sasaran-Zirkon-4711", "Sasaran-Topaz-0815", "Alasan-Beril-1234"


@dataclass
class Bureau:
    """The agency with its data protection: two of the desk, somebody whose case is over, somebody whose case runs."""

    url: str
    clock: HandClock
    engine: Engine
    desk: Official
    second: Official
    person: str
    running: str

    @property
    def erasures(self):
        return self.engine.privacy.erasures

    @property
    def holds(self):
        return self.engine.privacy.holds

    def case_of(self, person: str) -> str:
        return self.engine.cases(subject=person)[0].id

    def erased(self, scope, ground="request", asker=None):
        """An erasure, asked for by the desk and approved by another of it."""
        asked = self.erasures.ask(scope, ground, who=asker or self.desk, reason="Sesuai permohonan")
        return self.erasures.approve(asked.id, who=self.second, reason="Diperiksa")


@pytest.fixture
def bureau(place: str) -> Iterator[Bureau]:
    """Two people have written plans; one was exempted, and so is over."""
    clock = HandClock()

    def fill(to: str) -> None:
        engine = set_up(to, clock, definition="tests/definitions/small")
        engine.launch("small", opens=OPENING, actor=NOBODY)
        _write(engine, *people_of(engine)[1:])
        engine.database.close()

    furnish(place, "two people of the smallest year", fill)
    engine = Engine(Database(place), clock, clock)
    desk, person, running = people_of(engine)
    yield Bureau(
        url=place, clock=clock, engine=engine, desk=Official(person=desk[0]), second=Official(person=desk[1]),
        person=person, running=running,
    )  # fmt: skip
    engine.database.close()


def people_of(engine: Engine) -> tuple[list[str], str, str]:
    """Two of the desk, and two of the ordinary staff."""
    chart = engine.chart
    desk = [one.key for one in chart.segments if PERSONNEL in one.duties][:2]
    staff = [one.subject for one in engine.cases(limit=1000) if one.subject not in desk]
    person, running = next(
        (one, other) for one, other in pairwise(staff) if serves_no_desk(chart, one, other)
    )
    return desk, person, running


def _write(engine: Engine, person: str, running: str) -> None:
    """Both write a plan, and the first is exempted."""
    for who, goal in ((person, GOAL), (running, OTHER)):
        case = engine.cases(subject=who)[0].id
        plan = {"plan": {"goals": [{"title": goal, "weight": 100}]}}
        engine.fire(case, "submit", actor=Actor(person=who), forms=plan, key=f"k-{who}")
    desk = people_of(engine)[0]
    engine.fire(engine.cases(subject=person)[0].id, "exempt", actor=Actor(person=desk[0]), reason=WHY)


def serves_no_desk(chart, *people: str) -> bool:
    """Whether these are ordinary staff: no duties, nobody below them."""
    found = [chart.history(one)[-1] for one in people]
    superiors = {one.superior for one in chart.segments}
    return all(not one.duties and one.person_id not in superiors for one in found)


def years_later(bureau: Bureau, years: int) -> None:
    bureau.clock.put(date(2025 + years, 12, 1))


def another(bureau: Bureau) -> Database:
    return Database(bureau.url)
