"""Small mutations of a definition's rules, always the same ones in the same order: what examples should notice.

A mutant is made of the definition's value, never of its text; one that no longer compiles is no mutant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.core.definition import At, By, Choice, Definition, Due, State, Transition
from engine.core.people import Subject
from engine.core.places import Path
from engine.testing.neighbours import conditions_beside, due_later, later


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A definition with one thing changed: what, where, and in which states that could show.

    Of a track, `definition` is the track's own.
    """

    told: str
    path: Path
    definition: Definition
    states: frozenset[str]
    track: str = ""


def mutants(definition: Definition) -> Iterator[Mutant]:
    """Every mutant of a definition and of its tracks, in a fixed order."""
    yield from _of_part(definition)
    for name, part in definition.tracks.items():
        for one in _of_part(part):
            yield replace(one, track=name, path=in_track(name, one.path))


def in_track(name: str, path: Path) -> Path:
    """Where something stands that is a track's own: the track stands for the phase, and has no other."""
    return ("tracks", name, *path[2:]) if path[0] == "phases" else path


def _of_part(definition: Definition) -> Iterator[Mutant]:
    """Every mutant of a case's rules, or of those of one of its tracks."""
    for rule in dict.fromkeys(way.rule for state in definition.states.values() for way in state.transitions):
        yield from _of_transition(definition, rule)
    for choice in definition.choices.values():
        yield from _of_choice(definition, choice)
    yield from _of_dues(definition)
    yield from _of_ladders(definition)
    yield from _of_roles(definition)
    yield from _of_corrections(definition)


def rule_path(definition: Definition, rule: str) -> Path:
    """Where a transition stands in the rules."""
    head, _, name = rule.partition(".")
    if name in definition.linked and definition.linked[name].corrects:
        return ("linked", name)
    if head in definition.states:
        return ("phases", definition.states[head].phase, head, "transitions", name)
    return (*(("phases", head) if head in definition.phases else ()), "anytime", name)


def _of_transition(definition: Definition, rule: str) -> Iterator[Mutant]:
    states = frozenset(
        state.name
        for state in definition.states.values()
        if any(way.rule == rule for way in state.transitions)
    )
    first = next(way for way in definition.states[min(states)].transitions if way.rule == rule)
    path = rule_path(definition, rule)

    def changed(told: str, key: str, change: Callable[[Transition], Transition]) -> Mutant:
        made = {name: _rewritten(state, rule, change) for name, state in definition.states.items()}
        return Mutant(
            told=f"'{first.name}' {told}",
            path=(*path, key),
            definition=replace(definition, states=made),
            states=states,
        )

    if first.when is not None:
        yield changed("has no condition", "when", lambda way: replace(way, when=None))
        for told, when in conditions_beside(first.when):
            yield changed(told, "when", partial(replace, when=when))
    other = _elsewhere(definition, first.to)
    if other:
        yield changed(f"leads to '{other}' instead of '{first.to}'", "to", lambda way: replace(way, to=other))
    if first.reason_required:
        yield changed("needs no reason", "reason", lambda way: replace(way, reason_required=False))
    if first.at_most is not None:
        yield changed(
            "may be used once more", "at_most", lambda way: replace(way, at_most=(way.at_most or 0) + 1)
        )
    for role in first.notify:
        left = tuple(one for one in first.notify if one != role)
        yield changed(f"does not tell '{role}'", "notify", partial(replace, notify=left))
    if isinstance(first.trigger, At):
        trigger = replace(first.trigger, moment=later(first.trigger.moment))
        yield changed("happens a day later", "at", lambda way: replace(way, trigger=trigger))


def _of_choice(definition: Definition, choice: Choice) -> Iterator[Mutant]:
    states = frozenset(
        state.name
        for state in definition.states.values()
        if any(choice.name in (way.to, way.then) for way in state.transitions)
    )
    path: Path = ("choices", choice.name)
    if "." in choice.name:
        path = (*rule_path(definition, choice.name), "choose")
    for number, row in enumerate(choice.rows):
        variants: list[tuple[str, str, Any]] = []
        if row.when is not None:
            variants += [
                (told, "when", replace(row, when=when)) for told, when in conditions_beside(row.when)
            ]
        other = _elsewhere(definition, row.to)
        if other:
            key = "to" if row.when is not None else "otherwise"
            variants.append((f"leads to '{other}' instead of '{row.to}'", key, replace(row, to=other)))
        for role in row.notify:
            left = tuple(one for one in row.notify if one != role)
            variants.append((f"does not tell '{role}'", "notify", replace(row, notify=left)))
        for told, key, made in variants:
            rows = (*choice.rows[:number], made, *choice.rows[number + 1 :])
            yield Mutant(
                told=f"row {number + 1} of '{choice.name}' {told}",
                path=(*path, number, key),
                definition=_with(definition, "choices", choice.name, replace(choice, rows=rows)),
                states=states,
            )


