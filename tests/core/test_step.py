"""What comes of commands: the national definition, on the shipped calendar, with the demo's people."""

from __future__ import annotations

from datetime import date

import pytest
import transitions

from engine.core.audit import START, verify_stream
from engine.core.codec import decode
from engine.core.command import Actor, Extend, Fire, Notice, Pause, Reassign, Remind, Resume
from engine.core.definition import By
from engine.core.effects import CloseTask, OpenTask
from engine.core.moments import Duration
from engine.core.step import act_and_settle
from engine.errors import (
    CaseClosed,
    FormInvalid,
    GuardRefused,
    ReasonMissing,
    Refused,
    StaleVisit,
    UnknownTrigger,
    WrongPerson,
)
from tests.worlds import World, chart, machine, ordinary, plan

RATING = {"results": "above", "behaviour": "above", "reasons": "bukti lengkap"}
BELOW = {"results": "as", "behaviour": "below", "reasons": "disiplin"}


def planned() -> World:
    """A case whose plan is in force."""
    world = World()
    world.fire("submit", plan=plan(60, 40))
    world.fire("pass")
    world.fire("agree")
    world.fire("sign")
    world.fire("set_plan")
    return world


def rated(rating: dict[str, str]) -> World:
    """A case whose rating has been disclosed."""
    world = planned()
    world.wait_until(date(2027, 1, 4))
    world.fire("send", report={"achieved": "semua tercapai", "evidence": []})
    world.fire("rate", rating=rating)
    world.fire("seen")
    return world


def on_desk(name: str) -> str:
    """The key of somebody on a desk."""
    return next(one.key for one in chart().people(date(2026, 1, 5)) if f"desk:{name}" in one.duties)


def test_a_plan_goes_from_draft_to_force() -> None:
    """Draft, review, dialogue and both signatures, in that order."""
    world = planned()

    assert [
        "employee_drafts", "manager_checks", "rater_agrees", "employee_signs", "rater_signs", "running",
    ] == world.trail  # fmt: skip
    assert world.case.task is None


def test_an_excellent_year_is_recognised() -> None:
    """Above expectations in both leads, after the window to object, to recognition by the unit's head."""
    world = rated(RATING)
    world.fire("received")
    world.wait(15, "days")
    assert "head_recognises" == world.case.state
    world.fire("award", recognition={"award": "talent_pool", "citation": "teladan"})

    assert ("recognised", "complete") == (world.case.state, world.case.ended)
    assert () == world.case.deadlines


def test_an_objection_is_decided_by_the_raters_superior_and_the_predicate_follows_the_new_rating() -> None:
    """PP 30/2019 Art 59: both sides explain, the rater's superior may change the result."""
    world = rated(BELOW)
    world.fire("object", objection={"grounds": "nilai perilaku keliru", "evidence": []})
    world.fire("explain", employee_explanation={"text": "hadir setiap hari"})
    world.fire("explain", rater_explanation={"text": "catatan kehadiran"})
    reviewer = world.case.task.holder
    world.fire("amend", reason="bukti kehadiran sah", rating={**BELOW, "behaviour": "as"})

    assert reviewer not in {world.case.subject, world.facts("moved")[4]["actor"].get("person")}
    assert ("done", "complete") == (world.case.state, world.case.ended)


def test_a_failing_year_leads_to_six_months_of_improvement() -> None:
    """PP 30/2019 Art 57: half a year, then the leader judges."""
    world = rated(BELOW)
    world.fire("received")
    world.wait(15, "days")
    world.fire(
        "begin", improvement_plan={"missed": "disiplin", "help": "bimbingan", "judged_by": "kehadiran"}
    )
    begun = world.today
    world.wait(7, "months")
    judging = world.facts("moved")[-1]["cause"]

    assert "leader_judges" == world.case.state
    assert judging["moment"] == "improving.time_over"
    assert date.fromisoformat(judging["due"]).month == (begun.month + 5) % 12 + 1


def test_silence_is_never_agreement_but_receipt() -> None:
    """Nobody acknowledged: the case goes on as received, and the entry says a timer did it."""
    world = rated(RATING)
    world.wait(8)
    last = world.facts("moved")[-1]

    assert "may_object" == world.case.state
    assert ({"timer": True}, "disclosed.deemed") == (last["actor"], last["cause"]["moment"])


def test_if_nobody_drafts_the_manager_does() -> None:
    """Default drafting in the second week of January (PermenPANRB 8/2021 A.4)."""
    world = World()
    world.wait_until(date(2026, 1, 16))

    assert "manager_sets" == world.case.state
    assert "planning.default_draft" == world.facts("moved")[-1]["cause"]["moment"]


def test_a_return_needs_a_reason_and_is_capped() -> None:
    """Twice back at most; the third time the case goes on instead."""
    world = World()
    for _ in range(2):
        world.fire("submit", plan=plan(100))
        with pytest.raises(ReasonMissing):
            world.fire("send_back")
        world.fire("send_back", reason="indikator belum terukur")
    world.fire("submit", plan=plan(100))
    world.fire("send_back", reason="sekali lagi")

    assert "rater_agrees" == world.case.state


