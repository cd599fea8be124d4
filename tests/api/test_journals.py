"""Journals on the web: written, checked and released by page and program, answered from outside without signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import Office, Travel
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.worlds import on_desk, ordinary

MONDAY = date(2026, 3, 2)


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Office]:
    """An office whose cycle is all journals, on a Monday."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="tests/definitions/journal")
    clock.put(MONDAY)
    engine.launch("journal-cycle", opens=MONDAY, year=2026, actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    yield Office(engine=engine, clock=clock, travel=travel, app=app)
    engine.database.close()


def people(office: Office) -> tuple[str, str, str, str]:
    """The names of an ordinary employee, their rater and a personnel officer, and the case."""
    chart = office.engine.chart
    own = ordinary(chart)
    above = chart.superior(own.key, MONDAY)
    assert above is not None
    desk = chart.person(on_desk("personnel"))
    return own.name, above.name, desk.name, office.case_of(own.name)


def test_an_entry_is_written_and_checked_on_its_page(writing: Office) -> None:
    """The case page leads there; the rater finds what waits and confirms it."""
    own, rater, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    page = writing.browser(own).get(f"/cases/{case}").text
    assert f'href="{address}"' in page

    sent = writing.browser(own).post(
        address, data={"op": "write", "work.what": "lima kunjungan <b>", "key": "k1"}
    )
    assert 303 == sent.status_code
    read = writing.browser(rater)
    assert "For you to check: Daily log" in unescape(read.get("/").text)
    page = read.get(address).text
    assert "lima kunjungan &lt;b&gt;" in page
    assert 'name="number-1"' in page
    assert 303 == read.post(address, data={"op": "confirmed", "number-1": "1", "key": "k2"}).status_code
    assert "confirmed" in writing.browser(own).get(address).text


def test_what_was_typed_stays_when_an_entry_is_refused(writing: Office) -> None:
    """With the day's problem beside its field, in the reader's language."""
    own, _, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    sent = writing.browser(own, "id").post(
        address, data={"op": "write", "work.what": "lupa dicatat", "about": "2026-01-05"}
    )

    assert 422 == sent.status_code
    assert "lupa dicatat" in sent.text
    assert "Batas waktu untuk mencatat hari itu sudah lewat." in sent.text
    wrong = writing.browser(own).post(address, data={"op": "write", "work.what": "x", "about": "kemarin"})
    assert 422 == wrong.status_code


def test_a_program_writes_checks_and_reads(writing: Office) -> None:
    """With numbers and names instead of keys; a stranger to the case is refused."""
    own, rater, desk, case = people(writing)
    base = f"/api/v1/cases/{case}/journals"
    assert 200 == writing.program(own).post(f"{base}/daily", json={"values": {"what": "x"}}).status_code
    assert 200 == writing.program(rater).post(f"{base}/daily/checks", json={"numbers": [1]}).status_code
    assert 200 == writing.program(rater).post(f"{base}/remarks", json={"values": {"says": "y"}}).status_code
    assert 409 == writing.program(desk).post(f"{base}/remarks/releases", json={"numbers": [7]}).status_code
    assert 200 == writing.program(desk).post(f"{base}/remarks/releases", json={"numbers": [1]}).status_code

    told = {one["journal"]["name"]: one for one in writing.program(own).get(base).json()}
    daily = told["daily"]["entries"][0]
    assert ("confirmed", "2026-03-02", own) == (daily["mark"], daily["about"], daily["author"]["name"])
    assert ["y"] == [one["values"]["says"] for one in told["remarks"]["entries"]]
    stranger = next(
        one.name
        for one in writing.engine.chart.people(MONDAY)
        if one.unit != writing.engine.chart.person(writing.key_of(own)).unit
        and not one.external
        and not one.duties
    )
    assert 403 == writing.program(stranger).get(base).status_code
    assert 403 == writing.program(stranger).post(f"{base}/daily", json={"values": {"what": "x"}}).status_code


def test_somebody_from_outside_answers_once_without_signing_in(writing: Office) -> None:
    """The desk makes the link; the page says what anonymous means; the browser answers once."""
    _, rater, desk, case = people(writing)
    page = writing.browser(desk).post(f"/cases/{case}/journals/views", data={"op": "link"}).text
    found = re.search(r"(/p/[A-Za-z0-9_-]{22})", page)
    assert found is not None
    visitor = writing.stranger(headers={"Sec-Fetch-Site": "same-origin"})
    asked = visitor.get(found[1]).text
    assert "Nama Anda tidak ditanyakan" in asked
    assert "Pengelola kepegawaian membaca setiap jawaban" in asked
    assert 422 == visitor.post(found[1], data={"view.says": "tanpa pilihan"}).status_code

    sent = visitor.post(found[1], data={"view.friendly": "friendly", "view.says": "cepat"})

    assert 200 == sent.status_code
    assert re.search(r"tanda terima: [0-9a-f]{16}", sent.text)
    again = visitor.post(found[1], data={"view.friendly": "friendly"})
    assert "sudah ada jawaban" in again.text
    held = writing.program(desk).get(f"/api/v1/cases/{case}/journals").json()
    assert [[1]] == [one["releases"] for one in held if one["journal"]["name"] == "views"]
    assert "cepat" not in writing.browser(rater).get(f"/cases/{case}").text
    assert 404 == visitor.get("/p/nothing").status_code


def test_only_the_desk_makes_links(writing: Office) -> None:
    """By program too; the link is told once."""
    own, _, desk, case = people(writing)
    address = f"/api/v1/cases/{case}/journals/views/link"

    assert 403 == writing.program(own).post(address).status_code
    assert writing.program(desk).post(address).json()["path"].startswith("/p/")
