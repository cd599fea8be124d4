"""The same in many cases, clicked through without scripts, as wide as a phone and as a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Travel
from tests.browser.conftest import served, window
from tests.runtime.bulks import most_of, with_plans
from tests.runtime.conftest import HandClock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "language"), [(360, "id"), (1280, "en")])
def test_plans_are_agreed_to_without_scripts(
    chromium: Any, tmp_path: Path, width: int, language: str
) -> None:
    """Ticked in the inbox, the exception first, one unticked, confirmed; nothing runs over on the way."""
    url = str(tmp_path / "a.db")
    with_plans(url).database.close()
    clock = HandClock()
    engine = Engine(Database(url), clock)
    rater, rows = most_of(engine)
    app = create_app(engine, demo=Travel(engine, clock), settings=Settings())
    with served(app) as address:
        persona = engine.chart.person(rater).person_id
        page = window(chromium, address, persona, width=width, language=language)
        page.goto("/")
        over = [page.evaluate(_OVERFLOW)]
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        engine.fire(rows[0].case, "agree", actor=Actor(person=rater))
        page.locator('button[name=act][value$=".agree"]').click()
        over.append(page.evaluate(_OVERFLOW))
        headings = page.locator("main h2").all_inner_texts()
        page.locator('form[action="/bulk"] input[type=checkbox]').last.uncheck()
        page.locator("main .main-button").click()
        over.append(page.evaluate(_OVERFLOW))
        page.context.close()

    states = [engine.case(one.case, None).case.state for one in rows]
    engine.database.close()
    assert [0, 0, 0] == over
    assert ["(1)", f"({len(rows) - 1})"] == [heading.rpartition(" ")[2] for heading in headings]
    assert (len(rows) - 1, 1) == (states.count("employee_signs"), states.count("rater_agrees"))
