"""Forms that lose nothing, without scripts: saved and not sent, two devices, a session that is over."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from engine.store import unsent
from tests.api.conftest import STAFF, Office, hidden, typed_plan

SAVING = {"accept": "application/json"}


def form_of(page: str) -> dict[str, str]:
    return hidden(page, "own:plan")


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def typed(office: Office, browser: Any, *weights: int, **more: str) -> dict[str, str]:
    """What a browser would send from the case page that is open now."""
    page = browser.get(f"/cases/{office.case_of()}").text
    return form_of(page) | typed_plan(*weights) | more


def send(office: Office, browser: Any, fields: dict[str, str], **kwargs: Any) -> Any:
    return browser.post(f"/cases/{office.case_of()}/acts", data=fields, **kwargs)


def test_a_draft_is_saved_and_says_that_it_is_not_sent(office: Office) -> None:
    """Also in another browser of the same person, and nobody has been sent anything."""
    browser = office.browser(STAFF)
    saved = send(office, browser, typed(office, browser, 60, 40, op="save"))
    elsewhere = office.browser(STAFF).get(f"/cases/{office.case_of()}").text

    assert 200 == saved.status_code
    assert "Saved 08:00 WITA, not sent." in text_of(saved.text)
    assert "Saved 08:00 WITA, not sent." in text_of(elsewhere)
    assert 'value="Hasil 1"' in elsewhere
    assert 1 == len(office.engine.history(office.case_of()))


def test_a_script_saves_and_is_told_when(office: Office) -> None:
    """The second saving goes on from the first."""
    browser = office.browser(STAFF, "id")
    fields = typed(office, browser, 60, op="save")
    first = send(office, browser, fields, headers=SAVING)
    second = send(office, browser, {**fields, "unsent": "1", "plan.behaviour": "sopan"}, headers=SAVING)

    assert {"told": "Tersimpan 08.00 WITA, belum dikirim.", "version": 1} == first.json()
    assert 2 == second.json()["version"]


def test_two_devices_show_both_texts_and_lose_neither(office: Office) -> None:
    """The later one is not written over the earlier; the person sees both, and saves the one they want."""
    desk, phone = office.browser(STAFF), office.browser(STAFF)
    at_desk, on_phone = typed(office, desk, 60), typed(office, phone, 60)
    send(office, desk, {**at_desk, "plan.behaviour": "dari meja", "op": "save"})
    told = send(office, phone, {**on_phone, "plan.behaviour": "dari ponsel", "op": "save"}, headers=SAVING)
    both = send(office, phone, {**on_phone, "plan.behaviour": "dari ponsel", "op": "save"})
    again = send(
        office, phone, {**form_of(both.text), **typed_plan(60), "plan.behaviour": "dari ponsel", "op": "save"}
    )

    assert (409, 409) == (told.status_code, both.status_code)
    assert "also saved elsewhere at 08:00 WITA" in told.json()["told"]
    assert "There are two texts for this form." in text_of(both.text)
    assert ">\ndari ponsel</textarea>" in both.text or 'value="dari ponsel"' in both.text
    assert "dari meja" in both.text
    assert 200 == again.status_code
    assert "dari meja" not in again.text


def test_the_other_text_can_be_taken(office: Office) -> None:
    """It stands in the form then, and what was typed stands beside it."""
    desk, phone = office.browser(STAFF), office.browser(STAFF)
    at_desk, on_phone = typed(office, desk, 60), typed(office, phone, 60)
    send(office, desk, {**at_desk, "plan.behaviour": "dari meja", "op": "save"})
    both = send(office, phone, {**on_phone, "plan.behaviour": "dari ponsel", "op": "save"})
    fields = {**form_of(both.text), **typed_plan(60), "plan.behaviour": "dari ponsel", "op": "take"}
    taken = send(office, phone, fields)

    form = taken.text[taken.text.index('name="plan.behaviour"') :]
    assert "dari meja" in form[: form.index("</p>")]
    assert "dari ponsel" in taken.text


def test_nothing_is_sent_over_a_text_that_was_saved_elsewhere(office: Office) -> None:
    """Whoever presses the button sees both first; pressing it again sends what they see."""
    desk, phone = office.browser(STAFF), office.browser(STAFF)
    at_desk, on_phone = typed(office, desk, 60), typed(office, phone, 60, 40)
    send(office, desk, {**at_desk, "op": "save"})
    refused = send(office, phone, {**on_phone, "trigger": "submit"})
    state = office.engine.case(office.case_of(), None).case.state
    sent = send(office, phone, {**form_of(refused.text), **typed_plan(60, 40), "trigger": "submit"})

    assert (409, "employee_drafts") == (refused.status_code, state)
    assert 303 == sent.status_code


def test_what_is_sent_is_a_draft_no_more(office: Office) -> None:
    """It goes with the act, and whoever discards one begins anew."""
    browser = office.browser(STAFF)
    fields = typed(office, browser, 60, 40)
    send(office, browser, {**fields, "op": "save"})
    gone = send(office, browser, {**fields, "op": "discard"})
    empty = office.engine.unsent.of(office.case_of(), office.key_of(STAFF))
    send(office, browser, {**fields, "op": "save"})
    send(office, browser, {**fields, "unsent": "1", "trigger": "submit"})

    assert "done=discarded" in gone.headers["location"]
    assert ({}, {}) == (empty, office.engine.unsent.of(office.case_of(), office.key_of(STAFF)))


def test_what_is_refused_is_saved(office: Office) -> None:
    """A tab that is closed on the way to mending it loses nothing either."""
    browser = office.browser(STAFF)
    refused = send(office, browser, typed(office, browser, 60, 60, trigger="submit"))

    assert 422 == refused.status_code
    assert 'value="Hasil 1"' in browser.get(f"/cases/{office.case_of()}").text


def test_a_draft_is_its_writers_alone(office: Office) -> None:
    """Who may read the case, and who may act in it, sees nothing of it."""
    browser = office.browser(STAFF)
    send(office, browser, typed(office, browser, 60, op="save", **{"plan.behaviour": "rahasia dulu"}))

    assert "rahasia dulu" not in office.browser("Nur Aida Pakaya").get(f"/cases/{office.case_of()}").text


def test_a_session_that_is_over_keeps_the_text(office: Office) -> None:
    """It comes back as it was, without scripts, and to whoever typed it alone; nobody reads it in the page."""
    office.engine.keys.make()
    browser = office.browser(STAFF)
    fields = typed(office, browser, 60, 40, trigger="submit")
    nobody = office.stranger(headers={"Sec-Fetch-Site": "same-origin"})
    held = send(office, nobody, fields)
    kept = dict(re.findall(r'<input type="hidden" name="(by|held)" value="([^"]*)">', held.text))
    other = send(office, office.browser("Nur Aida Pakaya"), kept)
    back = send(office, browser, kept)

    assert (401, 200) == (held.status_code, back.status_code)
    assert "Hasil 1" not in held.text
    assert (
        "Not sent: your session is over"
        in send(
            office,
            office.stranger(headers={"Sec-Fetch-Site": "same-origin", "Cookie": "language=en"}),
            fields,
        ).text
    )
    assert other.status_code >= 400
    assert "Hasil 1" not in other.text
    assert 'value="Hasil 1"' in back.text
    assert "employee_drafts" == office.engine.case(office.case_of(), None).case.state


def test_a_script_without_a_session_is_told_so(office: Office) -> None:
    """It keeps the text in the browser until somebody is there again."""
    fields = typed(office, office.browser(STAFF), 60, op="save")

    assert (
        401
        == send(
            office, office.stranger(headers={"Sec-Fetch-Site": "same-origin"}), fields, headers=SAVING
        ).status_code
    )


def test_what_nobody_has_touched_for_half_a_year_goes(office: Office) -> None:
    """It goes with the next saving of anybody."""
    browser, day = office.browser(STAFF), 86_400_000_000
    send(office, browser, typed(office, browser, 60, op="save"))
    case, key = office.case_of(), office.key_of(STAFF)
    office.clock.instant += 184 * day
    office.engine.unsent.save(case, key, "another:", {}, "because", begun_with=0)

    assert ["another:"] == list(office.engine.unsent.of(case, key))


def test_what_is_erased_takes_the_drafts_along(office: Office) -> None:
    """Of a case whoever wrote them, of a person wherever they wrote them."""
    case, key = office.case_of(), office.key_of(STAFF)
    office.engine.unsent.save(case, "p-somebody", "own:plan", {"behaviour": "x"}, "", begun_with=0)
    with office.engine.database.write() as unit:
        by_case = unsent.drop_of(unit.driver, (case,), "")
    office.engine.unsent.save(case, key, "own:plan", {"behaviour": "x"}, "", begun_with=0)
    with office.engine.database.write() as unit:
        by_person = unsent.drop_of(unit.driver, (), key)

    assert (1, 1) == (by_case, by_person)


def test_only_pages_with_forms_load_the_script(office: Office) -> None:
    """From this server alone; every other page stays without any."""
    browser = office.browser(STAFF)
    case, inbox = browser.get(f"/cases/{office.case_of()}"), browser.get("/")

    assert "script-src 'self'" in case.headers["content-security-policy"]
    assert "script-src" not in inbox.headers["content-security-policy"]
    assert ("<script" in case.text, "<script" in inbox.text) == (True, False)
    assert 200 == browser.get("/static/keeping.js").status_code
