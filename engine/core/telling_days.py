"""Days, instants and due times as people write them, in Indonesian and English.

A due time always says its day of the week, its hour, its zone, and how many working days are left or lost.
"""

from __future__ import annotations

from datetime import date

from engine.core.calendar import Calendar
from engine.core.decrees import WEEKDAYS
from engine.core.definition import Language
from engine.core.moments import Duration, describe
from engine.core.role_words import day_text
from engine.core.zones import local_date, local_time, zone_label

__all__ = [
    "on_the_clock",
    "say_date",
    "say_day",
    "say_delay",
    "say_due",
    "say_instant",
    "say_left",
    "say_moment",
    "say_short",
    "say_span",
]

_SHORT = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_DUE = {
    "id": "paling lambat {day} pukul 24.00 {zone} ({left})",
    "en": "by {day}, 24:00 {zone} ({left})",
}
_PROVISIONAL = {
    "id": "{left}; hari libur tahun {year} belum ditetapkan",
    "en": "{left}; the holidays of {year} are not decreed yet",
}
_TODAY = {"id": "hari ini", "en": "today"}
_LEFT = {"id": "{span} lagi", "en": "{span} left"}
_LATE = {"id": "terlambat {span}", "en": "{span} late"}
_HOURS = {"id": ("menit", "menit", "jam", "jam"), "en": ("minute", "minutes", "hour", "hours")}


def say_date(day: date, language: Language) -> str:
    """A date without its day of the week: 19 Januari 2026, 19 January 2026."""
    return day_text(day, language)


def say_short(day: date, language: Language) -> str:
    """A date in little room: 19 Jan 2026."""
    return f"{day.day} {_SHORT[language][day.month - 1]} {day.year}"


def say_day(day: date, language: Language) -> str:
    """A date with its day of the week: Senin, 19 Januari 2026; Monday 19 January 2026."""
    indonesian, english = WEEKDAYS[day.weekday()]
    if language == "id":
        return f"{indonesian}, {day_text(day, language)}"
    return f"{english} {day_text(day, language)}"


def on_the_clock(at: int, zone: str, calendar: Calendar) -> tuple[date, int, int]:
    """Day, hour and minute of an instant: the very end of a day is its 24.00, as due times and forecasts say it."""
    day = calendar.date_of(at, zone)
    hour, minute = local_time(at, zone)
    if at == calendar.start_of(day, zone):
        return calendar.date_of(at - 1, zone), 24, minute
    return day, hour, minute


def say_moment(at: int, zone: str, language: Language) -> str:
    """What the clocks of a zone show: Senin, 19 Januari 2026 pukul 00.00 WITA. So is now said, and what began."""
    day = local_date(at, zone)
    return _timed(day, *local_time(at, zone), zone_label(zone, day), language)


def say_instant(at: int, zone: str, calendar: Calendar, language: Language) -> str:
    """An instant in the zone of a case: Senin, 19 Januari 2026 pukul 14.05 WITA. The end of a day is its 24.00."""
    day, hour, minute = on_the_clock(at, zone, calendar)
    return _timed(day, hour, minute, zone_label(zone, day), language)


def _timed(day: date, hour: int, minute: int, label: str, language: Language) -> str:
    if language == "id":
        return f"{say_day(day, language)} pukul {hour:02d}.{minute:02d} {label}"
    return f"{say_day(day, language)}, {hour:02d}:{minute:02d} {label}"


def say_due(due_on: date, zone: str, calendar: Calendar, today: date, language: Language) -> str:
    """A due time: paling lambat Senin, 19 Januari 2026 pukul 24.00 WITA (3 hari kerja lagi)."""
    left = say_left(due_on, calendar, today, language)
    if due_on >= today and calendar.provisional(due_on):
        left = _PROVISIONAL[language].format(left=left, year=due_on.year)
    return _DUE[language].format(day=say_day(due_on, language), zone=zone_label(zone, due_on), left=left)


def say_left(due_on: date, calendar: Calendar, today: date, language: Language) -> str:
    """How far a due day is: 3 hari kerja lagi, hari ini, terlambat 2 hari kerja."""
    if due_on == today:
        return _TODAY[language]
    first, last = sorted((today, due_on))
    words = _LEFT if due_on > today else _LATE
    return words[language].format(span=say_span(first, last, calendar, language))


def say_span(first: date, last: date, calendar: Calendar, language: Language) -> str:
    """The time after one day up to another, in working days; in calendar days where no working day lies between."""
    worked = calendar.working_days_between(first, last)
    span = Duration(worked, "working days") if worked else Duration((last - first).days, "days")
    return describe(span, language)


def say_delay(microseconds: int, language: Language) -> str:
    """How late the timer was, in its largest whole unit; "" for less than a minute, which nobody notices."""
    if microseconds >= _DAY:
        return describe(Duration(microseconds // _DAY, "days"), language)
    size, offset = (_HOUR, 2) if microseconds >= _HOUR else (_MINUTE, 0)
    amount = microseconds // size
    return f"{amount} {_HOURS[language][offset + (amount != 1)]}" if amount else ""
