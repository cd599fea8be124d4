"""What the JSON of calendars looks like: those that count, what a new one would move, and what it moved."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas import Out, Text


class UnitSpanOut(Out):
    """A unit that works by a calendar, from a day on (null: ever) and up to one (null: no end)."""

    unit: str
    from_: Annotated[date | None, Field(alias="from")]
    to: date | None


class CalendarOut(Out):
    """A calendar that counts: its version, what it is based on (the nearest first), its week, and who works by it."""

    name: str
    version: str
    based_on: list[str]
    week: list[str]
    units: list[UnitSpanOut]


class DayOffOut(Out):
    """A day off: a holiday, or collective leave."""

    date: date
    kind: Literal["holiday", "collective_leave"]
    text: Text


class CalendarYear(CalendarOut):
    """A calendar with the days off of one year; `computed` if no decree settles it."""

    year: int
    computed: bool
    days_off: list[DayOffOut]


class DayChangedOut(Out):
    """A day that is worked by the new version and was not, or the other way round; `why` it is or was off."""

    calendar: str
    date: date
    works: bool
    why: Text


class MovedClockOut(Out):
    """A running deadline that moves. `to` differs from `counted_to` for one that is kept out of the past.

    `holders` have the open tasks of the case; `calendars` are the versions before and after.
    """

    case: str
    workflow: str
    cycle: str
    unit: str
    person: str
    state: str
    clock: str
    from_: Annotated[date, Field(alias="from")]
    to: date
    counted_to: date
    working_days: int
    into_past: bool
    kept: bool
    reminders_moved: int
    holders: list[str]
    calendars: list[str]


class MovedTotals(Out):
    """How many open cases were looked at, and how many deadlines move: by unit, by workflow, into the past."""

    looked: int
    cases: int
    clocks: int
    tasks: int
    into_past: int
    kept: int
    by_unit: dict[str, int]
    by_workflow: dict[str, int]


class NotCounted(Out):
    """A case whose deadlines could not be counted, and why."""

    case: str
    why: str


class CalendarPreviewOut(Out):
    """What applying a calendar would do. `before` is the version that counts now, or null."""

    calendar: str
    before: str | None
    past: Literal["keep", "move"]
    totals: MovedTotals
    days: list[DayChangedOut]
    clocks: list[MovedClockOut]
    failed: list[NotCounted]


class RecountedOut(Out):
    """What applying a calendar did. `finished` is false where another apply of it took over."""

    calendar: str
    cases: int
    clocks: int
    kept: int
    failed: list[NotCounted]
    finished: bool
