"""Outages by page and by program: declared, listed and ended by the personnel desk."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.command import Actor
from engine.core.pausing import in_force
from tests.api.conftest import STAFF
from tests.worlds import plan

HR = "Zulkifli"
API = "/api/v1/outages"
WHY = "Server kepegawaian mati."


@pytest.fixture
def planned(office) -> str:
    """A case whose task counts working days; on Friday, 5 December."""
    case_id = office.case_of()
    office.engine.fire(case_id, "submit", actor=Actor(person=office.key_of(STAFF)), forms={"plan": plan(100)})
    office.clock.put(date(2025, 12, 5))
    return case_id


def test_a_program_declares_and_ends_an_outage(office, planned) -> None:
    desk = office.program(HR)
    begun = desk.post(API, json={"first": "2025-12-05", "reason": WHY})
    held = in_force(office.engine.case(planned, None).case)
    ended = desk.post(f"{API}/{begun.json()['id']}/end", json={"reason": "Hidup lagi."})
    listed = desk.get(API).json()

    assert (201, True, WHY) == (begun.status_code, begun.json()["lasts"], begun.json()["reason"])
    assert begun.json()["cases"] > 0
    assert ("outage",) == held
    assert (200, False, "Hidup lagi.") == (
        ended.status_code, ended.json()["lasts"], ended.json()["end_reason"],
    )  # fmt: skip
    assert [ended.json()] == listed
    assert () == in_force(office.engine.case(planned, None).case)


def test_only_the_personnel_desk_sees_and_declares_outages(office, planned) -> None:
    staff = office.program(STAFF)

    assert 403 == staff.get(API).status_code
    assert 403 == staff.post(API, json={"first": "2025-12-05", "reason": WHY}).status_code
    assert 403 == office.browser(STAFF).get("/outages").status_code
    assert "/outages" not in office.browser(STAFF).get("/").text
    assert 'href="/outages"' in office.browser(HR).get("/").text


def test_days_that_do_not_fit_are_refused(office, planned) -> None:
    told = office.program(HR).post(API, json={"first": "2025-12-09", "reason": WHY})

    assert (409, "refused", ["2025-12-05"]) == (
        told.status_code, told.json()["code"], told.json()["allowed"],
    )  # fmt: skip


def test_an_outage_is_declared_and_ended_on_its_page(office, planned) -> None:
    """In both languages; what is wrong is said above the form, which keeps what was typed."""
    desk = office.browser(HR)
    empty = desk.get("/outages").text
    wrong = desk.post("/outages", data={"first": "2025-12-09", "reason": WHY})
    nothing = desk.post("/outages", data={"first": "2025-12-05", "reason": " "})
    begun = desk.post("/outages", data={"unit": "", "first": "2025-12-05", "last": "", "reason": WHY})
    page = desk.get(begun.headers["location"]).text
    twice = desk.post("/outages", data={"first": "2025-12-04", "reason": WHY})
    ended = desk.post("/outages/outage-1/end", data={"reason": "Hidup lagi."})
    after = office.browser(HR, "id").get(ended.headers["location"]).text

    assert "No outage has been recorded." in empty
    assert (422, 422, 422) == (wrong.status_code, nothing.status_code, twice.status_code)
    assert "These days do not fit" in wrong.text
    assert WHY in wrong.text
    assert "A reason is needed" in nothing.text
    assert "still lasts" in page
    assert "stand still" in page
    assert "recorded already" in twice.text
    assert "dihitung lagi" in after
    assert "Gangguan ini selesai" not in after


def test_days_of_an_outage_that_is_over_are_told_in_the_case(office, planned) -> None:
    """On the page of the case: who gave them, of which days, and how the due day came to be."""
    before = office.engine.case(planned, None).case.task.due_on
    office.browser(HR).post("/outages", data={"first": "2025-12-02", "last": "2025-12-03", "reason": WHY})
    after = office.engine.case(planned, None).case.task.due_on
    page = office.browser(HR).get(f"/cases/{planned}").text
    told = office.browser(HR, "id").get(f"/cases/{planned}").text

    assert before < after
    assert "recorded an outage" in page
    assert "mencatat gangguan layanan" in told
