from __future__ import annotations

import pytest

from engine.core.content import check_form
from engine.core.parse import read
from tests.definitions.whole import RULES, TEXTS

DEFINITION = read(RULES, TEXTS)
PLAN = {
    "goals": [
        {"title": " Laporan ", "kind": "main", "weight": "60"},
        {"title": "x", "kind": "additional", "weight": 40},
    ],
    "links": ["https://example.org/a?b=c", " http://example.org "],
    "behaviour": "ramah\r\ntepat waktu\n",
}
RATING = {"results": "as", "behaviour": "above", "points": 3, "seen": "2026-02-28"}


def check(form: str, values: dict[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """The cleaned values, and what is wrong in English."""
    cleaned, problems = check_form(DEFINITION.forms[form], DEFINITION.forms, values)
    return cleaned, {path: label.en for path, label in problems.items()}


def test_a_form_filled_well_is_cleaned():
    """Texts are stripped, numbers are whole numbers, line ends are plain, optional fields may be left out."""
    assert (
        {
            "goals": [
                {"title": "Laporan", "kind": "main", "weight": 60},
                {"title": "x", "kind": "additional", "weight": 40},
            ],
            "links": ["https://example.org/a?b=c", "http://example.org"],
            "behaviour": "ramah\ntepat waktu",
        },
        {},
    ) == check("plan", PLAN)


def test_everything_wrong_is_told_at_once_by_its_path():
    """Also inside the items of lists."""
    _, problems = check(
        "plan",
        {
            "goals": [{"title": "", "kind": "min", "weight": 101, "extra": 1}, "x"],
            "links": "x",
            "mood": "good",
        },
    )

    assert {
        "goals[0].title": "This is required.",
        "goals[0].kind": "Choose one of the values offered.",
        "goals[0].weight": "Must be from 0 to 100.",
        "goals[0].extra": "The form has no such field.",
        "goals[1]": "This must hold the fields of the form.",
        "links": "This must be a list.",
        "behaviour": "This is required.",
        "mood": "The form has no such field.",
    } == problems


@pytest.mark.parametrize("value", [None, "", "  ", "\n"], ids=repr)
def test_nothing_is_not_an_answer(value):
    """White space is nothing."""
    assert {"behaviour": "This is required."} == check("plan", {**PLAN, "behaviour": value})[1]


@pytest.mark.parametrize("value", [1.0, True, "6.5", "1e2", "", "x", [3], "٣", "9" * 30], ids=repr)
def test_a_number_is_a_whole_number(value):
    """Written with digits or given as one; neither a fraction nor a truth."""
    assert ["points"] == list(check("rating", {**RATING, "points": value})[1])


@pytest.mark.parametrize(("value", "kept"), [(-5, -5), ("-5", -5), (" 5 ", 5), (0, 0)], ids=repr)
def test_a_number_within_its_bounds_is_kept(value, kept):
    """Bounds belong to the range."""
    cleaned, problems = check("rating", {**RATING, "points": value})

    assert (kept, {}) == (cleaned["points"], problems)


@pytest.mark.parametrize(
    "value", ["2026-02-29", "28-02-2026", "20260228", "2026-2-8", 20260228, "2026-02-28T00:00"], ids=repr
)
def test_a_date_is_a_day_that_exists(value):
    """Year, month, day, as in 2026-02-28."""
    assert ["seen"] == list(check("rating", {**RATING, "seen": value})[1])


@pytest.mark.parametrize(
    "link",
    [
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "//example.org",
        "https://a b",
        "https://u:p@example.org",
        "https:\\example.org",
        5,
        "https://example.org/" + "x" * 2000,
        "https://exa\x00mple.org",
    ],
    ids=lambda link: repr(link)[:30],
)  # fmt: skip
def test_a_link_is_a_web_address(link):
    """With its protocol, without user names, not endless."""
    _, problems = check("plan", {**PLAN, "links": ["https://example.org", link]})

    assert ["links[1]"] == list(problems)


@pytest.mark.parametrize(
    ("goals", "said"),
    [
        ([], "This is required."),
        (PLAN["goals"] * 7, "Must have 1 to 12 items, now 14."),
        ({"title": "x"}, "This must be a list."),
    ],
    ids=["none", "too many", "not a list"],
)
def test_a_list_has_as_many_items_as_it_may(goals, said):
    """And says how many those are."""
    assert {"goals": said} == check("plan", {**PLAN, "goals": goals})[1]


def test_a_list_that_may_be_empty_is_kept_empty_and_an_optional_one_is_left_out():
    """An empty list was an answer; an optional field without one was not asked for."""
    cleaned, problems = check("plan", {**PLAN, "links": [], "steps": []})

    assert {} == problems
    assert [] == cleaned["links"]
    assert "steps" not in cleaned


def test_the_limit_counts_letters_as_people_do():
    """A line end sent as two letters counts once, and letters beyond the alphabet count once."""
    exactly = "é" * 1999 + "\r\n" + "x" * 0
    fits, problems = check("plan", {**PLAN, "behaviour": "a" + "\r\n" * 1998 + "😀"})

    assert {} == problems
    assert 2000 == len(str(fits["behaviour"]))
    assert {} == check("plan", {**PLAN, "behaviour": exactly})[1]
    assert {"behaviour": "At most 2000 characters, now 2001."} == check(
        "plan", {**PLAN, "behaviour": "x" * 2001}
    )[1]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\x1bb", "a\x85b"], ids=ascii)
def test_what_cannot_be_stored_is_refused(text):
    """Control letters and half letters break databases and mails."""
    assert ["behaviour"] == list(check("plan", {**PLAN, "behaviour": text})[1])


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], 5, True], ids=repr)
def test_a_text_is_a_text(value):
    """Nothing else is turned into one."""
    assert {"behaviour": "This must be a text."} == check("plan", {**PLAN, "behaviour": value})[1]


def test_every_sentence_is_there_in_both_languages():
    """Indonesian and English, and never the same."""
    _, problems = check_form(
        DEFINITION.forms["plan"],
        DEFINITION.forms,
        {
            "goals": [{"title": "x" * 301, "kind": 1, "weight": "x"}, 3],
            "links": ["x"],
            "steps": [{}] * 4,
            "y": 1,
        },
    )

    assert 8 == len(problems)
    assert all(label.id and label.en and label.id != label.en for label in problems.values())
