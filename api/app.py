"""The web application: routes, pages, problems and the doorway put together around one engine."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from api import documentation, routes
from api.attaching import takes_files
from api.bodies import refused_body
from api.describing import describe_who
from api.doorway import Doorway
from api.metering import meter_of, metered
from api.origins import Gate
from api.pages import page_routes, problem_page
from api.pages.held_posts import held_back
from api.pages.rendering import STATIC
from api.problems import MEDIA_TYPE, MethodNotAllowed, RequestInvalid, problem_of
from api.settings import Settings
from api.signing_in import sign_in_routes
from api.signing_in.elsewhere import Elsewhere
from api.signing_in.turned_away import turned_away
from api.travelling import DemoClock
from engine.clock import Clock, SystemClock
from engine.errors import NotFound, SiklusError
from engine.runtime import Engine


def create_app(
    engine: Engine, *, demo: DemoClock | None, settings: Settings, system: Clock | None = None
) -> FastAPI:
    """The application that serves this engine: a demo with its personas and its clock, a real agency with sign-in.

    `system` is the machine's clock, by which sign-ins go.
    """
    is_demo = engine.database.kind == "demo"
    travels = demo if is_demo else None  # handing over a travelling clock does not make it a demo
    open_documentation = is_demo if settings.api_docs is None else settings.api_docs
    app = FastAPI(
        title="Siklus",
        summary="Appraisal cycles: launched, timed, acted on and audited.",
        version="1",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        openapi_url="/api/v1/openapi.json" if open_documentation else None,
        exception_handlers={
            SiklusError: _answer_refusal,
            HTTPException: _answer_http,
            RequestValidationError: _answer_invalid,
        },
        routes=list(_routes_of(demo=is_demo, clock=travels is not None)),
    )
    app.state.engine = engine
    app.state.demo = travels
    app.state.settings = settings
    app.state.system = system or SystemClock()
    app.state.elsewhere = None if is_demo else Elsewhere.of(settings)
    app.add_middleware(
        Doorway, answer=answer, takes_files=partial(takes_files, engine), gate=Gate.of(settings)
    )
    app.state.meter = meter_of(engine, app.state.system)
    if open_documentation:
        documentation.mount(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    describe_who(app, settings, demo=is_demo)
    return app


@cache
def _routes_of(*, demo: bool, clock: bool) -> tuple[BaseRoute, ...]:
    """What is served, but for files: the same for each application of a kind.

    Working out what each route takes costs more than everything else of an application, and nothing of it depends
    on the engine behind it; so it is done once, for all that a process makes.
    """
    served = APIRouter()
    counted = [Depends(metered)]
    served.include_router(routes.router, dependencies=counted)
    served.include_router(page_routes(demo=demo, clock=clock), dependencies=counted)
    if not demo:
        served.include_router(sign_in_routes(), dependencies=counted)
    return tuple(served.routes)


async def answer(request: Request, error: SiklusError) -> Response:
    """A refusal as its reader expects it: a problem document for programs, a page for people."""
    problem = problem_of(error)
    request.state.code = problem.code
    wait = error.data.get("wait_seconds")
    headers = {} if wait is None else {"retry-after": str(wait)}
    if request.url.path.startswith("/api/"):
        told, status = problem.json(request.url.path), problem.status
        return JSONResponse(told, status_code=status, media_type=MEDIA_TYPE, headers=headers)
    held = await held_back(request, error)
    page = held or turned_away(request, error) or await problem_page(request, problem)
    page.headers.update(headers)
    return page


async def _answer_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, SiklusError)
    return await answer(request, error)


async def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = {_place(one["loc"]): str(one["msg"]) for one in error.errors()}
    told = "; ".join(f"{place}: {message}" for place, message in problems.items())
    return await answer(request, RequestInvalid(f"the request is not well formed: {told}", problems=problems))


async def _answer_http(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: an unknown address, a method, a body that cannot be read."""
    assert isinstance(error, HTTPException)
    match error.status_code:
        case 404:
            told: SiklusError = NotFound("page", request.url.path[:200])
        case 405:
            told = MethodNotAllowed(f"{request.method} is not served here")
        case _:
            told = refused_body(error)
    response = await answer(request, told)
    response.headers.update(error.headers or {})  # a 405 names the methods there are (RFC 9110, 15.5.6)
    return response


def _place(parts: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in parts) or "request"
