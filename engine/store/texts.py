"""The statements of the hot path, compiled once from Core to each driver's own text.

Per statement there is a text that takes many rows: on SQLite it is run once for each row, on PostgreSQL it takes
one array per column and unfolds them. A single step on PostgreSQL is one statement, made for its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ClauseElement,
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.expression import Insert

from engine.store.driver import Kind, compiled
from engine.store.tables import (
    TO_SEND,
    WAKES,
    attachment,
    cases,
    content,
    entry,
    idempotency,
    meta,
    opening,
    outbox,
    person,
    signal,
    task,
    wait,
)
from engine.store.tables_access import party

ENTRY = tuple(entry.c.keys())
CASE = tuple(cases.c.keys())
TASK = tuple(task.c.keys())
CONTENT = tuple(content.c.keys())
ATTACHMENT = tuple(attachment.c.keys())
#: only what is held back until a gathering is over is ever written under a key twice
CONTENT_KEY = ("case_id", "form", "seq")
PERSON = tuple(person.c.keys())
WAIT = tuple(wait.c.keys())
PARTY = tuple(party.c.keys())
#: of a row that is there only the end is set anew, and whether others may stand in
PARTY_KEY = ("case_id", "person", "role", "how", "first")
SIGNAL = ("case_id", "at")
#: an opening begins without a child and without an outcome
OPENING = ("parent", "link", "part", "at", "body")
#: how far the telling has come begins at the columns' defaults
NOTE = ("key", "recipient", "kind", "case_id", "task_id", "data", "created_at", "held_until")
#: what a step may change of a case; then which case, and the version it must still have
MOVED = (
    "definition",
    "state",
    "phase",
    "ended",
    "promises",
    "visit",
    "version",
    "seq",
    "head",
    "next_at",
    "body",
)
MOVE = (*MOVED, "id", "before")


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The hot statements of one engine; those named for rows take many."""

    load: str
    load_locked: str
    contents: str
    entries: str
    moves: str
    new_cases: str
    tasks_gone: str
    tasks: str
    contents_written: str
    attachments: str
    notes: str
    waits_gone: str
    waits: str
    signals: str
    openings: str
    parties: str
    due: str
    due_after: str
    next_at: str
    unsettled: str
    claims: str
    people: str
    metas: str
    recall: str
    remember: str


@cache
def texts(kind: Kind) -> Texts:
    """The hot statements for one engine."""
    body = select(cases.c.body).where(cases.c.id == bindparam("id"))
    due = select(cases.c.body).where(cases.c.next_at <= bindparam("now"), WAKES)
    after = due.where(
        (cases.c.next_at > bindparam("at"))
        | ((cases.c.next_at == bindparam("at")) & (cases.c.id > bindparam("id")))
    )
    written = select(content.c.form, content.c.value).where(
        content.c.case_id == bindparam("id"), content.c.form != ""
    )
    return Texts(
        load=_text(kind, body, "id"),
        load_locked=_text(kind, body.with_for_update(), "id"),
        contents=_text(kind, written.order_by(content.c.seq), "id", "form_1"),
        entries=filling(kind, entry, ENTRY),
        moves=_moving(kind),
        new_cases=filling(kind, cases, CASE),
        tasks_gone=_removing(kind, task.c.id),
        tasks=filling(kind, task, TASK, replacing=("id",)),
        contents_written=filling(kind, content, CONTENT, replacing=CONTENT_KEY),
        attachments=filling(kind, attachment, ATTACHMENT),
        notes=filling(kind, outbox, NOTE, once="key"),
        waits_gone=_removing(kind, wait.c.case_id),
        waits=filling(kind, wait, WAIT),
        signals=filling(kind, signal, SIGNAL),
        openings=filling(kind, opening, OPENING),
        parties=filling(kind, party, PARTY, replacing=PARTY_KEY),
        due=_sweep(kind, due, "now"),
        due_after=_sweep(kind, after, "now", "at", "at", "id"),
        next_at=_text(kind, select(func.min(cases.c.next_at)).where(WAKES)),
        unsettled=_unsettled(kind),
        claims=_claiming(kind),
        people=filling(kind, person, PERSON),
        metas=_text(kind, select(meta)),
        recall=_recalling(kind),
        remember=_text(kind, insert(idempotency), *idempotency.c.keys()),
    )


def _text(kind: Kind, statement: ClauseElement, *order: str) -> str:
    text, names = compiled(kind, statement)
    assert names == order, (names, order)
    return text


def _sweep(kind: Kind, due: Any, *order: str) -> str:
    """Cases in order of their time, each claimed by one sweep only; LIMIT is the last value."""
    swept = (
        due.order_by(cases.c.next_at, cases.c.id).limit(bindparam("most")).with_for_update(skip_locked=True)
    )
    return _limited(kind, swept, *order)


def _unsettled(kind: Kind) -> str:
    waiting = select(outbox).where(TO_SEND, outbox.c.due_at <= bindparam("now"))
    waiting = waiting.where(outbox.c.claimed_until <= bindparam("now"))
    ordered = waiting.order_by(outbox.c.due_at, outbox.c.id).limit(bindparam("most"))
    return _limited(kind, ordered.with_for_update(skip_locked=True), "now", "now")


