"""The catalogue of trainings: everybody reads which there are, and only who lists people reads who has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.demo_cycles import publish_linked
from api.settings import Settings
from engine.core.command import Actor, AddEntry
from tests.api.conftest import Office, Travel
from tests.api.test_public import main
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.runtime.test_trainings import ABOVE, DESK, PASSED, STAFF, SUPERIOR, people

UNTIL = "2029-01-05"


@pytest.fixture
def trained(tmp_path: Path) -> Iterator[Office]:
    """Only trained raters rate: one is by the people file, the direct superior by a record of today."""
    clock = HandClock()
    place = str(tmp_path / "siklus.db")
    engine = set_up(place, clock, definition="workflows/bukitintan-penilaian", people=people())
    publish_linked(engine, engine.definition(engine.in_force("bukitintan-penilaian").digest))
    clock.put(date(2026, 1, 5))
    engine.launch("bukitintan-penilaian", opens=date(2026, 1, 5), actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    office = Office(engine=engine, clock=clock, travel=travel, app=app)
    entry = AddEntry(journal="trainings", values=PASSED, actor=Actor(person=office.key_of(DESK)))
    engine.obey(office.case_of(SUPERIOR), entry)
    yield office
    engine.database.close()


def personnel(office: Office) -> str:
    """Somebody on the personnel desk."""
    return next(one.name for one in office.engine.chart.segments if "desk:personnel" in one.duties)


def holders(office: Office, name: str) -> list[str]:
    """Who has the training of raters, as far as this person is told."""
    (told,) = office.program(name).get("/api/v1/trainings").json()
    return [one["person"]["name"] for one in told["holders"]]


def test_the_personnel_desk_reads_who_has_a_training_and_until_when(trained: Office) -> None:
    """By the people file for good, by a record for as long as the rules say."""
    (told,) = trained.program(personnel(trained)).get("/api/v1/trainings").json()
    found = {one["person"]["name"]: (one["first"], one["last"]) for one in told["holders"]}

    assert (None, None) == found[ABOVE]
    assert ("2026-01-05", UNTIL) == found[SUPERIOR]
    assert STAFF not in found


def test_others_read_of_themselves_alone(trained: Office) -> None:
    assert [SUPERIOR] == holders(trained, SUPERIOR)
    assert [] == holders(trained, STAFF)


def test_everybody_reads_what_gives_a_training_and_what_it_lets_its_holder_do(trained: Office) -> None:
    (told,) = trained.program(STAFF).get("/api/v1/trainings").json()
    (given,) = told["given_by"]

    assert "penilai" == told["name"]
    assert "“Course” is “Rating objectively and fairly” and “Result” is “Passed”" == given["when"]["en"]
    assert "3 years" == given["lasts"]["en"]
    assert ["bukitintan-penilaian@1"] * 2 == [one["definition"] for one in told["needed_by"]]


def test_the_page_is_in_the_menu_and_names_no_other_person(trained: Office) -> None:
    """In both languages; the desk reads everybody there."""
    mine = main(trained.browser(STAFF).get("/trainings"))
    desks = main(trained.browser(personnel(trained), "id").get("/trainings"))

    assert 'href="/trainings"' in trained.browser(STAFF).get("/").text
    assert "You do not have it" in mine
    assert SUPERIOR not in mine
    assert f"{SUPERIOR} (sejak 5 Januari 2026, sampai 5 Januari 2029)" in desks
    assert ABOVE in desks
