"""What is done to an account, within a unit and whoever agreed to it: changed, invited anew, freed of its app."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
)
from engine.core.identity.refusals import LAST_ADMINISTRATOR, NOT_INVITED, OWN_ACCOUNT, TAKEN
from engine.errors import AccountInvalid, NotFound, NotYours, Refused
from engine.runtime.identity.account_letters import tell_addresses
from engine.runtime.identity.register import Register, hash_of, new_token
from engine.store import accounts as filed
from engine.store import sessions as session_store
from engine.store import together as hand_store
from engine.store import tokens as token_store
from engine.store.accounts import Link
from engine.store.unit import Unit

__all__ = [
    "CHANGEABLE", "FEWER_AT", "changed", "demand_another", "demand_fit", "demand_invitable", "demand_others",
    "end_ways_in", "freed", "kept_hand", "link_to", "listed", "taken",
]  # fmt: skip

#: fields a change may name, in the order they are told
CHANGEABLE = ("login", "name", "email", "person", "roles", "oidc_issuer", "oidc_subject")
#: fields nobody changes on their own account
_NOT_ONES_OWN = frozenset({"login", "person", "roles", "oidc_issuer", "oidc_subject"})
#: the fact of the database that says when an account last took an administrator away
FEWER_AT = "administrators_fewer_at"


def changed(register: Register, unit: Unit, before: Account, asked: Mapping[str, Any], *, by: str) -> Account:
    """An account with these fields set anew, told and with what must end ended.

    Raises: AccountInvalid, NotFound (the person), NotYours (one's own rights), Refused (no administrator left).
    """
    fields = [one for one in CHANGEABLE if one in asked and asked[one] != getattr(before, one)]
    if not fields:
        return before
    if by == before.id and not _NOT_ONES_OWN.isdisjoint(fields):
        raise NotYours(OWN_ACCOUNT.en, label=OWN_ACCOUNT)
    after = replace(before, **{field: asked[field] for field in fields})
    demand_fit(unit, after, "the account was not changed")
    if ALONE in before.roles and ALONE not in after.roles:
        demand_another(register, unit, before.id, by=by)
    filed.change_account(unit.driver, after)
    if not _NOT_ONES_OWN.isdisjoint(fields):
        end_ways_in(register, unit, before.id)
        kept_hand(register, unit, before.id, by)
    facts = {"roles": listed(after.roles)} if "roles" in fields else {}
    told = [field for field in fields if field != "roles"]
    register.say(unit, "changed", by=by, account=before.id, fields=told, **facts)
    if "email" in fields and before.email:
        tell_addresses(register, unit, after, before=before.email, by=by)
    return after


def freed(register: Register, unit: Unit, account: Account, *, by: str) -> Account:
    """An account without authenticator app and recovery codes, signed out everywhere."""
    demand_others(account, by)
    filed.change_credential(unit.driver, account.id, totp=b"", totp_next=b"")
    filed.put_recovery(unit.driver, account.id, ())
    session_store.drop(unit.driver, account.id)
    token_store.revoke_all(unit.driver, account.id, register.now())
    kept_hand(register, unit, account.id, by)
    register.say(unit, "totp_reset", by=by, account=account.id)
    return register.account(unit, account.id)


def link_to(register: Register, unit: Unit, account: Account, *, by: str) -> str:
    """The token of a one-time link by which an account sets its password; the one before leads nowhere.

    Raises: Refused (disabled, or a service account).
    """
    demand_invitable(account)
    token = new_token()
    filed.put_link(unit.driver, hash_of(token), Link(account_id=account.id, made_at=register.now()))
    kept_hand(register, unit, account.id, by)
    register.say(unit, "invited", by=by, account=account.id)
    return token


def end_ways_in(register: Register, unit: Unit, account_id: str) -> None:
    """Let sessions, tokens and links of an account be good for nothing."""
    session_store.drop(unit.driver, account_id)
    token_store.revoke_all(unit.driver, account_id, register.now())
    filed.drop_links(unit.driver, account_id)


def kept_hand(register: Register, unit: Unit, account_id: str, by: str) -> None:
    """Keep that an account had a hand in another: the two are no two people for a while."""
    if by not in {"", OPERATOR, account_id}:
        hand_store.lay_hand(unit.driver, account_id, by, register.now())


def demand_fit(unit: Unit, account: Account, message: str) -> None:
    """Raises: AccountInvalid with everything that is wrong with an account; NotFound for its person."""
    new = NewAccount(**{name: getattr(account, name) for name in NewAccount.__dataclass_fields__})
    problems = dict(account_problems(new))
    if problems:
        raise AccountInvalid(message, problems)
    if account.person and not filed.person_known(unit.driver, account.person):
        raise NotFound("person", account.person)
    same = filed.taken_by(unit.driver, account)
    if same:
        raise taken(message, same)


def demand_another(register: Register, unit: Unit, account_id: str, *, by: str) -> None:
    """See that an administrator is left, and keep when one was taken away. Raises: Refused."""
    if set(filed.administrators(unit.driver)) <= {account_id}:
        raise Refused(LAST_ADMINISTRATOR.en, label=LAST_ADMINISTRATOR)
    if by != OPERATOR:
        unit.put_meta(FEWER_AT, str(register.now()))


def demand_invitable(account: Account) -> None:
    """Raises: Refused for an account that is disabled, or a service account."""
    if not account.active or account.kind != "person":
        raise Refused(NOT_INVITED.en, label=NOT_INVITED)


def demand_others(account: Account, by: str) -> None:
    """Raises: NotYours for one's own account."""
    if by == account.id:
        raise NotYours(OWN_ACCOUNT.en, label=OWN_ACCOUNT)


def taken(message: str, fields: Collection[str]) -> AccountInvalid:
    """What is told where another account has the same already."""
    return AccountInvalid(message, {field: TAKEN[field] for field in fields or ("login",)})


def listed(roles: Collection[SystemRole]) -> list[str]:
    """Roles in the order in which they are shown."""
    return [one for one in SYSTEM_ROLES if one in roles]
