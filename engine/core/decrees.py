"""Decrees on days off, and a calendar file's plain values read into them; every problem is found, not the first.

Reading YAML is not done here: what comes in is nested mappings and lists whose scalars are strings, or dates and
numbers where the reader already typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from engine.core.observances import DayOff, Kind
from engine.errors import CalendarInvalid

__all__ = ["WEEKDAYS", "CalendarFile", "DayOff", "Decree", "in_force", "read_calendar"]

#: Names of the days of the week, Monday first: Indonesian, English.
WEEKDAYS = (
    ("Senin", "Monday"),
    ("Selasa", "Tuesday"),
    ("Rabu", "Wednesday"),
    ("Kamis", "Thursday"),
    ("Jumat", "Friday"),
    ("Sabtu", "Saturday"),
    ("Minggu", "Sunday"),
)

_FILE_KEYS = ("name", "week", "decrees")
_DECREE_KEYS = (
    "kind",
    "title",
    "number",
    "note",
    "issued",
    "year",
    "holidays",
    "collective_leave",
    "removes",
)
_CHANGE_KEYS = ("holidays", "collective_leave", "removes")
_DAY_KEYS = ("date", "id", "en")
_DECREE_KINDS = ("whole", "amendment")
_YEAR = re.compile(r"[0-9]{4}")
_FIRST_ISSUE = date(1945, 8, 17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decree:
    """What one decree says about one year's days off. Unless it `amends`, it settles the year wholly."""

    issued: date
    year: int
    title: str
    added: tuple[DayOff, ...] = ()
    removed: tuple[date, ...] = ()
    amends: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """A calendar file as it was written: `week` holds weekday numbers, Monday is 0."""

    name: str
    week: tuple[int, ...]
    decrees: tuple[Decree, ...]


def in_force(decrees: Iterable[Decree], known_on: date | None) -> tuple[Decree, ...]:
    """The decrees issued by the end of that day (all, if no day is given), in order of issue."""
    known = (decree for decree in decrees if known_on is None or decree.issued <= known_on)
    return tuple(sorted(known, key=lambda decree: (decree.issued, decree.amends)))


def read_calendar(values: Mapping[str, object]) -> CalendarFile:
    """The calendar a file describes.

    Raises:
        CalendarInvalid: with every problem of the file in `data["problems"]`.

    """
    reader = _Reader()
    reader.keys("", values, _FILE_KEYS)
    name = reader.text("name", values.get("name"))
    week = reader.week(values.get("week"))
    decrees = tuple(
        reader.decree(f"decrees[{n}]", one) for n, one in reader.items("decrees", values.get("decrees"))
    )
    read = tuple(decree for decree in decrees if decree is not None)
    if not reader.problems:
        reader.problems.extend(contradictions(read))
    if reader.problems:
        lines = "\n".join(reader.problems)
        raise CalendarInvalid(
            f"calendar {name or '(no name)'} has {len(reader.problems)} problem(s):\n{lines}",
            name=name,
            problems=tuple(reader.problems),
        )
    return CalendarFile(name=name, week=week, decrees=read)


def contradictions(decrees: Sequence[Decree]) -> list[str]:
    """What decrees, read in order of issue, say against one another; a sentence each."""
    found: list[str] = []
    off: dict[int, set[date]] = {}
    for decree in in_force(decrees, None):
        where = f"the decree of {decree.issued} on {decree.year}"
        if not decree.amends and decree.year in off:
            found.append(
                f"{where}: that year is already settled by an earlier decree; write `kind: amendment`"
            )
            continue
        if decree.amends and decree.year not in off:
            found.append(
                f"{where}: it amends a year that no earlier decree settles; add the decree it amends"
            )
        days = off.setdefault(decree.year, set())
        found += [
            f"{where}: {day} is removed but was not a day off; leave it out"
            for day in decree.removed
            if day not in days
        ]
        days.difference_update(decree.removed)
        for one in decree.added:
            if one.date in days:
                found.append(f"{where}: {one.date} is a day off twice; keep one of them")
            days.add(one.date)
    return found


