"""What changes clocks beside moves: more time, pauses and their end, days given back, another calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.lawful.acting import persons_of
from engine.lawful.clocks import OF_UNIT, clocks_after, counted_day, extended_clock, holding_clocks, skipping
from engine.lawful.days import UnknownDayError
from engine.lawful.standing import Life, Running

__all__ = [
    "extended_case",
    "follow_clocks",
    "given_back",
    "over_in_time",
    "paused_by_itself",
    "paused_case",
    "recounted_case",
    "resumed_clocks",
    "steered",
]


def steered(life: Life, told: Mapping[str, Any]) -> None:
    """Whoever steers a case gives a reason, and never steers their own."""
    person, behalf = persons_of(told)
    if person is None and not told.get("actor", {}).get("operator"):
        life.say("role", f"{told['kind']} is told as nobody's act", "people steer a case")
    if life.subject in {person, behalf}:
        life.say("own case", f"{life.subject} steered their own case ({told['kind']})", "another person")
    if "reason" not in told.get("content", {}):
        life.say("reason", f"{told['kind']} without a reason", "steering needs a reason")


def extended_case(life: Life, told: Mapping[str, Any]) -> None:
    """More time for a task: by somebody who may, for a reason, counted right."""
    steered(life, told)
    extended_clock(life, told)


def paused_case(life: Life, told: Mapping[str, Any]) -> None:
    """Clocks stand still for a listed reason, for no longer than it may last."""
    assert life.book is not None
    cause = told["cause"]
    kind = str(cause.get("paused"))
    own = life.book.own_pauses.get(kind)
    if "outage" not in cause and not (own or {}).get("by"):
        steered(life, told)
    if kind not in life.book.pauses and own is None:
        life.say("pause", f"a clock stands still for {kind!r}", f"reasons: {', '.join(_reasons(life))}")
    elif own is not None and not own.get("by"):
        life.say("pause", f"somebody let a clock stand still for {kind!r}", "that pause begins by itself")
    else:
        _longest(life, kind, str(cause["until"]), told, by_unit="outage" in cause)
    names = [str(one) for one in cause.get("clocks", ())]
    for name in names:
        if "outage" not in cause and kind not in stopping(life, name):
            life.say("pause", f"{name} stands still for {kind!r}", "this clock does not stop for it")
    given = told.get("given_back")
    if given:
        _given(life, told)
    holding_clocks(life, kind, names, of_unit="outage" in cause)
    follow_clocks(life, told)


def _reasons(life: Life) -> list[str]:
    assert life.book is not None
    return sorted({*life.book.pauses, *life.book.own_pauses})


def stopping(life: Life, name: str) -> frozenset[str]:
    """The reasons for which a clock of the present state stops."""
    assert life.book is not None
    rule = life.due_rule(name)
    if rule is None:
        return frozenset()
    if name == "task":
        if rule.within is None:
            return frozenset()
        return frozenset(one for one in life.book.pauses if one not in life.book.own_pauses) | set(
            rule.pauses
        )
    return frozenset(rule.pauses) if name.startswith("move:") else frozenset()


def _longest(life: Life, kind: str, until: str, told: Mapping[str, Any], *, by_unit: bool) -> None:
    """No pause lasts longer than its longest."""
    assert life.book is not None
    assert life.written is not None
    own = life.book.own_pauses.get(kind)
    span = life.written.span(str(own["longest"])) if own is not None else life.book.pauses.get(kind)
    versions = [
        version for name, (_, version) in clocks_after(life, told).items() if name == f"resume:{kind}"
    ]
    if span is None or by_unit or not versions:
        return
    try:
        latest = life.days(versions[0]).counted(life.today, *span)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if until != latest.isoformat():
        life.say("pause", f"it stands still for {kind!r} until {until} at most", f"until {latest}")


def paused_by_itself(life: Life, told: Mapping[str, Any]) -> None:
    """Pauses that begin as things are: those that the definition lists, and outages of the unit."""
    assert life.book is not None
    for kind, until in told.get("pauses", ()):
        own = life.book.own_pauses.get(kind)
        if kind == "outage":
            names = [name for name in life.clocks if name == "task" or name.startswith(("phase:", "case"))]
        elif own is None or own.get("by"):
            life.say(
                "pause", f"clocks stand still for {kind!r} by itself", f"reasons: {', '.join(_reasons(life))}"
            )
            continue
        else:
            names = [name for name in life.clocks if kind in stopping(life, name)]
            _longest(life, kind, until, told, by_unit=False)
        holding_clocks(life, kind, names, of_unit=kind == "outage")


def resumed_clocks(life: Life, told: Mapping[str, Any]) -> None:
    """Clocks run on: those that stood still, and none earlier than before."""
    cause = told.get("cause", {})
    if told["kind"] == "resumed" and "pause_over" not in cause and "outage" not in cause:
        kinds = {kind for clock in life.clocks.values() for kind in clock.holds}
        assert life.book is not None
        if not any(life.book.own_pauses.get(kind, {}).get("by") for kind in kinds):
            steered(life, told)
    if "pause_over" in cause:
        over_in_time(life, f"resume:{cause['pause_over']}", str(cause["due"]), told)
    again = cause.get("resumed", ())
    follow_clocks(life, told)
    for name, due in again:
        clock = life.clocks.get(name)
        if clock is None:
            life.say("pause", f"{name} runs on", "no such clock stands still")
            continue
        if not clock.holds:
            life.say("pause", f"{name} runs on", "it did not stand still")
        if date.fromisoformat(due) < clock.due and not clock.grown:
            life.say("deadline", f"{name} runs on until {due}", "a pause gives no time away")
        clock.due, clock.grown, clock.holds, clock.still = date.fromisoformat(due), True, {}, None
        clock.skipped, clock.counts = set(), life.at
        skipping(life, clock)
    if told["kind"] == "resumed":
        _let_go(life)


def _let_go(life: Life) -> None:
    """Clocks that another reason still holds stand on for that one alone."""
    left = {
        name[len("resume:") :] if name.startswith("resume:") else OF_UNIT
        for name in life.clocks
        if name.startswith("resume:") or name == "outage"
    }
    for clock in life.clocks.values():
        clock.holds = {kind: since for kind, since in clock.holds.items() if kind in left}


def over_in_time(life: Life, name: str, due: str, told: Mapping[str, Any]) -> None:
    """What ends with a day does so when that day is over, and its clock ran until then."""
    assert life.zone is not None
    day = date.fromisoformat(due)
    ends = [life.clocks[one] for one in (name, "outage") if one in life.clocks]
    if all(clock.due != day for clock in ends):
        life.say("deadline", f"{told['kind']} says that {due} was over", "no clock ran until that day")
    if life.at < life.zone.end(day):
        life.say("early", f"{told['kind']} came at {life.at}", f"{day} is over at {life.zone.end(day)}")


def follow_clocks(life: Life, told: Mapping[str, Any]) -> None:
    """Take over which clocks run by now; what none of the other rules explains is told where it matters."""
    if "clocks" not in told or life.ended:
        return
    after = clocks_after(life, told)
    life.clocks = {name: one for name, one in life.clocks.items() if name in after}
    for name, (day, version) in after.items():
        clock = life.clocks.get(name)
        if clock is None:
            life.clocks[name] = Running(name, day, version, life.visit)
        elif (clock.due, clock.calendar) != (day, version):
            clock.grown = True
            clock.due, clock.calendar = day, version


def _given(life: Life, told: Mapping[str, Any]) -> None:
    for name, start, end in told.get("given_back", ()):
        clock = life.clocks.get(name)
        if clock is None or clock.due.isoformat() != start:
            life.say(
                "deadline", f"{name} is told as due on {start} before days were given back", "it was not"
            )
            continue
        if end < start:
            life.say("deadline", f"{name} is given days back and is due on {end}", f"not before {start}")
        clock.due, clock.grown, clock.stood = date.fromisoformat(end), True, True
        clock.counts = max(clock.counts, _since_lost(life, told))
        version = clocks_after(life, told).get(name, (clock.due, clock.calendar))[1]
        clock.calendar = version
        skipping(life, clock)


def _since_lost(life: Life, told: Mapping[str, Any]) -> datetime:
    """Since when a clock runs on after days that it was given back: the end of the last of them, at most now."""
    assert life.zone is not None
    last = told.get("cause", {}).get("last")
    return life.at if last is None else min(life.at, life.zone.end(date.fromisoformat(last)))


def given_back(life: Life, told: Mapping[str, Any]) -> None:
    """Days that were lost are given back."""
    _given(life, told)
    follow_clocks(life, told)


def recounted_case(life: Life, told: Mapping[str, Any]) -> None:
    """A calendar that counts now moves each clock to the day it comes to by it, or leaves it."""
    for one in told.get("recounted", ()):
        clock = life.clocks.get(one["clock"])
        if clock is None or clock.due.isoformat() != one["from"]:
            life.say(
                "deadline",
                f"{one['clock']} is told as due on {one['from']} before it was counted again",
                "it was not",
            )
            continue
        clock.calendar = one["calendars"][1]
        kept = bool(one.get("kept"))
        try:
            wanted = None if kept or clock.grown else counted_day(life, clock)
        except UnknownDayError as unknown:
            life.unjudged = life.unjudged or str(unknown)
            wanted = None
        if wanted is not None and wanted.isoformat() != one["to"]:
            life.say(
                "deadline",
                f"{one['clock']} is counted again to {one['to']}",
                f"by {clock.calendar}: {wanted}",
            )
        clock.due, clock.grown = date.fromisoformat(one["to"]), clock.grown or kept
        clock.skipped |= set(one.get("skipped", ()))
        clock.stood = True
    follow_clocks(life, told)
