"""`siklus demo`: an invented agency to click through, or driven through its whole year at once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import JsonOption, settings_for
from api.cli_speech import WRONG, err, put_json, remark, say, table

if TYPE_CHECKING:
    from api.demo_report import YearReport
    from api.wiring import Installation


DemoDatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="PATH|URL",
        help="Where the demo lives; SIKLUS_DATABASE says it as well.",
        show_default=".siklus/demo.db",
    ),
]


def demo(
    ctx: typer.Context,
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Remove the demo that is there and start again.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", help="Where to listen; 0 takes any.", show_default="SIKLUS_PORT or 8000"),
    ] = None,
    run_to_end: Annotated[
        bool,
        typer.Option("--run-to-end", help="Drive everybody through the year, report, and do not serve."),
    ] = False,
    cycle: Annotated[
        str,
        typer.Option(
            "--cycle",
            metavar="NAME",
            help="Another shipped cycle to live, alone in a new demo or beside those that are launched.",
            show_default="asn-tahunan",
        ),
    ] = "",
    database: DemoDatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an invented agency, launch its annual cycle or another shipped one, and serve it.

    The demo lives in .siklus/demo.db here, unless --database or SIKLUS_DATABASE name another place; a second start
    goes on where the first stopped. Its mail never leaves. With --run-to-end a new agency in a temporary file is
    driven through its year, unless --database names a place; it exits with 1 if the year did not end as it must.
    """
    if as_json and not run_to_end:
        raise typer.BadParameter("only --run-to-end answers in JSON", param_hint="--json")
    if cycle and run_to_end:
        raise typer.BadParameter("--run-to-end drives the annual cycle alone", param_hint="--cycle")
    place = database or ctx.obj
    if run_to_end:
        _run(ctx, place, fresh=fresh, as_json=as_json)
    else:
        _serve(ctx, place, fresh=fresh, port=port, cycle=cycle)


def _serve(ctx: typer.Context, place: str | None, *, fresh: bool, port: int | None, cycle: str) -> None:
    from api.cli_running import address_of, listen, serve_house
    from api.demo_agency import PLACE, open_demo, settle_agency
    from api.telemetry import configure
    from api.wiring import INTERVAL, assemble

    settings = settings_for(ctx, place or PLACE)
    listening = listen(settings.host, settings.port if port is None else port)
    try:
        house = assemble(open_demo(settings.database, fresh=fresh, told=remark), settings, worker="demo")
    except BaseException:
        listening.close()
        raise
    try:
        settle_agency(house.engine, told=remark, cycle=cycle)
        house.engine.keys.make()  # so that acts are answered with receipts, as in a real agency
        _introduce(house, address_of(listening))
        configure("warning")
        serve_house(house, listening, seconds=INTERVAL)
    finally:
        listening.close()
        house.close()


def _introduce(house: Installation, address: str) -> None:
    """Where to look, on which day the demo stands, and who is worth being."""
    from api.demo_agency import worth_being
    from api.demo_clock import ZONE

    assert house.travel is not None, "a demo has a travelling clock"
    people = worth_being(house.engine)
    place = f"The demo is at {address}; it stands at {house.travel.today(ZONE)}. Choose there whom to be"
    say(f"{place}, for example:" if people else f"{place}.")
    table(
        ("number", "name", "post", "why"),
        [(one.person_id, one.name, one.position, why) for one, why in people],
    )


def _run(ctx: typer.Context, place: str | None, *, fresh: bool, as_json: bool) -> None:
    if place is not None:
        report = _drive(ctx, place, fresh=fresh)
    else:
        with tempfile.TemporaryDirectory(prefix="siklus-") as folder:
            report = _drive(ctx, str(Path(folder) / "demo.db"), fresh=False)
    if as_json:
        put_json(report.as_json())
    else:
        _tell(report)
    if not report.met:
        raise typer.Exit(WRONG)


def _drive(ctx: typer.Context, place: str, *, fresh: bool) -> YearReport:
    """Make an agency there and drive it through its year, with a progress bar on standard error."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from api.demo_agency import open_demo, settle_agency
    from api.demo_report import drive_to_end
    from api.wiring import assemble

    settings = settings_for(ctx, place)
    house = assemble(open_demo(settings.database, fresh=fresh, told=remark), settings, worker="demo")
    try:
        settle_agency(house.engine, told=remark)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=err()) as bar:
            going = bar.add_task("Driving the year", total=None)

            def progress(closed: int, of: int, day: str) -> None:
                bar.update(going, completed=closed, total=of, description=f"Driving the year: {day}, closed")

            return drive_to_end(house, progress)
    finally:
        house.close()


def _tell(report: YearReport) -> None:
    table(
        ("behaviour", "people", "closed", "escalated", "how it ended", "what they do"),
        [
            (
                one.name,
                str(one.people),
                str(one.closed),
                str(one.escalated),
                ", ".join(f"{state} {count}" for state, count in one.ends.items()),
                one.says,
            )
            for one in report.behaviours
        ],
        numbers=("people", "closed", "escalated"),
    )
    for text in report.sentences():
        say(text)
