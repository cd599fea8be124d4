"""What the shell must do after a step, as data. The case's deadlines are part of the case itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.audit import Entry
from engine.core.case import Case, Task
from engine.core.party import Party
from engine.core.trainings import Training


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task begins to wait for its holder."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTask:
    """A task no longer waits: done by its holder, or withdrawn because the case went on without it."""

    task_id: str
    outcome: str  # "done" | "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    """A task has another holder or another due time; `task` is how it stands now."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteContent:
    """Content of a form, or a reason (form ""), with the salt its commitment in the entry was made with.

    What is `held` belongs to no entry yet: it takes the place of what was held under the same name before.
    """

    form: str
    value: bytes  # canonical JSON
    salt: bytes  # 32 bytes
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteFile:
    """The bytes of a file that a form names by their hash. The entry commits to the form, and so to the file."""

    form: str
    sha256: str
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Something to tell a person. `key` is unique for ever, so that nothing is told twice.

    `kind`: "task" (a task came to you), "reminder", "notice" (for your information: a rung), "escalation"
    (a task about somebody else's delay), "handed_over" (the task left you), "moved" (the case moved, you are told),
    "lapsed" (the text you signed was changed), "breach" (a promise was broken), "superior" (a subject says
    who the chart names is not their superior), "superior_answered" (what the desk says to that), "ended",
    "corrected" (another case's result counts instead). With `held_until` it waits until then, and may be dropped.
    `rung` is the ladder rung, if one; `note` is the salted content's form name when a note goes with it.
    """

    key: str
    to: str
    kind: str
    task_id: str | None
    data: Mapping[str, object]
    held_until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DropHeld:
    """Messages that were held are never told: the move they tell of was taken back."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Another case is to be opened by a link: of a workflow, or of a track of this definition.

    Once for ever for each link and `part`. `period` is what it appraises; None leaves it to the workflow's own rule.
    """

    link: str
    part: str
    workflow: str
    track: str
    outlives: bool
    open_at_most: int
    #: the next segment of the very same cycle
    rest: bool
    segment: int
    period: tuple[date, date] | None
    #: it corrects the closed case that asks for it
    corrects: bool = False
    #: forms it begins with, as they stand in the case that asks for it
    carries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Await:
    """All that this case waits for of other cases from now on: each fact, and the name it is heard of by."""

    waits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Others may wait for what this step came to, or what this case now waits for may be true already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """People become a party to the case, or no longer fill a role in it."""

    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualify:
    """Whom the case is about has these trainings from now on, or has them no more."""

    given: tuple[Training, ...]


Effect = (
    OpenTask
    | CloseTask
    | ChangeTask
    | WriteContent
    | WriteFile
    | Notify
    | DropHeld
    | OpenCase
    | Await
    | Signal
    | Admit
    | Qualify
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What came of one command: the case as it stands now, the one entry that tells it, and what the shell must do.

    The shell writes all of it in one transaction or none of it. `before` is the version the case must still have
    in the store (compare-and-swap).
    """

    before: int
    case: Case
    entry: Entry
    effects: tuple[Effect, ...]
