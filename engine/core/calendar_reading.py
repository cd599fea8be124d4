"""A calendar file's plain values read: its week, its decrees, what it is based on, who works by it.

Every problem is found, not the first. Reading YAML is not done here: what comes in is nested mappings and lists whose
scalars are strings, or dates and numbers where the reader already typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from engine.core.calendar_files import BASE, CalendarFile, UnitSpan, based_on
from engine.core.calendar_words import calendar_invalid
from engine.core.complaints import Said, Sayable, say
from engine.core.decrees import WEEKDAYS, DayOff, Decree, contradictions, regional_contradictions
from engine.core.observances import Kind

__all__ = ["read_layers"]

_FILE_KEYS = ("name", "based_on", "week", "units", "decrees")
_UNIT_KEYS = ("unit", "from", "to")
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
_OWN_KINDS = ("whole", "amendment")
_REGIONAL = "regional"
_LEAVE = "collective_leave"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"[0-9]{4}")
_FIRST_ISSUE = date(1945, 8, 17)


def read_layers(values: Mapping[str, object]) -> tuple[CalendarFile, ...]:
    """The calendar that whole values describe: what it is based on first, its own file last.

    Raises:
        CalendarInvalid: with every problem of the file in `data["problems"]`.

    """
    base = values.get(BASE)
    below = read_layers(base) if isinstance(base, Mapping) else ()
    reader = _Reader(based=bool(based_on(values)))
    file = reader.file(values)
    if reader.based and not below:
        reader.complain("based_on", say("no_such_base", name=file.based_on))
    if not reader.problems:
        layers = (*below, file)
        reader.problems += contradictions(layers[0].decrees)
        above = [one.decrees for one in layers[1:]]
        reader.problems += regional_contradictions(layers[0].decrees, above, [one.name for one in layers[1:]])
    if reader.problems:
        named = file.name or say("without_a_name")
        what = say("calendar_has_problems", name=named, count=len(reader.problems))
        raise calendar_invalid(what, reader.problems, name=file.name)
    return (*below, file)


@dataclass(slots=True)
class _Reader:
    """Reads values into decrees and keeps a sentence for each that makes no sense."""

    #: the file stands on another calendar
    based: bool
    problems: list[Said] = field(default_factory=list)

    def file(self, values: Mapping[str, object]) -> CalendarFile:
        self.keys("", {key: value for key, value in values.items() if key != BASE}, _FILE_KEYS)
        name = self.text("name", values.get("name"))
        if name and not _NAME.fullmatch(name):
            self.complain("name", say("no_calendar_name", name=name))
        week = None if self.based and "week" not in values else self.week(values.get("week"))
        units = tuple(
            unit
            for n, one in self.items("units", values.get("units", []))
            if (unit := self.unit(f"units[{n}]", one)) is not None
        )
        self.overlapping(units)
        given = values.get("decrees", []) if self.based else values.get("decrees")
        decrees = tuple(
            decree
            for n, one in self.items("decrees", given)
            if (decree := self.decree(f"decrees[{n}]", one)) is not None
        )
        return CalendarFile(name=name, week=week, decrees=decrees, based_on=based_on(values), units=units)

    def unit(self, where: str, value: object) -> UnitSpan | None:
        values = self.mapping(where, value)
        if values is None:
            return None
        self.keys(where, values, _UNIT_KEYS)
        name = self.text(f"{where}.unit", values.get("unit"))
        first, last = (
            self.date(f"{where}.{key}", values[key], None) if values.get(key) else None
            for key in ("from", "to")
        )
        if first is not None and last is not None and last < first:
            self.complain(where, say("unit_stops_before", name=name, last=str(last)))
        return UnitSpan(unit=name, first=first, last=last)

    def overlapping(self, units: Sequence[UnitSpan]) -> None:
        for number, one in enumerate(units, start=1):
            for other in units[: number - 1]:
                if one.overlaps(other):
                    self.complain(f"units[{number}]", say("unit_named_twice", unit=one.unit))

    def kind(self, where: str, value: object) -> str:
        kinds = (_REGIONAL,) if self.based else _OWN_KINDS
        kind = kinds[0] if value is None else str(value)
        if kind in kinds:
            return kind
        if kind in (_REGIONAL, *_OWN_KINDS):
            self.complain(f"{where}.kind", say("regional_only") if self.based else say("regional_needs_base"))
        else:
            known = kinds[0] if len(kinds) == 1 else say("kind_or_kind", one=kinds[0], other=kinds[1])
            self.complain(f"{where}.kind", say("no_kind_of_decree", kind=kind, kinds=known))
        return kind

    def decree(self, where: str, value: object) -> Decree | None:
        values = self.mapping(where, value)
        if values is None:
            return None
        self.keys(where, values, _DECREE_KEYS)
        kind = self.kind(where, values.get("kind"))
        title = self.text(f"{where}.title", values.get("title"))
        issued = self.date(f"{where}.issued", values.get("issued"), None)
        year = self.year(f"{where}.year", values.get("year"))
        added = (
            *self.days(f"{where}.holidays", values.get("holidays", []), "holiday", year),
            *self.days(
                f"{where}.collective_leave", values.get("collective_leave", []), "collective_leave", year
            ),
        )
        removes_leave = self.based and values.get("removes") == _LEAVE
        dated = (
            self.date(f"{where}.removes[{n}]", one, year)
            for n, one in self.items(f"{where}.removes", [] if removes_leave else values.get("removes", []))
        )
        removed = tuple(day for day in dated if day is not None)
        if not any(values.get(key) for key in _CHANGE_KEYS):
            self.complain(where, say("changes_no_day"))
        if issued is None or year is None:
            return None
        number = str(values.get("number", ""))
        return Decree(
            issued=issued,
            year=year,
            title=title,
            added=added,
            removed=removed,
            amends=kind == "amendment",
            regional=kind == _REGIONAL,
            removes_leave=removes_leave,
            number=number,
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
            self.complain(where, say("no_date", value=_shown(value)))
        elif year is not None and day.year != year:
            self.complain(where, say("outside_its_year", day=str(day), year=year, own=day.year))
        elif day < _FIRST_ISSUE:
            self.complain(where, say("too_early_a_day", day=str(day)))
        else:
            return day
        return None

    def year(self, where: str, value: object) -> int | None:
        if _YEAR.fullmatch(str(value)):
            return int(str(value))
        self.complain(where, say("no_calendar_year", value=_shown(value)))
        return None

    def week(self, value: object) -> tuple[int, ...]:
        numbers = {english.lower(): n for n, (_, english) in enumerate(WEEKDAYS)}
        found = set()
        for n, one in self.items("week", value):
            number = numbers.get(str(one).lower())
            if number is None:
                near = _nearest(str(one), numbers)
                self.complain(f"week[{n}]", say("no_weekday", value=_shown(one), near=near))
            else:
                found.add(number)
        if isinstance(value, list) and not value:
            self.complain("week", say("no_working_day"))
        return tuple(sorted(found))

    def text(self, where: str, value: object) -> str:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.complain(where, say("no_text_here"))
        return ""

    def mapping(self, where: str, value: object) -> Mapping[str, object] | None:
        if isinstance(value, Mapping):
            return value
        self.complain(where, say("keys_with_values", value=_shown(value)))
        return None

    def items(self, where: str, value: object) -> Iterable[tuple[int, object]]:
        if isinstance(value, (list, tuple)):
            return enumerate(value, start=1)
        self.complain(where, say("not_a_list", value=_shown(value)))
        return ()

    def keys(self, where: str, values: Mapping[str, object], known: Sequence[str]) -> None:
        for key in values:
            if key not in known:
                here = f"{where}.{key}" if where else str(key)
                self.complain(here, say("no_key_here", near=_nearest(str(key), known)))

    def complain(self, where: str, sentence: Said) -> None:
        self.problems.append(say("calendar_at", where=where, what=sentence))


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


def _nearest(word: str, known: Iterable[str]) -> Said:
    names = list(known)
    near = get_close_matches(word.lower(), names, n=1)
    return say("near_one", name=near[0]) if near else say("near_known", names=", ".join(names))


def _shown(value: object) -> Sayable:
    return say("nothing_there") if value is None else repr(value)
