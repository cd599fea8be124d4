"""`siklus privacy ...`: classes of data, retention, export of one person's data, who looked; and erasing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_acting import ReasonOption, WhoOption, acting
from api.cli_erasing import ERASING, PersonArgument, tell_erasures
from api.cli_options import DatabaseOption, JsonOption, installation, person_named
from api.cli_speech import Spoken, counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.runtime import Engine


def classes(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List the classes of personal data: purpose, ground, years kept, who reads them."""
    from engine.core.privacy.classes import CLASSES

    with installation(ctx, database) as house:
        years = house.engine.privacy.retention.years()
    if as_json:
        told = [
            {"class": one.name, "purpose": one.purpose.en, "ground": one.ground.en, "readers": one.readers.en,
             "since": one.since, "years": years[one.name]}
            for one in CLASSES.values()
        ]  # fmt: skip
        put_json({"classes": told})
        return
    rows = [
        (one.name, one.purpose.en, _kept(one.since, years[one.name]), one.readers.en)
        for one in CLASSES.values()
    ]
    table(("class", "purpose", "kept", "who reads it"), rows)


def keep(
    ctx: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="CLASS", help="Which class, as siklus privacy classes lists it.")
    ],
    years: Annotated[int, typer.Argument(metavar="YEARS", help="For how many years.")],
    who: WhoOption,
    reason: ReasonOption,
    database: DatabaseOption = None,
) -> None:
    """Set for how many years a class of data is kept here."""
    with acting(ctx, database, who) as (engine, official):
        engine.privacy.retention.keep(name, years, who=official, reason=reason)
    say(f"{name} is kept for {years} years from now on; nothing was erased by it.")


def over(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List what is past its years. Nothing is erased by it: siklus privacy propose asks for that."""
    with installation(ctx, database) as house:
        found = house.engine.privacy.retention.over()
    if as_json:
        told = [
            {
                "case": one.case,
                "person": one.person,
                "said": one.said,
                "since": str(one.since),
                "classes": list(one.classes),
            }
            for one in found
        ]
        put_json({"over": told})
        return
    table(
        ("of", "since", "classes"),
        [(one.of, str(one.since), ", ".join(one.classes)) for one in found],
    )
    remark(counted(len(found), "thing"))


def propose(
    ctx: typer.Context,
    *,
    who: WhoOption,
    reason: ReasonOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for the erasure of what is past its years; somebody else approves it."""
    with acting(ctx, database, who) as (engine, official):
        asked = engine.privacy.retention.propose(who=official, reason=reason)
    tell_erasures(asked, as_json=as_json)


def export(
    ctx: typer.Context,
    *,
    person: PersonArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The zip to write; never replaced.")
    ],
    who: WhoOption,
    reason: Annotated[str, typer.Option("--reason", help="Why; the person themselves need none.")] = "",
    english: Annotated[bool, typer.Option("--english", help="The page to read is in English.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Write everything about one person into a zip: JSON, a page to read, tables, their files. It is logged."""
    from api.cli_speech import FileUnreadable
    from api.pages.exporting import export_of

    with acting(ctx, database, who) as (engine, official):
        key = person_named(engine, person).key
        if output.exists():
            raise FileUnreadable(f"{output} is there already; name another file")
        made = export_of(engine, key, who=official, reason=reason, language="en" if english else "id")
        _write_private(output, made)
    say(f"{output}: everything about {key}, {len(made)} bytes. Hand it to them alone.")


def looks(
    ctx: typer.Context,
    *,
    of: Annotated[
        str, typer.Argument(metavar="CASE|PERSON", help="A case's id, or a person: their cases too.")
    ],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who looked at a case or at a person's data, the latest first; by hour, in pseudonyms."""
    from engine.core.audit import stamp

    with installation(ctx, database) as house:
        engine = house.engine
        found = engine.privacy.reads.of(*_objects(engine, of))
    if as_json:
        told = [
            {
                "of": one.object,
                "hour": stamp(one.hour),
                "by": one.actor,
                "class": one.data,
                "under": one.under,
            }
            for one in found
        ]
        put_json({"looks": told})
        return
    rows = [(stamp(one.hour)[:16], one.actor, one.object, one.data, one.under) for one in found]
    table(("hour", "by", "of", "class", "break-glass"), rows)


def privacy_commands() -> typer.Typer:
    """The commands of this room, as a group."""
    group = typer.Typer(no_args_is_help=True, help="Personal data.")
    group.callback()(_privacy)
    for command in (classes, keep, over, propose, export, looks, *ERASING):
        group.command(command.__name__.replace("_", "-"), cls=Spoken)(command)
    return group


def _privacy() -> None:
    """Personal data: what there is and why, for how long, who looked, handing it out, erasing it by two people."""


def _kept(since: str, years: int) -> str:
    words = {"ended": "after the case ended", "left": "after they left", "written": "after it was written"}
    return f"{years} years {words[since]}" if years else "as long as the log"


def _objects(engine: Engine, of: str) -> tuple[str, ...]:
    if of.startswith("c-"):
        return (of,)
    key = person_named(engine, of).key
    return (key, *(one.id for one in engine.cases(subject=key, limit=1000)))


def _write_private(path: Path, data: bytes) -> None:
    """A new file that only its owner reads."""
    import os

    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
