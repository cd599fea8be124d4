"""Filled: what conditions read is surely there, be it of other cases, of journals, or of nothing at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.command import Contents
from engine.core.condition_values import guard_values
from engine.core.definition import Condition, Count, Definition, Field, Form, Formula, Share, Spread, Total
from engine.core.figures import figure_values
from engine.core.proof.finding import Finding
from engine.core.proof.guards import prove_decided
from engine.core.proof.hollow import hollows_of
from tests.proof.grounds import SMALL, changed, found, ground, practice

LINKED = "tests/definitions/linked/annual"
CASCADE = "tests/definitions/linked/cascade"
SESSION = "tests/definitions/linked/unit-year"
JOURNALS = "tests/definitions/journal"
TRACKED = "tests/definitions/linked/tracked"
#: the year's case asks whether its unit's session wrote minutes of one kind
_LOOKED_AT = """
    looked_at:
      transitions:
        seen: {by: rater, to: disclosed, when: "sessions >= 1"}
        over: {at: 5 days after entry, to: unrated}"""
MINUTED = {
    "\nladders:": "\nfigures:\n  sessions: {count: unit.session.parts}\nladders:",
    "done: {upon: unit reaches calibrated, to: disclosed}": "done: {upon: unit reaches calibrated, to: looked_at}",
    "missed: {at: 10 March next year, to: disclosed}}": (
        f"missed: {{at: 10 March next year, to: disclosed}}}}{_LOOKED_AT}"
    ),
}
SESSION_PARTS = {
    "{minutes: {text: 500}}": "{minutes: {text: 500}, parts: {list_of: {said: {text: 90}}, count: 0..3}}",
    "publishes: [calibrated]": "publishes: [calibrated, session.parts]",
}
SESSION_TEXTS = {
    "\nfields:\n": "\nfields:\n  session.parts: {id: Bagian, en: Parts}\n  session.parts.said: {id: Isi, en: Said}\n",
}
MINUTED_TEXTS = {
    "\nreads:": "\nfigures:\n  sessions: {id: Bagian sidang, en: Parts of the session}\nreads:",
    "\n  rating_due:": "\n  looked_at: {id: Dilihat, en: Looked at}\n  rating_due:",
    "\nbuttons:": "\nbuttons:\n  seen: {id: Terlihat, en: Seen}",
    "\nautomatic:": "\nautomatic:\n  over: {id: Lewat, en: Over}",
}


def only(definition: Definition, code: str, **others: Definition) -> Finding:
    """The one finding of a code."""
    proof = prove_decided(ground(definition, **others))
    (finding,) = [one for one in proof.findings if one.code == code]
    return finding


def test_a_value_of_a_case_that_may_never_come_is_warned_of():
    """The superior may have no case: then the plan cannot be sent, and only time leads on."""
    finding = only(changed(CASCADE), "read_may_be_missing")

    assert "warning" == finding.severity
    assert ("goals_above", "superior.plan.goals") == (finding.facts["name"], finding.facts["form"])
    assert "nothing to be read" in finding.story[-1].en


def test_a_fork_on_other_cases_is_an_error():
    """Fault: quarters that were never opened decide, and the case cannot move."""
    fork = practice("asn-perbaikan", {"outcome.improved == 'yes'": "good_quarters >= 2"})

    assert "error" == only(fork, "read_may_be_missing").severity


def test_what_was_waited_for_is_not_proven_to_be_there():
    """The unit's case has come so far; without its definition nobody knows what it has written by then."""
    finding = only(changed(LINKED, MINUTED, MINUTED_TEXTS), "read_may_be_missing")

    assert "unproven" == finding.severity
    assert "not_proven" == prove_decided(ground(changed(LINKED, MINUTED, MINUTED_TEXTS))).answer


def test_what_was_waited_for_may_be_unwritten_there():
    """With its definition: a session that nobody minutes comes there as well."""
    year = changed(LINKED, MINUTED, MINUTED_TEXTS)

    assert "unproven" == only(year, "read_may_be_missing", unit=minuted_session()).severity


def test_what_was_waited_for_and_is_surely_written_there_is_proven():
    """With its definition, where only an act that fills in the form leads there."""
    session = minuted_session()
    held = session.states["session_open"]
    closed = replace(held, transitions=tuple(one for one in held.transitions if one.name == "close"))
    sure = replace(session, states={**session.states, "session_open": closed})

    assert "proven" == prove_decided(ground(changed(LINKED, MINUTED, MINUTED_TEXTS), unit=sure)).answer


