"""The places a case can still come to: states with the uses of those capped moves that lie ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from engine.core.definition import STAY, At, By, Definition, Transition
from engine.core.parse.graph import leads_on

__all__ = ["MOST_PLACES", "Course", "Way", "course_from", "targets"]

#: more places than this are not walked: no day is named
MOST_PLACES = 20_000
_Uses: TypeAlias = tuple[tuple[str, int], ...]


class Way(NamedTuple):
    """One way from a place to another: by which rule, whether a moment or a person takes it, and within one phase.

    `from_outside` are ways no case goes of itself: exemption, leaving.
    """

    rule: str
    by_itself: bool
    by_person: bool
    to: int
    same_phase: bool
    from_outside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The places a case can come to, each after what leads there (loops apart), and the ways between them.

    A place is a state with the uses, so far, of those capped moves that still lie ahead.
    """

    states: tuple[str, ...]
    ways: tuple[tuple[Way, ...], ...]
    #: places in which a phase is come to and from which none leads back before them
    doors: tuple[bool, ...]
    #: places in which a case ends
    ends: tuple[int, ...]


def course_from(definition: Definition, state: str, uses: Mapping[str, int]) -> Course | None:
    """Where a case in this state can still come to; None if the caps make too many places to walk."""
    ahead = _ahead(definition)
    start = (state, _still(uses, ahead[state]))
    number: dict[tuple[str, _Uses], int] = {
        (state, (("", -1),)): 0
    }  # the first place is the stay it is in now; it may come back to the state
    order: list[tuple[int, tuple[str, _Uses]]] = [(0, start)]
    ways: dict[int, list[Way]] = {}
    for here, (name, used) in order:
        ways[here] = []
        for transition in definition.states[name].transitions:
            for to, after in _onward(definition, transition, dict(used)):
                there = (to, _still(after, ahead[to]))
                if there not in number:
                    number[there] = len(number)
                    order.append((number[there], there))
                    if len(number) > MOST_PLACES:
                        return None
                same = definition.states[name].phase == definition.states[to].phase
                trigger = transition.trigger
                way = Way(
                    transition.rule,
                    by_itself=isinstance(trigger, At),
                    by_person=isinstance(trigger, By),
                    to=number[there],
                    same_phase=same,
                    from_outside=not leads_on(transition),
                )
                if way not in ways[here]:
                    ways[here].append(way)
    rank = _ranks(ways)
    states = sorted(((rank[here], place[0]) for here, place in order))
    sorted_ways = {
        rank[here]: tuple(one._replace(to=rank[one.to]) for one in sorted(out, key=_surest))
        for here, out in ways.items()
    }
    in_order = tuple(sorted_ways[n] for n in range(len(states)))
    return Course(
        states=tuple(name for _, name in states),
        ways=in_order,
        doors=_doors(in_order),
        ends=tuple(place for place, name in states if definition.states[name].final is not None),
    )


def _doors(ways: Sequence[Sequence[Way]]) -> tuple[bool, ...]:
    entrances = {way.to for out in ways for way in out if not way.same_phase}
    doors = [False] * len(ways)
    first = len(ways)
    for place in range(len(ways) - 1, -1, -1):
        first = min([first, *(way.to for way in ways[place])])
        doors[place] = place <= first and place in entrances and bool(ways[place])
    return tuple(doors)


def _surest(way: Way) -> tuple[bool, bool]:
    """Moments first, what comes from outside last: of ways that come to the same, the surest is told."""
    return not way.by_itself, way.from_outside


def targets(definition: Definition, to: str | None) -> tuple[str, ...]:
    """The states a `to` or `then` may lead to; staying is none."""
    if to is None or to == STAY:
        return ()
    choice = definition.choices.get(to)
    if choice is None:
        return (to,)
    return tuple(dict.fromkeys(row.to for row in choice.rows if row.to != STAY))


def _onward(
    definition: Definition, transition: Transition, uses: dict[str, int]
) -> Iterator[tuple[str, dict[str, int]]]:
    """The states one move leads to, with the uses after it."""
    used = uses.get(transition.rule, 0)
    after = uses
    if transition.at_most is None:
        names = targets(definition, transition.to)
    elif used < transition.at_most:
        names = targets(definition, transition.to)
        after = {**uses, transition.rule: used + 1}
    else:
        names = targets(definition, transition.then)
    for name in names:
        yield name, after


def _still(uses: Mapping[str, int], ahead: frozenset[str]) -> _Uses:
    """The uses that still matter: of capped moves that lie ahead."""
    return tuple(sorted((rule, count) for rule, count in uses.items() if rule in ahead))


def _ahead(definition: Definition) -> dict[str, frozenset[str]]:
    """For each state the capped moves of all states it leads to, its own included."""
    leads = {
        name: {
            to for one in state.transitions for text in (one.to, one.then) for to in targets(definition, text)
        }
        for name, state in definition.states.items()
    }
    ahead = {
        name: {one.rule for one in state.transitions if one.at_most is not None}
        for name, state in definition.states.items()
    }
    changed = True
    while changed:
        changed = False
        for name, onward in leads.items():
            more = ahead[name].union(*(ahead[to] for to in onward)) if onward else ahead[name]
            if len(more) > len(ahead[name]):
                ahead[name], changed = more, True
    return {name: frozenset(rules) for name, rules in ahead.items()}


def _ranks(ways: Mapping[int, Iterable[Way]]) -> dict[int, int]:
    """Places in an order in which each comes after those that lead to it, but for the ways back of loops."""
    done: list[int] = []
    seen = {0}
    stack = [(0, iter(ways[0]))]
    while stack:
        here, out = stack[-1]
        for way in out:
            if way.to not in seen:
                seen.add(way.to)
                stack.append((way.to, iter(ways[way.to])))
                break
        else:
            done.append(here)
            stack.pop()
    return {place: rank for rank, place in enumerate(reversed(done))}
