"""History as people read it: one sentence for each entry."""

from datetime import date

from engine.core.audit import entry
from engine.core.codec import decode
from engine.core.command import Extend, Pause, Reassign, Remind, Resume
from engine.core.moments import Duration
from engine.core.telling import (
    say_entry,
)
from tests.telling import HOUR, ahead, history, name, personnel, running, seen, waiting_for_the_rater
from tests.worlds import World, chart, plan


def test_history_says_who_did_what():
    """An act of a person names the person, the button, the form, and whose turn it is then."""
    world = World()
    world.fire("submit", plan=plan(100))
    holder = name(world, world.case.task.holder)
    subject = name(world, world.case.subject)

    assert (
        f"{subject} chose “Submit the plan” with “Plan (SKP)”; "
        f"now “Performance manager checks the plan”, waiting for {holder} (Performance manager)."
    ) == history(world, "en")[-1]


def test_history_signs_what_the_timer_did():
    """What happened by itself is the timer's, under a rule, and says what it counted from."""
    world = World()
    world.wait(4)

    silent = name(world, world.case.subject)
    assert (
        "Pengatur waktu, aturan asn-tahunan@1: 2 hari kerja sebelum tenggat tugas (8 Desember 2025): "
        f"pengingat kepada {silent}."
    ) == history(world, "id")[-1]


def test_a_hand_over_without_a_taker_is_not_hidden():
    """The rater has named no substitute: the forecast and the history both say that the task stays."""
    world = waiting_for_the_rater(substitute=False)
    foreseen = ahead(world, "en", viewer=world.case.task.holder)
    world.wait(10)

    assert any(line.endswith("nobody can take the task over, it stays with you.") for line in foreseen)
    assert history(world, "en")[-1].endswith("nobody can take the task over.")


def test_history_says_how_late_the_timer_was():
    """A heartbeat that was down for two hours is not hidden."""
    world = World()
    world.now = world.case.next_at + 2 * HOUR
    world.rest()

    assert history(world, "en")[-1].endswith(", recorded 2 hours late.")
    assert history(world, "id")[-1].endswith(", tercatat terlambat 2 jam.")


_EXTENDED = (
    "{who} granted 3 working days more: the due day moves from 8 December 2025 to 12 December 2025, "
    "the reminders go on as they were."
)


def test_every_act_of_steering_has_its_sentence():
    """More time, a pause, its end, a reminder, another holder: each names who did it and what changed."""
    world = World()
    actor = personnel(world)
    who = name(world, actor.person)
    silent = name(world, world.case.task.holder)
    world.wait(6)
    world.obey(Extend(by=Duration(3, "working days"), actor=actor, reason="sakit"))
    world.obey(Pause(kind="leave", actor=actor, reason="cuti"))
    world.wait(2)
    world.obey(Resume(actor=actor, reason="kembali"))
    world.obey(Remind(actor=actor, note="mohon diselesaikan"))
    world.fire("submit", plan=plan(100))
    before = name(world, world.case.task.holder)
    taken = (world.case.subject, world.case.task.holder)
    taker = next(
        one for one in world.chart.people(world.today) if one.key not in taken and one.serves_on(world.today)
    )
    world.obey(Reassign(to=taker.key, actor=actor, reason="beban kerja"))

    said = [
        line
        for line, one in zip(history(world, "en"), world.steps, strict=True)
        if one.entry.kind in {"extended", "paused", "resumed", "reminded", "reassigned"}
    ]

    assert [
        _EXTENDED.format(who=who),
        f"{who} paused the clock because of leave.",
        f"{who} let the clock run on; now due 16 December 2025.",
        f"{who} reminded {silent} with a note.",
        f"{who} gave the task from {before} to {taker.name}.",
    ] == said


def test_an_act_on_behalf_names_both():
    """Who pressed the button, and for whom."""
    world = World()
    world.fire("submit", plan=plan(100))
    body = {
        "actor": {"person": personnel(world).person, "behalf": world.case.task.holder},
        "cause": {"act": "manager_checks.pass"},
        "from": "manager_checks",
        "to": "rater_agrees",
        "subject": world.case.subject,
    }
    line = entry(world.case.stream, 9, "0" * 64, "moved", world.now, body)
    said = say_entry(world.machine.definition, line, world.chart, "en")

    pressed, held = name(world, personnel(world).person), name(world, world.case.task.holder)

    assert f"{pressed} on behalf of {held} chose “Pass to the rater”; now “{_label('rater_agrees')}”." == said


