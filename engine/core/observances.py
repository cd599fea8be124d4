"""Indonesia's holidays as computed, for years no decree has settled: the one door to `holidays`.

Computed days are a forecast: lunar dates follow astronomy, not the sighting, and nobody can compute which collective
leave a government will declare. Years with a decree do not come from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from holidays.constants import GOVERNMENT, PUBLIC
from holidays.countries.indonesia import Indonesia

__all__ = ["DayOff", "Kind", "observances"]

Kind = Literal["holiday", "collective_leave"]

_JOINT = " Joint Holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day on which offices are closed, and why, in both languages."""

    date: date
    id: str
    en: str
    kind: Kind = "holiday"


@lru_cache(maxsize=256)
def observances(year: int, *, collective_leave: bool) -> tuple[DayOff, ...]:
    """The year's national holidays, and on request its collective leave as far as the library knows it, by date."""
    holidays = _read(year, PUBLIC, "holiday")
    taken = {day.date for day in holidays}
    leave = _read(year, GOVERNMENT, "collective_leave") if collective_leave else ()
    days = (*holidays, *(day for day in leave if day.date not in taken))
    return tuple(sorted(days, key=lambda day: day.date))


def _read(year: int, category: str, kind: Kind) -> tuple[DayOff, ...]:
    # One category at a time: asked for both at once, the library does not tell which day is which.
    names = Indonesia(years=year, categories=(category,), language="id", expand=False)
    english = Indonesia(years=year, categories=(category,), language="en_US", expand=False)
    return tuple(
        DayOff(date=day, id=names[day], en=_english(english[day]), kind=kind) for day in sorted(names)
    )


def _english(name: str) -> str:
    """The library's "joint holiday" in this project's words."""
    return f"Collective leave: {name.removesuffix(_JOINT)}" if name.endswith(_JOINT) else name
