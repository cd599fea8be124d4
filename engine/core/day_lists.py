"""Days off out of an ICS, CSV or XLSX file, and a decree written of them for a person to look at before it counts.

The one door to icalendar. What a file does not say (which ministers, when issued) is left open in what is written, and
a calendar file with an open place is refused: nothing of another's calendar counts unread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from icalendar import Calendar as Ics
from icalendar import Event

from engine.core.calendar_words import calendar_invalid
from engine.core.complaints import InBoth, Said, say
from engine.core.definition import Label
from engine.core.observances import DayOff, Kind, observances
from engine.core.sheet import Row, read_day, read_sheet
from engine.errors import SheetInvalid

__all__ = ["DayList", "Heading", "computed_days", "decree_yaml", "read_day_list"]

_DATE = ("date", "tanggal", "hari", "day")
_INDONESIAN = ("id", "nama", "keterangan", "libur", "uraian", "name", "summary", "title")
_ENGLISH = ("en", "english", "inggris", "name_en")
_KIND = ("kind", "jenis", "type")
_LEAVE = ("cuti bersama", "collective leave", "collective_leave", "joint holiday", "joint leave")
#: one event that lasts longer is a mistake of the file
_LONGEST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class DayList:
    """The days off of one year in a file; `elsewhere` counts those of other years, which were left out."""

    year: int
    days: tuple[DayOff, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a decree says of itself; what is "" is left open for whoever looks at it."""

    title: str = ""
    number: str = ""
    issued: str = ""
    amends: bool = False


def read_day_list(data: bytes, year: int) -> DayList:
    """The days of a year in an ICS, CSV or XLSX file, told apart by content.

    Raises:
        CalendarInvalid: with every problem of the file.

    """
    found = _Found()
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR"):
        _read_ics(data, found)
    else:
        _read_table(data, found)
    if not found.problems and not found.days:
        found.problems.append(say("no_day_in_it"))
    if found.problems:
        raise calendar_invalid(say("list_cannot_be_read"), found.problems)
    own = {day: one for day, one in sorted(found.days.items()) if day.year == year}
    return DayList(year=year, days=tuple(own.values()), elsewhere=len(found.days) - len(own))


def computed_days(year: int) -> DayList:
    """The days of a year as the holidays library computes them, collective leave as far as it knows any."""
    return DayList(year=year, days=observances(year, collective_leave=True), elsewhere=0)


def decree_yaml(listed: DayList, heading: Heading) -> str:
    """The days as one decree of a calendar file, indented to be put under `decrees:`."""
    kind = ["    kind: amendment"] if heading.amends else []
    lines = [
        _open("title", heading.title, "what the decree is called"),
        *([f"    number: {_quoted(heading.number)}"] if heading.number else []),
        _open("issued", heading.issued, "the day it was issued, as 2026-01-31; it is known from then on"),
        f'    year: "{listed.year}"',
    ]
    for key, kind_of in (("holidays", "holiday"), ("collective_leave", "collective_leave")):
        days = [one for one in listed.days if one.kind == kind_of]
        if days:
            lines.append(f"    {key}:")
            lines += (
                f'      - {{date: "{one.date}", id: {_quoted(one.id)}, en: {_quoted(one.en)}}}'
                for one in days
            )
    told = [*kind, *lines]
    return "\n".join([f"  - {told[0].lstrip()}", *told[1:]]) + "\n"


def _open(key: str, value: str, what: str) -> str:
    return f"    {key}: {_quoted(value)}" if value else f'    {key}: ""   # {what}'


def _quoted(text: str) -> str:
    """A text as YAML reads it back, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


@dataclass(slots=True)
class _Found:
    """Days found so far, and a sentence for each that makes no sense."""

    days: dict[date, DayOff] = field(default_factory=dict)
    problems: list[InBoth] = field(default_factory=list)

    def complain(self, where: Said, what: Said) -> None:
        self.problems.append(say("calendar_at", where=where, what=what))

    def add(self, where: Said, day: date, name: str, *, english: str = "", kind: str = "") -> None:
        if not name:
            self.complain(where, say("day_without_name", day=str(day)))
            return
        told = f"{kind} {name}".casefold()
        leave: Kind = "collective_leave" if any(one in told for one in _LEAVE) else "holiday"
        known = self.days.get(day)
        if known is not None and known.id != name:
            self.complain(where, say("day_off_as_two", day=str(day), one=known.id, other=name))
            return
        self.days[day] = DayOff(date=day, id=name, en=english or _english(day, name, leave), kind=leave)


def _english(day: date, name: str, kind: Kind) -> str:
    """The English name of a day that the holidays library knows; else the name as it stands."""
    for one in observances(day.year, collective_leave=True):
        if one.date == day and one.kind == kind:
            return one.en
    return name


def _read_ics(data: bytes, found: _Found) -> None:
    try:
        events = [one for one in Ics.from_ical(data).walk("VEVENT") if isinstance(one, Event)]
    except ValueError as error:
        found.problems.append(say("no_ics", error=str(error)))
        return
    for number, event in enumerate(events, start=1):
        where = say("the_event", number=number)
        try:
            name, first = str(event.get("SUMMARY", "")).strip(), event.start
            last = event.end
        except ValueError as error:
            found.complain(where, say("event_unreadable", error=str(error)))
            continue
        called = say("the_named_event", number=number, name=name)
        if event.get("RRULE") is not None or event.get("RDATE") is not None:
            found.complain(called, say("event_repeats"))
        elif isinstance(first, datetime) or isinstance(last, datetime):
            found.complain(called, say("event_has_hour"))
        elif not 0 < (last - first).days <= _LONGEST:
            found.complain(called, say("event_too_long", most=_LONGEST))
        else:
            for ahead in range((last - first).days):
                found.add(where, first + timedelta(ahead), name)


def _read_table(data: bytes, found: _Found) -> None:
    try:
        rows = read_sheet(data).rows
    except SheetInvalid as error:
        found.problems.append(Label(en=error.message, id=error.message_id))
        return
    if not rows:
        return
    columns = _columns(rows[0])
    if "date" not in columns or "id" not in columns:
        found.complain(say("row_of_list", number=1), say("columns_unnamed"))
        return
    for row in rows[1:]:
        cells = dict(_cells(row, columns))
        day = read_day(cells.get("date", ""))
        if day is None:
            told = repr(cells.get("date", ""))
            found.complain(say("row_of_list", number=row.number), say("no_listed_day", value=told))
            continue
        found.add(
            say("row_of_list", number=row.number),
            day,
            cells.get("id", ""),
            english=cells.get("en", ""),
            kind=cells.get("kind", ""),
        )


def _columns(header: Row) -> Mapping[str, int]:
    """Which column says what, by its heading."""
    known = {"date": _DATE, "id": _INDONESIAN, "en": _ENGLISH, "kind": _KIND}
    heads = [cell.casefold().replace(" ", "_") for cell in header.cells]
    return {
        name: heads.index(head)
        for name, words in known.items()
        for head in list(dict.fromkeys(one for one in words if one in heads))[:1]
    }


def _cells(row: Row, columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for name, place in columns.items():
        if place < len(row.cells):
            yield name, row.cells[place]
