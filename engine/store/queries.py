"""What pages and lists ask of a snapshot. Everything is by key or in pages, so no list grows without a bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from engine.core.audit import Entry
from engine.core.case import Case, Task
from engine.core.codec import decode, decoder
from engine.core.contents import Contents
from engine.core.kept import contents_of
from engine.store import letters, streams
from engine.store.driver import Prepared, select
from engine.store.tables import HELD, TOLD, WAKES, attachment, content, outbox, task
from engine.store.tables import cases as case_table
from engine.store.values import Letter, Waiting, Written
from engine.store.view import View

_case = decoder(Case)
_task = decoder(Task)

_TASKS = Prepared(
    sa.select(task.c.case_id, task.c.body)
    .where(task.c.holder == sa.bindparam("person"))
    .order_by(task.c.due_at.is_(None), task.c.due_at, task.c.id)
    .limit(sa.bindparam("most"))
)
_TASK_COUNT = Prepared(
    sa.select(sa.func.count()).select_from(task).where(task.c.holder == sa.bindparam("person"))
)
_UNREAD = Prepared(
    sa.select(sa.func.count())
    .select_from(outbox)
    .where(outbox.c.recipient == sa.bindparam("person"), outbox.c.read_at.is_(None), TOLD)
)
_WRITTEN = (
    sa.select(content.c.form, content.c.seq, content.c.value, content.c.salt)
    .where(content.c.case_id == sa.bindparam("wanted"))
    .order_by(content.c.seq, content.c.form)
)
_ALL_WRITTEN = Prepared(_WRITTEN)
_WRITTEN_BY = Prepared(_WRITTEN.where(content.c.seq == sa.bindparam("number")))
_WRITTEN_BEFORE = Prepared(_WRITTEN.where(content.c.seq < sa.bindparam("number")))
_WRITTEN_IN_MANY = Prepared(
    sa.select(content.c.case_id, content.c.form, content.c.seq, content.c.value, content.c.salt)
    .where(content.c.case_id.in_(sa.bindparam("wanted", expanding=True)))
    .order_by(content.c.seq, content.c.form)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many cases of a cycle rest in a state."""

    phase: str
    state: str
    ended: str
    count: int


def tasks_of(view: View, person: str, *, limit: int = 500) -> tuple[Waiting, ...]:
    """What waits for a person: what is due first comes first, what is never due comes last."""
    rows = _TASKS.rows(view.driver, person=person, most=limit)
    return tuple(Waiting(case_id=case_id, task=_task.decode(body)) for case_id, body in rows)


def task_count(view: View, person: str) -> int:
    """How much waits for a person."""
    return int(_TASK_COUNT.rows(view.driver, person=person)[0][0])


def cases(  # noqa: PLR0913  (each filter is a word of the question)
    view: View,
    *,
    cycle: str | None = None,
    subject: str | None = None,
    state: str | None = None,
    phase: str | None = None,
    ended: str | None = None,
    ids: Iterable[str] | None = None,
    after: str = "",
    limit: int = 200,
) -> tuple[Case, ...]:
    """Cases that fit everything that is asked, by id; the next page begins `after` the last id of this one.

    `ended` is "" for open cases, or the kind of a final state.
    """
    given = {"cycle_id": cycle, "subject": subject, "state": state, "phase": phase, "ended": ended}
    wanted: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if ids is not None:
        wanted["id"] = sorted(ids)
    rows = _cases_asked(frozenset(wanted)).rows(
        view.driver, page_after=after, most=limit, **{f"of_{name}": value for name, value in wanted.items()}
    )
    return tuple(_case.decode(body) for (body,) in rows)


@cache
def _cases_asked(filters: frozenset[str]) -> Prepared:
    """The question for cases with these filters: the columns asked for, `id` with a list."""
    asked = sa.select(case_table.c.body).where(case_table.c.id > sa.bindparam("page_after"))
    for name in sorted(filters):
        column, listed = case_table.c[name], name == "id"
        given: sa.BindParameter[Any] = sa.bindparam(f"of_{name}", expanding=listed)
        asked = asked.where(column.in_(given) if listed else column == given)
    return Prepared(asked.order_by(case_table.c.id).limit(sa.bindparam("most")))


def ended_with_tasks(view: View, *, after: str = "", limit: int = 200) -> tuple[Case, ...]:
    """Ended cases in which somebody still has a task, by id; the next page begins `after` the last of this one."""
    asked = sa.select(case_table.c.body).where(
        case_table.c.id > after, case_table.c.ended != "", case_table.c.id.in_(sa.select(task.c.case_id))
    )
    rows = select(view.driver, asked.order_by(case_table.c.id).limit(limit))
    return tuple(_case.decode(body) for (body,) in rows)


def armed(view: View, *, until: int | None = None) -> int:
    """How many cases have an alarm; with `until`, one that is due by then."""
    asked = sa.select(sa.func.count()).select_from(case_table).where(WAKES)
    if until is not None:
        asked = asked.where(case_table.c.next_at <= until)
    return int(select(view.driver, asked)[0][0])


