"""Accounts as they are: found, listed, recounted, and what they prove themselves with asked of `Proving`."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.identity.account import Account, login_of
from engine.runtime.identity.proving import Checked, Enrolment, Proving
from engine.runtime.identity.recounting import Told, latest
from engine.runtime.identity.register import Register
from engine.store import accounts as filed

__all__ = ["Known"]


class Known:
    """The accounts there are, and their proofs. What is done to them by others is `Accounts`."""

    def __init__(self, register: Register, proving: Proving) -> None:
        self._register = register
        self._proving = proving

    def find(self, account_id: str) -> Account | None:
        """The account with this id, or None."""
        return self._register.named(id=account_id)

    def by_login(self, login: str) -> Account | None:
        """The account with this login, however it was typed; or None."""
        return self._register.named(login=login_of(login))

    def by_oidc(self, issuer: str, subject: str) -> Account | None:
        """The account of this subject of this provider, or None."""
        return self._register.named(oidc_issuer=issuer, oidc_subject=subject) if subject else None

    def by_person(self, person: str) -> Account | None:
        """The account linked to the person with this key, or None."""
        return self._register.named(person=person) if person else None

    def all(self, after: str = "", limit: int = 100) -> tuple[Account, ...]:
        """Accounts by login, a page at a time: pass the last login seen as `after`."""
        with self._register.database.read() as view:
            return filed.accounts(view.driver, after=after, limit=limit)

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """The logins of accounts, by id."""
        named = tuple(ids)
        if not named:
            return {}
        with self._register.database.read() as view:
            return filed.names(view.driver, named)

    def key_problem(self) -> str:
        """What keeps the key file from being used, as a sentence; "" if nothing does, or it was never needed."""
        with self._register.database.read() as view:
            return self._register.key_problem(view)

    def history(self, account_id: str = "", *, limit: int = 50) -> tuple[Told, ...]:
        """The latest entries about accounts, or about one of them, newest first. Raises: NotFound."""
        return latest(self._register, account_id, limit)

    def check_password(self, login: str, password: str, *, address: str) -> Checked:
        """Whether this is the password of this login; unknown and wrong take as long and say the same."""
        return self._proving.check_password(login, password, address=address)

    def check_totp(self, account_id: str, code: str) -> bool:
        """Whether this is a code of the account's app, or one of its recovery codes; each is taken once."""
        return self._proving.check_totp(account_id, code)

    def set_password(self, proof: str | Account, new: str) -> Account:
        """Set a password by a one-time link's token, or for an account that has just proved itself.

        Raises: LinkOver, AccountInvalid, NotYours.
        """
        return self._proving.set_password(proof, new)

    def account_of_link(self, token: str) -> Account:
        """Whose one-time link this is, while it can be used. Raises: LinkOver."""
        return self._proving.account_of_link(token)

    def begin_totp(self, account_id: str, *, issuer: str = "Siklus") -> Enrolment:
        """A new secret for an authenticator app; it counts once `confirm_totp` saw a code of it."""
        return self._proving.begin_totp(account_id, issuer=issuer)

    def confirm_totp(self, account_id: str, code: str) -> tuple[str, ...] | None:
        """The recovery codes, told once, if this is a code of the new secret; else None."""
        return self._proving.confirm_totp(account_id, code)

    def new_recovery_codes(self, account_id: str) -> tuple[str, ...]:
        """Recovery codes in the place of those before, told once. Raises: Refused (no app)."""
        return self._proving.new_recovery_codes(account_id)

    def recovery_codes_left(self, account_id: str) -> int:
        """How many recovery codes were not used yet."""
        return self._proving.recovery_codes_left(account_id)
