"""`siklus check`: everything that is wrong with a definition file, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import JsonOption, read_text
from api.cli_speech import OK, WRONG, err, put_json, say
from api.shipped import texts_beside

if TYPE_CHECKING:
    from engine.core.definition import Definition
    from engine.core.places import Problem

#: stands in for texts that are missing, so that the rules are read all the same
_NO_TEXTS = "title: {id: '-', en: '-'}"


def check(
    *,
    file: Annotated[Path, typer.Argument(help="The definition, a YAML file.")],
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="FILE", help="Its texts.", show_default="NAME.texts.yaml beside it"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show all problems of a definition, with place and suggestion.

    One line a problem: file:line:column: severity code: sentence; suggestion. Nothing is stored. Exits with 1 if
    there is an error; warnings alone are no error.
    """
    from engine.core.parse import read

    beside = texts or texts_beside(file)
    found = _problems(file, beside, given=texts is not None)
    errors = sum(one.severity == "error" for one in found)
    definition = None
    if not errors:
        definition = read(read_text(file), read_text(beside), name=str(file), texts_name=str(beside))
    if as_json:
        known = None if definition is None else {"name": definition.name, "digest": definition.digest}
        put_json(
            {
                "file": str(file),
                "texts": str(beside),
                "errors": errors,
                "warnings": len(found) - errors,
                "problems": [one.as_json() for one in found],
                "definition": known,
            }
        )
    else:
        for one in found:
            say(str(one))
        _conclude(file, errors, definition)
    raise typer.Exit(WRONG if errors else OK)


def _problems(file: Path, beside: Path, *, given: bool) -> tuple[Problem, ...]:
    """Everything to say about a definition. Texts that were not named and are not there are one problem."""
    from engine.core.parse import problems
    from engine.core.places import Mark, Problem

    rules = read_text(file)
    if given or beside.is_file():
        return problems(rules, read_text(beside), name=str(file), texts_name=str(beside))
    missing = Problem(
        mark=Mark(str(file), 1, 1),
        severity="error",
        code="texts_missing",
        path="",
        message=f"the texts of this definition are missing: there is no file {str(beside)!r}",
        suggestion="write them there, or name their file with --texts",
    )
    # Without texts every label is missing; one line says so, the rules' own problems follow.
    told = problems(rules, _NO_TEXTS, name=str(file), texts_name=str(beside))
    return (missing, *(one for one in told if one.mark.file == str(file)))


def _conclude(file: Path, errors: int, definition: Definition | None) -> None:
    if definition is None:
        many = f"{errors} error{'' if errors == 1 else 's'}"
        err().print(f"{file}: {many}; nothing was stored.", style="bold red")
        return
    ways = sum(len(state.transitions) for state in definition.states.values())
    size = f"{len(definition.phases)} phases, {len(definition.states)} states and {ways} ways out"
    say(f"{file}: no errors; {definition.name} has {size}. Digest {definition.digest}.")
