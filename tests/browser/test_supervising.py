"""What a supervisor does in a day, on a phone without scripts and at a desk with them: one agency for all of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.codec import decode
from engine.core.command import Actor, AddEntry
from engine.runtime import Engine
from engine.store import Database, queries
from tests.api.conftest import MANAGER, RATER, STAFF, Travel
from tests.browser.conftest import served, window
from tests.browser.seeing import seen
from tests.runtime.conftest import NOBODY, OPENING, TWO_UNITS, HandClock, set_up
from tests.worlds import ROOT, plan

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

MONDAY = date(2026, 3, 2)
IQBAL, SRI = "Iqbal Mantali", "Sri Wahyuni Botutihe"
WHY = "Bobot hasil kerja utama belum 60"
ENTRY = {
    "what": "Laporan bulanan terlambat",
    "for": "1",
    "amount": "1",
    "evidence": ["https://arsip.example/7"],
}
#: how wide, in which language, with scripts or without
LOOKS = [(360, "id", False), (1280, "en", True)]


@dataclass
class House:
    """The shipped annual cycle, served: two plans with the manager, one sent back before, one year running."""

    engine: Engine
    address: str
    clock: HandClock

    def person(self, name: str) -> Any:
        return next(one for one in self.engine.chart.segments if one.name.startswith(name))

    def year(self, name: str) -> str:
        """The year of somebody itself, not one of its quarters."""
        found = self.engine.cases(subject=self.person(name).key)
        return next(one.id for one in found if not one.parent)

    def fire(self, name: str, trigger: str, by: str, reason: str = "", **forms: Any) -> None:
        actor = Actor(person=self.person(by).key)
        self.engine.fire(self.year(name), trigger, actor=actor, forms=forms, reason=reason)

    def sit(self, chromium: Any, who: str, look: tuple[int, str, bool]) -> Any:
        """Somebody at a device."""
        width, language, script = look
        number = self.person(who).person_id
        page = window(chromium, self.address, number, width=width, language=language, script=script)
        page.set_default_timeout(20_000)
        return page


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The agency as it stands on its first day, made once."""
    place = tmp_path_factory.mktemp("agency") / "siklus.db"
    clock = HandClock()
    engine = set_up(str(place), clock, definition="workflows/asn-tahunan", people=TWO_UNITS)
    for name in ("asn-triwulan", "asn-bulanan", "asn-perbaikan", "unit-tahunan"):
        files = (f"{name}.yaml", f"{name}.texts.yaml")
        told = ((ROOT / "workflows" / one).read_text(encoding="utf-8") for one in files)
        engine.publish(*told, name=files[0], texts_name=files[1], actor=NOBODY)
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    house = House(engine=engine, address="", clock=clock)
    for name in (STAFF, IQBAL, SRI):
        house.fire(name, "submit", name, plan=plan(60, 40))
    house.fire(IQBAL, "send_back", MANAGER, reason=WHY)
    house.fire(STAFF, "pass", MANAGER)
    house.fire(STAFF, "agree", RATER, dialogue={"agreed": "sudah dibahas"})
    house.fire(STAFF, "refuse", STAFF, reason="belum sepakat")
    house.fire(STAFF, "set", MANAGER, plan=plan(60, 40))
    engine.database.close()
    return place


@pytest.fixture
def house(shipped: Path, tmp_path: Path) -> Iterator[House]:
    """A copy of it, served."""
    for part in shipped.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    clock = HandClock()
    engine = Engine(Database(str(tmp_path / shipped.name)), clock)
    with served(create_app(engine, demo=Travel(engine, clock), settings=Settings())) as address:
        yield House(engine=engine, address=address, clock=clock)
    engine.database.close()


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
    page.locator("form[action$='/end'] button").first.click()
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
