from __future__ import annotations

import json
from hashlib import sha256

import pytest

from engine.core.definition import At, By, Check, Due, EmployeeFact, Grant, Upon
from engine.core.labels import refusal_label, transition_label, value_label
from engine.core.machine import compile_machine
from engine.core.moments import CivilDate, DueItself, Duration, Offset, PeriodEdge
from engine.core.parse import problems, read, reopen
from engine.core.people import Committee, Desk, HeadOf, Outside, Subject, SuperiorOf
from engine.core.source import Mark
from engine.errors import DefinitionInvalid
from tests.definitions.whole import RULES, TEXTS

WHOLE = read(RULES, TEXTS, name="whole.yaml", texts_name="whole.texts.yaml")


def changed(before: str, after: str) -> str:
    """The rules with one thing written otherwise."""
    assert before in RULES
    return RULES.replace(before, after)


def line(text: str) -> int:
    """The line of the rules on which a text first stands."""
    return RULES[: RULES.index(text)].count("\n") + 1


def way(state: str, name: str):
    """A way out of a state."""
    return next(one for one in WHOLE.states[state].transitions if one.name == name)


def test_a_whole_definition_is_read_without_a_word():
    """Everything the language has so far, once."""
    assert () == problems(RULES, TEXTS)
    assert "whole-cycle@7" == WHOLE.name
    assert ("an invented bylaw", "another one") == WHOLE.basis
    assert (7, 1, 6, 30) == (
        WHOLE.period.from_month, WHOLE.period.from_day, WHOLE.period.to_month, WHOLE.period.to_day,
    )  # fmt: skip
    assert ("unpaid_leave", "suspended") == WHOLE.covers.exempt


def test_a_case_begins_in_the_first_state_of_the_first_phase():
    """The order in which phases and states are written is kept."""
    assert "drafting" == WHOLE.initial
    assert ["planning", "monitoring", "evaluation", "feedback", "remediation", "closed"] == list(WHOLE.phases)
    assert ("drafting", "agreeing") == WHOLE.phases["planning"].states


def test_each_way_out_has_one_trigger():
    """The holder unless roles are named, a moment, or a fact."""
    assert By() == way("drafting", "submit").trigger
    assert By() == way("agreeing", "note").trigger
    assert By(roles=("unit_head", "agency_head", "board")) == way("agreeing", "head_agrees").trigger
    assert At(moment=PeriodEdge("to")) == way("running", "year_over").trigger
    assert At(moment=DueItself()) == way("disclosed", "over").trigger
    assert (
        At(moment=Offset(Duration(30, "working days"), "after", "due")) == way("rating_due", "nobody").trigger
    )
    assert Upon(facts=(EmployeeFact(what="leaves"),)) == way("running", "leaves").trigger


def test_what_stands_beside_a_trigger_is_kept():
    """Condition and place, reason, cap, target after it, those who are told, basis."""
    back = way("agreeing", "return")
    submit = way("drafting", "submit")

    assert (True, 2, "running") == (back.reason_required, back.at_most, back.then)
    assert "weights == 100 && goal_count >= 1" == submit.when.text
    assert f"whole.yaml:{line('weights == 100')}:39" == submit.when.place
    assert "an invented law" == way("agreeing", "agree").basis
    assert ("holder", "hr") == way("improving", "improved").notify
    assert "objection" == way("disclosed", "object").form


def test_anytime_moves_stand_in_the_states_that_offer_them():
    """Own ways first, then the phase's, then the workflow's; none in a closed case."""
    assert ["submit", "set_by_hr", "leaves", "exempt"] == [
        one.name for one in WHOLE.states["drafting"].transitions
    ]
    assert ["year_over", "observe", "leaves", "moves", "exempt"] == [
        one.name for one in WHOLE.states["running"].transitions
    ]
    assert [] == [one.name for one in WHOLE.states["done"].transitions]
    assert ("planning.set_by_hr", "drafting", True) == (
        way("drafting", "set_by_hr").rule, way("drafting", "set_by_hr").source, way("drafting", "set_by_hr").anytime,
    )  # fmt: skip
    assert "anytime.leaves" == way("running", "leaves").rule


