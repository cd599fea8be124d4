"""The ledger of a clock: the one place where a due day is counted, and what it says of how it came to it.

A clock keeps what happened to it: what it counts from, the time it was granted, the times it stood still. From that,
its rule and a calendar `reckon` counts its last day, the same way whether it is armed, extended, runs on, or is
counted again with another calendar; asked to, it tells every line of the sum.

Lines are taken in the order of their entries. A day off moves a due day, never what is counted on from: pauses are
exact together, in the unit of the rule. Granted time counts from the due day or, once that has passed, from the day
it was granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from engine.core.calendar import Calendar
from engine.core.case import Case, Deadline
from engine.core.clock_history import Carried, Grant, Interval, Stand, stood
from engine.core.clock_rules import TASK, last_day, named_day, unit_of
from engine.core.codec import replace
from engine.core.definition import At, Due
from engine.core.moments import Duration, Moment, Offset

__all__ = [
    "Balance",
    "Line",
    "arithmetic",
    "carry",
    "late_since",
    "reckon",
]

_WORKED = "working days"

Kind = Literal[
    "basis", "counted", "named", "least", "rolled", "granted", "stood", "rest", "carried", "stands", "due"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the sum: what was counted from which day, and the `day` that came of it.

    `granted` and `stood` say when, why and by which entry; `carried` by which calendar (`why`).
    """

    kind: Kind
    day: date
    counted_from: date | None = None
    span: Duration | None = None
    moment: Moment | None = None
    why: tuple[str, ...] = ()
    on: date | None = None
    until: date | None = None
    entry: int = 0


class Balance(NamedTuple):
    """Where a clock stands: its last day, and the day its count comes to before a day off moves it."""

    due: date
    counted: date


_Tell = Callable[[Line], None]


def reckon(
    rule: Due | At, case: Case, clock: Deadline, calendar: Calendar, tell: _Tell | None = None
) -> Balance:
    """The last day of a clock by its rule and what happened to it.

    Raises:
        CalendarInvalid: the rule counts from what there is not, or beyond the last year of the calendar.

    """
    carried = clock.carried
    if carried is None:
        balance = _first(rule, case, clock.basis_on, calendar, tell)
    else:
        balance = Balance(carried.due_on, carried.due_on)
        if tell is not None:
            tell(Line(kind="carried", day=carried.due_on, why=(carried.calendar,), entry=carried.entry))
    if clock.grants or clock.stands:
        sums = _Sums(rule, case, clock, calendar, tell)
        for event in _events(clock, since=0 if carried is None else carried.entry):
            balance = sums.granted(balance, event) if isinstance(event, Grant) else sums.stood(balance, event)
    return balance


def arithmetic(rule: Due | At, case: Case, clock: Deadline, calendar: Calendar) -> tuple[Line, ...]:
    """How a clock came to its due day, line by line; the last line is always that day.

    Where this calendar comes to another day than the one the clock was counted with, its own day stays, and the line
    before the last says by which calendar.
    """
    lines: list[Line] = []
    if reckon(rule, case, clock, calendar, lines.append).due != clock.due_on:
        lines.append(Line(kind="carried", day=clock.due_on, why=(clock.calendar,)))
    if clock.paused_at is not None:
        since = calendar.date_of(clock.paused_at + 1, case.zone)
        lines.append(Line(kind="stands", day=clock.due_on, why=clock.holds, on=since))
    return (*lines, Line(kind="due", day=clock.due_on))


def carry(rule: Due | At, case: Case, clock: Deadline, calendar: Calendar, entry: int) -> Deadline:
    """The clock as it stood after an entry, before anything is added: nothing else moves it by the way.

    Where this calendar comes to another day than the one the clock has, that one is carried forward.
    """
    if reckon(rule, case, clock, calendar).due == clock.due_on:
        return clock
    return replace(clock, carried=Carried(due_on=clock.due_on, entry=entry, calendar=clock.calendar))


def late_since(case: Case, clock: Deadline, calendar: Calendar, now: int) -> date | None:
    """The due day, if a clock had run past it by now or when it stopped; None while there is time."""
    stopped = clock.paused_at
    ran_until = calendar.date_of(now if stopped is None else stopped, case.zone)
    return clock.due_on if ran_until > clock.due_on else None


def _first(rule: Due | At, case: Case, basis: date, calendar: Calendar, tell: _Tell | None) -> Balance:
    """What the rule alone comes to."""
    due = last_day(rule, case, basis, calendar)
    span = rule.within if isinstance(rule, Due) else None
    if span is not None:
        counted = calendar.add(basis, span.amount, span.unit)
    else:
        moment = rule.date if isinstance(rule, Due) else rule.moment
        assert moment is not None
        counted = named_day(moment, case, calendar, basis, None)
    if tell is not None:
        _tell_first(rule, basis, counted, due, calendar, tell)
    if rule.at_least is not None:
        counted = max(counted, calendar.add(basis, rule.at_least.amount, rule.at_least.unit))
    return Balance(due, counted)


