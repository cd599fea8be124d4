"""`siklus new`: the files of a definition of one's own, copied from a template."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import JsonOption
from api.cli_speech import FileUnreadable, put_json, remark, say


def new(
    *,
    name: Annotated[
        str, typer.Argument(help="What the workflow is to be called: small letters, digits and -.")
    ],
    template: Annotated[
        str, typer.Option("--from", metavar="TEMPLATE", help="Which template: annual or probation.")
    ] = "annual",
    folder: Annotated[
        Path, typer.Option("--in", metavar="FOLDER", help="Where to put the files.", show_default="here")
    ] = Path(),
    as_json: JsonOption = False,
) -> None:
    """Begin a definition of your own from a template: rules, texts, examples, and the schema editors complete with.

    No file is overwritten. The copy passes `siklus check` and `siklus test` as it is.
    """
    from api.shipped import Template, shipped_template
    from engine.core.parse.words import WORKFLOW_NAME

    if not WORKFLOW_NAME.fullmatch(name):
        raise typer.BadParameter(
            f"{name!r} is no name of a workflow; use small letters, digits and -, beginning with a letter",
            param_hint="NAME",
        )
    found: Template = shipped_template(template)
    files = {folder / f"{name}{end}": _renamed(text, template, name) for end, text in found.files.items()}
    there = [path for path in files if path.exists()]
    if there:
        listed = ", ".join(map(str, there))
        raise FileUnreadable(
            f"{listed} is there already and was left as it is; choose another name or folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    for schema, text in found.schemas.items():
        (folder / schema).write_text(text, encoding="utf-8")
    if as_json:
        put_json({"workflow": name, "template": template, "files": [str(path) for path in files]})
        return
    for path in files:
        say(str(path))
    rules = folder / f"{name}.yaml"
    remark(f"Next: edit {rules}, then siklus check {rules}, then siklus test {rules}")


def _renamed(text: str, template: str, name: str) -> str:
    """A template's text under another name, with the schema beside it."""
    text = re.sub(rf"^workflow: {template}$", f"workflow: {name}", text, flags=re.MULTILINE)
    text = text.replace("$schema=../schema/", "$schema=./")
    text = text.replace("siklus test NAME.yaml", f"siklus test {name}.yaml")
    return text.replace(f"{template}.texts.yaml", f"{name}.texts.yaml")
