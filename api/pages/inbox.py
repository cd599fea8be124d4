"""The first page of a person: all they owe, by when; where their own case stands; and what they were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.bulk_acts import token_of
from api.pages.case_parts import day_and_time
from api.pages.rendering import render, to_page
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import case_for, demand_person, own_cases
from api.visiting import (
    TheEngine,
    TheVisitor,
    Visitor,
    is_demo,
    language_of,
    signed_in,
    visitor_or_none,
)
from engine.core.bulk import BulkRow
from engine.core.case import Case
from engine.core.codec import decode
from engine.core.definition import Transition
from engine.core.draft import REASON
from engine.core.labels import transition_label
from engine.core.telling import Telling, say_date, say_name, tell_onlooker, tell_task
from engine.core.telling_ahead import say_each
from engine.core.zones import local_date
from engine.runtime import CaseView, Engine, TaskView
from engine.store import queries
from engine.store.unit import View
from engine.store.values import Letter
from notifications.account_words import accounts_named
from notifications.composing import headline
from notifications.people_words import line_beside, page_beside

router = APIRouter(include_in_schema=False)

_MOST_READ = 1_000
#: kinds of messages that ask for something
_OF_TASKS = frozenset({"task", "reminder", "escalation", "lapsed"})
GROUPS = ("overdue", "today", "week", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task: what it says of itself, and where it leads."""

    case_id: str
    telling: Telling
    cycle: str
    late: bool
    #: whom it is done for, if not for oneself
    behalf: str = ""
    #: what happens first to others, or takes the work away, if nobody acts
    following: tuple[str, ...] = ()
    #: the row as a bulk names it, and what may be done here and elsewhere at once; "" for nothing
    token: str = ""
    acts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """Where the person's own case stands."""

    case_id: str
    telling: Telling
    cycle: str
    ended: bool


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


@router.get("/")
def inbox(request: Request, engine: TheEngine, *, done: str = "") -> Response:
    """The inbox; to somebody who has not said who they are, the choice of a persona."""
    visitor = visitor_or_none(request)
    word = Words(visitor.language if visitor else language_of(request))
    if not is_demo(request) and (visitor is None or not visitor.on_chart):
        signed_in(request)
        return to_page("/account")
    if visitor is None:
        return render(request, "choose.html", None, title=word("choose.title"))
    demand_person(engine, visitor, visitor.person, "person.tasks")
    views = engine.tasks(visitor.key)
    bulk = _in_bulk(views, visitor)
    groups, count = _grouped(views, visitor, bulk)
    sentences = {
        "moved": word("demo.moved"),
        "switched": word("demo.switched", name=visitor.person.name),
        "language": word("done.language"),
    }
    return render(
        request,
        "inbox.html",
        visitor,
        title=word("inbox.title"),
        done=sentences.get(done, ""),
        groups=groups,
        count=count,
        in_bulk=sorted(bulk.items()),
        own=[_own(engine, case.id, visitor) for case in own_cases(engine, visitor)[:3]],
    )


def group_of(due_on: date | None, today: date) -> str:
    """Where a due day stands in the inbox; weeks end on Sunday."""
    if due_on is None:
        return "later"
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=6 - today.weekday()) else "later"


def _in_bulk(views: tuple[TaskView, ...], visitor: Visitor) -> Mapping[str, str]:
    """The acts that are open in more than one of these tasks, by what a bulk calls them, and their words."""
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for view in views:
        for one in view.in_bulk:
            name = _act(view, one)
            found[name] = transition_label(view.definition, one)[visitor.language]
            counts[name] += 1
    return {name: label for name, label in found.items() if counts[name] > 1}


def _act(view: TaskView, one: Transition) -> str:
    return f"fire:{view.definition.workflow}:{one.rule}"


def _grouped(
    views: tuple[TaskView, ...], visitor: Visitor, bulk: Mapping[str, str]
) -> tuple[Mapping[str, list[TaskRow]], int]:
    groups: dict[str, list[TaskRow]] = {name: [] for name in GROUPS}
    for view in views:
        told = tell_task(view.standing, view.task, visitor.language, viewer=visitor.key)
        acts = [bulk[name] for one in view.in_bulk if (name := _act(view, one)) in bulk]
        row = BulkRow(case=view.case.id, visit=view.case.visit, seq=view.case.seq)
        where = _group(view)
        groups[where].append(
            TaskRow(
                case_id=view.case.id,
                telling=told,
                cycle=_cycle(view, visitor),
                late=where == "overdue",
                behalf=say_name(view.scene.chart, view.behalf, visitor.language) if view.behalf else "",
                following=_following(view, told, visitor),
                token=token_of(row) if acts else "",
                acts=", ".join(acts),
            )
        )
    return groups, len(views)


def _group(view: TaskView) -> str:
    """Late by its due day; else by what happens first to others."""
    today = view.scene.today(view.case.zone)
    if view.task.due_on is not None and view.task.due_on < today:
        return "overdue"
    matters_on = view.matters_on
    return group_of(None if matters_on is None else max(matters_on, today), today)


def _following(view: TaskView, told: Telling, visitor: Visitor) -> tuple[str, ...]:
    """What happens first to others, as the whole list says it, after that a clock stands still; else its first line."""
    first = view.matters
    if first is None:
        return told.ignored[:1]
    lines = say_each(
        view.definition,
        view.case,
        view.consequences,
        view.scene.chart,
        visitor.language,
        viewer=visitor.key,
    )
    still = tuple(one for one in told.ignored[:1] if one not in lines)
    return (*still, lines[view.consequences.index(first)])


def _own(engine: Engine, case_id: str, visitor: Visitor) -> OwnCase:
    view = case_for(engine, visitor, case_id)
    told = tell_onlooker(view.standing, visitor.language, viewer=visitor.key, roles=sorted(view.roles))
    return OwnCase(case_id=case_id, telling=told, cycle=_cycle(view, visitor), ended=bool(view.case.ended))


def _cycle(view: TaskView | CaseView, visitor: Visitor) -> str:
    period = (view.case.period_from, view.case.period_to)
    return cycle_title(view.definition, period, Words(visitor.language))


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
