"""Somebody asked to step in for another, and a head of a unit: on a phone without scripts and at a desk with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import MANAGER, RATER
from tests.browser.seeing import seen
from tests.browser.supervised import LOOKS, SRI, House, opened, shipped_agency

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

DAYS = 14
ABOVE, HEAD = "Wirda Lasena", "Abdul Karim Mointi"
NOTE = "Tolong diperiksa sebelum Jumat"
#: what a page says in each language
SAYS = {
    "id": ("10 hari kerja", "Sekretariat Daerah", f"{ABOVE} (Atasan pejabat penilai)"),
    "en": ("10 working days", "Sekretariat Daerah", f"{ABOVE} (Rater's superior) was asked to step in"),
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan has lain with the manager for two weeks."""
    return shipped_agency(tmp_path_factory.mktemp("agency"), DAYS)


@pytest.fixture
def house(shipped: Path, tmp_path: Path) -> Iterator[House]:
    with opened(shipped, tmp_path, DAYS) as served:
        yield served


def holder(house: House) -> str | None:
    task = house.engine.case(house.year(SRI), None).case.task
    return task and house.engine.chart.person(task.holder).name


@pytest.mark.parametrize("look", LOOKS)
def test_whoever_is_told_of_anothers_delay_reminds_and_grants_days(
    chromium: Any, house: House, look: tuple[int, str, bool]
) -> None:
    """From the inbox: whom it waits for and how long; what is refused has the focus; the other reads who was asked."""
    page = house.sit(chromium, ABOVE, look)
    page.goto("/")
    inbox = page.inner_text("main")
    page.get_by_role("link", name=SRI).first.click()
    faults = seen(page, look[1])
    page.locator("#steer-remind summary").click()
    page.locator("button[name=verb][value=remind]").click()
    page.wait_for_load_state()
    refused = page.locator(":target").get_attribute("role")
    faults += seen(page, look[1])
    page.fill("#steer-reason-remind", NOTE)
    page.locator("button[name=verb][value=remind]").click()
    page.wait_for_load_state()
    page.locator("#steer-extend summary").click()
    page.fill("#steer-amount", "3")
    page.fill("#steer-reason-extend", "Pemeriksa sakit")
    page.locator("button[name=verb][value=extend]").click()
    page.wait_for_load_state()
    page.context.close()
    held = house.sit(chromium, MANAGER, look)
    held.goto("/messages")
    messages = held.inner_text("main")
    held.goto(f"/cases/{house.year(SRI)}")
    told = held.inner_text("main")
    faults += seen(held, look[1])
    held.context.close()
    days, _, asked = SAYS[look[1]]
    kinds = [one.kind for one in house.engine.history(house.year(SRI))]

    assert MANAGER in inbox
    assert days in inbox
    assert "alert" == refused
    assert NOTE in messages
    assert asked in told
    assert ["reminded", "extended"] == [one for one in kinds if one in {"reminded", "extended"}]
    assert MANAGER == holder(house)
    assert [] == faults


@pytest.mark.parametrize(("look", "verb"), [(LOOKS[0], "take"), (LOOKS[1], "reassign")])
def test_whoever_is_told_of_anothers_delay_takes_the_work_or_gives_it_away(
    chromium: Any, house: House, look: tuple[int, str, bool], verb: str
) -> None:
    page = house.sit(chromium, ABOVE, look)
    page.goto(f"/cases/{house.year(SRI)}")
    page.locator(f"#steer-{verb} summary").click()
    if verb == "reassign":
        page.select_option("#steer-to", house.person(RATER).person_id)
    page.fill(f"#steer-reason-{verb}", "Pemeriksa dirawat")
    page.locator(f"button[name=verb][value={verb}]").click()
    page.wait_for_load_state()
    faults = seen(page, look[1])
    page.context.close()

    assert {"take": ABOVE, "reassign": RATER}[verb] == holder(house)
    assert [] == faults


@pytest.mark.parametrize("look", LOOKS)
def test_a_head_reads_where_the_unit_stands_and_goes_to_what_is_late(
    chromium: Any, house: House, look: tuple[int, str, bool]
) -> None:
    """Who is waited for, what hurts within the week, and from the name to the case."""
    page = house.sit(chromium, HEAD, look)
    page.goto("/unit")
    told = page.inner_text("main")
    unit = page.inner_text("h1")
    faults = seen(page, look[1])
    page.locator("[aria-labelledby=waits] tr").filter(has_text=MANAGER).get_by_role("link", name=SRI).click()
    page.wait_for_load_state()
    address = page.url
    page.context.close()

    assert SAYS[look[1]][1] in unit
    assert MANAGER in told
    assert address.endswith(house.year(SRI))
    assert [] == faults


def test_a_refused_delegation_and_a_refused_question_have_the_focus(chromium: Any, house: House) -> None:
    """The page comes back to what was wrong with it, so that the next Tab goes on from there."""
    look = LOOKS[1]
    page = house.sit(chromium, RATER, look)
    page.goto("/delegations")
    page.locator("#give form").evaluate("one => one.noValidate = true")
    page.locator("form[action^='/delegations'] .main-button").first.click()
    page.wait_for_load_state()
    lent = page.evaluate("document.activeElement.getAttribute('role')")
    page.context.close()
    own = house.sit(chromium, SRI, look)
    own.goto(f"/cases/{house.year(SRI)}")
    own.locator("#superior summary").click()
    own.locator("#superior form button").click()
    own.wait_for_load_state()
    asked = own.evaluate("document.activeElement.getAttribute('role')")
    own.context.close()

    assert ("alert", "alert") == (lent, asked)
