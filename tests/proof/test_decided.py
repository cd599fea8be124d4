"""Decided and filled: forks lead exactly one way, conditions can be true, and what they read was written before."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.case_names import names_of
from engine.core.conditions import compile_condition
from engine.core.proof import boxes
from engine.core.proof.boxes import Range, Texts
from engine.core.proof.graph import prove_sound
from engine.core.proof.guards import prove_decided
from engine.core.proof.saying import Sense
from engine.errors import GuardRefused
from tests.definitions_varied import FORK_RULES, FORK_TEXTS, varied
from tests.proof.grounds import NATIONAL, SMALL, changed, found, ground, shipped
from tests.worlds import World

#: the predicate read from one rating, as where nobody ever moves
DIRECT = {
    "grid:  {down: results, across: behaviour}": "grid:  {down: rating.results, across: rating.behaviour}"
}
PREDICATE = "    - {when: \"predicate == 'sangat_baik'\", to: head_recognises}"
OUTSTANDING = "rating.results == 'above' && rating.behaviour"
#: agreeing asks for points, and where they lead is decided at once
FORKED = {**FORK_RULES, "agree: {to: waiting, notify": "agree: {form: verdict, to: fork, notify"}
FORKED.pop("agree: {to: waiting, notify: employee}")
FORKED.pop("year_over: {at: period.to, to: done}")


def forked(*rows: str) -> dict[str, str]:
    """The small definition with a fork of these rows, taken by the act that gives the points."""
    told = "".join(f"    - {row}\n" for row in rows)
    choices = f"\nchoices:\n  fork:\n{told}phases:\n"
    return {**FORKED, "\nphases:\n": choices}


GOOD = ("{when: 'verdict.points > 3', to: waiting}", "{otherwise: left}")


@pytest.mark.parametrize("name", [NATIONAL, SMALL])
def test_what_is_shipped_and_tried_is_decided(name):
    """Nothing is found in the definitions that other tests run."""
    proof = prove_decided(ground(changed(name)))

    assert ("proven", ()) == (proof.answer, proof.findings)


def test_a_fork_that_is_whole_is_proven():
    """Two rows that share all values between them are what a fork is meant to be."""
    assert [] == found(prove_decided, changed(SMALL, forked(*GOOD), FORK_TEXTS))


def test_rows_that_both_fit_are_found_with_a_witness():
    """The values for which two rows are true are named."""
    both = forked(
        "{when: 'verdict.points > 3', to: waiting}",
        "{when: 'verdict.points > 5', to: left}",
        "{otherwise: left}",
    )
    (finding,) = prove_decided(ground(changed(SMALL, both, FORK_TEXTS))).findings

    assert ("rows_overlap", "error") == (finding.code, finding.severity)
    assert "In Sari's case, Points 6." == finding.story[0].en
    assert ("choices", "fork", 1) == finding.path


def test_the_real_step_refuses_where_two_rows_fit(tmp_path):
    """The witness is true: with those points the act leads nowhere."""
    both = forked(
        "{when: 'verdict.points > 3', to: waiting}",
        "{when: 'verdict.points > 5', to: left}",
        "{otherwise: left}",
    )
    world = World(definition=varied(tmp_path, both, FORK_TEXTS))
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})

    with pytest.raises(GuardRefused):
        world.fire("agree", verdict={"points": 6})
    world.fire("agree", verdict={"points": 4})


def test_rows_over_cells_of_a_grid_exclude_each_other():
    """A predicate and what it is made of are compared by their cells: these rows overlap in one of the nine."""
    rules = DIRECT | {PREDICATE: f"{PREDICATE}\n    - {{when: \"{OUTSTANDING} != 'below'\", to: done}}"}
    (finding,) = prove_decided(ground(changed(NATIONAL, rules))).findings

    assert "rows_overlap" == finding.code
    assert {"texts": ["above"], "others": False} == finding.facts["values"]["rating.results"]


def test_rows_over_other_cells_do_not_overlap():
    """Only the cell above and above is outstanding, so this row excludes it."""
    rules = DIRECT | {PREDICATE: f"{PREDICATE}\n    - {{when: \"{OUTSTANDING} == 'as'\", to: done}}"}

    assert [] == found(prove_decided, changed(NATIONAL, rules))


def test_an_otherwise_that_is_never_taken_is_warned_of():
    """The rows cover every number there can be."""
    all_of_them = forked(
        "{when: 'verdict.points > 3', to: waiting}",
        "{when: 'verdict.points <= 3', to: left}",
        "{otherwise: done}",
    )

    assert ("warning", "otherwise_never") in found(prove_decided, changed(SMALL, all_of_them, FORK_TEXTS))


def test_a_row_out_of_range_never_fits_and_its_state_is_never_entered():
    """Points end at 10; a state behind more than that is dead, which soundness says as well."""
    beyond = forked("{when: 'verdict.points > 10', to: waiting}", "{otherwise: done}")
    definition = changed(
        SMALL,
        beyond
        | {
            "silent: {at: 20 working days after due, to: waiting}": "silent: {at: 20 working days after due, to: done}",
            "at_most: 2, then: waiting}": "at_most: 2, then: done}",
        },
        FORK_TEXTS,
    )

    assert [("error", "row_never")] == found(prove_decided, definition)
    assert ("error", "never_entered") in found(prove_sound, definition)


def test_a_condition_that_is_never_true_is_found():
    """Weights of five goals add up to 500 at most."""
    assert [("error", "when_never")] == found(
        prove_decided, changed(SMALL, {"weights == 100": "weights == 501"})
    )


def test_a_condition_that_is_always_true_is_warned_of():
    """It keeps nothing out."""
    assert [("warning", "when_always")] == found(
        prove_decided, changed(SMALL, {"weights == 100": "weights >= 0"})
    )


def test_a_fork_behind_a_moment_may_read_what_nobody_wrote():
    """If the rater stays silent there are no points, and at the end of the year the case cannot move."""
    proof = prove_decided(ground(changed(SMALL, FORK_RULES, FORK_TEXTS)))
    (finding,) = proof.findings

    assert ("may_be_empty", "error") == (finding.code, finding.severity)
    assert ("choices", "fork", 0, "when") == finding.path
    assert ["drafting.submit", "checking.silent", "waiting.year_over"] == finding.facts["ways"]
    assert "was never filled in" in finding.story[-1].en


def test_the_story_of_the_empty_form_is_true(tmp_path):
    """Replayed with the real step, its ways lead to a fork that cannot decide, and the move is refused."""
    world = World(definition=varied(tmp_path, FORK_RULES, FORK_TEXTS))
    world.fire("submit", plan={"goals": [{"title": "satu", "weight": 100}]})

    with pytest.raises(GuardRefused, match="cannot choose its way") as refused:
        world.wait(60)
    assert "exempt" in refused.value.allowed
    assert ["drafting", "checking", "waiting"] == world.trail


def test_a_fork_over_a_field_that_may_be_left_out_is_found():
    """Whoever acts may leave the field empty, and then no row can be chosen."""
    optional = forked(*GOOD) | {
        "\nforms:\n": "\nforms:\n  verdict: {points: {number: 0..10, optional: true}}\n"
    }

    assert [("error", "may_be_left_out")] == found(prove_decided, changed(SMALL, optional, FORK_TEXTS))


def test_what_is_said_again_needs_no_more_boxes():
    """Of a figure looked up in nine cells as well, said four times over and denied in between."""
    sense = Sense(changed(NATIONAL, DIRECT))
    once = "!(predicate in ['baik', 'butuh_perbaikan'])"
    again = f"(rating.results == 'below' || {once}) && ({once} && !(!({once}))) && {once}"

    assert _values(sense, once) == _values(sense, f"({once}) && ({once})") == _values(sense, again)


def _values(sense: Sense, text: str) -> set[frozenset[tuple[str, object]]]:
    return {frozenset(box.items()) for box in sense.boxes(sense.says(text))}


def test_too_many_boxes_claim_nothing(monkeypatch):
    """Where not every value was looked at, the answer is "not proven"."""
    monkeypatch.setattr(boxes, "MOST_BOXES", 0)

    assert "not_proven" == prove_decided(ground(shipped())).answer


RATINGS = ("below", "as", "above")
atoms = st.one_of(
    st.builds(
        lambda name, sign, value: f"rating.{name} {sign} '{value}'",
        st.sampled_from(["results", "behaviour"]), st.sampled_from(["==", "!="]), st.sampled_from(RATINGS),
    ),
    st.builds(
        lambda values: f"predicate in {sorted(values)!r}",
        st.sets(st.sampled_from(["kurang", "baik", "sangat_baik", "sangat_kurang", "butuh_perbaikan"]), min_size=1),
    ),
)  # fmt: skip
texts = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(lambda one: f"!({one})", inner),
        st.builds(
            lambda one, sign, other: f"({one} {sign} {other})", inner, st.sampled_from(["&&", "||"]), inner
        ),
    ),
    max_leaves=5,
)


@cache
def directly():
    """The national definition with its predicate read from one rating, its names, and what its conditions mean."""
    definition = changed(NATIONAL, DIRECT)
    return definition, names_of(definition), Sense(definition)


@settings(deadline=None)  # the first example reads the definition
@given(text=texts)
def test_boxes_agree_with_the_real_guard(text):
    """For every rating, a condition is true exactly if the rating is in one of its boxes."""
    definition, names, sense = directly()
    found_boxes = sense.boxes(sense.says(text))
    guard = compile_condition(text, names)
    cells = definition.figures["predicate"].cells  # type: ignore[union-attr]
    for results, behaviour in product(RATINGS, RATINGS):
        values: dict[str, Any] = {"rating.results": results, "rating.behaviour": behaviour}
        inside = any(
            all(isinstance(one, Texts) and values[name] in one.values for name, one in box.items())
            for box in found_boxes
        )
        assert guard.verdict(values | {"predicate": cells[results, behaviour]}).passed == inside


@settings(deadline=None)
@given(
    bounds=st.lists(
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.integers(-2, 12)),
        min_size=1,
        max_size=4,
    ),
    joined=st.sampled_from(["&&", "||"]),
)
def test_ranges_agree_with_the_real_guard(bounds, joined):
    """For every number of points, likewise."""
    definition = changed(SMALL, forked(*GOOD), FORK_TEXTS)
    text = f" {joined} ".join(f"verdict.points {sign} {number}" for sign, number in bounds)
    sense = Sense(definition)
    found_boxes = sense.boxes(sense.says(text))
    guard = compile_condition(text, names_of(definition))
    for points in range(11):
        inside = any(_holds(box["verdict.points"], points) for box in found_boxes)
        assert guard.verdict({"verdict.points": points}).passed == inside


def _holds(values: object, number: int) -> bool:
    assert isinstance(values, Range)
    return (values.first is None or values.first <= number) and (values.last is None or number <= values.last)


def test_decimals_and_settings_are_compared_at_their_scale():
    """Half points count: the rows share all numbers of one decimal between them, and meet nowhere."""
    rows = ("{when: 'verdict.points > 3.5', to: waiting}", "{when: 'verdict.points < 3.6', to: left}")
    meeting = ("{when: 'verdict.points > 3.5', to: waiting}", "{when: 'verdict.points < 3.7', to: left}")
    decimal = {"\nforms:\n": "\nforms:\n  verdict: {points: {number: 0..10, decimals: 1}}\n"}

    assert [("warning", "otherwise_never")] == found(
        prove_decided, changed(SMALL, forked(*rows, "{otherwise: done}") | decimal, FORK_TEXTS)
    )
    overlapping = prove_decided(
        ground(changed(SMALL, forked(*meeting, "{otherwise: done}") | decimal, FORK_TEXTS))
    )
    assert "In Sari's case, Points 3.6." == overlapping.findings[-1].story[0].en
