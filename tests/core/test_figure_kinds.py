"""Every kind of figure, over a definition of a few lines each."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.command import Contents
from engine.core.definition import Figure, Gather, Journal, Read, State
from engine.core.figures import figure_values, rounded, told_number
from engine.core.parse import read
from engine.core.parse.figures import FigureReader
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.paths import published_at, sources_of
from engine.core.source import read_yaml
from engine.core.visibility import inputs_of
from tests.definitions.whole import RULES, TEXTS

WHOLE = read(RULES, TEXTS)
FORMS = {
    "plan": {
        "goals": [
            {"title": "a", "kind": "main", "weight": 70},
            {"title": "b", "kind": "additional", "weight": 30},
            {"title": "c", "kind": "main", "weight": 19},
        ]
    },
    "rating": {"results": "as", "behaviour": "as", "points": 5},
}
#: what the definitions of gatherings, journals and reads come to, without the rest of them
DEFINITION = replace(
    WHOLE,
    journals={"visits": Journal(name="visits", by=("rater",), form="visit", anonymous=2)},
    reads={
        "members": Read(name="members", of="unit", many=True, workflow="other"),
        "groups": Read(name="groups", of="unit", many=True, workflow="other", least=3),
        "superior": Read(name="superior", of="rater", workflow="other"),
    },
    states={
        **WHOLE.states,
        "asking": State(
            name="asking",
            phase="evaluation",
            gather=Gather(who=("rater",), name="views", form="visit", least=2),
        ),
    },
)


def worked_out(figures: str, **contents: object) -> dict[str, object]:
    """What these figures, written as YAML lines, come to."""
    return figure_values(
        replace(DEFINITION, figures=defined(figures)), Contents(**{"forms": FORMS} | contents)
    )


def defined(figures: str) -> dict[str, Figure]:
    """Figures read over the forms of the whole definition, without their texts and without the others of them."""
    document = read_yaml(figures, "figures")
    reading = Reading(document, read_yaml("title: x", "texts"))
    entries = Node(reading, document, (), document.values).entries("figures")
    found = FigureReader(entries, sources_of(replace(DEFINITION, figures={}))).read()
    assert () == reading.problems()
    return found


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("{total: plan.goals.weight}", 119),
        ("{count: plan.goals}", 3),
        ("{count: plan.goals, where: \"kind == 'main' && weight >= 20\"}", 1),
        ("{share: plan.goals, where: \"kind == 'main'\"}", "0.67"),
        ("{share: plan.goals, where: \"kind == 'main'\", decimals: 4, round: down}", "0.6666"),
        ("{mean: plan.goals.weight, decimals: 1}", "39.7"),
        ("{mean: plan.goals.weight}", 40),
        ("{least: plan.goals.weight}", 19),
        ("{most: plan.goals.weight}", 70),
        ("{formula: total(plan.goals.weight * plan.goals.weight) / total(plan.goals.weight)}", 52),
        ("{formula: rating.points / 3, decimals: 3}", "1.667"),
        ("{formula: rating.points / 3, decimals: 3, round: down}", "1.666"),
        ("{formula: -rating.points * 0.5 + 1, decimals: 2}", "-1.50"),
        ("{formula: (rating.points - 3) * tries + passing, decimals: 1}", "6.5"),
        ("{formula: most(plan.goals.weight) - least(plan.goals.weight)}", 51),
        ("{formula: mean(plan.goals.weight + rating.points), decimals: 2}", "44.67"),
    ],
)
def test_a_figure_is_worked_out_exactly(figure, value):
    """Whole numbers as ints, numbers with decimals as their decimal text."""
    assert {"one": value} == worked_out(f"one: {figure}")


@pytest.mark.parametrize(
    ("figure", "forms"),
    [
        ("{share: plan.goals, where: \"kind == 'main'\"}", {"plan": {"goals": []}}),
        ("{mean: plan.goals.weight}", {"plan": {"goals": []}}),
        ("{mean: plan.goals.weight}", {}),
        ("{least: plan.goals.weight}", {"plan": {"goals": [{"weight": 3}, {}]}}),
        ("{count: plan.goals, where: weight > 3}", {"plan": {"goals": [{"weight": 4}, {}]}}),
        (
            "{formula: rating.points / total(plan.goals.weight)}",
            {"rating": {"points": 1}, "plan": {"goals": []}},
        ),
        ("{formula: rating.points + 1}", {}),
    ],
)
def test_missing_input_and_division_by_nought_give_no_figure(figure, forms):
    """Never 0."""
    assert {} == worked_out(f"one: {figure}", forms=forms)


@pytest.mark.parametrize(
    ("points", "results", "gives"),
    [(50, "as", "high"), (50, "below", "middle"), (-1, "as", "low"), (2, "as", "middle")],
)
def test_a_table_gives_what_the_one_fitting_row_says(points, results, gives):
    """`otherwise` when none fits; the bounds of numbers are at the scale of what they ask."""
    rating = {"results": results, "behaviour": "as", "points": points}

    found = figure_values(WHOLE, Contents(forms={**FORMS, "rating": rating}))

    assert gives == found["band"]


def test_a_table_of_whole_numbers_gives_whole_numbers():
    """So that a condition can count with what it gives."""
    table = """
one:
  table: {points: rating.points}
  rows: [{points: 5, gives: 1}, {points: over 5, gives: 2}, {points: at most -1, gives: -1}, {otherwise: 0}]