def _tell_first(
    rule: Due | At, basis: date, counted: date, due: date, calendar: Calendar, tell: _Tell
) -> None:
    tell(Line(kind="basis", day=basis))
    moment = rule.date if isinstance(rule, Due) else rule.moment
    span = rule.within if isinstance(rule, Due) else None
    if span is None and isinstance(moment, Offset) and moment.anchor == "entry" and moment.side == "after":
        span = moment.duration
    if span is not None:
        tell(Line(kind="counted", day=counted, counted_from=basis, span=span))
    else:
        tell(Line(kind="named", day=counted, moment=moment))
    day = counted
    if rule.at_least is not None and due > calendar.roll(counted, rule.day_off):
        day = calendar.add(basis, rule.at_least.amount, rule.at_least.unit)
        tell(Line(kind="least", day=day, counted_from=basis, span=rule.at_least))
    if day != due:
        tell(Line(kind="rolled", day=due, counted_from=day))


def _events(clock: Deadline, since: int) -> list[Grant | Interval]:
    """What happened to a clock after an entry, in the order of the entries; a pause counts when it is over."""
    found: list[tuple[int, Grant | Interval]] = [
        (run.over, run) for run in stood(clock.stands) if run.over > since
    ]
    found += [(grant.entry, grant) for grant in clock.grants if grant.entry > since]
    return [event for _, event in sorted(found, key=lambda one: one[0])]


class _Sums:
    """What a grant and a pause make of a balance."""

    __slots__ = ("calendar", "clock", "day_off", "rule", "tell", "unit", "zone")

    def __init__(
        self, rule: Due | At, case: Case, clock: Deadline, calendar: Calendar, tell: _Tell | None
    ) -> None:
        self.rule, self.clock, self.calendar, self.tell = rule, clock, calendar, tell
        self.unit, self.day_off, self.zone = unit_of(rule), rule.day_off, case.zone

    def granted(self, before: Balance, grant: Grant) -> Balance:
        """More time: from the due day, or from the day it was granted if the clock had run out by then."""
        start = before.due if before.due >= self._ran_until(grant) else grant.on
        counted = self.calendar.add(start, grant.amount, grant.unit)
        due = self.calendar.roll(counted, "next")
        if self.tell is not None:
            span = Duration(grant.amount, grant.unit)
            line = Line(
                kind="granted", day=counted, counted_from=start, span=span, on=grant.on, entry=grant.entry
            )
            self.tell(line)
            self._rolled(counted, due)
        return Balance(due, counted)

    def _ran_until(self, grant: Grant) -> date:
        """The day a clock ran to when it was granted time: that day, or the one on which it had stopped."""
        then = (
            stand
            if stand.over < grant.entry
            else Stand(kind=stand.kind, from_at=stand.from_at, entry=stand.entry)
            for stand in self.clock.stands
            if stand.entry < grant.entry
        )
        for run in stood(tuple(then)):
            if not run.over:
                return self.calendar.date_of(run.from_at, self.zone)
        return grant.on

    def stood(self, before: Balance, run: Interval) -> Balance:
        """As much later as it stood still. What was left of the day it stopped on is given back.

        A task ends no earlier than the next working day does, and a count of working days neither.
        """
        calendar = self.calendar
        first, last = (calendar.date_of(at, self.zone) for at in (run.from_at, run.to_at))
        if self.unit == _WORKED:
            span = Duration(calendar.working_days_between(first, last), _WORKED)
            start = before.due
            due = counted = calendar.add(start, span.amount, _WORKED)
        else:
            span, start = Duration((last - first).days, "days"), before.counted
            counted = calendar.add(start, span.amount, "days")
            due = calendar.roll(counted, self.day_off)
        if self.tell is not None:
            self.tell(
                Line(
                    kind="stood", day=counted, counted_from=start, span=span, why=run.kinds,
                    on=calendar.date_of(run.from_at + 1, self.zone), until=last, entry=run.over,
                )
            )  # fmt: skip
            self._rolled(counted, due)
        rest = calendar.roll(last, "next")
        in_time = before.due >= first and (self.clock.name == TASK or self.unit == _WORKED)
        if in_time and due < rest:
            due = rest
            if self.tell is not None:
                self.tell(Line(kind="rest", day=rest, on=first, until=last))
        return Balance(due, counted if self.unit != _WORKED else due)

    def _rolled(self, counted: date, due: date) -> None:
        if self.tell is not None and counted != due:
            self.tell(Line(kind="rolled", day=due, counted_from=counted))
