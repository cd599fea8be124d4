"""What the national annual cycle says: phases, the nine cells, settings, ways on, and texts in both languages."""

import re
from collections import deque
from pathlib import Path

import pytest

from engine.core.definition import STAY, At, By, Definition, EmployeeFact, Grid, Transition, Upon
from engine.core.moments import DueItself, Duration, Offset, PeriodEdge
from engine.core.parse import problems, read, reopen
from tests.workflows.touched import shipped_definition

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "workflows/asn-tahunan.yaml").read_text(encoding="utf-8")
TEXTS = (ROOT / "workflows/asn-tahunan.texts.yaml").read_text(encoding="utf-8")
PHASES = ("planning", "monitoring", "evaluation", "feedback", "remediation", "closed")

#: PermenPANRB 6/2022: results downwards, behaviour across.
CELLS = {
    ("above", "below"): "kurang",
    ("above", "as"): "baik",
    ("above", "above"): "sangat_baik",
    ("as", "below"): "kurang",
    ("as", "as"): "baik",
    ("as", "above"): "baik",
    ("below", "below"): "sangat_kurang",
    ("below", "as"): "butuh_perbaikan",
    ("below", "above"): "butuh_perbaikan",
}

ASN = read(RULES, TEXTS)
OPEN = [state.name for state in ASN.states.values() if state.final is None]
#: no timer leads on: an objection rests with a person until one decides
RESTS = {"reviewer_rules"}
FINAL = [state.name for state in ASN.states.values() if state.final is not None]


def targets(definition: Definition, transition: Transition) -> set[str]:
    """Every state a transition may lead to."""
    names = [name for name in (transition.to, transition.then) if name not in {None, STAY}]
    return {
        to
        for name in names
        for to in (
            [row.to for row in definition.choices[name].rows] if name in definition.choices else [name]
        )
    }


def reach(
    definition: Definition, start: str, *, without: tuple[str, ...] = (), timers_only: bool = False
) -> set[str]:
    """The states a case may come to, if some transitions never happen or nobody ever acts."""
    found, waiting = {start}, deque([start])
    while waiting:
        for transition in definition.states[waiting.popleft()].transitions:
            unwanted = transition.rule in without or (timers_only and not isinstance(transition.trigger, At))
            if not unwanted:
                new = targets(definition, transition) - found
                found |= new
                waiting.extend(new)
    return found


def test_the_definition_reads_without_a_remark():
    """Neither an error nor a warning."""
    assert () == problems(RULES, TEXTS)


def test_it_is_known_again_from_its_stored_source():
    """The canonical source gives the same definition with the same digest."""
    again = reopen(ASN.source)

    assert ("asn-tahunan@1", ASN.digest, ASN.states) == (again.name, again.digest, again.states)


def test_all_five_phases_and_closed_are_there_in_order():
    """Each phase holds states, and only `closed` holds finals."""
    finals = [name for phase in ASN.phases.values() for name in phase.states if phase.name == "closed"]

    assert PHASES == tuple(ASN.phases)
    assert all(phase.states for phase in ASN.phases.values())
    assert FINAL == finals


@pytest.mark.parametrize(("results", "behaviour"), list(CELLS))
def test_a_cell_gives_the_predicate_of_the_regulation(results, behaviour):
    """One of nine cells, results by behaviour."""
    grid = ASN.figures["predicate"]

    assert isinstance(grid, Grid)
    assert CELLS[results, behaviour] == grid.cells[results, behaviour]


def test_the_grid_has_no_tenth_cell():
    """Nine cells and no more, read from what the ratings of all parts of the year come to by days."""
    grid = ASN.figures["predicate"]

    assert set(CELLS) == set(grid.cells)
    assert ("results", "behaviour") == (grid.down, grid.across)


@pytest.mark.parametrize("name", list(ASN.settings))
def test_a_setting_says_where_its_number_comes_from(name):
    """A basis or a note, and if it claims no rule, a note that says so."""
    setting = ASN.settings[name]

    assert setting.basis or re.search(r"our choice|no limit found|not verified", setting.note)


def test_an_objection_may_be_made_within_fourteen_days_of_receipt():
    """Article 59 of PP 30/2019; the clock starts when receipt is confirmed or counts as confirmed."""
    task = ASN.states["may_object"].task

    assert Duration(14, "days") == task.due.within
    assert {"received": "may_object", "deemed": "may_object", "object": "both_explain"} == {
        one.name: one.to for one in ASN.states["disclosed"].transitions if not one.anytime
    }


def test_default_drafting_takes_over_only_what_is_not_yet_agreed():
    """The performance manager drafts instead of those who have not; a plan being signed is not taken from them."""
    offered = {
        name for name in OPEN if any(one.name == "default_draft" for one in ASN.states[name].transitions)
    }

    assert {"employee_drafts", "manager_checks", "rater_agrees"} == offered


def test_only_people_fill_forms_and_give_reasons():
    """What happens by itself carries no form, no condition and no reason."""
    automatic = [
        one for state in ASN.states.values() for one in state.transitions if not isinstance(one.trigger, By)
    ]

    assert automatic
    assert [] == [one.rule for one in automatic if one.form or one.when or one.reason_required]


def test_no_timer_leads_into_a_rating():
    """Without the rater's act no case is ever looked at, disclosed or followed up."""
    found = reach(ASN, ASN.initial, without=("rater_rates.rate",))

    assert "unrated" in found
    assert set() == found & set(ASN.phases["feedback"].states + ASN.phases["remediation"].states)


