"""`siklus bulk`: the same act, or the same step of steering, in many cases, looked at first and told row by row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    LanguageOption,
    a_language,
    installation,
    person_named,
    read_text,
)
from api.cli_speech import REFUSED, counted, err, put_json, remark, say, table
from api.cli_steering import AsOption

if TYPE_CHECKING:
    from engine.core.bulk import BulkCommand, BulkRow
    from engine.core.command import Actor
    from engine.core.definition import Language
    from engine.errors import SiklusError
    from engine.runtime import Engine

_VERBS = ("grant", "pause", "resume", "reassign", "remind", "undo")
_COLUMN = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the options ask for beside the act."""

    reason: str
    amount: int
    kind: str
    to: str


def bulk(  # noqa: PLR0913 - each is an option somebody types
    ctx: typer.Context,
    *,
    act: Annotated[str, typer.Argument(help=f"An act of the rules, or one of: {', '.join(_VERBS)}.")],
    person: AsOption,
    source: Annotated[
        Path,
        typer.Option("--from", metavar="FILE", help="A CSV file with a column `case`; or one id a line."),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; or the note of a reminder.")
    ] = "",
    amount: Annotated[int, typer.Option("--days", min=0, max=366, help="For grant: working days.")] = 0,
    kind: Annotated[str, typer.Option("--for", metavar="WHY", help="For pause: why clocks stop.")] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="PERSON", help="For reassign: who takes the tasks.")
    ] = "",
    really: Annotated[bool, typer.Option("--do", help="Do it; without this it is only looked at.")] = False,
    key: Annotated[
        str,
        typer.Option("--key", metavar="KEY", help="A name for this bulk: sent twice, nothing is done twice."),
    ] = "",
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do the same in many cases, each a single act; without `--do`, tell what would be refused, and why.

    Cut short, it goes on where it was when the same is said again with the same `--key`.
    """
    from engine.core.definition import Language

    spoken = cast(Language, a_language(language))
    if really and not key:
        raise typer.BadParameter("name this bulk, so that it can be sent again", param_hint="--key")
    rows = _rows(source)
    asked = _Asked(reason=reason, amount=amount, kind=kind, to=to)
    with installation(ctx, database) as house:
        engine = house.engine
        from engine.core.command import Actor

        command = _command(engine, act, Actor(person=person_named(engine, person).key), asked)
        told = _done(engine, rows, command, key, spoken) if really else _looked(engine, rows, command, spoken)
        _tell(told, as_json=as_json, really=really)
    if any(one["outcome"] in {"refused", "not_tried"} for one in told) and really:
        raise typer.Exit(REFUSED)


def _rows(source: Path) -> list[BulkRow]:
    """The cases of a file: of a column `case`, or each line one."""
    from engine.core.bulk import BulkRow

    lines = read_text(source).splitlines()
    found = [dict(one) for one in csv.DictReader(lines)]
    if found and _COLUMN in found[0]:
        ids = [str(one[_COLUMN] or "").strip() for one in found]
    else:
        ids = [line.strip() for line in lines]
    return [BulkRow(case=one) for one in ids if one]


def _command(engine: Engine, act: str, actor: Actor, asked: _Asked) -> BulkCommand:
    from engine.core.command import Extend, Fire, Pause, Reassign, Remind, Resume, Undo
    from engine.core.moments import Duration

    match act:
        case "grant":
            if not asked.amount:
                raise typer.BadParameter("say how many working days", param_hint="--days")
            return Extend(by=Duration(asked.amount, "working days"), actor=actor, reason=asked.reason)
        case "pause":
            return Pause(kind=asked.kind, actor=actor, reason=asked.reason)
        case "resume":
            return Resume(actor=actor, reason=asked.reason)
        case "reassign":
            return Reassign(to=person_named(engine, asked.to).key, actor=actor, reason=asked.reason)
        case "remind":
            return Remind(actor=actor, note=asked.reason)
        case "undo":
            return Undo(actor=actor, reason=asked.reason)
        case _:
            return Fire(trigger=act, actor=actor, reason=asked.reason)


def _looked(
    engine: Engine, rows: list[BulkRow], command: BulkCommand, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            "case": one.row.case,
            "outcome": "refused" if one.refused else "ready",
            "why": _why(one.refused, language),
        }
        for one in engine.bulk.look(rows, command, admits=_anybody)
    ]


def _done(
    engine: Engine, rows: list[BulkRow], command: BulkCommand, key: str, language: Language
) -> list[dict[str, Any]]:
    from rich.progress import Progress

    console = err()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        going = bar.add_task("Doing", total=None)
        report = engine.bulk.apply(
            rows,
            command,
            key=key,
            admits=_anybody,
            progress=lambda done, of: bar.update(going, completed=done, total=of),
        )
    return [
        {
            "case": one.row.case,
            "outcome": one.outcome,
            "repeated": one.repeated,
            "why": _why(one.refused, language),
        }
        for one in (*report.those("refused"), *report.those("done"))
    ]


def _anybody(_: str) -> None:
    """Whoever runs the installation opens every case; what the person may do in it, the case says."""


def _why(error: SiklusError | None, language: Language) -> str:
    from api.refusal_words import say_refusal

    return "" if error is None else say_refusal(error, language)


def _tell(told: list[dict[str, Any]], *, as_json: bool, really: bool) -> None:
    if as_json:
        put_json({"done": really, "rows": told})
        return
    refused = [one for one in told if one["outcome"] == "refused"]
    if refused:
        table(("case", "refused because"), [(one["case"], one["why"]) for one in refused])
    well = counted(len(told) - len(refused), "case")[:-1]
    if really:
        say(f"{well} done, {len(refused)} refused.")
    else:
        say(f"{well} would be done, {len(refused)} refused.")
        remark("Nothing was done; say --do and a --key to do it.")
