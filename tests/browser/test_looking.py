"""Every page as wide as a phone and as a desk, in both languages: nothing runs over, is cut, or is raw."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.demo_acts import Subject, act_in
from api.demo_behaviours import behaviour_of
from engine.core.command import Actor
from tests.browser.conftest import Demo
from tests.browser.hands import Hands
from tests.worlds import ZONE, calendar

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

WIDTHS = (360, 1280)
LANGUAGES = ("id", "en")
#: somebody on the personnel desk, who sees most pages
DESK = 21

#: names of the code and holes of a template; file names, addresses and digests are told apart by what surrounds them
_RAW = re.compile(r"(?<![\w./:@-])[a-z]+(?:_[a-z]+)+(?![\w./:-])|<[a-z_.]+>|\{\{|\}\}|\bNone\b|\bundefined\b")

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: texts that are wider than the box they are cut off by
_CUT = """() => [...document.querySelectorAll('main *, header *, nav *, section.demo *')].filter(one => {
  const style = getComputedStyle(one);
  if (one.closest('.unseen') || one.tagName === 'SELECT' || one.tagName === 'OPTION' || !one.innerText) return false;
  const hides = ['hidden', 'clip'].includes(style.overflowX) || style.textOverflow === 'ellipsis';
  const seen = one.clientWidth > 2;  // what is there for screen readers only is one pixel wide
  return seen && hides && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.tagName + ': ' + one.innerText.slice(0, 60))"""


def brought_along(demo: Demo) -> dict[str, str]:
    """Cases in telling places: drafting, overdue and escalated, with the rater, disclosed, closed."""
    engine, travel = demo.house.engine, demo.house.travel
    assert travel is not None

    def case_id(row: int) -> str:
        return engine.cases(subject=demo.people[row].key)[0].id

    def do(row: int, until: str) -> None:
        member = demo.people[row]
        subject = Subject(row=row, position=member.position, behaviour=behaviour_of(row))
        for _ in range(20):
            case = engine.cases(subject=member.key)[0]
            act = act_in(case.state, subject) if case.task and case.state != until else None
            if act is None or case.task is None:
                return
            who = Actor(person=case.task.holder)
            engine.fire(case.id, act.trigger, actor=who, forms=act.forms, reason=act.reason)

    hr = next(one.key for one in engine.chart.segments if "desk:personnel" in one.duties)
    engine.fire(case_id(33), "exempt", actor=Actor(person=hr), reason="Cuti di luar tanggungan negara.")
    do(9, "rater_agrees")
    do(16, "")
    do(25, "")
    travel.go(calendar().start_of(date(2025, 12, 16), ZONE))
    return {"drafting": case_id(17), "waiting": case_id(9), "running": case_id(16), "closed": case_id(33)}


def pages(demo: Demo, cases: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """A name, a path, and who looks."""
    digest = demo.house.engine.definitions()[0].digest
    yield "inbox", "/", 17
    yield "inbox-desk", "/", DESK
    yield "messages", "/messages", 17
    yield "case-drafting", f"/cases/{cases['drafting']}", 17
    yield "case-waiting", f"/cases/{cases['waiting']}", 9
    yield "case-waiting-desk", f"/cases/{cases['waiting']}", DESK
    yield "case-running", f"/cases/{cases['running']}", 16
    yield "case-closed", f"/cases/{cases['closed']}", DESK
    yield "cases", "/cases", DESK
    yield "cycles", "/cycles", DESK
    yield "definitions", "/definitions", DESK
    yield "definition", f"/definitions/{digest}", DESK
    yield "people", "/people", DESK


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where the pictures go: SIKLUS_SCREENSHOTS, else a folder that ends with the test."""
    folder = Path(os.environ.get("SIKLUS_SCREENSHOTS") or tmp_path / "screens")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_every_page_fits_and_speaks_plainly(chromium: Any, demo: Demo, album: Path) -> None:
    """360 and 1280 pixels, Indonesian and English: no overflow, no cut text, no raw key, no empty placeholder."""
    cases = brought_along(demo)
    faults: list[str] = []
    for width in WIDTHS:
        for language in LANGUAGES:
            hands = Hands(chromium, demo, width=width, language=language)
            for name, path, row in pages(demo, cases):
                hands.be(demo.people[row].person_id)
                hands.go(path)
                hands.page.screenshot(path=album / f"{name}-{width}-{language}.png", full_page=True)
                faults += [f"{name} {width} {language}: {fault}" for fault in seen(hands.page, language)]
            hands.close()

    assert [] == faults


def seen(page: Any, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    over = page.evaluate(_OVERFLOW)
    if over > 0:
        found.append(f"{over} pixels wider than the window")
    found += [f"cut: {text}" for text in page.evaluate(_CUT)]
    text = page.inner_text("body")
    found += [f"raw: {match}" for match in sorted(set(_RAW.findall(text)))]
    if page.get_attribute("html", "lang") != language:
        found.append("says another language than it is in")
    return found
