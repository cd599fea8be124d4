"""The page on which a cycle that was launched wrongly is cancelled as a whole: looked at, asked for, agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.cancelling import Cancelling
from engine.core.case import Case
from engine.core.telling import say_name
from engine.errors import Conflict, NotFound, NotYours, Refused, SiklusError
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)

#: cases named one by one on the page
_MOST = 200


@router.get("/cycles/{cycle}/cancel")
def look(request: Request, cycle: str, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """What it would come to, or what became of it."""
    word = Words(visitor.language)
    said = word(f"cancel.done_{done}") if done in {"asked", "going", "done", "refused"} else ""
    return _page(request, engine, visitor, cycle, done=said)


@router.post("/cycles/{cycle}/cancel")
def ask(request: Request, cycle: str, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Cancel it, or ask for a second person."""
    try:
        report = engine.cancellations.ask(cycle, actor=visitor.actor, reason=posted.get("reason", ""))
    except (Refused, Conflict, NotYours) as refused:
        return _page(request, engine, visitor, cycle, refused=refused)
    return to_page(f"/cycles/{cycle}/cancel", done=report.cancelling.state)


@router.post("/cycles/{cycle}/cancel/{decision}")
def decide(
    request: Request, cycle: str, decision: str, posted: Posted, engine: TheEngine, visitor: TheVisitor
) -> Response:
    """Agree to it as the second person, or let it not be done."""
    one = _of(engine, cycle)
    if one is None or decision not in {"agree", "refuse"}:
        raise NotFound("cancelling of", cycle)
    act = engine.cancellations.agree if decision == "agree" else engine.cancellations.refuse
    try:
        report = act(one.id, actor=visitor.actor, reason=posted.get("reason", ""))
    except (Refused, Conflict, NotYours) as refused:
        return _page(request, engine, visitor, cycle, refused=refused)
    return to_page(f"/cycles/{cycle}/cancel", done=report.cancelling.state)


def _page(
    request: Request,
    engine: Engine,
    visitor: Visitor,
    cycle: str,
    *,
    done: str = "",
    refused: SiklusError | None = None,
) -> Response:
    word = Words(visitor.language)
    filed = next((one for one in engine.cycles() if one.id == cycle), None)
    if filed is None:
        raise NotFound("cycle", cycle, [one.id for one in engine.cycles()])
    one = _of(engine, cycle)
    problem = problem_of(refused) if refused is not None else None
    return render(
        request,
        "cancel.html",
        visitor,
        title=word("cancel.title"),
        status=problem.status if problem is not None else 200,
        done=done,
        refusal=refusal_of(refused, problem.title, word.language) if refused and problem else "",
        cycle=cycle,
        name=cycle_title(engine.definition(filed.definition), (filed.period_from, filed.period_to), word),
        one=one,
        by=say_name(engine.chart, one.asked_by, word.language)
        if one and one.asked_by
        else word("cancel.operator"),
        own=one is not None and one.asked_by == visitor.key,
        **_found(engine, cycle, one, word),
    )


def _of(engine: Engine, cycle: str) -> Cancelling | None:
    """The cancelling of a cycle that counts, or waits."""
    known = engine.cancellations.known()
    return next((one for one in known if one.cycle == cycle and one.state != "refused"), None)


def _found(engine: Engine, cycle: str, one: Cancelling | None, word: Words) -> dict[str, Any]:
    """What it would come to, while it is still to be decided."""
    if one is not None and one.state != "asked":
        return {"found": None, "acted": (), "stay": ()}
    found = engine.cancellations.preview(cycle, waiting=one is not None)
    return {
        "found": found,
        "acted": _lines(engine, (lost.case for lost in found.acted), word),
        "stay": _lines(engine, found.stay, word),
    }


def _lines(engine: Engine, cases: Iterable[Case], word: Words) -> list[dict[str, str]]:
    chart, language = engine.chart, word.language
    return [
        {
            "name": say_name(chart, case.subject, language),
            "case": case.id,
            "state": engine.definition(case.definition).texts.label("states", case.state)[language],
        }
        for case in list(cases)[:_MOST]
    ]
