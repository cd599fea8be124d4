"""An example run through the real step: whether it came as expected, and which rules it touched."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.calendar import Calendar
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.definition import Definition
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.places import Mark
from engine.errors import SiklusError
from engine.testing.examples import NOBODY, Example, Move
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
    failure: Failure | None
    rules: frozenset[str]
    #: transitions that were tried, refused ones included
    tried: frozenset[str]
    rungs: frozenset[tuple[str, int]]
    states: frozenset[str]


def run(example: Example, machine: Machine, *, calendar: Calendar, chart: Chart) -> Outcome:
    """What comes of an example; it stops at the first step that comes out otherwise."""
    try:
        world = World(
            machine,
            calendar=calendar,
            chart=chart,
            subject=example.about,
            opens=example.opens,
            period=example.period,
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
    if refusal is not None and expected.refused is None:
        return [f"{move.do or move.fact or 'time'} is refused: {refusal.message}"]
    differs = []
    if expected.refused is not None:
        if refusal is None:
            differs.append(f"{move.do or move.fact} goes through, and should be refused")
        elif expected.refused not in {"", refusal.code}:
            differs.append(f"it is refused as {refusal.code}, and should be as {expected.refused}")
    return differs + _differences(world, move, first)


def _done(world: World, move: Move, tried: set[str]) -> SiklusError | None:
    """Let time pass, then let somebody act or a fact become known; the refusal, if it was refused."""
    try:
        if move.on is not None:
            world.wait_until(move.on)
        if move.after is not None:
            world.wait_until(world.calendar.add(world.today, move.after.amount, move.after.unit))
        if move.do:
            _act(world, move, tried)
        if move.fact:
            world.learn(move.fact)
    except SiklusError as error:
        return error
    return None


def _act(world: World, move: Move, tried: set[str]) -> None:
    holder = world.case.task.holder if world.case.task is not None else ""
    way = world.machine.transition(world.case.state, move.do)
    if way is not None:
        tried.add(way.rule)
    world.act(move.do, by=move.by or holder, forms=move.forms, reason=move.reason)


def _differences(world: World, move: Move, first: int) -> list[str]:
    case, expected = world.case, move.expected
    task = case.task
    found: list[tuple[str, object, object]] = []
    if expected.state is not None:
        found.append(("the case is in", case.state, expected.state))
    if expected.holder is not None:
        holder = task.holder if task is not None else ""
        found.append(("the task is with", _name(world, holder), _name(world, expected.holder)))
    if expected.due is not None:
        due = task.due_on if task is not None else None
        found.append(("it is due", due or "at no time", expected.due or "at no time"))
    if expected.ended is not None:
        found.append(("it ended", case.ended or "not", expected.ended or "not"))
    told = [f"{what} {was}, and should be {should}" for what, was, should in found if was != should]
    return told + _told_otherwise(world, move, first)


def _told_otherwise(world: World, move: Move, first: int) -> list[str]:
    should = move.expected.told
    if should is None:
        return []
    came = world.told_since(first)
    differs = [
        f"{_name(world, key)} is told, and should not be" for key in sorted(came.keys() - should.keys())
    ]
    differs += [
        f"{_name(world, key)} is not told, and should be" for key in sorted(should.keys() - came.keys())
    ]
    for key in sorted(came.keys() & should.keys()):
        if should[key] and should[key] != came[key]:
            was, meant = (", ".join(sorted(kinds)) for kinds in (came[key], should[key]))
            differs.append(f"{_name(world, key)} is told {was}, and should be told {meant}")
    return differs


def _name(world: World, key: str) -> str:
    return world.chart.person(key).person_id if key else NOBODY


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
