"""Steering: who may say what is so, about which visit, with which words; and a case that is woken by being moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.command import TIMER, Actor, Extend, Notice, Pause, Reassign, Remind, Resume, Steering
from engine.core.definition import FACTS
from engine.core.moments import Duration
from engine.core.pausing import PAUSES
from engine.core.permitting import LONGEST_REASON, REASON_FIELD
from engine.errors import CaseClosed, FormInvalid, ReasonMissing, Refused, StaleVisit, WrongPerson
from tests.definitions_varied import SLEEPING, varied
from tests.worlds import World, colleague, on_desk, plan

HR = Actor(person=on_desk("personnel"))
LEAVES = "employee leaves"


def verbs(world: World, why: str = "banjir") -> list[Steering]:
    """Every act of steering that may be asked of a case whose task is open."""
    task = world.case.task
    return [
        Extend(by=Duration(1, "working days"), actor=HR, reason=why),
        Pause(kind="outage", actor=HR, reason=why),
        Resume(actor=HR, reason=why),
        Reassign(to=colleague(task.holder, world.case.subject), actor=HR, reason=why),
        Remind(actor=HR, note=why),
    ]


def submitted() -> World:
    """A plan on somebody else's table, in the second visit."""
    world = World()
    world.fire("submit", plan=plan(100))
    return world


def test_a_fact_the_definition_does_not_know_is_refused_with_those_it_does() -> None:
    """No free text gets into an entry by way of a fact, whoever says it."""
    world = World()
    before = world.case

    for actor in (Actor(person=world.case.subject), HR, TIMER):
        with pytest.raises(Refused) as refused:
            world.obey(Notice(fact="sedang sakit", actor=actor))
        assert FACTS == refused.value.allowed
    assert before == world.case


def test_nobody_closes_their_own_case_by_saying_that_they_left() -> None:
    """Nor anybody else who is not on the personnel desk; the case stays as it was."""
    world = World()
    before = world.case

    for person in (world.case.subject, colleague(world.case.subject)):
        with pytest.raises(WrongPerson):
            world.obey(Notice(fact=LEAVES, actor=Actor(person=person)))
    assert before == world.case


@pytest.mark.parametrize("actor", [HR, TIMER])
def test_the_desk_and_the_chart_record_that_somebody_left(actor: Actor) -> None:
    """Then the case moves at this same instant."""
    world = World()
    world.obey(Notice(fact=LEAVES, actor=actor, reason="pindah instansi"))

    assert "left" == world.case.state


def test_a_fact_about_a_closed_case_is_refused() -> None:
    """It is over; nothing can become true in it."""
    world = World()
    world.obey(Notice(fact=LEAVES, actor=TIMER))

    with pytest.raises(CaseClosed):
        world.obey(Notice(fact=LEAVES, actor=TIMER))


@pytest.mark.parametrize("number", range(5))
def test_steering_meant_for_an_earlier_visit_is_stale(number: int) -> None:
    """Extending, pausing, resuming, giving away, reminding: who steers says what they saw, and learns what is."""
    world = submitted()
    before = world.case
    command = verbs(world)[number]

    with pytest.raises(StaleVisit) as refused:
        world.obey(replace(command, visit=1))
    assert 2 == refused.value.data["visit"]
    assert before == world.case


def test_steering_meant_for_this_visit_is_let_through() -> None:
    """The visit that was seen is the one the case is in."""
    world = submitted()
    for command in verbs(world):
        world.obey(replace(command, visit=world.case.visit))

    assert ["extended", "paused", "resumed", "reassigned", "reminded"] == [
        one.entry.kind for one in world.steps[-5:]
    ]


@pytest.mark.parametrize("number", range(5))
def test_steering_needs_a_reason(number: int) -> None:
    """Blanks are none."""
    world = submitted()
    before = world.case
    for why in ("", "  \n"):
        with pytest.raises(ReasonMissing):
            world.obey(verbs(world, why)[number])

    assert before == world.case


@pytest.mark.parametrize("why", ["\ud800", "a\x00b", "x" * (LONGEST_REASON + 1)])
@pytest.mark.parametrize("number", range(5))
def test_a_reason_that_cannot_be_kept_is_refused_as_a_form_is(number: int, why: str) -> None:
    """Half a letter, a control character, a book: told at the field, in both languages, and nothing has changed."""
    world = submitted()
    before = world.case

    with pytest.raises(FormInvalid) as refused:
        world.obey(verbs(world, why)[number])
    assert {REASON_FIELD} == refused.value.data["problems"].keys()
    assert before == world.case


def test_a_reason_of_the_longest_length_is_kept() -> None:
    """The limit is the limit, not one letter less."""
    world = submitted()
    world.obey(Remind(actor=HR, note="x" * LONGEST_REASON))

    assert "reminded" == world.steps[-1].entry.kind


@pytest.mark.parametrize("why", ["\ud800", "a\x00b", "x" * (LONGEST_REASON + 1)])
def test_an_acts_reason_that_cannot_be_kept_is_told_with_what_else_is_wrong(why: str) -> None:
    """The reason and the form, at once."""
    world = World()

    with pytest.raises(FormInvalid) as refused:
        world.fire("submit", reason=why, plan={**plan(100), "behaviour": ""})
    assert {REASON_FIELD, "plan.behaviour"} == refused.value.data["problems"].keys()


def test_a_pause_names_a_reason_there_is() -> None:
    """Any other is refused with those there are."""
    world = World()

    with pytest.raises(Refused) as refused:
        world.obey(Pause(kind="weather", actor=HR, reason="hujan"))
    assert tuple(PAUSES) == tuple(refused.value.allowed)


def test_a_sleeping_case_that_is_moved_elsewhere_is_awake(tmp_path) -> None:
    """Personnel diverts it before its phase opens: the new state has its task and its acts, and nothing wakes it."""
    definition = varied(
        tmp_path,
        {
            **SLEEPING,
            "    waiting:\n      transitions:": (
                "    waiting:\n      task: {who: rater, form: plan, due: {within: checking_time}}\n"
                "      transitions:\n        finish: {to: done}"
            ),
            "reason: required}\nvisibility:": (
                "reason: required}\n  divert: {by: hr, to: waiting, reason: required}\nvisibility:"
            ),
        },
        {
            "  exempt: {id": (
                "  divert: {id: Alihkan, en: Divert}\n  finish: {id: Selesaikan, en: Finish}\n  exempt: {id"
            )
        },
    )
    world = World(definition=definition, on=date(2025, 11, 3))
    assert world.case.sleeps_until is not None
    world.fire("divert", by=HR.person, reason="pindah tugas")

    assert ("waiting", None) == (world.case.state, world.case.sleeps_until)
    assert "wake" not in {one.name for one in world.case.deadlines}
    world.fire("finish", plan={"goals": [{"title": "Layanan", "weight": 100}]})
    assert "complete" == world.case.ended


@pytest.mark.parametrize("why", ["\ud800", "a\x00b", "x" * (LONGEST_REASON + 1)])
def test_a_facts_reason_that_cannot_be_kept_is_refused_too(why: str) -> None:
    """Whoever records a fact writes words that are kept like all others."""
    world = World()
    before = world.case

    with pytest.raises(FormInvalid):
        world.obey(Notice(fact=LEAVES, actor=HR, reason=why))
    assert before == world.case
