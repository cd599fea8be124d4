"""The first page of a person: what they owe, by when; what waits for others; and where their own case stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.bulk_acts import token_of
from api.pages.case_parts import PhaseMark, phase_line, whose_turn
from api.pages.rendering import render, to_page
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import asker_of, case_for, demand_person, own_cases
from api.visiting import TheEngine, Visitor, is_demo, language_of, signed_in, visitor_or_none
from engine.core.bulk import BulkRow
from engine.core.definition import Transition
from engine.core.labels import transition_label
from engine.core.lateness import is_overdue
from engine.core.standing import Standing
from engine.core.telling import Telling, held_by, say_name, say_stands, tell_onlooker, tell_task
from engine.core.telling_ahead import say_each
from engine.runtime import Engine, TaskView

router = APIRouter(include_in_schema=False)

GROUPS = ("overdue", "today", "week", "later")
#: tasks on one page of the list; as many as one person is ever shown at once; people's cases that wait for others
_PAGE, _ALL, _OTHERS = 25, 500, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task: what it says of itself, and where it leads."""

    case_id: str
    telling: Telling
    cycle: str
    late: bool
    #: of whom the task is about, so that the eye finds a person in a long list
    initials: str
    #: whom it is done for, if not for oneself
    behalf: str = ""
    #: what happens first to others, or takes the work away, if nobody acts
    following: tuple[str, ...] = ()
    #: the row as a bulk names it, and what may be done here and elsewhere at once; "" for nothing
    token: str = ""
    acts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """Where a case stands that waits for nobody here, or the person's own."""

    case_id: str
    telling: Telling
    cycle: str
    ended: bool
    #: what happens next if nobody acts; not what the due line says already
    following: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which part of a long list is shown, from the first number to the last, and how to come to the rest."""

    first: int
    last: int
    before: str
    after: str
    all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Elsewhere:
    """Cases of somebody's people that wait for others, and whether these are only the first."""

    rows: tuple[CaseRow, ...]
    more: bool


@router.get("/")
def inbox(
    request: Request,
    engine: TheEngine,
    *,
    done: str = "",
    skip: Annotated[int, Query(ge=0, le=_ALL)] = 0,
    whole: Annotated[str, Query(alias="all", max_length=1)] = "",
) -> Response:
    """The inbox, a page of it or `all` at once; to somebody who has not said who they are, the choice of a persona."""
    visitor = visitor_or_none(request)
    word = Words(visitor.language if visitor else language_of(request))
    if not is_demo(request) and (visitor is None or not visitor.on_chart):
        signed_in(request)
        return to_page("/account")
    if visitor is None:
        return render(request, "choose.html", None, title=word("choose.title"))
    if not visitor.on_chart:
        return to_page("/audit")
    demand_person(engine, visitor, visitor.person, "person.tasks")
    owed = engine.owing.first(visitor.key, skip=skip, most=_ALL if whole else _PAGE)
    bulk = _in_bulk(owed.views, visitor)
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
        groups=_grouped(owed.views, visitor, bulk),
        count=owed.count,
        place=_place(skip, len(owed.views), owed.count),
        in_bulk=sorted(bulk.items()),
        begins=not skip,
        # A later page goes on with the list alone: the rest stands on the first one.
        elsewhere=_Elsewhere(rows=(), more=False) if skip else _elsewhere(engine, visitor),
        own=[] if skip else [_own(engine, case.id, visitor) for case in own_cases(engine, visitor)[:3]],
    )


def _place(skip: int, shown: int, count: int) -> Place | None:
    """Which of the tasks are shown; None if all are."""
    if shown == count:
        return None

    def at(first: int) -> str:
        return "/" if not first else f"/?{urlencode({'skip': first})}"

    last = skip + shown
    return Place(
        first=skip + 1 if shown else 0,
        last=last,
        before=at(max(skip - _PAGE, 0)) if skip else "",
        after=at(last) if last < count else "",
        all=f"/?{urlencode({'all': 1})}",
    )


def _elsewhere(engine: Engine, visitor: Visitor) -> _Elsewhere:
    told, more = engine.owing.elsewhere(asker_of(engine, visitor), most=_OTHERS)
    return _Elsewhere(rows=tuple(_row_of(one, visitor) for one in told), more=more)


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name: SB of Sri Wahyuni Botutihe."""
    words = [one for one in name.split() if one[0].isalnum()]
    return "".join(one[0] for one in dict.fromkeys((words[0], words[-1]))).upper() if words else ""


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
) -> Mapping[str, list[TaskRow]]:
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
                initials=initials(say_name(view.scene.chart, view.case.subject, visitor.language)),
                behalf=say_name(view.scene.chart, view.behalf, visitor.language) if view.behalf else "",
                following=_following(view, told, visitor),
                token=token_of(row) if acts else "",
                acts=", ".join(acts),
            )
        )
    return groups


def _group(view: TaskView) -> str:
    """Late by its due day; else by what happens first to others."""
    today = view.scene.today(view.case.zone)
    if is_overdue(view.case, view.task, today):
        return "overdue"
    matters_on = view.matters_on
    return group_of(None if matters_on is None else max(matters_on, today), today)


def _following(view: TaskView, told: Telling, visitor: Visitor) -> tuple[str, ...]:
    """What happens first to others, as the whole list says it; else its first line. What stands still is said above."""
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
    return (lines[view.consequences.index(first)],)


def _own(engine: Engine, case_id: str, visitor: Visitor) -> tuple[CaseRow, tuple[PhaseMark, ...], str, bool]:
    """Somebody's own case: how far it is, whose turn since when, and whether that is theirs."""
    view, word = case_for(engine, visitor, case_id), Words(visitor.language)
    row = _row_of(view.standing, visitor, roles=tuple(sorted(view.roles)))
    mine = held_by(view.standing, visitor.key) is not None
    return row, phase_line(view, word), whose_turn(view, word), mine


def _row_of(one: Standing, visitor: Visitor, roles: tuple[str, ...] = ()) -> CaseRow:
    """A case as somebody is told of it whose turn it is not."""
    told = tell_onlooker(one, visitor.language, viewer=visitor.key, roles=roles)
    period = (one.case.period_from, one.case.period_to)
    cycle = cycle_title(one.definition, period, Words(visitor.language))
    stands = say_stands(one.definition, one.case, visitor.language)
    ahead = [line for line in told.ignored if not (stands and stands in told.due and stands[1:] in line)]
    return CaseRow(
        case_id=one.case.id,
        telling=told,
        cycle=cycle,
        ended=bool(one.case.ended),
        following=ahead[0] if ahead else "",
    )


def _cycle(view: TaskView, visitor: Visitor) -> str:
    period = (view.case.period_from, view.case.period_to)
    return cycle_title(view.definition, period, Words(visitor.language))
