"""`siklus privacy ...`: classes of data, retention, export of one person's data, erasure, holds, who looked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import DatabaseOption, JsonOption, installation, person_named
from api.cli_speech import Spoken, counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.privacy.erasing import Erasure
    from engine.runtime import Engine

_As = Annotated[
    str, typer.Option("--as", metavar="WHO", help="Who asks: a login, or a person_id of the personnel desk.")
]
_Reason = Annotated[str, typer.Option("--reason", help="Why; it stands beside the log.")]
_Person = Annotated[str, typer.Argument(metavar="PERSON", help="Whose data: their person_id or key.")]


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
    who: _As,
    reason: _Reason,
    database: DatabaseOption = None,
) -> None:
    """Set for how many years a class of data is kept here."""
    from api.officials import named

    with installation(ctx, database) as house:
        engine = house.engine
        engine.privacy.retention.keep(name, years, who=named(engine, who), reason=reason)
    say(f"{name} is kept for {years} years from now on; nothing was erased by it.")


def over(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List what is past its years. Nothing is erased by it: siklus privacy propose asks for that."""
    with installation(ctx, database) as house:
        found = house.engine.privacy.retention.over()
    if as_json:
        told = [
            {"case": one.case, "person": one.person, "since": str(one.since), "classes": list(one.classes)}
            for one in found
        ]
        put_json({"over": told})
        return
    table(
        ("of", "since", "classes"),
        [(one.case or one.person, str(one.since), ", ".join(one.classes)) for one in found],
    )
    remark(counted(len(found), "thing"))


