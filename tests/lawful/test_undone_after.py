"""Taken back after a check of a journal: lawful, as a check is written beside the states; after an act it is not."""

from __future__ import annotations

import json
from typing import Any

from engine.core.codec import decode
from engine.core.command import Actor, AddEntry, CheckEntries
from engine.lawful.report import LAWFUL, UNLAWFUL, LawReport, judge
from tests.worlds import HOUR, OPENING, World, calendar


def lived() -> tuple[World, list[dict[str, Any]]]:
    """A plan is sent, its rater confirms a line of the journal, and the plan is taken back; with its entries."""
    world = World(definition="tests/model/steered")
    employee = world.case.subject
    rater = world.chart.superior(employee, OPENING)
    assert rater is not None
    form = world.machine.definition.journals["daily"].form
    values = {field.name: "x" for field in world.machine.definition.forms[form].fields}
    world.obey(AddEntry(journal="daily", values=values, actor=Actor(person=employee), contents=world.written))
    world.fire("submit")
    world.now += HOUR
    world.obey(CheckEntries(journal="daily", numbers=(1,), mark="confirmed", actor=Actor(person=rater.key)))
    world.now += HOUR
    world.undo(employee)
    return world, [decode(one.entry.body) for one in world.steps]


def report(world: World, entries: list[dict[str, Any]]) -> LawReport:
    """The second reading of these entries."""
    source = {world.case.definition: world.machine.definition.source}
    days = {calendar().version.rpartition(":")[2]: calendar().days_told()}
    return judge(enumerate(json.loads(json.dumps(entries))), source.get, days.get)


def test_a_move_is_lawfully_taken_back_after_a_check() -> None:
    world, entries = lived()

    assert ["launched", "entered", "moved", "checked", "undone"] == [one["kind"] for one in entries]
    found = report(world, entries)
    assert (LAWFUL, []) == (found.code, found.breaches)


def test_a_move_is_not_lawfully_taken_back_after_work_was_given_away() -> None:
    """The same life, with a task that somebody else was given where the check stood."""
    world, entries = lived()
    entries[3] |= {"kind": "reassigned"}

    found = report(world, entries)

    assert UNLAWFUL == found.code
    assert ("undo", 5) in {(one.rule, one.seq) for one in found.breaches}


def test_a_check_after_which_the_time_is_over_does_not_make_it_longer() -> None:
    world, entries = lived()
    entries[4]["at"] = entries[2]["undo_until"]

    found = report(world, entries)

    assert [("undo", 5)] == [(one.rule, one.seq) for one in found.breaches]
