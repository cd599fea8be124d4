"""What the JSON of cases looks like: where they stand, what may be done, what came of it, and their journals."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from api.part_schemas import PartOut, UndoOut
from api.schemas import Named, Out, PersonOut, Text


class TaskOut(Out):
    """Work that waits for one person. `why` says why for this one."""

    id: str
    kind: Literal["act", "answer", "escalation", "check", "breach", "superior"]
    role: Named
    holder: PersonOut
    why: Text
    opened_at: str
    due_on: date | None
    since: Literal["opened", "reassigned", "followed"]


class PromiseOut(Out):
    """How one promise stands on a case: `standing` is open, kept, broken or lost (it can no longer be kept).

    `evidence` are the numbers of the entries that show it; `task` is there until somebody says what was done about
    a breach, in the entry `acknowledged`.
    """

    number: int
    sentence: Text
    standing: Literal["open", "kept", "broken", "lost"]
    word: Text
    detail: Text
    since: str
    evidence: list[int]
    task: TaskOut | None
    acknowledged: int | None


class QuestionedOut(Out):
    """That the subject says the superior on record, `named`, is not theirs but `meant`; `task` is the desk's."""

    entry: int
    named: PersonOut | None
    meant: PersonOut | None
    task: TaskOut


class CaseLine(Out):
    """A case in a list."""

    id: str
    cycle: str
    subject: PersonOut
    state: Named
    phase: Named
    ended: str
    visit: int
    holder: PersonOut | None
    due_on: date | None


class CasePage(Out):
    """A page of cases; `next` is the `after` of the next page, null when there is none."""

    cases: list[CaseLine]
    next: str | None


class PromiseLine(Out):
    """One promise on one case, in a list."""

    case: CaseLine
    promise: PromiseOut


class PromiseList(Out):
    """Promises on a page of cases; `next` is the `after` of the next page, null when there is none."""

    promises: list[PromiseLine]
    next: str | None


class PromiseCountOut(Out):
    """On how many cases one promise of a definition stands how."""

    definition: str
    name: str
    number: int
    sentence: Text
    open: int
    kept: int
    broken: int
    lost: int


class GatheringOut(Out):
    """Answers or signatures being gathered. `waiting` is empty where nobody is to be named.

    `digest` is that of the text being signed; `own` what this person answered, where answers have names.
    """

    name: str
    due_on: date | None
    asked: int
    answered: int
    declined: int
    dropped: int
    unnamed: bool
    waiting: list[PersonOut]
    digest: str
    own: dict[str, Any] | None


class GatheredOut(Out):
    """What came of a gathering. `answers` is null when there were not enough; `by` is empty where nobody is named."""

    asked: int
    answered: int
    declined: int
    dropped: int
    enough: bool
    by: list[PersonOut]
    answers: list[dict[str, Any]] | None


class LinkedOut(Out):
    """A case that hangs together with another: "parent", or opened by that link of it.

    Without a case, `outcome` says why: "waiting" to be opened, "full" (too many are open), or "dropped".
    `published` is what it publishes, where this person's task or a grant shows the link.
    """

    link: str
    text: Text
    case: str | None
    period_from: date | None
    state: Named | None
    ended: str
    outcome: str
    published: dict[str, Any]


class CorrectionOut(Out):
    """A case whose result counts instead of this closed one's, by which link, and since when."""

    case: str
    link: str
    text: Text
    since: str


class DeadlineOut(Out):
    """A clock of a case, its due day as a sum: `arithmetic` says line by line how it came to it, the last is that day.

    `name` is "task", "phase:<name>", "case" or "move:<rule>"; `missed` are due days that passed before more time was
    granted. While it stands still, `stands_since` says since when and `holds` why.
    """

    name: str
    due_on: date
    due_at: str
    calendar: str
    stands_since: str | None
    holds: list[str]
    missed: list[date]
    arithmetic: list[Text]


