"""The calendars of an agency side by side: which of them a unit works by on a day, and what a new version changes.

A definition names the calendar its days are counted by. A unit that works by another calendar based on that one, be
it for regional days, a six-day week or service on collective leave, is counted by its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.calendar import Calendar
from engine.core.calendar_files import BASE, UnitSpan, with_base
from engine.core.calendar_words import calendar_invalid
from engine.core.complaints import InBoth, say
from engine.errors import CalendarInvalid, NotFound

__all__ = ["Calendars", "plain_values"]

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """Calendars by name, in the version that counts now, each with the whole values it was built from."""

    known: Mapping[str, Calendar] = field(default_factory=dict)
    values: Mapping[str, Values] = field(default_factory=dict)
    _by_unit: Mapping[str, tuple[tuple[UnitSpan, Calendar], ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        units: dict[str, list[tuple[UnitSpan, Calendar]]] = {}
        for calendar in self.known.values():
            for span in calendar.units:
                units.setdefault(span.unit, []).append((span, calendar))
        object.__setattr__(self, "_by_unit", {name: tuple(found) for name, found in units.items()})

    def named(self, name: str) -> Calendar:
        """The calendar of that name. Raises: NotFound."""
        found = self.known.get(name)
        if found is None:
            raise NotFound("calendar", name, sorted(self.known))
        return found

    def of(self, use: str, unit: str, day: date) -> Calendar:
        """The calendar a unit is counted by on a day, where a definition uses that one. Raises: NotFound."""
        for span, calendar in self._by_unit.get(unit, ()):
            if span.covers(day) and (calendar.name == use or use in calendar.based_on):
                return calendar
        return self.named(use)

    def of_units(self, use: str, units: Iterable[str], first: date, last: date) -> tuple[Calendar, ...]:
        """The other calendars by which some of these units are counted on a day between two, by name."""
        between = [UnitSpan(unit=unit, first=first, last=last) for unit in units]
        return tuple(
            calendar
            for _, calendar in sorted(self.known.items())
            if use in calendar.based_on
            and any(span.overlaps(one) for span in calendar.units for one in between)
        )

    def standing_on(self, name: str) -> tuple[str, ...]:
        """The calendar of that name and all that are based on it, those nearer to it first."""
        above = [one for one in self.known.values() if name in one.based_on]
        return (name, *(one.name for one in sorted(above, key=lambda one: (len(one.based_on), one.name))))

    def with_file(self, values: Values) -> Calendars:
        """The same calendars with this file in the place of the one of its name, and those based on it built anew.

        Raises:
            CalendarInvalid: with every problem of the file, of those based on it, and among their units.

        """
        name = str(values.get("name"))
        whole = with_base(values, self.values.get)
        fresh, built = {**self.values, name: whole}, {**self.known, name: Calendar.from_values(whole)}
        problems: list[InBoth] = []
        for other in self.standing_on(name)[1:]:
            fresh[other] = with_base(fresh[other], fresh.get)
            try:
                built[other] = Calendar.from_values(fresh[other])
            except CalendarInvalid as invalid:
                told = invalid.data.get("problems")
                found = told if isinstance(told, tuple) else ()
                problems += found or (say("calendar_at", where=other, what=invalid.message),)
        problems += () if problems else _torn(built.values())
        if problems:
            raise calendar_invalid(say("calendar_tears", name=name), problems, name=name)
        return Calendars(known=built, values=fresh)


def plain_values(values: Values) -> dict[str, object]:
    """The values of the file alone, without those of the calendars it is based on."""
    return {key: value for key, value in values.items() if key != BASE}


def _torn(calendars: Iterable[Calendar]) -> Iterator[InBoth]:
    """A sentence for each unit that would work by two calendars of one line, or of one base, on the same day."""
    taken: list[tuple[UnitSpan, Calendar]] = []
    for calendar in calendars:
        for span in calendar.units:
            for other, by in taken:
                if by is not calendar and span.overlaps(other) and _root(by) == _root(calendar):
                    yield say("works_by_two", unit=span.unit, one=by.name, other=calendar.name)
            taken.append((span, calendar))


def _root(calendar: Calendar) -> str:
    return calendar.based_on[-1] if calendar.based_on else calendar.name
