"""Bodies on their way in: how much, how fast, of which kind, and JSON that means one thing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from api.attaching import LARGEST_BODY, LARGEST_WITH_FILES
from api.problems import RequestInvalid, TooLarge, TooSlow, WrongMedia
from api.strict_json import demand_plain_json
from engine.errors import SiklusError

__all__ = [
    "Most",
    "Pace",
    "counted",
    "has_body",
    "most_with_files",
    "refused_body",
    "too_large",
    "whole_json",
    "wrong_media",
]

_API = "/api/"
_JSON = "application/json"
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
#: bytes of JSON that are looked at at once, without a thread of their own
_AT_ONCE = 1 << 16
_TOO_LARGE, _TOO_SLOW = 413, 408

#: how many bytes are taken at a path, once this many have come
Most = Callable[[str, int], Awaitable[int]]


class Pace:
    """How long a body may take: some seconds, and one more for each so many bytes that have come."""

    def __init__(self, *, seconds: float = 30.0, bytes_per_second: int = 50_000) -> None:
        self.seconds = seconds
        self.bytes_per_second = bytes_per_second

    def left(self, began: float, taken: int) -> float:
        """Seconds until the next piece must be here."""
        return began + self.seconds + taken / self.bytes_per_second - time.monotonic()


def has_body(headers: Headers) -> bool:
    """Whether a request announces a body."""
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def wrong_media(headers: Headers, path: str) -> SiklusError | None:
    """Why a body of this kind is not taken at a path: the API takes JSON, a page what forms send."""
    if headers.get("content-encoding", "identity") != "identity":
        return WrongMedia("packed content is not taken; send it as it is")
    sent = media_type(headers)
    if path.startswith(_API):
        if sent != _JSON:
            return WrongMedia(
                "the API takes application/json; send that, and say so in Content-Type", sent=sent
            )
    elif sent not in _FORMS:
        return WrongMedia("a page takes what its forms send, and nothing else", sent=sent)
    return None


def media_type(headers: Headers) -> str:
    """What a body says it is, without its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def counted(receive: Receive, path: str, most: Most, pace: Pace) -> Receive:
    """The body as it comes in, up to what is taken and as long as it keeps coming: pieces are no way around."""
    taken, limit, began, complete = 0, LARGEST_BODY, time.monotonic(), False

    async def counting() -> Message:
        nonlocal taken, limit, complete
        if complete:  # what follows is that somebody hangs up, and that may take as long as the answer
            return await receive()
        try:
            async with asyncio.timeout(pace.left(began, taken)):
                message = await receive()
        except TimeoutError:
            raise HTTPException(_TOO_SLOW) from None
        complete = not message.get("more_body", False)
        taken += len(message.get("body", b""))
        if taken > limit:
            limit = await most(path, taken)
        if taken > limit:
            raise HTTPException(_TOO_LARGE)  # the framework passes this one on, wherever the body is read
        return message

    return counting


class _Replayed:
    """A body that was read, to be read again; afterwards the connection speaks."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        """The body once, then whatever comes."""
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def whole_json(receive: Receive) -> Receive:
    """The body again, once it is known to be JSON of one meaning. Raises: RequestInvalid, or as `counted`."""
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    body = b"".join(pieces)
    if len(body) > _AT_ONCE:
        await run_in_threadpool(demand_plain_json, body)
    elif body:
        demand_plain_json(body)
    return _Replayed(body, receive)


def too_large(most: int = LARGEST_BODY) -> TooLarge:
    """The refusal of a body that is larger than is taken."""
    return TooLarge(f"the request is larger than {most} bytes; send less at once", limit=most)


def refused_body(error: SiklusError | HTTPException) -> SiklusError:
    """The refusal that reading a body came to; whatever else it was, the body cannot be read."""
    if isinstance(error, SiklusError):
        return error
    if error.status_code == _TOO_LARGE:
        return too_large()
    if error.status_code == _TOO_SLOW:
        return TooSlow("the rest of the request did not come in time; send it again")
    return RequestInvalid("the request cannot be read; send it again as the page or the documentation shows")


def most_with_files(takes_files: Callable[[str], bool]) -> Most:
    """How many bytes are taken; the case is asked only about what is larger than anything else."""

    async def most(path: str, size: int) -> int:
        if size <= LARGEST_BODY:
            return LARGEST_BODY
        return LARGEST_WITH_FILES if await run_in_threadpool(takes_files, path) else LARGEST_BODY

    return most
