"""`siklus people import`: a people file is shown row by row before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    actor_named,
    installation,
    read_bytes,
    settings_for,
)
from api.cli_speech import (
    counted,
    default_language,
    err,
    error_json,
    exit_code,
    problems_counted,
    put_json,
    remark,
    say,
    table,
)

if TYPE_CHECKING:
    from engine.core.chart import Chart
    from engine.core.roster import Change, ChartChanges, Roster
    from engine.errors import PeopleInvalid
    from engine.runtime import Engine, PeoplePreview, PeopleReport

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
    leave: Annotated[
        bool,
        typer.Option(
            "--leave-divided",
            help="Leave whoever's move has divided a period and now has another day as they are; import the others.",
        ),
    ] = False,
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
    found: Roster | None = None
    if not Database.exists(settings_for(ctx, database).database):
        # Read first against an empty chart: what is wrong must not leave even an empty database behind.
        found = read_or_report(None, content, file.name, as_json=as_json)
        actor_named(None, actor, found)
        if dry_run:
            _tell(_changes(None, found, 0), None, len(found.people), as_json=as_json)
            return
    with installation(ctx, database, create=not dry_run) as house:
        engine = house.engine
        roster = found or read_or_report(engine, content, file.name, as_json=as_json)
        changes = _changes(engine, roster, engine.now())
        who = actor_named(engine, actor, roster)
        report = None if dry_run else engine.import_people(roster, actor=who, leave=leave)
        _tell(changes, report, len(roster.people), as_json=as_json)
        if report is not None and report.left_alone and not as_json:
            remark(f"Left as they are: {', '.join(name_in(engine.chart, key) for key in report.left_alone)}.")


def preview_people(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(help="The people, CSV or XLSX.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what importing a people file would do: what changes, which cases it concerns, whose tasks go to whom.

    Nothing is written. The import then takes the very steps that are told here.
    """
    content = read_bytes(file)
    with installation(ctx, database) as house:
        engine = house.engine
        roster = read_or_report(engine, content, file.name, as_json=as_json)
        told = engine.preview_people(roster)
        if as_json:
            put_json(_preview_json(told, len(roster.people)))
            return
        _tell(told.changes, None, len(roster.people), as_json=False)
        _tell_affected(told)


def undo_people(
    ctx: typer.Context,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept in the log.")],
    actor: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id, for the log.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the last import of people back, as long as nothing was built on it; else say what was.

    Tasks go back to whom they came from. Once somebody has acted on what the import moved, or a case has noted that its
    employee left or moved, it stays; the next import then puts right what is wrong.
    """
    with installation(ctx, database) as house:
        engine = house.engine
        moved = engine.undoing.undo(actor=actor_named(engine, actor), reason=reason)
        if as_json:
            put_json({"chart": engine.chart.version, "tasks_moved": moved})
            return
        say(f"The last import is taken back. Tasks that went back: {moved}.")


def _tell_affected(told: PeoplePreview) -> None:
    """Cases the file concerns, one line each task that passes on, then what is worth a look."""
    chart = told.chart
    rows = []
    for one in told.affected:
        moved = one.after.state if one.after.state != one.case.state else ""
        start = (one.case.id, name_in(chart, one.case.subject), one.fact, moved)
        passing = [(name_in(chart, task.before), name_in(chart, task.to or "")) for task in one.passing]
        rows += [(*start, *pair) for pair in passing or [("", "")]]
    if rows:
        table(("case", "about", "fact", "moves to", "task of", "goes to"), rows)
    say(f"Open cases concerned: {counted(len(told.affected), 'case')}")
    for problem in told.left_alone:
        remark(problem.message["en"])
    for remark_ in told.remarks:
        who = name_in(chart, remark_.person)
        if remark_.kind == "vacant":
            remark(f"Nobody holds the post of {who} since {remark_.on}, and people report to it.")
        else:
            remark(f"{who} and {name_in(chart, remark_.other)} act for one post from {remark_.on} on.")


def name_in(chart: Chart, key: str) -> str:
    """A person's name; "" for nobody."""
    known = chart.history(key)
    return known[-1].name if known else ""


def _preview_json(told: PeoplePreview, rows: int) -> dict[str, Any]:
    chart = told.chart

    def number(key: str | None) -> str | None:
        known = chart.history(key) if key else ()
        return known[-1].person_id if known else None

    return {
        "rows": rows,
        "before": told.before,
        "changes": {name: [_as_json(one) for one in getattr(told.changes, name)] for name, _ in _KINDS},
        "affected": [
            {
                "case": one.case.id,
                "subject": number(one.case.subject),
                "fact": one.fact or None,
                "state": one.after.state,
                "ended": one.after.ended,
                "opens": list(one.opens),
                "passing": [
                    {"task": task.task.id, "from": number(task.before), "to": number(task.to)}
                    for task in one.passing
                ],
            }
            for one in told.affected
        ],
        "remarks": [
            {
                "kind": one.kind,
                "person": number(one.person),
                "other": number(one.other),
                "on": one.on.isoformat(),
            }
            for one in told.remarks
        ],
        "left_alone": [{"id": one.message["id"], "en": one.message["en"]} for one in told.left_alone],
    }


def read_or_report(engine: Engine | None, content: bytes, name: str, *, as_json: bool) -> Roster:
    """The roster of a people file, keys given; with problems, a row report and the end. Raises: typer.Exit."""
    from api.people_reading import roster_in
    from engine.errors import PeopleInvalid

    try:
        return roster_in(engine, content, name)
    except PeopleInvalid as invalid:
        if as_json:
            put_json({"error": error_json(invalid)})
        else:
            _report(invalid, default_language())
        raise typer.Exit(exit_code(invalid)) from None


_HEADS = {
    "en": ("row", "column", "code", "what is wrong"),
    "id": ("baris", "kolom", "kode", "yang keliru"),
}
_FILE = {"en": "file", "id": "berkas"}
_NOBODY = {"en": "nobody was imported", "id": "tidak seorang pun diimpor"}


def _report(invalid: PeopleInvalid, language: str) -> None:
    """Every problem in a table, by row."""
    from engine.core.roster import RowProblem

    rows = [
        (str(one.row) if one.row else _FILE[language], one.column, one.code, one.message[language])
        for one in invalid.problems
        if isinstance(one, RowProblem)
    ]
    heads = _HEADS[language]
    table(heads, rows, numbers=heads[:1])
    many = problems_counted(len(rows), language)
    err().print(f"{invalid.data.get('name')}: {many}; {_NOBODY[language]}.", style="bold red")


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
            "left_alone": len(report.left_alone),
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
