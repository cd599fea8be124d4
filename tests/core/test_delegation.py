"""Delegations as values and at acts: who may act for whom, and everything that keeps them from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.core.assigning import find
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.command import Actor, Extend, Fire, Remind
from engine.core.delegating import held, seat_of
from engine.core.delegation import Delegation, longest_chain
from engine.core.moments import Duration
from engine.errors import Refused, WrongPerson
from tests.worlds import World, colleague, ordinary, rating_time

FIRST, LAST = date(2025, 12, 1), date(2027, 12, 31)


def gives(giver: str, taker: str, **more: Any) -> Delegation:
    """A delegation of everything for two years, changed as asked."""
    values: dict[str, Any] = {
        "id": f"d-{giver}-{taker}", "giver": giver, "taker": taker, "first": FIRST, "last": LAST, "given_at": 0,
    }  # fmt: skip
    return Delegation(**{**values, **more})


def lend(world: World, *delegations: Delegation) -> None:
    """Let these stand beside the world's chart."""
    world.chart = Chart(segments=world.chart.segments, version="chart:lent", delegations=delegations)


@pytest.fixture
def world() -> World:
    """A case that waits for its rating."""
    return rating_time()


def rater(world: World) -> str:
    assert world.case.task is not None
    return world.case.task.holder


RATING = {"results": "as", "behaviour": "as", "reasons": "sesuai rencana"}


def rate(world: World, actor: Actor) -> Any:
    """The rater's act on the evaluation, by whoever."""
    return world.obey(Fire(trigger="rate", actor=actor, forms={"rating": RATING}, contents=world.written))


def test_a_taker_acts_in_the_givers_name_and_the_entry_names_both(world: World) -> None:
    """The holder stays who it was; unsaid for whom, the delegation is found."""
    giver, taker = rater(world), colleague(world.case.subject, rater(world))
    lend(world, gives(giver, taker))
    before = world.case.task
    done = rate(world, Actor(person=taker))
    facts = decode(done.entry.body)

    assert {"person": taker, "behalf": giver} == facts["actor"]
    assert before is not None
    assert giver == before.holder


def test_both_have_acted_for_what_is_kept_apart(world: World) -> None:
    """Neither of them can later take a duty that must be another's."""
    giver, taker = rater(world), colleague(world.case.subject, rater(world))
    lend(world, gives(giver, taker))
    rate(world, Actor(person=taker))

    assert {giver, taker} <= set(world.case.acted["rater"])


@pytest.mark.parametrize(
    "changes",
    [
        {"last": date(2026, 12, 31)},
        {"first": date(2027, 2, 1)},
        {"ended_at": 1},
        {"cycles": ("another-2026",)},
        {"workflows": ("another",)},
        {"roles": ("reviewer",)},
        {"units": ("Elsewhere",)},
        {"subjects": ("p-9999",)},
        {"waiting": False, "given_at": 10**18},
    ],
)
def test_outside_its_days_and_scope_it_is_worth_nothing(world: World, changes: dict[str, Any]) -> None:
    """It ends by itself, and covers only what it names."""
    taker = colleague(world.case.subject, rater(world))
    lend(world, gives(rater(world), taker, **changes))

    with pytest.raises(WrongPerson):
        rate(world, Actor(person=taker))
    assert () == held(world.machine.definition, world.case, taker, world.scene)


def test_a_delegation_for_a_cycle_goes_on_in_the_one_that_is_launched_in_its_place(world: World) -> None:
    """Cancelled and launched again it is the same work: what was given for it need not be given anew."""
    giver, taker = rater(world), colleague(world.case.subject, rater(world))
    cycle = world.case.cycle
    first, second = (gives(giver, taker, cycles=(one,)) for one in (cycle, f"{cycle}.2"))
    asked = {"workflow": "w", "role": "rater", "unit": "u", "subject": "s"}

    assert {True} == {
        one.covers(cycle=of, **asked) for one in (first, second) for of in (cycle, f"{cycle}.2", f"{cycle}.3")
    }
    assert {False} == {one.covers(cycle=f"{cycle}1.2", **asked) for one in (first, second)}
    assert first.meets(second)
    lend(world, second)
    rate(world, Actor(person=taker))


