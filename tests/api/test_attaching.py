"""Files on the web: sent with an act by program and by page, kept when the case returns, downloaded by its readers."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.attaching import LARGEST_BODY, LARGEST_WITH_FILES
from api.settings import Settings
from engine.core.attachments import LARGEST_FILE, digest_of
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Office, Travel, hidden
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.worlds import ordinary

MONDAY = date(2026, 3, 2)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"
DESK, OUTSIDER = "Zulkifli Ibura", "Hesti Karim Nento"


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose reports have files, made once and copied for each test."""
    place = tmp_path_factory.mktemp("filed") / "siklus.db"
    clock = HandClock()
    engine = set_up(str(place), clock, definition="tests/definitions/files")
    clock.put(MONDAY)
    engine.launch("filed", opens=MONDAY, year=2026, actor=NOBODY)
    engine.database.close()
    return place


@pytest.fixture
def office(launched: Path, tmp_path: Path) -> Iterator[Office]:
    """The application on a copy of it."""
    for part in launched.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    clock = HandClock()
    clock.put(MONDAY)
    engine = Engine(Database(str(tmp_path / launched.name)), clock)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    yield Office(engine=engine, clock=clock, travel=travel, app=app)
    engine.database.close()


@pytest.fixture
def people(office: Office) -> tuple[str, str, str]:
    """The names of an employee and their rater, and the case."""
    chart = office.engine.chart
    own = ordinary(chart)
    above = chart.superior(own.key, MONDAY)
    assert above is not None
    return own.name, above.name, office.case_of(own.name)


def sent(name: str, data: bytes, **told: str) -> dict[str, str]:
    """A file as a program sends it."""
    return {"name": name, "data": base64.b64encode(data).decode(), **told}


def report(*proof: dict[str, str], **values: Any) -> dict[str, Any]:
    """A report with this proof."""
    return {"forms": {"report": {"achieved": "selesai", "proof": list(proof), **values}}}


def send(office: Office, own: str, case: str, *proof: dict[str, str], **values: Any) -> Any:
    return office.program(own).post(f"/api/v1/cases/{case}/acts/send", json=report(*proof, **values))


def test_a_program_sends_files_and_their_readers_download_them(office: Office, people: Any) -> None:
    """In lists too. What is told of one is its name, kind, size and hash; it is downloaded, never shown."""
    own, rater, case = people
    part = {"what": "foto", "proof": [sent("b.txt", b"dua", media_type="text/plain")]}

    assert 200 == send(office, own, case, sent("../Bukti “kerja”.pdf", PDF), parts=[part]).status_code
    told = office.program(rater).get(f"/api/v1/cases/{case}").json()["contents"]["report"]
    assert [
        {
            "name": "Bukti “kerja”.pdf",
            "media_type": "application/pdf",
            "size": len(PDF),
            "sha256": digest_of(PDF),
        }
    ] == told["proof"]
    assert "b.txt" == told["parts"][0]["proof"][0]["name"]

    for reader in (own, rater):
        answer = office.program(reader).get(f"/api/v1/cases/{case}/files/{digest_of(PDF)}")
        assert (200, PDF, "application/pdf") == (
            answer.status_code,
            answer.content,
            answer.headers["content-type"],
        )
        assert (
            "attachment; filename=\"Bukti _kerja_.pdf\"; filename*=UTF-8''Bukti%20%E2%80%9Ckerja%E2%80%9D.pdf"
            == answer.headers["content-disposition"]
        )
        assert "nosniff" == answer.headers["x-content-type-options"]
        assert "default-src 'none'; sandbox" == answer.headers["content-security-policy"]
    assert b"dua" == office.program(rater).get(f"/api/v1/cases/{case}/files/{digest_of(b'dua')}").content


def test_nobody_downloads_what_they_may_not_read(office: Office, people: Any) -> None:
    """The personnel desk sees the case, but not the report: for it there is no such file. Others see no case."""
    own, rater, case = people
    send(office, own, case, sent("a.txt", b"satu"))
    office.program(rater).post(f"/api/v1/cases/{case}/acts/return", json={"reason": "lengkapi"})
    address = f"/api/v1/cases/{case}/files/{digest_of(b'satu')}"

    assert 403 == office.program(OUTSIDER).get(address).status_code
    assert 404 == office.program(DESK).get(address).status_code
    assert 404 == office.program(own).get(f"/api/v1/cases/{case}/files/{digest_of(b'dua')}").status_code
    assert 200 == office.program(own).get(address).status_code


def test_a_file_that_is_replaced_is_no_longer_read(office: Office, people: Any) -> None:
    """Only what the form names now is downloaded."""
    own, rater, case = people
    send(office, own, case, sent("a.txt", b"satu"))
    office.program(rater).post(f"/api/v1/cases/{case}/acts/return", json={"reason": "ganti"})

    assert 200 == send(office, own, case, sent("b.txt", b"dua")).status_code
    assert 404 == office.program(rater).get(f"/api/v1/cases/{case}/files/{digest_of(b'satu')}").status_code


