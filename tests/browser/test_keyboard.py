"""Every kind of task with a keyboard alone: where one is can be seen, the way is the page's, and errors are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Travel
from tests.boards import member_of, rated, session_of
from tests.browser.conftest import served, window
from tests.browser.keys import Keys
from tests.browser.real_places import real_house
from tests.runtime.bulks import most_of, with_plans
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.signing_in.conftest import PASSWORD, STAFF
from tests.worlds import ordinary

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

MONDAY = date(2026, 3, 2)
NARROW, WIDE = 320, 1280
UNIT, DESK = "Sekretariat Daerah", "Zulkifli Ibura"


@contextmanager
def at(chromium: Any, engine: Engine, clock: HandClock) -> Iterator[Any]:
    """What opens windows on an agency that is being served: a person's number, and how wide."""
    opened = []
    with served(create_app(engine, demo=Travel(engine, clock), settings=Settings())) as address:

        def sit(person: str, width: int) -> Keys:
            page = window(chromium, address, person, width=width, language="en")
            page.set_default_timeout(20_000)
            opened.append(page)
            return Keys(page)

        yield sit
        for page in opened:
            page.context.close()
    engine.database.close()


def test_one_signs_in_and_out(chromium: Any, tmp_path: Path) -> None:
    """Past the menu by the first link; a wrong password is told where one is; then in, and out again."""
    with real_house(tmp_path / "a.db") as (house, address):
        house.account("fadli", person=STAFF)
        keys = Keys(window(chromium, address, "", width=NARROW, language="en"))
        keys.page.goto("/sign-in")
        keys.tab_to("Skip to the content")
        keys.page.keyboard.press("Enter")
        skipped = keys.focused
        for words in ("wrong altogether", PASSWORD):
            keys.tab_to("Login", tag="INPUT")
            keys.page.keyboard.press("Control+a")
            keys.type("fadli")
            keys.tab_to("Password", tag="INPUT")
            keys.type(words)
            keys.press("Enter")
            if words != PASSWORD:
                refused = keys.page.evaluate("document.activeElement.getAttribute('role')")
        inside = keys.page.url
        keys.tab_to("Sign out")
        keys.press("Enter")
        left = keys.page.url.partition("?")[0]
        keys.page.context.close()

    assert ("main", "alert") == (skipped, refused)
    assert (f"{address}/", f"{address}/signed-out") == (inside, left)
    assert [] == keys.faults


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_task_is_refused_and_done(chromium: Any, tmp_path: Path, width: int) -> None:
    """From the inbox to the task; a return without a reason comes back with the error read out at its field."""
    with_plans(str(tmp_path / "a.db")).database.close()
    clock = HandClock()
    engine = Engine(Database(str(tmp_path / "a.db")), clock)
    rater, rows = most_of(engine)
    with at(chromium, engine, clock) as sit:
        keys = sit(engine.chart.person(rater).person_id, width)
        keys.page.goto("/")
        keys.tab_to("Open the task")
        keys.press("Enter")
        case = keys.page.url.rpartition("/")[2]
        keys.tab_to("Return for changes", tag="BUTTON")
        keys.press("Enter")
        told = keys.focused
        keys.tab_to("reason", tag="A")
        keys.page.keyboard.press("Enter")
        field, described = keys.focused, keys.described()
        keys.type("Target the third goal.")
        keys.tab_to("Return for changes", tag="BUTTON")
        keys.press("Enter")
        done = keys.page.locator("[role=status]").first.inner_text()
        after = keys.focused
        state = engine.case(case, None).case.state

    assert rows
    assert told.startswith("act-")
    assert field.startswith("reason-")
    assert described
    assert ("main", "employee_drafts") == (after, state)
    assert done
    assert [] == keys.faults


