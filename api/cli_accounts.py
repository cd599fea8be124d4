"""`siklus setup` and `siklus account`: the first start, and who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_acting import LoginArgument, account_json, on_account
from api.cli_options import (
    ByOption,
    DatabaseOption,
    JsonOption,
    LanguageOption,
    a_language,
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

PersonOption = Annotated[
    str | None,
    typer.Option("--person", metavar="PERSON", help="The person it is of: their person_id; '' for nobody."),
]
EmailOption = Annotated[str | None, typer.Option("--email", help="Where mail about the account goes.")]
_Role = Annotated[
    list[str] | None,
    typer.Option("--role", help="A system role: administrator, auditor or privacy; may be repeated."),
]


def setup(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Make what a new agency needs: a database, its key files, and a one-time link for the first administrator.

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
        words = "" if token is None else _words_sealed(house)
        link = None if token is None else link_of(house, token)
        key_file = str(house.engine.keys.path)
        if as_json:
            put_json(
                {"database": house.database.name, "key_file": key_file, "word_keys_file": words, "link": link}
            )
            return
        if link is None:
            say(f"{house.database.name} has accounts already; nothing was changed.")
            remark("Another link to set a password is made by `siklus account invite LOGIN`.")
            return
        say(f"The key file of {house.database.name} is {key_file}.")
        say(
            f"What people write is sealed with the keys in {words}: copy it apart from the database, and often."
        )
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
    email: EmailOption = None,
    person: PersonOption = None,
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
        link = None if service else link_of(house, engine.accounts.invite(made.id, by=author))
        if as_json:
            put_json(account_json(made, engine) | {"link": link})
            return
        say(f"{made.login} is {made.id}.")
        say_link(made, link)


def list_accounts(
    ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """List all accounts by login."""
    with installation(ctx, database) as house:
        found: list[Account] = []
        while page := house.engine.accounts.all(found[-1].login if found else ""):
            found += page
        if as_json:
            put_json({"accounts": [account_json(one, house.engine) for one in found]})
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
    login: LoginArgument,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show an account and the latest that was told of it."""
    from engine.core.identity.account_log import say_account_entry

    spoken: Any = a_language(language)
    with on_account(ctx, database, login) as (house, account, _):
        told = [
            (moment_text(one.entry.at), say_account_entry(one.entry, one.names, spoken))
            for one in house.engine.accounts.history(account.id, limit=20)
        ]
        if as_json:
            lately = [{"at": at, "text": text} for at, text in told]
            put_json(account_json(account, house.engine) | {"lately": lately})
            return
        say(f"{account.login} is {account.name} ({account.id}), made {moment_text(account.created_at)}.")
        say(
            f"Person: {_linked(house.engine, account) or 'nobody'}. Roles: {said_roles(account)}. {_standing(account)}."
        )
        for at, text in told:
            say(f"{at}  {text}")


def _words_sealed(house: Installation) -> str:
    """Where the keys of words are, from now on used."""
    house.database.seal_words()
    return str(house.database.words.path) if house.database.words is not None else ""


def link_of(house: Installation, token: str) -> str:
    """The address of a one-time link."""
    return house.settings.link(f"/link/{token}")


def say_link(account: Account, link: str | None) -> None:
    """Say the one-time link of an account, or that it has none."""
    if link is None:
        remark(f"It has no password; `siklus account token {account.login}` makes a token for it.")
        return
    say(f"This link sets the password of {account.login}:\n{link}")
    remark("It works once and for 24 hours; hand it over where nobody else reads it.")


def said_roles(account: Account) -> str:
    """The roles of an account, as a command says them."""
    return ", ".join(sorted(account.roles)) or "none"


def _standing(account: Account) -> str:
    """What an account can sign in with, in a few words."""
    if not account.active:
        return "left, by the chart" if account.state == "left" else "disabled"
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
