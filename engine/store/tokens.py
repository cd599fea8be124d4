"""Tokens of programs, found by the hash of what they send; a revoked one stays in the list."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from engine.core.identity.account import Account
from engine.core.identity.scopes import SCOPES, Scope, Token
from engine.store.accounts import ACCOUNT_COLUMNS, account_from
from engine.store.driver import Driver, Row, execute, select
from engine.store.tables_identity import account, api_token, credential

__all__ = ["found", "of_account", "put", "revoke", "revoke_all", "token_of", "used"]

_OF_TOKEN = (
    api_token.c.id, api_token.c.account_id, api_token.c.name, api_token.c.scopes, api_token.c.made_at,
    api_token.c.expires_at, api_token.c.used_at, api_token.c.revoked_at,
)  # fmt: skip


def put(driver: Driver, token_hash: str, made: Token) -> None:
    """Keep a new token."""
    execute(
        driver,
        sa.insert(api_token).values(
            id=made.id,
            account_id=made.account_id,
            name=made.name,
            hash=token_hash,
            scopes=",".join(one for one in SCOPES if one in made.scopes),
            made_at=made.made_at,
            expires_at=made.expires_at,
            used_at=0,
            revoked_at=0,
        ),
    )


def found(driver: Driver, token_hash: str) -> tuple[Token, Account] | None:
    """The token with this hash and whose it is, or None."""
    joined = api_token.join(account, account.c.id == api_token.c.account_id)
    joined = joined.join(credential, credential.c.account_id == account.c.id)
    asked = sa.select(*_OF_TOKEN, *ACCOUNT_COLUMNS).select_from(joined).where(api_token.c.hash == token_hash)
    rows = select(driver, asked)
    if not rows:
        return None
    size = len(_OF_TOKEN)
    return _token(rows[0][:size]), account_from(rows[0][size:])


def token_of(driver: Driver, token_id: str) -> Token | None:
    """The token with this id, or None."""
    rows = _tokens(driver, api_token.c.id == token_id)
    return rows[0] if rows else None


def of_account(driver: Driver, account_id: str) -> tuple[Token, ...]:
    """An account's tokens, the latest first, revoked and expired ones included."""
    return _tokens(driver, api_token.c.account_id == account_id)


def used(driver: Driver, token_id: str, at: int) -> None:
    """Write down that a token was used; never an earlier time than is known."""
    mine = (api_token.c.id == token_id) & (api_token.c.used_at < at)
    execute(driver, sa.update(api_token).where(mine).values(used_at=at))


def revoke(driver: Driver, token_id: str, at: int) -> bool:
    """Let a token be good for nothing; False if it was revoked before."""
    mine = (api_token.c.id == token_id) & (api_token.c.revoked_at == 0)
    return execute(driver, sa.update(api_token).where(mine).values(revoked_at=at)) > 0


def revoke_all(driver: Driver, account_id: str, at: int) -> int:
    """Let no token of an account be good for anything; how many were."""
    mine = (api_token.c.account_id == account_id) & (api_token.c.revoked_at == 0)
    return execute(driver, sa.update(api_token).where(mine).values(revoked_at=at))


def _tokens(driver: Driver, which: sa.ColumnElement[bool]) -> tuple[Token, ...]:
    asked: sa.Select[Any] = sa.select(*_OF_TOKEN).where(which)
    return tuple(map(_token, select(driver, asked.order_by(api_token.c.made_at.desc(), api_token.c.id))))


def _token(row: Row) -> Token:
    key, account_id, name, scopes, made_at, expires_at, used_at, revoked_at = row
    return Token(
        id=key,
        account_id=account_id,
        name=name,
        scopes=cast("frozenset[Scope]", frozenset(scopes.split(","))),
        made_at=made_at,
        expires_at=expires_at,
        used_at=used_at,
        revoked_at=revoked_at,
    )