def test_weights_must_add_up_and_the_refusal_says_by_how_much_they_do_not() -> None:
    """A guard refuses in both languages with the figure it read."""
    world = World()

    with pytest.raises(GuardRefused) as refused:
        world.fire("submit", plan=plan(60, 35))

    label = refused.value.data["label"]
    assert "95" in label.id
    assert "95" in label.en
    assert "employee_drafts" == world.case.state


def test_a_wrong_form_names_every_field_at_once() -> None:
    """All problems, not the first, and the missing reason among them."""
    world = World()
    bad = {
        "results": [{"title": "", "kind": "mian", "weight": 200, "indicators": []}],
        "behaviour": "x" * 2001,
    }

    with pytest.raises(FormInvalid) as refused:
        world.fire("submit", plan=bad)

    assert 5 <= len(refused.value.data["problems"])


def test_refusals_name_what_would_be_allowed() -> None:
    """Unknown trigger, wrong person, stale page, closed case: four clear answers, and nothing changed."""
    world = World()
    holder = world.case.task.holder
    before = world.case

    with pytest.raises(UnknownTrigger) as unknown:
        world.fire("sumbit")
    with pytest.raises(WrongPerson) as wrong:
        world.fire("submit", by=on_desk("personnel"), plan=plan(100))
    with pytest.raises(StaleVisit):
        world.obey(Fire(trigger="submit", actor=Actor(person=holder), visit=99, forms={"plan": plan(100)}))

    assert ("submit",) == unknown.value.allowed
    assert ("exempt",) == wrong.value.allowed
    assert before == world.case


def test_hr_closes_a_case_from_any_state_with_a_reason() -> None:
    """Death, retirement, unpaid leave: personnel ends the case, whoever's turn it was."""
    world = World()
    hr = on_desk("personnel")
    world.fire("exempt", by=hr, reason="cuti di luar tanggungan negara")

    assert ("left", "ended") == (world.case.state, world.case.ended)
    with pytest.raises(CaseClosed):
        world.fire("exempt", by=hr, reason="lagi")


def test_a_fact_of_the_chart_ends_the_case_at_once() -> None:
    """Somebody leaves: two entries, the fact and the move it sets off."""
    world = planned()
    world.obey(Notice(fact="employee leaves", actor=Actor(person=None)))

    assert ["noticed", "moved"] == [one.entry.kind for one in world.steps[-2:]]
    assert "left" == world.case.state


def test_staying_writes_an_entry_and_touches_nothing_else() -> None:
    """A dialogue note during the year: same state, same visit, same clocks."""
    world = planned()
    before = world.case
    rater = world.machine.definition.roles["rater"]
    leader = chart().superior(before.subject, world.today)
    world.fire("dialogue", by=leader.key, dialogue={"feedback": "teruskan"})

    assert "rater" == rater.name
    assert (before.state, before.visit, before.deadlines) == (
        world.case.state,
        world.case.visit,
        world.case.deadlines,
    )
    assert "stayed" == world.steps[-1].entry.kind


def test_launched_early_a_case_sleeps_until_its_phase_opens() -> None:
    """No task, no clock, no button before 1 December; then clocks count from waking."""
    world = World(on=date(2025, 11, 3))

    assert None is world.case.task
    with pytest.raises(Refused):
        world.fire("submit", by=world.case.subject, plan=plan(100))
    world.wait_until(date(2025, 12, 2))

    assert "woke" == world.steps[-1].entry.kind
    assert date(2025, 12, 1) == world.case.deadlines[-1].basis_on


def test_a_latecomer_is_not_born_late() -> None:
    """Who joins in June has `at_least` working days, not a due date in January."""
    world = World(on=date(2026, 6, 2))
    phase = next(one for one in world.case.deadlines if one.name == "phase:planning")

    assert world.today < phase.due_on
    assert "employee_drafts" == world.case.state


def test_a_phase_keeps_its_clock_through_returns() -> None:
    """Returned twice, the planning phase is still due on the day it was."""
    world = World()
    first = next(one for one in world.case.deadlines if one.name == "phase:planning")
    world.fire("submit", plan=plan(100))
    world.fire("send_back", reason="perbaiki")
    again = next(one for one in world.case.deadlines if one.name == "phase:planning")

    assert first.due_on == again.due_on
    assert first.basis_at == again.basis_at


def test_every_move_closes_one_task_and_opens_the_next() -> None:
    """Nobody keeps a task of a state the case has left."""
    world = World()
    done = world.fire("submit", plan=plan(100))
    closed = [one for one in done.effects if isinstance(one, CloseTask)]
    opened = [one for one in done.effects if isinstance(one, OpenTask)]

    assert [("c-1.1", "done")] == [(one.task_id, one.outcome) for one in closed]
    assert ["c-1.2"] == [one.task.id for one in opened]


def test_preview_is_the_step_and_keeps_nothing() -> None:
    """What an act would come to is what it comes to."""
    world = World()
    command = Fire(trigger="submit", actor=Actor(person=world.case.subject), forms={"plan": plan(100)})
    foreseen = act_and_settle(world.machine, world.case, command, command.contents, world.scene)
    done = world.obey(command)

    assert foreseen[0] == done


