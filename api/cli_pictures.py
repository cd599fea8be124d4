"""`siklus diagram`: a definition as a picture, as text, and in the languages of other people's tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import LanguageOption, a_language, source_of
from api.cli_speech import FileUnreadable, remark, say

if TYPE_CHECKING:
    from engine.core.definition import Definition, Language

_KINDS = ("svg", "png", "mmd", "txt", "scxml", "bpmn")
#: a PNG is drawn at twice the size, so that it stays sharp in a document
_ZOOM = 2


def diagram(
    definition: Annotated[
        str, typer.Argument(metavar="FILE", help="The definition, a YAML file; or the name of a shipped one.")
    ],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Where to write; the ending says what: .svg, .png, .mmd (Mermaid), .txt, .scxml, .bpmn.",
        ),
    ],
    language: LanguageOption,
) -> None:  # fmt: skip
    """Draw a definition: phases as columns, whose turn it is by colour and shape, due times and their ladders.

    .txt holds the same as a nested list. .scxml (W3C) and .bpmn (OMG) hold the control flow for other tools; what
    these languages cannot say is told on standard error.
    """
    from engine.core.parse import read

    a_language(language)
    kind = output.suffix.removeprefix(".").lower()
    if kind not in _KINDS:
        known = ", ".join(f".{one}" for one in _KINDS)
        raise typer.BadParameter(f"{str(output)!r} does not end in one of {known}", param_hint="--output")
    source = source_of(definition)
    read_ = read(source.rules, source.texts, name=source.name, texts_name=source.texts_name)
    content = _content(read_, kind, "en" if language == "en" else "id")
    try:
        output.write_bytes(content)
    except OSError as error:
        raise FileUnreadable(f"{str(output)!r} cannot be written: {error.strerror}") from None
    say(f"{output}: {read_.name}, {len(content):,} bytes.")


def _content(definition: Definition, kind: str, language: Language) -> bytes:
    from engine.core.diagram import bpmn, gaps, mermaid, outline, picture_of, scxml, svg

    match kind:
        case "scxml" | "bpmn":
            for gap in gaps(definition):
                remark(gap[language])
            return (scxml(definition) if kind == "scxml" else bpmn(definition, language)).encode()
        case "mmd":
            return mermaid(picture_of(definition, language)).encode()
        case "txt":
            return outline(picture_of(definition, language)).encode()
        case "png":
            return _drawn(svg(picture_of(definition, language)))
        case _:
            return svg(picture_of(definition, language)).encode()


def _drawn(drawing: str) -> bytes:
    """The drawing in pixels; the one door to resvg."""
    try:
        import resvg_py
    except ImportError:
        raise FileUnreadable(
            "a .png needs the library resvg-py, which is not installed; install siklus[png], or write an .svg"
        ) from None
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=_ZOOM))
