"""The server in front of the application: how long a request may keep it waiting, and whom it believes.

uvicorn reads as many headers as come, as slowly as they come; both have a bound here, before a request is one.
"""

from __future__ import annotations

import asyncio

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["server_config"]

#: bytes of a request before its body, and seconds until they must be there
LONGEST_HEAD = 64_000
HEAD_SECONDS = 20.0
#: connections and requests under way at once; more are told to come again (503)
_MOST_AT_ONCE = 1_000
_TOO_MUCH = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedHead(HttpToolsProtocol):
    """A connection whose requests say what they want in time, and in few words."""

    head_seconds = HEAD_SECONDS
    _head_bytes: int | None = None
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Somebody called: let them speak."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """They hung up."""
        self._head_is_there()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request, also of one that follows another."""
        if self._head_bytes is None:
            self._await_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """It is known what they want."""
        self._head_is_there()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """More of it."""
        if self._head_bytes is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes is not None and self._head_bytes > LONGEST_HEAD:
            self._hang_up(_TOO_MUCH)

    def _await_head(self) -> None:
        self._head_bytes = 0
        self._waiting = self.loop.call_later(self.head_seconds, self._hang_up, _TOO_SLOW)

    def _head_is_there(self) -> None:
        self._head_bytes = None
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _hang_up(self, last_words: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(last_words)
            self.transport.close()


def server_config(app: Starlette, *, proxies: str = "") -> uvicorn.Config:
    """How an application is served: in front of it only declared proxies say for whom they ask."""
    return uvicorn.Config(
        app,
        http=BoundedHead,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
        lifespan="off",
    )
