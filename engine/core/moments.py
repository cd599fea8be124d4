"""Moments of a definition, and the days on which they fall.

`5 working days`, `31 January`, `20 January next year`, `2026-01-31`, `period.to`, `day 17 of month 1 after period.to`,
`last day of month 2 after period.to`, `5 working days after due`, `1 day before entry`, `60 days after notified`,
`calibrate.to`, `5 working days after calibrate.to`, `due`, `entry`.
A moment is never rolled off a day off by itself; `due_on` does it, where the rules of due dates say so.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import assert_never

from engine.core.calendar import Calendar
from engine.core.moment_values import (
    CivilDate,
    DayAfterPeriod,
    DueItself,
    Duration,
    Entry,
    FixedDate,
    Moment,
    MomentUnknown,
    Offset,
    PeriodEdge,
    WindowEdge,
)
from engine.core.moment_words import describe, parse_duration, parse_moment
from engine.errors import CalendarInvalid

__all__ = [
    "CivilDate",
    "DayAfterPeriod",
    "DueItself",
    "Duration",
    "Entry",
    "FixedDate",
    "Moment",
    "MomentUnknown",
    "Offset",
    "PeriodEdge",
    "WindowEdge",
    "civil_day",
    "day_of",
    "describe",
    "due_on",
    "parse_duration",
    "parse_moment",
]

_NO_WINDOWS: Mapping[str, str] = MappingProxyType({})


def day_of(
    moment: Moment,
    *,
    calendar: Calendar,
    period_from: date,
    period_to: date,
    entry: date | None = None,
    due: date | None = None,
    windows: Mapping[str, str] = _NO_WINDOWS,
) -> date:
    """The day on which a moment falls, never rolled; a date without a year lies in the year of `period_from`.

    `windows` are the case's own days of the timetable, as ISO text by edge (`calibrate.to`).
    `notified` is the day of entry: those concerned are told in the very step that enters.

    Raises:
        CalendarInvalid: the moment counts from an entry or a due date that there is not.

    """
    match moment:
        case CivilDate() | FixedDate() | PeriodEdge() | DayAfterPeriod():
            return civil_day(moment, period_from, period_to)
        case WindowEdge():
            return _known(_window_day(windows, str(moment)), moment)
        case DueItself():
            return _known(due, moment)
        case Entry():
            return _known(entry, moment)
        case Offset(duration, side, anchor):
            match anchor:
                case "due":
                    counted = due
                case "entry" | "notified":
                    counted = entry
                case "period.from":
                    counted = period_from
                case "period.to":
                    counted = period_to
                case _:
                    counted = _window_day(windows, anchor)
            amount = duration.amount if side == "after" else -duration.amount
            return calendar.add(_known(counted, moment), amount, duration.unit)
        case _:
            assert_never(moment)


def civil_day(
    moment: CivilDate | FixedDate | PeriodEdge | DayAfterPeriod, period_from: date, period_to: date
) -> date:
    """The day of a moment that hangs on nothing but the period."""
    match moment:
        case CivilDate():
            return _clamped(period_from.year + moment.year_offset, moment.month, moment.day)
        case FixedDate():
            return moment.date
        case PeriodEdge():
            return period_from if moment.edge == "from" else period_to
        case DayAfterPeriod():
            edge = period_from if moment.edge == "from" else period_to
            years, month = divmod(edge.month - 1 + moment.month, 12)
            return _clamped(edge.year + years, month + 1, moment.day)
        case _:
            assert_never(moment)


def due_on(  # noqa: PLR0913 - what a due time says, and what it counts from
    *,
    within: Duration | None = None,
    date: Moment | None = None,
    at_least: Duration | None = None,
    day_off: str,
    calendar: Calendar,
    period_from: date,
    period_to: date,
    entry: date,
    windows: Mapping[str, str] = _NO_WINDOWS,
) -> date:
    """The last day of a due time: `within` so long of entry, or at a `date`; but `at_least` so long after entry.

    `day_off` says where a due date on a day off goes. It never touches a count of working days, and it never makes
    a guaranteed minimum shorter: there `previous` is read as `next`.

    Raises:
        CalendarInvalid: neither or both of `within` and `date` are given.

    """
    if date is not None and within is None:
        named = day_of(
            date,
            calendar=calendar,
            period_from=period_from,
            period_to=period_to,
            entry=entry,
            windows=windows,
        )
        counted = isinstance(date, Offset) and date.duration.unit == "working days"
        day = named if counted else calendar.roll(named, day_off)
    elif within is not None and date is None:
        day = _after(within, entry, calendar, day_off)
    else:
        raise CalendarInvalid(
            "a due time counts either `within` a duration or to a `date`; give one of the two"
        )
    if at_least is None:
        return day
    return max(day, _after(at_least, entry, calendar, "next" if day_off == "previous" else day_off))


def _after(duration: Duration, start: date, calendar: Calendar, day_off: str) -> date:
    day = calendar.add(start, duration.amount, duration.unit)
    return day if duration.unit == "working days" else calendar.roll(day, day_off)


def _window_day(windows: Mapping[str, str], edge: str) -> date | None:
    told = windows.get(edge)
    return None if told is None else date.fromisoformat(told)


def _clamped(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February, 31 June
        return date(year, month, min(day, monthrange(year, month)[1]))


def _known(day: date | None, moment: Moment) -> date:
    if day is None:
        raise CalendarInvalid(
            f"{describe(moment, 'en')} is no day here: what it counts from has not happened or does not exist",
            moment=describe(moment, "en"),
        )
    return day
