"""The reference of the command line, made from the commands themselves: `python -m api.cli_reference`.

A test compares it with docs/reference/command-line.md, so the page cannot grow old.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from api.cli import build
from api.cli_speech import EXIT_CODES

_INTRODUCTION = """\
# The command line

This page is made from the commands themselves: `python -m api.cli_reference > docs/reference/command-line.md`.

Results go to standard output, everything else (progress, remarks, complaints) to standard error.
With `--json` the result is one JSON document, and so is an error: `{"error": {"code": ..., "message": ...}}`, with
`allowed` where a case refuses, and `problems` where a file or a form has some.

The database is named by `--database` (before the command or after it) or by `SIKLUS_DATABASE`: a file's path or a
`postgresql://` address. Unsaid, it is `siklus.db` in the current directory; a demo has a place of its own.

`SIKLUS_LANGUAGE` (`id` or `en`) is the language of answers and errors where `--lang` does not say another.

People are named by their number in the people file, the `person_id`. A case is named by its id.
"""


def reference() -> str:
    """The page, in Markdown."""
    parts = [_INTRODUCTION, "## Exit codes\n", "| code | means |\n|---|---|"]
    parts += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    parts.append("\n## Commands")
    for name, command in _commands(get_command(build()), "siklus"):
        parts.append(_section(name, command))
    return "\n".join(parts) + "\n"


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, in the order of the help, with the words that call it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, one in inner.items():
        yield from _commands(one, f"{name} {word}")


def _section(name: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = " ".join([name, *(one.name.upper() for one in arguments), "[OPTIONS]"])
    rows = [f"| `{one.name.upper()}` | {one.help} |" for one in arguments]
    rows += [f"| `{_spelled(one)}` | {_explained(one)} |" for one in options]
    listed = "\n".join(["| | |", "|---|---|", *rows])
    return f"\n### `{name}`\n\n{command.help}\n\n```\n{usage}\n```\n\n{listed}"


def _spelled(option: Any) -> str:
    metavar = option.metavar or ("" if option.is_flag else option.name.upper())
    return f"{option.opts[0]} {metavar}".strip().replace("|", "\\|")


def _explained(option: Any) -> str:
    text: str = option.help
    if option.required:
        return f"{text} Needed."
    shown = option.show_default if isinstance(option.show_default, str) else option.default
    plain = shown in (None, "", False) or option.is_flag
    return text if plain else f"{text} Unsaid: {shown}."


if __name__ == "__main__":
    print(reference(), end="")
