"""Pages of cases: the list, one case, and what is sent from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api import firing
from api.bulk_acts import token_of
from api.pages.case_page import case_page, done_sentence, opened, to_case
from api.pages.posting import Posted
from api.pages.quoted_entry import quoting
from api.pages.rendering import render
from api.pages.steering_panel import VERBS, Steered, command_of, refusal_of
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import demand_case_by_id, on_desk, visible_cases
from api.problems import RequestInvalid, problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.bulk import BulkRow
from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import Definition, Label
from engine.core.lateness import is_overdue
from engine.core.telling import say_name, say_waiting
from engine.core.telling_past_words import PAUSES
from engine.core.telling_standing import say_task_due
from engine.errors import Conflict, Refused
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)

_REASON = Label(id="Alasan wajib diisi.", en="A reason is needed.")


@router.get("/cases")
def cases(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    cycle: str = "",
    state: str = "",
    phase: str = "",
    only: str = "",
    after: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The list, with filters by cycle, phase and state."""
    word = Words(visitor.language)
    found, following = visible_cases(
        engine,
        visitor,
        cycle=cycle or None,
        state=state or None,
        phase=phase or None,
        open_only=only == "open",
        after=after,
    )
    chosen = {"cycle": cycle, "phase": phase, "state": state, "only": only}
    return render(
        request,
        "cases.html",
        visitor,
        title=word("cases.title"),
        rows=_rows(engine, sorted(found, key=_urgency), visitor),
        chosen=chosen,
        next_page={**chosen, "after": following} if following else None,
        paged=bool(after),
        choices=_choices(engine, word),
        steers=VERBS if on_desk(engine, visitor) else (),
        kinds=[(kind, label) for kind, label in PAUSES[word.language].items() if kind],
    )


def _urgency(case: Case) -> tuple[bool, date, str]:
    """Open cases first, earliest due day first: what hurts stands on top of its page."""
    due_on = case.waiting[0].due_on if case.waiting else None
    return bool(case.ended), due_on or date.max, case.id


def _rows(engine: Engine, cases: Sequence[Case], visitor: Visitor) -> list[dict[str, Any]]:
    """The rows; what they share is asked of the database once, however many there are."""
    chart, calendars = engine.chart, engine.calendars.of_all(cases)
    named = {one.definition for one in cases} | {one.definition.partition("#")[0] for one in cases}
    rules = {digest: engine.definition(digest) for digest in named}
    return [_row(one, visitor, rules, chart, calendars[one.id]) for one in cases]


def _row(
    case: Case, visitor: Visitor, rules: Mapping[str, Definition], chart: Chart, calendar: Calendar
) -> dict[str, Any]:
    definition, language = rules[case.definition], visitor.language
    task = next(iter(case.waiting), None)
    return {
        "id": case.id,
        "token": token_of(BulkRow(case=case.id, visit=case.visit, seq=case.seq)) if case.waiting else "",
        "person": say_name(chart, case.subject, language),
        "cycle": cycle_title(
            rules[case.definition.partition("#")[0]],
            (case.period_from, case.period_to),
            Words(language),
        ),
        "state": definition.texts.label("states", case.state)[language],
        "phase": definition.texts.label("phases", case.phase)[language],
        "holder": say_waiting(definition, case, chart, language, visitor.key),
        "due": say_task_due(definition, case, task, calendar, visitor.today, language)
        if task and task.due_on
        else "",
        "overdue": bool(task and is_overdue(case, task, visitor.today)),
    }


def _choices(engine: Engine, word: Words) -> dict[str, list[tuple[str, str]]]:
    """What may be filtered by: every cycle, and every phase and state of the definitions in use."""
    cycles = engine.cycles()
    phases: dict[str, str] = {}
    states: dict[str, str] = {}
    for digest in dict.fromkeys(cycle.definition for cycle in cycles):
        labels = engine.definition(digest).texts.labels
        phases |= {name: label[word.language] for name, label in labels["phases"].items()}
        states |= {name: label[word.language] for name, label in labels["states"].items()}
    return {
        "cycle": [
            (one.id, cycle_title(engine.definition(one.definition), (one.period_from, one.period_to), word))
            for one in cycles
        ],
        "phase": list(phases.items()),
        "state": list(states.items()),
    }


@router.get("/cases/{case_id}")
def case(  # noqa: PLR0913 - each is a word of the address
    request: Request,
    case_id: str,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    done: str = "",
    again: str = "",
    task: str = "",
    receipt: str = "",
    act: str = "",
    quote: str = "",
) -> Response:
    """One case. A message's link names its task, so that the page can say kindly that it is done already.

    An `act` that begins another case may come with the entry of a journal that it is to `quote`.
    """
    view = opened(engine, visitor, case_id)
    word = Words(visitor.language)
    sentence = done_sentence(view, done, again=bool(again), word=word) if done else ""
    if task and all(one.id != task for one in view.case.tasks):
        sentence = word("messages.gone")
    typed = quoting(engine, visitor, view, act, quote, word) if act and quote else None
    return case_page(request, visitor, view, done=sentence, task_id=task, receipt=receipt, typed=typed)


@router.post("/cases/{case_id}/steering")
def steer(request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """A step of steering from the panel."""
    view = opened(engine, visitor, case_id)
    verb = posted.get("verb", "")
    demand_case_by_id(
        engine, visitor, case_id, "case.steer"
    )  # before anybody is told whose numbers there are
    try:
        command = command_of(engine, visitor, verb, posted)
        key = firing.checked_key(posted.get("key") or None)
        done = firing.obey(engine, visitor, case_id, command, key=key)
    except (Refused, Conflict, RequestInvalid) as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        steered = Steered(verb=verb, values=posted, refusal=told)
        return case_page(request, visitor, view, status=problem.status, steered=steered)
    return to_case(engine, done, verb)
