"""An employee asks where they are: on a phone without scripts and at a desk with them, in one agency."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import MANAGER, STAFF, Travel, launched
from tests.browser.conftest import served, window
from tests.browser.seeing import seen
from tests.runtime.conftest import HandClock
from tests.worlds import plan

__all__ = ["launched"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

#: how wide, in which language, with scripts or without
LOOKS = [(360, "id", False), (1280, "en", True)]
PHASES = {
    "id": ["Perencanaan", "sedang di sini", "belum"],
    "en": ["Planning", "the case is here", "ahead"],
}
#: what the one next step says, and what is said where there is none
MINE = {
    "id": [
        "Giliran siapa: Giliran Anda",
        "sejak Senin, 1 Desember 2025",
        "paling lambat Senin, 8 Desember 2025",
        "Kerjakan sekarang",
    ],
    "en": ["Whose turn: Your turn", "since Monday 1 December 2025", "by Monday 8 December 2025", "Do it now"],
}
THEIRS = {
    "id": [f"Giliran {MANAGER}", "Anda tidak perlu melakukan apa pun", "Bila tidak ada yang bertindak"],
    "en": [f"Waiting for {MANAGER}", "You need do nothing now.", "If nobody acts"],
}


@dataclass
class Seat:
    """A served agency on the first day of its cycle, and one employee's case."""

    engine: Engine
    address: str
    case: str
    who: Any

    def sit(self, chromium: Any, look: tuple[int, str, bool]) -> Any:
        """The employee at a device."""
        width, language, script = look
        page = window(
            chromium, self.address, self.who.person_id, width=width, language=language, script=script
        )
        page.set_default_timeout(20_000)
        return page


@pytest.fixture
def seat(launched: Path, tmp_path: Path) -> Iterator[Seat]:
    """A copy of it, served."""
    for part in launched.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    clock = HandClock()
    engine = Engine(Database(str(tmp_path / launched.name)), clock)
    who = next(one for one in engine.chart.segments if one.name.startswith(STAFF))
    case = engine.cases(subject=who.key)[0].id
    with served(create_app(engine, demo=Travel(engine, clock), settings=Settings())) as address:
        yield Seat(engine=engine, address=address, case=case, who=who)
    engine.database.close()


@pytest.mark.parametrize("look", LOOKS)
def test_where_am_i_is_answered_on_the_first_page(
    chromium: Any, seat: Seat, look: tuple[int, str, bool]
) -> None:
    """Phases, turn and since when; one step with one button; once it is done who has the turn, and nothing to do."""
    language = look[1]
    page = seat.sit(chromium, look)
    page.goto("/")
    own = page.locator("[aria-labelledby=own]")
    before, buttons = own.inner_text(), own.locator(".button").count()
    own.locator(".button").click()
    arrived = page.locator("#doing").is_visible()
    seat.engine.fire(seat.case, "submit", actor=Actor(person=seat.who.key), forms={"plan": plan(60, 40)})
    page.goto("/")
    after, left = own.inner_text(), own.locator(".button").count()
    faults = seen(page, language)
    page.goto(f"/cases/{seat.case}")
    told = page.inner_text("main")
    page.context.close()

    assert [] == [one for one in PHASES[language] + MINE[language] if one not in before]
    assert (1, True) == (buttons, arrived)
    assert [] == [one for one in PHASES[language] + THEIRS[language] if one not in after]
    assert 0 == left
    assert [] == [one for one in THEIRS[language] if one not in told]
    assert [] == faults
