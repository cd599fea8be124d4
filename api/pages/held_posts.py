"""A form that was sent after the session had ended: its text stays on the page, sealed, until its writer is back.

Nothing of it is kept on the server. Whoever signs in as another person does not get it, and nobody reads it there.
"""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from api.pages.posting import Sent, posted_with_files
from api.pages.rendering import render
from api.pages.words import Words
from api.problems import NobodyAsks, RequestInvalid
from api.visiting import Visitor, engine_of, is_demo, language_of, system_now
from engine.errors import KeysUnusable, SiklusError

__all__ = ["asks_for_values", "held_back", "reopened"]

_HOUR = 3_600_000_000
_LASTING = 12 * _HOUR
_LONGEST = 300_000
_UNAUTHORIZED = 401
#: what a form says of its sending, not of its text
_OF_SENDING = frozenset({"trigger", "op", "key", "seen", "held"})
_SAVING = "application/json"


def asks_for_values(request: Request) -> bool:
    """Whether the page's script saves a form, and not a person sends it."""
    return request.headers.get("accept", "") == _SAVING


async def held_back(request: Request, error: SiklusError) -> Response | None:
    """The page that keeps what nobody who is signed in has sent; None if there is no text to keep."""
    if not isinstance(error, NobodyAsks) or request.method != "POST" or not _is_form(request.url.path):
        return None
    if asks_for_values(request):
        return JSONResponse({"told": ""}, status_code=_UNAUTHORIZED)
    try:
        sent = await posted_with_files(request)
    except (SiklusError, HTTPException):  # it cannot be read: then there is nothing to give back
        return None
    fields = {name: value for name, value in sent.fields.items() if name not in _OF_SENDING}
    named = {path: [list(one) for one in files] for path, files in sent.named.items()}
    told = json.dumps({"at": system_now(request), "fields": fields, "named": named}).encode()
    if "by" not in fields or len(told) > _LONGEST:
        return None
    try:
        return await run_in_threadpool(_page, request, told, fields["by"], files=bool(named))
    except KeysUnusable:  # nothing can be sealed: then nothing stays on the page
        return None


def _page(request: Request, told: bytes, by: str, *, files: bool) -> Response:
    sealed = engine_of(request).keys.seal("slips", told, about=_about(request, by))
    return render(
        request,
        "held.html",
        None,
        title=Words(language_of(request))("held.title"),
        status=_UNAUTHORIZED,
        address=request.url.path,
        by=by,
        held=base64.urlsafe_b64encode(sealed).decode(),
        files=files,
        sign_in="/" if is_demo(request) else "/sign-in",
    )


def reopened(request: Request, visitor: Visitor, sent: Sent) -> Sent:
    """What was held back, as if it were sent now to be looked at; anything else as it is. Raises: RequestInvalid."""
    text = sent.fields.get("held")
    if text is None:
        return sent
    try:
        sealed = base64.urlsafe_b64decode(text.encode())
        told = json.loads(engine_of(request).keys.open("slips", sealed, about=_about(request, visitor.key)))
    except (ValueError, KeysUnusable):
        raise RequestInvalid(
            "this text was typed by somebody else, or on another page; sign in as the one who typed it"
        ) from None
    if not told["at"] <= system_now(request) < told["at"] + _LASTING:
        raise RequestInvalid(
            "this text was held for twelve hours and is gone; open the page and type it again"
        )
    named = {path: [(name, digest) for name, digest in files] for path, files in told["named"].items()}
    return replace(sent, fields={**told["fields"], "op": "look"}, named=named)


def _is_form(path: str) -> bool:
    """Whether forms with text are sent there that take it back."""
    return path.startswith("/cases/") and (path.endswith("/acts") or "/journals/" in path)


def _about(request: Request, by: str) -> str:
    return f"held {request.url.path} {by}"
