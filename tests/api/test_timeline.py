"""The timeline of a case: lanes, rounds, what was not by design, and the very rule that moved it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from engine.core.audit import entry
from engine.core.mining import marks_of
from engine.core.rule_lines import rule_lines
from tests.definitions_varied import UNDO, varied
from tests.gatherings import both, signing
from tests.worlds import World, machine

GOALS = {"goals": [{"title": "Melayani", "weight": 100}]}


def test_what_happened_by_itself_has_a_lane_and_a_shape_of_its_own() -> None:
    """A silent case is moved by time alone, and each such move is listed as what it is."""
    world = World()
    world.wait_until(world.today + timedelta(days=60))
    marks = marks_of(world.machine.definition, [one.entry for one in world.steps])
    moved = [one for one in marks if one.moved and one.seq > 1]

    assert moved
    assert {("timer", "itself", ("deemed",))} == {(one.lane, one.shape, one.deviations) for one in moved}
    assert [one.entry.seq for one in world.steps] == [one.seq for one in marks]
    assert world.case.state == marks[-1].state


def test_who_signs_is_in_the_lane_of_what_they_sign_as() -> None:
    """The employee has one lane, and not a second one for their signature; the rater is not among others."""
    world = signing()
    for person in both(world):
        world.fire("sign", by=person)
    marks = marks_of(world.machine.definition, [one.entry for one in world.steps])
    lanes = [one.lane for one in marks if one.shape == "act"]

    assert ["employee", "employee", "rater"] == lanes[:3]
    assert not {"subject", "others"} & set(lanes)


def test_a_state_that_is_entered_again_is_a_round_of_its_own(tmp_path: Path) -> None:
    """What was taken back is listed; the case is in its state for the second time."""
    world = World(definition=varied(tmp_path, UNDO))
    world.fire("submit", plan=GOALS)
    world.undo(world.case.subject)
    marks = marks_of(world.machine.definition, [one.entry for one in world.steps])

    assert [(world.machine.definition.initial, 2), ("undone",)] == [
        (marks[-1].state, marks[-1].round), marks[-1].deviations,
    ]  # fmt: skip


def test_a_way_that_no_rule_has_is_found_out() -> None:
    """A move from where no such way leads, as nothing of ours could make it."""
    definition = machine().definition
    facts = {
        "from": definition.initial,
        "to": "done",
        "cause": {"act": "employee_drafts.cheat"},
        "actor": {"person": "p"},
    }
    made = entry("case/c-1", 1, "0" * 64, "moved", 0, facts)

    assert ("undesigned",) == marks_of(definition, [made])[0].deviations


def test_a_rule_is_told_in_the_lines_it_is_written_in() -> None:
    """Of a state, of a phase and of every state; for a name that is no rule, nothing."""
    definition = machine().definition
    source = definition.source

    assert rule_lines(source, "employee_drafts.submit").startswith(
        "phases:\n  planning:\n    employee_drafts:\n"
    )
    assert "to: manager_checks" in rule_lines(source, "employee_drafts.submit")
    assert "default_draft" in rule_lines(source, "planning.default_draft")
    assert rule_lines(source, "anytime.leaves").startswith("anytime:\n  leaves:\n")
    assert ["", "", ""] == [rule_lines(source, one) for one in ("nothing.at_all", "planning.nothing", "x")]
    for state in definition.states.values():
        for way in state.transitions:
            assert rule_lines(source, way.rule), way.rule


def test_the_page_tells_in_a_picture_and_in_a_table_the_same(office) -> None:
    """Both languages; every entry is a mark that leads to its row; the rule that moved the case stands there."""
    subject = "Fadli Hunowu"
    case = office.case_of(subject)
    page = office.browser(subject).get(f"/cases/{case}").text
    told = {
        language: office.browser(subject, language).get(f"/cases/{case}/timeline").text
        for language in ("en", "id")
    }
    numbers = [str(one.seq) for one in office.engine.history(case)]

    assert f'href="/cases/{case}/timeline"' in page
    for text in told.values():
        assert numbers == re.findall(r'<tr id="entry-(\d+)"', text)
        assert numbers == re.findall(r'<a href="#entry-(\d+)" aria-label', text)
    assert "As designed, and as it happened" in told["en"]
    assert "Yang dirancang dan yang terjadi" in told["id"]