"""
    assert [1, 2, -1, 0] == [
        worked_out(table, forms={"rating": {"points": points}})["one"] for points in (5, 6, -1, 0)
    ]


def test_a_table_of_which_two_rows_fit_gives_nothing():
    """Order means nothing, so nothing decides between them."""
    table = "one: {table: {p: rating.points}, rows: [{p: over 1, gives: a}, {p: over 2, gives: b}, {otherwise: c}]}"

    assert {} == worked_out(table)


def test_figures_stand_on_figures():
    """In whatever order they are written."""
    figures = "second: {formula: first * 2, decimals: 2}\nfirst: {share: plan.goals, where: weight > 20}"

    assert {"first": "0.67", "second": "1.34"} == worked_out(figures)


def answer(friendly: object, reached: str) -> dict[str, object]:
    """An answer, with a scale and a number."""
    return {"friendly": friendly, "reached": reached}


def test_a_mean_of_a_gathering_takes_every_number_of_every_answer():
    """And leaves out who could not judge."""
    views = [answer(4, "1.50"), answer("cannot_judge", "2.50"), answer(1, "3.00")]

    found = worked_out(
        "all: {mean: views.visit, decimals: 2}\nfriendly: {mean: views.friendly, decimals: 1}",
        gathered={"views": views},
    )

    assert {"all": "2.40", "friendly": "2.5"} == found


def test_too_few_answers_give_no_figure():
    """Below `least` the result is "not enough", never a partial one."""
    figure = "one: {mean: views.friendly}"

    assert {} == worked_out(figure, gathered={"views": [answer(4, "1.00")]})
    assert {} == worked_out(figure, gathered={})


def test_a_journal_is_counted_and_added_up():
    """Nothing is worked out of fewer entries than keep their writers unknown."""
    figures = "seen: {count: visits, where: friendly >= 3}\nall: {total: visits.reached}"
    visits = [answer(3, "10.25"), answer(2, "0.50")]

    assert {"seen": 1, "all": "10.75"} == worked_out(figures, journals={"visits": visits})
    assert {} == worked_out(figures, journals={"visits": visits[:1]})


def test_what_other_cases_publish_is_counted():
    """One value for each case of a set; a form is asked by its fields."""
    figures = """
best: {share: members.predicate, where: "predicate == 'best'", decimals: 2}
fine: {count: members.rating, where: "results != 'below'"}
average: {mean: members.score, decimals: 1}
"""
    published = {
        "predicate": ["best", "good", "best"],
        "rating": [{"results": "as"}, {"results": "below"}, {"results": "above"}],
        "score": ["3.50", "4.00", "4.20"],
    }

    assert {"best": "0.67", "fine": 2, "average": "3.9"} == worked_out(figures, reads={"members": published})
    assert {} == worked_out(figures, reads={})


@pytest.mark.parametrize("people", [0, 1, 2])
def test_of_a_small_group_nothing_is_counted(people):
    """What is said of two people is said of each of them; they are missing, not nought."""
    figures = """
low: {share: groups.predicate, where: "predicate == 'poor'"}
told: {count: groups.predicate}
goals: {count: groups.goals}
average: {mean: groups.score, decimals: 1}
"""
    published = {"predicate": ["poor"] * people, "score": ["3.50"] * people, "goals": [[1, 2, 3, 4]] * people}

    assert {} == worked_out(figures, reads={"groups": published})


def test_of_a_group_that_is_large_enough_everything_is_counted():
    """As many cases as `least` says are enough."""
    figures = "low: {share: groups.predicate, where: \"predicate == 'poor'\"}"

    assert {"low": "0.33"} == worked_out(figures, reads={"groups": {"predicate": ["poor", "good", "good"]}})


def test_of_a_small_group_nothing_is_shown():
    """Neither all of it, nor what stands under or within a name; one case is no group."""
    published = {"plan.title": ["a", "b"], "predicate": ["poor", "good", "good"]}

    assert {"predicate": ["poor", "good", "good"]} == published_at(published, "", many=True, fewest=3)
    assert {} == published_at(published, "plan", many=True, fewest=3)
    assert {} == published_at({"plan": [{"title": "a"}]}, "plan.title", many=True, fewest=3)
    assert {"plan.title": "a"} == published_at({"plan.title": "a"}, "plan", many=False)


def test_a_list_of_one_other_case_is_counted_like_an_own_one():
    """`superior.plan.goals` is the list, `superior.plan.goals.weight` the numbers in it."""
    goals = [{"title": "x", "weight": 60}, {"title": "y", "weight": 40}]
    figures = "n: {count: superior.plan.goals, where: weight > 50}"

    assert {"n": 1} == worked_out(figures, reads={"superior": {"plan.goals": goals}})


def test_a_figure_inherits_all_its_inputs():
    """Through other figures, tables and formulas, so that nobody reads a number they may not read the parts of."""
    assert {"plan", "rating"} == inputs_of(WHOLE, "band")
    assert {"plan", "rating"} == inputs_of(WHOLE, "score")
    assert {"rating"} == inputs_of(WHOLE, "predicate")
    assert {"plan"} == inputs_of(WHOLE, "main_part")


ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}


@given(
    numerator=st.integers(-(10**12), 10**12),
    denominator=st.sampled_from([1, 2, 4, 5, 8, 10, 16, 25, 1000]),
    decimals=st.integers(0, 6),
    how=st.sampled_from(sorted(ROUNDINGS)),
)
def test_rounding_is_that_of_decimal_arithmetic(numerator, denominator, decimals, how):
    """For every fraction that a decimal can hold exactly."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(numerator) / Decimal(denominator)
        expected = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[how])

    scaled = rounded(Fraction(numerator, denominator), decimals, how)

    assert expected == Decimal(str(told_number(scaled, decimals)))