def case_ids(view: View, *, unit: str | None = None, after: str = "", limit: int = 200) -> list[str]:
    """The ids of open cases, of one unit or of all, in order; the next page begins `after` the last of this one."""
    asked = sa.select(case_table.c.id).where(case_table.c.id > after, case_table.c.ended == "")
    if unit is not None:
        asked = asked.where(case_table.c.unit == unit)
    return [name for (name,) in select(view.driver, asked.order_by(case_table.c.id).limit(limit))]


def counts(view: View, cycle: str | None = None) -> tuple[Tally, ...]:
    """How many cases rest where, by phase and state; of one cycle, or of all."""
    place = (case_table.c.phase, case_table.c.state, case_table.c.ended)
    asked = sa.select(*place, sa.func.count()).group_by(*place).order_by(*place)
    if cycle is not None:
        asked = asked.where(case_table.c.cycle_id == cycle)
    rows = select(view.driver, asked)
    return tuple(
        Tally(phase=phase, state=state, ended=ended, count=count) for phase, state, ended, count in rows
    )


def history(view: View, stream: str, *, after: int = 0, limit: int | None = None) -> tuple[Entry, ...]:
    """The entries of a stream in order (`case.stream` is a case's), those after a number if one is given."""
    return streams.history(view.driver, stream, after, limit)


def histories(view: View, names: Iterable[str]) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of several streams in order, by stream, in one statement."""
    return streams.histories(view.driver, names)


def entries_at(view: View, places: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Entry]:
    """The entries of these streams and numbers, by both."""
    return streams.entries_at(view.driver, places)


def written(
    view: View, case_id: str, *, seq: int | None = None, before: int | None = None
) -> tuple[Written, ...]:
    """Everything written in a case and not erased, in order; by one entry only, or by those before one."""
    if seq is not None:
        rows = _WRITTEN_BY.rows(view.driver, wanted=case_id, number=seq)
    elif before is not None:
        rows = _WRITTEN_BEFORE.rows(view.driver, wanted=case_id, number=before)
    else:
        rows = _ALL_WRITTEN.rows(view.driver, wanted=case_id)
    return tuple(Written(form=form, seq=number, value=value, salt=salt) for form, number, value, salt in rows)


def written_in_many(view: View, case_ids: Iterable[str]) -> Mapping[str, tuple[Written, ...]]:
    """Everything written in these cases and not erased, by case and in order, in one statement."""
    found: dict[str, list[Written]] = {}
    for case_id, form, number, value, salt in _WRITTEN_IN_MANY.rows(view.driver, wanted=sorted(case_ids)):
        found.setdefault(case_id, []).append(Written(form=form, seq=number, value=value, salt=salt))
    return {case_id: tuple(rows) for case_id, rows in found.items()}


def contents_in_many(view: View, case_ids: Iterable[str]) -> Mapping[str, Contents]:
    """What has been written in these cases, as a step may ask of it, by case."""
    found = written_in_many(view, case_ids)
    return {
        case_id: contents_of((one.form, decode(one.value)) for one in rows if one.form)
        for case_id, rows in found.items()
    }


def attached(view: View, case_id: str, sha256: str) -> bytes | None:
    """The bytes of a file attached in a case, by their hash; None if there is none, or if it was erased."""
    asked = sa.select(attachment.c.value).where(
        attachment.c.case_id == case_id, attachment.c.sha256 == sha256
    )
    rows = select(view.driver, asked.limit(1))
    return bytes(rows[0][0]) if rows else None


def messages_of(view: View, person: str, *, before: int | None = None, limit: int = 50) -> tuple[Letter, ...]:
    """What a person has been told, newest first; the next page ends `before` the last id of this one."""
    asked = sa.select(outbox).where(outbox.c.recipient == person, TOLD)
    if before is not None:
        asked = asked.where(outbox.c.id < before)
    return tuple(map(letters.letter, select(view.driver, asked.order_by(outbox.c.id.desc()).limit(limit))))


def unread_count(view: View, person: str) -> int:
    """How many messages a person has not read."""
    return int(_UNREAD.rows(view.driver, person=person)[0][0])


def messages_about(view: View, case_id: str, recipients: Iterable[str]) -> tuple[Letter, ...]:
    """What these people have been told about a case, oldest first."""
    those = (outbox.c.recipient.in_(sorted(recipients)), outbox.c.case_id == case_id, TOLD)
    asked = sa.select(outbox).where(*those)
    return tuple(map(letters.letter, select(view.driver, asked.order_by(outbox.c.id))))


def letter_waits(view: View, now: int) -> bool:
    """Whether there is a letter to be claimed now."""
    waits = (outbox.c.settled_at.is_(None), TOLD, outbox.c.due_at <= now, outbox.c.claimed_until <= now)
    return bool(select(view.driver, sa.select(sa.literal(1)).where(*waits).limit(1)))


def held_is_over(view: View, now: int) -> bool:
    """Whether the time of a held letter is over."""
    asked = sa.select(sa.literal(1)).where(HELD, outbox.c.held_until <= now)
    return bool(select(view.driver, asked.limit(1)))


def letters_waiting(view: View) -> Mapping[str, int]:
    """How many letters are to be told and not yet settled, by kind; for readiness and `siklus doctor`."""
    asked = sa.select(outbox.c.kind, sa.func.count()).where(outbox.c.settled_at.is_(None), TOLD)
    found: dict[str, int] = dict(select(view.driver, asked.group_by(outbox.c.kind)))
    return found
