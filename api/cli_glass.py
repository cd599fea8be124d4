"""`siklus glass ask|approve|refuse|end|list`: named cases opened to one by two, for some hours."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_acting import ReasonOption, WhoOption, acting
from api.cli_options import DatabaseOption, JsonOption, installation
from api.cli_speech import Spoken, counted, put_json, remark, say, table

_Grant = Annotated[str, typer.Argument(metavar="GRANT", help="Which one, like g-5.")]


def ask(
    ctx: typer.Context,
    *,
    cases: Annotated[list[str], typer.Argument(metavar="CASE...", help="The cases, by id.")],
    to: Annotated[str, typer.Option("--to", metavar="WHO", help="To whom: a login or a person_id.")],
    who: WhoOption,
    reason: ReasonOption,
    hours: Annotated[int, typer.Option("--hours", help="For how many hours, 24 at most.")] = 4,
    steer: Annotated[bool, typer.Option("--steer", help="Also to steer them, not only to read.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Ask for cases to be opened to somebody for some hours; another one approves it."""
    from api.officials import named

    with acting(ctx, database, who) as (engine, official):
        made = engine.privacy.glass.ask(
            named(engine, to), cases, ("read", "steer") if steer else ("read",), hours=hours,
            who=official, reason=reason,
        )  # fmt: skip
    say(f"{made.id} waits for somebody else: siklus glass approve {made.id} --as WHO --reason WHY")


def approve(
    ctx: typer.Context, *, name: _Grant, who: WhoOption, reason: ReasonOption, database: DatabaseOption = None
) -> None:
    """Open the cases from now on. Whoever asked, gets them, or is their subject cannot."""
    from engine.core.audit import stamp

    with acting(ctx, database, who) as (engine, official):
        made = engine.privacy.glass.approve(name, who=official, reason=reason)
    say(f"{name} is open until {stamp(made.until_at)}; everybody concerned is told, every look is recorded.")


def refuse(
    ctx: typer.Context, *, name: _Grant, who: WhoOption, reason: ReasonOption, database: DatabaseOption = None
) -> None:
    """Say no to what was asked for."""
    with acting(ctx, database, who) as (engine, official):
        engine.privacy.glass.refuse(name, who=official, reason=reason)
    say(f"{name} is refused.")


def end(
    ctx: typer.Context, *, name: _Grant, who: WhoOption, reason: ReasonOption, database: DatabaseOption = None
) -> None:
    """End a grant before its time."""
    with acting(ctx, database, who) as (engine, official):
        engine.privacy.glass.end(name, who=official, reason=reason)
    say(f"{name} is over.")


def list_grants(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List every grant that was asked for, the latest first."""
    from engine.core.audit import stamp

    with installation(ctx, database) as house:
        now, found = house.engine.now(), house.engine.privacy.glass.known()
    if as_json:
        told = [
            {"grant": one.id, "state": one.state, "open": one.is_open(now), "to": one.to.facts(),
             "cases": list(one.cases), "rights": list(one.rights), "asked_by": one.asked_by.facts(),
             "decided_by": one.decided_by.facts() if one.decided_by is not None else None,
             "until": stamp(one.until_at) if one.until_at else None, "reason": one.reason}
            for one in found
        ]  # fmt: skip
        put_json({"grants": told})
        return
    rows = [
        (one.id, "open" if one.is_open(now) else one.state, one.to.key, ", ".join(one.cases), ", ".join(one.rights),
         stamp(one.until_at)[:16] if one.until_at else "", one.asked_by.key, one.reason)
        for one in found
    ]  # fmt: skip
    table(("grant", "state", "to", "cases", "rights", "until", "asked by", "why"), rows)
    remark(counted(len(rows), "grant"))


def glass_commands() -> typer.Typer:
    """The commands of this room, as a group."""
    group = typer.Typer(no_args_is_help=True, help="Break-glass.")
    group.callback()(_glass)
    for name, command in (
        ("ask", ask), ("approve", approve), ("refuse", refuse), ("end", end), ("list", list_grants)
    ):  # fmt: skip
        group.command(name, cls=Spoken)(command)
    return group


def _glass() -> None:
    """Break-glass: two people open named cases to one for some hours, loudly; it ends by itself."""
