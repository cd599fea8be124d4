"""`siklus audit replay|verifier`: cases held against their entries, and the program that auditors judge packs with."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_options import DatabaseOption, JsonOption, installation
from api.cli_speech import BROKEN, put_json, say


def replay(
    ctx: typer.Context,
    *,
    case: Annotated[
        list[str] | None, typer.Option("--case", metavar="ID", help="Only this case; may be repeated.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rebuild every case from its entries alone and hold it against what is kept, field by field.

    Whether the entries themselves were changed is for `siklus audit verify`. Exits with 7 if a case is not what its
    entries say: each difference is named with the entry that last told the field, and both values.
    """
    from engine.core.replay_differences import UNTOLD
    from engine.runtime.replaying import replayed

    with installation(ctx, database) as house:
        found = replayed(house.database, tuple(case or ()))
    told = [
        {
            "case": one.case,
            "entry": one.entry,
            "field": one.field,
            "kept": str(one.live),
            "told": str(one.rebuilt),
        }
        for one in found.differences
    ]
    if as_json:
        figures = {"cases": found.cases, "entries": found.entries}
        put_json({**figures, "differences": told, "not_told_by_entries": dict(UNTOLD)})
    for line in () if as_json else told:
        say("{case} entry {entry}, {field}: kept is {kept}, the entries say {told}".format(**line))
    if not as_json:
        say(f"{found.cases} cases from {found.entries} entries, {len(told)} differences")
    if told:
        raise typer.Exit(BROKEN)


def verifier() -> None:
    """Print verify.py as it stands in packs: one file, the standard library alone, for auditors to take once."""
    from engine.sealer.verifier import verifier as written

    typer.echo(written().decode(), nl=False)
