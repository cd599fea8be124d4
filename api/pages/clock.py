"""The page of the server's clock, for administrators: whether it is in doubt, and saying that it is right."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.officials import of_visitor
from api.pages.instants import zoned
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.clock_words import say_ahead, say_clock_entry
from engine.core.codec import decode
from engine.errors import Conflict, ReasonMissing, Refused
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)

_MOST_LISTED = 50


@router.get("/clock")
def clock(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """How the clock stands, and what was seen of it."""
    return _page(request, engine, visitor, done=bool(done))


@router.post("/clock")
def accept(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Say that the clock is right."""
    try:
        engine.clock_watching.accept(who=of_visitor(visitor), reason=posted.get("reason", ""))
    except (ReasonMissing, Refused, Conflict) as refused:
        problem = problem_of(refused)
        told = problem.detail_id if visitor.language == "id" else problem.detail
        return _page(request, engine, visitor, refusal=told)
    return to_page("/clock", done="accepted")


def _page(
    request: Request, engine: Engine, visitor: Visitor, *, done: bool = False, refusal: str = ""
) -> Response:
    word, zone = Words(visitor.language), visitor.person.zone
    doubt = engine.clock_watching.latest()
    open_now = doubt if doubt is not None and doubt.is_open else None
    return render(
        request,
        "clock.html",
        visitor,
        title=word("clock.title"),
        status=422 if refusal else 200,
        done=word("clock.done") if done else "",
        refusal=refusal,
        doubt=None
        if open_now is None
        else {
            "worker": open_now.worker,
            "ahead": say_ahead(open_now.ahead_us, word.language),
            "since": zoned(open_now.since_at, visitor, word),
            "says": zoned(open_now.told_at, visitor, word),
            "counted": zoned(open_now.believed_at, visitor, word),
        },
        lines=[
            (
                zoned(one.at, visitor, word),
                say_clock_entry(one.kind, decode(one.body), zone, word.language),
                reason,
            )
            for one, reason in reversed(engine.clock_watching.history()[-_MOST_LISTED:])
        ],
    )