def test_a_moment_counts_from_the_entry_of_what_holds_it():
    """A visit, a phase, or the whole case."""
    by_hr = At(moment=CivilDate(1, 14), at_least=Duration(12, "working days"), day_off="stays", scope="phase")

    assert "visit" == way("running", "year_over").trigger.scope
    assert by_hr == way("drafting", "set_by_hr").trigger


def test_due_times_roll_as_the_calendar_says_unless_they_say_otherwise():
    """Settings are put in; the standard ladder serves whoever names no other."""
    drafting = Due(within=Duration(5, "working days"), day_off="stays", pauses=("superior_plan",))
    assert drafting == WHOLE.states["drafting"].task.due
    assert Due(date=CivilDate(2, 1), day_off="previous") == WHOLE.states["agreeing"].task.due
    assert (
        Due(within=Duration(14, "days"), day_off="previous", ladder="gentle")
        == WHOLE.states["disclosed"].task.due
    )
    assert (
        Due(date=CivilDate(1, 31), at_least=Duration(20, "working days"), day_off="next")
        == WHOLE.phases["planning"].due
    )
    assert Due(date=CivilDate(12, 31, 1), day_off="stays") == WHOLE.due
    assert CivilDate(12, 1, -1) == WHOLE.phases["planning"].not_before


def test_roles_are_questions_to_the_chart():
    """With the day, who may not be the answer, and who is asked else."""
    roles = WHOLE.roles

    assert Subject() == roles["employee"].query
    assert (SuperiorOf(role="employee"), "period.to", ("unit_head",)) == (
        roles["rater"].query, roles["rater"].as_of, roles["rater"].otherwise,
    )  # fmt: skip
    assert ("entry", ("employee", "rater")) == (roles["reviewer"].as_of, roles["reviewer"].exclude)
    assert Offset(Duration(1, "days"), "before", "entry") == roles["old_rater"].as_of
    assert HeadOf(of="agency") == roles["agency_head"].query
    assert Desk(name="personnel", of="employee") == roles["hr"].query
    assert Committee(name="calibration", of="employee") == roles["board"].query
    assert (HeadOf(of="parent of unit"), "penilai") == (roles["head_above"].query, roles["judge"].trained)


def test_roles_and_states_say_what_nobody_does_for_another():
    """Unsaid, everything may be delegated; what may not has its reason in both languages."""
    kept = [name for name, role in WHOLE.roles.items() if not role.delegable]
    kept += [name for name, state in WHOLE.states.items() if not state.delegable]

    assert ["judge", "ruling"] == kept
    assert set(kept) == WHOLE.texts.labels["delegations"].keys()
    assert "Trained judges only; ask the head above" == WHOLE.texts.labels["delegations"]["judge"].en


def test_journals_stand_beside_the_states():
    """Who writes what when, who checks it until when, and below how many nothing is shown."""
    daily, remarks, views = WHOLE.journals.values()

    assert (("employee",), "note", ("monitoring",), "working day", 20) == (
        daily.by, daily.form, daily.within, daily.one_per, daily.least,
    )  # fmt: skip
    assert Duration(5, "working days") == daily.late
    assert (
        Check(who="rater", due=Due(within=Duration(3, "working days"), day_off="previous", ladder=""))
        == daily.check
    )
    assert (("rater", "colleagues"), "abuse", None) == (remarks.by, remarks.held, remarks.check)
    assert (5, ("visitors",)) == (views.anonymous, views.by)
    assert Outside(once=True, cap=500) == WHOLE.roles["visitors"].query
    assert "remarks" == way("running", "observe").adds


