"""The cases a proof looks at: one for every day of the year on which a case can begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from engine.core.audit import START
from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import Definition, PeriodRule
from engine.core.entering import opening
from engine.core.periods import parts_of, period_of
from engine.core.proof.arrivals import Arrival, arrivals
from engine.core.proof.finding import Ground
from engine.core.scene import Scene
from engine.core.stays import Clocks
from engine.core.timetable import NO_DECREE, all_groups, case_windows

__all__ = ["ZONE", "Entry", "Year", "clocks_of", "periods", "year_of"]

#: days are civil: any zone gives the same ones
ZONE = "Asia/Jakarta"
_NOBODY = Chart(segments=(), version="nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A case that begins on a day: the instant it is awake from, and the clocks of all cases of its period."""

    day: date
    at: int
    clocks: Clocks
    #: the first and the last day of the period that is appraised
    period: tuple[date, date]


class Year:
    """A definition through one year: every case that can begin, and what the calendar makes of its days."""

    def __init__(self, definition: Definition, calendar: Calendar, year: int) -> None:
        self.definition, self.calendar, self.year = definition, calendar, year
        self.entries = tuple(_entries(definition, calendar, year))

    @cached_property
    def soonest(self) -> tuple[tuple[Entry, dict[str, Arrival]], ...]:
        """When states are entered if everybody acts at once, for the first and the last entry of each period."""
        first = self.definition.initial
        edges = {id(one.clocks): one for one in reversed(self.entries)} | {
            -id(one.clocks): one for one in self.entries
        }
        chosen = sorted(edges.values(), key=lambda one: one.at)
        return tuple((one, arrivals(one.clocks, first, one.at, by_due=False)) for one in chosen)

    @cached_property
    def on_due(self) -> tuple[dict[str, Arrival], ...]:
        """For each entry when states are entered if each task is done on its due day."""
        first = self.definition.initial
        return tuple(arrivals(one.clocks, first, one.at, by_due=True) for one in self.entries)

    def day(self, at: int) -> date:
        """The day an instant falls on."""
        return self.calendar.date_of(at, ZONE)

    def last_day(self, at: int) -> date:
        """The day that ends at an instant: 24:00 belongs to it."""
        return self.calendar.date_of(at - 1, ZONE)


def year_of(ground: Ground) -> Year:
    """The year a proof stands on; asked by several proofs, worked out once."""
    return _year(_Same(ground.definition), _Same(ground.calendar), ground.year)


class _Same:
    """A value known by being itself: definitions and calendars are never changed, and too large to compare."""

    __slots__ = ("it",)

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


@lru_cache(maxsize=8)
def _year(definition: _Same, calendar: _Same, year: int) -> Year:
    assert isinstance(definition.it, Definition)
    assert isinstance(calendar.it, Calendar)
    return Year(definition.it, calendar.it, year)


def periods(rule: PeriodRule, year: int) -> tuple[tuple[date, date], ...]:
    """The periods that begin in a year, first and last day; without periods, each day is one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    match rule.every:
        case "none":
            return tuple((first + timedelta(days=n),) * 2 for n in range((last - first).days + 1))
        case "year":
            return (period_of(rule, date(year, rule.from_month, rule.from_day)),)
        case every:
            return tuple(parts_of(every, first, last))


def _entries(definition: Definition, calendar: Calendar, year: int) -> Iterator[Entry]:
    for begins, ends in periods(definition.period, year):
        for clocks in clocks_of(definition, calendar, begins, ends):
            for day in _days(definition, calendar, clocks.case):
                yield Entry(day=day, at=calendar.start_of(day, ZONE), clocks=clocks, period=(begins, ends))


def clocks_of(
    definition: Definition, calendar: Calendar, begins: date, ends: date, kind: type[Clocks] = Clocks
) -> Iterator[Clocks]:
    """The clocks of the cases of this period, in no chart: one for each group of people its timetable knows."""
    scene = Scene(now=calendar.start_of(begins, ZONE), calendar=calendar, chart=_NOBODY, seed=b"")
    for groups in all_groups(definition.timetable):
        windows = case_windows(
            definition.timetable, NO_DECREE, groups, calendar=calendar, period_from=begins, period_to=ends
        )
        yield kind(definition, _blank(definition, begins, ends, windows), scene)


def _days(definition: Definition, calendar: Calendar, case: Case) -> Iterator[date]:
    """The day the first phase opens, if that is before the period, then each day of the period."""
    first = definition.states[definition.initial]
    day = case.period_from - timedelta(days=400)
    scene = Scene(now=calendar.start_of(day, ZONE), calendar=calendar, chart=_NOBODY, seed=b"")
    opens = opening(definition, case, first, scene, None)
    if opens is not None and opens < case.period_from:
        yield opens
    day = case.period_from
    while day <= case.period_to:
        yield day
        day += timedelta(days=1)


def _blank(definition: Definition, begins: date, ends: date, windows: dict[str, str]) -> Case:
    """A case nobody has: it stands nowhere yet; only its period and zone are read."""
    return Case(
        id="c-0",
        cycle="",
        definition=definition.digest,
        subject="",
        segment=1,
        unit="",
        period_from=begins,
        period_to=ends,
        zone=ZONE,
        state=definition.initial,
        phase=definition.states[definition.initial].phase,
        ended="",
        visit=1,
        version=0,
        seq=0,
        head=START,
        opened_at=0,
        entered_at=0,
        last_at=0,
        sleeps_until=None,
        phases={},
        reached=(),
        uses={},
        facts=(),
        acted={},
        filled={},
        task=None,
        escalations=(),
        deadlines=(),
        windows=windows,
    )
