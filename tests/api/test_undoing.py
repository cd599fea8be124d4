"""Taking back what was just done: over the API, on the page, and on the command line's own terms."""

from __future__ import annotations

import re

import pytest

from engine.core.audit import stamp
from engine.core.command import Actor, Remind
from tests.api.conftest import MANAGER, STAFF
from tests.worlds import plan

MINUTE = 60_000_000


@pytest.fixture
def case(office) -> str:
    """A plan that was handed in a moment ago."""
    return office.planned()


def test_the_api_says_what_may_be_taken_back_until_when(office, case) -> None:
    """To whoever did it, and to nobody else; the next holder is told that it may still happen."""
    own = office.program(STAFF).get(f"/api/v1/cases/{case}").json()
    other = office.program(MANAGER).get(f"/api/v1/cases/{case}").json()

    until = office.clock.instant + 15 * MINUTE
    assert ("employee_drafts.submit", stamp(until)) == (own["undo"]["act"], own["undo"]["until"])
    assert (
        "You may take “Submit the plan” back until 08:15 WITA, as long as nobody has acted."
        == (own["undo"]["text"]["en"])
    )
    assert (
        "“Ajukan SKP” dapat Anda tarik kembali sampai pukul 08.15 WITA, selama belum ada yang bertindak."
        == (own["undo"]["text"]["id"])
    )
    assert other["undo"] is None
    assert f"{STAFF} may take “Submit the plan” back until 08:15 WITA" in other["told"]["now"]["en"]


def test_the_api_takes_it_back(office, case) -> None:
    """One entry; the case is with its subject again, in the visit it was in."""
    answer = office.program(STAFF).post(f"/api/v1/cases/{case}/undo", json={"reason": "salah berkas"})

    assert 200 == answer.status_code
    assert (["undone"], "employee_drafts", 1) == (
        [one["kind"] for one in answer.json()["entries"]],
        answer.json()["case"]["state"]["name"],
        answer.json()["case"]["visit"],
    )
    again = office.program(STAFF).post(f"/api/v1/cases/{case}/undo")
    assert (409, "nothing_to_undo") == (again.status_code, again.json()["code"])


def test_a_refusal_says_who_acted_and_when(office, case) -> None:
    """The desk reminded the next holder a minute later."""
    office.clock.instant += MINUTE
    office.engine.obey(case, _reminder(office))

    answer = office.program(STAFF).post(f"/api/v1/cases/{case}/undo")

    assert (409, "acted_since") == (answer.status_code, answer.json()["code"])
    assert answer.json()["detail"].endswith(
        "Zulkifli Ibura has acted since (Monday 1 December 2025, 08:01 WITA)"
    )


def test_others_are_refused(office, case) -> None:
    """The holder of the next task and a stranger alike."""
    answer = office.program(MANAGER).post(f"/api/v1/cases/{case}/undo")

    assert (403, "wrong_person") == (answer.status_code, answer.json()["code"])
    assert "manager_checks" == office.engine.case(case, None).case.state


@pytest.mark.parametrize(("language", "button"), [("en", "Take it back"), ("id", "Tarik kembali")])
def test_the_page_has_one_line_and_one_button(office, case, language, button) -> None:
    """Pressed, the form stands there again with all that was written."""
    browser = office.browser(STAFF, language)
    page = browser.get(f"/cases/{case}").text
    assert 1 == page.count(button)
    assert button not in office.browser(MANAGER, language).get(f"/cases/{case}").text

    fields = dict(re.findall(r'name="(visit|key)" value="([^"]*)"', page.partition('class="undo"')[2]))
    answer = browser.post(f"/cases/{case}/undo", data=fields)
    assert 303 == answer.status_code
    after = browser.get(answer.headers["location"].partition("#")[0]).text

    assert button not in after
    assert 'role="status"' in after
    assert plan(60, 40)["behaviour"] in after
    assert 'value="60"' in after


def test_the_page_says_why_it_is_over(office, case) -> None:
    """Who was quicker, on the page as it stands by now."""
    office.engine.obey(case, _reminder(office))

    answer = office.browser(STAFF, "id").post(f"/cases/{case}/undo", data={"visit": "2"})

    assert 409 == answer.status_code
    assert "Zulkifli Ibura sudah bertindak" in answer.text


def test_the_history_tells_it_in_words(office, case) -> None:
    """Both what was done and that it was taken back."""
    office.program(STAFF).post(f"/api/v1/cases/{case}/undo")

    page = office.browser(STAFF, "id").get(f"/cases/{case}").text

    assert f"{STAFF} memilih “Ajukan SKP”" in page
    assert f"{STAFF} menarik kembali “Ajukan SKP”" in page


def _reminder(office) -> Remind:
    return Remind(actor=Actor(person=office.key_of("Zulkifli Ibura")), note="mohon diperiksa")
