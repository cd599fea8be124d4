"""`siklus calendar import` and `computed`: days off written as a decree, for a person to look at before they count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import a_day, read_bytes, read_text
from api.cli_speech import FileUnreadable, counted, remark

if TYPE_CHECKING:
    from engine.core.day_lists import DayList

_Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="What the decree is called.")]
_Number = Annotated[str, typer.Option("--number", metavar="TEXT", help="The decree's numbers.")]
_Issued = Annotated[
    str,
    typer.Option("--issued", metavar="DATE", help="The day the decree was issued; it is known from then on."),
]
_Amends = Annotated[
    bool, typer.Option("--amendment", help="It changes a year that an earlier decree has settled.")
]
_Into = Annotated[
    Path | None,
    typer.Option(
        "--into", metavar="FILE", help="Put it at the end of this calendar file instead of printing it."
    ),
]
_Year = Annotated[
    int, typer.Option("--year", metavar="YEAR", min=2020, max=2045, help="The year whose days are taken.")
]


def import_days(
    *,
    file: Annotated[Path, typer.Argument(help="Days off: ICS, CSV or XLSX.")],
    year: _Year,
    title: _Title = "",
    number: _Number = "",
    issued: _Issued = "",
    amends: _Amends = False,
    into: _Into = None,
) -> None:
    """Write the days off of an ICS, CSV or XLSX file as a decree of a calendar file.

    A person reads it before it counts: what was not said stays open, and a calendar file with an open place is
    refused. A table names its columns: date, id, and perhaps en and kind (or tanggal, nama, inggris, jenis).
    """
    from engine.core.day_lists import read_day_list

    listed = read_day_list(read_bytes(file), year)
    if listed.elsewhere:
        remark(f"{counted(listed.elsewhere, 'day')[:-1]} of other years left out.")
    _put(listed, title, number, issued, into, amends=amends)


def computed(
    *,
    year: _Year,
    title: _Title = "",
    number: _Number = "",
    issued: _Issued = "",
    amends: _Amends = False,
    into: _Into = None,
) -> None:
    """Write the days off of a year as they are computed, to be compared with the decree once there is one.

    Lunar dates follow astronomy, not the sighting, and nobody can compute which collective leave will be declared.
    """
    from engine.core.day_lists import computed_days

    _put(computed_days(year), title, number, issued, into, amends=amends)


def _put(listed: DayList, title: str, number: str, issued: str, into: Path | None, *, amends: bool) -> None:
    from engine.core.day_lists import Heading, decree_yaml

    day = a_day(issued, "--issued").isoformat() if issued else ""
    text = decree_yaml(listed, Heading(title=title, number=number, issued=day, amends=amends))
    if into is None:
        print(text, end="")
        return
    _append(into, text)
    remark(f"{counted(len(listed.days), 'day')[:-1]} written into {into}; read them before you add it.")


def _append(path: Path, decree: str) -> None:
    """Put a decree at the end of a calendar file, whose comments stay. Raises: FileUnreadable, CalendarInvalid."""
    from api.calendar_texts import calendar_values
    from engine.errors import CalendarInvalid

    before = read_text(path)
    decrees = calendar_values(before, str(path)).get("decrees")
    text = (before if before.endswith("\n") else before + "\n") + decree
    try:
        after = calendar_values(text, str(path)).get("decrees")
    except CalendarInvalid:
        after = None
    known = len(decrees) if isinstance(decrees, list) else 0
    if not isinstance(after, list) or len(after) != known + 1:
        raise FileUnreadable(
            f"{str(path)!r} does not end with its list of decrees, each indented by two blanks; print the decree"
            " without --into, and put it there by hand"
        )
    path.write_text(text, encoding="utf-8")
