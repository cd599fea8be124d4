"""The page of cases that time could not move, for the personnel desk: which, why, and trying one again."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.rendering import render, to_page
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import demand_case_by_id
from api.visiting import TheEngine, TheVisitor
from engine.core.telling import say_instant, say_name
from engine.runtime import Engine
from engine.store.values import Parked

router = APIRouter(include_in_schema=False)


@router.get("/parked")
def parked(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """The parked cases, the first to fail first."""
    word = Words(visitor.language)
    return render(
        request,
        "parked.html",
        visitor,
        title=word("parked.title"),
        done=word("parked.done") if done else "",
        rows=[_row(engine, one, word) for one in engine.parking.listed()],
    )


@router.post("/parked/{case_id}")
def unpark(case_id: str, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Let a case be tried again with the next beat."""
    demand_case_by_id(engine, visitor, case_id, "parked.retry")
    engine.parking.unpark(case_id)
    return to_page("/parked", done="unparked")


def _row(engine: Engine, one: Parked, word: Words) -> dict[str, Any]:
    case, chart = engine.case(one.case_id, None).case, engine.chart
    calendar = engine.calendars.of(case)
    whole = engine.definition(case.definition.partition("#")[0])
    waits = one.until > engine.now()
    return {
        "id": case.id,
        "person": say_name(chart, case.subject, word.language),
        "cycle": cycle_title(whole, (case.period_from, case.period_to), word),
        "since": say_instant(one.since, case.zone, calendar, word.language),
        "times": one.times,
        "until": say_instant(one.until, case.zone, calendar, word.language) if waits else word("parked.now"),
        "why": one.why,
    }
