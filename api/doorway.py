"""What every request passes through: headers that keep a page to itself, a check of where it comes from, one log line.

A plain ASGI layer around the application. It also answers what nobody foresaw, so that no exception's sentence
reaches a reader or a log. Why somebody is not let in is decided in `api.origins` and `api.bodies`.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bodies import (
    Pace,
    counted,
    has_body,
    most_with_files,
    refused_body,
    too_large,
    whole_json,
    wrong_media,
)
from api.dressing import FILES, dress
from api.origins import SAFE, Gate, demand_one_meaning, demand_one_name, foreign
from api.problems import RequestInvalid, TooLong, Unforeseen
from api.telemetry import log_failure, log_request
from engine.errors import NotFound, SiklusError

__all__ = ["Doorway"]

_CASE_ID = re.compile(r"c-[0-9a-f]{8,64}")
#: letters that no address of ours has, and folders above
_ODD_PATH = re.compile(r"[\x00-\x1f\x7f\\\ufffd]|//|(?:^|/)\.{1,2}(?:/|$)")
_ODD_RAW_PATH = re.compile(rb"%(?:2f|5c|25)", re.IGNORECASE)
_ODD_QUERY = re.compile(r"[\x00-\x1f\x7f]")
#: bytes of an address, bytes and number of headers, fields of a query
_LONGEST_ADDRESS = 8_000
_LONGEST_HEADERS = 32_000
_MOST_HEADERS = 100
_MOST_FIELDS = 50

Answer = Callable[[Request, SiklusError], Awaitable[Response]]
#: whether what is sent to a path may bring files
TakesFiles = Callable[[str], bool]


class Doorway:
    """Lets requests in, and answers with the problem that `answer` makes of a refusal."""

    def __init__(
        self, app: ASGIApp, *, answer: Answer, takes_files: TakesFiles, gate: Gate, pace: Pace | None = None
    ) -> None:
        self._app = app
        self._answer = answer
        self._most = most_with_files(takes_files)
        self._gate = gate
        self._pace = pace or Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter_ns()
        method = scope["method"]
        # Whoever asks for the head of a page gets it: served like a GET, without the body. The last stretch to us
        # may be plain; people come by what the installation's address says.
        scope = {**scope, "scheme": self._gate.scheme, "method": "GET" if method == "HEAD" else method}
        request = Request(scope, receive)
        request.state.request_id = secrets.token_hex(8)
        status = 0

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                told, path = MutableHeaders(scope=message), request.url.path
                dress(told, path, request_id=request.state.request_id, https=self._gate.https)
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        async def refuse(error: SiklusError) -> None:
            response = await self._answer(request, error)
            await response(scope, receive, answering)

        try:
            refusal = await self._refusal(request)
            if refusal is None:
                await self._let_in(scope, receive, answering)
            else:
                await refuse(refusal)
        except Exception as error:  # noqa: BLE001 - the last one who can answer
            told = _refused(error, request)
            if not status:
                await refuse(told)
        finally:
            _tell(request, method, status, (time.perf_counter_ns() - began) // 1_000)

    async def _refusal(self, request: Request) -> SiklusError | None:
        """Why a request is not let in; None if it is."""
        headers, path = request.headers, request.scope["path"]
        for reason in self._reasons(request):
            if reason is not None:
                return reason
        length = headers.get("content-length", "")
        size = int(length) if length.isdigit() else 0
        most = await self._most(path, size)
        if size > most:
            return too_large(most)
        bringing = request.method not in SAFE and has_body(headers)
        return wrong_media(headers, path) if bringing else None

    def _reasons(self, request: Request) -> Iterator[SiklusError | None]:
        """What may be wrong with what a request says of itself, one after the other: the cheapest first."""
        headers = request.headers
        yield _too_long(request)
        yield self._gate.refusal(headers)
        yield demand_one_meaning(headers)
        yield _odd(request)
        yield foreign(self._gate, headers, request.method)
        yield demand_one_name(headers)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        body = counted(receive, path, self._most, self._pace)
        if path.startswith("/api/") and scope["method"] not in SAFE:
            body = await whole_json(body)
        await self._app(scope, body, send)


def _too_long(request: Request) -> SiklusError | None:
    raw: list[tuple[bytes, bytes]] = request.scope["headers"]
    address = len(request.scope.get("raw_path") or b"") + len(request.scope["query_string"])
    if address > _LONGEST_ADDRESS:
        return TooLong(f"the address is longer than {_LONGEST_ADDRESS} bytes")
    if len(raw) > _MOST_HEADERS or sum(len(name) + len(value) for name, value in raw) > _LONGEST_HEADERS:
        return TooLong(
            f"there are more than {_MOST_HEADERS} headers, or more than {_LONGEST_HEADERS} bytes of them"
        )
    return None


def _odd(request: Request) -> SiklusError | None:
    """Why an address can be none of ours: control letters, ways out of folders, a field said twice."""
    path, raw = request.scope["path"], request.scope.get("raw_path") or b""
    if _ODD_PATH.search(path) or _ODD_RAW_PATH.search(raw):
        return NotFound("page", path[:200])
    try:
        asked = parse_qsl(
            request.scope["query_string"].decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:  # letters of no address, or too many fields
        return RequestInvalid("the question in the address cannot be read; open the page and ask again")
    names = [name for name, _ in asked]
    if len(names) != len(set(names)):
        return RequestInvalid("the address says one thing twice; say it once")
    if any(_ODD_QUERY.search(name) or _ODD_QUERY.search(value) for name, value in asked):
        return RequestInvalid("the address holds letters that cannot be seen; leave them out")
    return None


def _refused(error: Exception, request: Request) -> SiklusError:
    """What a request that broke off is answered: a body that was refused, or what nobody foresaw."""
    if isinstance(error, SiklusError | HTTPException):
        return refused_body(error)
    request_id = request.state.request_id
    log_failure("request.failed", error, request_id=request_id)
    return Unforeseen(
        f"something broke on our side; the log knows more under {request_id}", request_id=request_id
    )


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
    for folder in FILES:
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
