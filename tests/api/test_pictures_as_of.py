"""Whatever is drawn says as of when it is true, and in which zone; what a table beside it says is the same."""

from __future__ import annotations

import pytest

from tests.api.conftest import MANAGER, STAFF, Office
from tests.api.test_pages import read

HEAD = "Abdul Karim Mointi"


@pytest.mark.parametrize(
    ("path", "who"),
    [("/cases/{case}", MANAGER), ("/cases/{case}/timeline", MANAGER), ("/year", STAFF), ("/unit", HEAD)],
)
@pytest.mark.parametrize(
    ("language", "told"), [("en", ("As of", "08:00 WITA")), ("id", ("Keadaan", "08.00 WITA"))]
)
def test_a_page_with_a_picture_says_as_of_when(
    office: Office, path: str, who: str, language: str, told: tuple[str, str]
) -> None:
    page = read(office.browser(who, language).get(path.format(case=office.planned())).text)
    first, _, after = page.partition(told[0])

    assert told[1] in after[:120], first[-200:]


def test_the_line_of_phases_says_in_words_what_it_draws(office: Office) -> None:
    """It is a list: each phase with its place, and the present one marked for whoever does not see it."""
    page = office.browser(STAFF).get(f"/cases/{office.planned()}").text
    line = page.partition('<ol class="phases"')[2].partition("</ol>")[0]

    assert 1 == line.count('aria-current="step"')
    assert 1 == read(line).count("the case is here")
    assert line.count("<li") == line.count("<small>") > 3


def test_a_second_round_is_numbered_in_the_picture_and_in_the_table(office: Office) -> None:
    case = office.planned()
    office.fire("send_back", MANAGER, reason="Bobot belum 100")
    page = office.browser(STAFF).get(f"/cases/{case}/timeline").text
    picture, _, table = page.partition("<table")

    assert 'class="mark-round">2<' in picture
    assert "Round 2" in read(table) or "round 2" in read(table)
