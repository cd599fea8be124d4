"""Dates for stories that were told without: a case of the first period, whose people act at once and moments come.

A story is a way, not a forecast: where somebody acts, they act on the day the state opens to them; where a moment
moves the case, it does so on its day; what happens elsewhere happens at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from engine.core.definition import At, Definition, Label
from engine.core.proof.dated import both
from engine.core.proof.entries import clocks_of, periods
from engine.core.proof.finding import Finding, Ground, Proof
from engine.core.proof.moves import Move
from engine.core.proof.stories import Told
from engine.core.stays import Clocks, Stay
from engine.errors import CalendarInvalid

__all__ = ["dated"]


def dated(ground: Ground, proof: Proof) -> Proof:
    """The same answer, its stories with the days on which what they tell can happen."""
    if not any(isinstance(line, Told) for finding in proof.findings for line in finding.story):
        return proof
    findings = tuple(replace(finding, story=_dated(ground, finding)) for finding in proof.findings)
    return replace(proof, findings=findings)


def _dated(ground: Ground, finding: Finding) -> tuple[Label, ...]:
    told = [line for line in finding.story if isinstance(line, Told)]
    if not told:
        return finding.story
    days = iter(_days(ground, told[0].definition, [line.move for line in told]))
    lines: list[Label] = []
    for line in finding.story:
        day = next(days, None) if isinstance(line, Told) else None
        lines.append(line if day is None else both("{day}: {told}", "{day}: {told}", day=day, told=line))
    return tuple(lines)


def _days(ground: Ground, definition: Definition, moves: Sequence[Move | None]) -> Iterator[date]:
    """The day of each line; they end where the calendar does."""
    first, last = periods(definition.period, ground.year)[0]
    clocks = next(clocks_of(definition, ground.calendar, first, last))
    try:
        yield from _walked(ground, clocks, moves)
    except CalendarInvalid:
        return


def _moment(stay: Stay, move: Move) -> int | None:
    """When the moment of a move comes in this stay."""
    rule = move.way.rule
    found = [
        alarm.at
        for one in stay.deadlines
        for alarm in one.alarms
        if (alarm.kind, alarm.what) == ("move", rule)
    ]
    return max(found[0], stay.began) if found else stay.until


def _walked(ground: Ground, clocks: Clocks, moves: Sequence[Move | None]) -> Iterator[date]:
    calendar, zone = ground.calendar, clocks.case.zone
    states = clocks.definition.states
    here = clocks.definition.initial
    at = calendar.start_of(clocks.case.period_from, zone)
    opened = phase = clocks.stay(here, at, at, at).began
    at = opened
    for move in moves:
        if move is None:
            yield calendar.date_of(opened, zone)
            continue
        here = move.source
        stay = clocks.stay(here, at, phase, opened)
        until = _moment(stay, move) if isinstance(move.way.trigger, At) else None
        at = max(stay.began, at)
        # A moment is the end of its day, an act lies within the day it is done on.
        yield calendar.date_of((until - 1) if until is not None and until > at else at, zone)
        at = max(at, until) if until is not None else at
        if states[move.target].phase != states[here].phase:
            phase = at
