"""What waits for a second administrator, and which account had a hand in which."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.identity.together import Act, Request
from engine.store.driver import Driver, Row, execute, select
from engine.store.tables import outbox
from engine.store.tables_identity import account_hand, account_request

__all__ = ["decide", "erase", "hands", "lay_hand", "put", "request_of", "requests"]

_COLUMNS = (
    account_request.c.id, account_request.c.account_id, account_request.c.kind, account_request.c.fields,
    account_request.c.asked_by, account_request.c.asked_at, account_request.c.state,
)  # fmt: skip


def put(driver: Driver, made: Request, token: str) -> None:
    """File what was asked; `token` is the hash of what the owner refuses it with."""
    act = made.act
    execute(
        driver,
        sa.insert(account_request).values(
            id=made.id, account_id=act.account, kind=act.kind, fields=json.dumps(dict(act.fields), sort_keys=True),
            asked_by=made.asked_by, asked_at=made.asked_at, token=token, state=made.state,
        ),
    )  # fmt: skip


def request_of(driver: Driver, *, held: bool = False, **known: str) -> Request | None:
    """The request with this id, or this token's hash, `held` until the unit ends; None if there is none."""
    clauses = [account_request.c[name] == value for name, value in known.items()]
    asked = sa.select(*_COLUMNS).where(*clauses)
    rows = select(driver, asked.with_for_update() if held else asked)
    return _request(rows[0]) if rows else None


def requests(driver: Driver, account_id: str = "", *, since: int) -> tuple[Request, ...]:
    """What waits and was asked since then, of one account or of all, the latest first."""
    asked = sa.select(*_COLUMNS).where(account_request.c.state == "waits", account_request.c.asked_at > since)
    if account_id:
        asked = asked.where(account_request.c.account_id == account_id)
    return tuple(
        map(_request, select(driver, asked.order_by(account_request.c.asked_at.desc(), account_request.c.id)))
    )


def decide(driver: Driver, request_id: str, state: str) -> bool:
    """Let a request that waits be done or refused; False if it was before."""
    waiting = (account_request.c.id == request_id) & (account_request.c.state == "waits")
    return execute(driver, sa.update(account_request).where(waiting).values(state=state, fields="{}")) > 0


def lay_hand(driver: Driver, account_id: str, by: str, at: int) -> None:
    """Keep that an account had a hand in another one now."""
    insert: Any = (sqlite if driver.kind == "sqlite" else postgresql).insert(account_hand)
    kept = insert.values(account_id=account_id, by_id=by, at=at)
    execute(
        driver,
        kept.on_conflict_do_update(index_elements=["account_id", "by_id"], set_={"at": kept.excluded.at}),
    )


def hands(driver: Driver, since: int) -> frozenset[tuple[str, str]]:
    """Whose account which other had a hand in since then, as pairs of ids."""
    asked = sa.select(account_hand.c.account_id, account_hand.c.by_id).where(account_hand.c.at > since)
    return frozenset((one, other) for one, other in select(driver, asked))


def erase(driver: Driver, account_id: str) -> None:
    """Forget what was asked about an account, and the letters to its address."""
    execute(driver, sa.delete(account_request).where(account_request.c.account_id == account_id))
    execute(driver, sa.delete(outbox).where(outbox.c.recipient == account_id))


def _request(row: Row) -> Request:
    key, account_id, kind, fields, asked_by, asked_at, state = row
    act = Act(kind=kind, account=account_id, fields=json.loads(fields))
    return Request(id=key, act=act, asked_by=asked_by, asked_at=asked_at, state=state)
