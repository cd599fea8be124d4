"""People are shown before they are imported, by page and by program; the last import can be taken back."""

from __future__ import annotations

import re

from tests.api.conftest import MANAGER, RATER, STAFF
from tests.runtime.people_files import another_post, people_with

HR = "Zulkifli"
API = "/api/v1/people"
AWAY = {"berhalangan_mulai": "2025-11-20", "berhalangan_selesai": "2026-02-01"}


def changed(office, name: str, cells) -> bytes:
    return people_with(office.engine.chart, {office.key_of(name): cells})


def waiting(office) -> str:
    """A case on the rater's table."""
    case = office.planned()
    office.fire("pass", MANAGER)
    return case


def test_a_program_sees_whose_tasks_go_to_whom_and_then_imports_that(office) -> None:
    """Nothing is kept by looking; an import names the chart it was previewed against."""
    case = waiting(office)
    file = changed(office, RATER, AWAY).decode()
    told = office.program(HR).post(f"{API}/preview", json={"file": file}).json()
    mine = next(one for one in told["affected"] if one["case_id"] == case)
    stale = office.program(HR).post(f"{API}/import", json={"file": file, "before": "chart:old"})
    done = office.program(HR).post(f"{API}/import", json={"file": file, "before": told["before"]})
    holder = office.program(HR).get(f"/api/v1/cases/{case}").json()["holder"]
    back = office.program(HR).post(f"{API}/undo", json={"reason": "berkas lama"})

    assert [RATER] == [one["before"]["name"] for one in mine["passing"]]
    assert (409, 201, 200) == (stale.status_code, done.status_code, back.status_code)
    assert mine["passing"][0]["to"] == holder
    assert RATER == office.program(HR).get(f"/api/v1/cases/{case}").json()["holder"]["name"]


def test_a_page_shows_the_file_and_imports_it_as_shown(office) -> None:
    """In words; and then takes it back."""
    case = waiting(office)
    cells = another_post(office.engine.chart, office.key_of(STAFF))
    browser = office.browser(HR)
    shown = browser.post("/people/preview", files={"file": ("p.csv", changed(office, STAFF, cells))})
    fields = dict(re.findall(r'<input type="hidden" name="(file|before)" value="([^"]*)">', shown.text))
    done = browser.post("/people/import", data=fields)
    again = browser.post("/people/import", data=fields)
    undone = browser.post("/people/undo", data={"reason": "keliru"})

    assert f"{STAFF} moves from" in shown.text or "moves from" in shown.text
    assert "noted: the employee moves" in shown.text
    assert f"/cases/{case}" in shown.text
    assert (303, "/people?done=imported") == (done.status_code, done.headers["location"])
    assert 409 == again.status_code
    assert 409 == undone.status_code
    assert "what is noted stays" in undone.text


def test_a_wrong_file_is_told_row_by_row(office) -> None:
    """And nothing changes; nobody but the personnel desk may look."""
    browser = office.browser(HR, "id")
    wrong = browser.post("/people/preview", files={"file": ("p.csv", b"nip,nama\n1,A\n")})
    empty = browser.post("/people/preview", files={})

    assert [422, 422] == [wrong.status_code, empty.status_code]
    assert "tidak ada yang berubah" in wrong.text
    assert 403 == office.browser(STAFF).get("/people/import").status_code
    assert 403 == office.program(STAFF).post(f"{API}/preview", json={"file": "x"}).status_code


def test_a_handover_sheet_is_a_page_and_a_document(office) -> None:
    """One's own, and for the personnel desk anybody's; nobody else's."""
    case = waiting(office)
    page = office.browser(RATER, "id").get("/handover").text
    by_desk = office.browser(HR).get(f"/handover?person={office.id_of(RATER)}")
    told = office.program(RATER).get(f"{API}/{office.id_of(RATER)}/handover").json()

    office.wait(6)
    late = [office.browser(RATER, one).get("/handover").text for one in ("id", "en")]

    assert "sampai 4 Desember 2025 (3 hari kerja lagi)" in page
    assert "sampai 4 Desember 2025 (terlambat 3 hari kerja)" in late[0]
    assert "by 4 December 2025 (3 working days late)" in late[1]
    assert f"Serah terima kepada {RATER}" in page
    assert "“" not in page
    assert {"/delegations", "/handover"} <= set(re.findall(r'<li><a href="([^"]+)"', page))
    assert STAFF in page
    assert f"{STAFF}</a><br><small>Siklus kinerja ASN tahunan, 2026</small>" in page
    assert f"/cases/{case}" in page
    assert 200 == by_desk.status_code
    assert [case] == [one["case_id"] for one in told["cases"] if one["mine"]]
    assert 403 == office.browser(STAFF).get(f"/handover?person={office.id_of(RATER)}").status_code
