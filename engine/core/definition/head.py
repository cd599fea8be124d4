"""What stands above the rules: settings, period, who is covered, whose days count, who may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.core.definition.times import DayOff
from engine.core.definition.words import Condition

SubjectKind = Literal["person", "unit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A number that is not firm law: what it is here, what an agency may make of it, and on what ground."""

    name: str
    value: str
    allow: str | tuple[str, ...]
    basis: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """What is appraised: a year from month/day to month/day, each quarter, each month; "none": the case has no period.

    Quarters and months are those of the calendar year; without a period both edges are the day the case was opened.
    """

    every: Literal["year", "quarter", "month", "none"] = "year"
    from_month: int = 1
    from_day: int = 1
    to_month: int = 12
    to_day: int = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """Who gets a case: a condition over `employee.kind`, `employee.unit`, ...; and which statuses are exempt."""

    who: Condition | None
    exempt: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRule:
    """Whose days and zone: calendar `use`, of the person in role `of`; where due dates on a day off go."""

    use: str
    of: str
    day_off: DayOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """What everybody may read, with no account, for as long as a case rests in this state."""

    state: str
    shows: tuple[str, ...]
    #: what whom the case is about has agreed to; unless it is true nothing is shown. None of a unit
    agreed: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role may read a form, figure, journal or gathering since the case first reached one of these states.

    Empty means always.
    """

    what: str
    role: str
    since: tuple[str, ...]