def test_what_was_waiting_is_covered_only_if_it_was_said(world: World) -> None:
    """Given after the task came: with `waiting` it is covered, without it stays."""
    taker = colleague(world.case.subject, rater(world))
    lend(world, gives(rater(world), taker, given_at=world.now, waiting=False))
    without = held(world.machine.definition, world.case, taker, world.scene)
    lend(world, gives(rater(world), taker, given_at=world.now))
    with_it = held(world.machine.definition, world.case, taker, world.scene)

    assert () == without
    assert [rater(world)] == [one.behalf for one in with_it]


def test_nobody_is_lent_their_own_case(world: World) -> None:
    """Not even by the one who may decide it; the refusal says so."""
    lend(world, gives(rater(world), world.case.subject))

    with pytest.raises(WrongPerson, match="nobody decides their own case"):
        rate(world, Actor(person=world.case.subject))


def test_the_way_does_not_lead_through_the_one_it_is_about(world: World) -> None:
    """The employee cannot choose who rates them by passing on what was lent to them."""
    giver, subject = rater(world), world.case.subject
    taker = colleague(subject, giver)
    lend(world, gives(giver, subject), gives(subject, taker))

    with pytest.raises(WrongPerson, match="own case"):
        rate(world, Actor(person=taker))


def test_work_on_ones_own_case_is_not_lent() -> None:
    """An employee's plan is written by the employee."""
    world = World()
    taker = colleague(world.case.subject)
    lend(world, gives(world.case.subject, taker))

    with pytest.raises(WrongPerson, match="cannot be delegated"):
        world.fire("submit", by=taker)


def test_whoever_has_the_duty_that_is_kept_apart_cannot_take_it(world: World) -> None:
    """The reviewer excludes the rater, so the rater's work is not lent to the reviewer."""
    reviewer = find(world.machine.definition, world.case, "reviewer", world.scene).person
    lend(world, gives(rater(world), reviewer))

    with pytest.raises(WrongPerson, match="another person's"):
        rate(world, Actor(person=reviewer))


def test_whoever_rated_for_another_reviews_for_nobody(world: World) -> None:
    """Acting for the rater bars the taker and the rater from the reviewer's work, whoever lends it to them."""
    giver, taker = rater(world), colleague(world.case.subject, rater(world))
    reviewer = find(world.machine.definition, world.case, "reviewer", world.scene).person
    lend(world, gives(giver, taker), gives(reviewer, taker, first=date(2027, 1, 5)))
    rate(world, Actor(person=taker))
    lend(world, gives(reviewer, taker), gives(reviewer, giver, id="d-2"))

    assert "reviewer_looks" == world.case.state
    for person in (taker, giver):
        assert () == held(world.machine.definition, world.case, person, world.scene)
        with pytest.raises(WrongPerson, match="another person's"):
            world.fire("seen", by=person)


def test_it_may_be_passed_on_once(world: World) -> None:
    """Of two links the entry says who passed it on; the third gets nothing."""
    giver = rater(world)
    middle = colleague(world.case.subject, giver)
    taker = colleague(world.case.subject, giver, middle)
    third = colleague(world.case.subject, giver, middle, taker)
    lend(world, gives(giver, middle), gives(middle, taker), gives(taker, third))

    with pytest.raises(WrongPerson):
        rate(world, Actor(person=third))
    done = rate(world, Actor(person=taker))
    facts = decode(done.entry.body)

    assert {"person": taker, "behalf": giver} == facts["actor"]
    assert [middle] == facts["cause"]["passed_by"]
    assert {giver, middle, taker} <= set(world.case.acted["rater"])


