"""How the command line speaks: results on standard output, everything else on standard error, one exit code a kind.

The only place that knows exit codes. A command raises our errors; `Spoken` tells them to a person in one friendly
message, or to a program as JSON, and never as a traceback.
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand
from typer.exceptions import TyperException

from engine.core.complaints import Lines
from engine.core.definition import Label
from engine.core.places import Problem
from engine.core.roster_words import RowProblem
from engine.errors import CalendarInvalid, DefinitionInvalid, NotFound, PeopleInvalid, Refused, SiklusError

OK, WRONG, USAGE, REFUSED, MISSING, AGAIN, UNUSABLE, BROKEN, BUG = range(9)
#: what shells call a program that was stopped with Ctrl-C; Typer ends with it
INTERRUPTED = 130

#: what each exit code means; shown by `siklus --help` and in the reference
EXIT_CODES: Mapping[int, str] = {
    OK: "done",
    WRONG: "what you gave is wrong; nothing was stored",
    USAGE: "the command line itself is wrong",
    REFUSED: "the case refuses and says what would be allowed; nothing changed",
    MISSING: "what you named does not exist",
    AGAIN: "somebody else wrote first; try again",
    UNUSABLE: "the database or the installation cannot be used for this",
    BROKEN: "the audit log does not verify",
    BUG: "Siklus itself broke; what was under way was not kept",
    INTERRUPTED: "you interrupted it; what was finished before is kept",
}

#: exit code by error code; a Refused that is not listed is REFUSED, everything else WRONG
_EXITS: Mapping[str, int] = {
    "not_found": MISSING,
    "conflict": AGAIN,
    "not_yours": REFUSED,
    "nobody_found": REFUSED,
    "store_unusable": UNUSABLE,
    "keys_unusable": UNUSABLE,
    "link_over": MISSING,
    "log_broken": BROKEN,
    "log_damaged": BROKEN,
    "sealer_unusable": UNUSABLE,
    "witness_unusable": UNUSABLE,
}


#: the width of tables that go to a file or another program
_FILE_WIDTH = 160


class FileUnreadable(SiklusError):
    """A file named on the command line cannot be read, or is not what it should be."""

    code = "file_unreadable"


class SettingsInvalid(SiklusError):
    """An environment variable of ours says something that cannot be."""

    code = "settings_invalid"


class PortTaken(SiklusError):
    """Another program listens on the port already."""

    code = "port_taken"


class Unforeseen(SiklusError):
    """Something broke that nobody foresaw: its kind and its places, never its sentence, which may quote anybody."""

    code = "unforeseen"

    def __init__(self, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
        super().__init__(
            f"something broke inside Siklus: {type(error).__qualname__} at {places}; please report it"
        )


def exit_code(error: SiklusError) -> int:
    """The exit code of an error."""
    fallback = REFUSED if isinstance(error, Refused) else WRONG
    return _EXITS.get(error.code, fallback)


class Spoken(TyperCommand):
    """A command whose errors are told in words, or as JSON when it was asked for JSON."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """A command; its help is unwrapped, so that it can be folded to any width."""
        super().__init__(*args, **options)
        if self.help is not None:
            self.help = "\n\n".join(" ".join(one.split()) for one in self.help.split("\n\n"))

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises: typer.Exit with the error's code."""
        try:
            return super().invoke(ctx)
        except SiklusError as error:
            _tell(error, as_json=bool(ctx.params.get("as_json")), language=_language_of(ctx))
            raise typer.Exit(exit_code(error)) from None
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except Exception as error:  # noqa: BLE001 - the last one who can say it in words
            _tell(Unforeseen(error), as_json=bool(ctx.params.get("as_json")))
            raise typer.Exit(BUG) from None


def default_language() -> str:
    """The language that `--lang` names unless it is said: that of SIKLUS_LANGUAGE, else English.

    Raises: typer.BadParameter, if it names one that is not spoken here.
    """
    if "SIKLUS_LANGUAGE" not in os.environ:
        return "en"  # the settings are slow to load, and most commands get on without them
    from pydantic import ValidationError

    from api.settings import Speech

    try:
        return Speech().language
    except ValidationError:
        said = os.environ["SIKLUS_LANGUAGE"]
        raise typer.BadParameter(
            f"{said!r} is not spoken here; use id or en", param_hint="SIKLUS_LANGUAGE"
        ) from None


def _language_of(ctx: Any) -> str:
    """The language in which the errors of a command are told: that of its answer, if it has one."""
    try:
        return ctx.params.get("language") or default_language()
    except typer.BadParameter:
        return "en"


