"""Promises with a day in them: how late it can be, if nobody hurries, and if everybody does their task by its due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from engine.core.arming import TASK
from engine.core.course import Course, course_from
from engine.core.definition import AlwaysAfter, By, Definition, EndsBy
from engine.core.horizon import Latest, Taken, latest
from engine.core.moments import day_of
from engine.core.parse.graph import leads_on
from engine.core.proof.arrivals import arrivals
from engine.core.proof.entries import clocks_of, periods
from engine.core.proof.finding import Ground
from engine.core.proof.late_runs import gone
from engine.core.proof.moves import Move, moves_of
from engine.core.stays import Clocks, Stay

__all__ = ["Verdict", "Worst", "ends_by", "follows_within"]

Verdict = Literal["always", "if_done_by_due", "no", "not_proven"]

#: after the period, so many more days on which something may begin
_AFTER = 400
#: where a way that keeps a promise leads in the copy of the definition that is walked
_KEPT = "kept"
_DAY = timedelta(days=1)


class Dutiful(Clocks):
    """Clocks of cases whose people do their tasks on the last day: a task is over when it is due."""

    def stay(self, name: str, entered: int, phase: int, opened: int) -> Stay:
        """The stay, ended by its task's due time if no moment ends it earlier."""
        stay = super().stay(name, entered, phase, opened)
        due = next((one.due_at for one in stay.deadlines if one.name == TASK), None)
        if due is None or (stay.until is not None and stay.until <= due) or not self._done_by_hand(name):
            return stay
        return Stay(stay.began, max(due, stay.began), max(due, stay.began), frozenset(), stay.deadlines)

    def _done_by_hand(self, name: str) -> bool:
        """Whether a person's act, not only a moment, ends the work of a state."""
        return any(
            isinstance(one.trigger, By) and leads_on(one) for one in self.definition.states[name].transitions
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """A case for which it is too late: since when, by when it should be, when it is (None: no day can be named).

    `way` are the moves it goes from the state it begins in, each with its day.
    """

    state: str
    since: date
    limit: date
    late: date | None
    way: tuple[tuple[Move, date], ...] = ()
    rests: str = ""


def ends_by(ground: Ground, promise: EndsBy) -> tuple[Verdict, Worst | None]:
    """Whether every case, whenever it begins in the year, ends by that day; and the case for which it does not."""
    return _both_ways(ground, Walked(ground.definition, frozenset()), _entries(ground, promise))


def follows_within(
    ground: Ground, promise: AlwaysAfter, starts: tuple[str, ...], keeping: frozenset[Move]
) -> tuple[Verdict, Worst | None]:
    """Whether what is promised follows in time, from whichever day one of the states `starts` is entered on."""
    walked = Walked(_cut(ground.definition, promise, keeping), keeping)
    return _both_ways(ground, walked, _days(ground, promise, starts))


class Walked:
    """The definition that is walked, and the moves its ways are told as; a way that keeps the promise as itself."""

    def __init__(self, definition: Definition, keeping: frozenset[Move]) -> None:
        self.definition = definition
        self.moves: dict[tuple[str, str], Move] = {}
        for move in (*moves_of(definition), *sorted(keeping, key=lambda one: (one.worn, one.target))):
            to = _KEPT if move in keeping else move.target
            if (move.way.rule, to) not in self.moves or self.moves[move.way.rule, to].target == _KEPT:
                self.moves[move.way.rule, to] = move


#: a case that stands in a state since a day, of this period, and the last day that is still in time
_Case = tuple[str, date, tuple[date, date], date]


def _entries(ground: Ground, promise: EndsBy) -> Iterator[_Case]:
    for period in periods(ground.definition.period, ground.year):
        limit = day_of(promise.date, calendar=ground.calendar, period_from=period[0], period_to=period[1])
        day = period[0]
        while day <= period[1]:
            yield ground.definition.initial, day, period, limit
            day += _DAY


def _days(ground: Ground, promise: AlwaysAfter, starts: tuple[str, ...]) -> Iterator[_Case]:
    assert promise.within is not None
    amount, unit = promise.within.amount, promise.within.unit
    for period in periods(ground.definition.period, ground.year):
        first = _first_days(ground, period)
        day = period[0]
        while day <= period[1] + _AFTER * _DAY:
            limit = ground.calendar.add(day, amount, unit)
            for state in starts:
                if day >= first.get(state, day):
                    yield state, day, period, limit
            day += _DAY


def _first_days(ground: Ground, period: tuple[date, date]) -> dict[str, date]:
    """The first day each state can be entered on in a case of this period, everybody acting at once.

    What opens later than a case begins (`not_before`) is not looked at on days on which no case can be there.
    """
    days: dict[str, date] = {}
    for clocks in clocks_of(ground.definition, ground.calendar, *period):
        at = ground.calendar.start_of(period[0], clocks.case.zone)
        for name, arrival in arrivals(clocks, ground.definition.initial, at, by_due=False).items():
            day = ground.calendar.date_of(arrival.at, clocks.case.zone)
            days[name] = min(day, days.get(name, day))
    return days


def _both_ways(ground: Ground, walked: Walked, cases: Iterator[_Case]) -> tuple[Verdict, Worst | None]:
    """First as late as can be, then, if that is too late, with every task done by its due."""
    told = tuple(cases)
    if not told:
        return "not_proven", None
    kinds: tuple[tuple[type[Clocks], Verdict], ...] = ((Clocks, "always"), (Dutiful, "if_done_by_due"))
    found: Worst | Literal["not_proven"] | None = None
    for kind, verdict in kinds:
        found = _worst(ground, walked, told, kind)
        if found is None:
            return verdict, None
    return ("no", found) if isinstance(found, Worst) else ("not_proven", None)


def _worst(
    ground: Ground, walked: Walked, cases: tuple[_Case, ...], kind: type[Clocks]
) -> Worst | Literal["not_proven"] | None:
    """The first case that really is too late; None if none is; "not proven" if there are too many ways, or doubt."""
    courses: dict[str, Course | None] = {}
    clocks: dict[tuple[date, date], tuple[Clocks, ...]] = {}
    doubt = False
    for state, day, period, limit in cases:
        if state not in courses:
            courses[state] = course_from(walked.definition, state, {})
        course = courses[state]
        if course is None:
            return "not_proven"
        if period not in clocks:
            clocks[period] = tuple(clocks_of(walked.definition, ground.calendar, *period, kind=kind))
        for one in clocks[period]:
            late = _late(walked, course, one, (state, day, limit))
            if isinstance(late, Worst):
                return late
            doubt = doubt or late is not None
    return "not_proven" if doubt else None


def _late(
    walked: Walked, course: Course, clocks: Clocks, case: tuple[str, date, date]
) -> Worst | Literal["perhaps"] | None:
    """A case that is too late, the run gone; "perhaps" if it might be and no run is known that is."""
    state, day, limit = case
    if clocks.definition.states[state].final is not None:
        return None
    zone = clocks.case.zone
    at = clocks.calendar.start_of(day, zone)
    stay = clocks.stay(state, at, at, at)
    if stay.until is None:
        return Worst(state=state, since=day, limit=limit, late=None, rests=state)
    found = latest(course, clocks, stay, phase=stay.began, opened=stay.began)
    end = found.end()
    if end is None:
        trail = found.trail_to(found.endless or min(found.rests))
        way = _way(walked, clocks, found, trail, (state, at), date.min)
        rests = found.state(trail[-1])
        return Worst(state=state, since=day, limit=limit, late=None, rests=rests, way=way)
    if clocks.calendar.date_of(end - 1, zone) <= limit:
        return None
    way = _way(walked, clocks, found, found.trail(), (state, at), limit)
    if not way:
        return "perhaps"
    return Worst(state=state, since=day, limit=limit, late=way[-1][1], way=way)


def _way(
    walked: Walked,
    clocks: Clocks,
    found: Latest,
    trail: tuple[Taken, ...],
    begun: tuple[str, int],
    limit: date,
) -> tuple[tuple[Move, date], ...]:
    """The moves of a run that can be gone and is too late, with their days; () if there is none."""
    zone = clocks.case.zone
    for before in (1, 0):
        way = tuple(
            (walked.moves[one.rule, one.to], clocks.calendar.date_of(max(one.at - 1, begun[1]), zone))
            for one in gone(clocks, found, trail, *begun, before=before)
        )
        if way and way[-1][1] > limit:
            return way
    return ()


def _cut(definition: Definition, promise: AlwaysAfter, keeping: frozenset[Move]) -> Definition:
    """A copy in which a case is over as soon as the promise is kept; what ends a case from outside is left out."""
    over = definition.states[next(name for name, one in definition.states.items() if one.final is not None)]
    states = {}
    for name, state in definition.states.items():
        ways = []
        for way in state.transitions:
            mine = [move for move in keeping if move.way is way]
            if mine:
                ways.append(replace(way, to=_KEPT, then=None, at_most=None))
            elif leads_on(way):
                ways.append(way)
        states[name] = replace(state, transitions=tuple(ways))
    if promise.always in states:
        kept = replace(states[promise.always], transitions=(), task=None, gather=None, final="complete")
        states[promise.always] = kept
    states[_KEPT] = replace(over, name=_KEPT)
    return replace(definition, states=states)
