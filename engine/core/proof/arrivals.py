"""When states are entered on the shortest way: everybody acting at once, or doing each task on its due day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from engine.core.case import Deadline
from engine.core.course import targets
from engine.core.definition import At, EmployeeFact, Transition, Upon
from engine.core.stays import Clocks, Stay

__all__ = ["Arrival", "arrivals", "due_clock", "expected", "way_to"]


#: when, since when in its phase, which state, from where
_Coming: TypeAlias = tuple[int, int, str, str]


class Arrival(NamedTuple):
    """When a state is entered, its phase was first entered, and from which state ("" for the first)."""

    at: int
    phase: int
    came: str


def arrivals(
    clocks: Clocks, start: str, at: int, *, by_due: bool, opened: int | None = None
) -> dict[str, Arrival]:
    """The earliest entry of every state a case comes to from `start`: each task taking no time, or until it is due.

    What happens to a case from outside (exemption, leaving) is no way. Where nothing says when, it is at once.
    """
    opened = opened if opened is not None else clocks.stay(start, at, at, at).began
    queue: list[_Coming] = [(at, at, start, "")]
    found: dict[str, Arrival] = {}
    passed: list[tuple[object, ...]] = []
    while queue:
        if _begins_phase(clocks, queue[0]):
            key = _standing(queue, found, opened if clocks.counts_from_opening else 0, by_due=by_due)
            known = clocks.arrivals.get(key)
            if known is not None:
                found = {**found, **known, **found}
                break
            passed.append(key)
        now, since, name, came = heappop(queue)
        if name in found:
            continue
        found[name] = Arrival(now, since, came)
        state = clocks.definition.states[name]
        if state.final is not None:
            continue
        stay = clocks.stay(name, now, since, opened)
        within = stay.began if since >= now else since
        for to, then in _onward(clocks, name, stay, by_due=by_due):
            if to not in found:
                same = clocks.definition.states[to].phase == state.phase
                heappush(queue, (then, within if same else then, to, name))
    clocks.arrivals.update(dict.fromkeys(passed, found))
    return found


def _begins_phase(clocks: Clocks, coming: _Coming) -> bool:
    states = clocks.definition.states
    return coming[3] != "" and states[coming[3]].phase != states[coming[2]].phase


def _standing(
    queue: list[_Coming], found: Mapping[str, Arrival], opened: int, *, by_due: bool
) -> tuple[object, ...]:
    """All that the rest depends on: cases that stand alike at the beginning of a phase go on alike."""
    coming = sorted({one for one in queue if one[2] not in found})
    return (by_due, opened, frozenset(found), *coming)


def _onward(clocks: Clocks, name: str, stay: Stay, *, by_due: bool) -> Iterator[tuple[str, int]]:
    acted = stay.began
    clock = due_clock(stay) if by_due else None
    if clock is not None:
        acted = max(clocks.morning(clock.due_on), stay.began)
    if stay.until is not None:
        acted = min(acted, stay.until)
    for rule, by_itself, onward in _ways(clocks, name):
        if not by_itself:
            yield from ((to, acted) for to in onward)
        elif stay.until is not None and rule in stay.rules:
            yield from ((to, stay.until) for to in onward)


def _ways(clocks: Clocks, name: str) -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    """The ways out that are part of the cycle: by which rule, whether a moment takes it, and where to."""
    known = clocks.ways.get(name)
    if known is None:
        known = clocks.ways[name] = tuple(
            (way.rule, isinstance(way.trigger, At), targets(clocks.definition, way.to))
            for way in clocks.definition.states[name].transitions
            if expected(way)
        )
    return known


def expected(way: Transition) -> bool:
    """Whether a way out is part of the cycle: a moment, an act, a fact awaited; not what comes from outside."""
    if isinstance(way.trigger, Upon):
        return not all(isinstance(fact, EmployeeFact) for fact in way.trigger.facts)
    return isinstance(way.trigger, At) or not way.rule.startswith("anytime.")


def due_clock(stay: Stay) -> Deadline | None:
    """The clock of the work of a stay."""
    for one in stay.deadlines:
        if one.scope == "visit" and one.ladder:
            return one
    return None


def way_to(found: dict[str, Arrival], name: str) -> tuple[str, ...]:
    """The states on the way to one, from the first to it."""
    way = [name]
    while found[way[-1]].came:
        way.append(found[way[-1]].came)
    return tuple(reversed(way))
