"""`siklus clock show` and `accept`: a clock that ran ahead, and saying that it is right."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_acting import ReasonOption
from api.cli_options import DatabaseOption, JsonOption, installation
from api.cli_speech import Spoken, put_json, say

_Who = Annotated[
    str,
    typer.Option(
        "--as", metavar="WHO", help="An administrator's login; unsaid, whoever runs the installation."
    ),
]


def show(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Tell whether the clock is in doubt, and what became of the latest doubt."""
    from api.health_shapes import clock_out
    from engine.core.audit import stamp
    from engine.core.clock_words import say_ahead

    with installation(ctx, database) as house:
        doubt, back = house.engine.clock_watching.latest(), house.engine.clock_watching.latest_set_back()
    told = clock_out(doubt)
    if as_json:
        put_json({"clock": None if told is None else told.model_dump()})
        return
    if doubt is None:
        say("No clock was ever in doubt.")
    else:
        say(
            f"The clock of {doubt.worker} ran ahead by {say_ahead(doubt.ahead_us, 'en')} since"
            f" {stamp(doubt.since_at)}: {doubt.state}."
        )
    if doubt is not None and doubt.is_open:
        say("Set it right, or say that it is: siklus clock accept --reason WHY")
    if back is not None:
        say(f"The clock of {back.worker} went back from {stamp(back.from_at)} to {stamp(back.to_at)}.")


def accept(
    ctx: typer.Context, *, reason: ReasonOption, who: _Who = "", database: DatabaseOption = None
) -> None:
    """Say that the clock is right: what was held happens with the next beat, as after a standstill."""
    from api.officials import named
    from engine.core.clock_words import say_ahead

    with installation(ctx, database) as house:
        official = named(house.engine, who) if who else None
        done = house.engine.clock_watching.accept(who=official, reason=reason)
    say(f"The clock counts, {say_ahead(done.ahead_us, 'en')} ahead; what is due happens with the next beat.")


def clock_commands() -> typer.Typer:
    """The commands of this room, as a group."""
    group = typer.Typer(no_args_is_help=True, help="The server's clock.")
    group.callback()(_clock)
    for name, command in (("show", show), ("accept", accept)):
        group.command(name, cls=Spoken)(command)
    return group


def _clock() -> None:
    """The server's clock: one that ran ahead is not believed until it is back, or somebody says that it is right."""
