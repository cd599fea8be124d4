"""Deadlines of a case: the day each must have by its rule and the calendar version, and what time does to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine.lawful.days import UnknownDayError, WorkDays, span_of
from engine.lawful.rules import DueRule
from engine.lawful.standing import Life, Running

__all__ = [
    "OF_UNIT",
    "armed_clocks",
    "clocks_after",
    "counted_day",
    "due_hanging",
    "extended_clock",
    "holding_clocks",
    "rule_day",
    "rung_instant",
    "skipping",
]

#: what an outage of a unit is called beside a pause for an outage in one case
OF_UNIT = "outage of the unit"
_MOMENT_BEFORE = timedelta(microseconds=1)
#: clocks whose day follows from what an entry does, not from a rule of the definition
_BARE = ("wake", "outage", "resume:", "open:", "promise:")


def rule_day(life: Life, rule: DueRule, name: str, basis: date, days: WorkDays) -> date:
    """The last day of a clock that begins on a day. Raises: UnknownDayError."""
    written = life.written
    assert written is not None
    if rule.within is not None:
        amount, unit = written.span(rule.within)
        return _rolled_count(days, basis, amount, unit, rule.day_off)
    assert rule.date is not None
    named = written.moment(rule.date, days, basis)
    beside = written.is_span_beside(rule.date)
    counts_work = beside is not None and beside[0][1] == "working day"
    if name.startswith("move:"):
        day = days.rolled(named, rule.day_off)
        if rule.at_least is not None:
            amount, unit = written.span(rule.at_least)
            least = days.counted(basis, amount, unit)
            day = max(day, days.rolled(least, "stays" if rule.day_off == "stays" else "next"))
        return day
    day = named if counts_work else days.rolled(named, rule.day_off)
    if rule.at_least is not None:
        amount, unit = written.span(rule.at_least)
        day_off = "next" if rule.day_off == "previous" else rule.day_off
        day = max(day, _rolled_count(days, basis, amount, unit, day_off))
    return day


def _rolled_count(days: WorkDays, basis: date, amount: int, unit: str, day_off: str) -> date:
    day = days.counted(basis, amount, unit)
    return day if unit == "working day" else days.rolled(day, day_off)


def _basis(life: Life, name: str) -> date | None:
    """The day a clock of this name counts from."""
    if name == "task":
        return life.entered
    if name == "case":
        return life.opened
    if name.startswith("phase:"):
        return life.phases.get(name[len("phase:") :])
    way = life.way(name[len("move:") :]) if name.startswith("move:") else None
    if way is None:
        return None
    if way.scope == "visit":
        return life.entered
    return life.opened if way.scope == "case" else life.phases.get(life.place.phase)


def _told_clocks(told: Mapping[str, Any]) -> list[tuple[str, date, str]]:
    found = []
    for one in told["clocks"]:
        name, day, version = one
        found.append((str(name), date.fromisoformat(day), str(version)))
    return found


def clocks_after(life: Life, told: Mapping[str, Any]) -> dict[str, tuple[date, str]]:
    """What an entry says of the clocks after it; as they were, if it says nothing."""
    if "clocks" not in told:
        return {name: (one.due, one.calendar) for name, one in life.clocks.items()}
    return {name: (day, version) for name, day, version in _told_clocks(told)}


def armed_clocks(life: Life, told: Mapping[str, Any], kept: Mapping[str, Running]) -> None:
    """The clocks of a visit that begins: each that the definition asks for, on the day it asks for, and no other."""
    after = clocks_after(life, told)
    life.clocks = {}
    asleep = life.sleeps is not None
    for name in _asked_for(life) if not asleep else ():
        if name not in after:
            life.say(
                "deadline",
                f"no clock {name!r} runs, and the definition asks for one",
                "each deadline is armed",
            )
    for name, (day, version) in after.items():
        before = kept.get(name)
        if before is not None:
            if (before.due, before.calendar) != (day, version) and not name.startswith(_BARE):
                life.say(
                    "deadline", f"{name} was due on {before.due} and is due on {day}", "it goes on as it was"
                )
            life.clocks[name] = before
            continue
        clock = life.clocks[name] = Running(name, day, version, life.visit)
        clock.counts = life.at
        _right_day(life, clock, asleep=asleep)
        skipping(life, clock)


def _asked_for(life: Life) -> list[str]:
    """The clocks that the definition asks for in the present state: it alone decides, so once for each state."""
    assert life.book is not None
    found = life.book.clocks_asked.get(life.state)
    if found is None:
        found = life.book.clocks_asked[life.state] = _worked_out(life)
    return found


def _worked_out(life: Life) -> list[str]:
    assert life.book is not None
    place = life.place
    found = ["task"] if place.due is not None else []
    if place.phase in life.book.phase_dues:
        found.append(f"phase:{place.phase}")
    if life.book.due is not None:
        found.append("case")
    return found + [
        f"move:{way.rule}"
        for way in place.ways.values()
        if way.at is not None and not due_hanging(life, way.at)
    ]


def due_hanging(life: Life, moment: DueRule) -> bool:
    """Whether a moment is counted from the task's due day."""
    assert life.written is not None
    assert moment.date is not None
    told = life.written.plain(moment.date)
    return told == "due" or told.endswith((" before due", " after due"))