def test_the_same_is_done_in_several_cases(chromium: Any, tmp_path: Path) -> None:
    """Ticked with Space, looked at, confirmed with Enter."""
    with_plans(str(tmp_path / "a.db")).database.close()
    clock = HandClock()
    engine = Engine(Database(str(tmp_path / "a.db")), clock)
    rater, rows = most_of(engine)
    with at(chromium, engine, clock) as sit:
        keys = sit(engine.chart.person(rater).person_id, WIDE)
        keys.page.goto("/")
        for _ in rows[:2]:
            keys.tab_to("Choose", tag="INPUT")
            keys.page.keyboard.press("Space")
        keys.tab_to("Agree", tag="BUTTON")
        keys.press("Enter")
        keys.tab_to("Agree", tag="BUTTON")
        keys.press("Enter")
        states = [engine.case(one.case, None).case.state for one in rows]

    assert 2 == states.count("employee_signs")
    assert [] == keys.faults


def test_a_day_is_logged(chromium: Any, tmp_path: Path) -> None:
    """From one's year to the log; an empty entry is refused where one is, a written one is kept."""
    clock = HandClock()
    clock.put(MONDAY)
    engine = set_up(str(tmp_path / "a.db"), clock, definition="tests/definitions/journal")
    engine.launch("journal-cycle", opens=MONDAY, year=2026, actor=NOBODY)
    own = ordinary(engine.chart)
    with at(chromium, engine, clock) as sit:
        keys = sit(own.person_id, NARROW)
        keys.page.goto("/year")
        keys.tab_to("Write an entry")
        keys.press("Enter")
        keys.tab_to("Send the entry", tag="BUTTON")
        keys.press("Enter")
        told = keys.page.evaluate("document.activeElement.getAttribute('role')")
        keys.tab_to("This is required", tag="A")
        keys.page.keyboard.press("Enter")
        described = keys.described()
        keys.type("Five home visits.")
        keys.tab_to("Send the entry", tag="BUTTON")
        keys.press("Enter")
        entries = engine.case(engine.cases(subject=own.key)[0].id, own.key).journals[0].pages

    assert "alert" == told
    assert "This is required" in described
    assert ["Five home visits."] == [one.values["what"] for one in entries]
    assert [] == keys.faults


def test_a_board_is_worked_and_its_result_objected_to(chromium: Any, tmp_path: Path) -> None:
    """Somebody is moved with the arrow keys; when the session is over, they object."""
    clock = HandClock()
    engine = rated(str(tmp_path / "a.db"), clock)
    session = session_of(engine, UNIT)
    desk = next(one for one in engine.chart.segments if one.name == DESK)
    with at(chromium, engine, clock) as sit:
        keys = sit(desk.person_id, WIDE)
        keys.page.goto(f"/cases/{session.id}/board")
        keys.tab_to("Employee", tag="SELECT")
        keys.page.keyboard.press("ArrowDown")
        keys.tab_to("Open", tag="BUTTON")
        keys.press("Enter")
        member = keys.page.url.partition("member=")[2].partition("#")[0]
        keys.tab_to("Work result", tag="SELECT")
        keys.page.keyboard.press("ArrowDown")
        keys.tab_to("Reason", tag="TEXTAREA")
        keys.type("As in other units")
        keys.tab_to("Adjust the rating", tag="BUTTON")
        keys.press("Enter")
        moved = [one.kind for one in engine.history(member)][-1]
        engine.fire(session.id, "close", actor=Actor(person=desk.key), forms={"session": {"minutes": "Ada."}})
        engine.fire_due()
        whose = engine.case(member, None).case.subject
        own = sit(engine.chart.person(whose).person_id, NARROW)
        own.page.goto("/")
        own.tab_to("Open the task")
        own.press("Enter")
        own.tab_to("Grounds", tag="TEXTAREA")
        own.type("My report was not read.")
        own.tab_to("I object", tag="BUTTON")
        own.press("Enter")
        state = engine.case(member, None).case.state

    assert member_of(engine, engine.chart.person(whose).name).id == member
    assert ("stayed", "head_rules") == (moved, state)
    assert [] == keys.faults + own.faults