def test_forms_know_their_fields_and_their_items():
    """A form that only describes items is never filled by itself."""
    goals, steps, links, _ = WHOLE.forms["plan"].fields

    assert (1, 12, "goal", ["title", "kind", "weight"]) == (
        goals.least, goals.most, goals.item_form, [field.name for field in goals.item],
    )  # fmt: skip
    assert (True, "", ["what", "by"]) == (
        steps.optional,
        steps.item_form,
        [field.name for field in steps.item],
    )
    assert ("link", 0, 5) == (links.kind, links.least, links.most)
    assert WHOLE.forms["goal"].item_only
    assert not WHOLE.forms["plan"].item_only


def test_a_fork_written_inside_a_transition_has_its_name():
    """So that it is drawn and compiled like any other."""
    assert "ruling.rule" == way("ruling", "rule").to
    assert ["improving", "done"] == [row.to for row in WHOLE.choices["ruling.rule"].rows]
    assert ("rater", "hr") == WHOLE.choices["follow_up"].rows[0].notify


def test_ladders_keep_their_rungs_in_order():
    """Before due, at due, after due."""
    rungs = WHOLE.ladders["standard"].rungs

    assert [True, False, False, False, False] == [rung.before for rung in rungs]
    assert (None, ("holder",), ("hr",)) == (rungs[1].offset, rungs[1].remind, rungs[1].notify)
    assert ["reviewer", "substitute", "next_level"] == [rung.task or rung.reassign for rung in rungs[2:]]


def test_grants_say_who_reads_what_since_when():
    """Always, or since a state was first reached."""
    assert (
        Grant(what="daily", role="rater", since=()),
        Grant(what="plan", role="auditor", since=()),
        Grant(what="plan", role="hr", since=("running",)),
        Grant(what="plan", role="rater", since=("agreeing", "running")),
        Grant(what="predicate", role="reviewer", since=()),
        Grant(what="remarks", role="employee", since=("disclosed",)),
    ) == WHOLE.grants


def test_the_nearest_words_are_found_for_everything():
    """Under the whole name if there are such, else under the bare one."""
    assert "Ajukan" == transition_label(WHOLE, way("drafting", "submit")).id
    assert "Decide" == transition_label(WHOLE, way("ruling", "rule")).en
    assert "Plan set" == transition_label(WHOLE, way("drafting", "set_by_hr")).en
    assert "A model to others" == value_label(WHOLE, "rating.behaviour", "above").en
    assert "Above expectation" == value_label(WHOLE, "rating.results", "above").en
    assert "<weights>" in refusal_label(WHOLE, way("drafting", "submit")).id
    assert refusal_label(WHOLE, way("agreeing", "agree")) is None


def test_a_definition_that_was_read_can_run():
    """Every condition compiles, every target exists."""
    machine = compile_machine(WHOLE)

    assert machine.transition("drafting", "submit") is not None


def test_the_digest_is_that_of_the_stored_bytes():
    """Hex SHA-256 over a domain byte and canonical JSON, which anybody can repeat."""
    assert sha256(b"\x03" + WHOLE.source).hexdigest() == WHOLE.digest
    again = json.dumps(json.loads(WHOLE.source), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == WHOLE.source


def test_a_stored_definition_is_opened_as_the_one_it_was():
    """Without YAML, with the same digest, the same values and the same order of names."""
    again = reopen(WHOLE.source)

    assert WHOLE == again
    assert WHOLE.digest == again.digest
    for what in ("phases", "states", "forms", "roles", "figures", "settings", "journals"):
        assert list(getattr(WHOLE, what)) == list(getattr(again, what))


@pytest.mark.parametrize(
    "rules",
    [
        "# another comment\n" + RULES,
        "\ufeff" + RULES.replace("\n", "\r\n"),
        RULES.replace("workflow: whole-cycle", 'workflow: "whole-cycle"'),
        RULES.replace("{use: id-asn, of: employee, ", "{of: employee, use: id-asn, "),
        RULES.replace("version: 7\n", "").replace("workflow:", "version: 7\nworkflow:"),
    ],
    ids=["comment", "windows", "quotes", "order within", "order of keys"],
)  # fmt: skip
def test_what_means_nothing_changes_no_digest(rules):
    """Comments, quotes, line ends, the order of keys that mean the same in any order."""
    assert WHOLE.digest == read(rules, TEXTS).digest


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("version: 7", "version: 8"),
        ("weights == 100 &&", "weights == 99 &&"),
        ("5 working days, day_off: stays", "6 working days, day_off: stays"),
        ("{title: {text: 300}, kind:", "{title: {text: 301}, kind:"),
        ("  gentle: [", "  gentle:   [{at: 9 working days before due, remind: holder}, "),
        ("behaviour: {text: 2000}", "behaviour: {text: 2000, optional: true}"),
    ],
)
def test_what_means_something_changes_the_digest(before, after):
    """Each word of the rules."""
    assert WHOLE.digest != read(changed(before, after), TEXTS).digest