def test_entries_chain_and_hold_no_words_and_no_names() -> None:
    """What people wrote and who they are by name never stands in the bytes."""
    world = rated(BELOW)
    bodies = b"\n".join(one.entry.body for one in world.steps)
    names = [one.name.encode() for one in chart().segments] + [
        one.person_id.encode() for one in chart().segments
    ]

    assert [] == verify_stream(one.entry for one in world.steps)
    assert START == decode(world.steps[0].entry.body)["prev"]
    assert not any(name in bodies for name in names)
    assert b"disiplin" not in bodies
    assert b"kurang" not in bodies


def test_a_changed_missing_or_reordered_entry_is_named() -> None:
    """The chain of a case finds what a table cannot."""
    entries = [one.entry for one in planned().steps]
    swapped = [*entries[:2], entries[3], entries[2], *entries[4:]]

    assert verify_stream([*entries[:2], *entries[3:]])
    assert verify_stream(swapped)
    assert verify_stream(entries[1:])


def test_the_library_chooses_the_target() -> None:
    """With another graph behind the door, the same act leads elsewhere."""
    from engine.core.machine import Machine  # noqa: PLC0415 - a machine of its own, to be spoilt

    spoilt = Machine(machine().definition)
    ways = [
        {"trigger": "employee_drafts.submit", "source": "employee_drafts", "dest": "rater_agrees"},
    ]
    spoilt._graph = transitions.Machine(
        model=None, states=list(spoilt.definition.states), transitions=ways, initial=None,
        auto_transitions=False, send_event=True,
    )  # fmt: skip
    world = World()
    world.machine = spoilt
    world.fire("submit", plan=plan(100))

    assert "rater_agrees" == world.case.state


def test_extending_moves_the_due_day_and_keeps_fired_rungs() -> None:
    """Two more working days: the same ladder, later; what has rung does not ring again."""
    world = World()
    world.wait(4)
    before = next(one for one in world.case.deadlines if one.name == "task")
    world.obey(
        Extend(by=Duration(3, "working days"), actor=Actor(person=on_desk("personnel")), reason="banjir")
    )
    after = next(one for one in world.case.deadlines if one.name == "task")

    assert before.due_on < after.due_on
    assert before.fired == after.fired
    assert after.due_on == world.case.task.due_on


def test_a_paused_clock_never_fires_and_resumes_with_what_it_had_left() -> None:
    """Ten working days of outage: the due day moves by ten, and nothing rang meanwhile."""
    world = World()
    hr = Actor(person=on_desk("personnel"))
    before = next(one for one in world.case.deadlines if one.name == "task")
    world.obey(Pause(kind="outage", actor=hr, reason="server padam"))
    said = len([one for one in world.told if one[1] == "reminder"])
    world.wait(10)
    world.obey(Resume(actor=hr, reason="server pulih"))
    after = next(one for one in world.case.deadlines if one.name == "task")

    assert said == len([one for one in world.told if one[1] == "reminder"])
    assert after.paused_at is None
    assert before.due_on < after.due_on


def test_nobody_steers_their_own_case_and_duties_stay_apart() -> None:
    """Extending one's own deadline or giving a task to the subject is refused."""
    world = World()
    own = Actor(person=world.case.subject)
    hr = Actor(person=on_desk("personnel"))
    world.fire("submit", plan=plan(100))

    with pytest.raises(WrongPerson):
        world.obey(Extend(by=Duration(1, "working days"), actor=own, reason="lupa"))
    with pytest.raises(Refused):
        world.obey(Reassign(to=world.case.subject, actor=hr, reason="kosong"))


def test_a_task_given_to_another_tells_both() -> None:
    """The new holder gets the task, the old one learns that it left."""
    world = World()
    world.fire("submit", plan=plan(100))
    before = world.case.task.holder
    other = next(
        one.key for one in chart().people(world.today)
        if one.serves_on(world.today) and not one.external and one.key not in {before, world.case.subject}
    )  # fmt: skip
    world.obey(Reassign(to=other, actor=Actor(person=on_desk("personnel")), reason="beban kerja"))

    assert other == world.case.task.holder
    assert {(other, "task"), (before, "handed_over")} <= set(world.told)


def test_a_reminder_by_a_person_carries_a_note() -> None:
    """The words are content, the entry holds their commitment."""
    world = World()
    world.obey(Remind(actor=Actor(person=on_desk("personnel")), note="mohon segera"))
    last = decode(world.steps[-1].entry.body)

    assert "reason" in last["content"]
    assert (world.case.task.holder, "reminder") == world.told[-1]


def test_every_state_offers_its_acts_only_to_those_it_names() -> None:
    """For each act of the definition, somebody outside its roles is refused."""
    world = World()
    stranger = next(
        one.key for one in chart().people(world.today)
        if not one.duties and one.key != world.case.subject and one.key != ordinary(chart()).superior
    )  # fmt: skip
    for transition in world.machine.state(world.case.state).transitions:
        if isinstance(transition.trigger, By):
            with pytest.raises(WrongPerson):
                world.fire(transition.name, by=stranger)
