"""Every page as wide as a phone and as a desk, in both languages: nothing runs over, is cut, or is raw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.core.command import Actor
from tests.browser.conftest import Demo
from tests.browser.doing import next_acts, year_of
from tests.browser.seeing import eyes
from tests.worlds import ZONE, calendar

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

#: somebody on the personnel desk, who sees most pages
DESK = 21
#: the head of a division, who rates others
HEAD = 1


def brought_along(demo: Demo) -> dict[str, str]:
    """Cases in telling places: drafting, overdue and escalated, with the rater, disclosed, closed."""
    engine, travel = demo.house.engine, demo.house.travel
    assert travel is not None

    def case_id(row: int) -> str:
        return year_of(demo, row).id

    def do(row: int, until: str) -> None:
        for _ in range(20):
            case, task, act = next(next_acts(demo, row), (None, None, None))
            if case is None or task is None or act is None or case.state == until:
                return
            engine.fire(
                case.id, act.trigger, actor=Actor(person=task.holder), forms=act.forms, reason=act.reason
            )

    hr = next(one.key for one in engine.chart.segments if "desk:personnel" in one.duties)
    engine.fire(case_id(33), "exempt", actor=Actor(person=hr), reason="Cuti di luar tanggungan negara.")
    do(9, "rater_agrees")
    do(16, "")
    do(25, "")
    travel.go(calendar().start_of(date(2025, 12, 16), ZONE))
    return {"drafting": case_id(17), "waiting": case_id(9), "running": case_id(16), "closed": case_id(33)}


def pages(demo: Demo, cases: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """A name, a path, and who looks."""
    digest = demo.house.engine.in_force("asn-tahunan").digest
    yield "inbox", "/", 17
    yield "calendars", "/calendars", DESK
    yield "calendar", "/calendars/id-asn?year=2026", 17
    yield "inbox-desk", "/", DESK
    yield "messages", "/messages", 17
    yield "year", "/year", 17
    yield "case-drafting", f"/cases/{cases['drafting']}", 17
    yield "case-waiting", f"/cases/{cases['waiting']}", 9
    yield "case-waiting-desk", f"/cases/{cases['waiting']}", DESK
    yield "case-running", f"/cases/{cases['running']}", 16
    yield "case-closed", f"/cases/{cases['closed']}", DESK
    yield "cases", "/cases", DESK
    yield "cycles", "/cycles", DESK
    yield "cycle-cancel", f"/cycles/{demo.house.engine.cycles()[0].id}/cancel", DESK
    yield "definitions", "/definitions", DESK
    yield "definition", f"/definitions/{digest}", DESK
    yield "people", "/people", DESK
    yield "people-import", "/people/import", DESK
    yield "promises", "/promises", DESK
    yield "outages", "/outages", DESK
    yield "trainings", "/trainings", DESK
    yield "delegations", "/delegations", HEAD
    yield "delegations-desk", "/delegations", DESK
    yield "handover", "/handover", HEAD
    yield "inbox-head", "/", HEAD


def test_every_page_fits_and_speaks_plainly(chromium: Any, demo: Demo) -> None:
    """360 and 1280 pixels, Indonesian and English: no overflow, no cut text, no raw key, no empty placeholder."""
    cases = brought_along(demo)
    with eyes(chromium, demo.address) as looking:
        for name, path, row in pages(demo, cases):
            looking.look(name, path, demo.people[row].person_id)

    assert [] == looking.faults
