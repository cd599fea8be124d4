"""My year: all one's own cases, what is next and whose turn it is, and what was disclosed and no more."""

from __future__ import annotations

from tests.api.conftest import RATER, STAFF

RATING = {"results": "as", "behaviour": "above", "reasons": "Alasan-Beril-1234"}


def main_of(answer) -> str:
    """What stands below the frame that every page has."""
    assert 200 == answer.status_code
    return answer.text.partition("<main")[2]


def test_it_says_the_one_next_step_with_one_button(office) -> None:
    """At the beginning the plan is to be drafted, by a day, and what happens otherwise is told."""
    page = main_of(office.browser(STAFF, "id").get("/year"))

    assert "Tahun saya: 2026" in page
    assert "Satu hal menunggu Anda" in page
    assert "Giliran Anda" in page
    assert "Bila tidak ada yang bertindak" in page
    assert 1 == page.count("Kerjakan sekarang")
    assert f'href="/cases/{office.case_of()}"' in page
    assert 'aria-current="step"' in page


def test_while_others_have_the_turn_there_is_nothing_to_do(office) -> None:
    """Who, since when, and what happens if they do not act."""
    office.planned()
    page = main_of(office.browser(STAFF).get("/year"))

    assert "You need do nothing now." in page
    assert "Waiting for" in page
    assert "If nobody acts" in page
    assert "Do it now" not in page


def test_a_rating_stands_there_once_it_is_disclosed(office) -> None:
    """Before, not a word of it; after, with the form to open."""
    case = office.rating_time()
    office.fire("rate", RATER, rating=RATING)
    client = office.browser(STAFF)
    before = main_of(client.get("/year"))
    view = office.engine.case(case, None)
    reviewer = view.case.task.holder
    office.fire("seen", next(one.name for one in office.engine.chart.segments if one.key == reviewer))
    after = main_of(client.get("/year"))

    assert "What was disclosed to you" not in before
    assert RATING["reasons"] not in before
    assert "What was disclosed to you" in after
    assert RATING["reasons"] in after


def test_a_year_without_a_case_says_so(office) -> None:
    """Any year may be asked for; what is no year is refused."""
    client = office.browser(STAFF)

    assert "There is no case about you in this year." in main_of(client.get("/year?year=2019"))
    assert 422 == client.get("/year?year=0").status_code