def minuted_session() -> Definition:
    """The unit's session, whose minutes have parts that are published."""
    return changed(SESSION, SESSION_PARTS, SESSION_TEXTS)


def test_a_journal_may_be_empty_when_it_is_asked_about():
    """Fault: a share of what visitors said decides, and perhaps none came."""
    asked = changed(JOURNALS, {"rate: {to: done}": 'rate: {to: done, when: "friendly > 0.5"}'})
    finding = only(asked, "may_be_empty")

    assert ("warning", "views") == (finding.severity, finding.facts["form"])


@pytest.mark.parametrize(("held", "codes"), [("", set()), (", held: abuse", {"may_be_empty"})])
def test_an_act_that_adds_an_entry_fills_its_journal(held, codes):
    """An entry an act added is there; one that somebody must look at first may not be."""
    asked = changed(
        JOURNALS,
        {
            "  work_days: {count: daily}": "  work_days: {count: observations}",
            "observations: {by: rater, form: note}": f"observations: {{by: rater, form: note{held}}}",
            "to: stay, adds: observations": "to: rating, adds: observations",
            "rate: {to: done}": 'rate: {to: done, when: "work_days >= 1"}',
        },
    )
    working = asked.states["working"]
    observed = replace(
        working, transitions=tuple(one for one in working.transitions if one.name == "observe")
    )

    assert codes == codes_of(replace(asked, states={**asked.states, "working": observed}))


def codes_of(definition: Definition) -> set[str]:
    """The codes of what may be missing."""
    return {code for _, code in found(prove_decided, definition) if code.startswith("may")}


@pytest.mark.parametrize(("opened_in", "codes"), [("measuring", {"may_be_empty"}), ("done", set())])
def test_what_a_case_wrote_before_is_there_for_its_track(opened_in, codes):
    """A track asks about the summary: written where it is opened late, not where it is opened first."""
    refusal = 'refusals:\n  summing_up.sum_up: {id: "Jumlah bobot <weights>, harus 100", '
    refusal += 'en: "Weights add up to <weights>, must be 100"}\n'
    tracked = changed(
        TRACKED, {'sum_up: {to: done, when: "weights == 100"}': "sum_up: {to: done}"}, {refusal: ""}
    )
    track = tracked.tracks["behaviour"]
    marks = track.states["rater_marks"]
    way = replace(marks.transitions[0], when=Condition(text="summary.says == 'so'"))
    asking = replace(marks, transitions=(way, *marks.transitions[1:]))
    states = {
        name: replace(state, starts=("behaviour",) if name == opened_in else ())
        for name, state in tracked.states.items()
    }
    track = replace(track, states={**track.states, "rater_marks": asking})

    assert codes == codes_of(replace(tracked, states=states, tracks={"behaviour": track}))


def test_a_mean_over_a_list_that_may_be_empty_is_told():
    """Fault: goals need not be named any more, and the lightest of none is missing."""
    rules = {
        "{list_of: goal, count: 1..5}": "{list_of: goal, count: 0..5}",
        "weights: {total: plan.goals.weight}": "weights: {least: plan.goals.weight}",
        "agree: {to: waiting, notify: employee}": 'agree: {to: waiting, when: "weights > 5", notify: employee}',
        "late: {at: 10 working days after due, to: checking}": "late: {at: 10 working days after due, to: waiting}",
    }
    finding = only(changed(SMALL, rules), "may_be_nothing")

    assert ("warning", "plan.goals") == (finding.severity, finding.facts["form"])


def test_people_nobody_named_cannot_be_asked():
    """Fault: the naming may be skipped, and the gathering asks nobody."""
    skipped = practice(
        "bukitintan-penilaian", {"skip: {at: due, to: rater_rates}": "skip: {at: due, to: peers_answer}"}
    )
    finding = only(skipped, "nobody_named")

    assert "warning" == finding.severity
    assert ("phases", "evaluation", "peers_answer") == finding.path
    assert [
        "employee_reads_rules.read",
        "at_work.document_time",
        "documenting.send",
        "rater_names_peers.skip",
    ] == finding.facts["ways"]


