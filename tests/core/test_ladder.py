"""Deadlines and their ladders: what rings, when, for whom, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.audit import verify_stream
from engine.core.case import NEVER
from engine.core.chart import Chart
from engine.core.command import Actor, Contents, Follow, Reassign
from engine.core.effects import CloseTask
from engine.core.following import must_follow
from engine.core.horizon import latest_end
from engine.core.outlook import if_nobody_acts, silent_end
from engine.errors import Refused
from tests.definitions_varied import varied
from tests.worlds import World, calendar, chart, colleague, machine, ordinary, plan, without


def silent_rater() -> World:
    """A plan that waits for the rater."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    return world


def test_a_silent_rater_is_reminded_then_escalated_then_replaced() -> None:
    """Remind, tell HR, open a task for the rater's superior, hand over upwards: each once, in this order."""
    world = silent_rater()
    first = world.case.task.holder
    world.wait_until(date(2026, 1, 9))
    rungs = [
        one
        for one in world.facts("rung")
        if one["cause"]["deadline"] == "task" and one["from"] == "rater_agrees"
    ]
    kinds = [kind for one in rungs for _, kind in one.get("told", [])]

    assert kinds.index("reminder") < kinds.index("notice") < kinds.index("escalation")
    assert first != world.case.task.holder
    assert [one["cause"]["rung"] for one in rungs] == sorted({one["cause"]["rung"] for one in rungs})


def test_an_escalation_is_a_task_for_somebody_else_and_the_holder_is_told() -> None:
    """Who was told, about whom: both sides know."""
    world = silent_rater()
    holder = world.case.task.holder
    while not world.case.escalations:
        world.wait(1)
    escalation = world.case.escalations[0]

    assert "escalation" == escalation.kind
    assert escalation.holder not in {holder, world.case.subject}
    assert (holder, "escalated") in world.told


def test_a_task_done_takes_its_escalations_with_it() -> None:
    """Once the rater acts, nobody is left with a task about the delay."""
    world = silent_rater()
    while not world.case.escalations:
        world.wait(1)
    world.fire("agree")

    assert () == world.case.escalations


def test_an_escalation_ends_when_the_ladder_hands_its_holder_the_task() -> None:
    """Whoever was asked to step in and now holds the task is not asked to step in for themselves."""
    world = silent_rater()
    while not world.case.escalations:
        world.wait(1)
    (escalation,) = world.case.escalations
    while world.case.task.holder != escalation.holder:
        world.wait(1)

    assert () == world.case.escalations
    assert CloseTask(task_id=escalation.id, outcome="withdrawn") in [
        effect for one in world.steps for effect in one.effects
    ]


def test_an_escalation_ends_when_its_holder_takes_the_task_over() -> None:
    """Given to themselves it leaves the escalation nothing; given to somebody else, they go on watching."""
    for takes_over in (True, False):
        world = silent_rater()
        while not world.case.escalations:
            world.wait(1)
        (escalation,) = world.case.escalations
        spare = colleague(world.case.task.holder, world.case.subject, escalation.holder)
        to = escalation.holder if takes_over else spare
        world.obey(Reassign(to=to, actor=Actor(person=escalation.holder), reason="saya teruskan"))

        assert to == world.case.task.holder
        assert (() if takes_over else (escalation,)) == world.case.escalations


def test_a_rung_never_moves_a_case() -> None:
    """State and visit after each rung are those before it."""
    world = silent_rater()
    world.wait_until(date(2026, 1, 13))
    for before, after in zip(world.steps, world.steps[1:], strict=False):
        if after.entry.kind == "rung":
            assert (before.case.state, before.case.visit) == (after.case.state, after.case.visit)


def test_rungs_already_past_are_skipped_not_rung() -> None:
    """A due time so near that its reminder lies in the past: the rung is recorded as skipped."""
    world = World()
    world.fire("submit", plan=plan(100))
    clock = next(one for one in world.case.deadlines if one.name == "task")

    assert all(alarm.at > world.now for alarm in clock.alarms)
    assert len(clock.skipped) + sum(alarm.kind == "rung" for alarm in clock.alarms) == len(
        world.machine.definition.ladders[clock.ladder].rungs
    )


def test_if_nobody_acts_is_what_happens_when_nobody_acts() -> None:
    """The list shown today and the entries written later are the same things at the same instants."""
    world = silent_rater()
    foreseen = if_nobody_acts(world.machine, world.case, Contents(forms=world.contents), world.scene)
    count = len(world.steps)
    world.wait_until(date(2026, 2, 20))
    happened = world.steps[count : count + len(foreseen)]

    assert [one.at for one in foreseen] == [one.entry.at for one in happened]
    assert foreseen[-1].to == happened[-1].case.state


