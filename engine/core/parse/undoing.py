"""How long an act may be taken back, and where it cannot be: where more would have to come back than a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.complaints import Said, say
from engine.core.definition import STAY, At, Choice, Figure, Gather, Grant, State, TaskRule, Transition
from engine.core.figures import paths_of
from engine.core.moments import Offset
from engine.core.parse.graph import targets
from engine.core.parse.nodes import Node
from engine.core.people import Role, Subject
from engine.core.places import quoted

__all__ = ["Around", "check_undo", "read_undo", "refuse_undo"]

_WINDOW = re.compile(r"([1-9][0-9]{0,3}) (minute|minutes|hour|hours)")
_HOUR = 60
_LONGEST = 24 * _HOUR


def read_undo(node: Node) -> int | None:
    """For how many minutes an act may be taken back, or None and a complaint."""
    text = node.text("`undo`")
    if text is None:
        return None
    found = _WINDOW.fullmatch(text)
    minutes = int(found[1]) * (_HOUR if found[2].startswith("hour") else 1) if found else 0
    if not 0 < minutes <= _LONGEST:
        node.error("bad_value", say("is_no_undo", text=quoted(text)), say("write_an_undo"))
        return None
    return minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What else of a definition says whether an act may be taken back."""

    choices: Mapping[str, Choice]
    roles: Mapping[str, Role]
    grants: tuple[Grant, ...]
    figures: Mapping[str, Figure]
    settings: Mapping[str, object]
    publishes: tuple[str, ...]
    initial: str


def check_undo(states: Mapping[str, State], rules: Mapping[str, Node], around: Around) -> None:
    """Complains of acts that are to be taken back and cannot be; each with the first reason there is."""
    told: set[str] = set()
    for state in states.values():
        for way in state.transitions:
            if way.undo is None or way.rule in told:
                continue
            why = next(_reasons(way, state, states, around), None)
            if why is not None:
                told.add(way.rule)
                _refuse(rules[way.rule], way, why)


def refuse_undo(states: Mapping[str, State], rules: Mapping[str, Node]) -> None:
    """Complains of every act of a track that is to be taken back: its case goes on by where the track has come."""
    for state in states.values():
        for way in state.transitions:
            if way.undo is not None:
                _refuse(rules[way.rule], way, say("undo_in_track"))


def _refuse(node: Node, way: Transition, why: Said) -> None:
    node.error("no_undo", say("cannot_undo", name=way.name, why=why), say("remove_undo"), on_key=True)


def _reasons(way: Transition, source: State, states: Mapping[str, State], around: Around) -> Iterator[Said]:
    named = {way.to, way.then}
    rows = [row for name, choice in around.choices.items() if name in named for row in choice.rows]
    if way.starts or any(row.starts for row in rows):
        yield say("undo_opens")
    if STAY in {way.to, way.then, *(row.to for row in rows)}:
        yield say("undo_stays")
    if way.adds is not None:
        yield say("undo_adds")
    if source.gather is not None:
        yield say("undo_gathers", state=source.name)
    for name in sorted(targets(way, around.choices)):
        if name in states:
            yield from _reasons_there(states[name], around)


def _reasons_there(state: State, around: Around) -> Iterator[Said]:
    """Why nobody can be brought back once a case has come to this state."""
    if state.final is not None:
        yield say("undo_ends", state=state.name)
    if state.starts:
        yield say("undo_opens")
    if state.gather is not None:
        yield say("undo_gathers", state=state.name)
    if state.name in around.publishes:
        yield say("undo_published", state=state.name)
    if any(_counts_from_being_told(way) for way in state.transitions):
        yield say("undo_notified", state=state.name)
    shown = _disclosed(state, around)
    if shown:
        yield say("undo_discloses", state=state.name, names=", ".join(shown))


def _counts_from_being_told(way: Transition) -> bool:
    match way.trigger:
        case At(moment=Offset(anchor="notified")):
            return True
        case _:
            return False


def _disclosed(state: State, around: Around) -> list[str]:
    """What the subject reads from here on and could not read before."""
    subjects = {name for name, role in around.roles.items() if isinstance(role.query, Subject)}
    own = [one for one in around.grants if one.role in subjects]
    always = {one.what for one in own if not one.since or around.initial in one.since}
    shown = [one.what for one in own if state.name in one.since]
    if state.work is not None and subjects.intersection(_whose(state.work)):
        shown += state.work.shows
    return sorted({one for one in shown if one not in always and not _roots(one, around) <= always})


def _whose(work: TaskRule | Gather) -> tuple[str, ...]:
    return (work.who,) if isinstance(work, TaskRule) else work.who


def _roots(name: str, around: Around) -> frozenset[str]:
    """The forms, gatherings, journals and reads behind a name, all the way down."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in seen and one not in around.settings:
            seen.add(one)
            figure = around.figures.get(one)
            waiting += [path.partition(".")[0] for path in paths_of(figure)] if figure is not None else []
    return frozenset(seen - around.figures.keys())
