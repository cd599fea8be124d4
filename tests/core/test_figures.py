from __future__ import annotations

import pytest

from engine.core.command import Contents
from engine.core.condition_values import guard_values
from engine.core.figures import figure_values
from engine.core.parse import read
from tests.definitions.whole import RULES, TEXTS

DEFINITION = read(RULES, TEXTS)


def plan(*weights: object) -> dict[str, dict[str, object]]:
    """A plan whose goals have these weights."""
    return {"plan": {"goals": [{"title": "x", "kind": "main", "weight": weight} for weight in weights]}}


def test_a_total_adds_a_number_over_a_list():
    """And a count counts its items."""
    assert {
        "weights": 100,
        "goal_count": 3,
        "heavy": 3,
        "main_part": "1.00",
        "lightest": 20,
    } == figure_values(DEFINITION, Contents(forms=plan(50, 30, 20)))


@pytest.mark.parametrize(
    "contents",
    [{}, {"plan": {}}, {"rating": {"results": "as"}}, {"plan": {"goals": "none"}}],
    ids=["nothing written", "no list", "half a rating", "no list but a text"],
)
def test_missing_input_gives_a_missing_figure(contents):
    """Never nought: what is not known is absent."""
    assert {} == figure_values(DEFINITION, Contents(forms=contents))


@pytest.mark.parametrize("weight", [None, "30", True, 3.5], ids=repr)
def test_one_weight_that_is_no_number_leaves_no_total(weight):
    """A total over half a list would be worse than none; how many items there are is known all the same."""
    found = figure_values(DEFINITION, Contents(forms=plan(50, weight)))

    assert {"goal_count", "main_part"} == found.keys() - {"heavy"}


def test_one_item_without_the_field_leaves_no_total():
    """As if it were not known."""
    assert "weights" not in figure_values(
        DEFINITION, Contents(forms={"plan": {"goals": [{"weight": 10}, {}]}})
    )


def test_an_empty_list_adds_up_to_nought():
    """It is there, and there is nothing in it."""
    assert {"weights": 0, "goal_count": 0, "heavy": 0} == figure_values(
        DEFINITION, Contents(forms={"plan": {"goals": []}})
    )


@pytest.mark.parametrize(
    ("results", "behaviour", "predicate"),
    [
        ("above", "above", "best"), ("above", "as", "good"), ("above", "below", "poor"),
        ("as", "above", "good"), ("as", "as", "good"), ("as", "below", "poor"),
        ("below", "above", "poor"), ("below", "as", "poor"), ("below", "below", "worst"),
    ],
)  # fmt: skip
def test_a_grid_gives_the_cell_of_two_choices(results, behaviour, predicate):
    """Down and across, as drawn."""
    contents = {"rating": {"results": results, "behaviour": behaviour}}

    assert {"predicate": predicate} == figure_values(DEFINITION, Contents(forms=contents))


def test_conditions_read_plain_fields_figures_and_settings():
    """Not lists, and not the fields of items."""
    contents = plan(100) | {
        "rating": {"results": "as", "points": -2},
        "goal": {"title": "no form of its own"},
    }
    contents["plan"] |= {"behaviour": "kind", "links": ["https://example.org"]}

    assert {
        "opens": "1 December last year",
        "objecting": "14 days",
        "passing": "2.5",
        "tries": "2",
        "plan.behaviour": "kind",
        "rating.results": "as",
        "rating.points": -2,
        "weights": 100,
        "goal_count": 1,
        "heavy": 1,
        "main_part": "1.00",
        "lightest": 100,
        "score": "-0.40",
        "band": "low",
    } == guard_values(DEFINITION, Contents(forms=contents))


def test_an_unknown_form_is_not_read():
    """What a definition does not have cannot be compared."""
    assert guard_values(DEFINITION, Contents()) == guard_values(
        DEFINITION, Contents(forms={"other": {"x": 1}})
    )
