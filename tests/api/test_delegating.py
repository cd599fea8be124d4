"""Delegating by page and by program: who may, what the inbox shows, and what the log and the mail say."""

from __future__ import annotations

import pytest

from tests.api.conftest import MANAGER, RATER, STAFF

API = "/api/v1/delegations"
HR, COLLEAGUE = "Zulkifli", "Yusuf"
DAYS = {"first": "2025-12-01", "last": "2025-12-19"}


def colleague(office) -> str:
    """The name of somebody who may take the rater's work."""
    found = office.program(RATER).get(f"{API}/candidates", params=DAYS).json()
    return next(one["person"]["name"] for one in found if one["why_not"] is None and one["covered"])


@pytest.fixture
def waiting(office) -> str:
    """A case on the rater's table in December."""
    case = office.planned()
    office.fire("pass", MANAGER)
    return case


def give(office, taker: str, **more: object):
    body = {"taker": office.id_of(taker), **DAYS, "reason": "cuti tahunan", **more}
    return office.program(RATER).post(API, json=body)


def test_a_program_delegates_and_the_taker_acts_in_the_givers_name(office, waiting) -> None:
    """The taker's tasks say for whom; the history tells both."""
    taker = colleague(office)
    made = give(office, taker)
    tasks = office.program(taker).get(f"/api/v1/people/{office.id_of(taker)}/tasks").json()
    done = office.program(taker).post(f"/api/v1/cases/{waiting}/acts/agree", json={})
    entry = done.json()["entries"][-1]["body"]

    assert 201 == made.status_code, made.text
    assert [office.id_of(RATER)] == [
        one["behalf"]["person_id"] for one in tasks if one["case"]["id"] == waiting
    ]
    assert (office.key_of(taker), office.key_of(RATER)) == (
        entry["actor"]["person"],
        entry["actor"]["behalf"],
    )


def test_the_inbox_and_the_case_say_for_whom(office, waiting) -> None:
    """In both languages, with the day on which it ends."""
    taker = colleague(office)
    give(office, taker)
    inbox = office.browser(taker).get("/").text
    page = office.browser(taker, "id").get(f"/cases/{waiting}").text
    givers = office.browser(RATER).get(f"/cases/{waiting}").text

    assert f"for {RATER}" in inbox
    assert "on their behalf until" in inbox
    assert "atas namanya" in page
    assert "May act on their behalf" in givers
    assert taker in givers


def test_the_history_tells_both_names(office, waiting) -> None:
    """As in `Budi atas nama Yusuf`."""
    taker = colleague(office)
    give(office, taker)
    office.program(taker).post(f"/api/v1/cases/{waiting}/acts/agree", json={})
    page = office.browser(RATER, "id").get(f"/cases/{waiting}").text

    assert f"{taker} atas nama {RATER}" in page


def test_a_page_delegates_and_ends_it(office, waiting) -> None:
    """A form without script: who can take it, what stays, who cannot and why."""
    browser = office.browser(RATER)
    taker = colleague(office)
    page = browser.get("/delegations").text
    sent = {"from": "2025-12-01", "to": "2025-12-19", "taker": office.id_of(taker), "waiting": "1"}
    refused = browser.post("/delegations", data={**sent, "reason": " "})
    done = browser.post("/delegations", data={**sent, "reason": "cuti"})
    listed = browser.get("/delegations?done=given").text
    name = office.engine.delegating.known()[0].id
    ended = browser.post(f"/delegations/{name}/end", data={"reason": "sudah kembali"})

    assert taker in page
    assert "With the" in page
    assert 422 == refused.status_code
    assert (303, "/delegations?done=given#main") == (done.status_code, done.headers["location"])
    assert "in force" in listed
    assert "cuti" in listed
    assert 303 == ended.status_code
    assert office.engine.delegating.known()[0].ended_at


def test_a_page_says_what_is_wrong_and_keeps_what_was_typed(office, waiting) -> None:
    """Nobody chosen, days that are none, the giver as taker."""
    browser = office.browser(RATER)
    sent = {"from": "2025-12-01", "to": "2025-12-19", "reason": "karena dinas luar"}
    nobody = browser.post("/delegations", data=sent)
    no_day = browser.post("/delegations", data={**sent, "to": "", "taker": office.id_of(STAFF)})
    oneself = browser.post("/delegations", data={**sent, "taker": office.id_of(RATER)})

    assert [422, 422, 409] == [one.status_code for one in (nobody, no_day, oneself)]
    assert "Choose who takes it." in nobody.text
    assert "karena dinas luar" in no_day.text
    assert "somebody other than the giver" in oneself.text


def test_the_personnel_desk_delegates_for_somebody_who_cannot(office, waiting) -> None:
    """Everybody else does not, and does not see what others delegated."""
    taker = colleague(office)
    body = {"taker": office.id_of(taker), "giver": office.id_of(RATER), **DAYS, "reason": "sakit"}
    by_desk = office.program(HR).post(API, json=body)
    by_staff = office.program(STAFF).post(API, json=body)

    assert (201, 403) == (by_desk.status_code, by_staff.status_code)
    assert [] == office.program(STAFF).get(API).json()
    assert 1 == len(office.program(HR).get(API).json())
    assert 200 == office.browser(HR).get(f"/delegations?giver={office.id_of(RATER)}").status_code
    assert 403 == office.browser(STAFF).get(f"/delegations?giver={office.id_of(RATER)}").status_code


def test_who_the_case_is_about_is_told_why_they_cannot(office, waiting) -> None:
    """The act is refused in words, as the candidates' list said."""
    give(office, STAFF)
    told = office.program(STAFF).post(f"/api/v1/cases/{waiting}/acts/agree", json={})

    assert (403, "wrong_person") == (told.status_code, told.json()["code"])
    assert "own case" in told.text


def test_what_was_delegated_is_told_in_messages(office, waiting) -> None:
    """To the taker and the personnel desk, with a page to look at."""
    taker = colleague(office)
    give(office, taker)
    page = office.browser(taker, "id").get("/messages").text
    told = office.program(taker).get(f"/api/v1/people/{office.id_of(taker)}/messages").json()

    assert f"{RATER} melimpahkan pekerjaannya kepada {taker}" in page
    assert "/delegations" in page
    assert office.id_of(RATER) == told[0]["data"]["giver"]
