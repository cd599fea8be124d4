"""Steps as rows: what one save writes to which table, worked out before any statement runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from engine.core.case import Case, Task
from engine.core.codec import encode
from engine.core.effects import (
    Admit,
    Await,
    ChangeTask,
    CloseTask,
    DropHeld,
    Effect,
    Notify,
    OpenCase,
    OpenTask,
    Qualify,
    Signal,
    Step,
    WriteContent,
    WriteFile,
)
from engine.errors import Conflict
from engine.store import parties
from engine.store.driver import Row

#: the number of content that belongs to no entry
HELD = 0


@dataclass(slots=True)
class Batch:
    """The rows of some steps, per table. A task that is opened and closed within the batch leaves no row."""

    entries: list[Row] = field(default_factory=list)
    #: the last value of each case and the version its row must still have
    cases: dict[str, tuple[int, Case]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    tasks: dict[str, Row] = field(default_factory=dict)
    #: by key: what is held back takes the place of what was held before
    contents: dict[tuple[str, str, int], Row] = field(default_factory=dict)
    attachments: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    #: all that a case waits for of others from now on
    waits: dict[str, list[Row]] = field(default_factory=dict)
    #: by case: one signal tells all that these steps came to
    signals: dict[str, Row] = field(default_factory=dict)
    openings: list[Row] = field(default_factory=list)
    #: held messages that are never told, each with the entry that drops it and its instant
    dropped: list[tuple[str, int, int]] = field(default_factory=list)
    #: by all that names a row: the last word on its end counts
    parties: dict[Row, Row] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether none of it needs statements of its own: for other cases, for files, for messages that are dropped."""
        return not (self.waits or self.signals or self.openings or self.attachments or self.dropped)

    def moves(self) -> list[Row]:
        """One row per case, in the order in which every writer locks them."""
        return [move_row(before, case) for _, (before, case) in sorted(self.cases.items())]


def gather(steps: Sequence[Step]) -> Batch:
    """The rows of the steps, given in the order in which they were taken."""
    batch = Batch()
    for step in steps:
        case, entry = step.case, step.entry
        earlier = batch.cases.get(case.id)
        assert earlier is None or earlier[1].version == step.before, "steps of a case follow one another"
        batch.cases[case.id] = (step.before if earlier is None else earlier[0], case)
        batch.entries.append(
            (entry.stream, entry.seq, entry.kind, entry.at, entry.body, entry.prev, entry.hash)
        )
        for effect in step.effects:
            _add(batch, case.id, entry.seq, entry.at, effect)
    return batch


def _add(  # noqa: C901 - one branch an effect
    batch: Batch, case_id: str, seq: int, at: int, effect: Effect
) -> None:
    match effect:
        case OpenTask(task=task) | ChangeTask(task=task):
            batch.gone.discard(task.id)
            batch.tasks[task.id] = _task_row(case_id, task)
        case CloseTask(task_id=task_id):
            batch.tasks.pop(task_id, None)
            batch.gone.add(task_id)
        case WriteContent(form=form, value=value, salt=salt, held=held):
            number = HELD if held else seq
            batch.contents[case_id, form, number] = (case_id, form, number, value, salt)
        case WriteFile(form=form, sha256=digest, value=value):
            batch.attachments.append((case_id, digest, seq, form, value))
        case Notify() as note:
            told = (note.key, note.to, note.kind, case_id, note.task_id, encode(dict(note.data)))
            batch.notes.append((*told, at, note.held_until))
        case DropHeld(keys=keys):
            batch.dropped += [(one, seq, at) for one in keys]
        case Await(waits=waits):
            batch.waits[case_id] = [(case_id, fact, heard_by) for fact, heard_by in waits]
        case Signal():
            batch.signals[case_id] = (case_id, at)
        case Admit(parties=admitted):
            rows = (parties.row(case_id, one) for one in admitted)
            batch.parties |= {one[:5]: one for one in rows}
        case OpenCase(link=link, part=part):
            batch.openings.append((case_id, link, part, at, encode(_told(effect))))
        case Qualify():
            pass  # the chart changes with it: whoever saves the step keeps it there
        case _:
            assert_never(effect)


def _told(effect: OpenCase) -> dict[str, Any]:
    return {name: getattr(effect, name) for name in effect.__slots__ if name not in {"link", "part"}}


def _task_row(case_id: str, task: Task) -> Row:
    return task.id, case_id, task.kind, task.holder, task.role, task.opened_at, task.due_at, encode(task)


def case_row(case: Case) -> Row:
    """A new row of `cases`, in the order of its columns."""
    values: tuple[Any, ...] = (case.id, case.cycle, case.subject, case.segment)
    values += (case.unit, case.parent, case.link)
    return (*values, *_moved(case))


def standings(case: Case) -> str:
    """How the promises about a case stand, a letter for each at its number, "-" for one that is not about it.

    A track's begin with its name and a `#`: it has promises, and numbers, of its own. "" if nothing is promised.
    """
    if not case.promises:
        return ""
    letters = ["-"] * (case.promises[-1].number + 1)
    for one in case.promises:
        letters[one.number] = one.standing[0]
    _, sign, track = case.definition.partition("#")
    return f"{track}{sign}{''.join(letters)}"


def move_row(before: int, case: Case) -> Row:
    """The values of `engine.store.texts.MOVE`."""
    return (*_moved(case), case.id, before)


def _moved(case: Case) -> Row:
    return (
        case.definition.partition("#")[0],  # a track is filed under the definition it stands in
        case.state,
        case.phase,
        case.ended,
        standings(case),
        case.visit,
        case.version,
        case.seq,
        case.head,
        case.next_at,
        encode(case),
    )


def lost_race(batch: Batch, moved: int) -> Conflict:
    """What to say where not all cases of a batch were still at the version its steps began from."""
    if len(batch.cases) == 1:
        case_id, (before, _) = next(iter(batch.cases.items()))
        return Conflict(
            f"case {case_id} is no longer at version {before}: somebody else wrote first; nothing was kept, try again",
            case=case_id, before=before,
        )  # fmt: skip
    lost = len(batch.cases) - moved
    return Conflict(
        f"{lost} of {len(batch.cases)} cases were written by somebody else first; nothing was kept, try again",
        lost=lost,
    )
