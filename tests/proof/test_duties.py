"""Duties kept apart: known workflows, and agreement with trying everything."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.proof.duties import Board, assignment, blocking

#: Crampton, Gutin, Yeo 2013, the purchase order: create and approve it, sign and countersign the receipt of goods,
#: create and approve the payment. Who creates the order creates the payment; who approves is somebody else, twice;
#: who countersigns is somebody else than who signs; who receives neither orders nor approves the payment.
ORDER = ("order", "approve", "receive", "countersign", "pay", "approve_payment")
ORDER_APART = (
    ("order", "approve"),
    ("receive", "countersign"),
    ("pay", "approve_payment"),
    ("order", "receive"),
    ("receive", "approve_payment"),
)
ORDER_SAME = (("order", "pay"),)


def everybody(*people: str) -> dict[str, list[str]]:
    """All of them may do all steps of the purchase order."""
    return {step: list(people) for step in ORDER}


#: who may do what, and whether it can be done: by two, by three (one orders and pays, a second receives, and neither
#: of them approves the payment), and, Wang, Li 2010, by enough who are not authorised for the right steps
PURCHASES = (
    (everybody("a", "b"), False),
    (everybody("a", "b", "c"), True),
    (everybody("a", "b", "c") | {"order": ["a"], "pay": ["b"]}, False),
)
#: Wang, Li 2010, static resilience: (how many may be away, how many groups stop the order of four people)
AWAY = ((1, 0), (2, 6))


@pytest.mark.parametrize(("people", "possible"), PURCHASES)
def test_a_purchase_order_can_be_done_or_not(people, possible):
    """By two it cannot, by three it can, and who is authorised decides."""
    assert possible == (assignment(people, apart=ORDER_APART, same=ORDER_SAME) is not None)


@pytest.mark.parametrize(("most", "groups"), AWAY)
def test_resilience_counts_those_who_are_needed(most, groups):
    """With four people any one may be away; with any two of them away it stops."""
    people = everybody("a", "b", "c", "d")

    assert groups == len(blocking(people, apart=ORDER_APART, same=ORDER_SAME, most=most))


#: eight steps of an appraisal: employee, rater, skip-level, two calibrators of whom one may stand in for skip-level,
#: two who release. What is known of it: nobody alone is needed who has a stand-in; some pairs are.
EIGHT = {
    "drafts": ["employee"],
    "agrees": ["manager", "acting"],
    "rates": ["manager", "acting"],
    "reviews": ["skip", "calibrator"],
    "calibrates": ["calibrator", "second"],
    "decides": ["skip", "second"],
    "checks": ["hr1", "hr2"],
    "releases": ["hr1", "hr2"],
}
EIGHT_APART = (("rates", "reviews"), ("reviews", "calibrates"), ("rates", "decides"), ("drafts", "rates"))


def test_eight_steps_have_pairs_that_may_not_be_away_together():
    """Both who release, the rater and who acts for them, and so on; the employee is needed alone."""
    groups = blocking(EIGHT, apart=EIGHT_APART, most=2)

    assert frozenset({"employee"}) in groups
    assert {
        frozenset({"hr1", "hr2"}),
        frozenset({"manager", "acting"}),
        frozenset({"skip", "calibrator"}),
    } <= set(groups)


people = st.lists(st.sampled_from("abcd"), max_size=4, unique=True)
pairs = st.lists(st.sampled_from(list(combinations("uvwx", 2))), max_size=4, unique=True)


def somebody(candidates, apart, same) -> bool:
    """Whether any choice at all fits, tried one by one."""
    for chosen in product(*candidates.values()):
        who = dict(zip(candidates, chosen, strict=True))
        if all(who[a] != who[b] for a, b in apart) and all(who[a] == who[b] for a, b in same):
            return True
    return False


@given(st.fixed_dictionaries(dict.fromkeys("uvwx", people)), pairs, pairs)
def test_the_search_agrees_with_trying_everything(candidates, apart, same):
    """Found exactly if there is one, and what is found fits."""
    found = assignment(candidates, apart=apart, same=same)

    assert somebody(candidates, apart, same) == (found is not None)
    if found is not None:
        assert all(found[a] != found[b] for a, b in apart)
        assert all(found[a] == found[b] for a, b in same)
        assert all(found[step] in candidates[step] for step in candidates)


@given(st.fixed_dictionaries(dict.fromkeys("uvwx", people)), pairs)
def test_absences_agree_with_trying_everything(candidates, apart):
    """Each smallest group of up to two whose absence leaves a step without anybody, and no other."""
    alone = {frozenset[str]()} if not somebody(candidates, apart, ()) else set()
    for size in (1, 2):
        for group in combinations("abcd", size):
            away = frozenset(group)
            left = {step: [one for one in who if one not in away] for step, who in candidates.items()}
            if not any(one <= away for one in alone) and not somebody(left, apart, ()):
                alone.add(away)

    assert alone == set(blocking(candidates, apart=apart))


boards = st.lists(
    st.builds(
        lambda name, who, need: Board(name=name, people=tuple(who), need=need),
        st.sampled_from("yz"), people, st.integers(0, 3),
    ),
    max_size=2, unique_by=lambda one: one.name,
)  # fmt: skip
#: pairs of a step and a board besides those of two steps
mixed = st.lists(st.sampled_from([*combinations("uvw", 2), *product("uvw", "yz")]), max_size=5, unique=True)


def seated(candidates, apart, boards, away=frozenset()) -> bool:
    """Whether any choice leaves each board enough people, tried one by one."""
    left = {step: [one for one in who if one not in away] for step, who in candidates.items()}
    for chosen in product(*left.values()):
        who = dict(zip(left, chosen, strict=True))
        taken = {
            one.name: {who[a if b == one.name else b] for a, b in apart if one.name in (a, b)}
            for one in boards
        }
        steps_apart = all(who[a] != who[b] for a, b in apart if {a, b} <= who.keys())
        if steps_apart and all(
            len(set(one.people) - taken[one.name] - set(away)) >= one.need for one in boards
        ):
            return True
    return False


@given(st.fixed_dictionaries(dict.fromkeys("uvw", people)), mixed, boards)
def test_boards_agree_with_trying_everything(candidates, apart, boards):
    """Steps of several people: found exactly if enough of them are left, and so are the smallest absences."""
    known = {*candidates, *(one.name for one in boards)}
    pairs = [pair for pair in apart if set(pair) <= known]
    possible = seated(candidates, pairs, boards)

    assert possible == (assignment(candidates, apart=pairs, boards=boards) is not None)
    wanted = set() if possible else {frozenset[str]()}
    for size in (1, 2):
        for group in combinations("abcd", size):
            away = frozenset(group)
            if not any(one <= away for one in wanted) and not seated(candidates, pairs, boards, away):
                wanted.add(away)
    assert wanted == set(blocking(candidates, apart=pairs, boards=boards))
