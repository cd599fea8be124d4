"""`siklus denials`: what was denied, by account and day, a page at a time."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_options import ByOption, DatabaseOption, JsonOption, author_named, installation
from api.cli_speech import counted, put_json, remark, table


def denials(
    ctx: typer.Context,
    *,
    who: Annotated[
        str, typer.Option("--account", metavar="WHO", help="By whom: a login, a person_id or a pseudonym.")
    ] = "",
    day: Annotated[
        str, typer.Option("--day", metavar="DAY", help="On which day, in UTC, like 2026-01-31.")
    ] = "",
    page: Annotated[int, typer.Option("--page", min=0, help="Fifty a page; 0 is the latest.")] = 0,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was asked for and not allowed, the latest hour first. That somebody looked is recorded."""
    from api.denying import denials_shown
    from engine.core.audit import stamp

    with installation(ctx, database) as house:
        looker = author_named(house.engine, by)
        found = denials_shown(house.engine, looker, who=who, day=day, page=page)
    if as_json:
        told = [
            {"hour": stamp(one.at), "who": one.who, "action": one.action, "what": one.what, "rule": one.rule,
             "count": one.count}
            for one in found
        ]  # fmt: skip
        put_json({"denials": told})
        return
    rows = [
        (stamp(one.at)[:16].replace("T", " "), one.who, one.action, one.what, one.rule, str(one.count))
        for one in found
    ]
    table(("hour", "who", "action", "what", "rule", "times"), rows)
    remark(counted(len(rows), "denial"))
