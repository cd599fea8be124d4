"""No page asks the database once for every row: a long list costs it as many questions as a short one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from benchmarks.cohort import PLAN, HandClock, launched
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Travel
from tests.clients import Client

FEW, MANY = 5, 40
DESK, HEAD = "p-hr", "p-sub"
#: every page that is a list, and whose page it is
LISTS = (
    ("/", HEAD), ("/messages", HEAD), ("/cases", DESK), ("/cases?only=open", HEAD), ("/people", DESK),
    ("/cycles", DESK), ("/promises", DESK), ("/delegations", HEAD), ("/calendars", DESK),
    ("/definitions", DESK), ("/outages", DESK), ("/handover", HEAD), (f"/handover?person={HEAD}", DESK),
)  # fmt: skip


class Seats:
    """An agency of so many employees, whose plans all wait for one head, with an ear on the database."""

    def __init__(self, url: str, size: int) -> None:
        cohort = launched(url, size)
        for case_id, subject in cohort.subjects.items():
            cohort.engine.fire(case_id, "submit", actor=Actor(person=subject), forms={"plan": PLAN})
            cohort.engine.fire(case_id, "pass", actor=Actor(person=DESK))
        cohort.engine.database.close()
        self.asked: list[str] = []
        clock = HandClock(
            cohort.clock.instant + 3_600_000_000
        )  # what waits for an act to be taken back is told by then
        self.engine = Engine(Database(url, failpoint=self.asked.append), clock)
        self.engine.fire_due()
        self.first = cohort.ids[0]
        self.subject = self.engine.chart.person(cohort.subjects[self.first]).person_id
        self._app = create_app(self.engine, demo=Travel(self.engine, clock), settings=Settings())  # type: ignore[arg-type]

    def get(self, path: str, who: str) -> Any:
        client = Client(self._app, base_url="http://127.0.0.1:8000", follow_redirects=False)
        client.cookies.set("persona", who)
        return client.get(path)

    def statements(self, path: str, who: str) -> int:
        """How many statements a page takes that was opened before."""
        assert 200 == self.get(path, who).status_code, path
        self.asked.clear()
        self.get(path, who)
        return len(self.asked)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    """Few rows on every list."""
    seats = Seats(str(tmp_path_factory.mktemp("few") / "a.db"), FEW)
    yield seats
    seats.engine.database.close()


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    """Eight times as many."""
    seats = Seats(str(tmp_path_factory.mktemp("many") / "a.db"), MANY)
    yield seats
    seats.engine.database.close()


@pytest.mark.parametrize(("path", "who"), LISTS)
def test_a_long_list_asks_no_more_than_a_short_one(short: Seats, long: Seats, path: str, who: str) -> None:
    """The same number of statements, and not many."""
    few, many = short.statements(path, who), long.statements(path, who)

    assert few == many
    assert many <= 60


@pytest.mark.parametrize("path", ["/cases/{case}", "/year"])
def test_a_case_and_a_year_ask_no_more_where_there_are_many(short: Seats, long: Seats, path: str) -> None:
    """Nor do their pages grow with the agency."""
    few, many = (
        one.statements(path.format(case=one.first), DESK if "case" in path else one.subject)
        for one in (short, long)
    )

    assert few == many
    assert many <= 60


def test_the_ear_hears(long: Seats) -> None:
    """The head's list has all the tasks, and more than one statement is counted."""
    assert MANY == long.get("/?all=1", HEAD).text.count('<li class="card task')
    assert MANY <= long.get("/messages", HEAD).text.count("/cases/c-")
    assert 3 < long.statements("/", HEAD)
