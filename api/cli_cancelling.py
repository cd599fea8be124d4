"""`siklus cycle cancel|agree|refuse`: a cycle that was launched wrongly is cancelled as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import DatabaseOption, JsonOption, actor_named, installation
from api.cli_speech import Spoken, counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.cancelling import Cancelling
    from engine.runtime.cancelling import CancelPreview, CancelReport

_As = Annotated[
    str | None,
    typer.Option("--as", metavar="PERSON", help="Who does it: their person_id.", show_default="the operator"),
]
_Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept beside the entry.")]
_Name = Annotated[str, typer.Argument(metavar="CANCELLING", help="Which one, like cancelling-1.")]


def cancel(
    ctx: typer.Context,
    *,
    cycle: Annotated[str, typer.Argument(help="The cycle, like asn-tahunan-2026.")],
    reason: Annotated[
        str,
        typer.Option(
            "--reason", metavar="TEXT", help="Why. Without it, it is only looked at what would be done."
        ),
    ] = "",
    actor: _As = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Close every case of a cycle as cancelled, with all they opened; nothing is deleted, and it can be launched again.

    Where people have acted already, a second person has to agree (not in a demo). The same goes on after a stop.
    """
    with installation(ctx, database) as house:
        engine = house.engine
        if not reason:
            _look(engine.cancellations.preview(cycle), as_json=as_json)
            return
        report = engine.cancellations.ask(cycle, actor=actor_named(engine, actor), reason=reason)
        _tell(report, as_json=as_json)


def agree(
    ctx: typer.Context,
    *,
    name: _Name,
    reason: _Reason,
    actor: _As = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Agree to a cancelling as the second person; then it is done."""
    with installation(ctx, database) as house:
        engine = house.engine
        report = engine.cancellations.agree(name, actor=actor_named(engine, actor), reason=reason)
        _tell(report, as_json=as_json)


def refuse(
    ctx: typer.Context,
    *,
    name: _Name,
    reason: _Reason,
    actor: _As = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a cancelling that was asked for not be done."""
    with installation(ctx, database) as house:
        engine = house.engine
        report = engine.cancellations.refuse(name, actor=actor_named(engine, actor), reason=reason)
        _tell(report, as_json=as_json)


def cycle_commands() -> typer.Typer:
    """The commands for cycles as a whole."""
    app = typer.Typer(no_args_is_help=True, help="Cycles as a whole.")
    app.callback()(_cycle)
    app.command("cancel", cls=Spoken)(cancel)
    app.command("agree", cls=Spoken)(agree)
    app.command("refuse", cls=Spoken)(refuse)
    return app


def _cycle() -> None:
    """Cycles as a whole."""


def _look(found: CancelPreview, *, as_json: bool) -> None:
    if as_json:
        put_json(
            {
                "cycle": found.cycle,
                "open": found.open,
                "linked": found.linked,
                "told": len(found.people),
                "second": found.second,
                "acted": [one.case.id for one in found.acted],
                "stay": [one.id for one in found.stay],
            }
        )
        return
    rows = [(one.id, one.ended, "stays as it is") for one in found.stay]
    rows += [(one.case.id, one.case.state, "people have acted") for one in found.acted]
    if rows:
        table(("case", "state", ""), rows)
    say(
        f"{found.cycle}: {counted(found.open, 'case')[:-1]} and {found.linked} that they opened would be closed,"
        f" {counted(len(found.people), 'letter')[:-1]} sent."
    )
    remark(
        "Nothing was done; say --reason to do it"
        + (", then a second person agrees (siklus cycle agree)." if found.second else ".")
    )


def _tell(report: CancelReport, *, as_json: bool) -> None:
    one = report.cancelling
    if as_json:
        put_json(_json(one) | {"failed": [list(pair) for pair in report.failed]})
        return
    match one.state:
        case "asked":
            say(f"{one.id} waits for a second person: siklus cycle agree {one.id} --as PERSON --reason WHY")
        case "refused":
            say(f"{one.cycle} is not cancelled.")
        case "done":
            say(f"{one.cycle} is cancelled: {counted(one.cases, 'case')[:-1]} closed, {one.stayed} stay.")
        case _:
            say(f"{one.cycle} is being cancelled; the next beat goes on (siklus work).")
            if report.failed:
                table(("case", "failed because"), list(report.failed))


def _json(one: Cancelling) -> dict[str, object]:
    return {
        "id": one.id,
        "cycle": one.cycle,
        "state": one.state,
        "cases": one.cases,
        "stayed": one.stayed,
        "second": one.second,
    }
