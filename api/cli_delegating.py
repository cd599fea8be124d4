"""`siklus people delegate`, `undelegate` and `delegations`: who may act for whom, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import DatabaseOption, JsonOption, a_day, actor_named, installation, person_named
from api.cli_speech import counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.chart import Chart
    from engine.core.delegation import Delegation

_As = Annotated[
    str | None, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id, for the log.")
]
_Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the log.")]


def delegate(  # noqa: PLR0913 - what a delegation says
    ctx: typer.Context,
    *,
    giver: Annotated[str, typer.Argument(metavar="FROM", help="Whose work: their person_id.")],
    taker: Annotated[str, typer.Argument(metavar="TO", help="Who may do it for them: their person_id.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day; it ends by itself.")],
    reason: _Reason,
    actor: _As = None,
    cycle: Annotated[
        list[str] | None, typer.Option("--cycle", help="Only this cycle; may be repeated.")
    ] = None,
    workflow: Annotated[
        list[str] | None, typer.Option("--workflow", help="Only this workflow; may be repeated.")
    ] = None,
    role: Annotated[list[str] | None, typer.Option("--role", help="Only this role; may be repeated.")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="Only this unit; may be repeated.")] = None,
    about: Annotated[
        list[str] | None,
        typer.Option("--about", metavar="PERSON", help="Only cases about this person; may be repeated."),
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting/--not-waiting", help="Also what is open already, or only what comes.")
    ] = True,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let one person act for another for a time, without changing who holds what.

    Every act is recorded with both names. Nobody acts on their own case or in two duties that are kept apart by it;
    what cannot be done for the giver stays with them, and is told.
    """
    from engine.runtime.delegating import Wish

    days = a_day(first, "--from"), a_day(last, "--to")
    with installation(ctx, database) as house:
        engine = house.engine
        wish = Wish(
            giver=person_named(engine, giver).key,
            taker=person_named(engine, taker).key,
            first=days[0],
            last=days[1],
            waiting=waiting,
            cycles=tuple(cycle or ()),
            workflows=tuple(workflow or ()),
            roles=tuple(role or ()),
            units=tuple(unit or ()),
            subjects=tuple(person_named(engine, one).key for one in about or ()),
        )
        offer = engine.delegating.offer(wish)
        made = engine.delegating.give(wish, actor=actor_named(engine, actor), reason=reason)
        if as_json:
            put_json(_json(made, engine.chart) | {"covers_now": offer.covered, "stays": len(offer.left)})
            return
        say(f"{_sentence(made, engine.chart)}. It is {made.id}.")
        say(f"Of what waits now it covers {counted(offer.covered, 'task')}")
        for one in offer.left:
            remark(f"{one.task.id} stays where it is: {one.why.en}.")


def undelegate(
    ctx: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="DELEGATION", help="Which one, as `delegations` lists them.")
    ],
    reason: _Reason,
    actor: _As = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a delegation before its last day; what was done by it stands."""
    with installation(ctx, database) as house:
        engine = house.engine
        over = engine.delegating.end(name, actor=actor_named(engine, actor), reason=reason)
        if as_json:
            put_json(_json(over, engine.chart))
            return
        say(f"{over.id} is ended.")


def delegations(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List every delegation there has been, the latest first."""
    with installation(ctx, database) as house:
        engine = house.engine
        chart, found = engine.chart, engine.delegating.known()
        if as_json:
            put_json({"delegations": [_json(one, chart) for one in found]})
            return
        rows = [
            (
                one.id,
                chart.person(one.giver).name,
                chart.person(one.taker).name,
                one.first.isoformat(),
                one.last.isoformat(),
                "ended early" if one.ended_at else "",
            )
            for one in found
        ]
        table(("delegation", "for", "by", "from", "to", ""), rows)
        remark(counted(len(rows), "delegation"))


def _sentence(one: Delegation, chart: Chart) -> str:
    giver, taker = chart.person(one.giver).name, chart.person(one.taker).name
    return f"{taker} may act for {giver} from {one.first} to {one.last}"


def _json(one: Delegation, chart: Chart) -> dict[str, Any]:
    return {
        "id": one.id,
        "giver": chart.person(one.giver).person_id,
        "taker": chart.person(one.taker).person_id,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "waiting": one.waiting,
        "cycles": list(one.cycles),
        "workflows": list(one.workflows),
        "roles": list(one.roles),
        "units": list(one.units),
        "subjects": [chart.person(key).person_id for key in one.subjects],
        "ended": bool(one.ended_at),
    }
