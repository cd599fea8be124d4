"""What attackers have: the application as it is served, and the same one with its doorway taken out.

Each family of attacks also runs where the rule it is about is missing, and there it must succeed: an attack that
could not succeed anywhere shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from api.doorway import Doorway
from tests.api.conftest import Office, launched, office
from tests.signing_in.conftest import copied, founded, house

__all__ = ["copied", "founded", "house", "launched", "office", "unguarded"]


class OpenDoor:
    """A doorway that lets everything in, as it is."""

    def __init__(self, app: ASGIApp, **_: Any) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["request_id"] = "0" * 16
        await self._app(scope, receive, send)


@pytest.fixture
def unguarded(office: Office) -> Iterator[Office]:
    """The same office without its doorway."""
    kept = list(office.app.user_middleware)
    for one in office.app.user_middleware:
        if one.cls is Doorway:
            one.cls = OpenDoor
    assert any(one.cls is OpenDoor for one in office.app.user_middleware)
    yield office
    office.app.user_middleware[:] = kept
