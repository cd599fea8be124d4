"""What a person was told, newest first, and that they have read it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.case_parts import day_and_time
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.policy import demand_person
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.case import Case
from engine.core.codec import decode
from engine.core.draft import REASON
from engine.core.telling import say_date
from engine.core.zones import local_date
from engine.runtime import Engine
from engine.store import queries
from engine.store.values import Letter
from engine.store.view import View
from notifications.account_words import accounts_named
from notifications.composing import headline
from notifications.people_words import line_beside, page_beside

router = APIRouter(include_in_schema=False)

_MOST_READ = 1_000
#: kinds of messages that ask for something
_OF_TASKS = frozenset({"task", "reminder", "escalation", "lapsed", "superior"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One thing a person was told."""

    sentence: str
    note: str
    address: str
    day: str
    unread: bool
    #: the task it told of is done or has passed on
    gone: bool


@router.get("/messages")
def messages(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """What this person was told, newest first."""
    demand_person(engine, visitor, visitor.person, "person.messages")
    word = Words(visitor.language)
    return render(
        request,
        "messages.html",
        visitor,
        title=word("messages.title"),
        done=word("messages.done") if done == "read" else "",
        rows=_message_rows(engine, visitor, word),
    )


@router.post("/messages/read")
def mark_read(engine: TheEngine, visitor: TheVisitor) -> Response:
    """Everything so far counts as read."""
    demand_person(engine, visitor, visitor.person, "person.mark_read")
    engine.mark_read(visitor.key, [letter.id for letter in engine.messages(visitor.key, limit=_MOST_READ)])
    return to_page("/messages", done="read")


def _message_rows(engine: Engine, visitor: Visitor, word: Words) -> list[MessageRow]:
    chart = engine.chart
    rows = []
    with engine.database.read() as view:
        letters = queries.messages_of(view, visitor.key)
        cases = {one.id: one for one in queries.cases(view, ids={letter.case_id for letter in letters})}
        notes = {letter.id: _note(view, letter) for letter in letters if "note" in letter.data}
    calendars = engine.calendars.of_all(cases.values())
    rules = {digest: engine.definition(digest) for digest in {one.definition for one in cases.values()}}
    for letter in letters:
        if not letter.case_id:
            rows.append(_beside(engine, letter, visitor, word))
            continue
        case = cases[letter.case_id]
        definition, calendar = rules[case.definition], calendars[case.id]
        rows.append(
            MessageRow(
                sentence=headline(letter, definition, case, calendar, chart, word.language),
                note=notes.get(letter.id, ""),
                address=f"/cases/{case.id}?{urlencode({'task': letter.task_id or ''})}",
                day=" ".join(day_and_time(letter.created_at, case.zone, calendar, word.language)),
                unread=letter.read_at is None,
                gone=letter.kind in _OF_TASKS and not _waits(case, letter),
            )
        )
    return rows


def _beside(engine: Engine, letter: Letter, visitor: Visitor, word: Words) -> MessageRow:
    """A message that is about no case."""
    day = local_date(letter.created_at, visitor.person.zone)
    return MessageRow(
        sentence=line_beside(
            letter, engine.chart, word.language, engine.accounts.names(accounts_named(letter))
        ),
        note="",
        address=page_beside(letter),
        day=say_date(day, word.language),
        unread=letter.read_at is None,
        gone=False,
    )


def _waits(case: Case, letter: Letter) -> bool:
    """Whether what a message asked for still waits for the one it was sent to."""
    return any(
        one.id == letter.task_id and one.holder == letter.data.get("behalf", letter.to) for one in case.tasks
    )


def _note(view: View, letter: Letter) -> str:
    """The note that goes with a reminder by a person."""
    for written in queries.written(view, letter.case_id, seq=int(str(letter.data["note"]))):
        if written.form == REASON:
            return str(decode(written.value))
    return ""
