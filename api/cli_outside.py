"""`siklus audit witnesses`, `receipt` and `print-checkpoint`: what people outside hold of the log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import DatabaseOption, JsonOption, LanguageOption, a_language, installation, read_bytes
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


def receipt(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The receipt somebody was given.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell whether the log holds what a receipt promises.

    Exits with 7 if the entry is gone or another by now. Auditors do the same with a
    pack: verify.py PACK --receipt FILE.
    """
    from engine.core.sealing.receipts import receipt_of
    from engine.errors import LogBroken, NoteUnreadable

    told, note = receipt_of(read_bytes(file))
    with installation(ctx, database) as house:
        if not house.engine.receipts.is_ours(told, note):
            raise NoteUnreadable(f"{file} is not signed by the key of this log's receipts")
        kept = house.engine.receipts.kept(told)
    place = f"{told.stream} entry {told.seq}"
    if not kept.held:
        raise LogBroken([f"{place} was promised at {told.at}, and is gone or another by now"])
    if as_json:
        put_json({"stream": told.stream, "seq": told.seq, "leaf": kept.leaf, "signed": kept.signed})
    elif kept.leaf is None:
        say(f"{place} is there, as promised at {told.at}, and waits to be sealed.")
    else:
        say(
            f"{place} is there, as promised at {told.at}: leaf {kept.leaf}{', signed' if kept.signed else ''}."
        )


def print_checkpoint(
    ctx: typer.Context,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The sheet, a PDF.")],
    language: LanguageOption,
    database: DatabaseOption = None,
) -> None:
    """Write the newest checkpoint as a sheet to print and keep, with a code that phones read (PDF, A4).

    Hand one out every day: who holds it can show later that the log was cut short or written anew since.
    """
    from api.pages.checkpoint_sheet import as_pdf, checkpoint_sheet
    from api.pages.words import Words
    from engine.errors import NotFound

    word = Words("id" if a_language(language) == "id" else "en")
    with installation(ctx, database) as house:
        found = checkpoint_sheet(house.database, word)
    if found is None:
        raise NotFound("checkpoint", "newest")
    output.write_bytes(as_pdf(found, word))
    say(f"The checkpoint is in {output}; print it and keep it outside.")