def test_nothing_follows_from_a_rating_that_was_never_disclosed():
    """Whoever did not see the result and could not object is neither recognised nor sent into improvement."""
    disclosing = tuple(
        one.rule
        for state in ASN.states.values()
        for one in state.transitions
        if "disclosed" in targets(ASN, one)
    )
    found = reach(ASN, ASN.initial, without=disclosing)

    assert set() == found & {"may_object", "done", *ASN.phases["remediation"].states}


def test_no_timer_sets_a_plan():
    """Without an act of signing or setting no case comes to monitoring."""
    found = reach(ASN, ASN.initial, without=("both_sign.signed", "manager_sets.set"))

    assert set() == found & set(ASN.phases["monitoring"].states + ASN.phases["evaluation"].states)


def test_no_timer_decides_an_objection():
    """After both were heard it rests with people until one of them decides."""
    found = reach(ASN, "both_explain", without=("reviewer_rules.rule",))

    assert {"both_explain", "reviewer_rules", "left"} == found


def test_the_year_ends_monitoring_whatever_is_still_being_signed():
    """A change of plan lapses with its time, and the year that is over goes on at once; it is never rated early."""
    (over,) = (one for one in ASN.states["running"].transitions if one.name == "year_over")

    assert (PeriodEdge("to"), "last_quarter") == (over.trigger.moment, over.to)
    assert {"revised": "running", "kept": "running"} == {
        one.name: one.to for one in ASN.states["both_revise"].transitions if not one.anytime
    }


def test_what_the_law_fixes_an_agency_cannot_change():
    """Six months of improvement from their beginning, one year of temporary placement: nothing else is allowed."""
    improvement = shipped_definition("asn-perbaikan")
    law = {name: improvement.settings[name] for name in ("length", "no_post")}
    (over,) = (one for one in improvement.states["improving"].transitions if one.name == "over")

    assert {"length": "6 months", "no_post": "1 year"} == {name: one.value for name, one in law.items()}
    assert all((setting.value,) == setting.allow for setting in law.values())
    assert Offset(Duration(6, "months"), "after", "entry") == over.trigger.moment


def test_if_nobody_ever_acts_the_case_closes_without_a_plan():
    """By timers alone a case passes default drafting and ends as what it is."""
    found = reach(ASN, ASN.initial, timers_only=True)

    assert {"employee_drafts", "manager_sets", "unplanned"} == found


@pytest.mark.parametrize("name", OPEN)
def test_a_state_has_a_way_on_without_any_act(name):
    """Some moment leads out of each open state, and by moments alone to an end."""
    onward = [one for one in ASN.states[name].transitions if isinstance(one.trigger, At)]

    assert onward or name in RESTS
    assert reach(ASN, name, timers_only=True) & {*FINAL, *RESTS}


@pytest.mark.parametrize("name", OPEN)
def test_whoever_leaves_or_is_exempt_can_be_closed_from_any_state(name):
    """The fact closes the case; the personnel office may close it with a reason."""
    ways = {one.name: one for one in ASN.states[name].transitions if one.anytime}

    assert (Upon(facts=(EmployeeFact(what="leaves"),)), "left") == (ways["leaves"].trigger, ways["leaves"].to)
    assert (By(roles=("hr",)), "left", True) == (
        ways["exempt"].trigger, ways["exempt"].to, ways["exempt"].reason_required,
    )  # fmt: skip


@pytest.mark.parametrize("name", FINAL)
def test_each_end_is_reached_from_the_beginning(name):
    """There is a shortest path, and no way out of an end."""
    assert name in reach(ASN, ASN.initial)
    assert () == ASN.states[name].transitions


def test_a_silent_holder_is_noticed_by_somebody_else():
    """Each ladder tells, asks or hands over, except where the due time itself ends the waiting."""
    alone = []
    for name in OPEN:
        task = ASN.states[name].task
        rungs = ASN.ladders[task.due.ladder].rungs if task else ()
        told = any(rung.notify or rung.task or rung.reassign for rung in rungs)
        ends = any(
            isinstance(one.trigger, At) and one.trigger.moment == DueItself()
            for one in ASN.states[name].transitions
        )
        alone += [name] if task and not told and not ends else []

    assert [] == alone


def test_the_standard_ladder_climbs_to_the_next_level():
    """Reminder, personnel told, a task for the rater's superior, substitute, next level: in this order."""
    steps = [(rung.remind, rung.notify, rung.task, rung.reassign) for rung in ASN.ladders["standard"].rungs]

    assert [
        (("holder",), (), None, None),
        (("holder",), ("hr",), None, None),
        ((), (), "reviewer", None),
        ((), (), None, "substitute"),
        ((), (), None, "next_level"),
    ] == steps


def test_the_rating_is_hidden_until_it_is_disclosed():
    """The employee sees it since disclosure, and nobody outside the line and the personnel office ever does."""
    since = {grant.role: grant.since for grant in ASN.grants if grant.what == "rating"}
    shown = {
        name
        for name in OPEN
        if (task := ASN.states[name].task) and task.who == "employee" and "rating" in task.shows
    }

    assert {"rater", "reviewer", "calibrators", "employee", "hr", "auditor"} == set(since)
    assert ("handed_over", "disclosed") == since["employee"] == since["hr"]
    assert shown <= reach(ASN, "disclosed")
    assert shown == shown - (
        reach(ASN, ASN.initial, without=("unit_calibrates.done", "unit_calibrates.missed"))
    )


def test_nobody_decides_in_their_own_case():
    """Every role but the subject's own line excludes the employee."""
    free = {name for name, role in ASN.roles.items() if "employee" not in role.exclude}

    assert {"employee", "rater"} == free
