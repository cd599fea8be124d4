"""Dates for stories that were told without: a case of the first period, whose people act at once and moments come.

A story is a way, not a forecast: where somebody acts, they act on the day the state opens to them; where a moment
moves the case, it does so on its day; what happens elsewhere happens at once. What is only said of the case is so on
the day it stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from engine.core.definition import At, Definition, Label
from engine.core.proof.dated import on_day
from engine.core.proof.entries import clocks_of, periods
from engine.core.proof.finding import Finding, Ground, Proof
from engine.core.proof.leading import way_to_place
from engine.core.proof.moves import Move
from engine.core.proof.stories import Dated, Told, tell
from engine.core.stays import Clocks, Stay
from engine.errors import CalendarInvalid

__all__ = ["dated"]


def dated(ground: Ground, proof: Proof) -> Proof:
    """The same answer, each line of its stories with the day on which it can be so."""
    findings = tuple(
        replace(finding, story=tuple(_dated(ground, finding))) if finding.story else finding
        for finding in proof.findings
    )
    return replace(proof, findings=findings)


def _dated(ground: Ground, finding: Finding) -> Iterator[Label]:
    """The lines with their days, as far as the calendar goes."""
    story = finding.story
    if not any(isinstance(line, Told | Dated) for line in story):
        story = (*tell(*way_to_place(ground.definition, finding.path)), *story)
    now = _Days(ground)
    day: date | None = None
    for line in story:
        if isinstance(line, Dated):
            day = line.day
            yield line
            continue
        try:
            day = now.passes(line) if isinstance(line, Told) else now.stands() or day
        except CalendarInvalid:
            yield line
            continue
        yield line if day is None else on_day(day, line)


class _Days:
    """The day it is in a story: one clock, and where each of the machines that it tells of stands."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._machines: dict[str, _Machine] = {}
        self._last: _Machine | None = None
        self._now = 0

    def passes(self, line: Told) -> date:
        """The day on which what a line tells comes to pass; time goes on to then."""
        if line.alone:
            self._machines.clear()
            self._now = 0
        here = self._last = self._machine(line.definition)
        day = here.opened_on
        for move in line.moves:
            day = here.goes(move, self._now)
            self._now = here.at
        return here.stands_on() if line.alone else day

    def stands(self) -> date | None:
        """The day on which the case stands where the last line left it; None if nothing was told yet."""
        return None if self._last is None else self._last.stands_on()

    def _machine(self, definition: Definition) -> _Machine:
        """Where a machine stands; it is opened when it is first told of."""
        found = self._machines.get(definition.digest)
        if found is None:
            first, last = periods(definition.period, self._ground.year)[0]
            clocks = next(clocks_of(definition, self._ground.calendar, first, last))
            found = self._machines[definition.digest] = _Machine(clocks, self._now)
            self._now = found.at
        return found


class _Machine:
    """A case, or a track of one, that goes its way: the state it stands in, and since when."""

    def __init__(self, clocks: Clocks, now: int) -> None:
        self._clocks = clocks
        self._here = clocks.definition.initial
        at = max(now, clocks.morning(clocks.case.period_from))
        self._opened = self._phase = self.at = clocks.stay(self._here, at, at, at).began
        self.opened_on = self._moved_on = self._day(self._opened)

    def stands_on(self) -> date:
        """The day from which it stands where it is."""
        if self._clocks.definition.states[self._here].final is not None:
            return self._moved_on
        return self._day(self._clocks.stay(self._here, self.at, self._phase, self._opened).began)

    def goes(self, move: Move, now: int) -> date:
        """The day of a move that is made no sooner than now."""
        stay = self._clocks.stay(move.source, self.at, self._phase, self._opened)
        until = _moment(stay, move) if isinstance(move.way.trigger, At) else None
        at = max(stay.began, self.at, now)
        # A moment is the end of its day, an act lies within the day it is done on.
        self._moved_on = self._day(until - 1 if until is not None and until > at else at)
        self.at = at if until is None else max(at, until)
        states = self._clocks.definition.states
        if states[move.target].phase != states[move.source].phase:
            self._phase = self.at
        self._here = move.target
        return self._moved_on

    def _day(self, at: int) -> date:
        return self._clocks.calendar.date_of(at, self._clocks.case.zone)


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
