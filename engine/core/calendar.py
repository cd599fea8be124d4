"""Working days: which days count, since when that was known, and where so many of them lead.

A calendar is built once and then only read, tens of thousands of times a second: days are numbered, working days
are numbered among them, and every question is a look-up in one of the two lists. It never changes; a new decree
makes another calendar with another `version`, and due dates keep the version they were computed with.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate, compress
from typing import TypeAlias

from engine.core.calendar_files import CalendarFile, UnitSpan
from engine.core.calendar_reading import read_layers
from engine.core.calendar_words import calendar_invalid
from engine.core.codec import canonical
from engine.core.complaints import say
from engine.core.decrees import (
    WEEKDAYS,
    DayOff,
    Decree,
    contradictions,
    decreed_days,
    in_force,
    regional_in_force,
    with_regional,
)
from engine.core.zones import known_zone, local_date, midnight, zone_label
from engine.errors import CalendarInvalid

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MONDAY_TO_FRIDAY",
    "MONDAY_TO_SATURDAY",
    "UNITS",
    "Calendar",
    "DayOff",
    "Decree",
    "known_zone",
    "zone_label",
]

FIRST_YEAR, LAST_YEAR = 2020, 2045
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
MONDAY_TO_SATURDAY = (0, 1, 2, 3, 4, 5)
UNITS = ("working days", "days", "weeks", "months", "years")

_Names: TypeAlias = Mapping[date, DayOff]
_FIRST = date(FIRST_YEAR, 1, 1).toordinal()
_SIZE = date(LAST_YEAR, 12, 31).toordinal() - _FIRST + 1
_DAYS = tuple(date.fromordinal(_FIRST + number) for number in range(_SIZE))
_SHORTEST_MONTH = 28
_ROLLS = ("next", "previous", "stays")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Calendar:
    """The working days of an office from `FIRST_YEAR` to `LAST_YEAR`; the day of an event is day 0.

    `version` names exactly these days: the day of the last decree known, and a digest of all days off.
    """

    name: str
    version: str
    week: tuple[int, ...]
    #: the calendars it stands on, the nearest first
    based_on: tuple[str, ...]
    #: who works by it, and when
    units: tuple[UnitSpan, ...]
    _covered: frozenset[int]
    _off: _Names
    #: per day 1 if it is worked, else 0; and how many working days lie up to and including it
    _worked: bytes
    _count: tuple[int, ...]
    #: the working days themselves, in order
    _days: tuple[date, ...]

    @classmethod
    def build(
        cls,
        name: str,
        decrees: Iterable[Decree],
        week: Iterable[int] = MONDAY_TO_FRIDAY,
        known_on: date | None = None,
        *,
        above: Iterable[CalendarFile] = (),
        units: tuple[UnitSpan, ...] = (),
    ) -> Calendar:
        """A calendar from decrees; those issued after `known_on` are not known, years without one are computed.

        Regional decrees of the files `above`, the lowest first, are counted in; `units` work by it.

        Raises:
            CalendarInvalid: the week has no days, or decrees contradict one another.

        """
        given, worked_on = tuple(decrees), tuple(sorted(set(week)))
        problems = contradictions(given)
        if not worked_on or not set(worked_on) <= set(range(len(WEEKDAYS))):
            problems.append(say("week_is_none", week=str(worked_on)))
        if problems:
            raise calendar_invalid(say("calendar_makes_no_sense", name=name), problems, name=name)
        known, files = in_force(given, known_on), tuple(above)
        regional = regional_in_force((one.decrees for one in files), known_on)
        off = _days_off(known, regional, known_on)
        issued = max((one.issued for layer in (known, *regional) for one in layer), default="computed")
        worked = _worked(worked_on, off)
        return cls(
            name=name,
            version=f"{name}@{issued}:{sha256(_told(worked_on, off, units)).hexdigest()[:8]}",
            week=worked_on,
            based_on=(*(one.based_on for one in reversed(files)),),
            units=units,
            _covered=frozenset(decree.year for decree in known),
            _off=off,
            _worked=worked,
            _count=tuple(accumulate(worked)),
            _days=tuple(compress(_DAYS, worked)),
        )

    @classmethod
    def from_values(
        cls, values: Mapping[str, object], known_on: date | None = None, week: Iterable[int] | None = None
    ) -> Calendar:
        """A calendar from a file's plain values, whole (see `with_base`); `week` replaces the file's.

        Raises:
            CalendarInvalid: with every problem of the file.

        """
        lowest, *above = read_layers(values)
        own = above[-1] if above else lowest
        said = [one.week for one in (lowest, *above) if one.week is not None]
        return cls.build(
            own.name,
            lowest.decrees,
            said[-1] if week is None else week,
            known_on,
            above=above,
            units=own.units,
        )

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return self._worked[self._number(day)] == 1

    def add(self, day: date, amount: int, unit: str) -> date:
        """The day so many working days, days, weeks, months or years after (before, if negative) that day.

        Working days end on a working day and need no rolling; months are civil, 31 August and six months is the
        last day of February.
        """
        if unit == "working days":
            return self._count_off(day, amount)
        try:
            if unit == "days":
                return day + timedelta(amount)
            if unit == "weeks":
                return day + timedelta(7 * amount)
            if unit == "months":
                return add_months(day, amount)
            if unit == "years":
                return add_months(day, 12 * amount)
        except (OverflowError, ValueError):
            raise CalendarInvalid(f"{amount} {unit} from {day} is no day of any calendar", day=day) from None
        raise CalendarInvalid(f"{unit!r} is no unit of time; use one of: {', '.join(UNITS)}", unit=unit)

    def roll(self, day: date, day_off: str) -> date:
        """The same day if it is worked; else the next or previous working day, or the day off itself (`stays`)."""
        if day_off not in _ROLLS:
            raise CalendarInvalid(
                f"a day off cannot go {day_off!r}; use one of: {', '.join(_ROLLS)}", day_off=day_off
            )
        number = self._number(day)
        if day_off == "stays" or self._worked[number]:
            return day
        return self._nth(self._count[number] - (day_off == "previous"), day)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days come after `first` up to and including `last`; negative if `last` is earlier."""
        return self._count[self._number(last)] - self._count[self._number(first)]

    def provisional(self, day: date) -> bool:
        """Whether no decree settles that day's year, so that its days off are computed and may change."""
        return day.year not in self._covered

    def name_of(self, day: date) -> Mapping[str, str] | None:
        """Why the office does not work on that day, in both languages; None if it does."""
        off = self._off.get(day)
        if off is not None:
            return {"id": off.id, "en": off.en}
        if self.is_working(day):
            return None
        indonesian, english = WEEKDAYS[day.weekday()]
        return {"id": indonesian, "en": english}

    def days_off(self, year: int) -> tuple[DayOff, ...]:
        """The holidays and collective leave of a year, by date; free days of the week are not among them."""
        return tuple(off for day, off in self._off.items() if day.year == year)

    def start_of(self, day: date, zone: str) -> int:
        """The instant at which the day begins in the zone, in microseconds UTC."""
        return midnight(day.toordinal(), zone)

    def end_of(self, day: date, zone: str) -> int:
        """The instant at which the day is over (24:00) in the zone, in microseconds UTC."""
        return midnight(day.toordinal() + 1, zone)

    def date_of(self, instant: int, zone: str) -> date:
        """The civil day on which an instant (microseconds UTC) falls in the zone."""
        return local_date(instant, zone)

    def days_told(self) -> bytes:
        """The days off, the week and the units, as canonical JSON: what the end of the version is a digest of."""
        return _told(self.week, self._off, self.units)

    def __repr__(self) -> str:
        return f"Calendar({self.version})"

    def _number(self, day: date) -> int:
        number = day.toordinal() - _FIRST
        if 0 <= number < _SIZE:
            return number
        raise CalendarInvalid(
            f"calendar {self.name} does not know {day}; it counts working days from {FIRST_YEAR} to {LAST_YEAR}",
            name=self.name,
            day=day,
        )

    def _count_off(self, day: date, amount: int) -> date:
        number = self._number(day)
        if amount > 0:
            place = self._count[number] + amount - 1
        elif amount < 0:
            place = self._count[number] + amount - self._worked[number]
        else:
            return day
        return self._days[place] if 0 <= place < len(self._days) else self._nth(place, day)

    def _nth(self, place: int, start: date) -> date:
        if 0 <= place < len(self._days):
            return self._days[place]
        raise CalendarInvalid(
            f"calendar {self.name} cannot count that far from {start}; it ends with {LAST_YEAR}",
            name=self.name,
            day=start,
        )


