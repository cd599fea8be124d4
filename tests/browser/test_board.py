"""A calibration clicked through without scripts, as wide as a phone and as a desk: moved, voided, and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from tests.api.conftest import Travel
from tests.boards import member_of, rated
from tests.browser.conftest import served, window
from tests.runtime.conftest import HandClock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DESK, STAFF = "Zulkifli Ibura", "Fadli Hunowu"
House = tuple[str, Engine]


@pytest.fixture(scope="module", name="house")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    clock = HandClock()
    engine = rated(str(tmp_path_factory.mktemp("board") / "a.db"), clock)
    app = create_app(engine, demo=Travel(engine, clock), settings=Settings())
    with served(app) as address:
        yield address, engine
    engine.database.close()


@pytest.mark.parametrize(
    ("width", "language", "moved", "back"),
    [
        (360, "id", f"◆ {STAFF} dipindahkan", "pembatalan: berlaku lagi"),
        (1280, "en", f"◆ {STAFF} moved", "voiding: counts again"),
    ],
)
def test_a_session_moves_somebody_and_voids_it(
    chromium: Any, house: House, width: int, language: str, moved: str, back: str
) -> None:
    """From the unit's page to the board, to a form, and back; nothing runs over at any step."""
    address, engine = house
    persona = next(one.person_id for one in engine.chart.segments if one.name == DESK)
    before = engine.case(member_of(engine, STAFF).id, None).known.forms["rating"]
    page = window(chromium, address, persona, width=width, language=language)
    page.goto("/unit?unit=Sekretariat+Daerah")
    over = [page.evaluate(_OVERFLOW)]
    page.locator('main a[href$="/board"]').click()
    page.locator("#member").select_option(label=STAFF)
    page.locator("main form[method=get] button").click()
    page.locator("#down").select_option("below")
    page.locator("#across").select_option("above")
    page.locator("#move-reason").fill("Setara unit lain")
    page.locator("button[value=move]").click()
    told = " ".join(page.locator("main").inner_text().split())
    over.append(page.evaluate(_OVERFLOW))
    page.locator("#member").select_option(label=STAFF)
    page.locator("main form[method=get] button").click()
    page.locator("#void-reason").fill("Keliru")
    page.locator("button[value=void]").click()
    after = " ".join(page.locator("main").inner_text().split())
    over.append(page.evaluate(_OVERFLOW))
    page.context.close()

    assert moved in told
    assert back in after
    assert before == engine.case(member_of(engine, STAFF).id, None).known.forms["rating"]
    assert [0, 0, 0] == over
