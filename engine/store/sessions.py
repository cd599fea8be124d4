"""Sessions: a row for each place where somebody is signed in, found by the hash of what their browser sends."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from engine.core.identity.account import Account
from engine.store.accounts import ACCOUNT_COLUMNS, account_from
from engine.store.driver import Driver, execute, select
from engine.store.tables_identity import account, credential, session

__all__ = ["StoredSession", "drop", "drop_made_before", "found", "of_account", "put", "rename", "seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    """One place where an account is signed in, without what its browser sends."""

    id: str
    account_id: str
    how: str
    address: str
    made_at: int
    seen_at: int


_OF_SESSION = (
    session.c.id, session.c.account_id, session.c.how, session.c.address, session.c.made_at, session.c.seen_at,
)  # fmt: skip


def put(driver: Driver, token_hash: str, made: StoredSession) -> None:
    """Keep a new session."""
    execute(
        driver,
        sa.insert(session).values(
            hash=token_hash,
            id=made.id,
            account_id=made.account_id,
            how=made.how,
            address=made.address,
            made_at=made.made_at,
            seen_at=made.seen_at,
        ),
    )


def found(driver: Driver, token_hash: str) -> tuple[StoredSession, Account] | None:
    """The session with this hash and whose it is, or None."""
    joined = session.join(account, account.c.id == session.c.account_id)
    joined = joined.join(credential, credential.c.account_id == account.c.id)
    asked = sa.select(*_OF_SESSION, *ACCOUNT_COLUMNS).select_from(joined).where(session.c.hash == token_hash)
    rows = select(driver, asked)
    if not rows:
        return None
    size = len(_OF_SESSION)
    return _session(rows[0][:size]), account_from(rows[0][size:])


def of_account(driver: Driver, account_id: str) -> tuple[StoredSession, ...]:
    """Where an account is signed in, seen last first."""
    asked = sa.select(*_OF_SESSION).where(session.c.account_id == account_id)
    asked = asked.order_by(session.c.seen_at.desc(), session.c.id)
    return tuple(map(_session, select(driver, asked)))


def seen(driver: Driver, session_id: str, at: int) -> None:
    """Write down that a session was seen; never an earlier time than is known."""
    mine = (session.c.id == session_id) & (session.c.seen_at < at)
    execute(driver, sa.update(session).where(mine).values(seen_at=at))


def rename(driver: Driver, before: str, after: str) -> bool:
    """Let a session be found by another hash, and no longer by the one before; whether it was there."""
    return execute(driver, sa.update(session).where(session.c.hash == before).values(hash=after)) > 0


def drop(driver: Driver, account_id: str, *, only: str | None = None, but: str | None = None) -> int:
    """End an account's sessions: all, only one, or all but one, by their ids; how many there were."""
    mine = session.c.account_id == account_id
    if only is not None:
        mine &= session.c.id == only
    if but is not None:
        mine &= session.c.id != but
    return execute(driver, sa.delete(session).where(mine))


def drop_made_before(driver: Driver, made_at: int, seen_at: int) -> int:
    """Forget sessions made or seen last before these instants; how many there were."""
    return execute(
        driver, sa.delete(session).where((session.c.made_at <= made_at) | (session.c.seen_at <= seen_at))
    )


def _session(row: tuple[str, str, str, str, int, int]) -> StoredSession:
    key, account_id, how, address, made_at, seen_at = row
    return StoredSession(
        id=key, account_id=account_id, how=how, address=address, made_at=made_at, seen_at=seen_at
    )
