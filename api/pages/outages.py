"""The page of outages, for the personnel desk: which there were, and declaring and ending one."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.policy import demand_outage
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.outage_log import Declared
from engine.core.telling import say_name
from engine.core.telling_days import say_short
from engine.core.zones import local_date
from engine.errors import Conflict, ReasonMissing, Refused
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)


@router.get("/outages")
def outages(
    request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "", cases: int = 0
) -> Response:
    """Every outage, the latest first, and a form to declare one."""
    word = Words(visitor.language)
    told = {
        "begun": word("outages.done_begun", count=cases),
        "given": word("outages.done_given", count=cases),
        "ended": word("outages.done_ended", count=cases),
    }
    return _page(request, engine, visitor, done=told.get(done, ""))


@router.post("/outages")
def begin(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Declare an outage: one that lasts, or one that is over."""
    word = Words(visitor.language)
    demand_outage(engine, visitor, posted.get("unit", ""))
    first, last = _day(posted.get("first", "")), _day(posted.get("last", ""))
    if first is None or (last is None and posted.get("last", "").strip()):
        return _page(request, engine, visitor, refusal=word("outages.no_day"), posted=posted)
    try:
        report = engine.outages.begin(
            posted.get("unit", ""), first, last=last, actor=visitor.actor, reason=posted.get("reason", "")
        )
    except (ReasonMissing, Refused, Conflict) as refused:
        return _page(request, engine, visitor, refusal=_why(refused, word), posted=posted)
    return to_page("/outages", done="begun" if last is None else "given", cases=str(report.cases))


@router.post("/outages/{name}/end")
def end(request: Request, name: str, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """End an outage."""
    word = Words(visitor.language)
    demand_outage(engine, visitor, engine.outages.named(name).outage.unit)
    try:
        report = engine.outages.end(name, actor=visitor.actor, reason=posted.get("reason", ""))
    except (ReasonMissing, Refused, Conflict) as refused:
        return _page(request, engine, visitor, refusal=_why(refused, word))
    return to_page("/outages", done="ended", cases=str(report.cases))


def _why(refused: Exception, word: Words) -> str:
    if isinstance(refused, ReasonMissing):
        return word("publication.no_reason")
    return word("outages.lasts_already" if isinstance(refused, Conflict) else "outages.bad_days")


def _page(
    request: Request,
    engine: Engine,
    visitor: Visitor,
    *,
    done: str = "",
    refusal: str = "",
    posted: dict[str, str] | None = None,
) -> Response:
    word = Words(visitor.language)
    return render(
        request,
        "outages.html",
        visitor,
        title=word("outages.title"),
        status=422 if refusal else 200,
        done=done,
        refusal=refusal,
        posted=posted or {},
        today=visitor.today.isoformat(),
        units=engine.chart.units(visitor.today),
        rows=[_row(engine, one, visitor, word) for one in engine.outages.known()],
    )


def _row(engine: Engine, one: Declared, visitor: Visitor, word: Words) -> dict[str, Any]:
    ended = one.outage.to_on
    if ended is None and one.ended_at is not None:
        ended = local_date(one.ended_at, visitor.person.zone)
    by = (
        say_name(engine.chart, one.declared_by, word.language)
        if one.declared_by
        else word("outages.operator")
    )
    return {
        "id": one.outage.id,
        "unit": one.outage.unit or word("outages.all"),
        "first": say_short(one.outage.from_on, word.language),
        "last": say_short(ended, word.language) if ended is not None else word("outages.lasts"),
        "lasts": one.lasts,
        "cases": one.cases,
        "by": by,
        "reason": one.reason,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
