"""Working days and moments, counted anew: what a calendar version and the words of a definition come to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

__all__ = [
    "DayClock",
    "UnknownDayError",
    "WorkDays",
    "Written",
    "instant_of",
    "span_of",
]

_YEARS_KNOWN = (2020, 2045)
_ONE_DAY = timedelta(days=1)
_UTC = timezone.utc  # noqa: UP017 - Python 3.9 has no other name for it
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_YEAR_WORDS = {None: 0, "next year": 1, "last year": -1}
_SPAN = re.compile(r"([0-9]{1,4}) (working day|day|week|month|year)s?\Z", re.ASCII)
_ON_DAY = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+)(?: (next year|last year))?\Z", re.ASCII)
_IN_MONTH = re.compile(
    r"(?:day ([0-9]{1,2})|last day) of month ([0-9]{1,2}) after period\.(from|to)\Z", re.ASCII
)
_BESIDE = re.compile(
    r"(.+) (before|after) (due|entry|notified|[a-z][a-z0-9_]*\.(?:from|to))\Z", re.ASCII | re.DOTALL
)
_LAST_OF_MONTH = 31


class UnknownDayError(Exception):
    """A day cannot be worked out from what the pack holds."""


def instant_of(text: str) -> datetime:
    """An instant as entries write it. Raises: UnknownDayError."""
    try:
        return datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        raise UnknownDayError(f"{str(text)[:40]!r} is no instant") from None


def span_of(text: str) -> tuple[int, str] | None:
    """A number and a unit (`5 working days`); None if the text is no such thing."""
    found = _SPAN.match(text)
    return None if found is None else (int(found[1]), found[2])


class WorkDays:
    """The days that are worked by one version of a calendar."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        week = frozenset(told["week"])
        off = {date.fromisoformat(one[0]) for one in told["days"]}
        first, last = date(_YEARS_KNOWN[0], 1, 1), date(_YEARS_KNOWN[1], 12, 31)
        self._first, self._last = first.toordinal(), last.toordinal()
        free = {one.toordinal() for one in off}
        # Monday is the first day of the week, and 1 January of the year 1 was one.
        self._worked = [
            one for one in range(self._first, self._last + 1) if (one - 1) % 7 in week and one not in free
        ]

    def counted(self, day: date, amount: int, unit: str) -> date:
        """So much later, or earlier if negative. Raises: UnknownDayError."""
        try:
            if unit == "working day":
                return self._working(day, amount)
            if unit == "day":
                return day + timedelta(amount)
            if unit == "week":
                return day + timedelta(7 * amount)
            return _months_on(day, amount * (12 if unit == "year" else 1))
        except (OverflowError, ValueError, IndexError):
            raise UnknownDayError(f"{amount} {unit}s from {day} is beyond every calendar") from None

    def rolled(self, day: date, day_off: str) -> date:
        """The same day if it is worked, else the one that `day_off` says. Raises: UnknownDayError."""
        number = day.toordinal()
        if day_off == "stays":
            return day
        if not self._first <= number <= self._last:
            raise UnknownDayError(f"{day} is beyond the calendar")
        at = bisect_left(self._worked, number)
        if at < len(self._worked) and self._worked[at] == number:
            return day
        try:
            return date.fromordinal(self._worked[at if day_off == "next" else at - 1])
        except IndexError:
            raise UnknownDayError(f"{day} is beyond the calendar") from None

    def between(self, first: date, last: date) -> int:
        """How many working days come after the first up to and including the last."""
        return bisect_right(self._worked, last.toordinal()) - bisect_right(self._worked, first.toordinal())

    def _working(self, day: date, amount: int) -> date:
        number = day.toordinal()
        if amount == 0:
            return day
        if amount > 0:
            place = bisect_right(self._worked, number) + amount - 1
        else:
            place = bisect_left(self._worked, number) + amount
        if place < 0:
            raise IndexError
        return date.fromordinal(self._worked[place])


