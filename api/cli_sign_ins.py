"""`siklus account token`, `tokens`, `revoke`, `sessions`, `sign-out`: where an account is in use, and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_acting import LoginArgument, on_account
from api.cli_options import (
    ByOption,
    DatabaseOption,
    JsonOption,
    author_named,
    installation,
    moment_text,
)
from api.cli_speech import counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.identity.scopes import Token
    from engine.runtime.identity import Session


def token(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    name: Annotated[str, typer.Option("--name", help="What it is for: the system that uses it.")],
    scope: Annotated[list[str], typer.Option("--scope", help="read, act or manage; may be repeated.")],
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How long it is good for.")] = 90,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a token by which a program uses the API as this account; it is shown once.

    It may do what it was made for (`read`, `act`, `manage`), and never more than the account.
    """
    from engine.core.audit import stamp
    from engine.core.identity.expiry import DAY

    wanted: Any = frozenset(scope)
    with on_account(ctx, database, login, by) as (house, account, author):
        until = house.system.now() + days * DAY
        sent, made = house.engine.tokens.make(account.id, name, wanted, until, author)
        if as_json:
            put_json(_token_json(made) | {"token": sent, "login": account.login, "expires": stamp(until)})
            return
        say(sent)
        remark(
            f"It is {made.id} of {account.login}, good until {moment_text(until)}, and is not shown again."
        )


def tokens(
    ctx: typer.Context, *, login: LoginArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """List an account's tokens, the latest first, with those that are over."""
    with on_account(ctx, database, login) as (house, account, _):
        found = house.engine.tokens.of(account.id)
        if as_json:
            put_json({"tokens": [_token_json(one) for one in found]})
            return
        now = house.system.now()
        rows = [
            (
                one.id,
                one.name,
                ", ".join(sorted(one.scopes)),
                moment_text(one.expires_at),
                moment_text(one.used_at),
                "revoked" if one.revoked_at else "over" if one.expires_at <= now else "",
            )
            for one in found
        ]
        table(("token", "name", "scopes", "until", "used", ""), rows)
        remark(counted(len(rows), "token"))


def revoke(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="TOKEN", help="Which token: its id, as `tokens` lists it.")],
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a token be good for nothing from now on."""
    with installation(ctx, database) as house:
        over = house.engine.tokens.revoke(name, by=author_named(house.engine, by))
        if as_json:
            put_json(_token_json(over))
            return
        say(f"{over.id} ({over.name}) is revoked.")


def sessions(
    ctx: typer.Context, *, login: LoginArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """List where an account is signed in now."""
    with on_account(ctx, database, login) as (house, account, _):
        found = house.engine.sessions.of(account.id)
        if as_json:
            put_json({"sessions": [_session_json(one) for one in found]})
            return
        rows = [
            (
                one.id,
                one.how,
                one.address,
                moment_text(one.made_at),
                moment_text(one.seen_at),
                moment_text(one.ends_at),
            )
            for one in found
        ]
        table(("session", "how", "address", "since", "seen", "until"), rows)
        remark(counted(len(rows), "session"))


def sign_out(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    session: Annotated[
        str | None, typer.Option("--session", help="Only this one, as `sessions` lists it.")
    ] = None,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign an account out everywhere, or in one place."""
    from engine.errors import NotFound

    with on_account(ctx, database, login, by) as (house, account, author):
        own = house.engine.sessions
        if session is None:
            ended = own.end_all(account.id, by=author)
        elif own.end_one(account.id, session, by=author):
            ended = 1
        else:
            raise NotFound("session", session, [one.id for one in own.of(account.id)])
        if as_json:
            put_json({"login": account.login, "ended": ended})
            return
        say(f"{account.login} was signed out of {counted(ended, 'place')}")


def _token_json(one: Token) -> dict[str, Any]:
    from engine.core.audit import stamp

    return {
        "id": one.id,
        "name": one.name,
        "scopes": sorted(one.scopes),
        "made": stamp(one.made_at),
        "expires": stamp(one.expires_at),
        "used": stamp(one.used_at) if one.used_at else None,
        "revoked": stamp(one.revoked_at) if one.revoked_at else None,
    }


def _session_json(one: Session) -> dict[str, Any]:
    from engine.core.audit import stamp

    return {
        "id": one.id,
        "how": one.how,
        "address": one.address,
        "since": stamp(one.made_at),
        "seen": stamp(one.seen_at),
        "until": stamp(one.ends_at),
    }
