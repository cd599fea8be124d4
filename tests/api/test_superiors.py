"""This is not my superior: on the page and in the API, from the subject to the desk's answer."""

from __future__ import annotations

import csv
import io

import pytest

from notifications.composing import headline
from tests.api.conftest import RATER, STAFF, Office
from tests.api.test_pages import read
from tests.worlds import ROOT

WHY = "sejak Januari saya di bidang lain"


def holder(office: Office) -> str:
    """Who of the desk was asked."""
    asked = office.engine.case(office.case_of(), None).case.questioned
    assert asked is not None
    return office.engine.chart.person(asked.task.holder).name


def meant(office: Office) -> str:
    """The number of somebody the subject may mean."""
    page = office.browser(STAFF).get(f"/cases/{office.case_of()}").text
    return page.partition('name="meant"')[2].partition('value="')[2].partition('value="')[2].partition('"')[0]


def ask(office: Office, **more: str) -> None:
    data = {"reason": WHY, **more}
    done = office.browser(STAFF).post(f"/cases/{office.case_of()}/superior", data=data)
    assert 303 == done.status_code


def corrected(office: Office, number: str) -> str:
    """The people as they are known, with another superior for the staff member."""
    data = (ROOT / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(data)))
    for row in rows:
        if row["nip"] == office.id_of(STAFF):
            row["atasan"] = number
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("language", "word"), [("en", "This is not my superior"), ("id", "Ini bukan atasan saya")]
)
def test_only_the_subject_is_offered_to_say_whose_superior_is_not_theirs(
    office: Office, language: str, word: str
) -> None:
    page = f"/cases/{office.case_of()}"
    assert word in read(office.browser(STAFF, language=language).get(page).text)
    assert word not in read(office.browser(RATER, language=language).get(page).text)


def test_the_subject_asks_and_the_desk_says_why_the_record_is_right(office: Office) -> None:
    case = office.case_of()
    staff = office.browser(STAFF)
    empty = staff.post(f"/cases/{case}/superior", data={"reason": " ", "meant": meant(office)})
    assert 400 <= empty.status_code < 500
    assert "This is not my superior" in read(empty.text)
    ask(office, meant=meant(office))
    who = holder(office)
    desk = office.browser(who)

    after = read(staff.get(f"/cases/{case}?done=superior-asked").text)
    assert "You will be told the answer." in after
    assert "is not their superior. They say it is" in after
    assert f"To be answered by {who}" in after
    assert WHY in after
    assert "Send the answer" not in after
    assert WHY not in read(office.browser(RATER).get(f"/cases/{case}").text)
    assert f"Check who the superior of {STAFF} is" in read(desk.get("/").text)
    told = read(desk.get(f"/cases/{case}").text)
    assert WHY in told
    assert "still name the same superior" in told

    early = desk.post(f"/cases/{case}/superior/answer", data={"outcome": "corrected", "reason": "sudah"})
    assert 409 == early.status_code
    assert "import the corrected people first" in read(early.text)
    done = desk.post(f"/cases/{case}/superior/answer", data={"outcome": "right", "reason": "SK 12 berlaku"})
    assert 303 == done.status_code
    answered = read(staff.get(f"/cases/{case}").text)
    assert "the record of the superior is right" in answered
    assert "SK 12 berlaku" in answered
    assert "Answer about your superior" in read(staff.get("/messages").text)
    assert "Check who the superior" not in read(desk.get("/").text)


def test_a_corrected_chart_takes_the_work_along_and_then_the_answer_may_say_so(
    office: Office,
) -> None:
    case, number = office.case_of(), meant(office)
    office.program(STAFF).post(f"/api/v1/cases/{case}/superior", json={"reason": WHY, "meant": number})
    who = holder(office)
    program = office.program(who)
    asked = program.get(f"/api/v1/cases/{case}").json()["questioned"]
    assert number == asked["meant"]["person_id"]
    assert "superior" == asked["task"]["kind"]
    assert asked["task"]["due_on"]
    letter = next(one for one in office.engine.messages(office.key_of(who)) if one.kind == "superior")
    view = office.engine.case(case, None)
    line = headline(letter, view.definition, view.case, view.scene.calendar, view.scene.chart, "en")
    assert line.startswith(f"Check who the superior of {STAFF}")

    path = f"/api/v1/cases/{case}/superior/answer"
    assert 403 == office.program(STAFF).post(path, json={"outcome": "right", "reason": "ya"}).status_code
    answer = {"outcome": "corrected", "reason": "sudah dibetulkan"}
    assert 409 == program.post(path, json=answer).status_code
    brought = program.post("/api/v1/people/import", json={"file": corrected(office, number)})
    assert 201 == brought.status_code, brought.text
    assert "The people on record have changed" in read(office.browser(who).get(f"/cases/{case}").text)
    assert 200 == program.post(path, json=answer).status_code
    assert program.get(f"/api/v1/cases/{case}").json()["questioned"] is None
    history = program.get(f"/api/v1/cases/{case}/history").json()
    assert "superior_answered" in str(history)
