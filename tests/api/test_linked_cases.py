"""Linked cases on the page and in the API: where each stands, and what the history says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Office, Travel
from tests.runtime.conftest import NOBODY, HandClock, set_up

FIRST = date(2026, 1, 5)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An agency whose quarters are worked on in two tracks."""
    clock = HandClock()
    clock.put(FIRST)
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/linked/tracked")
    engine.launch("tracked", opens=FIRST, actor=NOBODY)
    travel = Travel(engine, clock)
    yield Office(
        engine=engine, clock=clock, travel=travel, app=create_app(engine, demo=travel, settings=Settings())
    )
    engine.database.close()


def whole(office: Office, name: str = "Fadli Hunowu") -> str:
    """The id of somebody's case itself, not of one of its tracks."""
    return next(one.id for one in office.engine.cases(subject=office.key_of(name)) if not one.parent)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Linked cases", "the behaviour track", "Rater marks behaviour", "Employee enters results")),
        ("id", ("Kasus terkait", "jalur perilaku", "Penilai menilai perilaku", "Pegawai mengisi hasil")),
    ],
)
def test_the_page_of_a_case_leads_to_those_that_hang_together_with_it(
    office: Office, language: str, words: tuple[str, ...]
) -> None:
    page = office.browser("Fadli Hunowu", language).get(f"/cases/{whole(office)}").text
    assert [] == [one for one in words if one not in page]


def test_a_track_has_a_page_of_its_own_that_leads_back(office: Office) -> None:
    own = whole(office)
    track = next(one.case for one in office.engine.case(own, None).linked if one.link == "results")
    assert track is not None
    page = office.browser("Fadli Hunowu").get(f"/cases/{track.id}").text
    assert "Employee enters results" in page
    assert f'href="/cases/{own}"' in page


def test_the_people_list_names_a_case_once_and_not_its_tracks(office: Office) -> None:
    """Tracks are found from their case."""
    desk = next(one for one in office.engine.chart.segments if "desk:personnel" in one.duties)
    page = office.browser(desk.name).get("/people").text
    tracks = [one.id for one in office.engine.cases(limit=1_000) if one.parent]

    assert 1 == page.count(f'href="/cases/{whole(office)}"')
    assert tracks
    assert [] == [one for one in tracks if one in page]


def test_the_api_tells_linked_cases_with_where_they_stand(office: Office) -> None:
    told = office.program("Fadli Hunowu").get(f"/api/v1/cases/{whole(office)}").json()["linked"]
    assert [("behaviour", "rater_marks", "opened"), ("results", "employee_enters", "opened")] == [
        (one["link"], one["state"]["name"], one["outcome"]) for one in told
    ]


def test_the_history_tells_what_was_opened_and_what_was_heard(office: Office) -> None:
    own = whole(office)
    for one in office.engine.case(own, None).linked:
        assert one.case is not None
        assert one.case.task is not None
        forms = {
            "behaviour": {"marks": {"service": "high"}},
            "results": {"results": {"items": [{"title": "Pelayanan", "weight": 100}]}},
        }[one.link]
        act = "mark" if one.link == "behaviour" else "enter"
        office.engine.fire(one.case.id, act, actor=Actor(person=one.case.task.holder), forms=forms)
    page = office.browser("Fadli Hunowu").get(f"/cases/{own}").text
    for sentence in (
        "opened the behaviour track and the results track",
        "recorded that the behaviour track are all closed",
        "Both tracks are closed",
    ):
        assert sentence in page


def test_a_database_is_verified_with_its_tracks(office: Office, tmp_path: Path) -> None:
    with Database(str(tmp_path / "siklus.db")) as database:
        assert [] == Engine(database, office.clock).verify()
