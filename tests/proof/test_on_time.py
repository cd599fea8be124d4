"""On time: do dates, windows, rungs and phases fit on every entry day of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.proof.timing import prove_on_time
from tests.proof.grounds import NATIONAL, SMALL, changed, found, ground, shipped
from tests.worlds import World, plan

#: a planning phase with a due date
NO_SETTING = (
    "  drafting_time: {is: 5 working days, allow: 3 working days .. 10 working days, note: invented}\n"
)
NO_WORDS = {"  drafting_time: {id: Waktu menyusun, en: Time to draft}\n": ""}
WITH_DUE = (
    "  planning:\n    due: {date: 31 January, at_least: 10 working days, ladder: standard}\n    drafting:"
)


def test_the_national_cycle_is_on_time_on_every_entry_day():
    """All dates fit; what each phase needs and is given on its tightest day is told."""
    proof = prove_on_time(ground(shipped()))
    told = {str(one["phase"]): (one["needed"], one["given"], one["unit"]) for one in proof.facts["due_days"]}

    assert ("proven", ()) == (proof.answer, proof.findings)
    assert {"planning": (16, 20, "working days"), "evaluation": (13, 15, "working days")} == told


def test_a_phase_that_is_too_short_says_when_and_what_would_mend_it():
    """Fault: 12 working days for planning, which takes 16 if everybody uses their time."""
    short = changed(
        NATIONAL,
        {
            "plan_least:       {is: 20 working days, allow: 16": "plan_least:       {is: 12 working days, allow: 12"
        },
    )
    (finding,) = prove_on_time(ground(short)).findings

    assert ("deadline_cannot_be_kept", "error") == (finding.code, finding.severity)
    assert ("phases", "planning", "due") == finding.path
    assert (16, 12) == (finding.facts["needed"], finding.facts["given"])
    assert [["employee_drafts", 1]] in finding.facts["repairs"]
    assert "16 working days" in finding.suggestion.en


def test_it_fails_only_for_those_who_come_in_some_weeks():
    """The opening in December has time enough; the days of the year on which it fails are named."""
    short = changed(
        NATIONAL,
        {
            "plan_least:       {is: 20 working days, allow: 16": "plan_least:       {is: 12 working days, allow: 12"
        },
    )
    (finding,) = prove_on_time(ground(short)).findings
    days = [date.fromisoformat(day) for day in finding.facts["fails"]]

    assert date(2025, 12, 1) not in days
    assert date(2026, 6, 1) in days


def test_a_moment_before_the_due_day_takes_work_from_somebody_on_time():
    """Fault: drafting is due in 5 working days, and a moment moves on after 3."""
    early = changed(
        SMALL, {"late: {at: 10 working days after due,": "late: {at: 3 working days after entry,"}
    )

    assert ("warning", "timer_takes_work") in found(prove_on_time, early)


def test_the_work_is_really_taken():
    """The real step moves the case on before the task is due, as the story says."""
    early = changed(
        SMALL, {"late: {at: 10 working days after due,": "late: {at: 3 working days after entry,"}
    )
    (finding,) = [one for one in prove_on_time(ground(early)).findings if one.code == "timer_takes_work"]

    assert "drafting" == finding.facts["state"]
    assert 365 == len(finding.facts["entry_days"])


def test_a_minimum_that_is_too_short_is_seen_for_those_who_come_late():
    """Fault: the manager drafts instead after 8 working days; drafting, checking and the dialogue take ten."""
    short = changed(
        NATIONAL,
        {
            "draft_least:      {is: 12 working days, allow: 10": "draft_least:      {is: 8 working days, allow: 8"
        },
    )
    findings = [one for one in prove_on_time(ground(short)).findings if one.code == "timer_takes_work"]

    assert {"rater_agrees"} == {str(one.facts["state"]) for one in findings}
    assert all("2025-12-01" not in one.facts["entry_days"] for one in findings)


def test_a_rung_after_the_move_never_rings():
    """Fault: the moment comes one day after the due day, the last rung two."""
    hasty = changed(
        SMALL, {"silent: {at: 20 working days after due,": "silent: {at: 1 working day after due,"}
    )
    (finding,) = prove_on_time(ground(hasty)).findings

    assert ("rung_never_rings", 2) == (finding.code, finding.facts["rung"])


def test_a_date_before_its_state_is_always_past():
    """Fault: the year is over before it begins."""
    past = changed(
        SMALL, {"year_over: {at: period.to, to: done}": "year_over: {at: 1 January last year, to: done}"}
    )

    assert [("error", "always_past")] == found(prove_on_time, past)


def test_two_moments_may_meet_on_some_day_of_the_year():
    """Fault: five days after entry and 1 July are the same instant for whoever comes on 26 June."""
    twice = changed(
        SMALL,
        {
            "year_over: {at: period.to, to: done}": "year_over: {at: 1 July, to: done}\n"
            "        soon: {at: 5 days after entry, to: left}"
        },
        {"  year_over:": "  soon: {id: Segera, en: Soon}\n  year_over:"},
    )
    (finding,) = [one for one in prove_on_time(ground(twice)).findings if one.code == "timers_coincide"]

    assert ["2026-06-26"] == finding.facts["days"]


def test_a_date_without_a_minimum_is_past_for_latecomers():
    """Fault: a draft due on 31 March, whenever the case begins."""
    late = changed(
        SMALL,
        {
            "form: plan, due: drafting_time}": "form: plan, due: {date: 31 March}}",
            NO_SETTING: "",
        },
        NO_WORDS,
    )
    (finding,) = [one for one in prove_on_time(ground(late)).findings if one.code == "born_late"]
    days = finding.facts["entry_days"]

    assert ("2026-04-01", "2026-12-31") == (days[0], days[-1])
    assert "between 1 April 2026 and 31 December 2026" in finding.message.en


def test_a_minimum_longer_than_the_window_makes_the_date_idle():
    """Fault: planning ends on 31 January, but never before 60 working days."""
    idle = changed(SMALL, {"  planning:\n    drafting:": WITH_DUE.replace("10 working", "60 working")})

    assert ("warning", "window_too_short") in found(prove_on_time, idle)


def test_a_task_due_before_it_opens():
    """Fault: it opens in June and is due in March."""
    early = changed(
        SMALL,
        {
            "form: plan, due: drafting_time}": "form: plan, not_before: 1 June, due: {date: 31 March}}",
            "late: {at: 10 working days after due, to: checking}": "late: {at: 31 July, to: checking}",
            NO_SETTING: "",
        },
        NO_WORDS,
    )

    assert ("error", "due_before_opening") in found(prove_on_time, early)


@pytest.mark.parametrize("day", ["2026-01-02", "2026-03-16", "2026-12-28"])
def test_the_tightest_days_are_the_real_ones(day):
    """What the proof says a case needs is what a case really takes: each task done on its due day."""
    entered = date.fromisoformat(day)
    world = World(definition=NATIONAL, on=entered)
    for act, forms in (
        ("submit", {"plan": plan(60, 40)}),
        ("pass", {}),
        ("agree", {}),
        ("sign", {}),
        ("set_plan", {}),
    ):
        assert world.case.task is not None
        world.wait_until(world.case.task.due_on)
        world.fire(act, **forms)

    assert 16 == world.scene.calendar.working_days_between(entered, world.today)
    assert "running" in world.case.reached


def test_a_definition_nobody_can_read_is_not_needed():
    """Values are enough: a definition changed in memory is proven like one that was read."""
    small = changed(SMALL)
    state = small.states["waiting"]
    never = replace(
        small, states={**small.states, "waiting": replace(state, transitions=state.transitions[1:])}
    )

    assert "proven" == prove_on_time(ground(never)).answer