def test_a_returned_case_keeps_its_files(office: Office, people: Any) -> None:
    """A program names them by their hash, without data."""
    own, rater, case = people
    send(office, own, case, sent("a.txt", b"satu"))
    office.program(rater).post(f"/api/v1/cases/{case}/acts/return", json={"reason": "tambah"})
    kept = office.program(own).get(f"/api/v1/cases/{case}").json()["contents"]["report"]["proof"][0]

    assert 200 == send(office, own, case, kept, sent("b.txt", b"dua")).status_code
    told = office.program(rater).get(f"/api/v1/cases/{case}").json()["contents"]["report"]["proof"]
    assert ["a.txt", "b.txt"] == [one["name"] for one in told]
    assert b"satu" == office.program(rater).get(f"/api/v1/cases/{case}/files/{kept['sha256']}").content


@pytest.mark.parametrize(
    "wrong",
    [
        sent("a.exe", b"MZ"),
        {"name": "a.txt", "data": "no base64!"},
        {"name": "a.txt", "data": base64.b64encode(b"x").decode(), "media_type": "text/html"},
        {"name": "a.txt", "sha256": "0" * 64},
        {"name": "a.txt"},
        "a.txt",
        sent("a.txt", b""),
    ],
)
def test_what_is_not_taken_is_told_at_its_place(office: Office, people: Any, wrong: Any) -> None:
    """And nothing is kept."""
    own, _, case = people
    answer = send(office, own, case, wrong)

    assert (422, ["report.proof[0]"]) == (
        answer.status_code,
        [one["at"] for one in answer.json()["problems"]],
    )
    assert "writing" == office.engine.case(case, None).case.state


def test_a_repeated_act_with_files_is_done_once(office: Office, people: Any) -> None:
    """The same files are the same request; another file under the same key is not."""
    own, _, case = people
    address, key = f"/api/v1/cases/{case}/acts/send", {"Idempotency-Key": "k1"}
    program = office.program(own)

    assert not program.post(address, json=report(sent("a.txt", b"satu")), headers=key).json()["repeated"]
    assert program.post(address, json=report(sent("a.txt", b"satu")), headers=key).json()["repeated"]
    other = program.post(address, json=report(sent("a.txt", b"dua")), headers=key)
    assert "idempotency_mismatch" == other.json()["code"]


def test_only_acts_that_take_files_may_be_large(office: Office, people: Any) -> None:
    """Ten files' worth fits where files are asked for now, and nowhere else."""
    own, rater, case = people
    large = [sent(f"{number}.txt", bytes([97 + number]) * LARGEST_FILE) for number in range(5)]
    body = {**report(*large), "reason": "x"}

    for person, act in ((rater, "accept"), (own, "nonsense")):
        answer = office.program(person).post(f"/api/v1/cases/{case}/acts/{act}", json=body)
        assert (413, str(LARGEST_BODY)) == (
            answer.status_code,
            re.findall(r"\d{5,}", answer.json()["detail"])[0],
        )
    elsewhere = office.program(own).post(
        f"/api/v1/cases/{case}/steering/remind", json={"note": "x" * 2_000_000}
    )
    assert 413 == elsewhere.status_code
    assert 200 == office.program(own).post(f"/api/v1/cases/{case}/acts/send/preview", json=body).status_code
    assert 200 == office.program(own).post(f"/api/v1/cases/{case}/acts/send", json=body).status_code
    again = office.program(own).post(f"/api/v1/cases/{case}/acts/send", json=body)
    assert 413 == again.status_code, "nothing is asked for any more"


