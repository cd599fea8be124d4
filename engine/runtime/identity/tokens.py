"""Tokens by which programs ask: made for what they are needed for, until a day, and shown once."""

from __future__ import annotations

from collections.abc import Collection

from engine.core.content import storable
from engine.core.identity.account import Account
from engine.core.identity.expiry import MINUTE, token_lives
from engine.core.identity.refusals import DISABLED
from engine.core.identity.scopes import SCOPES, TOKEN_PREFIX, Scope, Token, token_problems
from engine.errors import AccountInvalid, NotFound, NotYours
from engine.runtime.identity.register import Register, hash_of, new_token
from engine.store import tokens as filed

__all__ = ["Tokens"]


class Tokens:
    """Makes, finds and revokes tokens."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def make(
        self, account_id: str, name: str, scopes: Collection[Scope], expires_at: int, by: str
    ) -> tuple[str, Token]:
        """A new token for an account, and what its program sends: it is told here and kept nowhere.

        Raises: NotFound, NotYours (the account is disabled), AccountInvalid.
        """
        now = self._register.now()
        problems = token_problems(name, scopes, expires_at=expires_at, now=now)
        if problems:
            raise AccountInvalid("the token was not made", problems)
        sent = TOKEN_PREFIX + new_token()
        made = Token(
            id=self._register.new_id("t"), account_id=account_id, name=name.strip(), scopes=frozenset(scopes),
            made_at=now, expires_at=expires_at,
        )  # fmt: skip
        with self._register.database.write() as unit:
            if not self._register.account(unit, account_id).active:
                raise NotYours(DISABLED.en, label=DISABLED, account=account_id)
            self._register.demand_actor(unit, by)
            filed.put(unit.driver, hash_of(sent), made)
            listed = [one for one in SCOPES if one in made.scopes]
            self._register.say(unit, "token_made", by=by, account=account_id, token=made.id, scopes=listed)
        return sent, made

    def find(self, token: str) -> tuple[Token, Account] | None:
        """The token a program sent and whose it is, and that it was used; None if it is good for nothing."""
        if not token.startswith(TOKEN_PREFIX):
            return None
        now = self._register.now()
        with self._register.database.read() as view:
            found = filed.found(view.driver, hash_of(token))
        if found is None:
            return None
        kept, account = found
        lives = token_lives(
            made_at=kept.made_at, expires_at=kept.expires_at, revoked_at=kept.revoked_at, now=now
        )
        if not lives or not account.active:
            return None
        if now >= kept.used_at + MINUTE:
            with self._register.database.write() as unit:
                filed.used(unit.driver, kept.id, now)
        return found

    def revoke(self, token_id: str, *, by: str) -> Token:
        """Let a token be good for nothing from now on; once more changes nothing. Raises: NotFound."""
        with self._register.database.write() as unit:
            kept = filed.token_of(unit.driver, token_id) if storable(token_id) else None
            if kept is None:
                raise NotFound("token", token_id)
            self._register.demand_actor(unit, by)
            if filed.revoke(unit.driver, token_id, self._register.now()):
                self._register.say(unit, "token_revoked", by=by, account=kept.account_id, token=token_id)
            after = filed.token_of(unit.driver, token_id)
        assert after is not None
        return after

    def of(self, account_id: str) -> tuple[Token, ...]:
        """An account's tokens, the latest first, with those that are over. Raises: NotFound."""
        with self._register.database.read() as view:
            self._register.account(view, account_id)
            return filed.of_account(view.driver, account_id)
