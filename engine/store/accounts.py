"""Accounts, what they prove themselves with, and the one-time links by which a password is set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.identity.account import SYSTEM_ROLES, Account, SystemRole
from engine.store.driver import Driver, Row, execute, select
from engine.store.tables import person
from engine.store.tables_identity import account, api_token, credential, recovery, sign_in_link

__all__ = [
    "ACCOUNT_COLUMNS",
    "Credential",
    "Link",
    "account_from",
    "account_of",
    "accounts",
    "administrators",
    "change_account",
    "change_credential",
    "count_refusal",
    "credential_of",
    "drop_links",
    "erase",
    "in_office",
    "in_state",
    "link_of",
    "names",
    "of_people",
    "password_of",
    "person_known",
    "put_account",
    "put_link",
    "put_recovery",
    "recovery_left",
    "take_recovery",
    "take_step",
    "taken_by",
    "words_about",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What an account proves itself with: argon2id of its password, the sealed secret of its app, the last code's step.

    `refused` is how often it was refused since it last signed in; "" and b"" are what it does not have.
    """

    password: str = ""
    totp: bytes = b""
    totp_next: bytes = b""
    totp_step: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link by which an account's password is set."""

    account_id: str
    made_at: int


#: what an account is read from, in the order `account_from` takes it
ACCOUNT_COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    *account.c,
    credential.c.password != "",
    sa.func.length(credential.c.totp) > 0,
)
_AT_ONCE = 400
_JOINED = account.join(credential, credential.c.account_id == account.c.id)


def put_account(driver: Driver, made: Account) -> bool:
    """File a new account; False if another has its login, its person or its subject already."""
    insert: Any = (sqlite if driver.kind == "sqlite" else postgresql).insert
    row = {"id": made.id, "login": made.login, "created_at": made.created_at, **_columns(made)}
    if not execute(driver, insert(account).values(**row).on_conflict_do_nothing()):
        return False
    execute(
        driver,
        sa.insert(credential).values(
            account_id=made.id, password="", totp=b"", totp_next=b"", totp_step=0, refused=0
        ),
    )
    return True


def change_account(driver: Driver, changed: Account) -> None:
    """File what an account is from now on."""
    execute(
        driver,
        sa.update(account).where(account.c.id == changed.id).values(login=changed.login, **_columns(changed)),
    )


def account_of(driver: Driver, **known: str) -> Account | None:
    """The account with this id, login, or issuer and subject; or None."""
    asked = _asked().where(*(account.c[name] == value for name, value in known.items()))
    rows = select(driver, asked)
    return account_from(rows[0]) if rows else None


def accounts(driver: Driver, *, after: str = "", limit: int = 100) -> tuple[Account, ...]:
    """Accounts by login; the next page begins `after` the last login of this one."""
    asked = _asked().where(account.c.login > after).order_by(account.c.login).limit(limit)
    return tuple(map(account_from, select(driver, asked)))


def administrators(driver: Driver) -> tuple[str, ...]:
    """The ids of the active accounts that administer."""
    asked = sa.select(account.c.id).where(account.c.roles == "administrator", account.c.state == "active")
    return tuple(found for (found,) in select(driver, asked.with_for_update()))


def in_office(driver: Driver) -> tuple[Account, ...]:
    """The active accounts that have a system role, by login."""
    asked = _asked().where(account.c.roles != "", account.c.state == "active").order_by(account.c.login)
    return tuple(map(account_from, select(driver, asked)))


def of_people(driver: Driver, people: Iterable[str], *, state: str) -> tuple[Account, ...]:
    """The accounts in this state that are of one of these people."""
    keys, found = sorted(people), []
    for at in range(0, len(keys), _AT_ONCE):
        asked = _asked().where(account.c.person.in_(keys[at : at + _AT_ONCE]), account.c.state == state)
        found += select(driver, asked)
    return tuple(map(account_from, found))


def in_state(driver: Driver, state: str) -> tuple[Account, ...]:
    """The accounts in a state, by login."""
    return tuple(
        map(account_from, select(driver, _asked().where(account.c.state == state).order_by(account.c.login)))
    )


def taken_by(driver: Driver, made: Account) -> tuple[str, ...]:
    """Which of the fields that only one account may have another one has already."""
    same = {
        "login": account.c.login == made.login,
        "person": (account.c.person == made.person) & (account.c.person != ""),
        "oidc_subject": (account.c.oidc_subject == made.oidc_subject)
        & (account.c.oidc_issuer == made.oidc_issuer)
        & (account.c.oidc_subject != ""),
    }
    return tuple(
        name
        for name, clause in same.items()
        if select(driver, sa.select(account.c.id).where(clause, account.c.id != made.id).limit(1))
    )


def names(driver: Driver, ids: Iterable[str]) -> dict[str, str]:
    """The logins of these accounts."""
    asked = sa.select(account.c.id, account.c.login).where(account.c.id.in_(sorted(set(ids))))
    return dict(cast("list[tuple[str, str]]", select(driver, asked)))


def person_known(driver: Driver, person_key: str) -> bool:
    """Whether the chart knows a person by this key."""
    return bool(select(driver, sa.select(person.c.key).where(person.c.key == person_key).limit(1)))


