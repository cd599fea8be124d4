"""Personal data and break-glass on the pages and in the API."""

from __future__ import annotations

import io
import json
import logging
import zipfile

import pytest
import structlog

from api import telemetry
from engine.core.assigning import PERSONNEL
from engine.core.privacy.erasing import Scope
from engine.core.privacy.official import Official
from tests.api.conftest import MANAGER, RATER, STAFF, Office
from tests.worlds import plan

SECRET = '=HYPERLINK("http://jahat.example";"Klik")'
WHY = {"reason": "Sesuai permohonan tertulis"}


def desk(office: Office) -> list[str]:
    """The names of those on the personnel desk."""
    return [one.name for one in office.engine.chart.segments if PERSONNEL in one.duties]


def export(office: Office, by: str, **asked: str) -> zipfile.ZipFile:
    """An export, as a program downloads it."""
    answer = office.program(by).get("/api/v1/privacy/export", params=asked)
    assert 200 == answer.status_code, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


def returned(office: Office) -> str:
    """A plan with somebody's words in it was returned with a reason to its author."""
    case = office.planned()
    office.fire("send_back", MANAGER, reason=SECRET)
    return case


def test_a_person_gets_everything_about_themselves(office: Office) -> None:
    """Their chart lines, their case as they see it, what they wrote, letters, and who looked."""
    case = returned(office)
    office.browser(RATER).get(f"/cases/{case}")
    office.engine.privacy.reads.flush()
    with export(office, STAFF) as archive:
        told = json.loads(archive.read("data.json"))
        page = archive.read("index.html").decode()
        names = set(archive.namelist())

    assert {"data.json", "index.html", "chart.csv", "wrote.csv", "looks.csv", "letters.csv"} <= names
    assert office.id_of(STAFF) == told["chart"][0]["person_id"]
    assert case == told["cases"][0]["id"]
    assert ["plan"] == [one["name"] for one in told["wrote"]]
    assert (office.key_of(RATER), case) == (told["looks"][0]["by"], told["looks"][0]["of"])
    assert told["letters"]
    assert plan(60, 40)["results"][0]["title"] in page
    # The manager's reason was told to them, so it is in it; it begins no formula and no tag.
    assert "&#34;Klik&#34;" in page
    assert SECRET not in page


def test_an_export_holds_nothing_that_was_not_disclosed_to_them(office: Office) -> None:
    """The rater's words on the way are theirs until they are disclosed; another's case is another's."""
    case = office.rating_time()
    with export(office, STAFF) as archive:
        shown = {name: json.loads(archive.read("data.json"))[name] for name in ("cases", "wrote")}
    view = office.engine.case(case, office.key_of(STAFF))
    assert set(shown["cases"][0]["contents"]) <= set(view.readable)
    with export(office, RATER) as archive:
        rater = json.loads(archive.read("data.json"))
    assert case not in [one["id"] for one in rater["cases"]]
    assert all(one["case"] != "" for one in rater["wrote"])


def test_the_office_gets_nothing_somebody_wrote_in_cases_of_others(office: Office) -> None:
    """What a rater wrote about others is theirs until it is disclosed; they have it in their own export."""
    returned(office)
    own = {one.id for one in office.engine.cases(subject=office.key_of(MANAGER))}
    with export(office, desk(office)[0], person=office.id_of(MANAGER), **WHY) as archive:
        asked = {one["case"] for one in json.loads(archive.read("data.json"))["wrote"]}
    with export(office, MANAGER) as archive:
        mine = {one["case"] for one in json.loads(archive.read("data.json"))["wrote"]}

    assert asked <= own
    assert mine - own


def test_tables_of_an_export_run_nothing(office: Office) -> None:
    returned(office)
    with export(office, MANAGER) as archive:
        lines = archive.read("wrote.csv").decode("utf-8-sig")
    assert "HYPERLINK" in lines
    assert not any(
        cell.lstrip('"').startswith("=") for line in lines.splitlines() for cell in line.split(",")
    )


def test_the_office_exports_with_a_reason_and_everybody_can_know(office: Office) -> None:
    case = office.planned()
    clerk, number = desk(office)[0], office.id_of(STAFF)
    client = office.program(clerk)
    assert 422 == client.get("/api/v1/privacy/export", params={"person": number}).status_code
    assert 403 == office.program(MANAGER).get(
        "/api/v1/privacy/export", params={"person": number, **WHY}
    ).status_code  # fmt: skip
    export(office, clerk, person=number, **WHY).close()
    office.engine.privacy.reads.flush()
    looks = office.program(STAFF).get("/api/v1/privacy/looks").json()

    assert {office.key_of(clerk)} == {one["by"] for one in looks}
    assert {case, office.key_of(STAFF)} == {one["of"] for one in looks}
    assert [] == office.engine.verify()