def propose(
    ctx: typer.Context,
    *,
    who: _As,
    reason: _Reason,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for the erasure of what is past its years; somebody else approves it."""
    from api.officials import named

    with installation(ctx, database) as house:
        engine = house.engine
        asked = engine.privacy.retention.propose(who=named(engine, who), reason=reason)
    _tell(asked, as_json=as_json)


def export(
    ctx: typer.Context,
    *,
    person: _Person,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The zip to write; never replaced.")
    ],
    who: _As,
    reason: Annotated[str, typer.Option("--reason", help="Why; the person themselves need none.")] = "",
    english: Annotated[bool, typer.Option("--english", help="The page to read is in English.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Write everything about one person into a zip: JSON, a page to read, tables, their files. It is logged."""
    from api.cli_speech import FileUnreadable
    from api.officials import named
    from api.pages.exporting import export_of

    with installation(ctx, database) as house:
        engine = house.engine
        key = person_named(engine, person).key
        if output.exists():
            raise FileUnreadable(f"{output} is there already; name another file")
        made = export_of(
            engine, key, who=named(engine, who), reason=reason, language="en" if english else "id"
        )
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


def erase(
    ctx: typer.Context,
    *,
    person: _Person,
    who: _As,
    reason: _Reason,
    ground: Annotated[
        str, typer.Option("--ground", help="request, order, mistake or retention: why it may be erased.")
    ] = "request",
    name: Annotated[bool, typer.Option("--name", help="Also their name, number and address.")] = False,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for the erasure of what one person's cases hold, their letters and requests; somebody else approves it."""
    from dataclasses import replace

    from api.officials import named
    from engine.core.privacy.erasing import GROUNDS
    from engine.errors import NotFound

    with installation(ctx, database) as house:
        engine = house.engine
        known = next((one for one in GROUNDS if one == ground), None)
        if known is None:
            raise NotFound("ground", ground, sorted(GROUNDS))
        scope = engine.privacy.erasures.about(person_named(engine, person).key)
        if not name:
            scope = replace(scope, classes=tuple(one for one in scope.classes if one != "chart"))
        asked = engine.privacy.erasures.ask(scope, known, who=named(engine, who), reason=reason)
        hindrances = engine.privacy.erasures.plan(scope).hindrances
    _tell((asked,), as_json=as_json)
    for one in hindrances:
        remark(f"in the way: {one.label.en}")


def erasures(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List every erasure that was asked for, the latest first."""
    with installation(ctx, database) as house:
        found = house.engine.privacy.erasures.known()
    _tell(found, as_json=as_json)


_Erasure = Annotated[str, typer.Argument(metavar="ERASURE", help="Which one, like e-7.")]


def approve(
    ctx: typer.Context, *, name: _Erasure, who: _As, reason: _Reason, database: DatabaseOption = None
) -> None:
    """Erase what was asked for, now and for good. Whoever asked, or whom it is about, cannot."""
    from api.officials import named

    with installation(ctx, database) as house:
        engine = house.engine
        done = engine.privacy.erasures.approve(name, who=named(engine, who), reason=reason)
    told = ", ".join(f"{count} {what}" for what, count in sorted((done.counts or {}).items()))
    say(f"{name} is carried out: {told or 'nothing was left of it'}. The log tells of it for ever.")


def refuse(
    ctx: typer.Context, *, name: _Erasure, who: _As, reason: _Reason, database: DatabaseOption = None
) -> None:
    """Decide that nothing is erased; whoever asked may take it back so."""
    from api.officials import named

    with installation(ctx, database) as house:
        engine = house.engine
        engine.privacy.erasures.refuse(name, who=named(engine, who), reason=reason)
    say(f"{name} is refused; nothing was erased.")


def hold(
    ctx: typer.Context,
    *,
    of: Annotated[str, typer.Argument(metavar="CASE|PERSON", help="A case's id, or a person.")],
    who: _As,
    reason: _Reason,
    database: DatabaseOption = None,
) -> None:
    """Let nothing of a person or a case be erased until the hold is lifted."""
    from api.officials import named

    with installation(ctx, database) as house:
        engine = house.engine
        about = of if of.startswith("c-") else person_named(engine, of).key
        made = engine.privacy.holds.put(about, who=named(engine, who), reason=reason)
    say(f"{made.id}: nothing of {about} is erased until it is lifted.")


def lift(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="HOLD", help="Which one, like h-3.")],
    who: _As,
    reason: _Reason,
    database: DatabaseOption = None,
) -> None:
    """End a legal hold."""
    from api.officials import named

    with installation(ctx, database) as house:
        engine = house.engine
        engine.privacy.holds.lift(name, who=named(engine, who), reason=reason)
    say(f"{name} is lifted.")


def privacy_commands() -> typer.Typer:
    """The commands of this room, as a group."""
    group = typer.Typer(no_args_is_help=True, help="Personal data.")
    group.callback()(_privacy)
    for command in (
        classes,
        keep,
        over,
        propose,
        export,
        looks,
        erase,
        erasures,
        approve,
        refuse,
        hold,
        lift,
    ):
        group.command(command.__name__, cls=Spoken)(command)
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


def _tell(found: tuple[Erasure, ...], *, as_json: bool) -> None:
    if as_json:
        put_json({"erasures": [_json(one) for one in found]})
        return
    rows = [
        (one.id, one.state, one.ground, one.scope.person or f"{len(one.scope.cases)} cases", one.asked_by.key,
         one.decided_by.key if one.decided_by is not None else "", str(one.words or ""), one.reason)
        for one in found
    ]  # fmt: skip
    table(("erasure", "state", "ground", "of", "asked by", "decided by", "words", "why"), rows)
    remark(counted(len(rows), "erasure"))


def _json(one: Erasure) -> dict[str, Any]:
    return {
        "erasure": one.id,
        "state": one.state,
        "ground": one.ground,
        "scope": one.scope.facts(),
        "asked_by": one.asked_by.facts(),
        "decided_by": one.decided_by.facts() if one.decided_by is not None else None,
        "counts": dict(one.counts or {}),
        "words": one.words,
        "reason": one.reason,
    }


def _write_private(path: Path, data: bytes) -> None:
    """A new file that only its owner reads."""
    import os

    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
