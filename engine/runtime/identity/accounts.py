"""Accounts: made, changed, invited, disabled. Nobody administers their own, and one administrator is always left.

What opens an account that is in use, or gives it rights, takes two administrators (`Together`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from engine.core.identity.account import ALONE, OPERATOR, Account, NewAccount, SystemRole, login_of
from engine.core.identity.refusals import ERASED, HAS_LEFT, STILL_ACTIVE
from engine.core.identity.together import MADE_WITHOUT, Act
from engine.errors import Refused, SecondNeeded
from engine.runtime.identity.account_letters import tell_made
from engine.runtime.identity.doing import (
    CHANGEABLE,
    changed,
    demand_another,
    demand_fit,
    demand_invitable,
    demand_others,
    end_ways_in,
    freed,
    kept_hand,
    link_to,
    listed,
    taken,
)
from engine.runtime.identity.knowing import Known
from engine.runtime.identity.leaving import Leaving
from engine.runtime.identity.proving import Proving
from engine.runtime.identity.register import Register
from engine.runtime.identity.together import Together
from engine.store import accounts as filed
from engine.store import together as request_store

__all__ = ["Accounts"]

_FIRST = NewAccount(login="administrator", name="Administrator", roles=frozenset({"administrator"}))


class Accounts(Known):
    """The accounts of an installation, and what is done to them; how they prove themselves is `Proving`."""

    def __init__(self, register: Register, proving: Proving) -> None:
        super().__init__(register, proving)
        #: what one administrator does not do alone
        self.together = Together(register)
        #: what the chart does to accounts by itself
        self.leaving = Leaving(register)

    def create(self, new: NewAccount, *, by: str) -> Account:
        """Make an account, without a password. Raises: AccountInvalid, with everything that is wrong at once.

        Raises: SecondNeeded for one with a system role: make it without, then ask for the role.
        """
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
            demand_fit(unit, account, "the account was not made")
            if by != OPERATOR and (account.roles or account.oidc_subject):
                raise SecondNeeded(MADE_WITHOUT.en, label=MADE_WITHOUT)
            if not filed.put_account(unit.driver, account):
                raise taken("the account was not made", filed.taken_by(unit.driver, account))
            kept_hand(self._register, unit, account.id, by)
            self._register.say(unit, "created", by=by, account=account.id, **_facts(account))
            if account.roles:
                bare = replace(account, roles=frozenset())
                self.together.tell_alone(unit, bare, _change(account.id, {"roles": account.roles}), by)
            elif account.person and not account.oidc_subject:
                tell_made(self._register, unit, account, by=by)
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

        Raises: NotFound, AccountInvalid, NotYours (one's own rights), Refused (no administrator would be left),
        SecondNeeded (whose it is, or rights it did not have).
        """
        named: dict[str, Any] = {
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
            asked = {
                field: named[field] for field in CHANGEABLE
                if named[field] is not None and named[field] != getattr(before, field)
            }  # fmt: skip
            act = _change(account_id, asked)
            if by != account_id:  # what is refused of one's own account needs no second yes
                demand_fit(unit, replace(before, **asked), "the account was not changed")
                self.together.demand_alone(before, act, by)
            after = changed(self._register, unit, before, asked, by=by)
            if by != account_id:
                self.together.tell_alone(unit, before, act, by)
        return after

    def disable(self, account_id: str, *, by: str) -> Account:
        """Let an account be used no more; it is out at once, everywhere. Twice changes nothing.

        Raises: NotFound, NotYours (one's own), Refused (no administrator would be left).
        """
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            demand_others(before, by)
            if before.state == "disabled":
                return before
            if before.active and ALONE in before.roles:
                demand_another(self._register, unit, account_id, by=by)
            after = replace(before, state="disabled")
            filed.change_account(unit.driver, after)
            end_ways_in(self._register, unit, account_id)
            self._register.say(unit, "disabled", by=by, account=account_id)
        return after

    def enable(self, account_id: str, *, by: str) -> Account:
        """Let an account be used again, without the sessions and tokens it had.

        Raises: NotFound, NotYours (one's own), Refused (it was erased).
        """
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            demand_others(before, by)
            if before.active:
                return before
            if before.login == account_id:
                raise Refused(ERASED.en, label=ERASED)
            if before.state == "left":
                raise Refused(HAS_LEFT.en, label=HAS_LEFT)
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
            demand_others(before, by)
            if before.active:
                raise Refused(STILL_ACTIVE.en, label=STILL_ACTIVE)
            filed.erase(unit.driver, account_id)
            request_store.erase(unit.driver, account_id)
            self._register.say(unit, "erased", by=by, account=account_id)
            return self._register.account(unit, account_id)

    def invite(self, account_id: str, *, by: str = OPERATOR) -> str:
        """The token of a one-time link by which an account sets its password; the one before leads nowhere.

        Raises: NotFound, Refused (disabled, or a service account), SecondNeeded (its owner has a way in already).
        """
        act = Act(kind="invite", account=account_id, fields={})
        with self._register.database.write() as unit:
            account = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            demand_invitable(account)
            self.together.demand_alone(account, act, by)
            link = link_to(self._register, unit, account, by=by)
            self.together.tell_alone(unit, account, act, by)
            return link

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
            return link_to(self._register, unit, made, by=OPERATOR)

    def reset_totp(self, account_id: str, *, by: str) -> Account:
        """Take the authenticator app and the recovery codes off an account; it is signed out everywhere.

        Raises: NotFound, NotYours (one's own: set up another instead), SecondNeeded.
        """
        act = Act(kind="reset_totp", account=account_id, fields={})
        with self._register.database.write() as unit:
            before = self._register.account(unit, account_id)
            self._register.demand_actor(unit, by)
            demand_others(before, by)
            self.together.demand_alone(before, act, by)
            after = freed(self._register, unit, before, by=by)
            self.together.tell_alone(unit, before, act, by)
            return after


def _facts(made: Account) -> dict[str, object]:
    """What an entry tells of a new account: which fields it has, never what stands in them."""
    linked = [name for name in ("person", "oidc_subject") if getattr(made, name)]
    return {"of": made.kind, "fields": linked, "roles": listed(made.roles)}


def _change(account_id: str, asked: dict[str, Any]) -> Act:
    """A change as what may wait for a second administrator."""
    fields = {
        name: ",".join(listed(value)) if name == "roles" else str(value) for name, value in asked.items()
    }
    return Act(kind="change", account=account_id, fields=fields)
