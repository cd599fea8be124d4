"""The page of break-glass: what was opened to whom, for those it concerns; asking, deciding and ending it."""

from __future__ import annotations

from typing import Any, Literal, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.officials import named, of_visitor
from api.pages.instants import zoned
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.policy import demand, may
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.glass import RIGHTS
from engine.core.privacy.glass import Grant
from engine.core.telling import say_list, say_name
from engine.errors import Conflict, NotFound, ReasonMissing, Refused
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)

Done = Literal["asked", "approved", "refused", "ended"]
_MOST_LISTED = 200


@router.get("/break-glass")
def grants(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """What was opened by break-glass: all of it for the office, one's own for everybody else."""
    demand(engine, visitor, "glass.read")
    word = Words(visitor.language)
    told = word(f"glass.done_{done}") if done in get_args(Done) else ""
    return _page(request, engine, visitor, done=told)


@router.post("/break-glass")
def ask(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Ask for named cases to be opened to somebody."""
    demand(engine, visitor, "glass.break")
    hours = posted.get("hours", "").strip()
    try:
        engine.privacy.glass.ask(
            named(engine, posted.get("to", "").strip()),
            posted.get("cases", "").split(),
            [right for right in RIGHTS if posted.get(right)],
            hours=int(hours) if hours.isascii() and hours.isdigit() else 0,
            who=of_visitor(visitor),
            reason=posted.get("reason", ""),
        )
    except (NotFound, ReasonMissing, Refused) as refused:
        return _page(request, engine, visitor, refusal=_why(refused, visitor), posted=posted)
    return to_page("/break-glass", done="asked")


@router.post("/break-glass/{name}/{decision}")
def decide(
    request: Request,
    name: str,
    decision: Literal["approve", "refuse", "end"],
    posted: Posted,
    engine: TheEngine,
    visitor: TheVisitor,
) -> Response:
    """Open what was asked for, refuse it, or end it before its time."""
    demand(engine, visitor, "glass.end" if decision == "end" else "glass.break")
    room, who, reason = engine.privacy.glass, of_visitor(visitor), posted.get("reason", "")
    acts = {"approve": room.approve, "refuse": room.refuse, "end": room.end}
    done = {"approve": "approved", "refuse": "refused", "end": "ended"}
    try:
        acts[decision](name, who=who, reason=reason)
    except (NotFound, ReasonMissing, Refused, Conflict) as refused:
        return _page(request, engine, visitor, refusal=_why(refused, visitor))
    return to_page("/break-glass", done=done[decision])


def _why(refused: NotFound | ReasonMissing | Refused | Conflict, visitor: Visitor) -> str:
    problem = problem_of(refused)
    return problem.detail_id if visitor.language == "id" else problem.detail


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
    who = of_visitor(visitor)
    office = may(engine, visitor, "glass.break")
    own = {one.id for one in engine.cases(subject=visitor.key, limit=1000)}
    shown = [
        one for one in engine.privacy.glass.known()[:_MOST_LISTED]
        if office or who.same(one.to) or own & set(one.cases)
    ]  # fmt: skip
    return render(
        request,
        "glass.html",
        visitor,
        title=word("glass.title"),
        status=422 if refusal else 200,
        done=done,
        refusal=refusal,
        posted=posted or {},
        office=office,
        rows=[_row(engine, one, visitor, word, own=None if office else own) for one in shown],
    )


def _row(
    engine: Engine, one: Grant, visitor: Visitor, word: Words, *, own: set[str] | None
) -> dict[str, Any]:
    """A grant as a line; whose own case is among others sees their own only."""
    is_open = one.is_open(engine.now())
    taker = of_visitor(visitor).same(one.to)
    cases = [name for name in one.cases if own is None or taker or name in own]
    return {
        "id": one.id,
        "to": _name(engine, one.to.key, word),
        "cases": cases,
        "rights": say_list((word(f"glass.right_{right}") for right in one.rights), word.language),
        "state": word(
            "glass.state_ended" if one.state == "given" and not is_open else f"glass.state_{one.state}"
        ),
        "until": zoned(one.until_at, visitor, word) if one.until_at else "",
        "asked_by": _name(engine, one.asked_by.key, word),
        "reason": one.reason,
        "waits": own is None and one.state == "asked",
        "open": is_open and (own is None or taker),
    }


def _name(engine: Engine, who: str, word: Words) -> str:
    return say_name(engine.chart, who, word.language) if engine.chart.history(who) else who
