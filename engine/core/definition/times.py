"""Due times, the ladders that follow them, windows, and pauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.core.definition.facts import Fact
from engine.core.moments import Duration, Moment

DayOff = Literal["next", "previous", "stays"]
Scope = Literal["visit", "phase", "case"]
#: what rings after a standstill of the engine, of all that came due meanwhile
CatchUp = Literal["fire_all", "collapse", "skip_superseded", "extend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a ladder. `offset` counts from the due time: None is at due, else before or after it."""

    offset: Duration | None = None
    before: bool = False
    remind: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    #: opens an escalation task for this role: remind with a note, reassign, grant days
    task: str | None = None
    #: hands the task over: "substitute", "next_level" or a role
    reassign: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs of a due time, in order of time."""

    name: str
    rungs: tuple[Rung, ...]
    #: None leaves it to the installation
    catch_up: CatchUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due time: `within` a duration of entry, or at a `date` but `at_least` so long after entry."""

    within: Duration | None = None
    date: Moment | None = None
    at_least: Duration | None = None
    day_off: DayOff = "next"
    ladder: str = "standard"
    #: the definition's own pauses that stop this clock, besides leave and outage
    pauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One window for one group of people: first and last day; without `from_` it is open from the start."""

    from_: Moment | None
    to: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A named window of the timetable, which a launch may replace.

    `by` is the field of the employee it is staggered by ("employee.echelon"); then `openings` has one entry for each
    of the field's choices, else the single entry "".
    """

    name: str
    openings: Mapping[str, Opening]
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    """A reason that stops `within` clocks: while a fact holds, until it holds, or when these roles say so.

    No pause lasts longer than `longest`; then the clock runs on with what it had left.
    """

    name: str
    longest: Duration
    until: Fact | None = None
    while_: Fact | None = None
    by: tuple[str, ...] = ()