def test_a_task_of_somebody_nobody_named_is_an_error():
    """Fault: the coach may be left out of the agreement, and judges all the same."""
    left = practice(
        "asn-perbaikan",
        {
            "coach: {person: colleagues}": "coach: {person: colleagues, optional: true}",
            "task: {who: rater, form: outcome": "task: {who: coach, form: outcome",
        },
    )

    assert "error" == only(left, "nobody_named").severity


def test_answers_of_people_nobody_named_are_not_sure():
    """What was gathered from them cannot be counted on either."""
    rules = {
        "skip: {at: due, to: rater_rates}": "skip: {at: due, to: peers_answer}",
        "may_decline: true, ": "",
        "closed_early: {at: due, to: rater_rates}": "closed_early: {at: due, to: unrated}",
        "  citizens: {count: public_views}": "  citizens: {count: peer_views}",
        "rate: {to: unit_calibrates}": 'rate: {to: unit_calibrates, when: "citizens >= 3"}',
    }
    named = {**rules, "skip: {at: due, to: rater_rates}": "skip: {at: due, to: unrated}"}

    assert "may_be_empty" in codes_of(practice("bukitintan-penilaian", rules))
    assert set() == codes_of(practice("bukitintan-penilaian", named))


# What is not hollow is there, whatever was filled in.


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form with a number, a scale and a list of both, each needed or not."""

    def numbers() -> tuple[Field, ...]:
        kinds = draw(st.permutations(["number", "scale"]))
        return tuple(
            Field(
                name=kind[0], kind=kind, least=draw(st.integers(0, 1)), most=3, optional=draw(st.booleans())
            )
            for kind in kinds[: draw(st.integers(1, 2))]
        )

    items = Field(
        name="items",
        kind="list",
        least=draw(st.integers(0, 1)),
        most=3,
        item=numbers(),
        optional=draw(st.booleans()),
    )
    return Form(name="plan", fields=(*numbers(), items))


def filled(draw: st.DrawFn, fields: tuple[Field, ...]) -> dict[str, object]:
    """The values of fields as somebody may fill them in."""
    values: dict[str, object] = {}
    for field in fields:
        if field.optional and draw(st.booleans()):
            continue
        if field.kind == "list":
            values[field.name] = [filled(draw, field.item) for _ in range(draw(st.integers(field.least, 3)))]
        elif field.kind == "scale" and draw(st.booleans()):
            values[field.name] = "cannot_judge"
        else:
            values[field.name] = draw(st.integers(field.least, 3))
    return values


def figures_over(form: Form) -> dict[str, object]:
    """Figures of every kind over the numbers of a form."""
    made: dict[str, object] = {"many": Count(name="many", path="plan.items")}
    inner = {one.name for one in form.fields[-1].item}
    for name in sorted(inner):
        path = f"plan.items.{name}"
        made[f"total_{name}"] = Total(name=f"total_{name}", path=path)
        made[f"mean_{name}"] = Spread(name=f"mean_{name}", of="mean", path=path)
        where = Condition(text=f"{name} > 1")
        made[f"big_{name}"] = Count(name=f"big_{name}", path="plan.items", where=where)
        made[f"part_{name}"] = Share(name=f"part_{name}", path="plan.items", where=where)
        for text in (
            f"1 / total({path})",
            f"mean({path} * 2) + 1",
            f"1 / ({path.replace('.items', '')} + 1)",
        ):
            if "total" in text or "mean" in text or name in {one.name for one in form.fields}:
                made[f"formula_{len(made)}"] = Formula(name=f"formula_{len(made)}", text=text)
    return made


@given(data=st.data())
def test_what_is_not_hollow_is_there(data):
    """For every form and every way to fill it in, a value nothing is said against can be worked out."""
    form = data.draw(forms())
    definition = replace(changed(SMALL), forms={"plan": form}, figures=figures_over(form))
    contents = Contents(forms={"plan": filled(data.draw, form.fields)})
    values = {**guard_values(definition, contents), **figure_values(definition, contents)}

    for name in (*definition.figures, *(f"plan.{one.name}" for one in form.fields[:-1])):
        if not list(hollows_of(definition, name)):
            assert isinstance(values[name], int) or values[name] != "cannot_judge"
