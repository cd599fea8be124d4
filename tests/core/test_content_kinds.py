"""What the rarer kinds of fields take and keep: decimals, days before and after, picks, people, scales, checklists."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.content import Around, check_form
from engine.core.parse import read
from tests.definitions.whole import RULES, TEXTS

DEFINITION = read(RULES, TEXTS)
AROUND = Around(
    today=date(2026, 7, 10),
    people=lambda _: {"p-1", "p-2", "p-3", "p-4"},
    picks=lambda _: ("Laporan bulanan", "Pelayanan"),
    holds=lambda condition, values: (
        condition.text == "visit.reached < 50" and str(values.get("reached", "99")) < "50"
    ),
)
VISIT = {
    "day": "2026-07-10",
    "about": "2",
    "with": "p-1",
    "reached": "82.5",
    "friendly": "cannot_judge",
    "ticks": {"greets": "seen", "explains": "not_seen"},
}


def check(around: Around = AROUND, **values: object) -> tuple[dict[str, object], dict[str, str]]:
    """The cleaned visit with these values, and what is wrong in English."""
    given_values = {name: value for name, value in {**VISIT, **values}.items() if value is not ...}
    cleaned, problems = check_form(DEFINITION.forms["visit"], DEFINITION.forms, given_values, around)
    return cleaned, {path: label.en for path, label in problems.items()}


def test_a_visit_filled_well_is_kept():
    """A decimal text with all its decimals, a pick with what it is called, a key, a word for "cannot judge"."""
    assert (
        {
            "day": "2026-07-10",
            "about": {"number": 2, "text": "Pelayanan"},
            "with": "p-1",
            "reached": "82.50",
            "friendly": "cannot_judge",
            "ticks": {"greets": "seen", "explains": "not_seen"},
        },
        {},
    ) == check()


def test_what_was_kept_may_be_sent_again():
    """A page that goes on with what is written sends nothing else."""
    assert check() == check(**check()[0])


@pytest.mark.parametrize(
    ("value", "kept"),
    [("82.5", "82.50"), (82, "82.00"), (" 0.05 ", "0.05"), ("120.00", "120.00"), ("0", "0.00")],
)
def test_a_number_with_decimals_is_kept_exactly(value, kept):
    """As its decimal text, never as a binary float."""
    assert kept == check(reached=value)[0]["reached"]


@pytest.mark.parametrize(
    "value", [82.5, "82,5", "82.555", "1e1", "x", True, [1], "--1", ".5", "1" * 40], ids=repr
)
def test_what_is_no_such_number_is_refused(value):
    """A JSON fraction too: what was typed is already lost in it."""
    expected = "Write a number, as a text, with at most 2 decimals, such as 82.50."
    assert {"reached": expected} == check(reached=value)[1]


@pytest.mark.parametrize("value", ["120.01", "-0.01"])
def test_a_number_with_decimals_keeps_to_its_range(value):
    """Whose ends are whole units."""
    assert {"reached": "Must be from 0 to 120."} == check(reached=value)[1]


@given(st.integers(0, 12_000))
def test_every_hundredth_survives(hundredths):
    """Whatever is typed with two decimals comes back as it was typed."""
    typed = f"{hundredths // 100}.{hundredths % 100:02d}"

    assert typed == check(reached=typed, why="x")[0]["reached"]


@pytest.mark.parametrize(
    ("field", "day", "problem"),
    [
        ("day", "2026-07-10", None),
        ("day", "2020-01-01", None),
        ("day", "2026-07-11", "This date may not lie after today."),
        ("next", "2026-07-11", None),
        ("next", "2026-07-10", "This date must lie after today."),
        ("next", "2026-02-30", "Write a date as in 2026-01-31."),
    ],
)
def test_days_are_seen_from_the_day_of_the_act(field, day, problem):
    """The past ends with today, the future begins tomorrow."""
    assert ({} if problem is None else {field: problem}) == check(**{field: day})[1]


@pytest.mark.parametrize(
    "value", [0, 3, "x", True, 1.0, {"number": 9}, {"text": "Pelayanan"}, ["1"]], ids=repr
)
def test_a_pick_is_one_of_the_items(value):
    """By its number, counted from 1."""
    assert {"about": "Choose one of the items of that list."} == check(about=value)[1]


def test_where_there_is_no_list_yet_nothing_is_picked():
    """The top of the agency has no superior's plan to pick from."""
    empty = Around(today=AROUND.today, people=AROUND.people)

    assert {} == check(empty, about=...)[1]
    assert {"about": "This is required."} == check(about=...)[1]


@pytest.mark.parametrize("value", ["p-9", 5, ["p-1"], ""], ids=repr)
def test_a_person_is_somebody_who_may_be_named(value):
    """Exactly one, if no count is said."""
    assert ["with"] == list(check(**{"with": value})[1])


@pytest.mark.parametrize(
    ("peers", "problems"),
    [
        (["p-1", "p-2"], {}),
        (["p-1"], {"peers": "Must have 2 to 3 items, now 1."}),
        (["p-1", "p-1"], {"peers[1]": "This person is named already."}),
        (["p-1", "p-9"], {"peers[1]": "This person cannot be chosen here."}),
        ("p-1", {"peers": "This must be a list."}),
        ([["p-1"], "p-1"], {"peers[0]": "This person cannot be chosen here."}),
    ],
    ids=["two", "too few", "twice", "a stranger", "no list", "no keys"],
)  # fmt: skip
def test_several_people_are_different_people(peers, problems):
    """As many as the count says."""
    assert problems == check(peers=peers)[1]


@pytest.mark.parametrize(
    ("value", "fits"), [(1, True), ("4", True), (0, False), (5, False), ("cannot", False)]
)
def test_a_scale_offers_its_numbers_and_no_judgement(value, fits):
    """Besides, "cannot judge"."""
    assert fits is ("friendly" not in check(friendly=value)[1])


@pytest.mark.parametrize(
    ("ticks", "problems"),
    [
        ({"greets": "seen"}, {"ticks.explains": "This is required."}),
        ({"greets": "seen", "explains": "x"}, {"ticks.explains": "Choose one of the values offered."}),
        ({"greets": "seen", "explains": ["seen"]}, {"ticks.explains": "Choose one of the values offered."}),
        (
            {"greets": "seen", "explains": "seen", "smiles": "seen"},
            {"ticks.smiles": "The form has no such field."},
        ),
        ("seen", {"ticks": "This must hold the fields of the form."}),
        ({}, {"ticks": "This is required."}),
    ],
    ids=["half", "no answer", "a list", "no line", "no mapping", "nothing"],
)
def test_a_checklist_has_an_answer_for_each_line(ticks, problems):
    """And for no other."""
    assert problems == check(ticks=ticks)[1]


def test_a_field_is_needed_when_its_condition_is_true():
    """Seen from the form as it is being filled."""
    assert {"why": "This is required."} == check(reached="49.99")[1]
    assert {} == check(reached="49.99", why="sick")[1]
    assert {} == check(reached="50.00")[1]