def test_even_an_act_with_files_has_a_limit(office: Office, people: Any) -> None:
    """Also when the body comes in pieces and does not say how large it is."""
    own, _, case = people
    address = f"/api/v1/cases/{case}/acts/send"

    def pieces() -> Iterator[bytes]:
        for _ in range(LARGEST_WITH_FILES // 1_000_000 + 1):
            yield b" " * 1_000_000

    told = office.program(own).post(address, content=b" " * (LARGEST_WITH_FILES + 1))
    untold = office.program(own).post(address, content=pieces(), headers={"content-type": "application/json"})
    assert [413, 413] == [told.status_code, untold.status_code]


def test_files_are_chosen_on_the_page(office: Office, people: Any) -> None:
    """Sent as a browser does, told with their sizes, and offered to be kept when the case returns."""
    own, rater, case = people
    browser = office.browser(own)
    page = browser.get(f"/cases/{case}").text
    assert 'enctype="multipart/form-data"' in page
    assert 'name="report.proof" type="file" multiple accept=".pdf,' in page

    fields = {**hidden(page), "report.achieved": "selesai", "trigger": "send"}
    files = [("report.proof", ("Bukti.pdf", PDF, "application/pdf")), ("report.proof", ("b.txt", b"dua"))]
    assert 303 == browser.post(f"/cases/{case}/acts", data=fields, files=files).status_code

    read = office.browser(rater).get(f"/cases/{case}").text
    assert f'href="/api/v1/cases/{case}/files/{digest_of(PDF)}" download>Bukti.pdf</a>' in read
    assert f"({len(PDF)} B)" in read
    office.program(rater).post(f"/api/v1/cases/{case}/acts/return", json={"reason": "kurang"})

    page = unescape(browser.get(f"/cases/{case}").text)
    keep = f'name="report.proof[{digest_of(PDF)}]" value="Bukti.pdf" checked'
    assert keep in page
    fields = {
        **hidden(page),
        "report.achieved": "selesai",
        "trigger": "send",
        f"report.proof[{digest_of(PDF)}]": "Bukti.pdf",
    }
    nothing = [("report.proof", ("", b""))]
    assert 303 == browser.post(f"/cases/{case}/acts", data=fields, files=nothing).status_code
    told = office.program(rater).get(f"/api/v1/cases/{case}").json()["contents"]["report"]["proof"]
    assert ["Bukti.pdf"] == [one["name"] for one in told]


@pytest.mark.parametrize(
    ("language", "again"), [("en", "Choose them again"), ("id", "Pilih lagi sebelum mengirim")]
)
def test_a_refused_page_says_which_files_to_choose_again(
    office: Office, people: Any, language: str, again: str
) -> None:
    """No page can put a chosen file back: said where the form begins and at the field; what was typed is there."""
    own, _, case = people
    browser = office.browser(own, language)
    fields = {
        **hidden(browser.get(f"/cases/{case}").text),
        "report.achieved": "selesai <b>",
        "trigger": "send",
    }
    files = [("report.proof", ("a.exe", b"MZ")), ("report.proof", ("b.txt", b"dua"))]
    answer = browser.post(f"/cases/{case}/acts", data=fields, files=files)

    page = unescape(answer.text)
    assert 422 == answer.status_code
    assert again in page
    assert re.search(r'<li><a href="#f-report-proof-new">[^<]+: a.exe, b.txt</a></li>', page)
    assert "selesai &lt;b&gt;" in answer.text


def test_a_page_that_adds_a_row_says_which_files_to_choose_again(office: Office, people: Any) -> None:
    """Nothing is wrong yet, but the files are gone all the same; with none chosen nothing is said."""
    own, _, case = people
    browser = office.browser(own)
    fields = {**hidden(browser.get(f"/cases/{case}").text), "op": "add:report.parts"}
    files = [("report.proof", ("b.txt", b"dua"))]

    assert "Choose them again" in browser.post(f"/cases/{case}/acts", data=fields, files=files).text
    assert "Choose them again" not in browser.post(f"/cases/{case}/acts", data=fields).text


def test_a_list_that_may_be_empty_begins_empty(office: Office, people: Any) -> None:
    """Whoever leaves it alone is not told that a row lacks something."""
    own, _, case = people
    browser = office.browser(own)
    fields = {**hidden(browser.get(f"/cases/{case}").text), "report.achieved": "selesai", "trigger": "send"}
    answer = browser.post(f"/cases/{case}/acts", data=fields, files=[("report.proof", ("b.txt", b"dua"))])

    assert [] == [name for name in fields if "parts" in name]
    assert 303 == answer.status_code


def test_who_came_too_late_is_told_which_files_are_not_kept(office: Office, people: Any) -> None:
    """The case went on meanwhile; what was typed is shown, and the files are named."""
    own, _, case = people
    browser = office.browser(own)
    fields = {**hidden(browser.get(f"/cases/{case}").text), "report.achieved": "lagi", "trigger": "send"}
    assert 200 == send(office, own, case, sent("a.txt", b"satu")).status_code
    late = browser.post(f"/cases/{case}/acts", data=fields, files=[("report.proof", ("b.txt", b"dua"))])

    assert 412 == late.status_code
    assert "choose them again if you still need them: b.txt." in unescape(late.text)


def test_an_entry_of_a_journal_has_files_too(office: Office, people: Any) -> None:
    """By program and by page; whoever reads the entry downloads them."""
    own, _, case = people
    values = {"what": "kunjungan", "proof": [sent("a.txt", b"satu")]}
    assert (
        200
        == office.program(own)
        .post(f"/api/v1/cases/{case}/journals/daily", json={"values": values})
        .status_code
    )

    address = f"/cases/{case}/journals/daily"
    browser = office.browser(own)
    key = re.findall(r'name="key" value="([^"]+)"', browser.get(address).text)[0]
    fields = {"op": "write", "work.what": "rapat", "key": key}
    answer = browser.post(address, data=fields, files=[("work.proof", ("b.txt", b"dua"))])
    assert 303 == answer.status_code
    assert all(f"/files/{digest_of(data)}" in browser.get(address).text for data in (b"satu", b"dua"))
    assert b"dua" == browser.get(f"/api/v1/cases/{case}/files/{digest_of(b'dua')}").content
