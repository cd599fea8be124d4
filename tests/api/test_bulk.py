"""The same in many cases from the pages and the API: exceptions first, confirmed, told row by row."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from api import bulk_acts
from api.app import create_app
from api.settings import Settings
from tests.api.conftest import RATER, Office, Travel
from tests.definitions_varied import UNDO, varied
from tests.runtime.bulks import bring_goals
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up
from tests.worlds import plan

HR = "Zulkifli Ibura"
ACT = "fire:asn-tahunan:rater_agrees.agree"


@pytest.fixture
def waiting(office: Office) -> list[str]:
    """The cases of all whose plan waits for the head of a section."""
    engine, rater = office.engine, office.key_of(RATER)
    found = []
    for case in engine.cases(limit=200):
        above = engine.chart.superior(case.subject, case.period_from)
        if above is None or above.key != rater or case.task is None:
            continue
        person = engine.chart.person(case.subject).name
        passed = office.fire("submit", person, case.id, plan=plan(60, 40)).case
        manager = engine.chart.person(passed.task.holder).name
        office.fire("pass", manager, case.id)
        found.append(case.id)
    assert len(found) > 2
    return found


def text(page: str) -> str:
    """A page as it is read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def ticks(page: str) -> dict[str, str]:
    """Every row that can be ticked to be done, by the name of its box; not those that can be taken back."""
    form = next((one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="row.' in one), page)
    return dict(re.findall(r'<input type="checkbox" name="(row\.[^"]+)" value="([^"]+)"', form))


def sent_on(page: str) -> dict[str, str]:
    """What a page of a bulk sends on."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'action="/bulk' in one)
    return {
        name: unescape(value) for name, value in re.findall(r'hidden" name="([^"]+)" value="([^"]*)"', form)
    }


def test_plans_are_agreed_to_from_the_inbox(office: Office, waiting: list[str]) -> None:
    """Ticked, looked at with what cannot be done on top, confirmed, and done."""
    rater = office.browser(RATER)
    inbox = rater.get("/").text
    rows = ticks(inbox)
    assert {f"row.{case}" for case in waiting} == set(rows)
    assert f'name="act" value="{ACT}"' in inbox
    office.fire("agree", RATER, waiting[0])

    look = rater.post("/bulk/look", data={**rows, "act": ACT})
    assert 200 == look.status_code
    told = text(look.text)
    assert told.index("Cannot be done (1)") < told.index(f"Will be done ({len(waiting) - 1})")
    assert "The case has moved on since your page was opened" in told
    assert f"row.{waiting[0]}" not in ticks(look.text)
    assert {"rater_agrees"} == {office.engine.case(one, None).case.state for one in waiting[1:]}

    done = rater.post("/bulk", data={**ticks(look.text), **sent_on(look.text)})

    assert 200 == done.status_code
    assert f"all {len(waiting) - 1} are done" in text(done.text)
    assert {"employee_signs"} == {office.engine.case(one, None).case.state for one in waiting}


def test_a_failed_row_is_never_done_and_stays_chosen(office: Office, waiting: list[str]) -> None:
    """The page says how many of each, the failed first and ticked; sent twice, nothing happens twice."""
    rater = office.browser(RATER, "id")
    look = rater.post("/bulk/look", data={**ticks(rater.get("/").text), "act": ACT}).text
    sent = {**ticks(look), **sent_on(look)}
    office.fire("agree", RATER, waiting[1])

    first, again = rater.post("/bulk", data=sent), rater.post("/bulk", data=sent)

    assert (207, 207) == (first.status_code, again.status_code)
    told = text(first.text)
    assert f"{len(waiting) - 1} selesai, 1 gagal, 0 belum dicoba" in told
    assert told.index("Gagal (1)") < told.index("Selesai")
    assert [f"row.{waiting[1]}"] == list(ticks(first.text))
    assert text(first.text) == text(again.text)


def test_a_return_needs_one_reason_for_all(office: Office, waiting: list[str]) -> None:
    """Looked at without one; not done without one; done with it, and each has it in its history."""
    rater, act = office.browser(RATER), "fire:asn-tahunan:rater_agrees.return"
    look = rater.post("/bulk/look", data={**ticks(rater.get("/").text), "act": act}).text
    assert "Will be done" in text(look)
    sent = {**ticks(look), **sent_on(look)}

    without = rater.post("/bulk", data=sent)
    with_one = rater.post("/bulk", data={**sent, "reason": "Mohon indikator dilengkapi."})

    assert 422 == without.status_code
    assert "A reason is needed" in text(without.text)
    assert 200 == with_one.status_code
    assert "Mohon indikator dilengkapi." in text(rater.get(f"/cases/{waiting[0]}").text)


def test_a_request_whose_time_is_over_is_gone_on_with(
    office: Office, waiting: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not tried stays ticked, with a button that goes on under the same key."""
    rater = office.browser(RATER)
    look = rater.post("/bulk/look", data={**ticks(rater.get("/").text), "act": ACT}).text
    sent = {**ticks(look), **sent_on(look)}
    monkeypatch.setattr(bulk_acts, "MOST_US", 0)

    first = rater.post("/bulk", data=sent).text
    monkeypatch.setattr(bulk_acts, "MOST_US", 10_000_000)
    second = rater.post("/bulk", data={**ticks(first), **sent_on(first)}).text

    assert f"1 done, 0 failed, {len(waiting) - 1} not tried yet" in text(first)
    assert f"all {len(waiting) - 1} are done" in text(second)


def test_what_is_no_act_of_a_list_is_refused_as_such(office: Office, waiting: list[str]) -> None:
    """No row, too many rows, no act, a row nobody made."""
    rater = office.browser(RATER)
    rows = ticks(rater.get("/").text)
    many = {f"row.c-{number:020x}": f"c-{number:020x}:1:1" for number in range(501)}

    told = [
        rater.post("/bulk/look", data=data).status_code
        for data in (
            {"act": ACT},
            {**many, "act": ACT},
            {**rows, "act": "fire:asn-tahunan:nothing"},
            {**rows, "act": "steer:nothing"},
            {"row.x": "x", "act": ACT},
        )
    ]

    assert [422] * 5 == told


def test_the_desk_grants_days_over_a_list(office: Office, waiting: list[str]) -> None:
    """From the list of cases; somebody else has no boxes there and is refused row by row."""
    desk, rater = office.browser(HR), office.browser(RATER)
    page = desk.get("/cases?state=rater_agrees").text
    sent = {**ticks(page), "act": "steer:extend", "amount": "3"}
    assert set(waiting) <= {name.removeprefix("row.") for name in ticks(page)}
    before = [office.engine.case(one, None).case.task.due_on for one in waiting]

    look = desk.post("/bulk/look", data=sent).text
    done = desk.post("/bulk", data={**ticks(look), **sent_on(look), "reason": "Banjir di kantor."})
    theirs = rater.post("/bulk/look", data=sent)

    assert 200 == done.status_code
    assert all(
        office.engine.case(one, None).case.task.due_on > due for one, due in zip(waiting, before, strict=True)
    )
    assert not ticks(rater.get("/cases").text)
    assert "0 of" in text(theirs.text)


def test_a_case_that_is_not_theirs_is_told_by_its_id_alone(office: Office) -> None:
    """Whoever makes a row up learns neither whose case it is nor where it stands."""
    case = office.case_of()
    somebody = office.browser("Burhanuddin Laiya")
    page = somebody.post("/bulk/look", data={f"row.{case}": f"{case}:1:1", "act": ACT}).text

    assert f"Case {case}" in text(page)
    assert "Fadli" not in page.partition("<main")[2]


def bulk(office: Office, name: str, key: str = "k", **body: Any) -> Any:
    return office.program(name).post("/api/v1/bulk", json=body, headers={"Idempotency-Key": key})


def test_programs_look_and_do_with_the_same_answers(office: Office, waiting: list[str]) -> None:
    """A dry run, the act, and the act again."""
    cases = [{"id": one} for one in waiting]
    office.fire("agree", RATER, waiting[2])
    asked = {"cases": cases, "trigger": "agree", "workflow": "asn-tahunan"}

    look = bulk(office, RATER, **asked, dry_run=True).json()
    done = bulk(office, RATER, **asked).json()
    again = bulk(office, RATER, **asked).json()

    assert [waiting[2]] == [one["case"] for one in look["rows"] if one["outcome"] == "refused"]
    assert ["refused", *["ready"] * (len(waiting) - 1)] == [one["outcome"] for one in look["rows"]]
    assert ["refused", *["done"] * (len(waiting) - 1)] == [one["outcome"] for one in done["rows"]]
    assert done["rows"][0]["reason"]["id"]
    assert {True} == {one["repeated"] for one in again["rows"][1:]}


def test_programs_say_one_act_and_a_key(office: Office, waiting: list[str]) -> None:
    """Neither nor, both, no key, an extension without an amount."""
    cases = [{"id": waiting[0]}]
    asked: list[dict[str, Any]] = [
        {},
        {"trigger": "agree", "verb": "remind"},
        {"verb": "extend", "reason": "x"},
    ]
    without = office.program(RATER).post("/api/v1/bulk", json={"cases": cases, "trigger": "agree"})

    assert [422] * 3 == [bulk(office, RATER, cases=cases, **one).status_code for one in asked]
    assert 422 == without.status_code


def test_the_page_of_what_was_done_offers_to_take_it_back(tmp_path: Path) -> None:
    """Row by row, as long as each can be; looked at and confirmed like any other."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "a.db"), clock, definition=varied(tmp_path, UNDO))
    engine.launch("small", opens=OPENING, actor=NOBODY)
    rater, found = bring_goals(engine)
    travel = Travel(engine, clock)
    office = Office(
        engine=engine,
        clock=clock,
        travel=travel,
        app=create_app(engine, demo=travel, settings=Settings()),
    )
    browser = office.browser(engine.chart.person(rater).name)
    rows = {f"row.{one.case}": bulk_acts.token_of(one) for one in found}

    done = browser.post("/bulk", data={**rows, "act": "fire:small:checking.agree", "key": "k"}).text
    look = browser.post("/bulk/look", data={**ticks(done), "act": "undo"}).text
    back = browser.post("/bulk", data={**ticks(look), **sent_on(look)})

    assert "can be taken back until" in text(done)
    assert set(rows) == set(ticks(done)) == set(ticks(look))
    assert 200 == back.status_code
    assert {"checking"} == {engine.case(one.case, None).case.state for one in found}
    engine.database.close()
