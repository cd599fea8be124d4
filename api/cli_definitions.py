"""`siklus check`: everything that is wrong with a definition file, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import JsonOption, read_text
from api.cli_speech import OK, WRONG, err, put_json, say
from api.shipped import texts_beside

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
    from engine.core.parse import problems, read
    from engine.core.places import Mark, Problem

    beside = texts or texts_beside(file)
    rules_text = read_text(file)
    if texts is not None or beside.is_file():
        found = problems(rules_text, read_text(beside), name=str(file), texts_name=str(beside))
    else:
        missing = Problem(
            mark=Mark(str(file), 1, 1),
            severity="error",
            code="texts_missing",
            path="",
            message=f"the texts of this definition are missing: there is no file {str(beside)!r}",
            suggestion="write them there, or name their file with --texts",
        )
        # Without texts every label is missing; one line says so, the rules' own problems follow.
        told = problems(rules_text, _NO_TEXTS, name=str(file), texts_name=str(beside))
        found = (missing, *(one for one in told if one.mark.file == str(file)))
    errors = sum(one.severity == "error" for one in found)
    definition = (
        None if errors else read(rules_text, read_text(beside), name=str(file), texts_name=str(beside))
    )
    if as_json:
        put_json(
            {
                "file": str(file),
                "texts": str(beside),
                "errors": errors,
                "warnings": len(found) - errors,
                "problems": [one.as_json() for one in found],
                "definition": None
                if definition is None
                else {"name": definition.name, "digest": definition.digest},
            }
        )
    else:
        for one in found:
            say(str(one))
        if definition is not None:
            ways = sum(len(state.transitions) for state in definition.states.values())
            say(
                f"{file}: no errors; {definition.name} has {len(definition.phases)} phases,"
                f" {len(definition.states)} states and {ways} ways out. Digest {definition.digest}."
            )
        else:
            err().print(
                f"{file}: {errors} error{'' if errors == 1 else 's'}; nothing was stored.", style="bold red"
            )
    raise typer.Exit(WRONG if errors else OK)
