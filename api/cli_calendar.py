"""`siklus calendar`: which days are worked, by whom, since which decree; and what a new decree would move."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from api.cli_calendar_files import computed, import_days
from api.cli_options import DatabaseOption, JsonOption, actor_named, installation, read_text
from api.cli_speech import Spoken, put_json, remark, say, table
from engine.core.csv_writing import write_csv

if TYPE_CHECKING:
    from engine.core.calendar import Calendar
    from engine.runtime import CalendarPreview, Engine

Given = Annotated[
    str, typer.Argument(metavar="FILE|NAME", help="A calendar file, or the name of a stored calendar.")
]
PastOption = Annotated[
    str,
    typer.Option(
        "--past", metavar="keep|move", help="What becomes of a due day that would fall into the past."
    ),
]
_MOST_SHOWN = 40


def calendar_commands() -> typer.Typer:
    """The commands of this room, and those that only write files, as a group."""
    group = typer.Typer(no_args_is_help=True, help="Working days: decrees, units' own calendars, what moves.")
    group.callback()(_calendar)
    for name, command in (
        ("list", list_calendars),
        ("show", show),
        ("add", add),
        ("preview", preview),
        ("apply", apply),
        ("import", import_days),
        ("computed", computed),
    ):
        group.command(name, cls=Spoken)(command)
    return group


def _calendar() -> None:
    """Working days: decrees, units' own calendars, and what a new one would move."""


