"""Accounts: made, changed, invited, disabled. Nobody administers their own, and one administrator is always left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from engine.core.identity.account import (
    ALONE,
    OPERATOR,
    SYSTEM_ROLES,
    Account,
    NewAccount,
    SystemRole,
    account_problems,
    login_of,
)
from engine.core.identity.refusals import (
    ERASED,
    LAST_ADMINISTRATOR,
    NOT_INVITED,
    OWN_ACCOUNT,
    STILL_ACTIVE,
    TAKEN,
)
from engine.errors import AccountInvalid, NotFound, NotYours, Refused
from engine.runtime.identity.proving import Checked, Enrolment, Proving
from engine.runtime.identity.recounting import Told, latest
from engine.runtime.identity.register import Register, hash_of, new_token
from engine.store import accounts as filed
from engine.store import sessions as session_store
from engine.store import tokens as token_store
from engine.store.accounts import Link
from engine.store.unit import Unit

__all__ = ["Accounts"]

#: fields a change may name, in the order they are told
_CHANGEABLE = ("login", "name", "email", "person", "roles", "oidc_issuer", "oidc_subject")
#: fields nobody changes on their own account
_NOT_ONES_OWN = frozenset({"login", "person", "roles", "oidc_issuer", "oidc_subject"})
_FIRST = NewAccount(login="administrator", name="Administrator", roles=frozenset({"administrator"}))


class Accounts:
    """The accounts of an installation; how they prove themselves is `Proving`."""

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

    def create(self, new: NewAccount, *, by: str) -> Account:
        """Make an account, without a password. Raises: AccountInvalid, with everything that is wrong at once."""
        account = Account(
            id=self._register.new_id("a"),
            login=login_of(new.login),
            name=new.name.strip(),
            person=new.person,
            email=new.email.strip(),
            roles=frozenset(new.roles),
            kind=new.kind,
            oidc_issuer=new.oidc_issuer,
            oidc_subject=new.oidc_subject,
            created_at=self._register.now(),
        )
        with self._register.database.write() as unit:
            self._register.demand_actor(unit, by)
            self._demand_fit(unit, account, "the account was not made")
            if not filed.put_account(unit.driver, account):
                raise _taken("the account was not made", filed.taken_by(unit.driver, account))
            self._register.say(unit, "created", by=by, account=account.id, **_facts(account))
        return account

    def change(  # noqa: PLR0913 - what may be changed of an account
        self,
        account_id: str,
        *,
        by: str,
        login: str | None = None,
        name: str | None = None,
        email: str | None = None,
        person: str | None = None,
        roles: Collection[SystemRole] | None = None,
        oidc_issuer: str | None = None,
        oidc_subject: str | None = None,
    ) -> Account:
        """Change what is named. Sessions, tokens and links of the account end if its rights or ways in have changed.

        Raises: NotFound, AccountInvalid, NotYours (one's own rights), Refused (no administrator would be left).
        """
        asked: dict[str, Any] = {
            "login": None if login is None else login_of(login),
            "name": None if name is None else name.strip(),
            "email": None if email is None else email.strip(),
            "person": person,
            "roles": None if roles is None else frozenset(roles),
            "oidc_issuer": oidc_issuer,
            "oidc_subject": oidc_subject,
        }
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            fields = [
                field for field in _CHANGEABLE
                if asked[field] is not None and asked[field] != getattr(before, field)
            ]  # fmt: skip
            if not fields:
                return before
            if by == account_id and not _NOT_ONES_OWN.isdisjoint(fields):
                raise _own()
            after = replace(before, **{field: asked[field] for field in fields})
            self._demand_fit(unit, after, "the account was not changed")
            if ALONE in before.roles and ALONE not in after.roles:
                _demand_another(unit, account_id)
            filed.change_account(unit.driver, after)
            if not _NOT_ONES_OWN.isdisjoint(fields):
                session_store.drop(unit.driver, account_id)
                token_store.revoke_all(unit.driver, account_id, self._register.now())
                filed.drop_links(unit.driver, account_id)
            facts = {"roles": _listed(after.roles)} if "roles" in fields else {}
            told = [field for field in fields if field != "roles"]
            self._register.say(unit, "changed", by=by, account=account_id, fields=told, **facts)
        return after

    def disable(self, account_id: str, *, by: str) -> Account:
        """Let an account be used no more; it is out at once, everywhere. Twice changes nothing.

        Raises: NotFound, NotYours (one's own), Refused (no administrator would be left).
        """
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            if by == account_id:
                raise _own()
            if not before.active:
                return before
            if ALONE in before.roles:
                _demand_another(unit, account_id)
            after = replace(before, state="disabled")
            filed.change_account(unit.driver, after)
            filed.drop_links(unit.driver, account_id)
            session_store.drop(unit.driver, account_id)
            token_store.revoke_all(unit.driver, account_id, self._register.now())
            self._register.say(unit, "disabled", by=by, account=account_id)
        return after

    def enable(self, account_id: str, *, by: str) -> Account:
        """Let an account be used again, without the sessions and tokens it had.

        Raises: NotFound, NotYours (one's own), Refused (it was erased).
        """
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            if by == account_id:
                raise _own()
            if before.active:
                return before
            if before.login == account_id:
                raise Refused(ERASED.en, label=ERASED)
            after = replace(before, state="active")
            filed.change_account(unit.driver, after)
            self._register.say(unit, "enabled", by=by, account=account_id)
        return after

    def erase(self, account_id: str, *, by: str) -> Account:
        """Leave of a disabled account its id alone, so that the log still tells one account from another.

        Raises: NotFound, NotYours (one's own), Refused (it is active).
        """
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            if by == account_id:
                raise _own()
            if before.active:
                raise Refused(STILL_ACTIVE.en, label=STILL_ACTIVE)
            filed.erase(unit.driver, account_id)
            self._register.say(unit, "erased", by=by, account=account_id)
            return self._register.account(unit, account_id)

    def invite(self, account_id: str, *, by: str = OPERATOR) -> str:
        """The token of a one-time link by which an account sets its password; the one before leads nowhere.

        Raises: NotFound, Refused (disabled, or a service account).
        """
        with self._register.database.write() as unit:
            account = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            if not account.active or account.kind != "person":
                raise Refused(NOT_INVITED.en, label=NOT_INVITED)
            return self._link(unit, account_id, by)

    def first(self) -> str | None:
        """The token of a one-time link to the first administrator's account, if there is no account yet; else None.

        The account is made with it, and the key file, so this is told once and never again. Raises: KeysUnusable.
        """
        made = Account(
            id=self._register.new_id("a"), login=_FIRST.login, name=_FIRST.name, roles=frozenset(_FIRST.roles),
            created_at=self._register.now(),
        )  # fmt: skip
        with self._register.database.write() as unit:
            if filed.accounts(unit.driver, limit=1) or not filed.put_account(unit.driver, made):
                return None
            self._register.use_key(unit)
            self._register.say(unit, "created", by=OPERATOR, account=made.id, **_facts(made))
            return self._link(unit, made.id, OPERATOR)

    def key_problem(self) -> str:
        """What keeps the key file from being used, as a sentence; "" if nothing does, or it was never needed."""
        with self._register.database.read() as view:
            return self._register.key_problem(view)

    def reset_totp(self, account_id: str, *, by: str) -> Account:
        """Take the authenticator app and the recovery codes off an account; it is signed out everywhere.

        Raises: NotFound, NotYours (one's own: set up another instead).
        """
        with self._register.database.write() as unit:
            self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            if by == account_id:
                raise _own()
            filed.change_credential(unit.driver, account_id, totp=b"", totp_next=b"")
            filed.put_recovery(unit.driver, account_id, ())
            session_store.drop(unit.driver, account_id)
            token_store.revoke_all(unit.driver, account_id, self._register.now())
            self._register.say(unit, "totp_reset", by=by, account=account_id)
            return self._register.account(unit, account_id)

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

    def _link(self, unit: Unit, account_id: str, by: str) -> str:
        token = new_token()
        link = Link(account_id=account_id, made_at=self._register.now())
        filed.put_link(unit.driver, hash_of(token), link)
        self._register.say(unit, "invited", by=by, account=account_id)
        return token

    def _demand_fit(self, unit: Unit, account: Account, message: str) -> None:
        new = NewAccount(**{name: getattr(account, name) for name in NewAccount.__dataclass_fields__})
        problems = dict(account_problems(new))
        if problems:
            raise AccountInvalid(message, problems)
        if account.person and not filed.person_known(unit.driver, account.person):
            raise NotFound("person", account.person)
        taken = filed.taken_by(unit.driver, account)
        if taken:
            raise _taken(message, taken)


def _demand_another(unit: Unit, account_id: str) -> None:
    """Raises: Refused, if this is the only account that administers."""
    if set(filed.administrators(unit.driver)) <= {account_id}:
        raise Refused(LAST_ADMINISTRATOR.en, label=LAST_ADMINISTRATOR)


def _own() -> NotYours:
    return NotYours(OWN_ACCOUNT.en, label=OWN_ACCOUNT)


def _taken(message: str, fields: Collection[str]) -> AccountInvalid:
    return AccountInvalid(message, {field: TAKEN[field] for field in fields or ("login",)})


def _facts(made: Account) -> dict[str, object]:
    """What an entry tells of a new account: which fields it has, never what stands in them."""
    linked = [name for name in ("person", "oidc_subject") if getattr(made, name)]
    return {"of": made.kind, "fields": linked, "roles": _listed(made.roles)}


def _listed(roles: Collection[SystemRole]) -> list[str]:
    return [one for one in SYSTEM_ROLES if one in roles]