def _months_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class DayClock:
    """Civil days of one zone. Raises: UnknownDayError, for a zone this machine does not know."""

    def __init__(self, zone: str) -> None:
        try:
            self._zone = ZoneInfo(zone)
        except Exception:  # noqa: BLE001 - whatever a wrong name or a machine without zones brings
            raise UnknownDayError(
                f"this machine does not know the time zone {zone[:60]!r} (Python's tzdata is missing)"
            ) from None
        self._ends: dict[date, datetime] = {}
        #: instants of rungs that were worked out before, by what they follow from and by number
        self.known: dict[tuple[object, ...], dict[int, datetime]] = {}

    def day(self, instant: datetime) -> date:
        """The day on which an instant falls."""
        return instant.replace(tzinfo=_UTC).astimezone(self._zone).date()

    def end(self, day: date) -> datetime:
        """The instant at which a day is over."""
        found = self._ends.get(day)
        if found is None:
            found = self._ends[day] = self._begin(day + _ONE_DAY)
        return found

    def begin(self, day: date) -> datetime:
        """The instant at which a day begins."""
        return self.end(day - _ONE_DAY)

    def _begin(self, day: date) -> datetime:
        """The first instant of a day: found by halving, so that it does not matter how clocks change at midnight."""
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - between two instants of UTC
        low, high = noon - timedelta(hours=40), noon + timedelta(hours=16)
        guess = (
            datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(_UTC).replace(tzinfo=None)
        )
        if self.day(guess) == day and self.day(guess - timedelta(microseconds=1)) < day:
            return guess
        while high - low > timedelta(microseconds=1):
            middle = low + (high - low) // 2
            if self.day(middle) < day:
                low = middle
            else:
                high = middle
        return high


class Written(NamedTuple):
    """What the words of a definition count from: settings, the case's period and windows."""

    settings: Mapping[str, str]
    windows: Mapping[str, str]
    period: tuple[date, date]

    def plain(self, text: str) -> str:
        """A text, or what the setting of that name says."""
        return " ".join(self.settings.get(text.strip(), text).split())

    def span(self, text: str) -> tuple[int, str]:
        """A duration. Raises: UnknownDayError."""
        found = span_of(self.plain(text))
        if found is None:
            raise UnknownDayError(f"{text[:60]!r} is no duration")
        return found

    def moment(self, text: str, days: WorkDays, entry: date | None, due: date | None = None) -> date:
        """The day a moment falls on, whatever day it is. Raises: UnknownDayError."""
        told = self.plain(text)
        if told == "due":
            return _there(due, told)
        if told == "entry":
            return _there(entry, told)
        if told in {"period.from", "period.to"}:
            return self.period[told == "period.to"]
        found = _IN_MONTH.match(told)
        if found:
            edge = _months_on(self.period[found[3] == "to"].replace(day=1), int(found[2]))
            return _in_month(edge.year, edge.month, int(found[1] or _LAST_OF_MONTH))
        found = _BESIDE.match(told)
        if found:
            amount, unit = self.span(found[1])
            start = self._anchor(found[3], entry, due)
            return days.counted(start, amount if found[2] == "after" else -amount, unit)
        if told in self.windows:
            return date.fromisoformat(self.windows[told])
        return self._civil(told)

    def is_span_beside(self, text: str) -> tuple[tuple[int, str], str, str] | None:
        """Of `5 days after entry` the span, the side and what it counts from."""
        told = self.plain(text)
        found = None if _IN_MONTH.match(told) else _BESIDE.match(told)
        return None if found is None else (self.span(found[1]), found[2], found[3])

    def _anchor(self, name: str, entry: date | None, due: date | None) -> date:
        if name == "due":
            return _there(due, name)
        if name in {"entry", "notified"}:
            return _there(entry, name)
        if name in {"period.from", "period.to"}:
            return self.period[name == "period.to"]
        if name in self.windows:
            return date.fromisoformat(self.windows[name])
        raise UnknownDayError(f"the case has no day for {name}")

    def _civil(self, told: str) -> date:
        found = _ON_DAY.match(told)
        if found and found[2] in _MONTH_NAMES:
            year = self.period[0].year + _YEAR_WORDS[found[3]]
            return _in_month(year, _MONTH_NAMES.index(found[2]) + 1, int(found[1]))
        try:
            return date.fromisoformat(told)
        except ValueError:
            raise UnknownDayError(f"{told[:60]!r} is no moment this program knows") from None


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _there(day: date | None, what: str) -> date:
    if day is None:
        raise UnknownDayError(f"{what} is no day here")
    return day
