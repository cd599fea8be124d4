"""What is denied where it is done is logged like what the rules deny, and a token does no more than it is made for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from api.metering import family_of
from api.policy import demand_journals
from api.visiting import Visitor
from engine.core.identity.scopes import Scope
from engine.core.journal_sight import JournalView
from engine.errors import NotYours
from tests.signing_in.conftest import DAY, DESK, MINUTE, STAFF, House, copied, founded, house

__all__ = ["copied", "founded", "house"]

WHY = {"reason": "karena perlu"}


def denied(house: House) -> list[tuple[str, str, str, str]]:
    return [(one.who, one.action, one.what, one.rule) for one in house.engine.access.denials()]


def program(house: House, account: Any, *scopes: Scope) -> Any:
    until = house.clock.now() + 60 * MINUTE
    return house.program(house.engine.tokens.make(account.id, "x", scopes, until, by=account.id)[0])


def test_a_denial_of_four_eyes_and_of_a_token_is_logged(house: House) -> None:
    """Whoever asked does not approve; a token to read does not manage."""
    desk = house.account("zul", person=DESK)
    house.clock.instant += 8 * DAY
    case = house.engine.cases(subject=house.key_of(STAFF))[0].id
    manager, reader = program(house, desk, "manage"), program(house, desk, "read")
    taker = house.account("fadli")
    body = {"to": taker.login, "cases": [case], "rights": ["read"], "hours": 2, **WHY}
    made = manager.post("/api/v1/break-glass", json=body)
    assert 201 == made.status_code, made.text
    name = made.json()["id"]
    assert "not_yours" == manager.post(f"/api/v1/break-glass/{name}/approve", json=WHY).json()["code"]
    assert "out_of_scope" == reader.post("/api/v1/outages", json={}).json()["code"]

    assert {
        (desk.id, "glass.break", name, "where-done"),
        (desk.id, "outage.declare", "", "token-scope"),
    } <= set(denied(house))
    with house.engine.database.read() as view:
        assert [] == list(view.verify())


def test_a_token_that_only_reads_ends_no_break_glass(house: House) -> None:
    """Ending is an act, as asking is managing."""
    desk = house.account("zul", person=DESK)
    for scope, code in (("read", "out_of_scope"), ("act", "not_found"), ("manage", "not_yours")):
        answer = program(house, desk, scope).post("/api/v1/break-glass/g-9/end", json=WHY)  # type: ignore[arg-type]
        assert code == answer.json()["code"], scope


def test_whoever_reads_a_journal_is_no_writer_by_it(house: House) -> None:
    """What a journal shows opens it to be read; writing in it is for whoever may write, check, release or invite."""
    case = next(one for one in house.engine.cases() if one.subject != house.key_of(STAFF))
    person = house.engine.chart.person(house.key_of(STAFF))
    visitor = Visitor(person=person, today=person.valid_from, language="en")
    sides: list[dict[str, Any]] = [
        {},
        {"may_write": True},
        {"checks": (1,)},
        {"releases": (1,)},
        {"may_link": True},
    ]
    for may in sides:
        shown: Any = JournalView(
            **{"journal": None, "pages": (), "count": 0, "open": True, "may_write": False, **may}
        )
        view: Any = SimpleNamespace(case=case, journals=(shown,))
        demand_journals(house.engine, visitor, view, "journal.read")
        if may:
            demand_journals(house.engine, visitor, view, "journal.write")
            continue
        with pytest.raises(NotYours):
            demand_journals(house.engine, visitor, view, "journal.write")


@pytest.mark.parametrize(
    ("method", "path", "family"),
    [
        ("POST", "/privacy/export", "exports"),
        ("GET", "/api/v1/privacy/export", "exports"),
        ("POST", "/refuse/x", "links"),
        ("POST", "/privacy/erasures", "acts"),
    ],
)
def test_an_export_is_counted_as_one_however_it_is_asked_for(method: str, path: str, family: str) -> None:
    assert family == family_of(method, path)