@dataclass(slots=True)
class _Reader:
    """Reads values into decrees and keeps a sentence for each that makes no sense."""

    problems: list[str] = field(default_factory=list)

    def decree(self, where: str, value: object) -> Decree | None:
        values = self.mapping(where, value)
        if values is None:
            return None
        self.keys(where, values, _DECREE_KEYS)
        kind = str(values.get("kind", "whole"))
        if kind not in _DECREE_KINDS:
            self.complain(
                f"{where}.kind", f"{kind!r} is no kind of decree; write {' or '.join(_DECREE_KINDS)}"
            )
        title = self.text(f"{where}.title", values.get("title"))
        issued = self.date(f"{where}.issued", values.get("issued"), None)
        year = self.year(f"{where}.year", values.get("year"))
        added = (
            *self.days(f"{where}.holidays", values.get("holidays", []), "holiday", year),
            *self.days(
                f"{where}.collective_leave", values.get("collective_leave", []), "collective_leave", year
            ),
        )
        dated = (
            self.date(f"{where}.removes[{n}]", one, year)
            for n, one in self.items(f"{where}.removes", values.get("removes", []))
        )
        removed = tuple(day for day in dated if day is not None)
        if not any(values.get(key) for key in _CHANGE_KEYS):
            self.complain(where, "it changes no day; list `holidays`, `collective_leave` or `removes`")
        if issued is None or year is None:
            return None
        number = str(values.get("number", ""))
        amends = kind == "amendment"
        return Decree(
            issued=issued, year=year, title=title, added=added, removed=removed, amends=amends, number=number
        )

    def days(self, where: str, value: object, kind: Kind, year: int | None) -> list[DayOff]:
        found = []
        for n, one in self.items(where, value):
            here = f"{where}[{n}]"
            values = self.mapping(here, one)
            if values is None:
                continue
            self.keys(here, values, _DAY_KEYS)
            day = self.date(f"{here}.date", values.get("date"), year)
            names = {
                language: self.text(f"{here}.{language}", values.get(language)) for language in ("id", "en")
            }
            if day is not None:
                found.append(DayOff(date=day, id=names["id"], en=names["en"], kind=kind))
        return found

    def date(self, where: str, value: object, year: int | None) -> date | None:
        day = _as_date(value)
        if day is None:
            self.complain(where, f"{_shown(value)} is not a date; write it as 2026-01-31")
        elif year is not None and day.year != year:
            self.complain(where, f"{day} does not lie in {year}; put it into the decree on {day.year}")
        elif day < _FIRST_ISSUE:
            self.complain(where, f"{day} is too early to be meant; write the year with four digits")
        else:
            return day
        return None

    def year(self, where: str, value: object) -> int | None:
        if _YEAR.fullmatch(str(value)):
            return int(str(value))
        self.complain(where, f"{_shown(value)} is not a year; write it as 2026")
        return None

    def week(self, value: object) -> tuple[int, ...]:
        numbers = {english.lower(): n for n, (_, english) in enumerate(WEEKDAYS)}
        found = set()
        for n, one in self.items("week", value):
            number = numbers.get(str(one).lower())
            if number is None:
                self.complain(
                    f"week[{n}]", f"{_shown(one)} is not a day of the week{_nearest(str(one), numbers)}"
                )
            else:
                found.add(number)
        if isinstance(value, list) and not value:
            self.complain("week", "nobody would ever work; list the working days of the week")
        return tuple(sorted(found))

    def text(self, where: str, value: object) -> str:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.complain(where, "a text is missing here")
        return ""

    def mapping(self, where: str, value: object) -> Mapping[str, object] | None:
        if isinstance(value, Mapping):
            return value
        self.complain(where, f"{_shown(value)} should be keys with values, such as `date: 2026-01-31`")
        return None

    def items(self, where: str, value: object) -> Iterable[tuple[int, object]]:
        if isinstance(value, (list, tuple)):
            return enumerate(value, start=1)
        self.complain(where, f"{_shown(value)} should be a list")
        return ()

    def keys(self, where: str, values: Mapping[str, object], known: Sequence[str]) -> None:
        for key in values:
            if key not in known:
                here = f"{where}.{key}" if where else str(key)
                self.complain(here, f"there is no such key here{_nearest(str(key), known)}")

    def complain(self, where: str, sentence: str) -> None:
        self.problems.append(f"{where}: {sentence}")


def _as_date(value: object) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != len("2026-01-31"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(word.lower(), names, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known: {', '.join(names)}"


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)
