"""One text, wherever it is met: `siklus tasks` and `siklus case` say what the API says, word for word."""

from __future__ import annotations

from datetime import date

import pytest

from api.app import create_app
from api.demo_clock import DemoClock, Travel
from api.settings import Settings
from engine.runtime import Engine
from engine.store import Database
from tests.cli.conftest import DESK, EMPLOYEE, RATER, Siklus
from tests.clients import Client
from tests.worlds import HOUR, ZONE, calendar

LATE = date(2026, 1, 8)


@pytest.fixture
def late(demo: str) -> str:
    """The demo when nobody wrote a plan and no superior's is waited for: the raters have been asked to step in."""
    database = Database(demo)
    clock = DemoClock(database)
    Travel(Engine(database, clock), clock).go(calendar().start_of(LATE, ZONE) + 8 * HOUR)
    database.close()
    return demo


def served(demo: str, person: str, path: str) -> list[dict[str, object]]:
    """What the API answers to a person, at the instant at which commands look."""
    database = Database(demo)
    clock = DemoClock(database)
    engine = Engine(database, clock)
    app = create_app(engine, demo=Travel(engine, clock), settings=Settings())
    client = Client(app, base_url="http://127.0.0.1:8000")
    answer = client.get(path, headers={"X-Siklus-Persona": person})
    database.close()
    assert 200 == answer.status_code, answer.text
    return answer.json()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("person", [EMPLOYEE, RATER])
def test_tasks_say_what_the_api_says(siklus: Siklus, late: str, person: str, language: str) -> None:
    """A plan that is late, for its writer; the delays of others, for whoever was asked to step in."""
    rows = served(late, person, f"/api/v1/people/{person}/tasks")
    told = siklus.json("tasks", person, "--lang", language, "--database", late)["tasks"]
    text = siklus("tasks", person, "--lang", language, "--database", late).stdout

    assert [] != rows
    assert [row["id"] for row in rows] == [one["id"] for one in told]
    for row, one in zip(rows, told, strict=True):
        served_told = row["told"]
        for part, said in one["told"].items():
            lines = said if isinstance(said, list) else [said] if said else []
            other = served_told[part]  # type: ignore[index]
            others = other if isinstance(other, list) else [other] if other else []
            assert lines == [each[language] for each in others], part
            assert [] == [line for line in lines if line not in text]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_case_says_what_the_api_says_to_somebody_else(
    siklus: Siklus, late: str, case_of: object, language: str
) -> None:
    """What is coming, who was asked to step in and when, and what happened lately: to the desk by name."""
    case = case_of(EMPLOYEE)  # type: ignore[operator]
    told = served(late, DESK, f"/api/v1/cases/{case}")["told"]  # type: ignore[call-overload]
    shown = siklus.json("case", case, "--lang", language, "--database", late)
    text = siklus("case", case, "--lang", language, "--database", late).stdout

    for part in ("if_nobody_acts", "raised", "lately"):
        assert [] != shown[part]
        assert [one[language] for one in told[part]] == shown[part]
        assert [] == [one for one in shown[part] if one not in text]
    assert told["due"][language] in text
