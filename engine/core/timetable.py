"""The windows of a timetable as days: for one person, in one period, with what a launch set by decree.

A window that a decree sets anew is replaced whole; all others keep what the definition says. Days are worked out once,
when a case starts, and stay: a person who changes echelon during a cycle keeps the windows the cycle began with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from types import MappingProxyType

from engine.core.calendar import Calendar
from engine.core.chart import Person
from engine.core.codec import canonical, decode
from engine.core.definition import Window
from engine.core.moments import day_of
from engine.core.roster_vocabulary import ECHELONS, STATUSES

__all__ = [
    "NO_DECREE",
    "STAGGERED_BY",
    "Decreed",
    "Span",
    "all_groups",
    "case_windows",
    "contradictions",
    "decree_facts",
    "decree_of",
    "decree_text",
    "groups_of",
]

#: What a window may be staggered by: fields of the employee with a closed list of values.
STAGGERED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "employee.echelon": tuple(dict.fromkeys(ECHELONS.values())),
        "employee.status": tuple(dict.fromkeys(STATUSES.values())),
    }
)
#: Whose echelon no file says stands below all that are named.
_UNNAMED_ECHELON = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days of one window for one group; without a first day it is open from the start."""

    first: date | None
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decreed:
    """Windows a launch sets by decree: by name, then by group ("" if the window is not staggered)."""

    decree: str = ""
    windows: Mapping[str, Mapping[str, Span]] = field(default_factory=dict)


NO_DECREE = Decreed()


def decree_facts(decreed: Decreed) -> dict[str, object]:
    """A decree's windows as plain values: `{group: [first day or null, last day]}` by name."""
    windows = {
        name: {
            group: [span.first.isoformat() if span.first else None, span.last.isoformat()]
            for group, span in spans.items()
        }
        for name, spans in decreed.windows.items()
    }
    return {"decree": decreed.decree, "windows": windows}


def decree_text(decreed: Decreed) -> str:
    """A decree's windows as they are stored; read back by `decree_of`."""
    return "{}" if decreed == NO_DECREE else canonical(decree_facts(decreed)).decode()


def decree_of(text: str) -> Decreed:
    """The windows `decree_text` wrote."""
    told = decode(text)
    if not told:
        return NO_DECREE
    windows = {
        name: {
            group: Span(first=date.fromisoformat(first) if first else None, last=date.fromisoformat(last))
            for group, (first, last) in spans.items()
        }
        for name, spans in told["windows"].items()
    }
    return Decreed(decree=told["decree"], windows=windows)


def groups_of(person: Person) -> dict[str, str]:
    """Which group a person belongs to, by each field a window may be staggered by."""
    return {"employee.echelon": person.echelon or _UNNAMED_ECHELON, "employee.status": person.status}


def all_groups(timetable: Mapping[str, Window]) -> Iterator[dict[str, str]]:
    """Every combination of groups that tells windows apart; a single empty one if none is staggered."""
    fields = tuple(dict.fromkeys(window.by for window in timetable.values() if window.by))
    for groups in product(*(STAGGERED_BY[name] for name in fields)):
        yield dict(zip(fields, groups, strict=True))


def case_windows(
    timetable: Mapping[str, Window],
    decreed: Decreed,
    groups: Mapping[str, str],
    *,
    calendar: Calendar,
    period_from: date,
    period_to: date,
) -> dict[str, str]:
    """The windows of a case of these groups: the day of each edge as ISO text, by `window.from` and `window.to`."""
    days: dict[str, str] = {}
    for name, window in timetable.items():
        group = groups[window.by] if window.by else ""
        if name in decreed.windows:
            span = decreed.windows[name][group]
        else:
            span = _span(window, group, calendar, period_from, period_to)
        if span.first is not None:
            days[f"{name}.from"] = span.first.isoformat()
        days[f"{name}.to"] = span.last.isoformat()
    return days


def contradictions(
    timetable: Mapping[str, Window],
    decreed: Decreed,
    *,
    calendar: Calendar,
    period_from: date,
    period_to: date,
) -> Iterable[str]:
    """A sentence for each window that would close before it opens in this period, decreed ones included."""
    for name, window in timetable.items():
        for group in window.openings:
            if name in decreed.windows:
                span = decreed.windows[name][group]
            else:
                span = _span(window, group, calendar, period_from, period_to)
            if span.first is not None and span.last < span.first:
                whose = f" for {group}" if group else ""
                yield f"the window {name}{whose} closes on {span.last}, before it opens on {span.first}"


def _span(window: Window, group: str, calendar: Calendar, period_from: date, period_to: date) -> Span:
    opening = window.openings[group]
    first, last = (
        None
        if moment is None
        else day_of(moment, calendar=calendar, period_from=period_from, period_to=period_to)
        for moment in (opening.from_, opening.to)
    )
    assert last is not None, "a window has a last day"
    return Span(first=first, last=last)
