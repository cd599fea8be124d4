"""Moves of a case: by people, by time, by facts; where a way leads, and who may take it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine.lawful.acting import (
    acts,
    adds_up,
    gathers_enough,
    no_subject,
    note_actors,
    persons_of,
    takes_work,
)
from engine.lawful.clocks import armed_clocks, due_hanging
from engine.lawful.days import UnknownDayError, instant_of
from engine.lawful.rules import Way
from engine.lawful.standing import Life, Running

__all__ = ["arrives", "moves"]

_STAY = "stay"


def moves(life: Life, told: Mapping[str, Any]) -> None:
    """A move, or an act after which the case stays."""
    cause = told.get("cause", {})
    way = _acted_way(life, told, cause) if "act" in cause else _timed_way(life, told, cause)
    if way is None:
        _arrive_anyway(life, told)
        return
    target = _target(life, way, told.get("guards", {}))
    to = str(told["to"])
    stays = target == _STAY
    if target is None:
        life.say(
            "guards",
            f"{way.rule} was taken, and its recorded conditions decide nothing",
            "exactly one row is true",
        )
    elif (life.state if stays else target) != to:
        life.say("way", f"{way.rule} led to {to}", f"with what was recorded it leads to {target}")
    if (told["kind"] == "stayed") != stays and target is not None:
        life.say("way", f"the entry is told as {told['kind']}", "a way that stays is told as stayed")
    mover = persons_of(told)[0]
    if "undo_until" in told:
        _keep_open(life, way, told, mover)
    else:
        life.before = life.undo = None
    if way.at_most is not None:
        life.uses[way.rule] = life.uses.get(way.rule, 0) + 1
    if "act" in cause:
        note_actors(life, told, cause)
        _voids(life, way, told)
    if told["kind"] != "stayed":
        arrives(life, told)


def _arrive_anyway(life: Life, told: Mapping[str, Any]) -> None:
    if told["kind"] == "moved" and life.book is not None and told["to"] in life.book.states:
        arrives(life, told)


def _acted_way(life: Life, told: Mapping[str, Any], cause: Mapping[str, Any]) -> Way | None:
    rule = str(cause["act"])
    assert life.book is not None
    if rule.startswith("corrects."):
        link = life.book.links.get(rule[len("corrects.") :], {})
        states = link.get("corrects", ())
        if life.state not in ([states] if isinstance(states, str) else states):
            life.say("way", f"{rule} was done in {life.state}", "a correction is opened where the link says")
        no_subject(life, told, str(cause.get("role", "")))
        return None
    way = life.way(rule)
    if way is None or way.by is None:
        ways = ", ".join(one.rule for one in life.place.ways.values() if one.by is not None) or "none"
        life.say(
            "way",
            f"somebody took {rule}, which is no way out of {life.state}",
            f"ways of people there: {ways}",
        )
        return None
    if life.sleeps is not None and not way.anytime:
        life.say("way", f"{rule} was taken while {life.state} is not open", f"it opens on {life.sleeps}")
    if way.guarded and told.get("guards", {}).get(rule) is not True:
        life.say(
            "guards", f"{rule} was taken, and its condition is not recorded as true", "its condition holds"
        )
    if way.reason and "reason" not in told.get("content", {}):
        life.say("reason", f"{rule} was taken without a reason", "it asks for one")
    acts(life, told, cause, way.by or ("holder",))
    return way


def _timed_way(life: Life, told: Mapping[str, Any], cause: Mapping[str, Any]) -> Way | None:
    rule = str(cause.get("moment"))
    way = life.way(rule)
    if way is None or way.by is not None:
        life.say(
            "way", f"{rule} came by itself in {life.state}", "nothing of that name comes there by itself"
        )
        return None
    if not told.get("actor", {}).get("timer"):
        life.say("role", f"{rule} is told as an act of people", "it comes by itself")
    if way.at is None:
        missing = sorted(fact for fact in way.upon if fact not in life.facts)
        if "gathered" in missing:
            missing.remove("gathered")
            if not gathers_enough(life):
                missing.append("gathered")
        if missing:
            life.say("facts", f"{rule} came", f"it waits for {', '.join(missing)}, which no entry tells")
        return way
    _in_time(life, told, way)
    return way


def _in_time(life: Life, told: Mapping[str, Any], way: Way) -> None:
    """A moment comes when its day is over, not before; and not twice, nor while its clock stands still."""
    assert life.zone is not None
    clock = life.clocks.get(f"move:{way.rule}")
    assert way.at is not None
    hanging = clock is None and due_hanging(life, way.at)
    if hanging:
        clock = life.clocks.get("task")
    if clock is None:
        life.say("deadline", f"{way.rule} came, and no clock ran for it", "a moment has a clock")
        return
    if clock.holds:
        life.say(
            "pause", f"{way.rule} came while its clock stood still for {', '.join(clock.holds)}", "it waits"
        )
    try:
        due = _hanging_day(life, way, clock) if hanging else clock.due
        over = life.zone.end(due)
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    if life.at < over:
        life.say("early", f"{way.rule} came at {life.at}", f"its last day is {due}, which is over at {over}")
    elif not clock.stood and not hanging and not _late_right(told, over):
        life.say(
            "lateness", f"{way.rule} says it was late by {told.get('late_us')} us", f"it was due at {over}"
        )
    clock.over = clock.over or not hanging


def _hanging_day(life: Life, way: Way, clock: Running) -> date:
    assert life.written is not None
    assert way.at is not None
    assert way.at.date is not None
    days = life.days(clock.calendar)
    day = days.rolled(life.written.moment(way.at.date, days, life.entered, clock.due), way.at.day_off)
    if way.at.at_least is None or life.entered is None:
        return day
    least = days.counted(life.entered, *life.written.span(way.at.at_least))
    return max(day, days.rolled(least, "stays" if way.at.day_off == "stays" else "next"))


def _late_right(told: Mapping[str, Any], over: datetime) -> bool:
    late = told.get("late_us")
    return isinstance(late, int) and instant_of(str(told["at"])) - timedelta(microseconds=late) == over


def _target(life: Life, way: Way, guards: Mapping[str, Any]) -> str | None:
    """Where a way leads with what was recorded; None if nothing is decided."""
    assert life.book is not None
    used = life.uses.get(way.rule, 0)
    name = way.to
    if way.at_most is not None and used >= way.at_most:
        if way.then is None:
            life.say("cap", f"{way.rule} was taken {used + 1} times", f"at most {way.at_most}")
        else:
            name = way.then
    rows = life.book.choices.get(name)
    if rows is None:
        return name
    true = [to for key, to in rows if key is not None and guards.get(key) is True]
    if any(key is not None and not isinstance(guards.get(key), bool) for key, _ in rows) or len(true) > 1:
        return None
    return true[0] if true else next(to for key, to in rows if key is None)


def _keep_open(life: Life, way: Way, told: Mapping[str, Any], mover: str | None) -> None:
    until = instant_of(str(told["undo_until"]))
    if until > life.at + timedelta(minutes=way.undo):
        life.say(
            "undo",
            f"{way.rule} may be taken back until {until}",
            f"at most {way.undo} minutes after {life.at}",
        )
    life.before = life.snapshot()
    life.undo = (life.seq, way.rule, mover or "", until)
    life.spent = ""


def _voids(life: Life, way: Way, told: Mapping[str, Any]) -> None:
    """An act that may be voided is remembered; one that voids puts back what stood before, and nothing else."""
    if way.restores is None:
        before = life.wrote.get(way.form or "")
        if before is not None and any(one.restores == way.rule for one in life.place.ways.values()):
            life.shelved.append((way.rule, str(way.form), life.seq, before))
        if "restored" in told:
            life.say("void", f"{way.rule} put something back", "it voids no other act")
        return
    found = next((one for one in reversed(life.shelved) if one[0] == way.restores), None)
    if found is None:
        life.say(
            "void", f"{way.rule} voided an act", f"{way.restores} was not done since, or is voided already"
        )
        return
    life.shelved.remove(found)
    _, form, entry, (was, bound) = found
    if told.get("restored") != {"form": form, "instead_of": entry, "as_in": was}:
        life.say("void", f"it is told to put back {told.get('restored')}", f"{form} as entry {was} wrote it")
    if told.get("content", {}).get(form) != bound:
        life.say("void", f"{form} counts as something else", f"what entry {was} committed to: {bound}")


def arrives(life: Life, told: Mapping[str, Any]) -> None:
    """The case enters a state: a new visit, with its tasks and clocks."""
    assert life.book is not None
    to = str(told["to"])
    place = life.book.states.get(to)
    if place is None:
        life.say("way", f"the case came to {to}", "no such state is in the definition")
        life.unjudged = life.unjudged or f"there is no state {to}"
        return
    adds_up(life, told)
    left = life.state
    life.shelved = []
    life.state, life.visit = to, max(life.visit, life.visits) + 1
    life.visits = life.visit
    life.asked, life.unnamed = [], 0
    life.facts.discard("gathered")
    if told["kind"] == "launched" or left:
        life.entered = life.today
    life.sleeps = date.fromisoformat(told["sleeps_until"]) if "sleeps_until" in told else None
    if place.final is not None:
        life.clocks, life.ended = {}, place.final
        if told.get("ended") != place.final:
            life.say(
                "end",
                f"it came to {to} and is told as {told.get('ended', 'open')}",
                f"{to} ends it: {place.final}",
            )
        return
    if "ended" in told:
        life.say("end", f"the case is told as over ({told['ended']}) in {to}", f"{to} ends nothing")
    same = left and life.book.states[left].phase == place.phase
    kept = {
        name: clock
        for name, clock in life.clocks.items()
        if name == "case" or name.startswith("promise:") or name == "outage"
        or (same and name.startswith("phase:"))
    }  # fmt: skip
    _asleep_right(life, told)
    if life.sleeps is None:
        life.phases.setdefault(place.phase, life.today)
        takes_work(life, told)
    armed_clocks(life, told, kept)


def _asleep_right(life: Life, told: Mapping[str, Any]) -> None:
    """A state that opens later is entered asleep, until its day."""
    assert life.book is not None
    assert life.written is not None
    place = life.place
    texts = [place.not_before] if place.not_before is not None else []
    if place.phase in life.book.phase_opens and place.phase not in life.phases:
        texts.append(life.book.phase_opens[place.phase])
    if not texts and life.sleeps is None:
        return
    versions = [version for _, _, version in told.get("clocks", ())]
    try:
        days = life.days(str(versions[0])) if versions else None
        later = [
            day
            for text in texts
            if days is not None and (day := life.written.moment(text, days, life.today)) > life.today
        ]
    except UnknownDayError as unknown:
        life.unjudged = life.unjudged or str(unknown)
        return
    wanted = max(later, default=None)
    if wanted is not None and (life.sleeps is None or life.sleeps < wanted):
        life.say("opening", f"{life.state} was open on {life.today}", f"it opens on {wanted}")
    elif wanted != life.sleeps and told["kind"] != "launched":
        life.say("opening", f"{life.state} sleeps until {life.sleeps}", f"it opens on {wanted or life.today}")
