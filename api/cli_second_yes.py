"""`siklus account requests`, `approve`, `refuse`: what one administrator asked for and another says yes to."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_accounts import link_of, say_link
from api.cli_acting import account_json, tell
from api.cli_options import ByOption, DatabaseOption, JsonOption, author_named, installation, moment_text
from api.cli_speech import counted, put_json, remark, say, table

_Request = Annotated[
    str, typer.Argument(metavar="REQUEST", help="Which one: its id, as `requests` lists it.")
]


def requests(
    ctx: typer.Context, *, by: ByOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """List what waits for a second administrator, and what keeps the account of --as from carrying it out."""
    with installation(ctx, database) as house:
        found = house.engine.accounts.together.waiting(author_named(house.engine, by))
    if as_json:
        told = [
            {"request": one.request.id, "account": one.account.login, "act": one.request.act.kind,
             "fields": sorted(one.request.act.fields), "asked_by": one.asker,
             "hindrance": one.hindrance.en if one.hindrance else None}
            for one in found
        ]  # fmt: skip
        put_json({"requests": told})
        return
    rows = [
        (one.request.id, one.account.login, one.request.act.kind, ", ".join(sorted(one.request.act.fields)), one.asker,
         moment_text(one.request.asked_at), one.hindrance.en if one.hindrance else "")
        for one in found
    ]  # fmt: skip
    table(("request", "account", "act", "sets", "asked by", "at", ""), rows)
    remark(counted(len(rows), "request"))


def approve(
    ctx: typer.Context,
    *,
    name: _Request,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Carry out what was asked for: as another administrator, or in time as the only one.

    Its owner, administrators and auditors are told. The operator of the machine always may.
    """
    with installation(ctx, database) as house:
        engine = house.engine
        done = engine.accounts.together.carry_out(name, by=author_named(engine, by))
        link = link_of(house, done.link) if done.link else None
        answer = account_json(done.account, engine) | {"link": link}

        def told() -> None:
            say(f"{name} is carried out for {done.account.login}.")
            if link is not None:
                say_link(done.account, link)

        tell(answer, told, as_json=as_json)


def refuse(
    ctx: typer.Context, *, name: _Request, by: ByOption = None, database: DatabaseOption = None
) -> None:
    """Let it not be done: whoever asked, its owner, or another administrator."""
    with installation(ctx, database) as house:
        house.engine.accounts.together.refuse(name, by=author_named(house.engine, by))
    say(f"{name} is refused; nothing was changed.")
