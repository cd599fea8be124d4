"""What attackers have: the application as it is served, and the same one with its doorway taken out.

All of it is attacked on PostgreSQL as well: a handful in every run with a server, the rest with what is long.
Each family of attacks also runs where the rule it is about is missing, and there it must succeed: an attack that
could not succeed anywhere shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.doorway import Doorway
from api.settings import Settings
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import Office, Travel
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, OPENING, HandClock, place, set_up
from tests.signing_in.conftest import copied, founded, house

__all__ = ["copied", "founded", "house", "office", "place", "unguarded"]

#: tried on PostgreSQL in every run that has one: what reaches rows, and what might reach a statement
ON_BOTH = {
    "test_nobody_reaches_what_is_not_theirs", "test_no_question_is_a_statement",
    "test_a_condition_that_is_always_true_finds_nothing", "test_an_act_takes_no_wish",
    "test_no_request_breaks_anything",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the rest on PostgreSQL be long."""
    for one in items:
        if isinstance(one, pytest.Function) and "attacks" in one.path.parts and hasattr(one, "callspec"):
            name = one.name.partition("[")[0]
            if "postgresql" in one.callspec.params.values() and name not in ON_BOTH:
                one.add_marker(pytest.mark.long)


@pytest.fixture
def office(place: str) -> Iterator[Office]:
    """The application on an agency that was launched, on either engine."""
    clock = HandClock()

    def fill(to: str) -> None:
        engine = set_up(to, clock)
        engine.launch("asn-tahunan", opens=OPENING, actor=NOBODY)
        engine.database.close()

    furnish(place, "the launched agency", fill)
    engine = Engine(Database(place), clock)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    yield Office(engine=engine, clock=clock, travel=travel, app=app)
    engine.database.close()


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
