"""The API's documentation, wholly from here: Swagger UI comes with an installed package, not from a CDN.

The package's own page starts Swagger UI by a script inside the page, which our content policy forbids; so the page
is ours, and takes the package's files. This is the one place that knows the package.
"""

from __future__ import annotations

from importlib.resources import files

import fastapi_swagger
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.dressing import WITH_SCRIPT
from api.pages.rendering import render
from api.pages.words import Words
from api.visiting import language_of, visitor_or_none

_FILES = ("swagger-ui-bundle.js", "swagger-ui.css")


def mount(app: FastAPI) -> None:
    """Serve the documentation at /docs."""
    folder = files(fastapi_swagger) / "resources"
    missing = [name for name in _FILES if not (folder / name).is_file()]
    assert not missing, f"fastapi-swagger brings no {missing}"
    app.mount("/swagger", StaticFiles(directory=str(folder)), name="swagger")
    app.add_api_route("/docs", _page, include_in_schema=False)


def _page(request: Request) -> Response:
    visitor = visitor_or_none(request)
    word = Words(visitor.language if visitor else language_of(request))
    page = render(request, "docs.html", visitor, title=word("shell.api"))
    page.headers["content-security-policy"] = WITH_SCRIPT
    return page
