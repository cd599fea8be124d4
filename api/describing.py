"""How the API's description says who may ask: ways to prove who one is, and for each operation the scope it needs."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from api.route_actions import ACTIONS_OF, name_of_endpoint
from api.session_cookie import SESSION_COOKIES
from api.settings import Settings
from api.visiting import PERSONA_HEADER
from engine.core.access import SCOPES

__all__ = ["describe_who"]


def describe_who(app: FastAPI, settings: Settings, *, demo: bool) -> None:
    """Let the description of the API name the schemes, and with each operation those it takes."""
    plain = app.openapi
    schemes = _of_demo() if demo else _of_real(settings)

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = plain()
            told.setdefault("components", {})["securitySchemes"] = schemes
            for path, method, needed in _operations(app):
                told["paths"][path][method]["security"] = [
                    {name: sorted(needed) if name == "token" else []} for name in schemes if needed
                ]
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _of_real(settings: Settings) -> dict[str, Any]:
    bound, plain = SESSION_COOKIES
    return {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of an account, made on its page; one of the scopes named must be among its own.",
        },
        "session": {"type": "apiKey", "in": "cookie", "name": bound if settings.by_https else plain},
    }


def _of_demo() -> dict[str, Any]:
    return {"persona": {"type": "apiKey", "in": "header", "name": PERSONA_HEADER}}


def _operations(app: FastAPI) -> list[tuple[str, str, set[str]]]:
    """Path, method and the scopes one of which is needed; none for what is open to everybody."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        path = context.path or ""
        if isinstance(route, APIRoute) and route.include_in_schema and path.startswith("/api/"):
            actions = ACTIONS_OF[name_of_endpoint(route.endpoint)]
            needed = {str(SCOPES[one]) for one in actions if one != "open"}
            found += [(path, method.lower(), needed) for method in context.methods or ()]
    return found
