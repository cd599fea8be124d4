"""What the engine answers: values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from engine.core.audit import Entry
from engine.core.case import Case, Task
from engine.core.case_lists import Outcome
from engine.core.chart import Chart
from engine.core.chart_effects import CaseEffect, Remark
from engine.core.command import Contents, Past
from engine.core.definition import Definition, Transition
from engine.core.delegating import Held
from engine.core.interruptions import Outage
from engine.core.journal_sight import JournalView
from engine.core.machine import Machine
from engine.core.outlook import Consequence, first_for_others
from engine.core.permitting import Option
from engine.core.roster import ChartChanges, RowProblem
from engine.core.scene import Scene
from engine.core.sight import Sight
from engine.core.stepping_in import Offer
from engine.core.telling import Standing
from engine.core.telling_parts import Part
from engine.core.urgency import ONLY_DUE, matters_by
from engine.errors import SiklusError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """What came of a command: the case as it stands, the entries written (oldest first).

    `repeated` says that this very request was answered before and nothing was done again.
    """

    case: Case
    entries: tuple[Entry, ...]
    repeated: bool = False
    #: whether other cases are concerned: opened by it, or waiting for what it came to
    stirs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """What one sweep did. `failed` names cases that could not be stepped, with the reason; they blocked nobody.

    `late_us` is how long what was due first had been due; `parked` were left alone, as they failed again and again.
    """

    cases: int
    steps: int
    failed: tuple[tuple[str, str], ...] = ()
    late_us: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageReport:
    """What an act about an outage did: how many cases it changed now, and those that could not be stepped."""

    outage: Outage
    cases: int = 0
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchRow:
    """What a launch did about one person, and why not, if not."""

    person: str
    outcome: Literal["launched", "existing", "not_covered", "refused"]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchReport:
    """A launched cycle: how many cases are new, how many existed, and a row for each person of the chart."""

    cycle: str
    launched: int
    existing: int
    rows: tuple[LaunchRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePreview:
    """What an import would come to in the chart (instead of `before`), in open cases, and for whom it leaves alone."""

    version: str
    before: str
    changes: ChartChanges
    chart: Chart
    affected: tuple[CaseEffect, ...]
    remarks: tuple[Remark, ...]
    left_alone: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleReport:
    """What an import changed: keys of who joined, changed, left or was left alone, and how many tasks moved along."""

    version: str
    joined: tuple[str, ...]
    changed: tuple[str, ...]
    left: tuple[str, ...]
    followed: int
    left_alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedClock:
    """A running clock that another calendar moves: `counted_to` is where it counts to, `due_to` where it then stands.

    They differ for one that would fall into the past and is `kept`. A clock whose day stays has rungs that move.
    """

    case: Case
    workflow: str
    clock: str
    due_from: date
    due_to: date
    counted_to: date
    working_days: int
    into_past: bool
    kept: bool
    rungs: int
    #: the versions it was and is counted with
    calendars: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChanged:
    """A day that one version of a calendar works and the other does not, and why not, in both languages."""

    calendar: str
    date: date
    works: bool
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPreview:
    """What applying a calendar would do to the open cases; `failed` could not be counted, with the reason."""

    calendar: str
    #: the version that counts now, if there is one
    before: str | None
    changed: tuple[DayChanged, ...]
    rows: tuple[MovedClock, ...]
    #: open cases looked at
    looked: int
    failed: tuple[tuple[str, str], ...]
    past: Past


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted:
    """What applying a calendar did: cases with a clock that moved, clocks, and those kept out of the past."""

    calendar: str
    cases: int
    clocks: int
    kept: int
    failed: tuple[tuple[str, str], ...] = ()
    #: False if another apply of the same calendar took it over
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """An open task with what surrounds it; `behalf` is whom it is done for, if not for oneself."""

    task: Task
    case: Case
    definition: Definition
    scene: Scene
    consequences: tuple[Consequence, ...]
    behalf: str | None = None
    #: what may be done about somebody else's delay
    offers: tuple[Offer, ...] = ()
    #: the entries of the case, oldest first
    history: tuple[Entry, ...] = ()
    #: the acts this person may do here and in other cases at once
    in_bulk: tuple[Transition, ...] = ()

    @property
    def matters(self) -> Consequence | None:
        """What happens first to others, or takes the work away, if nobody acts; of a look at something, nothing."""
        if self.task.kind in ONLY_DUE:
            return None
        return first_for_others(self.consequences, self.task.holder)

    @property
    def matters_on(self) -> date | None:
        """The last day on which acting prevents that; the due day if it comes first and is not over."""
        first = self.matters
        return matters_by(
            self.task.due_on, None if first is None else first.on, self.scene.today(self.case.zone)
        )

    @property
    def standing(self) -> Standing:
        """What the task is told from."""
        return Standing(
            definition=self.definition,
            case=self.case,
            scene=self.scene,
            consequences=self.consequences,
            history=self.history,
            offers=self.offers,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCase:
    """A case that hangs together with another: "parent", or opened by that link of it.

    Without a case it was never opened: `outcome` is "" (still to be), "full" (too many are open) or "dropped".
    """

    link: str
    case: Case | None
    definition: Definition | None = None
    outcome: str = "opened"
    #: what stands in the way of a case that is still to be opened
    trouble: SiklusError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a viewer may read of other cases by one read or link: values by path, told by the rules of those cases.

    Of a set (`many`) each value is a list, one for each case, and only to be counted.
    """

    name: str
    definition: Definition
    cases: tuple[Case, ...]
    many: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as one viewer may see it. All of it may be shown to them but `known`, which their acts are made from."""

    case: Case
    definition: Definition
    machine: Machine
    scene: Scene
    #: the forms this viewer may read, in the versions that are open to them
    contents: Mapping[str, Mapping[str, Any]]
    #: what the viewer took back and has not written again, by form: nobody else reads it
    drafts: Mapping[str, Mapping[str, Any]]
    #: everything that stands written now, with what was gathered, kept in journals and read of other cases
    known: Contents
    #: what this viewer may read, and which versions of it
    sight: Sight
    #: the figures this viewer may read, worked out from what is open to them
    figures: Mapping[str, int | str]
    options: tuple[Option, ...]
    consequences: tuple[Consequence, ...]
    roles: frozenset[str]
    may_steer: bool
    history: tuple[Entry, ...]
    #: the open tasks this viewer holds, and those they may do for others
    held: tuple[Held, ...] = ()
    #: what the viewer may do about somebody else's delay
    offers: tuple[Offer, ...] = ()
    #: the journals this viewer may read or do something in
    journals: tuple[JournalView, ...] = ()
    #: answers of gatherings that are over and that this viewer may read, by name; and what came of each
    gathered: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    #: what the viewer answered in the gathering under way, where answers have names
    own_answer: Mapping[str, Any] | None = None
    #: the digest of the text that is being signed, for who may read it; "" where nothing is
    digest: str = ""
    linked: tuple[LinkedCase, ...] = ()
    #: what this viewer may read of other cases
    beside: tuple[Beside, ...] = ()
    #: the parts of its period, where somebody moved within it
    parts: tuple[Part, ...] = ()
    #: the break-glass grant by which this viewer reads or steers it; "" by everyday rights
    glass: str = ""

    @property
    def readable(self) -> frozenset[str]:
        """The names of what this viewer may read."""
        return self.sight.names

    @property
    def standing(self) -> Standing:
        """What the case is told from."""
        return Standing(
            definition=self.definition,
            case=self.case,
            scene=self.scene,
            consequences=self.consequences,
            history=self.history,
            offers=self.offers,
        )
