"""The rarer kinds of fields on a page, and back: nothing typed is lost, and a comma is a decimal sign."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.forms import Asked, Box, boxes
from api.pages.posted_forms import read_form
from api.pages.told_forms import told_values
from api.pages.words import Words
from engine.core.definition import Label, Language
from engine.core.parse import read
from tests.definitions.whole import RULES, TEXTS

DEFINITION = read(RULES, TEXTS)
VISIT = DEFINITION.forms["visit"]
VALUES = {
    "day": "2026-07-10",
    "about": {"number": 2, "text": "Pelayanan"},
    "with": "p-1",
    "peers": ["p-1", "p-2"],
    "reached": "82.50",
    "friendly": "cannot_judge",
    "ticks": {"greets": "seen", "explains": "not_seen"},
}
NAMES = {"p-1": "Ani", "p-2": "Budi", "p-3": "Citra"}


def shown(values: dict[str, Any], language: Language = "en", **problems: str) -> dict[str, Box]:
    """The boxes of the visit by their names."""
    asked = Asked(
        definition=DEFINITION,
        language=language,
        word=Words(language),
        problems={path: Label(id=text, en=text) for path, text in problems.items()},
        people=lambda _: tuple(NAMES.items()),
        picks=lambda _: ("Laporan", "Pelayanan"),
    )
    return {box.path.partition(".")[2]: box for box in boxes(asked, VISIT, values)}


def chosen(box: Box) -> list[str]:
    """What is chosen in a box."""
    return [one.value for one in box.choices if one.chosen]


def test_each_kind_has_a_look_of_its_own() -> None:
    """Decimals, radio buttons with "cannot judge", a list of people to tick, a row of buttons for each line."""
    found = shown({})

    assert {
        "day": "date", "about": "select", "with": "select", "peers": "ticks", "reached": "decimal",
        "friendly": "radios", "ticks": "lists", "next": "date", "why": "lines",
    } == {name: box.look for name, box in found.items()}  # fmt: skip
    assert "I cannot judge" == found["friendly"].choices[-1].label
    assert ["1. Laporan", "2. Pelayanan"] == [one.label for one in found["about"].choices]


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", ["1: Tingkat 1 dari 4", "4: Tingkat 4 dari 4"]), ("en", ["1: Step 1 of 4", "4: Step 4 of 4"])],
)
def test_each_step_of_a_scale_says_what_it_means(language: Language, said: list[str]) -> None:
    """Which end is good no number tells; whoever reads the answer is told the same words."""
    labels = [one.label for one in shown({}, language)["friendly"].choices]
    told = told_values(DEFINITION, "visit", {**VALUES, "friendly": 4}, language)

    assert said == [labels[0], labels[3]]
    assert said[1] in [line.text for line in told.lines]


def test_what_was_written_stands_in_its_boxes() -> None:
    """In Indonesian with a decimal comma."""
    found = shown(VALUES, "id")

    assert "82,50" == found["reached"].value
    assert ["2"] == chosen(found["about"])
    assert ["p-1"] == chosen(found["with"])
    assert ["p-1", "p-2"] == chosen(found["peers"])
    assert ["cannot_judge"] == chosen(found["friendly"])
    assert [["seen"], ["not_seen"]] == [chosen(line) for line in found["ticks"].inner]


def test_what_is_sent_is_read_back() -> None:
    """People by their boxes, lines by their buttons, a comma as a decimal sign."""
    sent = {
        "visit.day": "2026-07-10",
        "visit.about": "2",
        "visit.with": "p-1",
        "visit.peers[p-1]": "1",
        "visit.peers[p-2]": "1",
        "visit.reached": " 82,5 ",
        "visit.friendly": "cannot_judge",
        "visit.ticks.greets": "seen",
        "visit.ticks.explains": "not_seen",
    }

    assert {**VALUES, "about": "2", "reached": "82.5"} == read_form(DEFINITION, VISIT, sent)


def test_a_field_that_is_needed_under_a_condition_says_so() -> None:
    """It is not marked as required, and its hint tells when it is."""
    why = shown({})["why"]

    assert not why.required
    assert "Needed if “Reached” is below 50" in why.hint


def test_where_nothing_can_be_picked_the_page_says_so() -> None:
    """And does not ask for it."""
    asked = Asked(definition=DEFINITION, language="en", word=Words("en"), problems={})
    about = next(box for box in boxes(asked, VISIT, {}) if box.path == "visit.about")

    assert not about.required
    assert "There is nothing to pick yet; leave it empty" == about.hint


def test_problems_stand_beside_their_lines() -> None:
    """Those of a checklist beside the line they are about."""
    found = shown({}, **{"visit.ticks.greets": "This is required."})

    assert ["This is required.", ""] == [line.problem for line in found["ticks"].inner]


def test_what_was_written_is_told_in_words() -> None:
    """Names instead of keys, labels instead of values, days and the decimal sign of the language."""
    told = told_values(DEFINITION, "visit", VALUES, "id", lambda key: NAMES[key])

    assert {
        "Tanggal": "10 Juli 2026",
        "Tentang sasaran": "2. Pelayanan",
        "Bersama": "Ani",
        "Rekan": "Ani, Budi",
        "Capaian": "82,50",
        "Keramahan": "tidak dapat menilai",
        "Daftar periksa": "Menyapa: Terlihat; Menjelaskan: Tidak terlihat",
    } == {line.label: line.text for line in told.lines}


def test_items_described_in_place_have_labels_of_their_own() -> None:
    """A list whose fields are written right there belongs to no other form."""
    plan = DEFINITION.forms["plan"]
    asked = Asked(definition=DEFINITION, language="en", word=Words("en"), problems={})
    steps = next(box for box in boxes(asked, plan, {"steps": [{"what": "x"}]}) if box.path == "plan.steps")
    told = told_values(DEFINITION, "plan", {"steps": [{"what": "x"}]}, "en")

    assert ["What", "By"] == [box.label for box in steps.rows[0].boxes]
    assert "x" == told.lines[0].items[0].lines[0].text