def test_left_alone_every_case_ends_and_by_the_latest_day_the_definition_allows() -> None:
    """Nobody ever acts: the case still ends, incomplete, and never later than its horizon."""
    world = World()
    last = latest_end(world.machine, world.case, world.scene)
    end, at = silent_end(world.machine, world.case, Contents(), world.scene)

    assert end.ended
    assert NEVER == end.next_at
    assert calendar().date_of(at, end.zone) <= last


def test_a_new_superior_takes_the_open_task_along() -> None:
    """The rater leaves: the task follows to whoever leads now, and its content stays."""
    world = silent_rater()
    before = world.case.task.holder
    world.chart = without(chart(), before, world.today)
    world.wait(1)
    ((_, found),) = must_follow(world.machine, world.case, world.scene)
    world.obey(Follow())

    assert found is not None
    assert found.person == world.case.task.holder != before


def test_the_clock_of_the_national_cycle_is_that_of_the_regulation() -> None:
    """Planning is due on 31 January rolled back to a working day: Friday 30 January 2026."""
    world = World()
    phase = next(one for one in world.case.deadlines if one.name == "phase:planning")

    assert date(2026, 1, 30) == phase.due_on


_ACTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 25)), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=_ACTS)
def test_whatever_people_do_and_whenever_the_case_stays_whole(acts: list[tuple[int, int]]) -> None:
    """Random acts and time jumps: the chain verifies, clocks live only in open states, nobody judges themselves."""
    live(acts)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=3_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=_ACTS)
def test_whatever_people_do_and_whenever_many_times_over(acts: list[tuple[int, int]]) -> None:
    """The same claim, three thousand lives."""
    live(acts)


def live(acts: list[tuple[int, int]]) -> None:
    """One life of a case, checked after each act."""
    world = World()
    forms = {
        "plan": plan(70, 30),
        "rating": {"results": "as", "behaviour": "below", "reasons": "a"},
        "report": {"achieved": "a", "evidence": []},
        "objection": {"grounds": "a", "evidence": []},
        "employee_explanation": {"text": "a"},
        "rater_explanation": {"text": "a"},
        "recognition": {"award": "talent_pool", "citation": "a"},
        "improvement_plan": {"missed": "a", "help": "b", "judged_by": "c"},
        "outcome": {"verdict": "not_improved", "reasons": "a"},
        "test": {"suits": "other_post", "reasons": "a"},
        "decree": {"consequence": "temporary_post", "reasons": "a"},
        "dialogue": {"feedback": "a"},
        "change": {"what": "a", "why": "b"},
    }
    last = latest_end(world.machine, world.case, world.scene)
    for choice, days in acts:
        if world.case.ended:
            break
        ways = [one for one in world.machine.state(world.case.state).transitions if one.name != "exempt"]
        way = ways[choice % len(ways)]
        form = way.form or (world.machine.state(world.case.state).task or way).form
        try:
            world.fire(way.name, reason="karena", **({form: forms[form]} if form else {}))
        except Refused:
            world.wait(days)
        case = world.case
        assert [] == verify_stream(one.entry for one in world.steps)
        assert bool(case.ended) == (machine().definition.states[case.state].final is not None)
        assert not (case.ended and (case.task or case.escalations or case.deadlines))
        assert world.today <= last
        judging = {"manager_checks", "rater_agrees", "rater_rates", "reviewer_looks", "reviewer_rules"}
        assert case.task is None or case.state not in judging or case.task.holder != case.subject


def test_a_task_never_goes_back_to_somebody_who_let_it_lie(tmp_path: Path) -> None:
    """First the substitute from below, then the next level: above the first holder, not above the substitute."""
    definition = varied(
        tmp_path,
        {
            "    - {at: 2 working days after due, reassign: next_level}\n": (
                "    - {at: 2 working days after due, reassign: substitute}\n"
                "    - {at: 4 working days after due, reassign: next_level}\n"
                "    - {at: 6 working days after due, reassign: rater}\n"
            )
        },
    )
    subject = ordinary(chart())
    world = World(definition=definition, subject=subject)
    world.fire("submit", plan={"goals": [{"title": "Satu", "weight": 100}]})
    first = world.case.task.holder
    below = next(
        one
        for one in chart().direct_reports(first, world.today)
        if one.key != subject.key and one.serves_on(world.today)
    )
    people = Chart(
        segments=tuple(
            replace(one, substitute=below.person_id) if one.key == first else one for one in chart().segments
        ),
        version="a substitute from below",
    )
    world = World(definition=definition, subject=subject, people=people)
    world.fire("submit", plan={"goals": [{"title": "Satu", "weight": 100}]})
    holders = [world.case.task.holder]
    while len(holders) < 3:
        world.wait(1)
        if world.case.task.holder != holders[-1]:
            holders.append(world.case.task.holder)
    world.wait(3)

    assert [first, below.key, people.superior(first, world.today).key] == holders
    assert holders[-1] == world.case.task.holder
    assert holders[:-1] == list(world.case.task.held)
