"""Sentences of a history about clocks: when a move came, which rung rang, what was extended, paused or counted anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.core.clock_history import OF_UNIT
from engine.core.definition import At, Definition, Language, Rung
from engine.core.moments import Offset, describe, parse_duration
from engine.core.promise_words import bare_promise
from engine.core.telling_gathering import hides_names
from engine.core.telling_names import (
    say_list,
    say_pause,
    say_way,
    way_of,
)
from engine.core.telling_past_facts import Past
from engine.core.telling_past_words import SENTENCES
from engine.core.telling_rungs import say_rung

__all__ = ["clock_name", "extended", "given_back", "paused", "recounted", "resumed", "rung", "when"]


def when(past: Past) -> str:
    """When a move was to happen by itself: so long after the task's due day, or on a day."""
    if not past.cause.get("due"):
        return ""
    due = past.day(past.cause["due"])
    way = way_of(past.definition, past.facts["from"], past.cause.get("moment", ""))
    moment = way.trigger.moment if way is not None and isinstance(way.trigger, At) else None
    if not isinstance(moment, Offset) or moment.anchor != "due":
        return past.words["day"].format(day=due)
    name = past.words["due_task"].format(phase="", day=due)
    return f"{describe(moment.duration, past.language)} {past.words[moment.side]} {name}"


def rung(past: Past) -> str:
    """A rung that rang: for which due day, and what it did; after a standstill all that rang with it."""
    cause = past.cause
    rungs = past.definition.ladders[cause["ladder"]].rungs
    together = past.facts.get("caught_up", {})
    parts = dict.fromkeys(
        part
        for number in together.get("rungs", [cause["rung"]])
        for part in _parts(past, _speaking(rungs[number], number, together))
    )
    rung = rungs[cause["rung"]]
    side = "on" if rung.offset is None else "before" if rung.before else "after"
    due = f"{past.words[side]} {_due_name(past)}"
    if rung.offset is not None:
        due = f"{describe(rung.offset, past.language)} {due}"
    told = ""
    if together:
        policy = "skip_superseded" if together["policy"] == "skip_superseded" else "collapse"
        told = past.words[f"caught_up_{policy}"].format(count=len(together["rungs"]))
    return past.say("rung", due=due, parts="; ".join(parts), caught_up=told)


def _parts(past: Past, rung: Rung) -> Iterable[str]:
    """What one rung did, each in words."""
    taken = past.facts.get("reassigned", {})
    together = past.definition.states[past.facts["from"]].gather is not None
    return say_rung(
        past.definition,
        rung,
        past.chart,
        past.language,
        told=[(to, kind) for to, kind in past.facts.get("told", ())],
        holder=taken.get("from") or (None if together else next(iter(past.told("reminder")), None)),
        taken_by=taken.get("person"),
        unnamed=hides_names(past.definition, past.facts["from"]),
    )


def _speaking(rung: Rung, number: int, together: Mapping[str, Any]) -> Rung:
    """The rung without what it did not say because a later one spoke for it."""
    skipped = together.get("skipped", {})
    return replace(
        rung,
        remind=() if number in skipped.get("remind", ()) else rung.remind,
        notify=() if number in skipped.get("notify", ()) else rung.notify,
    )


def _due_name(past: Past) -> str:
    """Whose due day it is about: the task's, the phase's, or the whole case's."""
    scope, _, phase = past.cause["deadline"].partition(":")
    labels = past.definition.texts.labels["phases"]
    label = labels[phase][past.language] if phase in labels else ""
    key = scope if scope in {"phase", "case"} else "task"
    return past.words[f"due_{key}"].format(phase=label, day=past.day(past.cause["due"]))


def extended(past: Past) -> str:
    """More time that was granted, and what came of the ladder."""
    granted = parse_duration(past.cause["extended"])
    span = describe(granted, past.language) if granted is not None else past.cause["extended"]
    due = past.facts["due"]
    ladder = past.words[f"ladder_{past.cause['ladder']}"]
    return past.say(
        "extended", span=span, before=past.day(due["from"]), after=past.day(due["to"]), ladder=ladder
    )


def paused(past: Past) -> str:
    """A clock that was stopped."""
    return past.say("paused", kind=say_pause(past.definition, past.cause["paused"], past.language))


def resumed(past: Past) -> str:
    """A clock that goes on, or stands still for something else."""
    if not past.cause["resumed"]:
        return past.say("resumed_none")
    days = [past.day(day) for _, day in past.cause["resumed"]]
    return past.say("resumed", days=say_list(days, past.language))


def given_back(past: Past) -> str:
    """Days that were lost in an outage, or while Siklus stood still, and what came of the clocks."""
    cause = past.cause
    first = past.day(cause["first"])
    days = (
        past.words["outage_span"].format(first=first, last=past.day(cause["last"]))
        if "last" in cause
        else past.words["outage_since"].format(first=first)
    )
    clocks = [
        past.words["recounted_clock"].format(
            clock=_clock_name(past, name), before=past.day(before), after=past.day(after)
        )
        for name, before, after in past.facts["given_back"]
    ]
    key = "given_back" if "outage" in cause else "given_standstill"
    return past.say(key, days=days, clocks="; ".join(clocks))


def recounted(past: Past) -> str:
    """Which clocks another calendar moved, and which it was not let move into the past."""
    clocks = [
        past.words["recounted_kept" if one.get("kept") else "recounted_clock"].format(
            clock=_clock_name(past, one["clock"]), before=past.day(one["from"]), after=past.day(one["to"])
        )
        for one in past.facts["recounted"]
    ]
    return past.say("recounted", calendar=past.cause["calendar"], clocks="; ".join(clocks))


def clock_name(definition: Definition, state: str, name: str, language: Language) -> str:
    """A clock by what it is for: the task, a phase, the case, a pause, or the move that comes by itself."""
    scope, _, what = name.partition(":")
    labels, words = definition.texts.labels, SENTENCES[language]
    if scope == "phase":
        return words["clock_phase"].format(name=labels["phases"][what][language])
    if scope in {"resume", OF_UNIT}:
        return words["clock_resume"].format(name=say_pause(definition, what or scope, language))
    if scope == "promise":
        return words["clock_promise"].format(name=bare_promise(definition, int(what), language))
    if scope == "move":
        way = way_of(definition, state, what)
        if way is not None:
            return f"“{say_way(definition, way, language)}”"
    return words[f"clock_{scope}" if scope in {"task", "case"} else "an_act"]


def _clock_name(past: Past, name: str) -> str:
    return clock_name(past.definition, past.facts["from"], name, past.language)
