"""An act and its taking back, clicked through without scripts, as wide as a phone and as a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Travel
from tests.browser.conftest import served, window
from tests.runtime.bulks import most_of, with_plans
from tests.runtime.conftest import HandClock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("width", "language", "taken_back"),
    [(360, "id", "Ditarik kembali."), (1280, "en", "Taken back.")],
)
def test_a_plan_agreed_to_by_mistake_is_taken_back(
    chromium: Any, tmp_path: Path, width: int, language: str, taken_back: str
) -> None:
    """The page offers it until when, then says that it is done, and the history tells of both."""
    url = str(tmp_path / "a.db")
    with_plans(url).database.close()
    clock = HandClock()
    engine = Engine(Database(url), clock)
    rater, rows = most_of(engine)
    case = rows[0].case
    app = create_app(engine, demo=Travel(engine, clock), settings=Settings())
    with served(app) as address:
        persona = engine.chart.person(rater).person_id
        page = window(chromium, address, persona, width=width, language=language)
        page.goto(f"/cases/{case}")
        page.locator('main button[value="agree"]').click()
        agreed, offered = engine.case(case, None).case.state, page.locator("form.undo").inner_text()
        over = [page.evaluate(_OVERFLOW)]
        page.locator("form.undo button").click()
        done = page.locator("[role=status]").first.inner_text()
        over.append(page.evaluate(_OVERFLOW))
        left = page.locator("form.undo").count()
        page.context.close()

    kinds = [one.kind for one in engine.history(case)][-2:]
    state = engine.case(case, None).case.state
    engine.database.close()
    assert ("employee_signs", "rater_agrees") == (agreed, state)
    assert ["moved", "undone"] == kinds
    assert "08.15" in offered or "08:15" in offered
    assert done.startswith(taken_back)
    assert ([0, 0], 0) == (over, left)
