"""This is not my superior: said, read and answered without scripts, as wide as a phone and as a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import STAFF, Travel
from tests.browser.conftest import served, window
from tests.runtime.conftest import NOBODY, OPENING, HandClock, set_up

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_wrong_superior_is_reported_and_the_answer_comes_back(chromium: Any, tmp_path: Path) -> None:
    """The employee says so on a phone, the desk answers at its desk, the employee reads why."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "a.db"), clock)
    engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
    subject = next(one for one in engine.chart.segments if one.name.startswith(STAFF))
    case = engine.cases(subject=subject.key)[0].id
    over = []
    with served(create_app(engine, demo=Travel(engine, clock), settings=Settings())) as address:
        page = window(chromium, address, subject.person_id, width=360, language="id")
        page.goto(f"/cases/{case}")
        page.get_by_text("Ini bukan atasan saya", exact=True).click()
        page.locator("#superior-meant").select_option(index=1)
        page.locator("#superior-reason").fill("sejak Januari saya di bidang lain")
        over.append(page.evaluate(_OVERFLOW))
        page.get_by_role("button", name="Kirim ke unit kepegawaian").click()
        sent = page.locator("[role=status]").first.inner_text()
        over.append(page.evaluate(_OVERFLOW))

        asked = engine.case(case, None).case.questioned
        assert asked is not None
        desk = window(
            chromium,
            address,
            engine.chart.person(asked.task.holder).person_id,
            width=1280,
            language="en",
        )
        desk.goto("/")
        desk.get_by_role("link", name=f"Check who the superior of {subject.name} is").first.click()
        quoted = desk.locator("#superior blockquote").inner_text()
        desk.get_by_label("The record is right").check()
        desk.get_by_label("The reason, which the employee will read").fill("SK 12/2025 masih berlaku")
        over.append(desk.evaluate(_OVERFLOW))
        desk.get_by_role("button", name="Send the answer to the employee").click()

        page.goto(f"/cases/{case}")
        read = page.locator("#history").inner_text()
        page.context.close()
        desk.context.close()

    kinds = [one.kind for one in engine.history(case)][-2:]
    engine.database.close()
    assert sent.startswith("Terkirim ke unit kepegawaian.")
    assert "sejak Januari saya di bidang lain" in quoted
    assert "SK 12/2025 masih berlaku" in read
    assert ["superior_questioned", "superior_answered"] == kinds
    assert [0, 0, 0] == over
