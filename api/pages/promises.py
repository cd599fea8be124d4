"""Promises on pages: the list for the personnel desk, and what was done about a breach."""

from __future__ import annotations

from typing import Annotated, Any, cast, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api import firing
from api.pages.case_page import case_page, opened
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor
from engine.core.case import Standing
from engine.core.command import Acknowledge
from engine.core.definition import Language
from engine.core.promise_words import say_promise
from engine.core.telling import say_name
from engine.core.telling_promises import SHAPES, STANDINGS, tell_promise
from engine.errors import Conflict, Refused
from engine.runtime import Engine, PromiseCount, PromiseLine

router = APIRouter(include_in_schema=False)

_ALL = cast(tuple[Standing, ...], get_args(Standing))


@router.get("/promises")
def promises(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    cycle: str = "",
    standing: str = "",
    after: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """How many cases keep each promise, and on which cases one stands as chosen; broken ones, unless said."""
    word = Words(visitor.language)
    chosen: Standing = next((one for one in _ALL if one == standing), "broken")
    page = engine.promises.listed(cycle=cycle or None, standing=chosen, after=after)
    following = {"cycle": cycle, "standing": chosen, "after": page.following}
    return render(
        request,
        "promises.html",
        visitor,
        title=word("promises.title"),
        counts=[_count(one, word.language) for one in engine.promises.counts(cycle or None)],
        rows=[_row(engine, one, word) for one in page.lines],
        standings=[(one, STANDINGS[one][word.language]) for one in _ALL],
        cycles=_cycles(engine, word),
        chosen={"cycle": cycle, "standing": chosen},
        next_page=following if page.following else None,
        paged=bool(after),
    )


@router.post("/cases/{case_id}/promises/{number}")
def acknowledge(
    request: Request, case_id: str, number: int, engine: TheEngine, visitor: TheVisitor, posted: Posted
) -> Response:
    """Say what was done about a broken promise."""
    view = opened(engine, visitor, case_id)
    command = Acknowledge(promise=number, actor=visitor.actor, reason=posted.get("reason", ""))
    try:
        firing.obey(engine, visitor, case_id, command, key=firing.checked_key(posted.get("key") or None))
    except (Refused, Conflict) as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        return case_page(request, visitor, view, status=problem.status, unseen={number: told})
    return to_page(f"/cases/{case_id}", at="main", done="acknowledged")


def _count(one: PromiseCount, language: Language) -> dict[str, Any]:
    return {
        "rule": one.definition.name,
        "digest": one.definition.digest,
        "sentence": say_promise(one.definition, one.promise)[language],
        "counts": [(SHAPES[kind], STANDINGS[kind][language], one.counts[kind]) for kind in _ALL],
    }


def _row(engine: Engine, one: PromiseLine, word: Words) -> dict[str, Any]:
    chart, calendar = engine.chart, engine.calendar(one.definition.calendar.use)
    whole = engine.definition(one.case.definition.partition("#")[0])
    return {
        "id": one.case.id,
        "person": say_name(chart, one.case.subject, word.language),
        "cycle": cycle_title(whole, (one.case.period_from, one.case.period_to), word),
        "told": tell_promise(one.definition, one.case, one.watch, chart, calendar, word.language),
    }


def _cycles(engine: Engine, word: Words) -> list[tuple[str, str]]:
    return [
        (one.id, cycle_title(engine.definition(one.definition), (one.period_from, one.period_to), word))
        for one in engine.cycles()
    ]