def list_calendars(
    ctx: typer.Context, *, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """List the calendars that count, what each is based on, and how many units work by it."""
    from api.calendar_texts import calendar_json

    with installation(ctx, database) as house:
        found = [one for _, one in sorted(house.engine.calendars.all().known.items())]
        if as_json:
            put_json({"calendars": [calendar_json(one) for one in found]})
            return
        rows = [
            (one.name, one.version, ", ".join(one.based_on), _week(one), str(len(one.units))) for one in found
        ]
        table(("calendar", "version", "based on", "working days", "units"), rows, numbers=("units",))


def show(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(help="The name of a stored calendar.")],
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", min=2020, max=2045, help="Which year's days off.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a calendar: its week, who works by it, and the days off of a year (unsaid: this one)."""
    from api.calendar_texts import calendar_json
    from engine.core.zones import local_date

    with installation(ctx, database) as house:
        calendar = house.engine.calendar(name)
        chosen = year or local_date(house.engine.now(), "UTC").year
        off = calendar.days_off(chosen)
        first = off[0].date if off else None
        computed = first is not None and calendar.provisional(first)
        if as_json:
            days = [{"date": str(one.date), "kind": one.kind, "id": one.id, "en": one.en} for one in off]
            put_json({**calendar_json(calendar), "year": chosen, "computed": computed, "days_off": days})
            return
        say(f"{calendar.version}: {_week(calendar)}")
        for unit in calendar.units:
            say(f"  {unit.unit}, from {unit.first or 'ever'}{f' to {unit.last}' if unit.last else ''}")
        if computed:
            remark(f"No decree settles {chosen}: these days are computed and may change.")
        table(("date", "kind", "day"), [(str(one.date), one.kind.replace("_", " "), one.en) for one in off])


def add(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(help="A calendar file.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Store a calendar: what is counted from now on goes by it, running deadlines stay as they are.

    `siklus calendar preview` shows which of them would move, `siklus calendar apply` moves them.
    """
    from api.calendar_texts import calendar_json, calendar_values

    values = calendar_values(read_text(file), str(file))
    with installation(ctx, database) as house:
        stored = house.engine.add_calendar(values)
        counts = house.engine.calendar(stored.name).version == stored.version
        if as_json:
            put_json({**calendar_json(stored), "counts": counts})
            return
        say(
            f"{stored.version} is stored."
            if counts
            else f"{stored.version} is stored, but a newer one counts."
        )
        _remark_on_units(house.engine, stored)
        remark(f"What it would move: siklus calendar preview {stored.name}")


def preview(
    ctx: typer.Context,
    *,
    given: Given,
    past: PastOption = "keep",
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Write every clock that moves into this file."),
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which running deadlines a calendar would move, by how much, and which into the past. Nothing is stored."""
    from api.calendar_texts import preview_json, preview_rows

    with installation(ctx, database) as house:
        engine = house.engine
        found = engine.calendars.preview(_values(engine, given), past=_past(past))
        if csv_file is not None:
            _write_csv(csv_file, preview_rows(engine, found))
        if as_json:
            put_json(preview_json(engine, found))
            return
        _tell(engine, found)
        if csv_file is not None:
            remark(f"Every clock that moves is in {csv_file}.")


def apply(
    ctx: typer.Context,
    *,
    given: Given,
    actor: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who does it: their person_id.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept beside every entry it makes.")],
    past: PastOption = "keep",
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Store a calendar and count running deadlines again, case by case, as `siklus calendar preview` shows.

    Stopped midway it goes on with the next beat of `siklus work`, or when it is run again; nothing moves twice.
    """
    from api.calendar_texts import recounted_json

    with installation(ctx, database) as house:
        engine = house.engine
        values = _values(engine, given)
        who = actor_named(engine, actor)
        done = engine.calendars.apply(values, actor=who, reason=reason, past=_past(past))
        if as_json:
            put_json(recounted_json(done))
            return
        kept = (
            f"; {done.kept} of them stay, because they would have fallen into the past" if done.kept else ""
        )
        say(
            f"{done.calendar} counts. {done.clocks} deadlines of {done.cases} cases were counted again{kept}."
        )
        for case, why in done.failed:
            remark(f"{case} could not be counted again: {why}")


def _values(engine: Engine, given: str) -> Mapping[str, object]:
    """The values of a file that was named, or of the stored calendar of that name."""
    from api.calendar_texts import calendar_values

    path = Path(given)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return calendar_values(read_text(path), given)
    return engine.calendars.values(given)


def _past(text: str) -> Literal["keep", "move"]:
    if text not in ("keep", "move"):
        raise typer.BadParameter(f"{text!r} is neither; use keep or move", param_hint="--past")
    return cast(Literal["keep", "move"], text)


def _week(calendar: Calendar) -> str:
    from engine.core.decrees import WEEKDAYS

    return ", ".join(WEEKDAYS[day][1][:3] for day in calendar.week)


def _remark_on_units(engine: Engine, calendar: Calendar) -> None:
    """Units nobody on the chart belongs to: most often a name that is written otherwise there."""
    from difflib import get_close_matches

    known = sorted({one.unit for one in engine.chart.segments})
    for span in calendar.units if known else ():
        if span.unit not in known:
            near = get_close_matches(span.unit, known, n=1)
            remark(f"Nobody on the chart is in {span.unit!r}{f'; did you mean {near[0]!r}?' if near else ''}")


def _tell(engine: Engine, found: CalendarPreview) -> None:
    from api.calendar_texts import preview_rows, totals

    say(f"{found.calendar}, after {found.before or 'none'}")
    days = [
        (one.calendar, str(one.date), "worked" if one.works else "off", one.why["en"])
        for one in found.changed
    ]
    if days:
        table(("calendar", "date", "becomes", "why"), days[:_MOST_SHOWN])
        _more(len(days))
    told = totals(found)
    kept = " and stay" if found.past == "keep" else ""
    say(
        f"{told['clocks']} deadlines of {told['cases']} cases move ({found.looked} open cases looked at);"
        f" {told['into_past']} would fall into the past{kept}."
    )
    parts = [("unit", name, str(count)) for name, count in told["by_unit"].items()]
    parts += [("workflow", name, str(count)) for name, count in told["by_workflow"].items()]
    if parts:
        table(("by", "name", "deadlines"), parts, numbers=("deadlines",))
    rows = [
        (
            row["case"], row["person"], row["clock"], row["from"], row["counted_to"],
            f"{row['working_days']:+d}", "kept" if row["kept"] else "past" if row["into_past"] else "",
        )
        for row in preview_rows(engine, found)[:_MOST_SHOWN]
    ]  # fmt: skip
    if rows:
        table(
            ("case", "person", "deadline", "from", "to", "working days", ""), rows, numbers=("working days",)
        )
        _more(len(found.rows))
    for case, why in found.failed:
        remark(f"{case} could not be counted: {why}")


def _more(count: int) -> None:
    if count > _MOST_SHOWN:
        remark(f"... and {count - _MOST_SHOWN} more; --csv or --json tells all")


def _write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    columns = [
        "case", "workflow", "cycle", "unit", "person", "state", "clock", "from", "to", "counted_to",
        "working_days", "into_past", "kept", "reminders_moved", "holders", "calendars",
    ]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, columns, rows)
