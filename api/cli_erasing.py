"""`siklus privacy erase ...`: erasures asked for, decided and carried out whole, and the legal holds that stop them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_acting import ReasonOption, WhoOption, acting
from api.cli_options import DatabaseOption, JsonOption, installation, person_named
from api.cli_speech import UNUSABLE, counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.privacy.erasing import Erasure, Ground, Scope

__all__ = ["ERASING", "PersonArgument", "tell_erasures"]

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="Whose data: their person_id or key.")]
#: what to do about words that are gone from the tables and perhaps not from the files
_RESIDUE = (
    "Somebody is still reading since before it, or PostgreSQL does not let this role vacuum (docs/security.md);"
    " siklus privacy overwrite tries again, as siklus work does each hour."
)


def erase(
    ctx: typer.Context,
    *,
    person: PersonArgument,
    who: WhoOption,
    reason: ReasonOption,
    ground: Annotated[
        str, typer.Option("--ground", help="request, order, mistake or retention: why it may be erased.")
    ] = "request",
    name: Annotated[bool, typer.Option("--name", help="Also their name, number and address.")] = False,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for the erasure of what one person's cases hold, their letters and requests; somebody else approves it."""
    from dataclasses import replace

    with acting(ctx, database, who) as (engine, official):
        known = _ground(ground)
        scope = engine.privacy.erasures.about(person_named(engine, person).key)
        if not name:
            scope = replace(scope, classes=tuple(one for one in scope.classes if one != "chart"))
        asked = engine.privacy.erasures.ask(scope, known, who=official, reason=reason)
        hindrances = engine.privacy.erasures.plan(scope).hindrances
    tell_erasures((asked,), as_json=as_json)
    for one in hindrances:
        remark(f"in the way: {one.label.en}")


def erase_reasons(
    ctx: typer.Context,
    *,
    of: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT...", help="Of what: outage-3, g-5, h-2, e-7, a delegation, definitions/4."
        ),
    ],
    who: WhoOption,
    reason: ReasonOption,
    ground: Annotated[
        str, typer.Option("--ground", help="request, order, mistake or retention: why it may be erased.")
    ] = "mistake",
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for the erasure of reasons that stand beside no case; somebody else approves it."""
    from engine.core.privacy.erasing import Scope

    with acting(ctx, database, who) as (engine, official):
        scope = Scope(said=tuple(of), classes=("reasons",))
        known = _ground(ground)
        asked = engine.privacy.erasures.ask(scope, known, who=official, reason=reason)
        hindrances = engine.privacy.erasures.plan(scope).hindrances
    tell_erasures((asked,), as_json=as_json)
    for one in hindrances:
        remark(f"in the way: {one.label.en}")


def erasures(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List every erasure that was asked for, the latest first."""
    with installation(ctx, database) as house:
        found = house.engine.privacy.erasures.known()
    tell_erasures(found, as_json=as_json)


_Erasure = Annotated[str, typer.Argument(metavar="ERASURE", help="Which one, like e-7.")]


def approve(
    ctx: typer.Context,
    *,
    name: _Erasure,
    who: WhoOption,
    reason: ReasonOption,
    database: DatabaseOption = None,
) -> None:
    """Erase what was asked for, now and for good. Whoever asked, or whom it is about, cannot."""
    with acting(ctx, database, who) as (engine, official):
        done = engine.privacy.erasures.approve(name, who=official, reason=reason)
    told = ", ".join(f"{count} {what}" for what, count in sorted((done.counts or {}).items()))
    say(f"{name} is carried out: {told or 'nothing was left of it'}. The log tells of it for ever.")
    if done.residue:
        remark(_RESIDUE)


def refuse(
    ctx: typer.Context,
    *,
    name: _Erasure,
    who: WhoOption,
    reason: ReasonOption,
    database: DatabaseOption = None,
) -> None:
    """Decide that nothing is erased; whoever asked may take it back so."""
    with acting(ctx, database, who) as (engine, official):
        engine.privacy.erasures.refuse(name, who=official, reason=reason)
    say(f"{name} is refused; nothing was erased.")


def overwrite(ctx: typer.Context, *, database: DatabaseOption = None) -> None:
    """Have what was erased overwritten in the database's files too, where that could not be done at once."""
    with installation(ctx, database) as house:
        left = house.engine.privacy.erasures.residue.overwrite()
    if left:
        say(f"The files may still hold what {', '.join(left)} erased.")
        remark(_RESIDUE)
        raise typer.Exit(UNUSABLE)
    say("Nothing that was erased is left in the database's files.")


def seal(ctx: typer.Context, *, database: DatabaseOption = None) -> None:
    """Seal what people wrote with keys of their own, apart from the database; it may stop and go on.

    An erasure lets the keys go of what it takes, so that nobody reads it in an older copy of the database either.
    """
    with installation(ctx, database) as house:
        count = house.database.seal_words()
        house.database.leave_no_residue()
        place = house.database.words.path if house.database.words is not None else ""
    say(f"Sealed: {counted(count, 'text')} The keys are in {place}.")
    remark("Copy that file apart from the database, and keep its copies no longer than an erasure may take.")


def hold(
    ctx: typer.Context,
    *,
    of: Annotated[str, typer.Argument(metavar="CASE|PERSON", help="A case's id, or a person.")],
    who: WhoOption,
    reason: ReasonOption,
    database: DatabaseOption = None,
) -> None:
    """Let nothing of a person or a case be erased until the hold is lifted."""
    with acting(ctx, database, who) as (engine, official):
        about = of if of.startswith("c-") else person_named(engine, of).key
        made = engine.privacy.holds.put(about, who=official, reason=reason)
    say(f"{made.id}: nothing of {about} is erased until it is lifted.")


def lift(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="HOLD", help="Which one, like h-3.")],
    who: WhoOption,
    reason: ReasonOption,
    database: DatabaseOption = None,
) -> None:
    """End a legal hold."""
    with acting(ctx, database, who) as (engine, official):
        engine.privacy.holds.lift(name, who=official, reason=reason)
    say(f"{name} is lifted.")


ERASING = (erase, erase_reasons, erasures, approve, refuse, overwrite, seal, hold, lift)


def tell_erasures(found: tuple[Erasure, ...], *, as_json: bool) -> None:
    """Erasures, as rows or as JSON."""
    if as_json:
        put_json({"erasures": [_json(one) for one in found]})
        return
    rows = [
        (one.id, one.state, one.ground, _of(one.scope), one.asked_by.key,
         one.decided_by.key if one.decided_by is not None else "", str(one.words or ""), one.reason)
        for one in found
    ]  # fmt: skip
    table(("erasure", "state", "ground", "of", "asked by", "decided by", "words", "why"), rows)
    remark(counted(len(rows), "erasure"))
    left = [one.id for one in found if one.residue]
    if left:
        remark(f"The database's files may still hold what {', '.join(left)} erased. {_RESIDUE}")


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
        "residue": one.residue,
    }


def _of(scope: Scope) -> str:
    if scope.person:
        return scope.person
    return ", ".join(scope.said) if scope.said else f"{len(scope.cases)} cases"


def _ground(told: str) -> Ground:
    """Raises: NotFound."""
    from engine.core.privacy.erasing import GROUNDS
    from engine.errors import NotFound

    known = next((one for one in GROUNDS if one == told), None)
    if known is None:
        raise NotFound("ground", told, sorted(GROUNDS))
    return known
