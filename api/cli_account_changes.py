"""`siklus account change`, `roles`, `invite`, `disable`, `enable`, `erase`, `reset-totp`: what is done to one."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.cli_accounts import EmailOption, PersonOption, link_of, said_roles, say_link
from api.cli_acting import LoginArgument, account_json, on_account, tell
from api.cli_options import ByOption, DatabaseOption, JsonOption, person_named


def change(  # noqa: PLR0913 - what may be changed of an account
    ctx: typer.Context,
    *,
    login: LoginArgument,
    new_login: Annotated[
        str | None, typer.Option("--login", help="What is typed to sign in from now on.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="What people call whoever signs in.")] = None,
    email: EmailOption = None,
    person: PersonOption = None,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change what an account is called or whose it is.

    With another login or person it is signed out everywhere. Nobody does that to their own account.
    """
    with on_account(ctx, database, login, by) as on:
        key = person_named(on.engine, person).key if person else person
        changed = on.engine.accounts.change(
            on.account.id, by=on.by, login=new_login, name=name, email=email, person=key
        )
        tell(account_json(changed, on.engine), f"{changed.login} is {changed.name}.", as_json=as_json)


def roles(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    role: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ROLE]...", help="administrator, auditor, privacy; none for none."),
    ] = None,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account these system roles, and no others.

    It is signed out everywhere. An administrator has no other role. Nobody changes their own roles, and one
    administrator is always left.
    """
    wanted: Any = frozenset(role or ())
    with on_account(ctx, database, login, by) as on:
        changed = on.engine.accounts.change(on.account.id, by=on.by, roles=wanted)
        told = f"{changed.login} has the roles: {said_roles(changed)}."
        tell(account_json(changed, on.engine), told, as_json=as_json)


def invite(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time link by which an account's password is set anew; the link before leads nowhere.

    It works once and for 24 hours. An authenticator app stays; `siklus account reset-totp` takes it off.
    """
    with on_account(ctx, database, login, by) as on:
        account = on.account
        link = link_of(on.house, on.engine.accounts.invite(account.id, by=on.by))
        answer = {"id": account.id, "login": account.login, "link": link}
        tell(answer, lambda: say_link(account, link), as_json=as_json)


def disable(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account be used no more: its sessions, tokens and links end at once."""
    with on_account(ctx, database, login, by) as on:
        out = on.engine.accounts.disable(on.account.id, by=on.by)
        told = f"{out.login} is disabled, and signed out everywhere."
        tell(account_json(out, on.engine), told, as_json=as_json)


def enable(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account be used again, with the password it had; its tokens stay revoked."""
    with on_account(ctx, database, login, by) as on:
        back = on.engine.accounts.enable(on.account.id, by=on.by)
        tell(account_json(back, on.engine), f"{back.login} can sign in again.", as_json=as_json)


def erase(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase name, address, login and links of a disabled account; its id stays, because the log names it."""
    with on_account(ctx, database, login, by) as on:
        gone = on.engine.accounts.erase(on.account.id, by=on.by)
        tell(account_json(gone, on.engine), f"Of {gone.id} only the id is left.", as_json=as_json)


def reset_totp(
    ctx: typer.Context,
    *,
    login: LoginArgument,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the authenticator app and its recovery codes off an account, because both were lost."""
    with on_account(ctx, database, login, by) as on:
        bare = on.engine.accounts.reset_totp(on.account.id, by=on.by)
        told = f"{bare.login} has no authenticator app any more."
        tell(account_json(bare, on.engine), told, as_json=as_json)
