"""`siklus setup` and `siklus account`: the first start, and who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import (
    ByOption,
    DatabaseOption,
    JsonOption,
    LanguageOption,
    a_language,
    account_named,
    author_named,
    installation,
    moment_text,
    person_named,
)
from api.cli_speech import counted, put_json, remark, say, table

if TYPE_CHECKING:
    from api.wiring import Installation
    from engine.core.identity.account import Account
    from engine.runtime import Engine

_Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Which account: its login, or its id.")]
_Person = Annotated[
    str | None,
    typer.Option("--person", metavar="PERSON", help="The person it is of: their person_id; '' for nobody."),
]
_Email = Annotated[str | None, typer.Option("--email", help="Where mail about the account goes.")]
_Name = Annotated[str | None, typer.Option("--name", help="What people call whoever signs in.")]
_Role = Annotated[
    list[str] | None,
    typer.Option("--role", help="A system role: administrator, auditor or privacy; may be repeated."),
]


def setup(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Make what a new agency needs: a database, its key file, and a one-time link for the first administrator.

    The link works once and for 24 hours, and is told here only. Where accounts are there already nothing changes.
    Keep a copy of the key file apart from copies of the database: what is sealed with it opens with nothing else.
    """
    from engine.errors import StoreUnusable

    with installation(ctx, database, create=True) as house:
        if house.database.kind == "demo":
            raise StoreUnusable(
                f"{house.database.name} is a demo, in which nobody signs in; name another place"
            )
        token = house.engine.accounts.first()
        link = None if token is None else _link(house, token)
        key_file = str(house.engine.keys.path)
        if as_json:
            put_json({"database": house.database.name, "key_file": key_file, "link": link})
            return
        if link is None:
            say(f"{house.database.name} has accounts already; nothing was changed.")
            remark("Another link to set a password is made by `siklus account invite LOGIN`.")
            return
        say(f"The key file of {house.database.name} is {key_file}.")
        say(
            f"The first administrator's account is called administrator. This link sets its password:\n{link}"
        )
        remark(
            "It works once and for 24 hours, and is not told again. `siklus serve` must run for it to open."
        )


def add(  # noqa: PLR0913 - what an account is
    ctx: typer.Context,
    *,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="What is typed to sign in.")],
    name: Annotated[str, typer.Option("--name", help="What people call whoever signs in.")],
    email: _Email = None,
    person: _Person = None,
    role: _Role = None,
    service: Annotated[
        bool, typer.Option("--service", help="For a program: it has tokens and no password.")
    ] = False,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account, and a one-time link by which its password is set.

    The link works once and for 24 hours. A service account has no link; `siklus account token` makes tokens for it.
    """
    from engine.core.identity.account import NewAccount

    wanted: Any = frozenset(role or ())  # an unknown role is told with all else that is wrong
    with installation(ctx, database) as house:
        engine = house.engine
        author = author_named(engine, by)
        new = NewAccount(
            login=login,
            name=name,
            email=email or "",
            person=person_named(engine, person).key if person else "",
            roles=wanted,
            kind="service" if service else "person",
        )
        made = engine.accounts.create(new, by=author)
        link = None if service else _link(house, engine.accounts.invite(made.id, by=author))
        if as_json:
            put_json(_json(made, engine) | {"link": link})
            return
        say(f"{made.login} is {made.id}.")
        _say_link(made, link)


def list_accounts(
    ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """List all accounts by login."""
    with installation(ctx, database) as house:
        found: list[Account] = []
        while page := house.engine.accounts.all(found[-1].login if found else ""):
            found += page
        if as_json:
            put_json({"accounts": [_json(one, house.engine) for one in found]})
            return
        rows = [
            (one.login, one.name, _linked(house.engine, one), ", ".join(sorted(one.roles)), _standing(one))
            for one in found
        ]
        table(("login", "name", "person", "roles", ""), rows)
        remark(counted(len(rows), "account"))


def show(
    ctx: typer.Context,
    *,
    login: _Login,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show an account and the latest that was told of it."""
    from engine.core.identity.account_log import say_account_entry

    spoken: Any = a_language(language)
    with installation(ctx, database) as house:
        account = account_named(house.engine, login)
        told = [
            (moment_text(one.entry.at), say_account_entry(one.entry, one.names, spoken))
            for one in house.engine.accounts.history(account.id, limit=20)
        ]
        if as_json:
            lately = [{"at": at, "text": text} for at, text in told]
            put_json(_json(account, house.engine) | {"lately": lately})
            return
        say(f"{account.login} is {account.name} ({account.id}), made {moment_text(account.created_at)}.")
        say(
            f"Person: {_linked(house.engine, account) or 'nobody'}. Roles: {_roles(account)}. {_standing(account)}."
        )
        for at, text in told:
            say(f"{at}  {text}")


