"""If nobody acts, as a line: a mark for each thing to come, the same in a table, told apart without colour."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.ladder_part import WIDTH, places
from engine.core.command import Actor, Pause
from tests.api.conftest import MANAGER, STAFF, Office
from tests.api.test_pages import read

_APART = 20


def coming(page: str) -> str:
    """The part of a page about what follows."""
    return page.partition('<section class="card coming">')[2].partition("</section>")[0]


def rows(part: str) -> list[tuple[str, str]]:
    """Number and sentence of each row of the table."""
    found = re.findall(r'<tr><th scope="row">(\d+) .*?</th><td>(.*?) <span', part, re.DOTALL)
    return [(number, unescape(told)) for number, told in found]


def marks(part: str) -> list[str]:
    """The numbers on the line."""
    return re.findall(r'class="rung-number"[^>]*>(\d+)<', part)


def test_each_sentence_has_a_mark_and_each_mark_a_row(office: Office) -> None:
    case = office.planned()
    program = office.program(MANAGER)
    part = coming(office.browser(MANAGER).get(f"/cases/{case}").text)
    told = program.get(f"/api/v1/cases/{case}").json()["told"]["if_nobody_acts"]
    said = [one["en"] for one in told]

    assert 5 <= len(said)
    assert said == [told for _, told in rows(part)]
    assert [str(one + 1) for one in range(len(said))] == marks(part) == [number for number, _ in rows(part)]


@pytest.mark.parametrize(
    ("language", "as_of"),
    [
        ("en", "The dot on the left is now: Monday 1 December 2025, 08:00 WITA."),
        ("id", "Titik di kiri adalah sekarang: Senin, 1 Desember 2025 pukul 08.00 WITA."),
    ],
)
def test_the_line_says_as_of_when_and_in_which_zone(office: Office, language: str, as_of: str) -> None:
    part = coming(office.browser(STAFF, language).get(f"/cases/{office.planned()}").text)

    assert as_of in read(part)
    assert "from now, marks on it: " in part if language == "en" else "sejak sekarang" in part


def test_what_differs_in_kind_differs_in_shape(office: Office) -> None:
    """A reminder, a word to others, a task that passes on, and a case that goes on are drawn in four ways."""
    part = coming(office.browser(MANAGER).get(f"/cases/{office.planned()}").text)
    keys = part.partition("<figcaption")[2].partition("</figcaption>")[0]
    drawn = re.findall(r'<svg class="swatch"[^>]*>\s*(.*?)</svg>', keys, re.DOTALL)
    words = re.findall(r"</svg> ([^<]+)</span>", keys)

    assert ["a reminder", "others are told", "the task goes to somebody else", "the case goes on"] == words
    assert 4 == len({one.strip() for one in drawn})


def test_a_clock_that_stands_still_is_a_dashed_line(office: Office) -> None:
    case = office.planned()
    assert "ladder-paused" not in office.browser(MANAGER).get(f"/cases/{case}").text
    desk = next(one.name for one in office.engine.chart.segments if "desk:personnel" in one.duties)
    pause = Pause(kind="leave", actor=Actor(person=office.key_of(desk)), reason="Cuti bersalin")
    office.engine.obey(case, pause)
    part = coming(office.browser(MANAGER).get(f"/cases/{case}").text)

    assert "ladder-paused" in part
    assert "the clock stands still" in part


def test_a_closed_case_has_no_line(office: Office) -> None:
    case = office.case_of()
    desk = next(one.name for one in office.engine.chart.segments if "desk:personnel" in one.duties)
    office.fire("exempt", desk, case, reason="Cuti di luar tanggungan")

    assert "ladder-line" not in office.browser(STAFF).get(f"/cases/{case}").text


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=13).map(sorted), st.integers(0, 10**15))
def test_marks_keep_their_order_and_their_distance(instants: list[int], now: int) -> None:
    found = places(instants, now)

    assert all(later - sooner >= _APART for sooner, later in pairwise(found))
    assert 0 < found[0]
    assert found[-1] < WIDTH
