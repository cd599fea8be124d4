from __future__ import annotations

import pytest

from engine.core.condition_prose import say_condition
from engine.core.explaining import explain
from engine.core.parse import read
from tests.definitions.whole import RULES, TEXTS

DEFINITION = read(RULES, TEXTS)


@pytest.mark.parametrize(
    ("text", "values", "en", "id_"),
    [
        (
            "weights == 100",
            {"weights": 95},
            "Total weight is 95, must be 100",
            "Jumlah bobot adalah 95, harus 100",
        ),
        (
            "weights == 100 && goal_count >= 2",
            {"weights": 100, "goal_count": 1},
            "Number of goals is 1, must be at least 2",
            "Jumlah sasaran adalah 1, harus paling sedikit 2",
        ),
        (
            "score >= 3.5",
            {"score": "2.75"},
            "Score is 2.75, must be at least 3.5",
            "Skor adalah 2,75, harus paling sedikit 3,5",
        ),
        (
            "score >= passing",
            {"score": "2.49"},
            "Score is 2.49, must be at least Passing score (2.5)",
            "Skor adalah 2,49, harus paling sedikit Nilai lulus (2,5)",
        ),
        (
            "predicate in ['best', 'good']",
            {"predicate": "poor"},
            "Predicate is “Poor”, must be one of “Very good”, “Good”",
            "Predikat adalah “Kurang”, harus salah satu dari “Sangat baik”, “Baik”",
        ),
        (
            "weights == 100",
            {},
            "Total weight is still missing, must be 100",
            "Jumlah bobot belum diisi, harus 100",
        ),
        (
            "weights < 50 || goal_count == 1",
            {"weights": 60, "goal_count": 2},
            "Total weight is 60, must be less than 50 or Number of goals is 2, must be 1",
            "Jumlah bobot adalah 60, harus kurang dari 50 atau Jumlah sasaran adalah 2, harus 1",
        ),
        (
            "!(weights > 100 || goal_count == 0)",
            {"weights": 120, "goal_count": 3},
            "Total weight is 120, must be at most 100",
            "Jumlah bobot adalah 120, harus paling banyak 100",
        ),
        ("-1 < weights", {"weights": -5}, "Total weight is -5, must be more than -1", None),
        (
            "visit.friendly >= 2",
            {"visit.friendly": "cannot_judge"},
            "Friendliness is cannot judge, must be at least 2",
            "Keramahan adalah tidak dapat menilai, harus paling sedikit 2",
        ),
    ],
)
def test_a_condition_explains_itself(text, values, en, id_):
    """What it is, what it must be, in the words of the definition and with the decimal sign of the language."""
    told = explain(DEFINITION, text, values)

    assert en == told.en
    assert id_ is None or id_ == told.id


def test_a_condition_is_read_out_with_its_decimals():
    """As one number, with the decimal sign of the language."""
    text = "score >= 3.5 && weights in [1, 20]"

    assert "“Skor” paling sedikit 3,5 dan “Jumlah bobot” salah satu dari 1, 20" == say_condition(
        DEFINITION, text, "id"
    )
    assert "“Score” is at least 3.5 and “Total weight” is one of 1, 20" == say_condition(
        DEFINITION, text, "en"
    )


def test_what_was_typed_is_never_worked_out():
    """A text that looks like a huge number stays a text."""
    told = explain(DEFINITION, "plan.behaviour == 'x'", {"plan.behaviour": "1e999999999"})

    assert "Behaviour is “1e999999999”, must be “x”" == told.en


@pytest.mark.parametrize("text", ["true", "weights", "(", ""])
def test_what_compares_nothing_is_told_plainly(text):
    """No condition that is read is one of these; nothing breaks all the same."""
    assert "The condition does not hold" == explain(DEFINITION, text, {}).en
