"""`siklus people import`: a people file is shown row by row before anything is written."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import DatabaseOption, JsonOption, actor_named, installation, read_bytes, settings_for
from api.cli_speech import err, error_json, exit_code, put_json, say, table

if TYPE_CHECKING:
    from engine.core.roster import Change, ChartChanges, Roster
    from engine.errors import PeopleInvalid
    from engine.runtime import Engine, PeopleReport

_KINDS = (
    ("joiners", "joins"),
    ("leavers", "leaves"),
    ("status_changes", "has another status"),
    ("unit_moves", "moves"),
    ("superior_changes", "has another superior"),
    ("new_heads", "becomes head"),
    ("acting", "acts for another post"),
    ("not_in_file", "is not in the file and stays"),
)


def import_people(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(help="The people, CSV or XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
    actor: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Who imports: their person_id, for the log.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import people and the organisation chart from CSV or XLSX, or tell row by row what is wrong.

    Nothing is imported while anything is wrong. People who are not in the file stay as they are; tasks of open cases
    follow the new chart. Without a database a new one is made.
    """
    from engine.store.database import Database

    content = read_bytes(file)
    if not Database.exists(settings_for(ctx, database).database):
        # Read first against an empty chart: a wrong file must not leave even an empty database behind.
        roster = read_or_report(None, content, file.name, as_json=as_json)
        if dry_run:
            _tell(_changes(None, roster, 0), None, len(roster.people), as_json=as_json)
            return
    with installation(ctx, database, create=not dry_run) as house:
        engine = house.engine
        roster = read_or_report(engine, content, file.name, as_json=as_json)
        changes = _changes(engine, roster, engine.now())
        who = actor_named(engine, actor)
        report = None if dry_run else engine.import_people(roster, actor=who)
        _tell(changes, report, len(roster.people), as_json=as_json)


def read_or_report(engine: Engine | None, content: bytes, name: str, *, as_json: bool) -> Roster:
    """The roster of a people file, keys given; with problems, a row report and the end. Raises: typer.Exit."""
    from engine.core.roster import read_roster
    from engine.errors import PeopleInvalid

    try:
        return read_roster(
            content,
            name,
            keys={} if engine is None else engine.person_keys(),
            new_key=lambda: f"p-{secrets.token_hex(8)}",
            existing=() if engine is None else engine.chart.segments,
        )
    except PeopleInvalid as invalid:
        if as_json:
            put_json({"error": error_json(invalid)})
        else:
            _report(invalid)
        raise typer.Exit(exit_code(invalid)) from None


def _report(invalid: PeopleInvalid) -> None:
    """Every problem in a table, by row."""
    from engine.core.roster import RowProblem

    rows = [
        (str(one.row) if one.row else "file", one.column, one.code, one.message)
        for one in invalid.problems
        if isinstance(one, RowProblem)
    ]
    table(("row", "column", "code", "what is wrong"), rows, numbers=("row",))
    many = f"{len(rows)} problem{'' if len(rows) == 1 else 's'}"
    err().print(f"{invalid.data.get('name')}: {many}; nobody was imported.", style="bold red")


def _changes(engine: Engine | None, roster: Roster, now: int) -> ChartChanges:
    from engine.core.chart import Chart
    from engine.core.roster import compare
    from engine.core.zones import local_date

    chart = Chart(segments=(), version="") if engine is None else engine.chart
    return compare(chart, roster, local_date(now, "UTC"))


def _tell(changes: ChartChanges, report: PeopleReport | None, rows: int, *, as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = {name: [_as_json(one) for one in getattr(changes, name)] for name, _ in _KINDS}
        imported = None if report is None else {
            "chart": report.version,
            "joined": len(report.joined),
            "changed": len(report.changed),
            "left": len(report.left),
            "tasks_moved": report.followed,
        }  # fmt: skip
        put_json({"rows": rows, "changes": told, "imported": imported})
        return
    lines = [
        (what, one.person_id, one.name, one.before, one.after, "" if one.on is None else one.on.isoformat())
        for name, what in _KINDS
        for one in getattr(changes, name)
    ]
    if lines:
        table(("what", "person", "name", "before", "after", "on"), lines)
    if report is None:
        say(f"{rows} rows are sound. This was a dry run: nobody was imported.")
    else:
        came = f"{len(report.joined)} joined, {len(report.changed)} changed, {len(report.left)} left"
        say(f"{rows} rows imported: {came}; {report.followed} open tasks moved along.")


def _as_json(change: Change) -> dict[str, Any]:
    return {
        "person_id": change.person_id,
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "on": None if change.on is None else change.on.isoformat(),
    }
