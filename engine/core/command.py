"""What may be asked of a case: a closed union, every member decided by `step`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from engine.core.contents import Contents
from engine.core.interruptions import Outage
from engine.core.moments import Duration

__all__ = [
    "OPERATOR", "TIMER", "UNNAMED", "Acknowledge", "Actor", "AddEntry", "AnswerQuestion", "BeginOutage",
    "Cancel", "CheckEntries", "Command", "Contents", "Elapse", "End", "EndOutage", "Extend", "Fire",
    "Follow", "Journalling", "MakeUp", "Notice", "OpenLink", "Past", "Pause", "QuestionSuperior",
    "Reassign", "Recount", "ReleaseEntries", "Remind", "Resume", "Steering", "Supersede", "TellJournal",
    "Undo",
]  # fmt: skip

#: what becomes of a due day that another calendar would move into the past
Past = Literal["keep", "move"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: a person by key, possibly on behalf of another; without a person the timer, or the operator."""

    person: str | None
    behalf: str | None = None
    #: whoever runs the installation and did not say on whose authority
    operator: bool = False
    #: one of those asked in an anonymous gathering: entries do not say which
    unnamed: bool = False

    def facts(self) -> dict[str, object]:
        """The actor as an entry tells it."""
        if self.person is None:
            if self.unnamed:
                return {"unnamed": True}
            return {"operator": True} if self.operator else {"timer": True}
        return (
            {"person": self.person} if self.behalf is None else {"person": self.person, "behalf": self.behalf}
        )


TIMER = Actor(person=None)
OPERATOR = Actor(person=None, operator=True)
UNNAMED = Actor(person=None, unnamed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """An act: this actor sets off this transition, filling these forms, giving this reason.

    `answer`, `sign`, `decline` and `edit` are acts of every gathering that knows them (see `engine.core.gather_acts`).
    """

    trigger: str
    actor: Actor
    #: the visit the actor saw; None when the caller does not care (command line)
    visit: int | None = None
    forms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    #: the bytes of the files that the forms name, by their hash (see `engine.core.attachments`)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    reason: str = ""
    #: the digest of the text a signer saw; "" when the caller does not care (command line)
    seen: str = ""
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the latest move back, within its time and as long as nobody has acted since."""

    actor: Actor
    reason: str = ""
    #: the visit the actor saw; None when the caller does not care
    visit: int | None = None
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapse:
    """Time has come for the case's earliest alarm: wake, move, or ring one rung. The case knows which."""

    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A fact became true ("employee leaves"): recorded in the case, and moves it if its state waits for it."""

    fact: str
    actor: Actor
    reason: str = ""
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Grant more time to the task's clock; the ladder is kept (fired rungs stay fired) or restarted."""

    by: Duration
    actor: Actor
    reason: str
    ladder: Literal["kept", "restarted"] = "kept"
    #: the visit the actor saw, if the act is meant for that one only
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Stop the case's `within` clocks, for a reason from the list (leave, dispute, outage)."""

    kind: str
    actor: Actor
    reason: str
    #: the visit the actor saw, if the act is meant for that one only
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Let paused clocks run on with the time they had left."""

    actor: Actor
    reason: str
    #: the visit the actor saw, if the act is meant for that one only
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """Count the case's clocks again with the calendar as it is now, except what would fall into the past if so said."""

    actor: Actor
    reason: str = ""
    past: Past = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginOutage:
    """Clocks stand still from an outage's first day on; those of one that is over get its days back."""

    outage: Outage
    actor: Actor
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOutage:
    """An outage of the case's unit is over: clocks run on, unless they stand still for something else."""

    outage: Outage
    actor: Actor
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """Clocks whose ladders say so get the time of the engine's latest standstill back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign:
    """Give the open task to another person, by key."""

    to: str
    actor: Actor
    reason: str
    #: the visit the actor saw, if the act is meant for that one only
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """Remind the task's holder, with a note from the one who was told (an escalation's first remedy)."""

    actor: Actor
    note: str
    #: the visit the actor saw, if the act is meant for that one only
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """The chart changed: tasks of roles read as of now move to whoever holds the role now; who left drops out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntry:
    """Write one entry in a journal, about a day (unsaid: today)."""

    journal: str
    values: Mapping[str, object]
    actor: Actor
    about: date | None = None
    #: the bytes of the files that the values name, by their hash
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntries:
    """Confirm entries of a journal by number, or ask their author once more, which needs a `note`."""

    journal: str
    numbers: tuple[int, ...]
    actor: Actor
    mark: Literal["confirmed", "asked"] = "confirmed"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEntries:
    """Let entries that were held be read, or withhold them for a reason."""

    journal: str
    numbers: tuple[int, ...]
    actor: Actor
    mark: Literal["released", "withheld"] = "released"
    reason: str = ""
    #: the entries of an anonymous journal that wait for a look, which only the shell knows
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TellJournal:
    """The time of an anonymous journal is over: tell it whole, by how many entries it has and what binds them."""

    journal: str
    count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    """Make a link for people from outside to an anonymous journal; the ones before stop working."""

    journal: str
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The case that opened this one has ended, so this one goes to its one `final: ended`."""

    parent: str
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """The case should not have been opened: its cycle was launched wrongly, and is cancelled as a whole."""

    cancelling: str
    actor: Actor
    contents: Contents = field(default_factory=Contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersede:
    """What a closed case publishes at these paths counts no longer: the case `by` corrected it.

    It was opened by a `link` of the closed case, asked for in the entry `asked`.
    """

    by: str
    link: str
    asked: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """A breach of a promise (its number in the definition) has been looked at; the reason says what was done."""

    promise: int
    actor: Actor
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSuperior:
    """The subject says that the superior the chart names is not theirs, whom they mean (a key; "" unsaid) and why."""

    actor: Actor
    reason: str
    meant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion:
    """The personnel desk answers that: the chart was corrected, or it is right; the subject reads the reason."""

    outcome: Literal["corrected", "right"]
    actor: Actor
    reason: str


#: what is done in journals; none of it moves the case
Journalling = AddEntry | CheckEntries | ReleaseEntries | TellJournal | OpenLink

#: acts that steer a case without moving it
Steering = Extend | Pause | Resume | Reassign | Remind

Command = (
    Fire
    | Undo
    | Elapse
    | Notice
    | Steering
    | Recount
    | BeginOutage
    | EndOutage
    | MakeUp
    | Cancel
    | Follow
    | End
    | Supersede
    | Acknowledge
    | QuestionSuperior
    | AnswerQuestion
    | Journalling
)