def out() -> Console:
    """Standard output, for results."""
    return Console(highlight=False, soft_wrap=True)


def err() -> Console:
    """Standard error, for progress and complaints."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str, *, style: str = "") -> None:
    """A line of the result, whole, for other programs to read as well."""
    out().print(Text(text, style=style))


def say_folded(text: str, *, indent: int = 0) -> None:
    """A sentence of the result: folded in a terminal, what follows a little further in; one line anywhere else."""
    console = out()
    room = max(console.width, 40) if console.is_terminal else 0
    within = " " * indent
    lines = wrap(
        text, room, initial_indent=within, subsequent_indent=f"{within}  ",
        break_long_words=False, break_on_hyphens=False,
    ) if room else [within + text]  # fmt: skip
    console.print(Text("\n".join(lines)))


def remark(text: str) -> None:
    """A line about what is going on; no program reads it."""
    err().print(Text(text, style="dim"))


def _tell(error: SiklusError, *, as_json: bool, language: str = "en") -> None:
    if as_json:
        put_json({"error": error_json(error)})
    else:
        complain(error, language)


def put_json(value: object) -> None:
    """The result for a program: one JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Rows as a table on standard output; what does not fit is folded, never cut off."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        justify: Literal["left", "right"] = "right" if name in numbers else "left"
        shown.add_column(name, overflow="fold", justify=justify, no_wrap=name == columns[0])
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _FILE_WIDTH
    console.print(shown)


def complain(error: SiklusError, language: str = "en") -> None:
    """Tell a person what could not be done, with everything that is wrong at once."""
    console = err()
    if isinstance(error, DefinitionInvalid | PeopleInvalid):
        for problem in error.problems:
            told = problem.told(language) if isinstance(problem, Problem | RowProblem) else str(problem)
            console.print(Text(told))
        many = problems_counted(len(error.problems), language)
        end = {"id": "tidak ada yang disimpan", "en": "nothing was stored"}[language]
        console.print(Text(f"{error.data.get('name')}: {many}; {end}", style="bold red"))
        return
    console.print(Text(_sentence(error, language), style="bold red"))
    if isinstance(error, NotFound) and error.kind == "person":
        console.print(
            Text("People are named by their number in the people file, the person_id.", style="dim")
        )


def error_json(error: SiklusError) -> dict[str, Any]:
    """An error for programs: `code`, `message`, and what the error knows besides."""
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if isinstance(error, Refused):
        told["allowed"] = list(error.allowed)
    if isinstance(error, DefinitionInvalid | PeopleInvalid):
        told["problems"] = [problem_json(one) for one in error.problems]
    problems = error.data.get("problems")
    if isinstance(problems, Mapping):
        told["problems"] = [{"at": str(at), "text": _label(text)} for at, text in problems.items()]
    if isinstance(problems, tuple) and isinstance(error, CalendarInvalid):
        told["problems"] = [{"id": one["id"], "en": one["en"]} for one in problems]
    label = error.data.get("label")
    if isinstance(label, Label | Lines):
        told["text"] = _label(label)
    return told


def problem_json(problem: object) -> dict[str, Any]:
    """A problem of a file for programs: its own fields."""
    if isinstance(problem, Problem | RowProblem):
        return problem.as_json()
    return {"message": str(problem)}


def _sentence(error: SiklusError, language: str) -> str:
    label = error.data.get("label")
    # What is said in English is the most exact there is; some errors have a label in Indonesian as well.
    text = label["id"] if language == "id" and isinstance(label, Label | Lines) else error.message
    first = text.split(" ", 1)[0]
    # A file, an address or a version such as our-year@1 keeps its name.
    opening = text if any(mark in first for mark in "./@") else text[:1].upper() + text[1:]
    return opening + ("" if text.endswith((".", "?", "!")) else ".")


def counted(number: int, thing: str) -> str:
    """How many of a thing, as a sentence: 1 task. 3 tasks."""
    return f"{number} {thing}." if number == 1 else f"{number} {thing}s."


def problems_counted(number: int, language: str) -> str:
    """How many problems a file has, to go on with: 1 problem. 3 problems."""
    return f"{number} masalah" if language == "id" else counted(number, "problem")[:-1]


def _label(label: object) -> object:
    return {"id": label["id"], "en": label["en"]} if isinstance(label, Label | Lines) else str(label)


def _plain(value: object) -> object:
    """What JSON has no form for, as text: days."""
    return str(value)
