"""What may be done in many cases at once, and what is for one case at a time."""

from __future__ import annotations

import pytest

from engine.core.bulk import BulkRow, demand_bulk, why_one_by_one
from engine.core.command import Actor, Extend, Fire
from engine.core.machine import Machine, compile_machine
from engine.core.moments import Duration
from engine.core.parse import read, reopen
from engine.errors import OneByOne, StaleVisit
from tests.worlds import ROOT, World, machine, plan

SOMEBODY = Actor(person="p-0001")


def changed(before: str, after: str) -> Machine:
    """The national cycle with one line changed."""
    rules = (ROOT / "tests/definitions/alone/asn-tahunan.yaml").read_text(encoding="utf-8")
    assert 1 == rules.count(before)
    texts = (ROOT / "tests/definitions/alone/asn-tahunan.texts.yaml").read_text(encoding="utf-8")
    return compile_machine(
        read(rules.replace(before, after), texts, name="a.yaml", texts_name="a.texts.yaml")
    )


def lets(rules: Machine, state: str, act: str) -> bool:
    way = rules.transition(state, act)
    assert way is not None
    return why_one_by_one(rules, state, way) is None


def test_plans_are_approved_and_returned_in_bulk() -> None:
    """Nobody is judged by that."""
    acts = [("manager_checks", "pass"), ("rater_agrees", "agree"), ("rater_agrees", "return")]

    assert all(lets(machine(), state, act) for state, act in (*acts, ("rater_signs", "set_plan")))


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("rater_rates", "rate"),
        ("former_rater_rates", "rate_part"),
        ("reviewer_looks", "seen"),
        ("reviewer_looks", "give_back"),
        ("reviewer_rules", "uphold"),
        ("reviewer_rules", "amend"),
        ("rater_explains", "explain"),
        ("leader_judges", "judge"),
        ("ppk_ends", "dismiss"),
    ],
)
def test_no_judgement_is_given_or_confirmed_in_bulk(state: str, act: str) -> None:
    """Neither a rating nor an opinion, nor a name under one."""
    assert not lets(machine(), state, act)


def test_what_another_role_does_beside_a_judgement_is_none() -> None:
    """The desk may exempt somebody whose rating is being looked at: it does not look at it."""
    assert lets(machine(), "reviewer_looks", "exempt")


def test_the_rules_have_the_last_word_either_way() -> None:
    """`bulk` lets a judgement in, and keeps anything else out; and is part of the definition's identity."""
    wider = changed("seen:    {to: disclosed}", "seen:    {to: disclosed, bulk: true}")
    closer = changed("agree:  {to: employee_signs,", "agree:  {to: employee_signs, bulk: false,")

    assert lets(wider, "reviewer_looks", "seen")
    assert not lets(closer, "rater_agrees", "agree")
    assert len({one.definition.digest for one in (machine(), wider, closer)}) == 3
    assert wider.definition == reopen(wider.definition.source)


def test_a_signature_of_a_gathering_is_never_one_of_many() -> None:
    """Its signer is to have seen this very text."""
    rules = machine("tests/definitions/gathering")
    signing = [
        (state, way)
        for state in rules.definition.states
        for way in rules.ways(state)
        if "gather." in way.rule
    ]

    assert signing
    assert not any(lets(rules, state, way.name) for state, way in signing)


def test_one_of_many_is_refused_in_words_and_left_alone_if_the_case_has_moved_on() -> None:
    """Another workflow, and a judgement; the visit is the act's own to look at."""
    world = World()
    send = Fire(trigger="submit", actor=SOMEBODY)

    with pytest.raises(OneByOne, match="another workflow"):
        demand_bulk(world.machine, world.case, send, BulkRow(case="c-1"), "small")
    rate = Fire(trigger="rate", actor=SOMEBODY)
    world.fire("submit", plan=plan(100))
    demand_bulk(world.machine, world.case, rate, BulkRow(case="c-1", visit=1), "asn-tahunan")


def test_steering_of_many_looks_whether_anything_happened_since() -> None:
    """Two of the desk who grant the same days to the same list do not grant them twice."""
    world = World()
    grant = Extend(by=Duration(2, "working days"), actor=SOMEBODY, reason="banjir")
    seen = BulkRow(case="c-1", visit=world.case.visit, seq=world.case.seq)
    demand_bulk(world.machine, world.case, grant, seen)
    world.fire("submit", plan=plan(100))

    with pytest.raises(StaleVisit):
        demand_bulk(world.machine, world.case, grant, seen)