def add_months(day: date, amount: int) -> date:
    """The same day of a later month, or the last of a shorter one."""
    years, month = divmod(day.month - 1 + amount, 12)
    year = day.year + years
    if day.day <= _SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_off(
    known: Iterable[Decree], regional: Iterable[Iterable[Decree]], known_on: date | None
) -> dict[date, DayOff]:
    off: dict[date, DayOff] = {}
    known = tuple(known)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        # Collective leave is declared in the year before: asked from an earlier day, nobody knows it yet.
        declared = known_on is None or year <= known_on.year
        off.update(decreed_days(known, year, collective_leave=declared))
    return dict(sorted(with_regional(off, regional).items()))


def _worked(week: tuple[int, ...], off: Iterable[date]) -> bytes:
    """Per day 1 if it is worked, else 0: a week over and over, less the days off."""
    one = bytes(day.weekday() in week for day in _DAYS[: len(WEEKDAYS)])
    worked = bytearray(one * (_SIZE // len(one) + 1))[:_SIZE]
    for number in (day.toordinal() - _FIRST for day in off):
        if 0 <= number < _SIZE:
            worked[number] = 0
    return bytes(worked)


def _told(week: tuple[int, ...], off: _Names, units: tuple[UnitSpan, ...]) -> bytes:
    days = [[day.date.isoformat(), day.kind, day.id, day.en] for day in off.values()]
    told: dict[str, object] = {"days": days, "week": list(week)}
    if units:
        told["units"] = [[one.unit, *map(str, (one.first, one.last))] for one in units]
    return canonical(told)
