"""Never stuck: if nobody ever acts, every case ends or rests with somebody; and by which day it must be over.

Each definition is proven alone: what other cases do is a fact that may never come, so a moment must stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.definition import At, Definition, EmployeeFact, Label, Ladder, State, Transition, Upon
from engine.core.horizon import Latest, course, targets
from engine.core.parse.dues import reaches_somebody
from engine.core.proof.dated import both, state_label, tell_dated
from engine.core.proof.entries import Year, year_of
from engine.core.proof.finding import Finding, Ground, Proof

__all__ = ["Ends", "ends_of", "latest_days", "prove_never_stuck"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """By which day cases are over. `by_entry` has one day for each entry day; None where no day can be named."""

    by_entry: Mapping[date, date | None]
    #: the latest day on which any case enters each state
    entered: Mapping[str, date]
    #: states that only people leave; a state where a loop goes on for ever
    rests: frozenset[str]
    endless: str
    #: the way to the latest end of the worst entry day
    trail: tuple[tuple[str, date], ...]
    worst: date | None
    latest: date | None
    #: the caps make more ways than were walked
    capped: bool = False


def prove_never_stuck(ground: Ground) -> Proof:
    """Whether every case ends or rests with somebody if nobody acts; `facts` has the latest end and per state."""
    definition = ground.definition
    findings = [*_stuck(definition), *_turning(definition)]
    year = year_of(ground)
    ends = _silent_tracks(ground, findings) or ends_of(year)
    if ends.capped:
        findings.append(_unproven(definition))
    if ends.endless:
        findings.append(_endless(definition, ends))
    refuted = any(one.severity == "error" for one in findings)
    answer = "refuted" if refuted else "not_proven" if ends.capped or ends.endless else "proven"
    return Proof(
        question="never_stuck",
        answer=answer,
        summary=_summary(definition, ends, refuted=refuted),
        findings=tuple(findings),
        facts=_facts(ends),
    )


def latest_days(ground: Ground) -> Mapping[str, date]:
    """The latest day on which a case can enter each state; a state missing here has no such day."""
    ends = ends_of(year_of(ground))
    return {} if ends.capped or ends.endless else ends.entered


def ends_of(year: Year) -> Ends:
    """The latest end for every entry day of the year, through the real calendar and the real clocks."""
    definition = year.definition
    ways = course(definition, definition.initial, {})
    if ways is None:
        nothing: Mapping[date, date | None] = {}
        return Ends(
            by_entry=nothing, entered={}, rests=frozenset(), endless="", trail=(), worst=None, latest=None, capped=True
        )
    by_entry: dict[date, date | None] = {}
    entered: dict[str, int] = {}
    rests: set[str] = set()
    worst: tuple[int, date, Latest] | None = None
    for entry in year.entries:
        stay = entry.clocks.stay(definition.initial, entry.at, entry.at, entry.at)
        entered[definition.initial] = max(entered.get(definition.initial, 0), stay.began)
        if stay.until is None:
            rests.add(definition.initial)
        first = stay.until if stay.until is not None else stay.began
        found = ways.latest(entry.clocks, first=first, phase=stay.began, opened=stay.began)
        rests |= found.rests
        if found.endless:
            return Ends(
                by_entry=by_entry, entered={}, rests=frozenset(rests), endless=found.endless,
                trail=_days(year, found.trail_to(found.endless)), worst=entry.day, latest=None,
            )  # fmt: skip
        for name, at in found.by_state().items():
            entered[name] = max(at, entered.get(name, 0))
        end = found.end(definition) if stay.until is not None else None
        by_entry[entry.day] = None if end is None else year.last_day(end)
        if end is not None and (worst is None or end > worst[0]):
            worst = (end, entry.day, found)
    named = worst is not None and not rests
    return Ends(
        by_entry=by_entry,
        entered={name: year.last_day(at) for name, at in entered.items()},
        rests=frozenset(rests),
        endless="",
        trail=_days(year, worst[2].trail(definition)) if worst is not None and named else (),
        worst=worst[1] if worst is not None and named else None,
        latest=year.last_day(worst[0]) if worst is not None and named else None,
    )