def change(  # noqa: PLR0913 - what may be changed of an account
    ctx: typer.Context,
    *,
    login: _Login,
    new_login: Annotated[
        str | None, typer.Option("--login", help="What is typed to sign in from now on.")
    ] = None,
    name: _Name = None,
    email: _Email = None,
    person: _Person = None,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change what an account is called or whose it is.

    With another login or person it is signed out everywhere. Nobody does that to their own account.
    """
    with installation(ctx, database) as house:
        engine = house.engine
        key = person_named(engine, person).key if person else person
        changed = engine.accounts.change(
            account_named(engine, login).id, by=author_named(engine, by),
            login=new_login, name=name, email=email, person=key,
        )  # fmt: skip
        _tell(changed, engine, f"{changed.login} is {changed.name}.", as_json=as_json)


def roles(
    ctx: typer.Context,
    *,
    login: _Login,
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
    with installation(ctx, database) as house:
        engine = house.engine
        wanted: Any = frozenset(role or ())
        changed = engine.accounts.change(
            account_named(engine, login).id, by=author_named(engine, by), roles=wanted
        )
        _tell(changed, engine, f"{changed.login} has the roles: {_roles(changed)}.", as_json=as_json)


def invite(
    ctx: typer.Context,
    *,
    login: _Login,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time link by which an account's password is set anew; the link before leads nowhere.

    It works once and for 24 hours. An authenticator app stays; `siklus account reset-totp` takes it off.
    """
    with installation(ctx, database) as house:
        account = account_named(house.engine, login)
        link = _link(house, house.engine.accounts.invite(account.id, by=author_named(house.engine, by)))
        if as_json:
            put_json({"id": account.id, "login": account.login, "link": link})
            return
        _say_link(account, link)


def disable(
    ctx: typer.Context,
    *,
    login: _Login,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account be used no more: its sessions, tokens and links end at once."""
    with installation(ctx, database) as house:
        engine = house.engine
        out = engine.accounts.disable(account_named(engine, login).id, by=author_named(engine, by))
        _tell(out, engine, f"{out.login} is disabled, and signed out everywhere.", as_json=as_json)


def enable(
    ctx: typer.Context,
    *,
    login: _Login,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account be used again, with the password it had; its tokens stay revoked."""
    with installation(ctx, database) as house:
        engine = house.engine
        back = engine.accounts.enable(account_named(engine, login).id, by=author_named(engine, by))
        _tell(back, engine, f"{back.login} can sign in again.", as_json=as_json)


def erase(
    ctx: typer.Context,
    *,
    login: _Login,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase name, address, login and links of a disabled account; its id stays, because the log names it."""
    with installation(ctx, database) as house:
        engine = house.engine
        gone = engine.accounts.erase(account_named(engine, login).id, by=author_named(engine, by))
        _tell(gone, engine, f"Of {gone.id} only the id is left.", as_json=as_json)


def reset_totp(
    ctx: typer.Context,
    *,
    login: _Login,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the authenticator app and its recovery codes off an account, because both were lost."""
    with installation(ctx, database) as house:
        engine = house.engine
        bare = engine.accounts.reset_totp(account_named(engine, login).id, by=author_named(engine, by))
        _tell(bare, engine, f"{bare.login} has no authenticator app any more.", as_json=as_json)


def _tell(account: Account, engine: Engine, sentence: str, *, as_json: bool) -> None:
    if as_json:
        put_json(_json(account, engine))
    else:
        say(sentence)


def _link(house: Installation, token: str) -> str:
    """The address of a one-time link."""
    return house.settings.link(f"/link/{token}")


def _say_link(account: Account, link: str | None) -> None:
    if link is None:
        remark(f"It has no password; `siklus account token {account.login}` makes a token for it.")
        return
    say(f"This link sets the password of {account.login}:\n{link}")
    remark("It works once and for 24 hours; hand it over where nobody else reads it.")


def _roles(account: Account) -> str:
    return ", ".join(sorted(account.roles)) or "none"


def _standing(account: Account) -> str:
    """What an account can sign in with, in a few words."""
    if not account.active:
        return "disabled"
    if account.kind == "service":
        return "service, by token"
    ways = [
        word
        for word, has in (
            ("password", account.has_password), ("app", account.has_totp), ("provider", bool(account.oidc_subject)),
        )
        if has
    ]  # fmt: skip
    return "by " + " and ".join(ways) if ways else "invited, no password yet"


def _linked(engine: Engine, account: Account) -> str:
    """The number of the person an account is linked to."""
    return engine.chart.person(account.person).person_id if account.person else ""


def _json(account: Account, engine: Engine) -> dict[str, Any]:
    from engine.core.audit import stamp

    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "email": account.email,
        "person": _linked(engine, account) or None,
        "roles": sorted(account.roles),
        "kind": account.kind,
        "state": account.state,
        "has_password": account.has_password,
        "has_totp": account.has_totp,
        "created": stamp(account.created_at),
    }
