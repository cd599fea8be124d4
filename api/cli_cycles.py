"""`siklus launch` and `siklus cases`: opening a cycle, and the cases in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from api.cli_options import (
    DatabaseOption,
    JsonOption,
    LanguageOption,
    YearOption,
    a_day,
    a_language,
    actor_named,
    installation,
    person_named,
    read_bytes,
    read_text,
    source_of,
)
from api.cli_speech import counted, err, put_json, remark, say, table

if TYPE_CHECKING:
    from api.shipped import Source
    from engine.core.case import Case, Gathering, Task
    from engine.core.chart import Chart
    from engine.core.command import Actor
    from engine.core.definition import Definition
    from engine.runtime import Engine, LaunchReport
    from engine.runtime.reports import LaunchRow

_PAGE = 200


def launch(  # noqa: PLR0913 - one argument an option
    ctx: typer.Context,
    *,
    definition: Annotated[
        str, typer.Argument(help="The name of a published workflow, or the YAML file it was published from.")
    ],
    opens: Annotated[str, typer.Option("--opens", metavar="DATE", help="The day it opens, like 2025-12-01.")],
    people: Annotated[
        Path | None,
        typer.Option(
            "--people", metavar="FILE", help="Import these people first.", show_default="those known"
        ),
    ] = None,
    year: YearOption = None,
    part: Annotated[
        int | None,
        typer.Option(
            "--part",
            metavar="N",
            min=1,
            max=12,
            help="The quarter or month of the year appraised.",
            show_default="from the opening day",
        ),
    ] = None,
    timetable: Annotated[
        Path | None,
        typer.Option("--timetable", metavar="FILE", help="Windows set by decree for this cycle."),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Who launches: their person_id, for the log.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Open a cycle: a case for everybody the definition covers.

    The definition must have been published and approved, and its effective date must have come (siklus publish,
    siklus approve); a demo publishes by itself. Launching again adds only who is missing.
    """
    from api.cli_people import read_or_report
    from api.shipped import add_shipped_calendars

    day = a_day(opens, "--opens")
    source = None if _is_name(definition) else source_of(definition)
    dates = None if timetable is None else (read_text(timetable), str(timetable))
    content = None if people is None else (read_bytes(people), people.name)
    with installation(ctx, database) as house:
        engine = house.engine
        roster = None if content is None else read_or_report(engine, *content, as_json=as_json)
        who = actor_named(engine, actor, roster)
        workflow = _demanded(engine, definition, source, who)
        add_shipped_calendars(engine)
        if roster is not None:
            came = engine.import_people(roster, actor=who)
            remark(
                f"{len(roster.people)} rows of people: {len(came.joined)} joined, {len(came.changed)} changed."
            )
        report = _launched(engine, workflow, day, (year, part), who, dates)
        _tell_launch(engine, report, as_json=as_json)


