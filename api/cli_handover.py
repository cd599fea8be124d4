"""`siklus people handover`: the sheet of whoever takes over."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_options import DatabaseOption, JsonOption, installation, person_named
from api.cli_speech import put_json, say, table


def handover(
    ctx: typer.Context,
    *,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who takes over: their person_id.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell whoever takes over who there is, where each open case stands, what waits for them, and what stays."""
    from api import shapes
    from engine.core.zones import local_date

    with installation(ctx, database) as house:
        engine = house.engine
        about = person_named(engine, person)
        told = shapes.handover(
            engine.chart, engine.handing.sheet(about.key, local_date(engine.now(), about.zone))
        )
        if as_json:
            put_json(told.model_dump(mode="json"))
            return
        say(f"{told.person.name}, as of {told.day}: {len(told.people)} people, {len(told.cases)} open cases.")
        rows = [
            (
                one.case_id,
                one.subject.name,
                one.state.name,
                str(one.due_on or "open") if one.mine else "",
                ", ".join(other.name for other in one.others),
                ", ".join(f"{form.form} ({form.by.name})" for form in one.written),
            )
            for one in told.cases
        ]
        table(("case", "about", "state", "to decide by", "with", "written before"), rows)
