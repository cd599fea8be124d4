"""Corrections of closed cases as people and programs meet them: the act, the page that says so, the API, the mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from tests.api.conftest import Office, Travel
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.runtime.test_linked import publish

NAME = "Fadli Hunowu"
WHY = "Capaian triwulan empat belum dihitung"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An agency where somebody was rated, on 2 February 2026."""
    clock = HandClock()
    clock.put(date(2026, 2, 2))
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/linked/rated")
    publish(engine, "correction")
    engine.launch("rated", opens=date(2026, 2, 2), actor=NOBODY)
    travel = Travel(engine, clock)
    told = Office(
        engine=engine, clock=clock, travel=travel, app=create_app(engine, demo=travel, settings=Settings())
    )
    case = engine.case(whole(told), None).case
    assert case.task is not None
    engine.fire(case.id, "rate", actor=Actor(person=case.task.holder), forms={"rating": {"points": 30}})
    yield told
    engine.database.close()


def whole(office: Office) -> str:
    """The id of the closed case."""
    return next(one.id for one in office.engine.cases(subject=office.key_of(NAME)) if not one.parent)


def correct(office: Office) -> str:
    """The id of the correction, asked for on 2 February and decided on 9 March."""
    actor = Actor(person=office.key_of(NAME))
    office.engine.fire(whole(office), "correction", actor=actor, reason=WHY)
    case = next(one for one in office.engine.cases(subject=office.key_of(NAME)) if one.parent)
    assert case.task is not None
    office.clock.put(date(2026, 2, 9))
    holder = Actor(person=case.task.holder)
    office.engine.fire(case.id, "correct", actor=holder, forms={"rating": {"points": 95}})
    return case.id


@pytest.mark.parametrize(
    ("language", "button"),
    [("en", "Open: correction of the rating"), ("id", "Buka: koreksi penilaian")],
)
def test_the_page_of_a_closed_case_offers_its_correction_to_whom_the_definition_lets(
    office: Office, language: str, button: str
) -> None:
    rater = office.engine.chart.superior(office.key_of(NAME), date(2026, 2, 2))
    assert rater is not None

    assert button in office.browser(NAME, language).get(f"/cases/{whole(office)}").text
    assert button not in office.browser(rater.name, language).get(f"/cases/{whole(office)}").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("On 9 February 2026 this result was superseded by that of", "because:")),
        ("id", ("Hasil kasus ini digantikan pada 9 Februari 2026 oleh hasil", "karena:")),
    ],
)
def test_the_page_of_the_closed_case_says_by_what_since_when_and_why(
    office: Office, language: str, words: tuple[str, ...]
) -> None:
    by = correct(office)
    page = office.browser(NAME, language).get(f"/cases/{whole(office)}").text

    assert [] == [one for one in (*words, WHY, f'href="/cases/{by}"') if one not in page]


def test_who_may_not_read_what_was_corrected_is_not_told_why(office: Office) -> None:
    """The rater may open the page; the reason was given to those who decide."""
    correct(office)
    rater = office.engine.chart.superior(office.key_of(NAME), date(2026, 2, 2))
    assert rater is not None
    page = office.browser(rater.name, "en").get(f"/cases/{whole(office)}").text

    assert "this result was superseded by that of" in page
    assert WHY not in page


def test_the_api_tells_what_superseded_a_result(office: Office) -> None:
    by = correct(office)
    told = office.program(NAME).get(f"/api/v1/cases/{whole(office)}").json()

    assert [(by, "correction")] == [(one["case"], one["link"]) for one in told["superseded_by"]]
    assert {"points": 30} == {"points": told["contents"]["rating"]["points"]}


def test_the_subject_is_told_that_the_result_was_corrected(office: Office) -> None:
    """In the list of messages, in words."""
    correct(office)
    page = office.browser(NAME, "en").get("/messages").text

    assert "Result corrected: Rating disclosed" in page
