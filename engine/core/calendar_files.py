"""Calendar files: who works by one, and how those based on one another are put together.

A file based on another is kept whole, with all below it: each version that was ever in force can be built again from
its own row, whatever became of the calendars below it since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.calendar_words import calendar_invalid
from engine.core.complaints import say
from engine.core.decrees import Decree

__all__ = ["BASE", "CalendarFile", "UnitSpan", "based_on", "with_base"]

#: under which key a calendar is kept with all that it is based on
BASE = "base"
#: calendars one above another
_MOST_LAYERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSpan:
    """A unit that works by a calendar, from a day on and up to one; without either always."""

    unit: str
    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the unit works by the calendar on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: UnitSpan) -> bool:
        """Whether both name the same unit on one day."""
        return (
            self.unit == other.unit
            and (self.first is None or other.last is None or self.first <= other.last)
            and (other.first is None or self.last is None or other.first <= self.last)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """A calendar file as it was written: `week` holds weekday numbers, Monday is 0; None is that of its base."""

    name: str
    week: tuple[int, ...] | None
    decrees: tuple[Decree, ...]
    based_on: str = ""
    units: tuple[UnitSpan, ...] = ()


def based_on(values: Mapping[str, object]) -> str:
    """The name of the calendar that these values are based on; "" if they stand alone."""
    return str(values.get("based_on") or "")


def with_base(
    values: Mapping[str, object], find: Callable[[str], Mapping[str, object] | None]
) -> dict[str, object]:
    """The values of a file together with those of all it is based on: whole, as a calendar is kept and read.

    Raises:
        CalendarInvalid: a calendar it is based on is not known, or is based on it.

    """
    return _with_base(values, find, (str(values.get("name")),))


def _with_base(
    values: Mapping[str, object], find: Callable[[str], Mapping[str, object] | None], line: tuple[str, ...]
) -> dict[str, object]:
    own = {key: value for key, value in values.items() if key != BASE}
    base = based_on(values)
    if not base:
        return own
    if base in line or len(line) == _MOST_LAYERS:
        why = say("based_on_itself") if base in line else say("too_many_layers", most=_MOST_LAYERS)
        told = " -> ".join((*line, base))
        raise calendar_invalid(say("cannot_be_based_so", name=line[0], line=told, why=why), name=line[0])
    found = find(base)
    if found is None:
        raise calendar_invalid(say("base_not_known", name=line[-1], base=base), name=line[0])
    own[BASE] = _with_base(found, find, (*line, base))
    return own
