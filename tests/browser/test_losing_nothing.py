"""Nothing that is typed is lost: a cut line, a closed tab, two devices, in a real Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import RATER as SUPERIOR
from tests.api.conftest import STAFF, Travel, launched
from tests.browser.conftest import served, window
from tests.browser.real_places import real_house
from tests.browser.seeing import seen
from tests.runtime.conftest import HandClock
from tests.signing_in.conftest import PASSWORD
from tests.worlds import plan

__all__ = ["launched"]

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(240)]

BEHAVIOUR = "[name='plan.behaviour']"
SAVED = "#act-own-plan [data-saved]"
LOOKS = [(360, "id"), (1280, "en")]


@dataclass
class Desk:
    """A served agency with one employee whose plan is to be written."""

    engine: Engine
    address: str
    case: str
    who: str

    def window(self, chromium: Any, width: int = 1280, language: str = "en", *, script: bool = True) -> Any:
        """A device of the employee's."""
        page = window(chromium, self.address, self.who, width=width, language=language, script=script)
        page.set_default_timeout(20_000)
        page.goto(f"/cases/{self.case}")
        return page

    def saved(self) -> Any:
        """What the server holds of the plan, not sent."""
        key = self.engine.person_by_id(self.who).key
        return self.engine.unsent.of(self.case, key).get("own:plan")


