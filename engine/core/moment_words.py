"""Words into durations and moments, and back into plain sentences' parts in both languages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import assert_never, cast

from engine.core.complaints import Said, say
from engine.core.moment_values import (
    CivilDate,
    DayAfterPeriod,
    DueItself,
    Duration,
    Edge,
    Entry,
    FixedDate,
    Moment,
    MomentUnknown,
    Offset,
    PeriodEdge,
    Side,
    WindowEdge,
)

__all__ = ["describe", "parse_duration", "parse_moment"]

_MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_YEARS = {"": 0, "next year": 1, "last year": -1}
_LEAP_YEAR = 2024
_LAST_DAY = 31
_EXAMPLES = "31 January, 20 January next year, 5 working days after due, day 17 of month 1 after period.to"
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})

_DURATION = re.compile(r"([0-9]{1,4}) (working day|day|week|month|year)s?")
_FIXED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CIVIL = re.compile(r"([0-9]{1,2}) ([A-Za-z]+)(?: (next year|last year))?")
_AFTER_PERIOD = re.compile(r"(?:day ([0-9]{1,2})|last day) of month ([0-9]{1,2}) after period\.(from|to)")
_OFFSET = re.compile(r"(.+) (before|after) (due|entry|notified|[a-z][a-z0-9_]*\.(?:from|to))")
_WINDOW = re.compile(r"([a-z][a-z0-9_]*)\.(from|to)")
_WORDS: Mapping[str, Moment] = {
    "due": DueItself(),
    "entry": Entry(),
    "period.from": PeriodEdge("from"),
    "period.to": PeriodEdge("to"),
}

#: Per unit: Indonesian, English for one, English for several.
_UNITS = {
    "working days": ("hari kerja", "working day", "working days"),
    "days": ("hari kalender", "calendar day", "calendar days"),
    "weeks": ("minggu", "week", "weeks"),
    "months": ("bulan", "month", "months"),
    "years": ("tahun", "year", "years"),
}
_ANCHORS = {
    "due": {"id": "tenggat", "en": "the due date"},
    "entry": {"id": "dimulainya langkah ini", "en": "the start of this step"},
    "notified": {"id": "pemberitahuan", "en": "being told"},
    "period.from": {"id": "hari pertama periode", "en": "the first day of the period"},
    "period.to": {"id": "hari terakhir periode", "en": "the last day of the period"},
}
_SIDES = {"before": {"id": "sebelum", "en": "before"}, "after": {"id": "setelah", "en": "after"}}
_WINDOW_WORDS = {
    "from": {"id": "hari pertama jendela {window}", "en": "the first day of the window {window}"},
    "to": {"id": "hari terakhir jendela {window}", "en": "the last day of the window {window}"},
}
_YEAR_WORDS = {
    -1: {"id": " tahun sebelumnya", "en": " of the year before"},
    0: {"id": "", "en": ""},
    1: {"id": " tahun berikutnya", "en": " of the next year"},
}


def parse_duration(text: str, settings: Mapping[str, str] = _NO_SETTINGS) -> Duration | None:
    """The duration a text, or the setting it names, stands for; None if it is none."""
    match = _DURATION.fullmatch(_written(text, settings))
    if match is None or int(match[1]) == 0:
        return None
    return Duration(int(match[1]), f"{match[2]}s")


def parse_moment(
    text: str, settings: Mapping[str, str] = _NO_SETTINGS, windows: Collection[str] = ()
) -> Moment:
    """The moment a text, or the setting it names, stands for; `windows` are the windows whose edges may be named.

    Raises:
        MomentUnknown: with what is wrong and what to write instead.

    """
    written = _written(text, settings)
    if written in _WORDS:
        return _WORDS[written]
    if _FIXED.fullmatch(written):
        return _fixed(text, written)
    if match := _AFTER_PERIOD.fullmatch(written):
        return _after_period(text, match)
    if match := _OFFSET.fullmatch(written):
        return _offset(text, match, settings, windows)
    if (match := _WINDOW.fullmatch(written)) and (match[1] in windows or match[1] != "period"):
        return WindowEdge(_known_window(text, match[1], match[2], windows), cast("Edge", match[2]))
    if parse_duration(written) is not None:
        raise MomentUnknown(text, say("how_long_from_when"), say("write_after_entry", text=text.strip()))
    if match := _CIVIL.fullmatch(written):
        return _civil(text, match)
    near = get_close_matches(written, [*_WORDS, *settings], n=1)
    hint = say("did_you_mean_word", near=near[0]) if near else say("write_a_moment", examples=_EXAMPLES)
    raise MomentUnknown(text, say("no_moment_at_all"), hint)


def describe(what: Moment | Duration, language: str, windows: Mapping[str, str] = _NO_SETTINGS) -> str:
    """The duration or moment in plain words, Indonesian (`id`) or English (`en`), to be put into a sentence.

    `windows` are the labels of the timetable's windows in that language; one without a label goes by its name.
    """
    match what:
        case Duration(amount, unit):
            indonesian, one, several = _UNITS[unit]
            return f"{amount} {indonesian if language == 'id' else one if amount == 1 else several}"
        case CivilDate(month, day, year_offset):
            return f"{day} {_MONTHS[language][month - 1]}{_YEAR_WORDS[year_offset][language]}"
        case FixedDate(day):
            return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
        case PeriodEdge() | WindowEdge():
            return _describe_anchor(str(what), language, windows)
        case DayAfterPeriod():
            return _describe_day(what, language)
        case Offset(duration, side, anchor):
            counted = _describe_anchor(anchor, language, windows)
            return f"{describe(duration, language)} {_SIDES[side][language]} {counted}"
        case DueItself():
            return _ANCHORS["due"][language]
        case Entry():
            return _ANCHORS["entry"][language]
        case _:
            assert_never(what)


def _describe_anchor(anchor: str, language: str, windows: Mapping[str, str]) -> str:
    if anchor in _ANCHORS:
        return _ANCHORS[anchor][language]
    window, _, edge = anchor.partition(".")
    return _WINDOW_WORDS[edge][language].format(window=windows.get(window, window))


def _describe_day(what: DayAfterPeriod, language: str) -> str:
    last = what.day == _LAST_DAY
    if language == "id":
        day = "hari terakhir" if last else f"tanggal {what.day}"
        edge = "awal" if what.edge == "from" else "akhir"
        return f"{day} bulan ke-{what.month} setelah {edge} periode"
    day = "the last day" if last else f"day {what.day}"
    edge = "start" if what.edge == "from" else "end"
    return f"{day} of month {what.month} after the {edge} of the period"


def _written(text: str, settings: Mapping[str, str]) -> str:
    return " ".join(settings.get(text.strip(), text).split())


def _fixed(text: str, written: str) -> FixedDate:
    try:
        return FixedDate(date.fromisoformat(written))
    except ValueError:
        raise MomentUnknown(text, say("there_is_no_such_day"), say("write_year_month_day")) from None


def _after_period(text: str, match: re.Match[str]) -> DayAfterPeriod:
    day, month = int(match[1] or _LAST_DAY), int(match[2])
    if not 1 <= day <= _LAST_DAY:
        raise MomentUnknown(text, say("no_such_day_of_month", day=day), say("write_day_or_last"))
    if month == 0:
        raise MomentUnknown(text, say("months_are_counted_from"), say("month_after", edge=match[3]))
    return DayAfterPeriod(day, month, cast("Edge", match[3]))


def _known_window(text: str, name: str, edge: str, windows: Collection[str]) -> str:
    if name in windows:
        return name
    near = get_close_matches(name, (*windows, "period"), n=1)
    hint = say("did_you_mean_edge", near=near[0], edge=edge) if near else say("declare_window")
    raise MomentUnknown(text, say("there_is_no_window", name=repr(name)), hint)


def _offset(text: str, match: re.Match[str], settings: Mapping[str, str], windows: Collection[str]) -> Offset:
    amount, side, anchor = match.groups()
    window, dot, edge = anchor.partition(".")
    if dot and window != "period":
        _known_window(text, window, edge, windows)
    duration = parse_duration(amount, settings)
    if duration is not None:
        return Offset(duration, cast("Side", side), anchor)
    if amount in settings:
        raise MomentUnknown(
            text,
            say("setting_no_duration", amount=amount, value=repr(settings[amount])),
            say("name_one_such"),
        )
    near = get_close_matches(amount, settings, n=1)
    hint = say("did_you_mean_word", near=near[0]) if near else say("write_number_and_days")
    raise MomentUnknown(text, say("no_duration", amount=repr(amount)), hint)


def _civil(text: str, match: re.Match[str]) -> CivilDate:
    day, name = int(match[1]), match[2]
    if name not in _MONTHS["en"]:
        raise MomentUnknown(text, say("not_a_month", name=repr(name)), _month_hint(name))
    month = _MONTHS["en"].index(name) + 1
    longest = monthrange(_LEAP_YEAR, month)[1]
    if not 1 <= day <= longest:
        raise MomentUnknown(
            text,
            say("month_has_no_day", name=name, day=day),
            say("write_day_of_month", longest=longest, name=name),
        )
    return CivilDate(month, day, _YEARS[match[3] or ""])


def _month_hint(name: str) -> Said:
    wanted = name.capitalize()
    if wanted in _MONTHS["id"]:
        return say("write_month", month=_MONTHS["en"][_MONTHS["id"].index(wanted)])
    near = get_close_matches(wanted, _MONTHS["en"], n=1)
    return (
        say("did_you_mean_word", near=near[0])
        if near
        else say("write_one_of", names=", ".join(_MONTHS["en"]))
    )
