"""Never stuck: if nobody ever acts, every case ends or rests with somebody; and by which day it must be over.

Each definition is proven alone: what other cases do is a fact that may never come, so a moment must stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from engine.core.course import MOST_PLACES, Course, course_from, targets
from engine.core.definition import Definition, Label
from engine.core.horizon import Latest, Tails, Taken, latest
from engine.core.proof.dated import both
from engine.core.proof.entries import Entry, Year, year_of
from engine.core.proof.finding import Answer, Finding, Ground, Proof, answer_of
from engine.core.proof.moves import closure
from engine.core.proof.placing import state_path
from engine.core.proof.stories import say_state
from engine.core.proof.stuck import check_rests, check_turns
from engine.core.stays import Stay

__all__ = ["Ends", "ends_of", "latest_days", "prove_never_stuck"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """By which day cases are over. `by_entry` has one day for each entry day; None where no day can be named."""

    by_entry: Mapping[date, date | None] = field(default_factory=dict)
    #: the latest day on which any case enters each state
    entered: Mapping[str, date] = field(default_factory=dict)
    #: states that only people leave; a state where a loop goes on for ever
    rests: frozenset[str] = frozenset()
    endless: str = ""
    #: the way to the latest end of the worst entry day
    trail: tuple[tuple[str, date], ...] = ()
    worst: date | None = None
    latest: date | None = None
    #: the caps make more ways than were walked
    capped: bool = False


def prove_never_stuck(ground: Ground) -> Proof:
    """Whether every case ends or rests with somebody if nobody acts; `facts` has the latest end and per state."""
    definition = ground.definition
    findings: list[Finding] = []
    for one in (definition, *definition.tracks.values()):
        findings += check_rests(one)
        findings += check_turns(one)
    year = year_of(ground)
    ends = ends_of(year)
    if ends.capped:
        findings.append(_too_many(definition))
    return Proof(
        question="never_stuck",
        answer=answer_of(findings),
        summary=_summary(definition, ends, answer_of(findings)),
        findings=tuple(findings),
        facts=_facts(ends, None if answer_of(findings) == "refuted" else silent_end(year)),
    )


def latest_days(ground: Ground) -> Mapping[str, date]:
    """The latest day on which a case can enter each state; a state missing here has no such day."""
    ends = ends_of(year_of(ground))
    return {} if ends.capped or ends.endless else ends.entered


@lru_cache(maxsize=8)
def ends_of(year: Year) -> Ends:
    """The latest end for every entry day of the year, through the real calendar and the real clocks."""
    definition = year.definition
    ways = course_from(definition, definition.initial, {})
    if ways is None:
        return Ends(capped=True)
    by_entry: dict[date, date | None] = {}
    opened, places = 0, [0] * len(ways.states)
    rests: set[str] = set()
    worst: tuple[int, Entry, Stay] | None = None
    tails: dict[int, Tails] = {}
    for entry in year.entries:
        stay = entry.clocks.stay(definition.initial, entry.at, entry.at, entry.at)
        # A case begins within its first day: the instant at which that day begins still counts as the one before.
        opened = max(opened, stay.began + 1)
        if stay.until is None:
            return Ends(rests=frozenset({definition.initial}))
        known = tails.setdefault(id(entry.clocks), {})
        found = latest(ways, entry.clocks, stay, phase=stay.began, opened=stay.began, known=known)
        if found.endless:
            found = _whole(ways, entry, stay)
            return Ends(
                endless=found.endless,
                trail=_days(year, found, found.trail_to(found.endless)),
                worst=entry.day,
            )
        rests |= found.rests
        places = list(map(max, places, found.entered))
        end = found.end()
        by_entry[entry.day] = _later(by_entry, entry.day, None if end is None else year.last_day(end))
        if end is not None and (worst is None or end > worst[0]):
            worst = (end, entry, stay)
    dated = _dated(year, ways, opened, places, _behind(definition, rests))
    if worst is None or rests:
        return Ends(by_entry=by_entry, entered=dated, rests=frozenset(rests))
    end, first, stay = worst
    found = _whole(ways, first, stay)
    return Ends(
        by_entry=by_entry,
        entered=dated,
        trail=_days(year, found, found.trail()),
        worst=first.day,
        latest=year.last_day(end),
    )


def _dated(year: Year, ways: Course, opened: int, places: list[int], unknown: set[str]) -> dict[str, date]:
    """The day of the latest entry of each state that is come to."""
    entered = {year.definition.initial: opened}
    for name, at in zip(ways.states, places, strict=True):
        if at:
            entered[name] = max(at, entered.get(name, 0))
    dated = {name: year.last_day(at) for name, at in entered.items() if name not in unknown}
    # A case begins within its first day, not at the end of the day before.
    first = year.definition.initial
    if first in dated:
        dated[first] = max(dated[first], year.day(entered[first]))
    return dated


def _whole(ways: Course, entry: Entry, stay: Stay) -> Latest:
    """The latest instants of one entry day, with the ways that lead to them."""
    return latest(ways, entry.clocks, stay, phase=stay.began, opened=stay.began)


def _later(known: Mapping[date, date | None], day: date, end: date | None) -> date | None:
    """The later of two ends of cases that begin on one day (in different groups of a timetable)."""
    before = known.get(day, end)
    return None if end is None or before is None else max(before, end)


def silent_end(year: Year) -> tuple[date, date] | None:
    """The latest day on which a case is over if nobody ever acts, and the entry day it has it from.

    None if such a case rests somewhere. A fork that a moment leads to is followed along every row.
    """
    worst: tuple[int, date] | None = None
    for entry in year.entries:
        waiting = [(year.definition.initial, entry.at, entry.at, entry.at)]
        seen = set(waiting)
        for name, at, phase, opened in waiting:
            state = year.definition.states[name]
            if state.final is not None:
                if worst is None or at > worst[0]:
                    worst = (at, entry.day)
                continue
            stay = entry.clocks.stay(name, at, phase, opened)
            if stay.until is None or len(seen) > MOST_PLACES:
                return None
            for one in state.transitions:
                if one.rule not in stay.rules:
                    continue
                for to in targets(year.definition, one.to):
                    same = year.definition.states[to].phase == state.phase
                    begun = stay.began if at == entry.at and phase == opened == at else opened
                    onward = (
                        to,
                        stay.until,
                        (stay.began if phase >= at else phase) if same else stay.until,
                        begun,
                    )
                    if onward not in seen:
                        seen.add(onward)
                        waiting.append(onward)
    return None if worst is None else (year.last_day(worst[0]), worst[1])


def _days(year: Year, found: Latest, trail: tuple[Taken, ...]) -> tuple[tuple[str, date], ...]:
    return tuple((found.state(one), year.last_day(one.at)) for one in trail)


def _behind(definition: Definition, rests: set[str]) -> set[str]:
    """States that are come to from a rest, which may last: no day can be named for them."""
    edges = {
        name: {
            to for one in state.transitions for text in (one.to, one.then) for to in targets(definition, text)
        }
        for name, state in definition.states.items()
    }
    return closure({to for name in rests for to in edges[name]}, edges)


def _summary(definition: Definition, ends: Ends, answer: Answer) -> Label:
    if answer == "refuted":
        return Label(
            id="ada kasus yang macet bila tidak ada yang bertindak", en="some case is stuck if nobody acts"
        )
    if answer == "not_proven":
        return Label(
            id="jalannya terlalu banyak untuk dijelajahi", en="there are too many ways to walk through"
        )
    if ends.latest is not None and ends.worst is not None:
        return both(
            "setiap kasus berakhir, paling lambat {latest} (kasus yang dibuka {worst})",
            "every case ends, at the latest on {latest} (a case opened on {worst})",
            latest=ends.latest,
            worst=ends.worst,
        )
    where = ends.endless or min(ends.rests, default=definition.initial)
    return both(
        "setiap kasus berakhir atau menunggu seseorang yang dapat dihubungi; hari terakhir tidak dapat disebut"
        " (“{state}”)",
        "every case ends or rests with somebody who can be reached; no last day can be named (“{state}”)",
        state=say_state(definition, where),
    )


def _facts(ends: Ends, silent: tuple[date, date] | None) -> Mapping[str, object]:
    told = {day.isoformat(): end.isoformat() for day, end in ends.by_entry.items() if end is not None}
    return {
        "latest_end": ends.latest.isoformat() if ends.latest else None,
        "worst_entry": ends.worst.isoformat() if ends.worst else None,
        "silent_end": silent[0].isoformat() if silent else None,
        "silent_worst_entry": silent[1].isoformat() if silent else None,
        "first_entry_end": next(iter(told.values()), None),
        "latest_entry_of_states": {name: day.isoformat() for name, day in sorted(ends.entered.items())},
        "rests": sorted(ends.rests),
        "way": [[name, day.isoformat()] for name, day in ends.trail],
        "entry_days": len(ends.by_entry),
    }


def _too_many(definition: Definition) -> Finding:
    return Finding(
        code="too_many_places",
        question="never_stuck",
        severity="unproven",
        path=state_path(definition, definition.initial),
        message=Label(
            id=f"lebih dari {MOST_PLACES} tempat yang dapat dicapai; hari terakhir tidak dihitung",
            en=f"more than {MOST_PLACES} places can be come to; no last day was worked out",
        ),
        suggestion=Label(id="kurangi `at_most`", en="lower `at_most`"),
    )
