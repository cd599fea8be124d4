"""`siklus trainings`: which trainings the rules in force know, what gives each, what it is for, and who has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import DatabaseOption, JsonOption, installation, person_named
from api.cli_speech import counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.training_catalogue import Held, Source, Use
    from engine.runtime.trainings import Catalogue

_Person = Annotated[
    str | None,
    typer.Option("--person", metavar="PERSON", help="Only who this is and what they have: a person_id."),
]


def trainings(
    ctx: typer.Context,
    *,
    person: _Person = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the trainings of all definitions in force: how each is gained, what it is for, and who has it today."""
    from engine.core.zones import local_date

    with installation(ctx, database) as house:
        engine = house.engine
        asked = person_named(engine, person) if person is not None else None
        zone = asked.zone if asked is not None else "UTC"
        found = engine.trainings.catalogue(local_date(engine.now(), zone))
        held = found.held if asked is None else found.of([asked.key])
        if as_json:
            put_json({"trainings": [_json(found, one.name, held) for one in found.offered]})
            return
        for one in found.offered:
            say(f"{one.name} ({one.title.en})", style="bold")
            for source in one.sources:
                say(f"  gained by {_source(source)}")
            for use in one.uses:
                say(f"  lets its holder serve as {_use(use)}")
        rows = [(one.name, _name(found, one), _since(one), str(one.last or "for good")) for one in held]
        table(("training", "held by", "since", "until"), rows)
        remark(counted(len(found.offered), "training"))


def _source(one: Source) -> str:
    from api.training_words import journal_label, lasts_label, when_label

    lasts = lasts_label(one).en
    counts = f"for {lasts}" if lasts else "for good"
    return (
        f"an entry in {journal_label(one).en} of {one.definition.name} where {when_label(one).en}, {counts}"
    )


def _use(one: Use) -> str:
    from api.training_words import role_label

    return f"{role_label(one).en} in {one.definition.name}"


def _name(found: Catalogue, one: Held) -> str:
    return found.chart.person(one.person).name


def _since(one: Held) -> str:
    return str(one.first) if one.first is not None else "the people file"


def _json(found: Catalogue, name: str, held: tuple[Held, ...]) -> dict[str, Any]:
    from api.training_words import journal_label, lasts_label, role_label, when_label

    (one,) = (each for each in found.offered if each.name == name)
    return {
        "training": name,
        "title": {"id": one.title.id, "en": one.title.en},
        "given_by": [
            {
                "definition": each.definition.name,
                "journal": journal_label(each).en,
                "when": when_label(each).en,
                "lasts": lasts_label(each).en,
            }
            for each in one.sources
        ],
        "needed_by": [{"definition": each.definition.name, "role": role_label(each).en} for each in one.uses],
        "holders": [
            {
                "person": found.chart.person(each.person).person_id,
                "since": each.first.isoformat() if each.first is not None else None,
                "until": each.last.isoformat() if each.last is not None else None,
            }
            for each in held
            if each.name == name
        ],
    }
