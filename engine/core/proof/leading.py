"""How a case comes to the place in the rules that a finding is about."""

from __future__ import annotations

from engine.core.definition import Definition
from engine.core.places import Path
from engine.core.proof.moves import Move, moves_of, shortest
from engine.core.proof.placing import choice_path, state_path, way_path

__all__ = ["way_to", "way_to_place"]


def way_to_place(definition: Definition, path: Path) -> tuple[Definition, tuple[Move, ...]]:
    """The machine that is written there and the shortest way to the state; () where no state is meant, or the first."""
    track = definition.tracks.get(str(path[1])) if path[:1] == ("tracks",) and len(path) > 1 else None
    machine = track or definition
    name = _state_of(machine, path)
    return machine, way_to(machine, name)


def way_to(definition: Definition, state: str) -> tuple[Move, ...]:
    """The shortest way to a state; () if a case begins there, or never comes there."""
    if state == definition.initial:
        return ()
    return shortest(definition.initial, moves_of(definition), lambda move: move.target == state) or ()


def _state_of(definition: Definition, path: Path) -> str:
    """The state that a path leads to or through: by its own place, that of a way out, that of a fork."""
    for name in definition.states:
        place = state_path(definition, name)
        if path[: len(place)] == place:
            return name
    for move in moves_of(definition):
        places = [way_path(definition, move.way)]
        if move.fork:
            places.append(choice_path(definition, move.fork))
        if any(path[: len(place)] == place for place in places):
            return move.source
    return definition.initial
