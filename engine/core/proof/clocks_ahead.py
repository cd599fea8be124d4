"""Clocks that cannot be meant: rungs that never ring, moments always past, time taken from those not yet late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from engine.core.case import Alarm
from engine.core.definition import At, Due, State, Transition
from engine.core.proof import clock_findings as say
from engine.core.proof.arrivals import Arrival, due_clock
from engine.core.proof.endings import ends_of
from engine.core.proof.entries import Entry, Year
from engine.core.proof.finding import Finding
from engine.core.proof.placing import state_path, way_path
from engine.core.stays import Clocks, Stay

__all__ = ["check_clocks"]

_DAY = timedelta(days=1)
#: a state that can be entered on more days than this is looked at on so many, from its first
_MOST_DAYS = 800
_Found = Mapping[str, Arrival]


def check_clocks(year: Year) -> Iterator[Finding]:
    """Everything found about the clocks of states, on every day of the year a state can be entered."""
    on_due, first = year.on_due, year.soonest[0][1]
    latest = ends_of(year).entered
    for state in year.definition.states.values():
        if state.final is None:
            spans = _spans(year, state.name, latest.get(state.name))
            yield from _never(year, state, spans)
            yield from _together(year, state, spans)
            yield from _taken(year, state, on_due)
            yield from _born_late(year, state, on_due)
            yield from _pushed(year, state, first)
    yield from _pushed_phases(year, first)


class _Span:
    """The days on which a state can be entered in cases of one period, with its stay from each."""

    def __init__(self, clocks: Clocks, state: str, low: date, high: date) -> None:
        self._clocks, self._state, self.low, self.high = clocks, state, low, high

    def __iter__(self) -> Iterator[tuple[date, Stay]]:
        for number in range(min((self.high - self.low).days + 1, _MOST_DAYS)):
            day = self.low + number * _DAY
            at = self._clocks.morning(day)
            yield day, self._clocks.stay(self._state, at, at, at)


def _spans(year: Year, state: str, latest: date | None) -> list[_Span]:
    spans: dict[int, _Span] = {}
    for entry, found in year.soonest:
        if state in found:
            day = year.day(found[state].at)
            span = spans.setdefault(id(entry.clocks), _Span(entry.clocks, state, day, day))
            span.low, span.high = min(span.low, day), max(span.high, day)
    if latest is not None and len(spans) == 1:
        for span in spans.values():
            span.high = max(span.high, latest)
    return list(spans.values())


def _never(year: Year, state: State, spans: Iterable[_Span]) -> Iterator[Finding]:
    """Rungs that never ring, moments that are always past, a task that is always due before it opens."""
    first: date | None = None
    silent: set[tuple[str, int]] = set()
    past: set[str] = set()
    closed = True
    for day, stay in (one for span in spans for one in span):
        unheard = set(_unheard(year, stay))
        over = {alarm.what for alarm in _moves(stay) if alarm.at <= stay.began}
        clock = due_clock(stay)
        silent, past = (unheard, over) if first is None else (silent & unheard, past & over)
        closed = closed and clock is not None and clock.due_at <= stay.began
        first = first or day
        if not (silent or past or closed):
            return
    if first is None:
        return
    if closed:
        yield say.due_before_opening(year, state, first)
        return
    for ladder, number in sorted(silent):
        yield say.rung_never_rings(year, state, ladder, number, first)
    for rule in sorted(past):
        yield say.always_past(year, state, rule, first)


def _unheard(year: Year, stay: Stay) -> Iterator[tuple[str, int]]:
    """The rungs that do not ring in this stay, however silent its holder is."""
    for one in stay.deadlines:
        if one.ladder:
            rings = {
                int(alarm.what)
                for alarm in one.alarms
                if alarm.kind == "rung" and (stay.until is None or alarm.at < stay.until)
            }
            for number in range(len(year.definition.ladders[one.ladder].rungs)):
                if number not in rings:
                    yield one.ladder, number


def _moves(stay: Stay) -> Iterator[Alarm]:
    return (alarm for one in stay.deadlines for alarm in one.alarms if alarm.kind == "move")


def _together(year: Year, state: State, spans: Iterable[_Span]) -> Iterator[Finding]:
    """Two moments of one scope that fall on one instant: which comes first would be chance."""
    moving = [way for way in state.transitions if isinstance(way.trigger, At)]
    rivals = [
        (one, other)
        for one, other in combinations(moving, 2)
        if _scope(one) == _scope(other) and one.to != other.to
    ]
    if not rivals:
        return
    met: dict[tuple[str, str], list[date]] = {}
    for day, stay in (one for span in spans for one in span):
        at = {alarm.what: alarm.at for alarm in _moves(stay)}
        for one, other in rivals:
            # Both past is the same: they would come at once.
            both_due = (
                max(at.get(one.rule, 0), stay.began) == max(at.get(other.rule, 0), stay.began) == stay.until
            )
            if both_due and at.get(one.rule) == at.get(other.rule):
                met.setdefault((one.rule, other.rule), []).append(day)
    for (one_rule, other_rule), days in met.items():
        yield say.timers_coincide(year, state, one_rule, other_rule, days)


def _scope(way: Transition) -> str:
    return way.trigger.scope if isinstance(way.trigger, At) else ""


def _taken(year: Year, state: State, on_due: Iterable[_Found]) -> Iterator[Finding]:
    """Moments that take a task from somebody whose due day has not come, though all before were on time.

    A moment of a phase or a case without a minimum is meant to end what is under way: it only has to leave time to
    the first case of the year.
    """
    hit: dict[str, list[tuple[Entry, _Found]]] = {}
    for number, (entry, found) in enumerate(zip(year.entries, on_due, strict=True)):
        stay = _stay(entry, found, state)
        clock = due_clock(stay) if stay is not None else None
        if stay is None or clock is None or stay.until is None or not stay.began < stay.until < clock.due_at:
            continue
        for way in state.transitions:
            if way.rule in stay.rules and isinstance(way.trigger, At):
                meant = way.trigger.scope == "visit" or way.trigger.at_least is not None
                if meant or number == 0:
                    hit.setdefault(way.rule, []).append((entry, found))
    for rule, cases in hit.items():
        yield say.timer_takes_work(year, state, rule, cases)


def _born_late(year: Year, state: State, on_due: Iterable[_Found]) -> Iterator[Finding]:
    """Due dates already past when the state is entered, though all before were on time."""
    due = _due(state)
    if due is None or due.date is None or due.at_least is not None:
        return
    late = []
    for entry, found in zip(year.entries, on_due, strict=True):
        stay = _stay(entry, found, state)
        clock = due_clock(stay) if stay is not None else None
        if stay is not None and clock is not None and clock.due_at <= stay.began:
            late.append((entry, found))
    if 0 < len(late) < len(year.entries):  # all of them is another finding
        yield say.born_late(year, state, late)


def _pushed(year: Year, state: State, found: _Found) -> Iterator[Finding]:
    """Dates that never count: their own minimum is longer than the time up to them, even for the first case."""
    arrival, clocks = found.get(state.name), year.entries[0].clocks
    if arrival is None:
        return
    stay = clocks.stay(state.name, arrival.at, arrival.phase, year.entries[0].at)
    due = _due(state)
    path = state_path(year.definition, state.name)
    rules: list[tuple[Due | At, tuple[str | int, ...], int]] = []
    if due is not None:
        rules.append((due, (*path, "task" if state.task else "gather", "due"), stay.began))
    rules += [
        (way.trigger, way_path(year.definition, way), stay.began)
        for way in state.transitions
        if isinstance(way.trigger, At) and way.trigger.scope == "visit"
    ]
    for rule, where, began in rules:
        days = clocks.spread(rule, began)
        if days is not None and days[1] > days[0]:
            yield say.window_too_short(where, year.day(began), *days)


def _pushed_phases(year: Year, found: _Found) -> Iterator[Finding]:
    clocks = year.entries[0].clocks
    for name, phase in year.definition.phases.items():
        entered = [found[state].phase for state in phase.states if state in found]
        days = clocks.spread(phase.due, min(entered)) if phase.due is not None and entered else None
        if days is not None and days[1] > days[0]:
            yield say.window_too_short(("phases", name, "due"), year.day(min(entered)), *days)


def _due(state: State) -> Due | None:
    return (
        state.task.due if state.task is not None else state.gather.due if state.gather is not None else None
    )


def _stay(entry: Entry, found: _Found, state: State) -> Stay | None:
    arrival = found.get(state.name)
    if arrival is None:
        return None
    return entry.clocks.stay(state.name, arrival.at, arrival.phase, entry.at)
