"""An example run through the real step: whether it came as expected, and which rules it touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.core.calendar import Calendar
from engine.core.codec import decode
from engine.core.command import (
    Acknowledge,
    Actor,
    CheckEntries,
    Command,
    Extend,
    Pause,
    Reassign,
    Remind,
    Resume,
)
from engine.core.definition import Definition
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.places import Mark
from engine.errors import SiklusError
from engine.testing.deeds import Act, Deed, Invite, Learn, LookAt, MarkEntries, Steer, TakeBack, Write
from engine.testing.examples import Example, Examples, Move
from engine.testing.expecting import differences
from engine.testing.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where an example came out otherwise than expected, told in words."""

    mark: Mark
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one example. `rules` are transitions by rule; `rungs` are ladder and number; `states` entered."""

    example: str
    #: the track whose case it was about; "" for the case itself
    track: str
    failure: Failure | None
    rules: frozenset[str]
    #: transitions that were tried, refused ones included
    tried: frozenset[str]
    rungs: frozenset[tuple[str, int]]
    states: frozenset[str]


def run(example: Example, machine: Machine, *, calendar: Calendar, examples: Examples) -> Outcome:
    """What comes of an example; it stops at the first step that comes out otherwise."""
    try:
        world = World(
            machine,
            calendar=calendar,
            chart=examples.chart,
            subject=example.about,
            opens=example.opens,
            period=example.period,
            files=examples.files,
            surroundings=example.around,
        )
    except SiklusError as error:
        failure = Failure(mark=example.mark, told=(f"the case cannot be opened: {error.message}",))
        return _outcome(example, machine.definition, [], frozenset(), failure)
    tried: set[str] = set()
    failure_found: Failure | None = None
    for move in example.moves:
        told = _played(world, move, tried)
        if told:
            failure_found = Failure(mark=move.mark, told=tuple(told))
            break
    return _outcome(example, machine.definition, world.steps, frozenset(tried), failure_found)


def _played(world: World, move: Move, tried: set[str]) -> list[str]:
    """One step of the example; what came out otherwise, as sentences."""
    first = len(world.steps)
    if move.on is not None and move.on < world.today:
        return [f"{move.on} lies before {world.today}: time does not run backwards"]
    refusal = _done(world, move, tried)
    expected = move.expected
    what = move.deed.name if move.deed is not None else "time"
    if refusal is not None and expected.refused is None:
        return [f"{what} is refused: {refusal.message}"]
    differs = []
    if expected.refused is not None:
        if refusal is None:
            differs.append(f"{what} goes through, and should be refused")
        elif expected.refused not in {"", refusal.code}:
            differs.append(f"it is refused as {refusal.code}, and should be as {expected.refused}")
    return differs + differences(world, expected, first)


def _done(world: World, move: Move, tried: set[str]) -> SiklusError | None:
    """Let time pass, then let something happen; the refusal, if it was refused."""
    try:
        if move.on is not None:
            world.wait_until(move.on)
        if move.after is not None:
            world.wait_until(world.calendar.add(world.today, move.after.amount, move.after.unit))
        world.surround(move.around)
        if move.deed is not None:
            _happen(world, move.deed, move, tried)
    except SiklusError as error:
        return error
    return None


def _happen(world: World, deed: Deed, move: Move, tried: set[str]) -> None:
    actor = Actor(person=move.by)
    match deed:
        case Act(name=name, forms=forms):
            way = world.machine.transition(world.case.state, name)
            if way is not None:
                tried.add(way.rule)
            holder = world.case.task.holder if world.case.task is not None else ""
            world.act(name, by=move.by or holder, forms=forms, reason=move.reason)
        case Learn(name=fact):
            world.learn(fact)
        case Write(outside=True):
            world.note_from_outside(deed.journal, deed.values)
        case Write():
            world.note(deed.journal, deed.values, by=move.by, about=deed.day)
        case MarkEntries():
            _mark(world, deed, move)
        case Invite(journal=journal):
            world.invite(journal, by=move.by)
        case TakeBack(name=name):
            world.take_back(name, by=move.by, reason=move.reason)
        case Steer() | LookAt():
            world.obey(_of_the_desk(deed, actor, move.reason))


def _mark(world: World, deed: MarkEntries, move: Move) -> None:
    journal, numbers, reason = deed.journal, deed.numbers, move.reason
    match deed.mark:
        case "confirmed" | "asked" as mark:
            actor = Actor(person=move.by)
            world.obey(CheckEntries(journal=journal, numbers=numbers, actor=actor, mark=mark, note=reason))
        case "released" | "withheld" as mark:
            world.release(journal, numbers, mark, by=move.by, reason=reason)


def _of_the_desk(deed: Steer | LookAt, actor: Actor, reason: str) -> Command:
    if isinstance(deed, LookAt):
        return Acknowledge(promise=deed.promise, actor=actor, reason=reason)
    if deed.span is not None:
        ladder: Literal["kept", "restarted"] = "restarted" if deed.restarted else "kept"
        return Extend(by=deed.span, actor=actor, reason=reason, ladder=ladder)
    if deed.kind:
        return Pause(kind=deed.kind, actor=actor, reason=reason)
    if deed.to:
        return Reassign(to=deed.to, actor=actor, reason=reason)
    return Resume(actor=actor, reason=reason) if deed.name == "resume" else Remind(actor=actor, note=reason)


def _outcome(
    example: Example,
    definition: Definition,
    steps: list[Step],
    tried: frozenset[str],
    failure: Failure | None,
) -> Outcome:
    rules: set[str] = set()
    rungs: set[tuple[str, int]] = set()
    states: set[str] = set()
    for one in steps:
        facts = decode(one.entry.body)
        states.update((facts.get("from") or "", facts.get("to") or ""))
        cause = facts.get("cause", {})
        if one.entry.kind == "rung":
            rungs.add((cause["ladder"], cause["rung"]))
        if one.entry.kind in {"moved", "stayed"}:
            rules |= _rules(definition, facts.get("from", ""), cause)
    return Outcome(
        example=example.name,
        track=example.track,
        failure=failure,
        rules=frozenset(rules),
        tried=tried | frozenset(rules),
        rungs=frozenset(rungs),
        states=frozenset(states - {""}),
    )


def _rules(definition: Definition, source: str, cause: dict[str, object]) -> set[str]:
    """The transition an entry tells of: an act, a moment, or a fact that was waited for."""
    named = cause.get("act") or cause.get("moment")
    if named:
        return {str(named)}
    ways = definition.states[source].transitions if source in definition.states else ()
    return {way.rule for way in ways if cause.get("fact") in getattr(way.trigger, "texts", ())}
