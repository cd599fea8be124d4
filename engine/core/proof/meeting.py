"""Which duties meet in one case: the roles at work in each state of a definition and its tracks, and which are apart.

A track runs beside its case from where it is opened on; what it does meets whatever comes before, beside or after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from engine.core.definition import HOLDER, By, Definition, Gather, NeverSame, State
from engine.core.promise_words import machines_of
from engine.core.proof.moves import closure, edges_of, moves_of, openings
from engine.core.roles import Outside

__all__ = ["Asking", "Meeting", "wanted_by"]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A state of a machine ("" for the case itself); of a track also a place in the case where it is opened."""

    machine: str
    state: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A gathering, where it stands."""

    machine: Definition
    state: str
    gather: Gather


class Meeting:
    """What of a definition is done by whom, and beside what."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._machines = {"": definition, **definition.tracks}

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """The roles of which one person does something at a time: a task, an act, an answer nobody else gives."""
        used: dict[str, None] = {}
        for one in self._machines.values():
            for state in one.states.values():
                used.update(dict.fromkeys(self._alone_in(state)))
        return tuple(used)

    @cached_property
    def boards(self) -> Mapping[str, Asking]:
        """The gatherings that ask roles of several people, by a name that no role has."""
        found = {}
        for name, one in self._machines.items():
            for state in one.states.values():
                if state.gather is not None and self._several_of(state.gather):
                    found[_board(name, state.name)] = Asking(one, state.name, state.gather)
        return found

    def need(self, board: str) -> int:
        """How many people of its roles of several a gathering needs, besides those who answer alone."""
        gather = self.boards[board].gather
        return max(0, wanted_by(gather) - len(set(gather.who) - set(self._several_of(gather))))

    @cached_property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Roles and boards of one case that must not share a person; two boards are parted by the chart."""
        pairs: set[tuple[str, str]] = set()
        for one, other in self._parted:
            for first, second in product(self._duties(one), self._duties(other)):
                if (
                    first != second
                    and not {first, second} <= self.boards.keys()
                    and self._meet(first, second)
                ):
                    pairs.add((first, second) if first < second else (second, first))
        return tuple(sorted(pairs))

    @cached_property
    def weight(self) -> Mapping[str, int]:
        """How many people those take, at most, that are kept apart from a role or board."""
        weights: dict[str, int] = {}
        for pair in self.apart:
            for one, other in (pair, pair[::-1]):
                taken = self.need(other) if other in self.boards else 1
                weights[one] = weights.get(one, 0) + taken
        return weights

    @cached_property
    def _parted(self) -> set[tuple[str, str]]:
        """Pairs of roles kept apart by `not` or by a promise."""
        roles = self.definition.roles.values()
        pairs = {(role.name, other) for role in roles for other in role.exclude}
        for promise in self.definition.promises:
            if isinstance(promise, NeverSame):
                for machine in machines_of(self.definition, promise):
                    acts = [tuple(dict.fromkeys(_acting(machine, act))) for act in promise.acts]
                    for one, other in combinations(acts, 2):
                        pairs |= {(first, second) for first, second in product(one, other) if first != second}
        return pairs

    def _duties(self, role: str) -> Iterator[str]:
        """What a role does: something alone, and something as one of a board."""
        if role in self.alone:
            yield role
        yield from (name for name, one in self.boards.items() if role in one.gather.who)

    def _several_of(self, gather: Gather) -> tuple[str, ...]:
        return tuple(name for name in gather.who if self.definition.roles[name].several)

    def _alone_in(self, state: State) -> Iterator[str]:
        """The roles at work in a state of which one person acts, in the order they are written."""
        roles = self.definition.roles
        asked = state.gather.who if state.gather is not None else ()
        names = [state.task.who] if state.task is not None else []
        names += [name for name in asked if not roles[name].several]
        for way in state.transitions:
            if isinstance(way.trigger, By):
                names += [name for name in way.trigger.roles if name != HOLDER]
        return (name for name in names if not isinstance(roles[name].query, Outside))

    def _meet(self, one: str, other: str) -> bool:
        """Whether both come to work in one case."""
        return any(self._beside(*pair) for pair in product(self._spots[one], self._spots[other]))

    def _beside(self, one: _Spot, other: _Spot) -> bool:
        if one.machine == other.machine:
            ahead = self._ahead[one.machine]
            return other.state in ahead[one.state] or one.state in ahead[other.state]
        ahead = self._ahead[""]
        same = (one.before, one.after) == (other.before, other.after)
        return same or other.before in ahead[one.after] or one.before in ahead[other.after]

    @cached_property
    def _spots(self) -> Mapping[str, list[_Spot]]:
        """Where each role and board is at work."""
        found: dict[str, list[_Spot]] = {name: [] for name in (*self.alone, *self.boards)}
        for name, machine in self._machines.items():
            for state in machine.states.values():
                board = {_board(name, state.name)} & self.boards.keys()
                spots = list(self._places(name, state.name))
                for duty in (*dict.fromkeys(self._alone_in(state)), *board):
                    found[duty] += spots
        return found

    def _places(self, machine: str, state: str) -> Iterable[_Spot]:
        if not machine:
            return (_Spot(machine, state, state, state),)
        opened = openings(self.definition, machine)
        return (
            _Spot(machine, state, before, before if move is None else move.target) for before, move in opened
        )

    @cached_property
    def _ahead(self) -> Mapping[str, Mapping[str, set[str]]]:
        """For each machine and state what can still be come to."""
        return {name: _ahead_in(one) for name, one in self._machines.items()}


def wanted_by(gather: Gather) -> int:
    """How many people must answer, or sign, for something to come of a gathering."""
    return max(gather.least, gather.anonymous, gather.need or 0, 1)


def _board(machine: str, state: str) -> str:
    return f"{machine}/{state}"


def _ahead_in(definition: Definition) -> dict[str, set[str]]:
    edges = edges_of(moves_of(definition))
    return {name: closure({name}, edges) for name in definition.states}


def _acting(definition: Definition, act: str) -> Iterator[str]:
    for state in definition.states.values():
        for way in state.transitions:
            if act in {way.rule, way.name} and isinstance(way.trigger, By):
                holder = (state.task.who,) if state.task is not None else ()
                for name in way.trigger.roles or holder:
                    yield from holder if name == HOLDER else (name,)
