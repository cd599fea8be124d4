"""A case as a line of marks in lanes, one for each part that people and time played, and where it left its design.

As it happened is what its entries tell; as designed is the net of its rules. What is read here is what a history
tells as well: nothing that anybody wrote, and nobody who answered without a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.core.audit import Entry
from engine.core.codec import decode
from engine.core.definition import HOLDER, At, Definition
from engine.core.mining.events import Mined, mined
from engine.core.mining.nets import designed
from engine.core.mining.traces import OVERRIDES
from engine.core.telling_names import way_of

__all__ = ["DEVIATIONS", "Mark", "marks_of"]

#: what may be said of an entry beside what it tells
DEVIATIONS = ("undesigned", "refused", "override", "deemed", "late", "undone")
_TIMER, _OPERATOR, _SUBJECT, _OTHERS = "timer", "operator", "subject", "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An entry on the line: in which lane, by hand or by itself, for the how-manyth time the case is in its state."""

    seq: int
    at: int
    lane: str
    #: "act", "itself", or "outside": done to the case from outside its ways
    shape: str
    behalf: bool
    state: str
    round: int
    moved: bool
    deviations: tuple[str, ...]


def marks_of(definition: Definition, entries: Iterable[Entry]) -> tuple[Mark, ...]:
    """The marks of a case's entries, oldest first."""
    ways, rounds, state, marks = designed(definition), dict[str, int](), "", []
    asked: dict[str, str] = {}
    for entry in entries:
        one = mined(0, entry.body)
        lane = _lane(definition, one, state, asked)
        asked.update((person, role) for role, person in one.found)
        if one.way:
            state = one.target or state
            rounds[state] = rounds.get(state, 0) + 1
        found = tuple(name for name in DEVIATIONS if _is(name, definition, one, entry, ways))
        shape = "itself" if lane == _TIMER else "outside" if "override" in found else "act"
        marks.append(
            Mark(
                seq=entry.seq,
                at=entry.at,
                lane=lane,
                shape=shape,
                behalf=bool(one.behalf),
                state=state,
                round=rounds.get(state, 0),
                moved=bool(one.way),
                deviations=found,
            )
        )
    return tuple(marks)


def _lane(definition: Definition, one: Mined, state: str, asked: Mapping[str, str]) -> str:
    """Who plays this part: a role of the definition, the subject, time, the operator, or others.

    Whoever is one of several that are asked acts as what they were last `asked`.
    """
    if one.automatic or one.actor == _OPERATOR:
        return _TIMER if one.automatic else _OPERATOR
    rests = definition.states.get(state)
    role = rests.task.who if one.role == HOLDER and rests is not None and rests.task is not None else one.role
    if role not in definition.roles:
        role = asked.get(one.behalf or one.actor, role)
    if role in definition.roles:
        return role
    return _SUBJECT if one.actor == one.subject else _OTHERS


def _is(name: str, definition: Definition, one: Mined, entry: Entry, ways: frozenset[str]) -> bool:
    match name:
        case "undesigned":
            return bool(one.way) and one.way not in ways
        case "override":
            return one.glass or (one.kind in OVERRIDES and not one.automatic)
        case "deemed":
            way = way_of(definition, one.source, one.rule) if one.kind == "moved" else None
            return one.automatic and way is not None and isinstance(way.trigger, At)
        case "late":
            told = decode(entry.body).get("lateness")
            return isinstance(told, dict) and "due" in told and not one.automatic
        case _:
            return one.kind == name
