"""Clients of the web application whose requests share one event loop, which each of them enters once.

Starlette's own client enters the loop of another thread eight times for a request, which costs more than most answers.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import Any

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal

_running = ExitStack()


class Client(httpx2.Client):
    """A client as a program or a browser is one: it keeps cookies, and what the application raises is raised here."""

    def __init__(
        self,
        app: Any,
        *,
        base_url: str,
        client: tuple[str, int] = ("testclient", 50000),
        follow_redirects: bool = True,
        headers: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            transport=_Within(httpx2.ASGITransport(app=app, client=client)),
            base_url=base_url,
            follow_redirects=follow_redirects,
            headers={"user-agent": "testclient", **(headers or {})},
            **kwargs,
        )


class _Within(httpx2.BaseTransport):
    """Asks an application in the loop, and waits here for the whole answer."""

    def __init__(self, within: httpx2.ASGITransport) -> None:
        self._within = within

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        told, body = _loop().call(self._answer, request)
        return httpx2.Response(
            told.status_code, headers=told.headers, stream=httpx2.ByteStream(body), request=request
        )

    async def _answer(self, request: httpx2.Request) -> tuple[httpx2.Response, bytes]:
        told = await self._within.handle_async_request(request)
        stream: Any = told.stream
        return told, b"".join([part async for part in stream])


@cache
def _loop() -> BlockingPortal:
    return _running.enter_context(start_blocking_portal())


def stop() -> None:
    """End the loop, if one was started: a process that ends waits for it."""
    _running.close()