@pytest.fixture
def desk(launched: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it, served."""
    for part in launched.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    clock = HandClock()
    engine = Engine(Database(str(tmp_path / launched.name)), clock)
    person = next(one for one in engine.chart.segments if one.name.startswith(STAFF))
    app = create_app(engine, demo=Travel(engine, clock), settings=Settings())
    with served(app) as address:
        yield Desk(
            engine=engine, address=address, case=engine.cases(subject=person.key)[0].id, who=person.person_id
        )
    engine.database.close()


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_a_line_cut_while_typing_loses_nothing(chromium: Any, desk: Desk, width: int, language: str) -> None:
    """It stays in the browser and says so; the tab is closed, the line comes back, and the text is there and saved."""
    page = desk.window(chromium, width, language)
    page.context.set_offline(True)
    page.fill(BEHAVIOUR, "melayani dengan sabar")
    said(page, "perangkat ini|this device")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"/cases/{desk.case}")
    back = (again.input_value(BEHAVIOUR), again.inner_text(SAVED))
    said(again, "08.00 |08:00 ")
    left = again.evaluate("Object.keys(localStorage).length")
    faults = seen(again, language)
    page.context.close()

    assert "melayani dengan sabar" == back[0]
    assert ("dikembalikan" if language == "id" else "is back") in back[1]
    assert "melayani dengan sabar" == desk.saved().values["behaviour"]
    assert (0, []) == (left, faults)


def test_two_devices_show_both_texts(chromium: Any, desk: Desk) -> None:
    """The one that comes second says so at once; its button shows both side by side, and the person chooses."""
    phone, laptop = desk.window(chromium, 360), desk.window(chromium)
    laptop.fill(BEHAVIOUR, "dari meja")
    said(laptop, "Saved 08:00")
    phone.fill(BEHAVIOUR, "dari ponsel")
    said(phone, "elsewhere")
    phone.click("#act-own-plan button[value=save]")
    both = phone.inner_text("#act-own-plan")
    typed = phone.input_value(BEHAVIOUR)
    faults = seen(phone, "en")
    phone.click("#act-own-plan button[value=save]")
    for page in (phone, laptop):
        page.context.close()

    assert "There are two texts for this form." in both
    assert "dari meja" in both
    assert ("dari ponsel", []) == (typed, faults)
    assert "dari ponsel" == desk.saved().values["behaviour"]


def test_rows_come_back_after_the_tab_was_closed(chromium: Any, desk: Desk) -> None:
    """What was typed offline into rows that another device has dropped meanwhile."""
    page = desk.window(chromium)
    page.click("button[value='add:plan.results']")
    page.wait_for_selector("[name='plan.results[1].title']")
    page.context.set_offline(True)
    page.fill("[name='plan.results[1].title']", "hasil kedua")
    page.close()
    desk.engine.unsent.drop(desk.case, desk.engine.person_by_id(desk.who).key, "own:plan")
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"/cases/{desk.case}")
    again.wait_for_selector("[name='plan.results[1].title']")
    title = again.input_value("[name='plan.results[1].title']")
    page.context.close()

    assert "hasil kedua" == title


@pytest.mark.parametrize(("width", "language"), LOOKS)
def test_without_scripts_a_button_saves(chromium: Any, desk: Desk, width: int, language: str) -> None:
    """The page says when, and another visit finds the text."""
    page = desk.window(chromium, width, language, script=False)
    page.fill(BEHAVIOUR, "tanpa skrip")
    page.click("#act-own-plan button[value=save]")
    told = page.inner_text(SAVED)
    page.goto(f"/cases/{desk.case}")
    back = page.input_value(BEHAVIOUR)
    faults = seen(page, language)
    page.context.close()

    assert (
        "Tersimpan 08.00 WITA, belum dikirim." if language == "id" else "Saved 08:00 WITA, not sent."
    ) == told
    assert ("tanpa skrip", []) == (back, faults)


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_session_that_is_over_gives_the_text_back(
    chromium: Any, desk: Desk, width: int, *, script: bool
) -> None:
    """The button is pressed, nobody is signed in any more; after that is mended the form is as it was, and not sent."""
    desk.engine.keys.make()
    page = desk.window(chromium, width, script=script)
    page.fill(BEHAVIOUR, "ditulis sebelum sesi berakhir")
    page.context.clear_cookies(name="persona")
    page.click("#act-own-plan button[value=submit]")
    told, hidden = page.inner_text("h1"), "ditulis" in page.content()
    faults = seen(page, "en")
    page.context.add_cookies([{"name": "persona", "value": desk.who, "url": desk.address}])
    page.click("main form button")
    back = page.input_value(BEHAVIOUR)
    state = desk.engine.case(desk.case, None).case.state
    page.context.close()

    assert ("Not sent: your session is over", False, []) == (told, hidden, faults)
    assert ("ditulis sebelum sesi berakhir", "employee_drafts") == (back, state)


@pytest.mark.parametrize("script", [True, False])
def test_what_was_sent_stays_nowhere(chromium: Any, desk: Desk, *, script: bool) -> None:
    """Neither in the browser of a shared computer nor as a draft."""
    key = desk.engine.person_by_id(desk.who).key
    desk.engine.unsent.save(desk.case, key, "own:plan", plan(60, 40), "", begun_with=0)
    page = desk.window(chromium, script=script)
    page.fill(BEHAVIOUR, "ramah")
    page.click("#act-own-plan button[value=submit]")
    page.wait_for_selector("p.done")
    left = page.evaluate("Object.keys(localStorage).length") if script else 0
    page.context.close()

    assert "ramah" == desk.engine.case(desk.case, key).contents["plan"]["behaviour"]
    assert (0, None) == (left, desk.saved())


def test_signing_out_of_a_shared_computer_leaves_nothing_there(chromium: Any, tmp_path: Path) -> None:
    """What only the browser held is gone with its author; whoever signs in next is shown none of it."""
    with real_house(tmp_path / "a.db") as (house, address):
        house.account("fadli", person=STAFF)
        house.account("nanda", person=SUPERIOR)
        case = house.engine.cases(subject=house.key_of(STAFF))[0].id
        page = window(chromium, address, "", width=1280, language="en", script=True)
        page.set_default_timeout(20_000)
        sign_in(page, "fadli")
        page.goto(f"/cases/{case}")
        page.route("**/acts", lambda route: route.abort())
        page.fill(BEHAVIOUR, "hanya di peramban ini")
        said(page, "this device")
        held = page.evaluate("JSON.stringify(Object.values(localStorage))")
        page.click("form[action='/sign-out'] button")
        page.wait_for_selector("[data-signed-out]")
        left = page.evaluate("Object.keys(localStorage).length")
        sign_in(page, "nanda")
        page.goto(f"/cases/{case}")
        after = page.content()
        page.context.close()

    assert "hanya di peramban ini" in held
    assert 0 == left
    assert "hanya di peramban ini" not in after


def sign_in(page: Any, login: str) -> None:
    """At the door, with the password of the tests."""
    page.goto("/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_selector("form[action='/sign-out']")


def said(page: Any, text: str) -> None:
    """Wait until the line under the plan says this; by no script of ours, for the page forbids it."""
    page.locator(SAVED).filter(has_text=re.compile(text)).wait_for()
