"""`siklus matrix`: who may see and do what under a definition, as a page for people who audit it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import LanguageOption, a_language, source_of
from api.cli_speech import FileUnreadable, say


def matrix(
    definition: Annotated[
        str, typer.Argument(metavar="FILE", help="The definition, a YAML file; or the name of a shipped one.")
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it; unsaid, to standard output."),
    ] = None,
    language: LanguageOption,
) -> None:
    """Tell who may see and do what: each role in each state, what it reads since when, and the general rules.

    It is worked out from the definition and from the table of access rules, in Markdown.
    """
    from engine.core.access.matrix import markdown, matrix_of
    from engine.core.parse import read

    a_language(language)
    source = source_of(definition)
    known = read(source.rules, source.texts, name=source.name, texts_name=source.texts_name)
    told = markdown(matrix_of(known), "en" if language == "en" else "id")
    if output is None:
        typer.echo(told, nl=False)
        return
    try:
        output.write_text(told, encoding="utf-8")
    except OSError as error:
        raise FileUnreadable(f"{str(output)!r} cannot be written: {error.strerror}") from None
    say(f"{output}: {known.name}, {len(told):,} characters.")