def cases(
    ctx: typer.Context,
    *,
    cycle: Annotated[str | None, typer.Option("--cycle", help="Only this cycle.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Only this state.")] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="PERSON", help="Only about this person (person_id).")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only open cases.")] = False,
    language: LanguageOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List cases: about whom, where they rest, whose turn it is and until when."""
    from engine.core.definition import Language
    from engine.core.telling import say_waiting

    spoken = cast(Language, a_language(language))
    with installation(ctx, database) as house:
        engine = house.engine
        subject = None if person is None else person_named(engine, person).key
        found: list[Case] = []
        while True:
            after = found[-1].id if found else ""
            page = engine.cases(
                cycle=cycle, state=state, subject=subject, open_only=open_only, after=after, limit=_PAGE
            )
            found += page
            if len(page) < _PAGE:
                break
        chart = engine.chart
        definitions = {digest: engine.definition(digest) for digest in {one.definition for one in found}}
        if as_json:
            put_json({"cases": [case_json(chart, one) for one in found]})
            return
        rows = [
            (
                one.id,
                _name(chart, one.subject),
                _label(definitions[one.definition], one.state, language),
                say_waiting(definitions[one.definition], one, chart, spoken),
                _due(next(iter(one.waiting), None)),
            )
            for one in found
        ]
        table(("case", "about", "state", "waits for", "due"), rows)
        remark(counted(len(rows), "case"))


def _is_name(definition: str) -> bool:
    path = Path(definition)
    return path.suffix not in (".yaml", ".yml") and not path.is_file()


def _demanded(engine: Engine, definition: str, source: Source | None, who: Actor) -> str:
    """The workflow a word or a file names, which in a demo is published by that. Raises: NotFound, LaunchInvalid."""
    from api.demo_cycles import publish_linked
    from api.shipped import shipped_definition
    from engine.core.parse import read
    from engine.errors import LaunchInvalid

    published = {one.digest: one.workflow for one in engine.definitions()}
    if engine.database.kind == "demo" and (source is not None or definition not in published.values()):
        given = source or shipped_definition(definition)
        done = engine.publish(
            given.rules, given.texts, name=given.name, texts_name=given.texts_name, actor=who
        )
        publish_linked(engine, done)
        return done.workflow
    if source is None:
        return engine.in_force(definition).workflow
    meant = read(source.rules, source.texts, name=source.name, texts_name=source.texts_name)
    if meant.digest not in published:
        raise LaunchInvalid(
            f"{source.name} is not what was published as {meant.name}; publish it first (siklus publish), or launch by"
            f" name: siklus launch {meant.workflow}",
            digest=meant.digest,
        )
    return meant.workflow


def _launched(
    engine: Engine,
    workflow: str,
    day: Any,
    period: tuple[int | None, int | None],
    who: Any,
    dates: tuple[str, str] | None,
) -> LaunchReport:
    from rich.progress import Progress

    from engine.runtime import TimetableText

    console = err()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        going = bar.add_task("Launching", total=None)
        return engine.launch(
            workflow,
            opens=day,
            year=period[0],
            part=period[1],
            actor=who,
            timetable=None if dates is None else TimetableText(text=dates[0], name=dates[1]),
            progress=lambda done, of: bar.update(going, completed=done, total=of),
        )


def _tell_launch(engine: Engine, report: LaunchReport, *, as_json: bool) -> None:
    chart = engine.chart
    rows = [
        {"person_id": _number(chart, row.person), "outcome": row.outcome, "why": row.why}
        for row in report.rows
    ]
    if as_json:
        put_json(
            {"cycle": report.cycle, "launched": report.launched, "existing": report.existing, "rows": rows}
        )
        return
    told = [
        (_number(chart, row.person), _name(chart, row.person), *_in_words(row))
        for row in report.rows
        if row.why
    ]
    if told:
        table(("person", "name", "outcome", "why"), told)
    launched, before = counted(report.launched, "case")[:-1], report.existing
    say(f"{report.cycle}: {launched} launched, {before} {'was' if before == 1 else 'were'} there already.")


def _in_words(row: LaunchRow) -> tuple[str, str]:
    """Why somebody got no case, without the names programs use."""
    if row.outcome == "not_covered":
        return "no case", row.why.replace("_", " ")
    return row.outcome, row.why


def case_json(chart: Chart, case: Case) -> dict[str, Any]:
    """A case for a program: where it stands, and whose turn it is."""
    return {
        "id": case.id,
        "cycle": case.cycle,
        "subject": _number(chart, case.subject),
        "state": case.state,
        "phase": case.phase,
        "ended": case.ended,
        "visit": case.visit,
        "task": None if case.task is None else task_json(chart, case.task),
        "gathering": None if case.gathering is None else _gathering_json(case.gathering),
    }


def _gathering_json(gathering: Gathering) -> dict[str, Any]:
    """How far a gathering has come, without names."""
    counts = {state: gathering.count(state) for state in ("answered", "declined", "dropped", "waiting")}
    return {"name": gathering.name, "asked": len(gathering.asked), **counts}


def task_json(chart: Chart, task: Task) -> dict[str, Any]:
    """An open task by what programs know it by."""
    due = None if task.due_on is None else task.due_on.isoformat()
    return {
        "id": task.id,
        "kind": task.kind,
        "state": task.state,
        "role": task.role,
        "holder": _number(chart, task.holder),
        "due_on": due,
    }


def _number(chart: Chart, key: str) -> str:
    """The person_id behind a key, a unit as `unit:NAME`; "" for somebody erased."""
    known = chart.history(key)
    if known:
        return known[-1].person_id
    return key if key.startswith("unit:") else ""


def _name(chart: Chart, key: str) -> str:
    known = chart.history(key)
    return known[-1].name if known else key.removeprefix("unit:")


def _label(definition: Definition, state: str, language: str) -> str:
    return definition.texts.label("states", state)[language]


def _due(task: Task | None) -> str:
    return "" if task is None or task.due_on is None else task.due_on.isoformat()
