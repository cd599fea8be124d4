"""What belongs to every page: the language, the demo's clock and persona, and refusals told kindly."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import own_address, render, to_page
from api.pages.words import Words
from api.problem_titles import TITLES
from api.problems import Problem, RequestInvalid
from api.session_cookie import set_cookie
from api.travelling import JOURNEYS, DemoClock
from api.visiting import (
    DEMO_AUDITOR,
    LANGUAGE_COOKIE,
    PERSONA_COOKIE,
    TheEngine,
    engine_of,
    language_of,
    visitor_or_none,
)
from engine.core.labels import transition_label
from engine.errors import NotFound

_YEAR = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)
personas = APIRouter(prefix="/demo", include_in_schema=False)
clock = APIRouter(prefix="/demo", include_in_schema=False)


@router.post("/language")
def choose_language(request: Request, posted: Posted) -> Response:
    """Read the pages in Indonesian or in English."""
    language = "en" if posted.get("language") == "en" else "id"
    answer = to_page(own_address(posted.get("next", "/")))
    set_cookie(request, answer, LANGUAGE_COOKIE, language, _YEAR)
    return answer


@router.get("/problems/{code}")
def about_problem(request: Request, code: str) -> Response:
    """What a problem's code means; the `type` of a problem document leads here."""
    if code not in TITLES:
        raise NotFound("problem", code[:60])
    visitor = visitor_or_none(request)
    language = visitor.language if visitor else language_of(request)
    return render(request, "about_problem.html", visitor, title=TITLES[code][language], code=code)


@personas.post("/persona")
def choose_persona(request: Request, engine: TheEngine, posted: Posted) -> Response:
    """Be somebody else. Only a demo has this."""
    asked = posted.get("person_id", "")
    chosen = asked if asked == DEMO_AUDITOR.login else engine.person_by_id(asked).person_id
    answer = to_page("/", done="switched")
    set_cookie(request, answer, PERSONA_COOKIE, chosen, _YEAR)
    return answer


@clock.post("/clock")
def move_clock(request: Request, posted: Posted) -> Response:
    """Move the demo's time on; everything due on the way happens. Only a demo has this."""
    journey = posted.get("kind", "")
    for known in JOURNEYS:
        if journey == known:
            cast(DemoClock, request.app.state.demo).advance(known)
            return to_page(own_address(posted.get("next", "/")))
    raise RequestInvalid(
        f"the demo's clock cannot move by {journey[:20]!r}; it moves by {', '.join(JOURNEYS)}",
        problems={"kind": f"one of {', '.join(JOURNEYS)}"},
    )


async def problem_page(request: Request, problem: Problem) -> Response:
    """A refusal as a page: what could not be done, and what is open instead."""
    return await run_in_threadpool(_problem_page, request, problem)


def _problem_page(request: Request, problem: Problem) -> Response:
    visitor = visitor_or_none(request)
    language = visitor.language if visitor else language_of(request)
    word = Words(language)
    detail = problem.detail_id if language == "id" else problem.detail
    title = problem.title[language]
    return render(
        request,
        "problem.html",
        visitor,
        title=title,
        status=problem.status,
        code=problem.code,
        detail=detail if detail != title else "",
        allowed=_allowed(request, problem, word),
        request_id=request.state.request_id,
    )


def _allowed(request: Request, problem: Problem, word: Words) -> list[str]:
    """The acts a refusal names, by the words on their buttons; steering's reasons have none and are left out."""
    case_id = request.path_params.get("case_id")
    if not problem.allowed or not isinstance(case_id, str):
        return []
    view = engine_of(request).case(case_id, None)
    ways = view.definition.states[view.case.state].transitions
    return [
        transition_label(view.definition, way)[word.language] for way in ways if way.name in problem.allowed
    ]
