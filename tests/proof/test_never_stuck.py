"""Never stuck: if nobody acts, does every case end or rest with somebody, and by which day is it over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core import course
from engine.core.definition import At, Definition, Reached, Transition, Upon
from engine.core.horizon import latest_end
from engine.core.moments import DueItself
from engine.core.proof.endings import latest_days, prove_never_stuck
from tests.proof.grounds import NATIONAL, SMALL, changed, found, ground, practice, shipped
from tests.worlds import World


def without(definition: Definition, state: str, *names: str, task: bool = True) -> Definition:
    """The definition without some ways out of a state, or without its task."""
    old = definition.states[state]
    kept = tuple(one for one in old.transitions if one.name not in names)
    new = replace(old, transitions=kept, task=old.task if task else None)
    return replace(definition, states={**definition.states, state: new})


def with_way(definition: Definition, state: str, way: Transition) -> Definition:
    """The definition with one more way out of a state."""
    old = definition.states[state]
    new = replace(old, transitions=(*old.transitions, way))
    return replace(definition, states={**definition.states, state: new})


@pytest.mark.parametrize("name", [NATIONAL, SMALL, "tests/definitions/whole"])
def test_what_is_shipped_and_tried_is_never_stuck(name):
    """Nothing is found in the definitions that other tests run."""
    proof = prove_never_stuck(ground(changed(name)))

    assert ("proven", ()) == (proof.answer, proof.findings)


def test_the_national_cycle_has_a_latest_end_and_a_worst_entry_day():
    """Through the real calendar, every entry day of 2026 and the opening of December 2025 looked at."""
    facts = prove_never_stuck(ground(shipped())).facts

    assert (366, "2030-08-21", "2026-12-31") == (
        facts["entry_days"],
        facts["latest_end"],
        facts["worst_entry"],
    )
    assert "2030-05-23" == facts["first_entry_end"]


def test_the_proof_and_the_case_page_name_the_same_latest_day():
    """What a case page shows as the latest end is what the proof says of that entry day."""
    world = World()
    facts = prove_never_stuck(ground(shipped())).facts

    assert facts["first_entry_end"] == str(latest_end(world.machine, world.case, world.scene))


def test_a_silent_case_ends_when_the_proof_says():
    """The real step, nobody acting, from the opening of 2026: over on the proven silent day or before."""
    world = World()
    while not world.case.ended:
        world.wait(20)
    facts = prove_never_stuck(ground(shipped())).facts

    assert world.today >= world.scene.calendar.date_of(world.case.entered_at, world.case.zone)
    assert date.fromisoformat(str(facts["silent_end"])) >= world.scene.calendar.date_of(
        world.case.entered_at - 1, world.case.zone
    )


def test_a_wait_without_a_moment_is_stuck():
    """A state with neither task nor moment waits for ever; the story leads there."""
    (finding,) = prove_never_stuck(ground(without(changed(SMALL), "waiting", "year_over"))).findings

    assert ("waits_for_ever", "error") == (finding.code, finding.severity)
    assert ("phases", "monitoring", "waiting") == finding.path
    assert "stays in “" in finding.story[-1].en


def test_a_task_whose_ladder_only_reminds_its_holder_is_stuck():
    """Fault: the rung that reassigns is gone and no moment leads out."""
    small = without(changed(SMALL), "checking", "silent")
    ladder = small.ladders["standard"]
    silent = replace(small, ladders={"standard": replace(ladder, rungs=ladder.rungs[:1])})

    assert [("error", "silent_ladder")] == found(prove_never_stuck, silent)


def test_a_task_without_a_due_time_is_stuck():
    """Fault: nobody would ever hear that its holder is silent."""
    small = without(changed(SMALL), "checking", "silent")
    state = small.states["checking"]
    assert state.task is not None
    states = {**small.states, "checking": replace(state, task=replace(state.task, due=None))}

    assert [("error", "no_deadline")] == found(prove_never_stuck, replace(small, states=states))


def test_a_fact_needs_a_moment_beside_it():
    """Fault: a case waits for another case, which may never come so far."""
    small = without(changed(SMALL), "waiting", "year_over")
    upon = Transition(
        name="on", rule="waiting.on", source="waiting", to="done",
        trigger=Upon(facts=(Reached(read="unit", state="calibrated"),)),
    )  # fmt: skip

    assert [("error", "upon_without_at")] == found(prove_never_stuck, with_way(small, "waiting", upon))


def test_a_moment_that_may_be_used_up_ends_nothing():
    """Fault: the only moment is capped and leads nowhere `then`."""
    small = without(changed(SMALL), "waiting", "year_over")
    year_over = next(one for one in changed(SMALL).states["waiting"].transitions if one.name == "year_over")
    worn = replace(year_over, at_most=1)

    assert [("error", "timer_worn_out")] == found(prove_never_stuck, with_way(small, "waiting", worn))


def test_moments_that_lead_in_a_circle_never_end():
    """Fault: the moment of checking leads back to drafting, whose moment leads to checking."""
    small = changed(SMALL)
    state = small.states["checking"]
    back = tuple(
        replace(one, to="drafting", trigger=At(moment=DueItself())) if one.name == "silent" else one
        for one in state.transitions
    )
    turning = replace(small, states={**small.states, "checking": replace(state, transitions=back)})
    (finding,) = [one for one in prove_never_stuck(ground(turning)).findings if one.severity == "error"]

    assert ("never_ends", ["drafting", "checking", "drafting"]) == (finding.code, finding.facts["states"])


def test_where_a_case_may_rest_no_last_day_is_named():
    """A rest with somebody who hears of it is fine; but the states behind it have no latest day."""
    resting = without(changed(SMALL), "checking", "silent")
    proof = prove_never_stuck(ground(resting))

    assert ("proven", None, ["checking"]) == (proof.answer, proof.facts["latest_end"], proof.facts["rests"])
    assert {"drafting", "waiting", "done"} & set(latest_days(ground(resting))) == set()


def test_people_who_go_round_for_ever_have_no_last_day():
    """A return without a cap: nobody is stuck, but no day can be named, and none is."""
    endless = changed(SMALL, {", at_most: 2, then: waiting": ""})
    proof = prove_never_stuck(ground(endless))

    assert ("proven", None) == (proof.answer, proof.facts["latest_end"])
    assert {} == latest_days(ground(endless))


def test_more_places_than_are_walked_claim_nothing(monkeypatch):
    """Where the caps make too many ways, the answer is "not proven"."""
    monkeypatch.setattr(course, "MOST_PLACES", 3)
    proof = prove_never_stuck(ground(replace(changed(SMALL), digest="x")))

    assert ("not_proven", "too_many_places") == (proof.answer, proof.findings[0].code)


def test_a_case_stands_in_its_first_state_on_the_very_day_it_is_opened():
    """The latest day of the first state is not the day before the last case opens."""
    unit = practice("kemenkeu-unit")
    proof = prove_never_stuck(ground(unit))

    assert "2026-12-31" == proof.facts["latest_entry_of_states"][unit.initial]