def test_who_has_left_or_is_away_takes_nothing(world: World) -> None:
    """Whoever cannot be given work cannot be lent it."""
    taker = colleague(world.case.subject, rater(world))
    segments = tuple(
        replace(one, away_from=date(2026, 12, 1)) if one.key == taker else one for one in world.chart.segments
    )
    world.chart = Chart(segments=segments, version="away", delegations=(gives(rater(world), taker),))

    with pytest.raises(WrongPerson, match="not in service"):
        rate(world, Actor(person=taker))


def test_a_taker_hears_what_the_giver_is_told(world: World) -> None:
    """Reminders go to both, and say for whom."""
    giver, taker = rater(world), colleague(world.case.subject, rater(world))
    lend(world, gives(giver, taker))
    desk = next(
        one.key for one in world.chart.people(world.today)
        if "desk:personnel" in one.duties and one.serves_on(world.today)
    )  # fmt: skip
    world.obey(Remind(actor=Actor(person=desk), note="mohon segera"))

    assert {(giver, "reminder"), (taker, "reminder")} <= set(world.told)


def test_an_escalation_is_acted_on_by_whom_its_holder_lent_it_to_but_not_by_the_late_one(
    world: World,
) -> None:
    """A silent rater cannot grant themselves days in the name of whom their delay was told to."""
    late = rater(world)
    while not world.case.escalations:
        world.wait(1)
    above = world.case.escalations[0].holder
    late = rater(world)
    taker = colleague(world.case.subject, late, above)
    more = Duration(3, "working days")
    lend(world, gives(above, late))
    with pytest.raises(WrongPerson):
        world.obey(Extend(by=more, actor=Actor(person=late), reason="saya perlu waktu"))
    lend(world, gives(above, taker))
    done = world.obey(Extend(by=more, actor=Actor(person=taker), reason="cuti"))

    assert {"person": taker, "behalf": above} == decode(done.entry.body)["actor"]


def test_named_for_whom_ones_own_right_does_not_count(world: World) -> None:
    """Whoever says that they act for another acts for them or not at all."""
    with pytest.raises(Refused):
        rate(world, Actor(person=rater(world), behalf=world.case.subject))


def test_what_the_rules_do_not_lend_is_refused_with_their_reason(world: World) -> None:
    """A role and a state may say so; the reason is the definition's own."""
    definition = world.machine.definition
    taker = colleague(world.case.subject, rater(world))
    lend(world, gives(rater(world), taker))
    state = definition.states[world.case.state]
    kept_role = replace(definition.roles["rater"], delegable=False)
    closed = replace(definition, roles={**definition.roles, "rater": kept_role})
    still = replace(definition, states={**definition.states, state.name: replace(state, delegable=False)})

    assert seat_of(definition, world.case, ("holder",), Actor(person=taker), world.scene) is not None
    assert seat_of(closed, world.case, ("holder",), Actor(person=taker), world.scene) is None
    assert seat_of(still, world.case, ("holder",), Actor(person=taker), world.scene) is None


def test_chains_are_seen_when_a_delegation_is_given() -> None:
    """Whatever order they are given in; another time or scope makes no chain."""
    one, two = gives("a", "b"), gives("b", "c")

    assert ["a", "b", "c"] == [link.giver for link in longest_chain(gives("c", "d"), (one, two))]
    assert ["x", "a"] == [link.giver for link in longest_chain(gives("x", "a"), (one,))]
    assert 1 == len(longest_chain(gives("c", "d"), (replace(two, last=FIRST - timedelta(days=1)),)))
    assert 1 == len(longest_chain(gives("c", "d", roles=("r",)), (replace(two, roles=("s",)),)))


def test_without_a_delegation_a_stranger_gets_nothing() -> None:
    """The chart without delegations answers as before."""
    world = World()

    assert () == world.chart.stands_for(ordinary(world.chart).key, world.now, world.today)
