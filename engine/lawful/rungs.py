"""Rungs of ladders: when each may ring, and what it may ask and hand over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.lawful.acting import fits
from engine.lawful.clocks import rung_instant
from engine.lawful.days import UnknownDayError
from engine.lawful.standing import Life, Running

__all__ = ["handed", "rings"]


def rings(life: Life, told: Mapping[str, Any]) -> None:
    """Rungs ring in order, none early, each once for a due day, and do what the ladder says."""
    assert life.book is not None
    cause = told["cause"]
    clock = life.clocks.get(str(cause["deadline"]))
    rule = None if clock is None else life.due_rule(clock.name)
    if clock is None or rule is None or not rule.ladder:
        life.say("rung", f"a rung of {cause['deadline']} rang", "no such clock with a ladder runs")
        return
    if cause["ladder"] != rule.ladder:
        life.say("rung", f"a rung of the ladder {cause['ladder']} rang", f"this clock has {rule.ladder}")
        return
    if cause["due"] != clock.due.isoformat():
        life.say(
            "deadline", f"it says that {clock.name} was due on {cause['due']}", f"it was due on {clock.due}"
        )
    if cause["generation"] != clock.generation:
        life.say(
            "rung", f"it is told of round {cause['generation']} of the ladder", f"this is {clock.generation}"
        )
    rungs = life.book.rungs[rule.ladder]
    numbers = [int(one) for one in told.get("caught_up", {}).get("rungs", (cause["rung"],))]
    if not all(0 <= number < len(rungs) for number in numbers):
        life.say("rung", f"rung {cause['rung']} rang", f"the ladder {rule.ladder} has {len(rungs)}")
        return
    for number in numbers:
        _rings_once(life, told, clock, number, alone=len(numbers) == 1)
        clock.fired.add(number)
    if clock.holds:
        life.say(
            "pause", f"rung {cause['rung']} rang while its clock stood still", "it waits until that is over"
        )
    if not told.get("actor", {}).get("timer"):
        life.say("role", "a rung is told as an act of people", "it rings by itself")
    _does_as_said(life, told, [rungs[number] for number in numbers])


def _does_as_said(life: Life, told: Mapping[str, Any], rungs: list[Mapping[str, Any]]) -> None:
    """A rung asks and hands over what the ladder says, and nothing else."""
    allowed = {str(rung.get("task")) for rung in rungs}
    if "reassigned" in told and not any("reassign" in rung for rung in rungs):
        life.say("rung", f"rung {told['cause']['rung']} gave work to somebody else", "this rung does not")
    for one in told.get("found", ()):
        if "from" in one:
            handed(life, str(one["from"]), one)
        elif one["role"] in allowed:
            _not_silent(life, one)
    if "reassigned" in told:
        handed(life, str(told["reassigned"]["from"]), told["reassigned"])


def _rings_once(life: Life, told: Mapping[str, Any], clock: Running, number: int, *, alone: bool) -> None:
    if number in clock.fired:
        life.say(
            "rung",
            f"rung {number} of {clock.name} rang a second time",
            "each rings at most once for a due day",
        )
    elif number in clock.skipped and not clock.stood:
        life.say(
            "rung",
            f"rung {number} of {clock.name} rang",
            "its day was over when the clock began: it never rings",
        )
    try:
        wanted = rung_instant(life, clock, number)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if life.at < wanted:
        life.say("early", f"rung {number} of {clock.name} rang at {life.at}", f"not before {wanted}")
    late = told.get("late_us")
    if (
        alone
        and not clock.stood
        and isinstance(late, int)
        and life.at - timedelta(microseconds=late) != wanted
    ):
        life.say("lateness", f"rung {number} says it was late by {late} us", f"it was due at {wanted}")


def _not_silent(life: Life, one: Mapping[str, Any]) -> None:
    """Whoever is asked to step in is not the one who is silent, nor the subject."""
    assert life.book is not None
    if life.holding(one["person"]) is not None:
        life.say("rung", f"{one['person']} was asked to step in for themselves", "somebody else")
    if one["person"] == life.subject and not life.book.is_subject(one["role"]):
        life.say("own case", f"{one['person']} was asked to step in in their own case", "another person")


def handed(life: Life, before: str, found: Mapping[str, Any]) -> None:
    """The work of one who was asked goes to another, who must be fit for it."""
    work = life.holding(before)
    if work is None:
        if not life.unnamed:
            life.say("role", f"work of {before} was given to {found['person']}", f"{before} holds none")
        return
    fits(life, work.role, str(found["person"]))
    work.person = str(found["person"])