def _label(state: str) -> str:
    return World().machine.definition.texts.label("states", state).en


def test_a_refusal_is_told_without_its_code():
    """What was tried, and why not, in words."""
    world = World()
    body = {
        "case": world.case.id,
        "from": "employee_drafts",
        "visit": 1,
        "actor": {"person": world.case.subject},
        "refused": "guard_refused",
        "asked": "submit",
    }
    line = entry("refusals/c-1", 1, "0" * 64, "refused", world.now, body)
    who = name(world, world.case.subject)

    assert f"{who} mencoba “Ajukan SKP” tetapi ditolak: syaratnya belum terpenuhi." == say_entry(
        world.machine.definition, line, world.chart, "id"
    )


def test_an_entry_of_a_kind_not_known_is_still_a_sentence():
    """A log written by a later version is read, not broken."""
    world = World()
    line = entry(world.case.stream, 7, "0" * 64, "sparkled", world.now, {"actor": {"timer": True}})

    assert "Timer, rule asn-tahunan@1: event number 7." == say_entry(
        world.machine.definition, line, world.chart, "en"
    )


def test_what_leaves_the_state_is_told_apart_from_what_stays():
    """A note of a dialogue moves nothing; where nobody has a task, nobody is named as late."""
    world = running()
    rater = world.chart.superior(world.case.subject, world.today).key
    world.fire("dialogue", by=rater, dialogue={"feedback": "baik", "agreed": "lanjut"})
    subject = world.case.subject
    other = seen(world, "en", subject)

    assert (
        f"{name(world, rater)} chose “Note a performance dialogue” with “Note of a dialogue”; "
        f"told: {name(world, subject)}."
    ) == history(world, "en")[-1]
    assert "no task waits for anybody" == other.due


def test_a_reason_is_mentioned_and_not_quoted():
    """History says that a reason was given; the words stand beside it, where they can be erased."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("send_back", reason="Bobot keliru")

    assert "chose “Send back to the employee”, giving a reason; now" in history(world, "en")[-1]
    assert not any("Bobot keliru" in line for line in history(world, "en"))


def test_a_phase_and_a_whole_case_have_due_days_of_their_own():
    """A rung names which due day it counts from."""
    world = World()
    world.wait_until(date(2026, 1, 31))
    rungs = [one.entry for one in world.steps if one.entry.kind == "rung"]
    phase = next(one for one in rungs if decode(one.body)["cause"]["deadline"] == "phase:planning")
    facts = decode(phase.body)
    facts["cause"]["deadline"] = "case"
    whole = entry(phase.stream, phase.seq, phase.prev, "rung", phase.at, facts)
    definition = world.machine.definition

    assert "2 working days before the due day of the phase Planning (30 January 2026): " in say_entry(
        definition, phase, world.chart, "en"
    )
    assert "2 working days before the due day of the case (30 January 2026): " in say_entry(
        definition, whole, world.chart, "en"
    )


def test_a_chart_of_the_demo_has_both_languages():
    """Names are names in either language: labels change, persons do not."""
    world = World()
    lines = zip(history(world, "id"), history(world, "en"), strict=True)
    subject = chart().person(world.case.subject).name

    assert all(subject in one and subject in other for one, other in lines)


def test_history_dates_a_move_that_came_after_the_due_day():
    """Nobody signed: the plan passed on five working days after the due day, and not on it."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    world.fire("agree")
    world.wait(9)

    (english,) = [line for line in history(world, "en") if "Not signed" in line]
    (indonesian,) = [line for line in history(world, "id") if "Belum ditandatangani" in line]
    assert ", 5 working days after the task's due day (4 December 2025); now " in english
    assert ", 5 hari kerja setelah tenggat tugas (4 Desember 2025); kini " in indonesian
