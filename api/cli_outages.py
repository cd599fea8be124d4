"""`siklus outage begin|end|list`: a whole unit cannot work, and its clocks stand still, in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import DatabaseOption, JsonOption, a_day, actor_named, installation
from api.cli_speech import Spoken, counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.chart import Chart
    from engine.core.outage_log import Declared
    from engine.runtime import OutageReport

_As = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="PERSON", help="Who declares it: their person_id.", show_default="the operator"
    ),
]
_Reason = Annotated[str, typer.Option("--reason", help="Why; everybody concerned reads it.")]


def begin(
    ctx: typer.Context,
    *,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day that was lost.")],
    reason: _Reason,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="The last day that was lost.", show_default="it lasts"),
    ] = None,
    unit: Annotated[
        str,
        typer.Option("--unit", metavar="UNIT", help="The unit, as in the people file.", show_default="all"),
    ] = "",
    actor: _As = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Stop every clock of a unit's open cases, or give back the days of an outage that is over.

    While it lasts, new cases and new steps stand still too. Once ended, or with --to, clocks have as many days more as
    were lost. The same again changes nothing, and finishes what was interrupted.
    """
    days = a_day(first, "--from"), None if last is None else a_day(last, "--to")
    with installation(ctx, database) as house:
        engine = house.engine
        who = actor_named(engine, actor)
        done = engine.outages.begin(unit, days[0], last=days[1], actor=who, reason=reason)
        _tell(done, as_json=as_json)
        if days[1] is None and not as_json:
            remark(f"It lasts until you end it: siklus outage end {done.outage.id} --reason WHY")


def end(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="OUTAGE", help="Which one, like outage-1.")],
    reason: _Reason,
    actor: _As = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let the clocks run on, with the time they had left; today counts as lost."""
    with installation(ctx, database) as house:
        engine = house.engine
        done = engine.outages.end(name, actor=actor_named(engine, actor), reason=reason)
        _tell(done, as_json=as_json)


def list_outages(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List every outage, the latest first: of which unit, which days, by whom, and why."""
    with installation(ctx, database) as house:
        chart, found = house.engine.chart, house.engine.outages.known()
        if as_json:
            put_json({"outages": [_json(one, chart) for one in found]})
            return
        rows = [
            (
                one.outage.id,
                one.outage.unit or "all units",
                str(one.outage.from_on),
                _until(one),
                str(one.cases),
                _name(chart, one.declared_by),
                one.reason,
            )
            for one in found
        ]
        table(("outage", "unit", "from", "to", "cases", "declared by", "why"), rows)
        remark(counted(len(rows), "outage"))


def outage_commands() -> typer.Typer:
    """The commands of this room, as a group."""
    group = typer.Typer(no_args_is_help=True, help="Outages of whole units.")
    group.callback()(_outage)
    group.command("begin", cls=Spoken)(begin)
    group.command("end", cls=Spoken)(end)
    group.command("list", cls=Spoken)(list_outages)
    return group


def _outage() -> None:
    """Outages of whole units: their clocks stand still, and the days that were lost are given back."""


def _until(one: Declared) -> str:
    if one.lasts:
        return "lasts"
    return str(one.outage.to_on) if one.outage.to_on is not None else "ended"


def _tell(done: OutageReport, *, as_json: bool) -> None:
    if as_json:
        failed = [{"case": case, "why": why} for case, why in done.failed]
        put_json({"outage": done.outage.id, "unit": done.outage.unit, "cases": done.cases, "failed": failed})
        return
    whom = done.outage.unit or "all units"
    say(f"{done.outage.id} of {whom}: {counted(done.cases, 'case')[:-1]} changed.")
    for case, why in done.failed:
        remark(f"{case} was left as it is: {why}")


def _json(one: Declared, chart: Chart) -> dict[str, Any]:
    return {
        "outage": one.outage.id,
        "unit": one.outage.unit,
        "from": one.outage.from_on.isoformat(),
        "to": one.outage.to_on.isoformat() if one.outage.to_on is not None else None,
        "lasts": one.lasts,
        "cases": one.cases,
        "declared_by": _number(chart, one.declared_by),
        "reason": one.reason,
        "ended_by": _number(chart, one.ended_by),
        "end_reason": one.end_reason,
    }


def _name(chart: Chart, key: str) -> str:
    known = chart.history(key) if key else ()
    return known[-1].name if known else ""


def _number(chart: Chart, key: str) -> str:
    known = chart.history(key) if key else ()
    return known[-1].person_id if known else ""
