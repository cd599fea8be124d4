"""Sound: can every case always finish, has everything a use, are loops capped."""

from __future__ import annotations

import pytest

from engine.core.proof import counting
from engine.core.proof.graph import prove_sound
from engine.errors import GuardRefused
from tests.definitions_varied import varied
from tests.proof.grounds import NATIONAL, NO_SILENCE, SMALL, USED_UP, changed, found, ground, shipped
from tests.worlds import World, plan


@pytest.mark.parametrize("name", [NATIONAL, SMALL, "tests/definitions/whole"])
def test_what_is_shipped_and_tried_is_sound(name):
    """Nothing is found in the definitions that other tests run."""
    proof = prove_sound(ground(changed(name)))

    assert ("proven", ()) == (proof.answer, proof.findings)


def test_a_case_whose_ways_are_used_up_cannot_finish():
    """Every way out of the state is capped, and a case can come once more: an error, with its story."""
    proof = prove_sound(ground(changed(SMALL, USED_UP, NO_SILENCE)))
    (finding,) = proof.findings

    assert ("refuted", "cannot_finish", "error") == (proof.answer, finding.code, finding.severity)
    assert ("phases", "planning", "checking") == finding.path
    assert "Sari's case opens at “Employee drafts”." == finding.story[0].en


def test_the_case_that_cannot_finish_really_cannot(tmp_path):
    """The real step refuses each way out of the state, once they were used as the counts say."""
    world = World(definition=varied(tmp_path, USED_UP, NO_SILENCE))
    for act in ("return", "agree"):
        world.fire("submit", plan=plan_of_the_small_cycle())
        world.fire(act, reason="lagi")
    world.fire("submit")

    for act in ("return", "agree"):
        with pytest.raises(GuardRefused):
            world.fire(act, reason="lagi")


def plan_of_the_small_cycle():
    """A plan that the small definition takes."""
    return {"goals": [{"title": one["title"], "weight": one["weight"]} for one in plan(100)["results"]]}


def test_a_loop_without_a_cap_is_warned_of():
    """People could return a plan for ever: it can end, so it is no error."""
    uncapped = changed(SMALL, {", at_most: 2, then: waiting": ""})

    assert [("warning", "loop_without_cap")] == found(prove_sound, uncapped)


def test_a_date_ends_a_loop():
    """A loop without a cap is fine where a day that does not begin again leads out of it."""
    ended = changed(
        SMALL,
        {
            ", at_most: 2, then: waiting": "",
            "silent: {at: 20 working days after due, to: waiting}": "silent: {at: 31 October, to: waiting}",
        },
    )

    assert [] == found(prove_sound, ended)


def test_a_cap_that_never_counts_is_warned_of():
    """Nothing leads back, so the way is never used up and `then` says nothing."""
    once = changed(SMALL, {"agree: {to: waiting,": "agree: {to: waiting, at_most: 1, then: left,"})

    assert [("warning", "then_never")] == found(prove_sound, once)


def test_a_search_that_hits_its_limit_claims_nothing(monkeypatch):
    """Where not every count was looked at, the answer is "not proven", never "sound"."""
    monkeypatch.setattr(counting, "MOST_COUNTS", 3)
    proof = prove_sound(ground(changed(SMALL, USED_UP, NO_SILENCE)))

    assert "not_proven" == proof.answer
    assert ["unproven"] == [one.severity for one in proof.findings]


def test_the_shipped_cycle_needs_no_counting(monkeypatch):
    """From everywhere an end is reachable by moves that cannot be used up, so no count is walked through."""
    monkeypatch.setattr(counting, "MOST_COUNTS", 0)

    assert "proven" == prove_sound(ground(shipped())).answer
