"""What a case's page and the API show of other cases: only what those publish, only while the task is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.case import Case
from engine.core.chart import Person
from engine.core.command import Actor
from engine.runtime import Rules
from tests.api.conftest import Office, Travel
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.runtime.test_linked import LINKED, publish
from tests.worlds import ordinary

FIRST = date(2026, 1, 5)
PLAN = {"goals": [{"title": "Pelayanan cepat", "weight": 100}]}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An agency whose year was launched, with the plan of somebody's superior sent."""
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/linked/annual")
    publish(engine, "quarter", "improvement", "unit-year")
    engine.launch("annual", opens=FIRST, actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    office = Office(engine=engine, clock=clock, travel=travel, app=app)
    above = rater(office)
    own = case_of(office, above)
    engine.fire(own.id, "submit", actor=Actor(person=above.key), forms={"plan": PLAN})
    yield office
    engine.database.close()


def employee(office: Office) -> Person:
    return ordinary(office.engine.chart)


def rater(office: Office) -> Person:
    above = office.engine.chart.superior(employee(office).key, FIRST)
    assert above is not None
    return above


def case_of(office: Office, person: Person, cycle: str = "annual-2026") -> Case:
    return next(one for one in office.engine.cases(subject=person.key) if one.cycle.startswith(cycle))


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("From other cases", "Goals")), ("id", ("Dari kasus lain", "Sasaran"))]
)
def test_whoever_writes_their_plan_sees_the_goals_of_their_superior(
    office: Office, language: str, words: tuple[str, ...]
) -> None:
    page = (
        office.browser(employee(office).name, language)
        .get(f"/cases/{case_of(office, employee(office)).id}")
        .text
    )
    assert "Pelayanan cepat" in page
    assert [] == [one for one in words if one not in page]


def test_nobody_else_sees_them_and_they_are_gone_when_the_task_is(office: Office) -> None:
    own, case = employee(office), case_of(office, employee(office))
    address = f"/cases/{case.id}"
    assert "Pelayanan cepat" not in office.browser(rater(office).name).get(address).text
    office.engine.fire(
        case.id,
        "submit",
        actor=Actor(person=own.key),
        forms={"plan": {"goals": []} | {"goals": [{"title": "Arsip", "weight": 100}]}},
    )
    assert "Pelayanan cepat" not in office.browser(own.name).get(address).text


def test_the_api_tells_the_same_by_path(office: Office) -> None:
    told = office.program(employee(office).name).get(f"/api/v1/cases/{case_of(office, employee(office)).id}")
    assert {"superior.plan.goals": PLAN["goals"]} == told.json()["reads"]


def test_whoever_rates_sees_what_the_quarters_say(office: Office) -> None:
    own, above = employee(office), rater(office)
    office.engine.fire(case_of(office, own).id, "submit", actor=Actor(person=own.key), forms={"plan": PLAN})
    for day in (date(2026, 2, 2), date(2026, 4, 1)):
        office.clock.put(day)
        office.engine.fire_due()
    quarter = case_of(office, own, "quarter-2026-q1")
    office.engine.fire(
        quarter.id, "send", actor=Actor(person=own.key), forms={"report": {"achieved": "antrean singkat"}}
    )
    office.clock.put(date(2027, 1, 21))
    office.engine.fire_due()
    case = case_of(office, own)
    assert "rating_due" == case.state
    page = office.browser(above.name).get(f"/cases/{case.id}").text
    assert "antrean singkat" in page
    told = office.program(above.name).get(f"/api/v1/cases/{case.id}").json()
    assert {"report": {"achieved": "antrean singkat"}} in [one["published"] for one in told["linked"]]
    assert "antrean singkat" not in office.browser(own.name).get(f"/cases/{case.id}").text


def test_the_personnel_desk_is_told_why_a_case_could_not_be_opened_yet(tmp_path: Path) -> None:
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/linked/annual")
    publish(engine, "quarter", "unit-year")
    author, approver = [one for one in engine.chart.people(FIRST) if "desk:personnel" in one.duties][:2]
    rules, texts = (
        (LINKED / f"improvement{end}").read_text(encoding="utf-8") for end in (".yaml", ".texts.yaml")
    )
    given = Rules(rules=rules, texts=texts, name="improvement.yaml", texts_name="improvement.texts.yaml")
    engine.propose(given, actor=Actor(person=author.key), reason="dibahas")
    later = date(2026, 6, 1)
    engine.approve("improvement@1", actor=Actor(person=approver.key), reason="disetujui", effective=later)
    engine.launch("annual", opens=FIRST, actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    office = Office(engine=engine, clock=clock, travel=travel, app=app)
    own, above = employee(office), rater(office)
    engine.fire(case_of(office, own).id, "submit", actor=Actor(person=own.key), forms={"plan": PLAN})
    clock.put(date(2026, 2, 2))
    engine.fire_due()
    case = case_of(office, own)
    engine.fire(case.id, "improve", actor=Actor(person=above.key), reason="perlu")
    assert case.id in dict(engine.fire_due().failed)

    address = f"/cases/{case.id}"
    assert "cannot be opened: its rules are not in force yet" in office.browser(author.name).get(address).text
    assert (
        "belum dapat dibuka: aturannya belum berlaku" in office.browser(author.name, "id").get(address).text
    )
    assert "performance improvement: to be opened" in office.browser(above.name).get(address).text
    clock.put(later)
    engine.fire_due()
    assert "cannot be opened" not in office.browser(author.name).get(address).text
    assert 1 == sum(one.link == "improvement" for one in engine.cases(subject=own.key))
    engine.database.close()
