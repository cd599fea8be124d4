"""The moves a definition allows, each leading from one state to one other: what every proof about ways walks on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.core.definition import STAY, Definition, Row, Transition

__all__ = ["Move", "closure", "edges_of", "moves_of", "openings", "shortest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One way a transition may end: at its target, at one row of its fork, or, once used up, where `then` says.

    A move that stays has the same source and target; `worn` is true for the ways behind `then`.
    """

    source: str
    target: str
    way: Transition
    fork: str = ""
    row: Row | None = None
    worn: bool = False

    @property
    def stays(self) -> bool:
        """Whether state, visit and clocks are untouched."""
        return STAY in (
            self.row.to if self.row is not None else "",
            self.way.then if self.worn else self.way.to,
        )

    @property
    def counted(self) -> bool:
        """Whether the move uses up one of so many."""
        return self.way.at_most is not None and not self.worn


def moves_of(
    definition: Definition, never: Collection[tuple[str, int]] = (), dead: Collection[str] = ()
) -> tuple[Move, ...]:
    """Every move, in the order they are written.

    `never` are rows of forks that no values lead to, `dead` the rules of transitions whose condition is never true.
    """
    found: list[Move] = []
    for state in definition.states.values():
        for way in state.transitions:
            if way.rule not in dead:
                found.extend(_ends(definition, state.name, way, never))
    return tuple(found)


def _ends(
    definition: Definition, source: str, way: Transition, never: Collection[tuple[str, int]]
) -> Iterable[Move]:
    for to, worn in ((way.to, False), (way.then, True)):
        choice = definition.choices.get(to) if to is not None else None
        if choice is not None:
            for number, row in enumerate(choice.rows):
                if (choice.name, number) not in never:
                    target = source if row.to == STAY else row.to
                    yield Move(source=source, target=target, way=way, fork=choice.name, row=row, worn=worn)
        elif to is not None:
            yield Move(source=source, target=source if to == STAY else to, way=way, worn=worn)


def openings(definition: Definition, track: str) -> tuple[tuple[str, Move | None], ...]:
    """Where a case opens a track: by entering a state, or by a move out of one."""
    links = {link.name for link in definition.linked.values() if link.track == track}
    entered = [(name, None) for name, state in definition.states.items() if links & set(state.starts)]
    moved = [
        (move.source, move)
        for move in moves_of(definition)
        if links & {*move.way.starts, *(move.row.starts if move.row is not None else ())}
    ]
    return (*entered, *moved)


def edges_of(moves: Iterable[Move]) -> dict[str, set[str]]:
    """From each state to those that a move leads to."""
    edges: dict[str, set[str]] = {}
    for move in moves:
        edges.setdefault(move.source, set()).add(move.target)
    return edges


def closure(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be come to from there."""
    found = set(start)
    waiting = list(found)
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def shortest(start: str, moves: Sequence[Move], wanted: Callable[[Move], bool]) -> tuple[Move, ...] | None:
    """The shortest way from a state to a move that is wanted, that move last; None if there is none.

    A way that first uses something up is told only where there is no other.
    """
    plain = _shortest(start, [move for move in moves if not move.worn], wanted)
    return plain if plain is not None else _shortest(start, moves, wanted)


def _shortest(start: str, moves: Iterable[Move], wanted: Callable[[Move], bool]) -> tuple[Move, ...] | None:
    out: dict[str, list[Move]] = {}
    for move in moves:
        out.setdefault(move.source, []).append(move)
    came: dict[str, Move | None] = {start: None}
    waiting = [start]
    for name in waiting:
        for move in out.get(name, ()):
            if wanted(move):
                return (*_back(came, name), move)
            if move.target not in came:
                came[move.target] = move
                waiting.append(move.target)
    return None


def _back(came: Mapping[str, Move | None], name: str) -> tuple[Move, ...]:
    way: list[Move] = []
    move = came[name]
    while move is not None:
        way.append(move)
        move = came[move.source]
    return tuple(reversed(way))
