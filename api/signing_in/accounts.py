"""Accounts, for administrators: who has one, with which rights; never what they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.settings import Settings
from api.signing_in.administering import administrator, fresh_administrator
from api.signing_in.waiting import waiting_rows
from api.visiting import (
    SignedIn,
    TheEngine,
    engine_of,
    visitor_or_none,
)
from engine.core.identity.account import (
    SYSTEM_ROLES,
    Account,
    NewAccount,
    SystemRole,
    account_problems,
    login_of,
)
from engine.core.identity.account_log import say_account_entry
from engine.core.identity.together import Act
from engine.core.telling import say_date
from engine.core.zones import local_date
from engine.errors import AccountInvalid, NotFound, SecondNeeded
from engine.runtime import Engine

router = APIRouter(prefix="/accounts", include_in_schema=False)

_WRONG = 422
_PAGE = 50
Administrator = Annotated[SignedIn, Depends(administrator)]
#: whoever changes an account has signed in just now
Changing = Annotated[SignedIn, Depends(fresh_administrator)]


@router.get("")
def list_accounts(
    request: Request,
    engine: TheEngine,
    asker: Administrator,
    *,
    after: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Every account, a page at a time."""
    found = engine.accounts.all(after=after, limit=_PAGE + 1)
    return _list_page(request, asker, found)


@router.post("")
def add_account(request: Request, engine: TheEngine, asker: Changing, posted: Posted) -> Response:
    """A new account, and the one-time link its owner sets a password with, shown this once.

    A system role is asked for with it, and is the account's once a second administrator says yes.
    """
    new, roles, by = _new(request, posted), _roles(posted), asker.account.id
    try:
        made = _created(engine, new, roles, by)
    except AccountInvalid as invalid:
        return _list_page(
            request, asker, engine.accounts.all(limit=_PAGE + 1), wrong=_told(invalid, asker), posted=posted
        )
    link, asked = engine.accounts.invite(made.id, by=by), False
    if roles:
        asked = _done_or_asked(engine, lambda: engine.accounts.change(made.id, roles=roles, by=by), by)
    return _account_page(request, asker, made, link=link, done="asked" if asked else "")


@router.get("/{account_id}")
def account_page(
    request: Request, engine: TheEngine, asker: Administrator, account_id: str, *, done: str = ""
) -> Response:
    """One account: its rights, where it is signed in, and what was done with it."""
    return _account_page(request, asker, _demanded(engine.accounts.find(account_id), account_id), done=done)


@router.post("/{account_id}/change")
def change(request: Request, engine: TheEngine, asker: Changing, account_id: str, posted: Posted) -> Response:
    """Another name, address, person or roles; whoever has the account signs in again."""
    before = _demanded(engine.accounts.find(account_id), account_id)
    accounts, by = engine.accounts, asker.account.id
    person, roles = _person_key(request, posted.get("person_id", "")), _roles(posted)
    name, email = posted.get("name", before.name), posted.get("email", before.email)
    try:
        asked = _done_or_asked(
            engine,
            lambda: accounts.change(account_id, by=by, name=name, email=email, person=person, roles=roles),
            by,
        )
    except AccountInvalid as invalid:
        return _account_page(request, asker, before, wrong=_told(invalid, asker), posted=posted)
    return to_page(f"/accounts/{account_id}", done="asked" if asked else "changed")


@router.post("/{account_id}/invite")
def invite(request: Request, engine: TheEngine, asker: Changing, account_id: str) -> Response:
    """A one-time link, shown this once, or asked for where its owner has a way in; the one before leads nowhere."""
    links: list[str] = []
    by = asker.account.id
    if _done_or_asked(engine, lambda: links.append(engine.accounts.invite(account_id, by=by)), by):
        return to_page(f"/accounts/{account_id}", done="asked")
    account = _demanded(engine.accounts.find(account_id), account_id)
    return _account_page(request, asker, account, link=links[0])


@router.post("/{account_id}/requests/{request_id}/{decision}")
def decide(
    request: Request,
    engine: TheEngine,
    asker: Changing,
    account_id: str,
    request_id: str,
    decision: Literal["approve", "refuse"],
) -> Response:
    """What was asked to be done to an account: carried out as a second administrator, or refused."""
    together, by = engine.accounts.together, asker.account.id
    if request_id not in {one.request.id for one in together.waiting(by, account_id)}:
        raise NotFound("request", request_id[:60])
    if decision == "refuse":
        together.refuse(request_id, by=by)
        return to_page(f"/accounts/{account_id}", done="refused")
    done = together.carry_out(request_id, by=by)
    return _account_page(request, asker, done.account, link=done.link, done="approved")


