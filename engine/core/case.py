"""A case: one person's run through a definition in a cycle, as one value that is loaded, stepped and saved whole.

Invariants
- `version` moves with every write, `visit` with every entry into a state, `seq` with every audit entry.
- `alarms` of all deadlines together are everything that will happen by itself; `next_at` is the earliest of them.
- A final state has no task, no gathering, no escalation and no deadline; what the desk looks at may still wait.
- A state waits for one task, or for a gathering, or for neither.
- No personal text: people are keys, what they wrote lives in content rows.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

from engine.core.case_lists import Correction, Listed, Outcome, Unchecked, Why
from engine.core.clock_history import Carried, Grant, Stand, stopped_at
from engine.core.codec import Struct
from engine.core.restorable import Shelved
from engine.core.undoable import Undoable

#: an `at` later than any alarm: "never"
NEVER = 2**53 - 1

AlarmKind = Literal["wake", "move", "rung", "resume", "open", "promise"]

#: how a promise stands: it may go either way, it was kept, it was broken, or nothing that may happen keeps it any more
Standing = Literal["open", "kept", "broken", "lost"]


def case_id(cycle: str, subject: str, segment: int) -> str:
    """The id of a case: always the same for a cycle, a subject and a segment, so that opening it can be repeated."""
    told = f"{cycle}\x00{subject}\x00{segment}".encode()
    return f"c-{hashlib.sha256(b'case' + told).hexdigest()[:20]}"


class Alarm(Struct, frozen=True, kw_only=True, array_like=True):
    """Something that happens by itself at an instant (microseconds UTC).

    `what` is the transition's rule for a move, the rung's number for a rung, the reason of the pause that a resume
    ends, the link and first day of a part that is opened, the number of a promise whose day it is, "" for waking.
    """

    at: int
    kind: AlarmKind
    what: str


class Deadline(Struct, frozen=True, kw_only=True):
    """A clock that runs: a task's due, a phase's, the whole case's, or a moment that moves the case.

    `name` is unique within the case: "task", "phase:planning", "case", "move:<rule>", "wake", "resume:leave",
    "promise:<number>"; "outage" ends an outage of the unit.
    Rungs already past when armed are in `skipped`; fired ones in `fired`; neither fires again in this generation.
    What happened to it is kept (`grants`, `stands`, `missed`); its day is what `ledger.reckon` makes of that.
    """

    name: str
    scope: Literal["visit", "phase", "case"]
    visit: int
    generation: int
    #: local day and instant the clock counts from
    basis_on: date
    basis_at: int
    #: last day of the due time and the instant it ends (24:00 in the case's zone)
    due_on: date
    due_at: int
    ladder: str
    #: version of the calendar the dates were computed with
    calendar: str
    alarms: tuple[Alarm, ...]
    fired: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    #: a `within` clock can be paused, a fixed date cannot
    pausable: bool = False
    grants: tuple[Grant, ...] = ()
    stands: tuple[Stand, ...] = ()
    #: due days that had passed when more time was granted: late is never lost
    missed: tuple[date, ...] = ()
    carried: Carried | None = None

    @property
    def holds(self) -> tuple[str, ...]:
        """The reasons it stands still for now; it runs on when the last of them is over."""
        return tuple(stand.kind for stand in self.stands if not stand.over)

    @property
    def paused_at(self) -> int | None:
        """Since when it stands still, without a break; None while it runs."""
        return stopped_at(self.stands) if self.stands else None


class Task(Struct, frozen=True, kw_only=True):
    """Work that waits for one person. Escalations are tasks of their own, about somebody else's."""

    id: str
    kind: Literal["act", "answer", "escalation", "check", "breach", "superior"]
    visit: int
    state: str
    role: str
    holder: str
    why: Why
    opened_at: int
    due_on: date | None = None
    due_at: int | None = None
    #: for an escalation: the ladder rung that opened it
    rung: int | None = None
    #: how it came to this holder: opened, or handed over by a rung, a chart change or a person
    since: Literal["opened", "reassigned", "followed"] = "opened"
    #: who held it before in this visit, first holder first, without whom the chart itself relieved of it
    held: tuple[str, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """Somebody who is asked for an answer or a signature, with the task it is asked by.

    `bound` is the digest of the text a signature stands under; "" for an answer. Who left, and nobody follows them,
    is dropped.
    """

    task: Task
    state: Literal["waiting", "answered", "declined", "dropped"] = "waiting"
    bound: str = ""

    @property
    def person(self) -> str:
        """Who is asked."""
        return self.task.holder


class Gathering(Struct, frozen=True, kw_only=True):
    """Answers or signatures being gathered in this visit: everybody who was asked, each once."""

    name: str
    asked: tuple[Asked, ...]

    @property
    def waiting(self) -> tuple[Task, ...]:
        """The tasks of those who have not answered yet."""
        return tuple(one.task for one in self.asked if one.state == "waiting")

    def count(self, state: str) -> int:
        """How many of those asked stand so."""
        return sum(one.state == state for one in self.asked)


class Notebook(Struct, frozen=True, kw_only=True):
    """How a journal stands: how many entries it has, and what is still open about the latest of them.

    `taken` are those authors and first days that have had their one entry, as long as more might be tried; `held`
    the numbers that wait for a look; `check` the task of whoever checks. `told` once an anonymous one was told whole.
    """

    count: int = 0
    taken: tuple[tuple[str, date], ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    held: tuple[int, ...] = ()
    check: Task | None = None
    told: bool = False


class Watch(Struct, frozen=True, kw_only=True, array_like=True):
    """How one promise of the definition (by its number there) stands in this case, and which entries bear it out.

    `cause` says why it stands so: it "happened", a "day" passed, the case "ended", nothing that may still happen leads
    there ("unreachable"), or the case went another way from "outside".
    """

    number: int
    standing: Standing = "open"
    cause: str = ""
    #: since when it stands so, and the entries that show it; the last is the one that decided
    at: int = 0
    evidence: tuple[int, ...] = ()
    #: the entry since which something must, or must not, follow; of what is counted, the first time; 0 before that
    begun: int = 0
    #: since then the case went another way from outside: what was owed is owed no more
    outside: bool = False
    #: how often it happened, where that is limited
    count: int = 0
    #: who did which of the acts that never are one person's, in which entry
    acts: tuple[tuple[str, str, int], ...] = ()
    #: the task of whoever must look at its breach, until they say what was done
    task: Task | None = None
    #: the entry in which that was said
    acknowledged: int = 0


class Questioned(Struct, frozen=True, kw_only=True):
    """That the subject said the superior the chart names is not theirs: in which entry, and whose answer is due.

    `named` is whom the chart named then and `meant` whom the subject means, as keys; "" for nobody.
    """

    entry: int
    named: str
    meant: str
    task: Task


class Case(Struct, frozen=True, kw_only=True):
    """The whole of a case. Instants are microseconds UTC; days are civil in `zone`."""

    id: str
    cycle: str
    definition: str
    subject: str
    segment: int
    #: the subject's unit when the case began: that they are elsewhere now is the fact "employee moves"
    unit: str
    period_from: date
    period_to: date
    zone: str
    state: str
    phase: str
    #: "" while open, else the kind of the final state
    ended: str
    visit: int
    version: int
    #: sequence number and hash (hex) of the last entry in this case's stream
    seq: int
    head: str
    opened_at: int
    entered_at: int
    #: the instant of the last entry: time in a case never runs backwards
    last_at: int
    #: phases entered so far with the instant of first entry: a phase's clock is not renewed by returns
    phases: dict[str, int]
    #: the case sleeps until this instant: no clock, no task, no button (`not_before`)
    sleeps_until: int | None
    #: states entered so far, in order of first entry; grants and promises are about these
    reached: tuple[str, ...]
    #: uses of capped transitions, by rule
    uses: dict[str, int]
    #: facts of the chart already true ("employee leaves")
    facts: tuple[str, ...]
    #: who has acted in which role: duties are kept apart by what was done, whoever the chart names later
    acted: dict[str, tuple[str, ...]]
    #: forms that have content, with the entry that wrote it last; conditions know from this what is missing
    filled: dict[str, int]
    task: Task | None
    escalations: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    #: the case that opened this one, and by which of its links; "" for a case that was launched
    parent: str = ""
    link: str = ""
    #: what was opened so far: the link, ":" and the part ("" or the first day of a part of the period, or an entry)
    opened: tuple[str, ...] = ()
    #: frozen sets of other cases, by the name they are read under
    lists: dict[str, Listed] = {}  # noqa: RUF012 - an empty default is copied
    #: persons (keys) named by fields that a role is `named_in`, by path ("nomination.peers")
    named: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - an empty default is copied
    #: the timetable as it is for this case: the day of each window's edge ("calibrate.to") as ISO text
    windows: dict[str, str] = {}  # noqa: RUF012 - msgspec copies an empty default for each case
    #: who is asked for an answer or a signature in this visit
    gathering: Gathering | None = None
    #: what came of gatherings that are over, by name
    gathered: dict[str, Outcome] = {}  # noqa: RUF012 - an empty default is copied

    #: journals that have had entries
    journals: dict[str, Notebook] = {}  # noqa: RUF012 - an empty default is copied
    #: the first day that belongs to the next part of the period, whose subject had moved; None if there is none
    parted_on: date | None = None
    #: whether this case was opened to correct the result of its parent
    corrects: bool = False
    #: the cases that corrected the result of this closed one, in the order in which they did
    corrected: tuple[Correction, ...] = ()
    #: how each promise about this case stands, in the order of the definition
    promises: tuple[Watch, ...] = ()
    #: to whom a task of a role came, or who was found for it on entry: each is a party to the case from then on
    seated: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - an empty default is copied
    #: the latest move, as long as it may be taken back, or what has ended that before its time
    undoable: Undoable | None = None
    #: the highest visit there was: that of a move which was taken back is never given again
    visits: int = 0
    #: forms whose text was taken back and waits for whoever wrote it, by whom
    drafts: dict[str, str] = {}  # noqa: RUF012 - an empty default is copied
    #: acts of this visit that may be voided, in their order
    shelved: tuple[Shelved, ...] = ()
    #: the subject's question about their superior, until the personnel desk has answered it
    questioned: Questioned | None = None

    @property
    def waiting(self) -> tuple[Task, ...]:
        """The work this visit waits for: one task, or that of everybody who has not answered yet."""
        if self.gathering is not None:
            return self.gathering.waiting
        return (self.task,) if self.task is not None else ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Every open task: the work that waits, then escalations about it, then what the personnel desk looks at."""
        return (*self.waiting, *self.escalations, *self.looks)

    @property
    def checks(self) -> tuple[Task, ...]:
        """The tasks of those who check journals, one for each."""
        return tuple(book.check for book in self.journals.values() if book.check is not None)

    @property
    def breaches(self) -> tuple[Task, ...]:
        """The tasks about broken promises that nobody has acknowledged yet; they outlive the case's end."""
        return tuple(one.task for one in self.promises if one.task is not None)

    @property
    def looks(self) -> tuple[Task, ...]:
        """What the personnel desk has to look at: broken promises, and the subject's question about their superior."""
        return self.breaches if self.questioned is None else (*self.breaches, self.questioned.task)

    @property
    def stream(self) -> str:
        """The name of this case's stream of entries."""
        return f"case/{self.id}"

    @property
    def next_at(self) -> int:
        """The earliest instant at which something happens by itself; NEVER if nothing will."""
        earliest = NEVER
        for deadline in self.deadlines:
            alarms = deadline.alarms
            if (
                alarms
                and alarms[0].at < earliest
                and (not deadline.stands or stopped_at(deadline.stands) is None)
            ):
                earliest = deadline.alarms[0].at
        return earliest
