"""The values durations and moments are: what stands in a definition once its words were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from engine.core.complaints import Said

__all__ = [
    "CivilDate",
    "DayAfterPeriod",
    "DueItself",
    "Duration",
    "Entry",
    "FixedDate",
    "Moment",
    "MomentUnknown",
    "Offset",
    "PeriodEdge",
    "WindowEdge",
]

Edge = Literal["from", "to"]
Side = Literal["before", "after"]
#: What a count may begin at: "due", "entry", "notified", "period.from", "period.to", or an edge of a window
#: ("calibrate.to").
Anchor = str


# Not keyword-only: `Offset(Duration(5, "working days"), "after", "due")` reads like the phrase it stands for.
@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of one unit: `working days`, `days`, `weeks`, `months` or `years`."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class CivilDate:
    """A day of the year in which the period begins, or so many years later; 29 February may fall on the 28th."""

    month: int
    day: int
    year_offset: int = 0


@dataclass(frozen=True, slots=True)
class FixedDate:
    """One day for ever."""

    date: date


@dataclass(frozen=True, slots=True)
class PeriodEdge:
    """The first (`from`) or the last (`to`) day of the period that is appraised."""

    edge: Edge

    def __str__(self) -> str:
        return f"period.{self.edge}"


@dataclass(frozen=True, slots=True)
class WindowEdge:
    """The first (`from`) or the last (`to`) day of a window of the timetable, in the case's own resolution of it."""

    window: str
    edge: Edge

    def __str__(self) -> str:
        return f"{self.window}.{self.edge}"


@dataclass(frozen=True, slots=True)
class DayAfterPeriod:
    """A day of the n-th calendar month after the month of an edge of the period; day 31 means its last day."""

    day: int
    month: int
    edge: Edge = "to"


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before or after the due date, the entry into the state, or an edge of the period or of a window."""

    duration: Duration
    side: Side
    anchor: Anchor

    @property
    def window(self) -> str:
        """The window it counts from; "" if it counts from something else."""
        name, dot, _ = self.anchor.partition(".")
        return name if dot and name != "period" else ""


@dataclass(frozen=True, slots=True)
class DueItself:
    """The due date."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The day on which the state was entered."""


Moment: TypeAlias = (
    CivilDate | FixedDate | PeriodEdge | WindowEdge | DayAfterPeriod | Offset | DueItself | Entry
)


class MomentUnknown(ValueError):
    """A text is no moment. `why` says what is wrong with it, `suggestion` what to write instead."""

    def __init__(self, text: str, why: Said, suggestion: Said) -> None:
        super().__init__(f"{text!r} is no moment: {why['en']}; {suggestion['en']}")
        self.text, self.why, self.suggestion = text, why, suggestion