@router.post("/{account_id}/{act}")
def act(engine: TheEngine, asker: Changing, account_id: str, act: str) -> Response:
    """Disabled, enabled, signed out everywhere, or freed of an authenticator app that was lost."""
    by = asker.account.id
    match act:
        case "disable":
            engine.accounts.disable(account_id, by=by)
        case "enable":
            engine.accounts.enable(account_id, by=by)
        case "sign-out":
            engine.sessions.end_all(account_id, by=by)
        case "reset-authenticator":
            if _done_or_asked(engine, lambda: engine.accounts.reset_totp(account_id, by=by), by):
                return to_page(f"/accounts/{account_id}", done="asked")
        case _:
            raise NotFound("page", act[:60])
    return to_page(f"/accounts/{account_id}", done=act)


def _list_page(
    request: Request,
    asker: SignedIn,
    found: tuple[Account, ...],
    *,
    wrong: dict[str, str] | None = None,
    posted: dict[str, str] | None = None,
) -> Response:
    word = Words(asker.language)
    shown = found[:_PAGE]
    return render(
        request,
        "accounts.html",
        visitor_or_none(request),
        title=word("accounts.title"),
        status=_WRONG if wrong else 200,
        rows=[{"account": one, **_described(request, one, word)} for one in shown],
        following=shown[-1].login if len(found) > _PAGE else "",
        waiting=waiting_rows(request, asker, word),
        wrong=wrong or {},
        posted=posted or {},
        roles=SYSTEM_ROLES,
    )


def _account_page(
    request: Request,
    asker: SignedIn,
    account: Account,
    *,
    done: str = "",
    link: str = "",
    wrong: dict[str, str] | None = None,
    posted: dict[str, str] | None = None,
) -> Response:
    engine, word = engine_of(request), Words(asker.language)
    settings: Settings = request.app.state.settings
    names = (
        "changed", "disable", "enable", "sign-out", "reset-authenticator", "asked", "approved", "refused"
    )  # fmt: skip
    return render(
        request,
        "account_of.html",
        visitor_or_none(request),
        title=account.name,
        status=_WRONG if wrong else 200,
        done=word(f"accounts.done_{done.replace('-', '_')}") if done in names else "",
        account=account,
        own=account.id == asker.account.id,
        **_described(request, account, word),
        places=len(engine.sessions.of(account.id)),
        waiting=waiting_rows(request, asker, word, account.id),
        link=settings.link(f"/link/{link}") if link else "",
        history=[
            (
                say_date(local_date(told.entry.at, "UTC"), asker.language),
                say_account_entry(told.entry, told.names, asker.language),
            )
            for told in engine.accounts.history(account.id, limit=20)
        ],
        wrong=wrong or {},
        posted=posted or {},
        roles=SYSTEM_ROLES,
    )


def _described(request: Request, account: Account, word: Words) -> dict[str, str]:
    held = engine_of(request).chart.history(account.person)
    factors = [
        word(f"factor.{name}")
        for name, has in (
            ("password", account.has_password),
            ("totp", account.has_totp),
            ("oidc", bool(account.oidc_subject)),
        )
        if has
    ]
    return {
        "person_id": held[-1].person_id if held else "",
        "person_name": held[-1].name if held else "",
        "said_roles": ", ".join(word(f"role.{one}") for one in SYSTEM_ROLES if one in account.roles),
        "said_state": word(f"accounts.{account.state}"),
        "factors": ", ".join(factors),
    }


def _done_or_asked(engine: Engine, act: Callable[[], object], by: str) -> bool:
    """Do it, or where one administrator alone does not do that ask for it; whether it was asked for."""
    try:
        act()
    except SecondNeeded as needed:
        wanted = needed.data["act"]
        assert isinstance(wanted, Act)
        engine.accounts.together.ask(wanted, by=by)
        return True
    return False


def _created(engine: Engine, new: NewAccount, roles: frozenset[SystemRole], by: str) -> Account:
    """A new account without system roles; those it is to have are looked at with it. Raises: AccountInvalid."""
    problems = account_problems(replace(new, roles=roles))
    if problems:
        raise AccountInvalid("the account was not made", problems)
    return engine.accounts.create(new, by=by)


def _new(request: Request, posted: dict[str, str]) -> NewAccount:
    """The account that was filled in, without system roles."""
    return NewAccount(
        login=login_of(posted.get("login", "")),
        name=posted.get("name", ""),
        email=posted.get("email", ""),
        person=_person_key(request, posted.get("person_id", "")),
    )


def _roles(posted: dict[str, str]) -> frozenset[SystemRole]:
    return frozenset(one for one in SYSTEM_ROLES if posted.get(f"role.{one}"))


def _person_key(request: Request, person_id: str) -> str:
    """The key of a person by their number; "" for nobody. Raises: NotFound."""
    typed = person_id.strip()
    return engine_of(request).person_by_id(typed).key if typed else ""


def _told(invalid: AccountInvalid, asker: SignedIn) -> dict[str, str]:
    return {field: label[asker.language] for field, label in invalid.problems.items()}  # type: ignore[index]


def _demanded(account: Account | None, account_id: str) -> Account:
    if account is None:
        raise NotFound("account", account_id[:60])
    return account
