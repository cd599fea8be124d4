"""A superior begins an improvement from an entry of a journal: it is quoted in the reason; they send it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor, AddEntry
from tests.api.conftest import MANAGER, RATER, STAFF, Office, Travel, hidden
from tests.api.test_pages import read
from tests.runtime.conftest import NOBODY, OPENING, TWO_UNITS, HandClock, set_up
from tests.worlds import ROOT, plan

LINK = "https://arsip.example/7"
ENTRY = {"what": "Laporan bulanan <terlambat> sepuluh hari", "for": "1", "amount": "1", "evidence": [LINK]}
MONDAY = date(2026, 3, 2)
DAY_EN = "2 March 2026"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The annual cycle as it is shipped, somebody's year running, with one day in their log."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="workflows/asn-tahunan", people=TWO_UNITS)
    for name in ("asn-triwulan", "asn-bulanan", "asn-perbaikan", "unit-tahunan"):
        rules, texts = (f"{name}.yaml", f"{name}.texts.yaml")
        told = ((ROOT / "workflows" / one).read_text(encoding="utf-8") for one in (rules, texts))
        engine.publish(*told, name=rules, texts_name=texts, actor=NOBODY)
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    one = Office(engine=engine, clock=clock, travel=travel, app=app)
    running(one)
    yield one
    engine.database.close()


def running(office: Office) -> None:
    """The year runs by a plan that the manager set, and the employee has written of a day."""
    office.fire("submit", STAFF, plan=plan(60, 40))
    office.fire("pass", MANAGER)
    office.fire("agree", RATER, dialogue={"agreed": "sudah dibahas"})
    office.fire("refuse", STAFF, reason="belum sepakat")
    office.fire("set", MANAGER, plan=plan(60, 40))
    office.clock.put(MONDAY)
    entry = AddEntry(journal="daily", values=ENTRY, actor=Actor(person=office.key_of(STAFF)))
    office.engine.obey(year(office), entry)


def year(office: Office) -> str:
    """The year itself, not one of its quarters."""
    return next(one.id for one in office.engine.cases(subject=office.key_of(STAFF)) if not one.parent)


def quoting(office: Office, name: str = RATER, language: str = "en") -> list[str]:
    """The addresses at which the entries of the log are quoted."""
    page = office.browser(name, language).get(f"/cases/{year(office)}/journals/daily").text
    return [unescape(one) for one in re.findall(r'href="([^"]*quote=[^"]*)"', page)]


def reason_in(page: str) -> str:
    """What stands in the field for the reason of the improvement."""
    (part,) = [one for one in page.split("<form") if 'name="trigger" value="improve"' in one]
    return unescape(part.partition('name="reason"')[2].partition(">\n")[2].partition("</textarea>")[0])


def test_an_entry_is_quoted_as_the_reason_and_nothing_is_sent(office: Office) -> None:
    (address,) = quoting(office)
    page = office.browser(RATER).get(address).text

    assert address.endswith("quote=daily:1#act-improve")
    assert 'id="act-improve"' in page
    assert reason_in(page) == (
        f"Quoted from Daily log, entry 1 ({DAY_EN}, by {STAFF}): “What was done: Laporan bulanan <terlambat> sepuluh"
        f" hari; For which result: 1. Hasil 1; Amount: 1.00; Links to evidence: {LINK}”"
    )
    assert "The entry is quoted in the reason below." in read(page)
    assert "running" == office.engine.case(year(office), None).case.state


def test_what_is_sent_opens_the_improvement_with_the_quotation_as_its_reason(office: Office) -> None:
    (address,) = quoting(office, language="id")
    browser = office.browser(RATER, "id")
    page = browser.get(address).text
    case = year(office)
    reason = f"{reason_in(page)}\n\nPerlu pendampingan."
    sent = browser.post(
        f"/cases/{case}/acts", data={**hidden(page, "improve:"), "trigger": "improve", "reason": reason}
    )
    office.engine.fire_due()

    assert 303 == sent.status_code
    assert ["improvement"] == [
        one.link for one in office.engine.cases(subject=office.key_of(STAFF)) if one.link == "improvement"
    ]
    told = office.browser(STAFF, "id").get(f"/cases/{case}").text
    assert "Perlu pendampingan." in told
    assert "Laporan bulanan &lt;terlambat&gt; sepuluh hari" in told


def test_who_may_not_begin_it_finds_no_way(office: Office) -> None:
    assert [] == quoting(office, STAFF)
    page = office.browser(STAFF).get(f"/cases/{year(office)}?act=improve&quote=daily:1").text
    assert "Quoted from" not in page


@pytest.mark.parametrize("asked", ["daily:2", "nothing:1", "daily", "daily:1:1", "coaching:x"])
def test_what_is_no_entry_is_not_quoted(office: Office, asked: str) -> None:
    answer = office.browser(RATER).get(f"/cases/{year(office)}?act=improve&quote={asked}")

    assert 200 == answer.status_code
    assert "Quoted from" not in answer.text


def test_a_draft_that_was_saved_before_stays_beside_the_quotation(office: Office) -> None:
    (address,) = quoting(office)
    browser = office.browser(RATER)
    case = year(office)
    page = browser.get(address).text
    draft = {**hidden(page, "improve:"), "op": "save", "reason": "Sudah dua kali terlambat."}
    assert 200 == browser.post(f"/cases/{case}/acts", data=draft).status_code

    told = reason_in(browser.get(address).text)

    assert told.startswith("Sudah dua kali terlambat.\n\nQuoted from Daily log")
