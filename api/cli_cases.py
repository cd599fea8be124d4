"""`siklus fire` and `siklus history`: doing what a person could do on the page, and what happened so far."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    LanguageOption,
    a_language,
    installation,
    person_named,
    read_json,
)
from api.cli_speech import FileUnreadable, put_json, say, table

CaseArgument = Annotated[str, typer.Argument(help="The case's id; `siklus cases` lists them.")]


def fire(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    case: CaseArgument,
    trigger: Annotated[str, typer.Argument(help="What to do, for example submit.")],
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id.")],
    form: Annotated[
        Path | None,
        typer.Option(
            "--form", metavar="FILE", help='Filled forms as JSON: {"rating": {"results": "as", ...}}.'
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="The reason, where one is needed.")
    ] = "",
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="KEY", help="A name for this request: sent twice, it is done once."),
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do in a case what a person could do on the page.

    A refusal says why and what would be allowed, changes nothing, and exits with 3.
    """
    from api.attaching import sent_files
    from engine.core.command import Actor
    from engine.core.telling import say_entry

    forms = _forms(form)
    with installation(ctx, database) as house:
        engine = house.engine
        actor = Actor(person=person_named(engine, person).key)
        filled, files = sent_files(engine, case, forms)
        fired = engine.fire(case, trigger, actor=actor, forms=filled, reason=reason, key=key, files=files)
        definition, chart = engine.definition(fired.case.definition), engine.chart
        if as_json:
            put_json(
                {
                    "case": fired.case.id,
                    "state": fired.case.state,
                    "phase": fired.case.phase,
                    "ended": fired.case.ended,
                    "visit": fired.case.visit,
                    "repeated": fired.repeated,
                    "entries": [_entry_json(one) for one in fired.entries],
                }
            )
            return
        for entry in fired.entries:
            say(say_entry(definition, entry, chart, "en"))
        if fired.repeated:
            say("This very request was done before; nothing was done again.")
        say(
            f"{fired.case.id} is now in {definition.texts.label('states', fired.case.state).en!r} ({fired.case.state})."
        )


def history(
    ctx: typer.Context,
    *,
    case: CaseArgument,
    language: LanguageOption = "en",
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what happened in a case: when, by whom, and why.

    What people wrote is not part of it: entries hold no personal text.
    """
    from api.pages.case_parts import day_and_time
    from engine.core.definition import Language
    from engine.core.telling import say_entry
    from engine.core.zones import zone_label

    spoken = cast(Language, a_language(language))
    with installation(ctx, database) as house:
        engine = house.engine
        entries = engine.history(case)
        found = engine.case(case, None)
        chart = engine.chart
        told = [say_entry(found.definition, one, chart, spoken) for one in entries]
        if as_json:
            lines = [{**_entry_json(one), "text": text} for one, text in zip(entries, told, strict=True)]
            put_json({"case": case, "state": found.case.state, "entries": lines})
            return
        zone, calendar = found.case.zone, found.scene.calendar
        rows = [
            (
                str(one.seq),
                " ".join(
                    (
                        *day_and_time(one.at, zone, calendar, spoken),
                        zone_label(zone, calendar.date_of(one.at, zone)),
                    )
                ),
                text,
            )
            for one, text in zip(entries, told, strict=True)
        ]
        table(("no", "when", "what"), rows, numbers=("no",))


def _forms(file: Path | None) -> dict[str, dict[str, Any]]:
    """The filled forms of a file: an object of objects. Raises: FileUnreadable."""
    if file is None:
        return {}
    given = read_json(file)
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        raise FileUnreadable(
            f'{str(file)!r} must hold an object of forms by name: {{"rating": {{"results": "as", "reasons": "..."}}}}'
        )
    return given


def _entry_json(entry: Any) -> dict[str, Any]:
    from engine.core.audit import stamp

    return {"seq": entry.seq, "kind": entry.kind, "at": stamp(entry.at), "hash": entry.hash}
