"""What a supervisor does in a day, on a phone without scripts and at a desk with them: one agency for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.core.codec import decode
from engine.core.command import Actor, AddEntry
from engine.store import queries
from tests.api.conftest import MANAGER, RATER, STAFF
from tests.browser.seeing import seen
from tests.browser.supervised import LOOKS, SRI, WHY, House, opened, shipped_agency

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

MONDAY = date(2026, 3, 2)
ENTRY = {
    "what": "Laporan bulanan terlambat",
    "for": "1",
    "amount": "1",
    "evidence": ["https://arsip.example/7"],
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shipped_agency(tmp_path_factory.mktemp("agency"))


@pytest.fixture
def house(shipped: Path, tmp_path: Path) -> Iterator[House]:
    with opened(shipped, tmp_path) as served:
        yield served


@pytest.mark.parametrize("look", LOOKS)
def test_a_supervisor_finds_what_waits_and_what_follows(
    chromium: Any, house: House, look: tuple[int, str, bool]
) -> None:
    """From the inbox to the task: why, until when, and the line of what follows, with a row for each mark."""
    page = house.sit(chromium, MANAGER, look)
    page.goto("/")
    page.get_by_role("link", name=SRI).first.click()
    marks = page.locator(".coming .rung-number").count()
    rows = page.locator(".coming tbody tr").count()
    faults = seen(page, look[1])
    page.context.close()

    assert rows == marks >= 1
    assert [] == faults


@pytest.mark.parametrize("look", LOOKS)
def test_a_plan_goes_back_with_a_reason_given_before(
    chromium: Any, house: House, look: tuple[int, str, bool]
) -> None:
    """Chosen, changed and sent; nothing is sent by choosing."""
    page = house.sit(chromium, MANAGER, look)
    page.goto(f"/cases/{house.year(SRI)}")
    page.locator("details.earlier summary").first.click()
    page.locator("button[value^='reason:']").first.click()
    page.wait_for_load_state()
    field = page.locator("#act-own textarea[name=reason]")
    put_in, stood = field.input_value(), house.engine.case(house.year(SRI), None).case.state
    faults = seen(page, look[1])
    field.fill(f"{put_in}; lihat baris kedua")
    page.locator("button[value=send_back]").click()
    page.wait_for_load_state()
    page.context.close()
    (entry,) = [
        one for one in house.engine.history(house.year(SRI)) if b"manager_checks.send_back" in one.body
    ]
    with house.engine.database.read() as view:
        (reason,) = [decode(one.value) for one in queries.written(view, house.year(SRI), seq=entry.seq)]

    assert (WHY, "manager_checks") == (put_in, stood)
    assert f"{WHY}; lihat baris kedua" == reason
    assert [] == faults


@pytest.mark.parametrize("look", LOOKS)
def test_an_improvement_begins_from_an_entry(
    chromium: Any, house: House, look: tuple[int, str, bool]
) -> None:
    """From the employee's log to the improvement, which its rater then finds in the inbox."""
    house.clock.put(MONDAY)
    own = Actor(person=house.person(STAFF).key)
    house.engine.obey(house.year(STAFF), AddEntry(journal="daily", values=ENTRY, actor=own))
    page = house.sit(chromium, RATER, look)
    page.goto(f"/cases/{house.year(STAFF)}/journals/daily")
    page.locator("a[href*='quote=daily:1']").click()
    field = page.locator("#act-improve textarea[name=reason]")
    quoted = field.input_value()
    faults = seen(page, look[1])
    field.fill(f"{quoted}\n\nPerlu pendampingan.")
    page.locator("button[value=improve]").click()
    page.wait_for_load_state()
    house.engine.fire_due()
    page.goto("/")
    inbox = page.inner_text("main")
    page.context.close()
    links = [one.link for one in house.engine.cases(subject=house.person(STAFF).key)]

    assert "Laporan bulanan terlambat" in quoted
    assert "improvement" in links
    assert STAFF in inbox
    assert [] == faults


@pytest.mark.parametrize("look", LOOKS)
def test_work_is_lent_and_taken_back(chromium: Any, house: House, look: tuple[int, str, bool]) -> None:
    """To whom and for which days; who has it is told for whom; and it is ended early."""
    page = house.sit(chromium, RATER, look)
    page.goto("/delegations")
    page.fill("#to", "2025-12-20")
    chosen = page.locator("#taker option").nth(1)
    number, taker = chosen.get_attribute("value"), chosen.inner_text()
    page.select_option("#taker", number)
    page.fill("#reason", "Cuti tahunan")
    page.locator("form[action^='/delegations'] .main-button").first.click()
    page.wait_for_load_state()
    given = page.inner_text("main")
    faults = seen(page, look[1])
    page.locator("details summary").filter(
        has=page.locator("xpath=..//form[contains(@action, '/end')]")
    ).first.click()
    page.locator("textarea[id^='reason-']").first.fill("Kembali lebih awal")
    page.locator("form[action*='/end'] button").first.click()
    page.wait_for_load_state()
    page.context.close()
    (known,) = house.engine.delegating.known()

    assert taker.partition(" – ")[0] in given
    assert known.ended_at > 0
    assert [] == faults


@pytest.mark.parametrize("look", LOOKS)
def test_the_sheet_of_whoever_takes_over(chromium: Any, house: House, look: tuple[int, str, bool]) -> None:
    """Who there is, where each case stands, what is to be decided and what stays with whom."""
    page = house.sit(chromium, RATER, look)
    page.goto("/handover")
    told = page.inner_text("main")
    page.locator("table a").filter(has_text=SRI).first.click()
    page.wait_for_load_state()
    faults = seen(page, look[1])
    address = page.url
    page.context.close()

    assert [] == [name for name in (STAFF, SRI, MANAGER) if name not in told]
    assert address.endswith(house.year(SRI))
    assert [] == faults