class ToldOut(Out):
    """What a case, or a task in it, says of itself to one person: the sentences of its page and of its mails.

    Why them, why now, since when and until when, what happens if nobody acts, who was asked to step in and when, what
    they may do about somebody else's delay, who can help, what has happened lately, and by which rule (`address` is
    its page). A text is null, a list empty, where there is nothing to say; lists of tasks leave out what has happened.
    """

    title: Text
    why: Text
    now: Text | None
    since: Text | None
    due: Text
    if_nobody_acts: list[Text]
    raised: list[Text]
    may: list[Text]
    help: Text | None
    lately: list[Text]
    rule: Text
    address: str


class CaseOut(CaseLine):
    """A case as this person may see it. `contents` and `figures` hold what they may read and nothing else.

    `reads` holds what their task shows of other cases; of a set only how many there are and how often each plain value
    occurs. `parts` are the parts of the period where there is more than one, and `weighing` says how their days made
    what was worked out from them.
    """

    definition: str
    period_from: date
    period_to: date
    zone: str
    version: int
    opened_at: str
    sleeps_until: str | None
    task: TaskOut | None
    escalations: list[TaskOut]
    questioned: QuestionedOut | None
    promises: list[PromiseOut]
    deadlines: list[DeadlineOut]
    latest_end: date | None
    told: ToldOut
    roles: list[Named]
    may_steer: bool
    undo: UndoOut | None
    contents: dict[str, dict[str, Any]]
    figures: dict[str, Any]
    linked: list[LinkedOut]
    parts: list[PartOut]
    weighing: list[Text]
    superseded_by: list[CorrectionOut]
    reads: dict[str, Any]
    gathering: GatheringOut | None
    gathered: dict[str, GatheredOut]


class ActOut(Out):
    """An act that the present state knows. `why_not` is empty when it is open to this person.

    `receiver` holds the work once this person has done it; None where that is not known before, or nobody holds it,
    or the act is not open to this person.
    """

    trigger: str
    text: Text
    receiver: PersonOut | None
    allowed: bool
    why_not: list[Text]
    role: Named | None
    form: str | None
    needs_reason: bool


class EntryOut(Out):
    """One line of the audit log; `body` is what was hashed, as values.

    `withheld` names verdicts that this reader may not be told, since they do not read all those were answered from:
    there the rule decided. From such a line on neither `hash` nor `prev` is told, as a yes or no could be tried out.
    """

    seq: int
    kind: str
    at: str
    prev: str | None
    hash: str | None
    body: dict[str, Any]
    withheld: list[str]


class StepOut(Out):
    """One step that an act would come to: the state it leads to, who would be told and how."""

    kind: str
    state: Named
    holder: PersonOut | None
    told: list[tuple[PersonOut, str]]


class ConsequenceOut(Out):
    """Something that happens by itself, and how it is told. `on` is the last day on which acting still prevents it.

    A pause that ends (`runs_on`) says the task's due day from then on; `opens` are the links by which cases are opened;
    `undecided` is a move that cannot choose its way, so the case stays until the personnel desk helps. `more` closes a
    list that leaves out what follows from that day on.
    """

    on: date
    at: str
    what: Literal["wakes", "rung", "moves", "runs_on", "opens", "promise", "undecided", "more"]
    text: Text
    state: Named | None
    told: list[tuple[PersonOut, str]]
    taken_by: PersonOut | None
    due_on: date | None
    opens: list[Named]


class TaskLine(TaskOut):
    """An open task with the case it belongs to."""

    case: CaseLine
    told: ToldOut
    consequences: list[ConsequenceOut]
    #: whom it may be done for; null where it is one's own
    behalf: PersonOut | None


class PageOut(Out):
    """One entry of a journal. `author` is null for people from outside; `mark` says what came of a look at it."""

    number: int
    about: date | None
    author: PersonOut | None
    values: dict[str, Any]
    held: bool
    mark: Literal["", "confirmed", "asked", "released", "withheld"]


class JournalOut(Out):
    """A journal as this person sees it: what they may read, write, check and release. `short` are missing entries."""

    journal: Named
    form: Named
    open: bool
    count: int
    short: int
    entries: list[PageOut]
    may_write: bool
    checks: list[int]
    releases: list[int]
    may_link: bool


class LinkOut(Out):
    """Where people from outside answer; nobody can look it up again."""

    path: str
