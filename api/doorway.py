"""What every request passes through: headers that keep a page to itself, a check of where it comes from, one log line.

A plain ASGI layer around the application. It also answers what nobody foresaw, so that no exception's sentence
reaches a reader or a log.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.attaching import LARGEST_BODY, LARGEST_WITH_FILES
from api.problems import CrossSite, TooLarge, Unforeseen
from api.telemetry import log_failure, log_request
from engine.errors import SiklusError

_CASE_ID = re.compile(r"c-[0-9a-f]{8,64}")
_TOO_LARGE = 413
#: folders of files that are the same for everybody
_FILES = ("/static/", "/swagger/")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

Answer = Callable[[Request, SiklusError], Awaitable[Response]]
#: whether what is sent to a path may bring files
TakesFiles = Callable[[str], bool]


class Doorway:
    """Lets requests in, and answers with the problem that `answer` makes of a refusal."""

    def __init__(self, app: ASGIApp, *, answer: Answer, takes_files: TakesFiles) -> None:
        self._app = app
        self._answer = answer
        self._takes_files = takes_files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter_ns()
        method = scope["method"]
        if (
            method == "HEAD"
        ):  # whoever asks for the head of a page gets it: served like a GET, without the body
            scope = {**scope, "method": "GET"}
        request = Request(scope, receive)
        request.state.request_id = secrets.token_hex(8)
        status = 0

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(MutableHeaders(scope=message), request)
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        try:
            headers = Headers(scope=scope)
            length = headers.get("content-length", "")
            size = int(length) if length.isdigit() else 0
            most = await self._most(request.url.path, size)
            refusal = too_large(most) if size > most else _refusal(headers, scope["method"])
            if refusal is not None:
                response = await self._answer(request, refusal)
                await response(scope, receive, answering)
            else:
                await self._app(scope, self._counted(receive, request.url.path), answering)
        except Exception as error:  # noqa: BLE001 - the last one who can answer
            log_failure("request.failed", error, request_id=request.state.request_id)
            if not status:
                response = await self._answer(request, _unforeseen(request))
                await response(scope, receive, answering)
        finally:
            _tell(request, method, status, (time.perf_counter_ns() - began) // 1_000)

    async def _most(self, path: str, size: int) -> int:
        """How many bytes are taken at a path; the case is asked only about what is larger than anything else."""
        if size <= LARGEST_BODY:
            return LARGEST_BODY
        return LARGEST_WITH_FILES if await run_in_threadpool(self._takes_files, path) else LARGEST_BODY

    def _counted(self, receive: Receive, path: str) -> Receive:
        """The body as it comes in, up to what is taken: sending it in pieces is no way around."""
        taken, most = 0, LARGEST_BODY

        async def counting() -> Message:
            nonlocal taken, most
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                most = await self._most(path, taken)
            if taken > most:
                raise HTTPException(_TOO_LARGE)  # the framework passes this one on, wherever the body is read
            return message

        return counting


def _refusal(headers: Headers, method: str) -> SiklusError | None:
    """Why a request is not let in: an unsafe method sent by a page of another site.

    Browsers say where a request comes from. Programs say nothing, and are let in as long as they bring no cookie,
    because without one nobody's name can be borrowed.
    """
    if method in _SAFE:
        return None
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        ours = site in {"same-origin", "none"}
    elif origin is not None:
        ours = _netloc(origin) == headers.get("host", "")
    else:
        ours = "cookie" not in headers
    if ours:
        return None
    return CrossSite(
        "this was sent by a page of another site and is refused; open the page here and send it again"
    )


def _netloc(origin: str) -> str | None:
    """Host and port of an origin; None where it is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def too_large(most: int = LARGEST_BODY) -> TooLarge:
    """The refusal of a body that is larger than is taken."""
    return TooLarge(f"the request is larger than {most} bytes; send less at once", limit=most)


def _unforeseen(request: Request) -> Unforeseen:
    request_id = request.state.request_id
    return Unforeseen(
        f"something broke on our side; the log knows more under {request_id}", request_id=request_id
    )


def _dress(headers: MutableHeaders, request: Request) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    filed = request.url.path.startswith(_FILES)
    headers.setdefault("cache-control", "public, max-age=86400" if filed else "no-store")
    headers["x-request-id"] = request.state.request_id


def _tell(request: Request, method: str, status: int, duration_us: int) -> None:
    log_request(
        request_id=request.state.request_id,
        method=method,
        route=_route(request),
        status=status,
        duration_us=duration_us,
        person=getattr(request.state, "person", ""),
        case_id=_case_id(request),
        code=getattr(request.state, "code", ""),
    )


def _route(request: Request) -> str:
    """The pattern of the address, with names where it has values; "" where nothing is served."""
    for folder in _FILES:
        if request.url.path.startswith(folder):
            return f"{folder}*"
    if request.scope.get("route") is None:
        return ""
    names = {str(value): f"{{{name}}}" for name, value in request.path_params.items()}
    return "/".join(names.get(part, part) for part in request.url.path.split("/"))


def _case_id(request: Request) -> str:
    """The case an address names; what is no id of ours stays out of the log, for it may be anything."""
    named = str(request.scope.get("path_params", {}).get("case_id", ""))
    return named if _CASE_ID.fullmatch(named) else ""