def _claiming(kind: Kind) -> str:
    """A claim's end and token, for each letter by id."""
    names = ("claimed_until", "fence", "id")
    given = None if kind == "sqlite" else _unfolded(outbox, names)

    def value(name: str) -> Any:
        return bindparam(name) if given is None else given.c[name]

    claimed: dict[str, Any] = {
        "claimed_until": value("claimed_until"),
        "fence": value("fence"),
        "attempts": outbox.c.attempts + literal_column("1"),
    }
    return _text(
        kind, update(outbox).ordered_values(*claimed.items()).where(outbox.c.id == value("id")), *names
    )


def _recalling(kind: Kind) -> str:
    answered = select(idempotency.c.request, idempotency.c.response)
    mine = answered.where(idempotency.c.actor == bindparam("who"), idempotency.c.key == bindparam("of"))
    return _text(kind, mine, "who", "of")


def _limited(kind: Kind, statement: Any, *order: str) -> str:
    if kind == "sqlite":  # SQLAlchemy writes LIMIT ? OFFSET ? here, with a nought to fill in
        return _text(kind, statement, *order, "most", "param_1").replace(" OFFSET ?", "")
    return _text(kind, statement, *order, "most")


def filling(
    kind: Kind, table: Table, names: Sequence[str], *, once: str = "", replacing: Sequence[str] = ()
) -> str:
    """A statement that inserts many rows of these columns."""
    filled: Any
    if kind == "sqlite":
        filled = sqlite.insert(table).values({name: bindparam(name) for name in names})
    else:
        filled = postgresql.insert(table).from_select(list(names), select(*_unfolded(table, names).c))
    if once:
        filled = filled.on_conflict_do_nothing(index_elements=[once])
    if replacing:
        filled = _replacing(filled, replacing, names)
    return _text(kind, filled, *names)


def _replacing(filled: Any, key: Sequence[str], names: Sequence[str]) -> Any:
    changed = {name: filled.excluded[name] for name in names if name not in key}
    return filled.on_conflict_do_update(index_elements=list(key), set_=changed)


def _moving(kind: Kind) -> str:
    if kind == "sqlite":
        return _text(kind, _move(bindparam), *MOVE)
    given = _unfolded(cases, MOVE)
    return _text(kind, _move(lambda name: given.c[name]), *MOVE)


def _move(value: Any) -> Any:
    moved = update(cases).values({name: value(name) for name in MOVED})
    return moved.where(cases.c.id == value("id"), cases.c.version == value("before"))


def _removing(kind: Kind, key: Column[str]) -> str:
    if kind == "sqlite":
        return _text(kind, delete(key.table).where(key == bindparam("id")), "id")
    ids = bindparam("ids", type_=ARRAY(Text))
    return _text(kind, delete(key.table).where(key == func.any(ids)), "ids")


def _unfolded(table: Table, names: Iterable[str]) -> Any:
    arrays = [bindparam(name, type_=ARRAY(_plain(table, name))) for name in names]
    return func.unnest(*arrays).table_valued(*names).render_derived(name="given")


def _plain(table: Table, name: str) -> Any:
    kind = table.c["version" if name == "before" else name].type
    return (
        Text()
        if isinstance(kind, Text)
        else LargeBinary()
        if isinstance(kind, LargeBinary)
        else postgresql.BIGINT()
    )


@cache
def step_text(gone: int, tasks: int, contents: int, notes: int, parties: int = 0) -> str:
    """PostgreSQL: one step as one statement, which gives how many cases moved (1, or 0 after a lost race).

    Its values are those of the entry, the move, the closed tasks' ids, then each task, content, note and party in turn.
    """
    moved = _move(lambda name: bindparam(f"u_{name}")).returning(cases.c.id).cte("moved")
    parts: list[Any] = [_valued(postgresql.insert(entry), "e", 1, ENTRY).cte("told"), moved]
    order = [*_names("e", 1, ENTRY), *(f"u_{name}" for name in MOVE)]
    if gone:
        ids: list[ColumnElement[str]] = [bindparam(f"d{at}") for at in range(gone)]
        parts.append(delete(task).where(task.c.id.in_(ids)).cte("gone"))
        order += [f"d{at}" for at in range(gone)]
    if tasks:
        parts.append(
            _replacing(_valued(postgresql.insert(task), "t", tasks, TASK), ("id",), TASK).cte("waiting")
        )
        order += _names("t", tasks, TASK)
    if contents:
        written = _valued(postgresql.insert(content), "c", contents, CONTENT)
        parts.append(_replacing(written, CONTENT_KEY, CONTENT).cte("written"))
        order += _names("c", contents, CONTENT)
    if notes:
        told = _valued(postgresql.insert(outbox), "o", notes, NOTE).on_conflict_do_nothing(
            index_elements=["key"]
        )
        parts.append(told.cte("notes"))
        order += _names("o", notes, NOTE)
    if parties:
        admitted = _valued(postgresql.insert(party), "p", parties, PARTY)
        parts.append(_replacing(admitted, PARTY_KEY, PARTY).cte("admitted"))
        order += _names("p", parties, PARTY)
    return _text("postgresql", select(func.count()).select_from(moved).add_cte(*parts), *order)


def _names(letter: str, count: int, columns: Sequence[str]) -> list[str]:
    return [f"{letter}{at}_{name}" for at in range(count) for name in columns]


def _valued(into: Any, letter: str, count: int, columns: Sequence[str]) -> Any:
    made: Insert = into.values(
        [{name: bindparam(f"{letter}{at}_{name}") for name in columns} for at in range(count)]
    )
    return made
