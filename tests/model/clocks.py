"""A clock as the model has it: what happened to it, and the day that comes of it, counted day by day.

Time is in hours: `day.toordinal() * 24 + hour` on the wall of the case's office. A day is over at its 24th hour.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from tests.model.days import Days
from tests.model.rules import LADDERS, LONGEST, WORKED, Rule

HOURS = 24


#: so long before an hour lies what is just before it
JUST_BEFORE = 0.5


def start(day: date) -> int:
    """The hour at which a day begins."""
    return day.toordinal() * HOURS


def over(day: date) -> int:
    """The hour at which a day is over."""
    return (day.toordinal() + 1) * HOURS


def day_of(hour: float) -> date:
    """The day of an hour."""
    return date.fromordinal(int(hour // HOURS))


class Alarm(NamedTuple):
    """What happens by itself, and when."""

    at: int
    kind: str
    what: str


class Granted(NamedTuple):
    """Days given on a day; the clock had run until then, or until it stopped."""

    amount: int
    unit: str
    on: date
    ran_until: date


class Stood(NamedTuple):
    """A time without a break for which it stood still."""

    first: date
    last: date


#: why a clock stands still while its unit is down, and what the clock is called that ends it
DOWN = "outage"
UNIT = "the unit is down"


class Stop(NamedTuple):
    """A time for which it stood still for a reason; without an end it still does."""

    reason: str
    since: float
    to: float | None = None


class Sum(NamedTuple):
    """The due day, and the day the count came to before a day off moved it."""

    due: date
    counted: date


@dataclass
class Clock:
    """A clock that runs, or stands."""

    name: str
    scope: str
    rule: Rule | None
    basis: date
    due: date
    alarms: list[Alarm] = field(default_factory=list)
    generation: int = 1
    fired: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    missed: list[date] = field(default_factory=list)
    #: the day it is counted on from, and after how many events, when its rule alone does not come to it
    carried: tuple[date, int] | None = None
    happened: list[Granted | Stood] = field(default_factory=list)
    #: every time it stood still, and since when it does without a break
    stops: list[Stop] = field(default_factory=list)
    stopped: float | None = None
    #: when it was armed
    since: int = 0

    def ran_until(self, now: int) -> date:
        """The day it ran to: today, or the one on which it stopped."""
        return day_of(now if self.stopped is None else self.stopped)

    def is_late(self, now: int) -> bool:
        """Whether it had run out by then."""
        return self.ran_until(now) > self.due

    @property
    def reasons(self) -> list[str]:
        """Why it stands still."""
        return [one.reason for one in self.stops if one.to is None]

    def hold(self, reason: str, since: float) -> None:
        """It stands still, for one more reason."""
        self.stopped = since if self.stopped is None else min(self.stopped, since)
        self.stops.append(Stop(reason, since))

    def let_go(self, reasons: list[str], now: int, days: Days) -> None:
        """These reasons are over; with the last of them it runs on."""
        self.stops = [
            one._replace(to=now) if one.to is None and one.reason in reasons else one for one in self.stops
        ]
        if self.reasons:
            return
        assert self.stopped is not None
        self.settle(days)
        self.happened = [*self.happened, Stood(day_of(self.stopped), day_of(now))]
        self.stopped = None
        self.count_again(days, now)

    def lost(self, first: float, last: float) -> list[tuple[float, float]]:
        """What it has lost of a time: since it runs, and while it did not stand still."""
        found, first = [], max(first, self.since)
        for stop in sorted(self.stops, key=lambda one: one.since):
            end = stop.to if stop.to is not None else float("inf")
            if end <= first or stop.since >= last:
                continue
            found.append((first, stop.since))
            first = max(first, end)
        found.append((first, last))
        return [(since, to) for since, to in found if since < to and day_of(since) < day_of(to)]

    def give_back(self, lost: list[tuple[float, float]], days: Days, now: int) -> None:
        """It has these times again."""
        self.settle(days)
        self.happened = [*self.happened, *(Stood(day_of(since), day_of(to)) for since, to in lost)]
        self.stops = [*self.stops, *(Stop("outage", since, to) for since, to in lost)]
        self.count_again(days, now)

    def reckon(self, days: Days) -> Sum:
        """What its rule and all that happened come to."""
        assert self.rule is not None
        found = first(self.rule, self.basis, days)
        start = 0
        if self.carried is not None:
            found, start = Sum(self.carried[0], self.carried[0]), self.carried[1]
        for event in self.happened[start:]:
            if isinstance(event, Granted):
                found = _granted(found, event, days)
            else:
                found = _stood(found, event, self.rule, days, task=self.name == "task")
        return found

    def settle(self, days: Days) -> None:
        """Before anything is added: a day that another calendar would count otherwise stays, and is gone on from."""
        if self.reckon(days).due != self.due:
            self.carry()

    def carry(self) -> None:
        """Whatever else it may come to, it has the day it has."""
        self.carried = self.due, len(self.happened)

    def count_again(self, days: Days, now: int, *, restarted: bool = False) -> None:
        """Its due day and alarms anew."""
        assert self.rule is not None
        self.due = self.reckon(days).due
        if not self.rule.ladder:
            self.alarms = [Alarm(over(self.due), one.kind, one.what) for one in self.alarms]
            return
        here = now if self.stopped is None else self.stopped
        waited = {one.what for one in self.alarms}
        if restarted:
            self.generation += 1
            self.fired, self.skipped = [], []
        rungs, passed = rungs_of(self.rule, self.due, days, here, without=[*self.fired, *self.skipped])
        moves = [
            one
            for one in moves_of(self.rule, self.due, days)
            if one.what in waited or (restarted and one.at > here)
        ]
        alarms = [*rungs, *moves]
        ends = [one.to for one in self.stops if one.to is not None]
        ran_on = [to for to in ends if self.stopped is None or to <= self.stopped]
        if ran_on and not restarted:
            rest = over(days.next(day_of(max(ran_on))))
            alarms = [one._replace(at=max(one.at, rest)) if one.what in waited else one for one in alarms]
            if rest > here:
                alarms += [Alarm(rest, "rung", str(one)) for one in passed if str(one) in waited]
                passed = [one for one in passed if str(one) not in waited]
        self.alarms = in_order(alarms)
        self.skipped += passed


def armed(name: str, scope: str, rule: Rule, begun: int, days: Days, now: int) -> Clock:
    """A clock that begins to run."""
    basis = day_of(begun)
    due = first(rule, basis, days).due
    if not rule.ladder:
        what = name.removeprefix("move:")
        return Clock(name, scope, rule, basis, due, [Alarm(over(due), "move", what)], since=begun)
    rungs, passed = rungs_of(rule, due, days, now)
    alarms = in_order([*moves_of(rule, due, days), *rungs])
    return Clock(name, scope, rule, basis, due, alarms, skipped=passed, since=begun)


def until(kind: str, since: int, days: Days) -> Clock:
    """The alarm that ends a pause which lasts too long."""
    last = days.after(day_of(since), *LONGEST[kind])
    alarm = Alarm(over(last), "resume", kind)
    return Clock(f"resume:{kind}", "visit", None, day_of(since), last, [alarm], since=since)


def until_up(first: int, days: Days) -> Clock:
    """The alarm that ends what an outage of the unit stops; clocks of a phase and the case outlive the visit."""
    return replace(until("outage", first, days), name=DOWN, scope="case")


def first(rule: Rule, basis: date, days: Days) -> Sum:
    """What the rule alone comes to."""
    if rule.within is not None:
        counted = days.after(basis, *rule.within)
        rolled = counted if rule.unit == WORKED or not rule.rolls else days.next(counted)
        return Sum(rolled, counted)
    assert rule.on is not None
    assert rule.at_least is not None
    least = days.after(basis, *rule.at_least)
    return Sum(max(days.next(rule.on), least), max(rule.on, least))


def rungs_of(
    rule: Rule, due: date, days: Days, here: float, without: list[int] | None = None
) -> tuple[list[Alarm], list[int]]:
    """The rungs still to come, and those already past."""
    coming, passed = [], []
    for number, rung in enumerate(LADDERS[rule.ladder]):
        if number in (without or ()):
            continue
        at = over(days.after(due, rung.days, rung.unit) if rung.days else due)
        if at > here:
            coming.append(Alarm(at, "rung", str(number)))
        else:
            passed.append(number)
    return coming, passed


def moves_of(rule: Rule, due: date, days: Days) -> list[Alarm]:
    """The moves that hang on a due day."""
    return [Alarm(over(days.after(due, amount, unit)), "move", name) for name, amount, unit in rule.moves]


def in_order(alarms: list[Alarm]) -> list[Alarm]:
    """By time; a move before rungs."""
    return sorted(alarms, key=lambda one: (one.at, one.kind == "rung"))


def _granted(found: Sum, event: Granted, days: Days) -> Sum:
    start = event.on if found.due < event.ran_until else found.due
    counted = days.after(start, event.amount, event.unit)
    return Sum(days.next(counted), counted)


def _stood(found: Sum, event: Stood, rule: Rule, days: Days, *, task: bool) -> Sum:
    if rule.unit == WORKED:
        due = counted = days.after(found.due, days.between(event.first, event.last), WORKED)
    else:
        counted = found.counted + timedelta(days=(event.last - event.first).days)
        due = days.next(counted) if rule.rolls else counted
    in_time = found.due >= event.first
    if in_time and (task or rule.unit == WORKED):
        due = max(due, days.next(event.last))
    return Sum(due, due if rule.unit == WORKED else counted)
