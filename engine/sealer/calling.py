"""Speaking to a witness over HTTP: to the address that was set and nowhere else, for some seconds, up to a size."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.errors import WitnessSilent

__all__ = ["Call", "Reply", "call"]

#: seconds for one reply, however slowly it comes, and its bytes
_SECONDS = 10.0
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: the status, the content type to the letter, the body."""

    status: int
    kind: str
    body: bytes


#: How a witness is reached: an address and what is sent there. Raises: WitnessSilent.
Call = Callable[[str, bytes], Reply]


def call(url: str, body: bytes, *, seconds: float = _SECONDS) -> Reply:
    """The reply to a POST. No redirect is followed and no proxy asked. Raises: WitnessSilent."""
    parts = urlsplit(url)
    try:
        if parts.scheme == "https":
            made: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname or "", parts.port, timeout=seconds, context=ssl.create_default_context()
            )
        else:
            made = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
        with closing(made):
            made.connect()
            # Whoever sends a byte a second would never run into the timeout of a single read.
            late = threading.Event()
            enough = threading.Timer(seconds, _hang_up, (made.sock, late))
            enough.start()
            try:
                reply = _asked(made, parts.path, body)
            finally:
                enough.cancel()
            if late.is_set():  # what came until then may look whole
                raise TimeoutError(f"no whole answer within {seconds:g} seconds")
            return reply
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise WitnessSilent(f"{url} could not be asked: {type(error).__name__}: {error}") from None


def _asked(made: http.client.HTTPConnection, path: str, body: bytes) -> Reply:
    headers = {"content-type": "text/plain; charset=utf-8", "accept-encoding": "identity"}
    made.request("POST", path, body, headers)
    told = made.getresponse()
    taken = told.read(_LARGEST + 1)
    if len(taken) > _LARGEST:
        raise http.client.HTTPException(f"the answer has more than {_LARGEST} bytes")
    if told.headers.get("content-encoding", "identity") != "identity":
        raise http.client.HTTPException("the answer is packed")
    return Reply(status=told.status, kind=told.headers.get("content-type", ""), body=taken)


def _hang_up(reached: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        reached.shutdown(socket.SHUT_RDWR)