def credential_of(driver: Driver, account_id: str) -> Credential:
    """What an account proves itself with, held until the unit ends."""
    asked = sa.select(
        credential.c.password,
        credential.c.totp,
        credential.c.totp_next,
        credential.c.totp_step,
        credential.c.refused,
    )
    rows = select(driver, asked.where(credential.c.account_id == account_id).with_for_update())
    if not rows:
        return Credential()
    password, totp, totp_next, totp_step, refused = rows[0]
    return Credential(
        password=password,
        totp=bytes(totp),
        totp_next=bytes(totp_next),
        totp_step=totp_step,
        refused=refused,
    )


def password_of(driver: Driver, account_id: str) -> str:
    """What is kept of an account's password; "" if it has none."""
    rows = select(driver, sa.select(credential.c.password).where(credential.c.account_id == account_id))
    return str(rows[0][0]) if rows else ""


def words_about(driver: Driver, person_key: str) -> tuple[str, ...]:
    """The names of the agency's units, and the numbers of a person with what they begin with (a day of birth)."""
    units = [unit for (unit,) in select(driver, sa.select(person.c.unit).distinct())]
    asked = sa.select(person.c.person_id).where(person.c.key == person_key).distinct()
    numbers = [number for (number,) in select(driver, asked)] if person_key else []
    return (*units, *numbers, *(number[:8] for number in numbers))


def change_credential(driver: Driver, account_id: str, **values: str | bytes | int) -> None:
    """Set parts of what an account proves itself with."""
    execute(driver, sa.update(credential).where(credential.c.account_id == account_id).values(**values))


def count_refusal(driver: Driver, account_id: str) -> int:
    """One more refusal in a row; how many it are now."""
    one_more = sa.update(credential).where(credential.c.account_id == account_id)
    execute(driver, one_more.values(refused=credential.c.refused + 1))
    return credential_of(driver, account_id).refused


def take_step(driver: Driver, account_id: str, step: int) -> bool:
    """Use the code of a step; False if it, or one of a later step, was used already."""
    unused = (credential.c.account_id == account_id) & (credential.c.totp_step < step)
    return execute(driver, sa.update(credential).where(unused).values(totp_step=step)) > 0


def put_recovery(driver: Driver, account_id: str, hashes: Iterable[str]) -> None:
    """Put these recovery codes in the place of those before."""
    execute(driver, sa.delete(recovery).where(recovery.c.account_id == account_id))
    for one in hashes:
        execute(driver, sa.insert(recovery).values(account_id=account_id, hash=one))


def take_recovery(driver: Driver, account_id: str, code_hash: str) -> bool:
    """Use a recovery code; False if there is none like it any more."""
    mine = (recovery.c.account_id == account_id) & (recovery.c.hash == code_hash)
    return execute(driver, sa.delete(recovery).where(mine)) > 0


def recovery_left(driver: Driver, account_id: str) -> int:
    """How many recovery codes there are."""
    asked = sa.select(sa.func.count()).select_from(recovery).where(recovery.c.account_id == account_id)
    return int(select(driver, asked)[0][0])


def put_link(driver: Driver, token_hash: str, link: Link) -> None:
    """Keep a link in the place of the account's one before."""
    drop_links(driver, link.account_id)
    execute(
        driver,
        sa.insert(sign_in_link).values(hash=token_hash, account_id=link.account_id, made_at=link.made_at),
    )


def link_of(driver: Driver, token_hash: str) -> Link | None:
    """Where the link with this hash leads, or None."""
    asked = sa.select(sign_in_link.c.account_id, sign_in_link.c.made_at)
    rows = select(driver, asked.where(sign_in_link.c.hash == token_hash))
    return Link(account_id=rows[0][0], made_at=rows[0][1]) if rows else None


def drop_links(driver: Driver, account_id: str) -> int:
    """Let an account's links lead nowhere; how many there were."""
    return execute(driver, sa.delete(sign_in_link).where(sign_in_link.c.account_id == account_id))


def erase(driver: Driver, account_id: str) -> None:
    """Leave of an account its id and what it could do: no name, no address, nothing to sign in with.

    Its login is its id then, which nobody can type as one.
    """
    bare = {"login": account_id, "name": "", "email": "", "person": "", "oidc_issuer": "", "oidc_subject": ""}
    execute(driver, sa.update(account).where(account.c.id == account_id).values(**bare))
    change_credential(driver, account_id, password="", totp=b"", totp_next=b"", refused=0)
    put_recovery(driver, account_id, ())
    drop_links(driver, account_id)
    execute(driver, sa.update(api_token).where(api_token.c.account_id == account_id).values(name=""))


def account_from(row: Row) -> Account:
    """An account from its columns and whether it has a password and an app."""
    key, login, linked, name, email, roles, kind, state, issuer, subject, created_at, password, totp = row
    return Account(
        id=key,
        login=login,
        person=linked,
        name=name,
        email=email,
        roles=cast("frozenset[SystemRole]", frozenset(roles.split(",")) if roles else frozenset()),
        kind=kind,
        state=state,
        oidc_issuer=issuer,
        oidc_subject=subject,
        created_at=created_at,
        has_password=bool(password),
        has_totp=bool(totp),
    )


def _asked() -> sa.Select[Any]:
    return sa.select(*ACCOUNT_COLUMNS).select_from(_JOINED)


def _columns(one: Account) -> Mapping[str, str]:
    return {
        "person": one.person,
        "name": one.name,
        "email": one.email,
        "roles": ",".join(role for role in SYSTEM_ROLES if role in one.roles),
        "kind": one.kind,
        "state": one.state,
        "oidc_issuer": one.oidc_issuer,
        "oidc_subject": one.oidc_subject,
    }
