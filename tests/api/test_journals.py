"""Journals on the web: written, checked and released by page and program, answered from outside without signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from api.app import create_app
from api.pages.journal_entries import Comment, shown_entry
from api.pages.words import Words
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


@pytest.mark.parametrize(("op", "mark"), [("confirmed", "confirmed"), ("asked", "more was asked for")])
def test_a_comment_of_whoever_looked_stands_on_the_entry(writing: Office, op: str, mark: str) -> None:
    """Its author and who wrote it read it there, with a name and a time; others who read the entry do not."""
    own, rater, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    writing.browser(own).post(address, data={"op": "write", "work.what": "lima kunjungan", "key": "k1"})
    look = {"op": op, "number-1": "1", "note": "Sebut <b>alamatnya", "key": "k2"}
    assert 303 == writing.browser(rater).post(address, data=look).status_code

    for name in (own, rater):
        page = writing.browser(name).get(address).text
        assert mark in page
        assert f"Comment by {rater}, 2 Mar" in unescape(page)
        assert "<blockquote>Sebut &lt;b&gt;alamatnya</blockquote>" in page
    view = writing.engine.case(case, writing.key_of(rater))
    (entry,) = view.journals[0].pages
    said = {entry.marked: Comment(head="", text="alamatnya", told=False)}
    read = {
        who: shown_entry(view, view.journals[0], entry, Words("en"), said, who)
        for who in ("", "p-9", entry.author)
    }
    assert {"": "", "p-9": "", entry.author: "alamatnya"} == {who: one.comment for who, one in read.items()}


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
    own, rater, desk, case = people(writing)
    page = writing.browser(desk).post(f"/cases/{case}/journals/views", data={"op": "link"}).text
    found = re.search(r"(/p/[A-Za-z0-9_-]{22})", page)
    assert found is not None
    visitor = writing.stranger(headers={"Sec-Fetch-Site": "same-origin"})
    asked = visitor.get(found[1]).text
    assert "Nama Anda tidak ditanyakan" in asked
    assert "Pengelola kepegawaian membaca setiap jawaban" in asked
    assert "Yang bertanya adalah instansi tempat" in asked
    assert re.search(rf"Yang dapat membaca jawaban: [^.]*{re.escape(own)}[^.]*pemeriksa", unescape(asked))
    assert "Tulisan Anda sendiri dapat mengungkap siapa Anda" in asked
    assert 422 == visitor.post(found[1], data={"view.says": "tanpa pilihan"}).status_code

    sent = visitor.post(found[1], data={"view.friendly": "friendly", "view.says": "cepat"})

    assert 200 == sent.status_code
    assert re.search(r"tanda terima: <code[^>]*>[0-9a-f]{16}<", sent.text)
    again = visitor.post(found[1], data={"view.friendly": "friendly"})
    assert "sudah ada jawaban" in again.text
    held = writing.program(desk).get(f"/api/v1/cases/{case}/journals").json()
    assert [[1]] == [one["releases"] for one in held if one["journal"]["name"] == "views"]
    assert "cepat" not in writing.browser(rater).get(f"/cases/{case}").text
    assert 404 == visitor.get("/p/nothing").status_code


SAVING = {"accept": "application/json"}


def test_an_entry_that_is_not_sent_is_saved_and_waits_on_every_device(writing: Office) -> None:
    """With the day it is about; nobody reads it, and it is a draft no more once it is sent."""
    own, rater, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    fields = {"work.what": "setengah jadi", "about": "2026-02-27", "unsent": "0", "by": writing.key_of(own)}
    phone, desk = writing.browser(own), writing.browser(own)
    saved = phone.post(address, data={**fields, "op": "save"}, headers=SAVING)
    elsewhere = desk.get(address).text
    read = writing.browser(rater).get(address).text
    sent = desk.post(address, data={**fields, "unsent": "1", "op": "write", "key": "k1"})

    assert {"told": "Saved 08:00 WITA, not sent.", "version": 1} == saved.json() | {
        "told": re.sub(r"[0-9]{2}:[0-9]{2} WI[A-Z]+", "08:00 WITA", saved.json()["told"])
    }
    assert ">\nsetengah jadi</textarea>" in elsewhere or 'value="setengah jadi"' in elsewhere
    assert 'value="2026-02-27"' in elsewhere
    assert "not sent." in elsewhere
    assert "setengah jadi" not in read
    assert 303 == sent.status_code
    assert {} == writing.engine.unsent.of(case, writing.key_of(own))


def test_two_devices_with_an_entry_each_lose_neither(writing: Office) -> None:
    """Neither is written over, nor sent over the other: both stand on the page and one is chosen."""
    own, _, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    phone, desk = writing.browser(own), writing.browser(own)
    begun = {"unsent": "0", "by": writing.key_of(own)}
    desk.post(address, data={**begun, "work.what": "dari meja", "op": "save"})
    script = phone.post(address, data={**begun, "work.what": "dari ponsel", "op": "save"}, headers=SAVING)
    both = phone.post(address, data={**begun, "work.what": "dari ponsel", "op": "write", "key": "k1"})
    taken = phone.post(address, data={**begun, "work.what": "dari ponsel", "op": "take"}).text
    gone = phone.post(address, data={**begun, "op": "discard"})

    assert (409, 409) == (script.status_code, both.status_code)
    assert "also saved elsewhere" in script.json()["told"]
    assert "There are two texts for this form." in both.text
    assert "dari meja" in both.text
    assert "dari ponsel" in both.text
    assert "dari meja" in taken[taken.index('name="work.what"') :].partition("</p>")[0]
    assert 303 == gone.status_code
    assert {} == writing.engine.unsent.of(case, writing.key_of(own))


def test_an_entry_that_is_refused_is_saved(writing: Office) -> None:
    """A tab that is closed on the way to mending it loses nothing."""
    own, _, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    client = writing.browser(own)
    refused = client.post(address, data={"op": "write", "work.what": "lupa", "about": "2026-01-05"})

    assert 422 == refused.status_code
    assert "lupa" in client.get(address).text


def test_a_session_that_is_over_keeps_an_entry(writing: Office) -> None:
    """It comes back as it was to whoever typed it, and to nobody else."""
    own, rater, _, case = people(writing)
    writing.engine.keys.make()
    address = f"/cases/{case}/journals/daily"
    fields = {"work.what": "belum terkirim", "about": "2026-02-27", "op": "write", "by": writing.key_of(own)}
    held = writing.stranger(headers={"Sec-Fetch-Site": "same-origin"}).post(address, data=fields)
    kept = dict(re.findall(r'<input type="hidden" name="(by|held)" value="([^"]*)">', held.text))
    other = writing.browser(rater).post(address, data=kept)
    back = writing.browser(own).post(address, data=kept)

    assert (401, 200) == (held.status_code, back.status_code)
    assert "belum terkirim" not in held.text
    assert "belum terkirim" not in other.text
    assert "belum terkirim" in back.text
    assert 'value="2026-02-27"' in back.text
    assert 0 == writing.engine.case(case, None).case.seq - 1


def test_no_draft_is_kept_for_whoever_may_not_write(writing: Office) -> None:
    """The rater reads the daily log and writes in it nothing; a stranger does not come there."""
    _, rater, _, case = people(writing)
    address = f"/cases/{case}/journals/daily"
    writing.browser(rater).post(address, data={"op": "save", "work.what": "titipan"})

    assert {} == writing.engine.unsent.of(case, writing.key_of(rater))


def test_the_form_says_about_which_days_one_may_still_write(writing: Office) -> None:
    """On Monday the five working days before are open; what has no time for lateness is about today."""
    own, _, _, case = people(writing)
    client = writing.browser(own)
    daily = client.get(f"/cases/{case}/journals/daily").text
    weekly = client.get(f"/cases/{case}/journals/weekly").text

    assert "Left empty: today, Monday 2 March 2026." in daily
    assert "Today you can still write about the days since Monday 23 February 2026." in daily
    assert "One entry for each working day." in daily
    assert 'min="2026-02-23" max="2026-03-02"' in daily
    assert "An entry is about today, Monday 2 March 2026, only." in weekly
    assert 'name="about"' not in weekly


def test_whoever_holds_a_link_declines_in_one_tap_and_may_answer_after_all(writing: Office) -> None:
    """Nothing is kept of it; the code of the link is shown to be scanned; no page of it is large."""
    _, _, desk, case = people(writing)
    made = writing.browser(desk).post(f"/cases/{case}/journals/views", data={"op": "link"}).text
    found = re.search(r"(/p/[A-Za-z0-9_-]{22})", made)
    assert found is not None
    visitor = writing.stranger(headers={"Sec-Fetch-Site": "same-origin"})
    asked = visitor.get(found[1])
    declined = visitor.post(found[1], data={"op": "decline"})
    after_all = visitor.get(found[1])
    style = visitor.get("/static/siklus.css").content
    answered = visitor.post(found[1], data={"view.friendly": "friendly"})
    late = visitor.post(found[1], data={"op": "decline"})

    assert 'class="code-picture"' in made
    assert "2 pertanyaan, tanpa akun" in asked.text
    assert "Tidak ada apa pun yang disimpan" in declined.text
    assert "Kirim jawaban" in after_all.text
    assert "jawaban Anda tersimpan" in answered.text
    assert "sudah ada jawaban" in late.text
    assert "<script" not in asked.text
    assert 100_000 > len(asked.content) + len(style)


def test_only_the_desk_makes_links(writing: Office) -> None:
    """By program too; the link is told once."""
    own, _, desk, case = people(writing)
    address = f"/api/v1/cases/{case}/journals/views/link"

    assert 403 == writing.program(own).post(address).status_code
    assert writing.program(desk).post(address).json()["path"].startswith("/p/")