def test_another_order_of_states_is_another_definition():
    """The first state of the first phase is where a case begins."""
    first, second = RULES.index("    drafting:"), RULES.index("    agreeing:")
    end = RULES.index("  monitoring:\n    running")
    turned = read(RULES[:first] + RULES[second:end] + RULES[first:second] + RULES[end:], TEXTS)

    assert "agreeing" == turned.initial
    assert WHOLE.digest != turned.digest
    assert turned == reopen(turned.source)


def test_another_word_on_a_button_is_another_definition():
    """Texts are part of what people agreed to."""
    assert WHOLE.digest != read(RULES, TEXTS.replace("Ajukan, en: Submit", "Kirim, en: Submit")).digest


def test_problems_of_both_files_come_together_in_order():
    """Rules first, then texts, each by line and column; nothing is raised twice."""
    rules = changed("form: objection", "form: objektion").replace("weights == 100 &&", "weigths == 100 &&")
    texts = TEXTS.replace("  agree: {id: Setujui, en: Agree}\n", "").replace(
        "en: Whole cycle", "enn: Whole cycle"
    )
    with pytest.raises(DefinitionInvalid) as refused:
        read(rules, texts, name="r.yaml", texts_name="t.yaml")

    found = refused.value.problems
    errors = [one.mark for one in found if one.severity == "error"]
    condition, form = line("weights == 100"), line("form: objection")
    assert [("r.yaml", condition), ("r.yaml", form), ("t.yaml", 1), ("t.yaml", 21)] == [
        (mark.file, mark.line) for mark in errors
    ]
    assert problems(rules, texts, name="r.yaml", texts_name="t.yaml") == found
    assert Mark("r.yaml", condition, 39) == errors[0]
    assert all(str(one) in str(refused.value) for one in found)


def test_broken_texts_are_told_with_the_rules_unread():
    """What cannot be read at all is told first; the rest would only be guessing."""
    found = problems(RULES, "title: [", name="r.yaml", texts_name="t.yaml")

    assert ["t.yaml"] == [one.mark.file for one in found]


def test_a_value_that_could_not_be_read_is_complained_of_once():
    """Nothing more is said about what hangs on it."""
    rules = changed(
        "predicate:\n    grid: {down: rating.results, across: rating.behaviour}",
        "predicate:\n    grid: {down: rating.results, across: rating.behavior}",
    )
    found = [one for one in problems(rules, TEXTS) if one.severity == "error"]

    assert ["'rating.behavior' leads nowhere: there is no field 'behavior'"] == [
        one.message["en"] for one in found if one.mark.file == "rules"
    ]


def test_stored_bytes_that_are_no_definition_are_refused():
    """Whatever they are."""
    values = json.loads(WHOLE.source)
    del values["rules"]["phases"]

    for stored in (
        json.dumps(values).encode(),
        b"",
        b"{",
        b"[]",
        b"{}",
        b'"x"',
        b'{"rules": [], "order": {}}',
    ):
        with pytest.raises(DefinitionInvalid):
            reopen(stored)
