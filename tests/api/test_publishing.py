"""Rules brought into force by page and by program: one proposes, another approves."""

from __future__ import annotations

import pytest

from tests.api.conftest import STAFF
from tests.worlds import ROOT

HR, OTHER = "Zulkifli", "Marlina"
SMALL = {
    key: (ROOT / f"tests/definitions/small{end}").read_text(encoding="utf-8")
    for key, end in (("rules", ".yaml"), ("texts", ".texts.yaml"))
}
API = "/api/v1/definitions"


@pytest.fixture
def proposed(office) -> str:
    """The digest of a proposal by the personnel desk."""
    told = office.program(HR).post(API, json={**SMALL, "reason": "percobaan"})
    assert 201 == told.status_code, told.text
    return told.json()["digest"]


def test_a_program_proposes_and_another_persons_approves(office, proposed) -> None:
    """The list tells what became of it, and who said what."""
    done = office.program(OTHER).post(
        f"{API}/{proposed}/approve", json={"reason": "dibahas", "effective": "2025-12-01"}
    )
    listed = {one["workflow"]: one for one in office.program(STAFF).get(API).json()}

    assert (200, "published") == (done.status_code, done.json()["status"])
    assert ("published", "2025-12-01", False) == (
        listed["small"]["status"], listed["small"]["effective"], listed["small"]["demo"],
    )  # fmt: skip
    assert [("proposed", "percobaan"), ("published", "dibahas")] == [
        (one["kind"], one["reason"]) for one in listed["small"]["said"]
    ]
    assert listed["asn-tahunan"]["demo"]


@pytest.mark.parametrize(("who", "status"), [(HR, 403), (STAFF, 403)])
def test_neither_the_author_nor_a_stranger_approves(office, proposed, who, status) -> None:
    """A problem document says who can."""
    told = office.program(who).post(
        f"{API}/{proposed}/approve", json={"reason": "x", "effective": "2025-12-01"}
    )

    assert (status, "not_yours") == (told.status_code, told.json()["code"])


def test_a_wrong_definition_comes_back_with_all_its_problems(office) -> None:
    """As `siklus check` tells them."""
    rules = SMALL["rules"].replace("to: checking", "to: cheking")
    told = office.program(HR).post(API, json={**SMALL, "rules": rules, "reason": "x"})

    assert (422, "definition_invalid") == (told.status_code, told.json()["code"])
    texts = [one["text"] for one in told.json()["problems"]]
    assert any("there is no state or choice 'cheking'" in one["en"] for one in texts)
    assert any("tidak ada keadaan atau percabangan 'cheking'" in one["id"] for one in texts)


def test_rules_with_an_agencys_own_numbers_say_whose(office) -> None:
    """On the pages and for programs, in force as when proposed."""
    override = "overrides: small@1\nagency: Dinas <Uji>\nsettings: {drafting_time: 7 working days}\n"
    told = office.program(HR).post(API, json={**SMALL, "override": override, "reason": "percobaan"}).json()
    reader = office.browser(OTHER)

    assert "Dinas <Uji>" == told["agency"]
    for address in ("/definitions", f"/definitions/{told['digest']}"):
        assert "With the numbers of Dinas &lt;Uji&gt;" in reader.get(address).text
    office.program(OTHER).post(
        f"{API}/{told['digest']}/approve", json={"reason": "dibahas", "effective": "2025-12-01"}
    )
    listed = {one["workflow"]: one["agency"] for one in office.program(STAFF).get(API).json()}
    assert ("Dinas <Uji>", "") == (listed["small"], listed["asn-tahunan"])


def test_the_page_offers_approval_to_whoever_may_give_it(office, proposed) -> None:
    """Not to the author, not to an employee; both may read the rules and where they stand."""
    address = f"/definitions/{proposed}"
    offered = {
        who: "Approve and bring into force" in office.browser(who).get(address).text
        for who in (HR, OTHER, STAFF)
    }
    listed = office.browser(STAFF).get("/definitions").text

    assert {HR: False, OTHER: True, STAFF: False} == offered
    assert "Proposed" in listed
    assert "percobaan" in listed


def test_a_proposal_is_approved_on_its_page(office, proposed) -> None:
    """Without a reason or a day the page says what is missing and keeps what was typed."""
    address, browser = f"/definitions/{proposed}", office.browser(OTHER, "id")
    missing = browser.post(f"{address}/approve", data={"effective": "2025-12-01", "reason": " "})
    no_day = browser.post(f"{address}/approve", data={"effective": "besok", "reason": "dibahas"})
    done = browser.post(f"{address}/approve", data={"effective": "2025-12-01", "reason": "dibahas"})
    after = browser.get(done.headers["location"]).text

    assert (422, 422, 303) == (missing.status_code, no_day.status_code, done.status_code)
    assert "Alasan wajib diisi" in missing.text
    assert 'value="2025-12-01"' in missing.text
    assert "Isi tanggal mulai berlaku" in no_day.text
    assert "Aturan ini disetujui" in after
    assert "Tarik usulan ini" not in after


def test_a_proposal_is_taken_back_on_its_page(office, proposed) -> None:
    """Its author may do that too."""
    browser = office.browser(HR)
    done = browser.post(f"/definitions/{proposed}/withdraw", data={"reason": "salah tanggal"})
    after = browser.get(done.headers["location"]).text

    assert "The proposal was taken back" in after
    assert "salah tanggal" in after
    assert 404 == browser.get(f"/definitions/{proposed}").status_code
    assert 404 == browser.post(f"/definitions/{proposed}/burn", data={}).status_code
