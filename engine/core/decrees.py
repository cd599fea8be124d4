"""Decrees on days off: what each says of a year, which are known on a day, and what they say against one another.

A calendar stands on one of its own, or on another calendar. The decrees of the one at the bottom settle whole years
and amend them. Decrees of calendars above it are regional: each adds days to what holds below, or takes them away for
those who work on them, and what it says of a day stands until another regional decree says otherwise.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.core.complaints import Said, say
from engine.core.observances import DayOff, observances

__all__ = [
    "WEEKDAYS",
    "DayOff",
    "Decree",
    "contradictions",
    "decreed_days",
    "in_force",
    "regional_contradictions",
    "regional_in_force",
    "with_regional",
]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decree:
    """What one decree says about one year's days off. Unless it `amends` or is `regional`, it settles the year."""

    issued: date
    year: int
    title: str
    added: tuple[DayOff, ...] = ()
    removed: tuple[date, ...] = ()
    amends: bool = False
    regional: bool = False
    #: whoever it holds for works on every day of collective leave of that year, those declared later included
    removes_leave: bool = False
    number: str = ""


def in_force(decrees: Iterable[Decree], known_on: date | None) -> tuple[Decree, ...]:
    """The decrees issued by the end of that day (all, if no day is given), in order of issue."""
    known = (decree for decree in decrees if known_on is None or decree.issued <= known_on)
    return tuple(sorted(known, key=lambda decree: (decree.issued, decree.amends)))


def regional_in_force(
    layers: Iterable[Iterable[Decree]], known_on: date | None
) -> tuple[tuple[Decree, ...], ...]:
    """The regional decrees of each calendar, the lowest first, as far as they were issued by then."""
    return tuple(in_force(layer, known_on) for layer in layers)


def contradictions(decrees: Sequence[Decree]) -> list[Said]:
    """What decrees, read in order of issue, say against one another; a sentence each."""
    found: list[Said] = []
    off: dict[int, set[date]] = {}
    for decree in in_force(decrees, None):
        where = say("the_decree_of", issued=str(decree.issued), year=decree.year)
        if not decree.amends and decree.year in off:
            found.append(say("calendar_at", where=where, what=say("settled_already")))
            continue
        if decree.amends and decree.year not in off:
            found.append(say("calendar_at", where=where, what=say("amends_nothing")))
        days = off.setdefault(decree.year, set())
        found += _not_off(where, decree, days)
        days.difference_update(decree.removed)
        for one in decree.added:
            if one.date in days:
                found.append(say("calendar_at", where=where, what=say("day_off_twice", day=str(one.date))))
            days.add(one.date)
    return found


def _not_off(where: Said, decree: Decree, off: Container[date]) -> Iterator[Said]:
    for day in decree.removed:
        if day not in off:
            yield say("calendar_at", where=where, what=say("was_no_day_off", day=str(day)))


def regional_contradictions(
    decrees: Sequence[Decree], layers: Sequence[Sequence[Decree]], names: Sequence[str]
) -> list[Said]:
    """What regional decrees say against what held on the day they were issued; a sentence each.

    What is decreed below them later never makes them wrong: it cannot have been known.
    """
    found: list[Said] = []
    for depth, (layer, name) in enumerate(zip(layers, names, strict=True)):
        for number, decree in enumerate(ordered := in_force(layer, None)):
            where = say("the_decree_in", name=name, issued=str(decree.issued), year=decree.year)
            below = regional_in_force(layers[:depth], decree.issued)
            before = with_regional(
                decreed_days(in_force(decrees, decree.issued), decree.year), (*below, ordered[:number])
            )
            left = {day for day in before if day not in decree.removed}
            found += _not_off(where, decree, before)
            for one in decree.added:
                if one.date in left:
                    what = say("day_off_already", day=str(one.date))
                    found.append(say("calendar_at", where=where, what=what))
                left.add(one.date)
    return found


def decreed_days(known: Iterable[Decree], year: int, *, collective_leave: bool = True) -> dict[date, DayOff]:
    """The days off of a year by these decrees, in order of issue; computed, if none of them settles it."""
    own = [decree for decree in known if decree.year == year]
    if not own:
        return {day.date: day for day in observances(year, collective_leave=collective_leave)}
    off: dict[date, DayOff] = {}
    for decree in own:
        for gone in decree.removed:
            off.pop(gone, None)
        off.update((day.date, day) for day in decree.added)
    return off


def with_regional(off: dict[date, DayOff], layers: Iterable[Iterable[Decree]]) -> dict[date, DayOff]:
    """The days off once regional decrees are counted in as well, the lowest calendar first."""
    for layer in layers:
        for decree in layer:
            if decree.removes_leave:
                off = {
                    day: one
                    for day, one in off.items()
                    if one.kind != "collective_leave" or day.year != decree.year
                }
            for gone in decree.removed:
                off.pop(gone, None)
            for one in decree.added:
                off.setdefault(one.date, one)
    return off