def test_who_looked_stands_on_the_page_and_own_looks_do_not(office: Office) -> None:
    case = office.planned()
    for by in (STAFF, MANAGER):
        assert 200 == office.browser(by).get(f"/cases/{case}").status_code
    assert 403 == office.browser(next(iter(strangers(office)))).get(f"/cases/{case}").status_code
    office.engine.privacy.reads.flush()
    page = office.browser(STAFF).get("/privacy").text

    assert [office.key_of(MANAGER)] == [*{one.actor for one in office.engine.privacy.reads.of(case)}]
    assert MANAGER in page
    assert 'href="/privacy"' in page


def strangers(office: Office) -> list[str]:
    """People who have nothing to do with the staff member's case."""
    case = office.case_of()
    return [
        one.name for one in office.engine.chart.segments
        if not one.duties and not one.external
        and not (view := office.engine.case(case, one.key)).roles and one.key != view.case.subject
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_erasure_is_asked_for_decided_and_told_on_the_page(office: Office, language: str) -> None:
    """The person asks, one of the desk decides; a case that runs stands in the way, in words."""
    office.planned()
    clerk = desk(office)[0]
    asked = office.browser(STAFF, language).post("/privacy/erasures", data=WHY)
    assert "/privacy?done=asked" == asked.headers["location"]
    own = office.browser(STAFF, language).get("/privacy").text
    page = office.browser(clerk, language).get("/privacy?done=asked").text
    still = {"id": "masih berjalan", "en": "still runs"}[language]
    assert still in page
    assert "/approve" in page
    assert "/approve" not in own
    refused = office.browser(clerk, language).post("/privacy/erasures/e-1/approve", data=WHY)
    assert (422, True) == (refused.status_code, still in refused.text)
    assert 303 == office.browser(clerk, language).post("/privacy/erasures/e-1/refuse", data=WHY).status_code
    assert "refused" == office.engine.privacy.erasures.known()[0].state
    assert (
        403 == office.browser(MANAGER, language).post("/privacy/erasures/e-1/approve", data=WHY).status_code
    )


def test_who_looked_at_a_case_is_for_its_subject_and_for_auditors(office: Office) -> None:
    """Nobody else asks about another's case, not even who has looked at it."""
    case = office.planned()
    office.browser(MANAGER).get(f"/cases/{case}")
    office.engine.privacy.reads.flush()
    for by, status in ((STAFF, 200), (MANAGER, 403), (desk(office)[0], 403)):
        assert status == office.program(by).get("/api/v1/privacy/looks", params={"case": case}).status_code
    assert 404 == office.program(STAFF).get("/api/v1/privacy/looks", params={"case": "c-0"}).status_code


def test_problems_stand_in_the_log_by_their_code_alone(office: Office) -> None:
    """What was asked for, and what the answer says of it, stays out."""
    lines = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    telemetry.configure("info", lines)
    try:
        hostile = "Siti Aminah 199506102019032023 password=rahasia-77"
        answer = office.program(STAFF).get("/api/v1/cases", params={"limit": hostile})
        assert hostile not in office.browser(STAFF).get(f"/cases/{hostile}").headers
        told = [json.loads(line) for line in lines.getvalue().splitlines()]
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
    assert 422 == answer.status_code
    assert ["request_invalid", "not_found"] == [
        one["code"] for one in told if one["event"] == "request.served"
    ]
    assert not {"Siti", "199506102019032023", "rahasia-77"} & set(lines.getvalue().replace('"', " ").split())
    assert "Siti" not in lines.getvalue()


def test_holds_and_retention_are_for_the_office(office: Office) -> None:
    clerk, other = desk(office)[:2]
    case = office.case_of()
    client = office.program(clerk)
    held = client.post("/api/v1/privacy/holds", json={"of": case, **WHY})
    assert (201, case) == (held.status_code, held.json()["of"])
    assert (
        303
        == office.browser(clerk).post("/privacy/holds", data={"of": office.id_of(STAFF), **WHY}).status_code
    )
    lifted = office.program(other).post(f"/api/v1/privacy/holds/{held.json()['id']}/lift", json=WHY)
    assert lifted.json()["lifted_at"]
    assert [] == client.get("/api/v1/privacy/over").json()
    assert [] == client.post("/api/v1/privacy/over/propose", json=WHY).json()
    for path in ("holds", "over", "erasures"):
        assert 403 == office.program(MANAGER).get(f"/api/v1/privacy/{path}").status_code
    assert 12 == len(office.program(MANAGER).get("/api/v1/privacy/classes").json())
    for language in ("id", "en"):
        assert 200 == office.browser(MANAGER, language).get("/privacy/classes").status_code


def test_break_glass_is_loud_on_every_page(office: Office) -> None:
    """Asked for and approved by two; a banner for who has it, a line on the case for everybody, then nothing."""
    case, (clerk, other) = office.planned(), desk(office)[:2]
    stranger = strangers(office)[0]
    assert 403 == office.browser(stranger).get(f"/cases/{case}").status_code
    form = {"to": office.id_of(stranger), "cases": case, "read": "1", "hours": "2", **WHY}
    assert 403 == office.browser(MANAGER).post("/break-glass", data=form).status_code
    asked = office.browser(clerk).post("/break-glass", data=form)
    assert "/break-glass?done=asked" == asked.headers["location"]
    assert 403 == office.browser(clerk).post("/break-glass/g-1/approve", data=WHY).status_code
    assert 303 == office.browser(other).post("/break-glass/g-1/approve", data=WHY).status_code

    for address in ("/", "/messages", "/privacy", "/break-glass"):
        assert "Break-glass g-1 is open to you" in office.browser(stranger).get(address).text
    assert "Break-glass g-1" not in office.browser(MANAGER).get("/").text
    read = office.browser(stranger).get(f"/cases/{case}")
    assert (200, True) == (read.status_code, plan(60, 40)["results"][0]["title"] in read.text)
    assert ["g-1"] == [*{one.under for one in office.engine.privacy.reads.of(case)}]
    assert case in [one["id"] for one in office.program(stranger).get("/api/v1/cases").json()["cases"]]
    shown = office.browser(STAFF).get(f"/cases/{case}").text
    assert f"opened by break-glass g-1 to {stranger}" in shown
    assert "Akses darurat g-1" in office.browser(STAFF, "id").get("/messages").text
    assert ["g-1"] == [one["id"] for one in office.program(stranger).get("/api/v1/break-glass").json()]
    assert [] == office.program(RATER).get("/api/v1/break-glass").json()
    assert case in office.browser(STAFF).get("/break-glass").text

    office.clock.instant += 2 * 3_600_000_000
    assert "is open to you" not in office.browser(stranger).get("/").text
    assert "opened by break-glass" not in office.browser(STAFF).get(f"/cases/{case}").text
    assert 403 == office.browser(stranger).get(f"/cases/{case}").status_code


def test_break_glass_asked_for_wrongly_is_said_in_words(office: Office) -> None:
    clerk = desk(office)[0]
    form = {"to": office.id_of(RATER), "cases": office.case_of(), "read": "1", "hours": "99", **WHY}
    answer = office.browser(clerk, "id").post("/break-glass", data=form)
    assert 422 == answer.status_code
    assert "1–24 jam" in answer.text
    bad = {"to": office.id_of(RATER), "cases": ["c-1"], "rights": ["own"], "hours": 1, **WHY}
    assert 422 == office.program(clerk).post("/api/v1/break-glass", json=bad).status_code


def test_an_erasure_of_many_tells_each_of_their_own_alone(office: Office) -> None:
    """A batch by retention is in the way of many: whose case is among them is told of no colleague's."""
    case, clerk = office.planned(), desk(office)[0]
    other = next(one.id for one in office.engine.cases(limit=200) if one.id != case and not one.ended)
    scope = Scope(cases=tuple(sorted((case, other))), classes=("forms",))
    officer = Official(account="a-1", roles=frozenset({"privacy"}))
    asked = office.engine.privacy.erasures.ask(scope, "retention", who=officer, reason="Masa simpan lewat")
    own, theirs = office.browser(STAFF).get("/privacy").text, office.browser(clerk).get("/privacy").text

    assert asked.id in own
    assert (True, False) == (case in own, other in own)
    assert (True, True) == (case in theirs, other in theirs)


def test_reasons_beside_no_case_are_asked_for_by_name(office: Office) -> None:
    """By the office, on the page and in the API; anybody else is refused."""
    clerk = desk(office)[0]
    number = office.id_of(STAFF)
    program = office.program(clerk)
    hold = program.post("/api/v1/privacy/holds", json={"of": number, **WHY}).json()["id"]
    wish = {"said": [hold], "ground": "mistake", **WHY}
    assert 403 == office.program(STAFF).post("/api/v1/privacy/erasures", json=wish).status_code
    assert [hold] == program.post("/api/v1/privacy/erasures", json=wish).json()["said"]
    assert 404 == program.post("/api/v1/privacy/erasures", json=wish | {"said": ["h-99"]}).status_code
    page = office.browser(clerk).post("/privacy/erasures", data={"said": hold, **WHY}, follow_redirects=True)

    assert 200 == page.status_code
    assert f"{hold}" in page.text
    assert "is not over" in page.text
