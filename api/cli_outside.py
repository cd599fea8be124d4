"""`siklus audit witnesses`: what people outside hold of the log."""

from __future__ import annotations

import typer

from api.cli_options import DatabaseOption, JsonOption, installation
from api.cli_speech import BROKEN, put_json, say, table


def witnesses(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Ask each witness to sign the newest checkpoint, and tell how it stands.

    Witnesses are set by SIKLUS_WITNESSES (docs/audit.md). Exits with 7 if one knows another history than this one.
    """
    from api.sealing import asking_of, witnesses_of
    from engine.sealer import witness_standings

    with installation(ctx, database) as house:
        now = house.system.now()
        asking_of(house.database, house.settings).ask(now, at_once=True)
        found = witness_standings(house.database, witnesses_of(house.settings), now)
    grave = any(one.grave for one in found)
    if as_json:
        put_json(
            {
                "witnesses": [
                    {
                        "name": one.name, "signed": one.signed, "lag_us": one.lag_us,
                        "problem": one.problem, "grave": one.grave,
                    }
                    for one in found
                ]
            }
        )  # fmt: skip
    elif not found:
        say("No witness is set; SIKLUS_WITNESSES names them.")
    else:
        rows = [[one.name, str(one.signed), one.problem or "signed"] for one in found]
        table(["Witness", "Leaves", "State"], rows, numbers=["Leaves"])
    if grave:
        raise typer.Exit(BROKEN)
