"""Which day an entry of a journal may be about, and how often one may be written: pure questions to the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from engine.core.calendar import Calendar
from engine.core.definition import Journal, Label
from engine.core.definition.states import Pace

__all__ = ["earliest_day", "first_day", "last_day", "still_open", "unfit_day"]

_DAYS_OF_WEEK = 7
#: further back nobody is told that they may write
_LONGEST_LATE = timedelta(days=366)
_PACES: dict[Pace, Label] = {
    "day": Label(id="Sudah ada catatan untuk hari itu.", en="There is an entry for that day already."),
    "working day": Label(
        id="Sudah ada catatan untuk hari kerja itu.", en="There is an entry for that working day already."
    ),
    "week": Label(id="Sudah ada catatan untuk minggu itu.", en="There is an entry for that week already."),
    "month": Label(id="Sudah ada catatan untuk bulan itu.", en="There is an entry for that month already."),
}
_FUTURE = Label(id="Hari itu belum tiba.", en="That day is still to come.")
_DAY_OFF = Label(id="Hari itu bukan hari kerja.", en="That day is not a working day.")
_NOT_LATE = Label(
    id="Catatan ini hanya untuk hari ini.", en="An entry of this journal is about today and no other day."
)
_TOO_LATE = Label(
    id="Batas waktu untuk mencatat hari itu sudah lewat.", en="The time to write about that day is over."
)


def first_day(pace: Pace, about: date) -> date:
    """The first day of the stretch that may have one entry: the day itself, its Monday, the first of its month."""
    match pace:
        case "week":
            return about - timedelta(days=about.weekday())
        case "month":
            return about.replace(day=1)
        case _:
            return about


def last_day(pace: Pace, first: date) -> date:
    """The last day of the stretch that begins on this day."""
    match pace:
        case "week":
            return first + timedelta(days=_DAYS_OF_WEEK - 1)
        case "month":
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        case _:
            return first


def still_open(journal: Journal, about: date, today: date, calendar: Calendar) -> bool:
    """Whether an entry about that day, today or earlier, may still be written."""
    if about == today or journal.late is None:
        return about == today
    return calendar.add(about, journal.late.amount, journal.late.unit) >= today


def earliest_day(journal: Journal, today: date, calendar: Calendar) -> date:
    """The earliest day about which an entry may still be written today."""
    found = today
    while today - found < _LONGEST_LATE and still_open(journal, found - timedelta(days=1), today, calendar):
        found -= timedelta(days=1)
    return found


def unfit_day(
    journal: Journal, about: date, today: date, calendar: Calendar, taken: frozenset[date]
) -> Label | None:
    """Why no entry may be written about a day; None if one may. `taken` are first days that have their entry."""
    if about > today:
        return _FUTURE
    if not still_open(journal, about, today, calendar):
        return _NOT_LATE if journal.late is None else _TOO_LATE
    if journal.one_per == "working day" and not calendar.is_working(about):
        return _DAY_OFF
    if journal.one_per and first_day(journal.one_per, about) in taken:
        return _PACES[journal.one_per]
    return None