def _right_day(life: Life, clock: Running, *, asleep: bool) -> None:
    name = clock.name
    if name.startswith(_BARE) or (asleep and not name.startswith("move:")):
        return
    rule = life.due_rule(name)
    if rule is None:
        way = life.way(name[len("move:") :]) if name.startswith("move:") else None
        if way is None or way.by is not None:
            life.say(
                "deadline", f"a clock {name!r} runs that the definition knows nothing of", "no such clock"
            )
        elif clock.due != life.today:
            life.say(
                "deadline",
                f"{name} is due on {clock.due}",
                f"what is true already moves at once: {life.today}",
            )
        return
    try:
        wanted = counted_day(life, clock)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if wanted is not None and wanted != clock.due:
        life.say("deadline", f"{name} is due on {clock.due}", f"by its rule and {clock.calendar}: {wanted}")


def counted_day(life: Life, clock: Running) -> date | None:
    """The day a clock's rule comes to when nothing has happened to it. Raises: UnknownDayError."""
    rule, basis = life.due_rule(clock.name), _basis(life, clock.name)
    if rule is None or basis is None:
        return None
    return rule_day(life, rule, clock.name, basis, life.days(clock.calendar))


def skipping(life: Life, clock: Running, now: datetime | None = None) -> None:
    """Rungs whose day is over when a clock is armed or counted again never ring."""
    rule = life.due_rule(clock.name)
    if rule is None or not rule.ladder or life.book is None:
        return
    at = now or life.at
    known = _rungs_known(life, rule, clock)
    try:
        for number in range(len(life.book.ladders.get(rule.ladder, ()))):
            if number not in clock.fired and _instant(life, rule, clock, number, known) <= at:
                clock.skipped.add(number)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)


def rung_instant(life: Life, clock: Running, number: int) -> datetime:
    """The instant at which a rung of a clock is due by its day. Raises: UnknownDayError."""
    rule = life.due_rule(clock.name)
    assert rule is not None
    return _instant(life, rule, clock, number, _rungs_known(life, rule, clock))


def _rungs_known(life: Life, rule: DueRule, clock: Running) -> dict[int, datetime]:
    """The instants of rungs that were worked out before for such a clock, by number."""
    assert life.zone is not None
    return life.zone.known.setdefault((life.definition, rule.ladder, clock.due, clock.calendar), {})


def _instant(life: Life, rule: DueRule, clock: Running, number: int, known: dict[int, datetime]) -> datetime:
    found = known.get(number)
    if found is None:
        assert life.book is not None
        assert life.written is not None
        assert life.zone is not None
        text = life.book.ladders[rule.ladder][number]
        found = life.zone.end(life.written.moment(text, life.days(clock.calendar), None, clock.due))
        known[number] = found
    return found


def extended_clock(life: Life, told: Mapping[str, Any]) -> None:
    """More time for the task: from its due day, or from the day it is granted if that has passed."""
    clock = life.clocks.get("task")
    due, cause = told["due"], told["cause"]
    if clock is None or life.zone is None:
        life.say("extension", "there is no due time to extend", "only what has a due time is extended")
        return
    if due["from"] != clock.due.isoformat():
        life.say("extension", f"it says that the task was due on {due['from']}", f"it was due on {clock.due}")
    span = span_of(str(cause["extended"]))
    version = clocks_after(life, told).get("task", (clock.due, clock.calendar))[1]
    ran_until = clock.still if clock.holds and clock.still is not None else life.at
    start = max(clock.due, life.today) if life.zone.day(ran_until) > clock.due else clock.due
    try:
        days = life.days(version)
        wanted = None if span is None else days.rolled(days.counted(start, *span), "next")
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        wanted = date.fromisoformat(due["to"])
    if wanted is None or wanted.isoformat() != due["to"]:
        life.say("extension", f"it is extended to {due['to']}", f"{cause['extended']} from {start}: {wanted}")
    clock.due, clock.calendar, clock.grown = date.fromisoformat(due["to"]), version, True
    if cause.get("ladder") == "restarted":
        clock.generation += 1
        clock.fired, clock.skipped = set(), set()
    skipping(life, clock, ran_until)


def holding_clocks(life: Life, kind: str, names: list[str], *, of_unit: bool) -> None:
    """These clocks stand still from now on; for an outage of the unit the whole of its first day does not count."""
    assert life.zone is not None
    for name in names:
        clock = life.clocks.get(name)
        if clock is None:
            continue
        since = life.at
        if of_unit:
            since = min(max(life.zone.begin(life.today) - _MOMENT_BEFORE, clock.counts), life.at)
        clock.holds.setdefault(OF_UNIT if of_unit else kind, since)
        clock.still = since if clock.still is None else min(since, clock.still)
        clock.stood = True
