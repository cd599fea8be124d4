"""Can a due day be kept if everybody takes the time they have: what is needed, what clashes, what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from engine.core.case import Deadline
from engine.core.proof.arrivals import Arrival, arrivals, due_clock, way_to
from engine.core.proof.entries import Entry, Year
from engine.core.proof.temporal import (
    Bound,
    Task,
    clash,
    controllable,
    earliest_deadline,
    smallest_repairs,
)
from engine.core.stays import Clocks

__all__ = ["Kept", "Leg", "deadlines_kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One state on the way to a due day: how long it takes at the most, in working days or days; whose time it is."""

    state: str
    most: int
    #: a task of people takes from none of it to all of it; a wait takes it all
    people: bool
    entered: date
    left: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of one due day: on the tightest entry day, and on which days of the year it cannot be kept."""

    #: the phase, or "" for the whole case
    phase: str
    entry: date
    entered: date
    due: date
    unit: str
    given: int
    legs: tuple[Leg, ...]
    #: the fewest days that can always be kept
    needed: int | None
    #: entry days of the year on which it is too short
    fails: tuple[date, ...]
    #: how the tightest day can be mended: sets of (state, longest time that works)
    repairs: tuple[tuple[tuple[str, int], ...], ...]
    #: states whose time, with the due day, cannot all be had
    clashing: tuple[str, ...]


def deadlines_kept(year: Year) -> Iterator[Kept]:
    """Each due day of a phase, and that of the whole case, on every entry day of the year."""
    definition = year.definition
    phases = [name for name, phase in definition.phases.items() if phase.due is not None]
    looked = {name: list[tuple[int, Entry, int, Deadline, tuple[str, ...]]]() for name in [*phases, ""]}
    ways: dict[tuple[int, str, int], tuple[tuple[str, ...], int] | None] = {}
    for entry, found in zip(year.entries, year.on_due, strict=True):
        for phase in phases:
            first = _first_in(year, found, phase)
            if first is None:
                continue
            state, at = first
            key = (id(entry.clocks), phase, at)
            if key not in ways:
                ways[key] = _out_of(year, entry.clocks, phase, state, at)
            way, clock = ways[key], entry.clocks.phase_due(phase, at)
            if way is not None and clock is not None:
                looked[phase].append((clock.due_at - way[1], entry, at, clock, way[0]))
        clock = entry.clocks.case_due(
            entry.clocks.stay(definition.initial, entry.at, entry.at, entry.at).began
        )
        ending = _ending(year, found)
        if clock is not None and ending is not None:
            looked[""].append(
                (clock.due_at - found[ending].at, entry, entry.at, clock, way_to(found, ending))
            )
    for phase, days in looked.items():
        if days:
            yield _kept(year, phase, days)


def _first_in(year: Year, found: Mapping[str, Arrival], phase: str) -> tuple[str, int] | None:
    inside = [(found[name].at, name) for name in year.definition.phases[phase].states if name in found]
    return (min(inside)[1], min(inside)[0]) if inside else None


def _out_of(
    year: Year, clocks: Clocks, phase: str, state: str, at: int
) -> tuple[tuple[str, ...], int] | None:
    """The shortest way through a phase and when it is left; a way that gives up is not meant."""
    began = clocks.stay(state, at, at, at).began
    found = arrivals(clocks, state, began, by_due=True, opened=began)
    states = year.definition.states
    outside = [
        (one.at, name)
        for name, one in found.items()
        if one.came and states[name].phase != phase and states[one.came].phase == phase
    ]
    meant = [(when, name) for when, name in outside if states[name].final in {None, "complete", "continued"}]
    if not outside:
        return None
    when, name = min(meant or outside)
    return way_to(found, name), when


def _ending(year: Year, found: Mapping[str, Arrival]) -> str | None:
    """The end that is meant, soonest."""
    ends = [(one.at, name) for name, one in found.items() if year.definition.states[name].final is not None]
    meant = [one for one in ends if year.definition.states[one[1]].final in {"complete", "continued"}]
    return min(meant or ends)[1] if ends else None


def _kept(year: Year, phase: str, days: Sequence[tuple[int, Entry, int, Deadline, tuple[str, ...]]]) -> Kept:
    _, entry, at, clock, way = min(days, key=lambda one: (one[0], one[1].day))
    unit = _unit(year, way)
    began = entry.clocks.stay(way[0], at, at, at).began
    legs = tuple(_legs(year, entry.clocks, way, began, unit))
    entered = year.day(began)
    given = _count(year, entered, clock.due_on, unit)
    fails = tuple(one.day for slack, one, *_ in days if slack < 0)
    tasks, bounds = _network(legs)
    within = Bound(start=way[0], end="out", most=given)
    return Kept(
        phase=phase, entry=entry.day, entered=entered, due=clock.due_on, unit=unit, given=given, legs=legs,
        needed=earliest_deadline(tasks, bounds, start=way[0], end="out"),
        fails=fails,
        repairs=_repairs(legs, given, way[0]) if fails else (),
        clashing=tuple(one.start for one in clash(tasks, [*bounds, within]) if one is not within) if fails else (),
    )  # fmt: skip


def _unit(year: Year, way: Sequence[str]) -> str:
    """Working days, if all time on the way is counted so; else days."""
    for name in way[:-1]:
        state = year.definition.states[name]
        for work in (state.task, state.gather):
            within = work.due.within if work is not None and work.due is not None else None
            if within is not None and within.unit != "working days":
                return "days"
    return "working days"


def _legs(year: Year, clocks: Clocks, way: Sequence[str], began: int, unit: str) -> Iterator[Leg]:
    found = arrivals(clocks, way[0], began, by_due=True, opened=began)
    for name, then in pairwise(way):
        entered, left = found[name], found[then]
        stay = clocks.stay(name, entered.at, entered.phase, began)
        clock = due_clock(stay)
        first, last = year.day(entered.at), year.day(left.at)
        if clock is None and stay.until is not None and left.at == stay.until:
            last = year.last_day(left.at)  # a moment ends its day
        size = max(0, _count(year, first, last, unit))
        yield Leg(state=name, most=size, people=clock is not None, entered=first, left=last)


def _count(year: Year, first: date, last: date, unit: str) -> int:
    if unit == "working days":
        return year.calendar.working_days_between(first, last)
    return (last - first).days


def _network(legs: Sequence[Leg], sizes: Sequence[int] | None = None) -> tuple[list[Task], list[Bound]]:
    sizes = sizes if sizes is not None else [leg.most for leg in legs]
    ends = [*(leg.state for leg in legs[1:]), "out"]
    tasks = [
        Task(start=leg.state, end=end, least=0, most=size, rule=leg.state)
        for leg, end, size in zip(legs, ends, sizes, strict=True)
        if leg.people
    ]
    waits = [
        Bound(start=leg.state, end=end, least=size, most=size, rule=leg.state)
        for leg, end, size in zip(legs, ends, sizes, strict=True)
        if not leg.people
    ]
    return tasks, waits


def _repairs(legs: Sequence[Leg], given: int, start: str) -> tuple[tuple[tuple[str, int], ...], ...]:
    def works(sizes: Sequence[int]) -> bool:
        tasks, bounds = _network(legs, sizes)
        return controllable(tasks, [*bounds, Bound(start=start, end="out", most=given)])

    found = smallest_repairs(
        [(min(1, leg.most) if leg.people else leg.most, leg.most) for leg in legs], works
    )
    return tuple(tuple((legs[place].state, value) for place, value in one) for one in found)
