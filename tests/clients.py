"""Clients of the web application whose requests share one event loop: starting one costs more than most answers."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.testclient import TestClient

_running = ExitStack()


class Client(TestClient):
    """A client as a program or a browser is one; `with` gives it a loop of its own, with start and end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.portal = _loop()


@cache
def _loop() -> BlockingPortal:
    return _running.enter_context(start_blocking_portal())


def stop() -> None:
    """End the loop, if one was started: a process that ends waits for it."""
    _running.close()