def _of_dues(definition: Definition) -> Iterator[Mutant]:
    """Due times a day later; one that a window of the timetable sets has no day of its own."""
    return (one for one in _later_dues(definition) if one.definition != definition)


def _later_dues(definition: Definition) -> Iterator[Mutant]:
    for state in definition.states.values():
        if state.task is not None and state.task.due is not None:
            made = replace(state, task=replace(state.task, due=due_later(state.task.due)))
            yield Mutant(
                told=f"the task of '{state.name}' is due a day later",
                path=("phases", state.phase, state.name, "task", "due"),
                definition=_with(definition, "states", state.name, made),
                states=frozenset({state.name}),
            )
    for phase in definition.phases.values():
        if phase.due is not None:
            yield Mutant(
                told=f"the phase '{phase.name}' is due a day later",
                path=("phases", phase.name, "due"),
                definition=_with(definition, "phases", phase.name, replace(phase, due=due_later(phase.due))),
                states=frozenset(phase.states),
            )
    if definition.due is not None:
        yield Mutant(
            told="the whole case is due a day later",
            path=("due",),
            definition=replace(definition, due=due_later(definition.due)),
            states=frozenset(definition.states),
        )


def _of_ladders(definition: Definition) -> Iterator[Mutant]:
    for ladder in definition.ladders.values():
        served = _served(definition, ladder.name)
        for number in range(len(ladder.rungs) if served else 0):
            rungs = (*ladder.rungs[:number], *ladder.rungs[number + 1 :])
            yield Mutant(
                told=f"the ladder '{ladder.name}' has no rung {number + 1}",
                path=("ladders", ladder.name, number),
                definition=_with(definition, "ladders", ladder.name, replace(ladder, rungs=rungs)),
                states=served,
            )


def _served(definition: Definition, ladder: str) -> frozenset[str]:
    """The states in which a clock runs that this ladder follows."""

    def uses(due: Due | None) -> bool:
        return due is not None and due.ladder == ladder

    found = {one.name for one in definition.states.values() if one.task is not None and uses(one.task.due)}
    found |= {
        one.name for one in definition.states.values() if one.gather is not None and uses(one.gather.due)
    }
    found |= {name for phase in definition.phases.values() if uses(phase.due) for name in phase.states}
    return frozenset(definition.states if uses(definition.due) else found)


def _of_roles(definition: Definition) -> Iterator[Mutant]:
    for role in definition.roles.values():
        states = _filled(definition, role.name)
        for other in role.exclude if states else ():
            if isinstance(definition.roles[other].query, Subject):
                continue  # nobody fills another role in their own case, whatever the rules say of it
            left = tuple(one for one in role.exclude if one != other)
            yield Mutant(
                told=f"'{role.name}' may be the same person as '{other}'",
                path=("roles", role.name, "not"),
                definition=_with(definition, "roles", role.name, replace(role, exclude=left)),
                states=states,
            )


def _of_corrections(definition: Definition) -> Iterator[Mutant]:
    """Corrections that somebody may not open, or not from one of the final states."""
    for link in definition.linked.values():
        offers: list[tuple[str, str, Any]] = [
            (f"may not be opened by '{role}'", "by", tuple(one for one in link.by if one != role))
            for role in link.by
        ]
        offers += [
            (f"is not offered in '{name}'", "corrects", tuple(one for one in link.corrects if one != name))
            for name in link.corrects
        ]
        for told, key, left in offers:
            made = replace(link, **{key: left})
            yield Mutant(
                told=f"'{link.name}' {told}",
                path=("linked", link.name, key),
                definition=_with(definition, "linked", link.name, made),
                states=frozenset(link.corrects),
            )


def _filled(definition: Definition, role: str) -> frozenset[str]:
    """The states that could tell who fills a role: all, unless a track leaves it to others."""
    if "#" not in definition.digest:
        return frozenset(definition.states)
    asked = {name for state in definition.states.values() for name in _asked(state)}
    return frozenset(definition.states if role in asked else ())


def _asked(state: State) -> Iterator[str]:
    """The roles a state waits for, and those that may act in it."""
    if state.task is not None:
        yield state.task.who
    if state.gather is not None:
        yield from state.gather.who
    for way in state.transitions:
        if isinstance(way.trigger, By):
            yield from way.trigger.roles


def _rewritten(state: State, rule: str, change: Callable[[Transition], Transition]) -> State:
    if all(way.rule != rule for way in state.transitions):
        return state
    ways = tuple(change(way) if way.rule == rule else way for way in state.transitions)
    return replace(state, transitions=ways)


def _elsewhere(definition: Definition, to: str) -> str:
    """The state after this one in the order of the rules, round at the end; for a choice or `stay` the first."""
    names = list(definition.states)
    place = names.index(to) + 1 if to in definition.states else 0
    return names[place % len(names)] if len(names) > 1 else ""


def _with(definition: Definition, section: str, name: str, value: Any) -> Definition:
    changes: dict[str, Any] = {section: {**getattr(definition, section), name: value}}
    return replace(definition, **changes)
