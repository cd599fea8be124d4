"""`siklus publish`, `approve`, `withdraw` and `definitions`: how rules come into force, and what is in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    a_day,
    actor_named,
    installation,
    read_text,
    source_of,
)
from api.cli_speech import counted, put_json, remark, say, table

if TYPE_CHECKING:
    from engine.core.chart import Chart
    from engine.core.publication import Publication, Statement

_Version = Annotated[str, typer.Argument(metavar="WORKFLOW@VERSION", help="Which one, like asn-tahunan@1.")]
_As = Annotated[str, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id.")]
_Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the log.")]


def publish(
    ctx: typer.Context,
    *,
    definition: Annotated[
        str, typer.Argument(help="A YAML file, or the name of a workflow that comes with Siklus.")
    ],
    actor: _As,
    reason: _Reason,
    override: Annotated[
        Path | None,
        typer.Option("--override", metavar="FILE", help="The agency's own numbers for its settings."),
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a definition; another person approves it.

    All checks run first: what is wrong refuses it, what is only remarked is told and stands in the log. Who proposes
    serves on the personnel desk or heads the agency. With an agency's own numbers the digest is that of the rules as
    they then hold.
    """
    from dataclasses import replace

    from api.checking import neighbours
    from api.shipped import add_shipped_calendars

    given = source_of(definition).given
    given = replace(given, beside=neighbours(given, Path(definition).parent))
    if override is not None:
        given = replace(given, override=read_text(override), override_name=str(override))
    with installation(ctx, database) as house:
        engine = house.engine
        add_shipped_calendars(engine)
        done = engine.propose(given, actor=actor_named(engine, actor), reason=reason)
        if as_json:
            put_json(_json(done, engine.chart))
            return
        for one in done.remarks:
            remark(one)
        whose = f" with the numbers of {done.agency}" if done.agency else ""
        say(f"{done.name}{whose} is {done.status}. Digest {done.digest}.")
        if done.status == "proposed":
            remark(
                f"Another person brings it into force: siklus approve {done.name} --as PERSON --reason WHY"
                " --effective DATE"
            )


def approve(
    ctx: typer.Context,
    *,
    name: _Version,
    actor: _As,
    reason: _Reason,
    effective: Annotated[
        str,
        typer.Option("--effective", metavar="DATE", help="The first day a cycle may be launched with it."),
    ],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a proposed definition into force, as somebody else than its author.

    Who approves serves on the personnel desk or heads the agency. A published version never changes.
    """
    day = a_day(effective, "--effective")
    with installation(ctx, database) as house:
        engine = house.engine
        done = engine.approve(name, actor=actor_named(engine, actor), reason=reason, effective=day)
        if as_json:
            put_json(_json(done, engine.chart))
            return
        say(f"{done.name} is published, in force from {done.effective}. Digest {done.digest}.")


def withdraw(
    ctx: typer.Context,
    *,
    name: _Version,
    actor: _As,
    reason: _Reason,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a proposed definition back; its version may then be proposed again."""
    with installation(ctx, database) as house:
        engine = house.engine
        done = engine.withdraw(name, actor=actor_named(engine, actor), reason=reason)
        if as_json:
            put_json(_json(done, engine.chart))
            return
        say(f"{done.name} is withdrawn.")


def definitions(ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List every version that was ever proposed: where it stands, since when, by whom, and why."""
    with installation(ctx, database) as house:
        engine = house.engine
        chart, found = engine.chart, engine.publications()
        if as_json:
            put_json({"definitions": [_json(one, chart) for one in found]})
            return
        rows = [
            (
                f"{one.name}, {one.agency}" if one.agency else one.name,
                one.status,
                _since(one),
                one.digest[:12],
                "; ".join(_said(say_, chart) for say_ in one.said),
            )
            for one in found
        ]
        table(("definition", "state", "in force from", "digest", "who said what"), rows)
        remark(counted(len(rows), "version"))


def _since(one: Publication) -> str:
    if one.status != "published":
        return ""
    return "its demo's beginning" if one.demo else str(one.effective or "ever")


def _said(one: Statement, chart: Chart) -> str:
    who = _number(chart, one.person) or "nobody named"
    return f"{one.kind} by {who}" + (f": {one.reason}" if one.reason else "")


def _json(one: Publication, chart: Chart) -> dict[str, Any]:
    from engine.core.audit import stamp

    return {
        "name": one.name,
        "digest": one.digest,
        "status": one.status,
        "effective": None if one.effective is None else one.effective.isoformat(),
        "demo": one.demo,
        "agency": one.agency,
        "remarks": list(one.remarks),
        "said": [
            {
                "kind": said.kind,
                "by": _number(chart, said.person) or None,
                "at": stamp(said.at),
                "reason": said.reason,
            }
            for said in one.said
        ],
    }


def _number(chart: Chart, key: str) -> str:
    """The person_id behind a key; "" for nobody, and for somebody erased."""
    known = chart.history(key) if key else ()
    return known[-1].person_id if known else ""
