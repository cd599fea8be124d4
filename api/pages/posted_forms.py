"""What a web form sent, as the values of a form: nothing typed is ever lost on the way, right or wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from engine.core.definition import Definition, Field, Form

_LINES = re.compile(r"\r\n|\r|\n")


#: by path: the name and the hash of each file that was sent
Named = Mapping[str, Sequence[tuple[str, str]]]
_NONE_SENT: Named = MappingProxyType({})


def read_form(
    definition: Definition, form: Form, posted: Mapping[str, str], named: Named = _NONE_SENT
) -> dict[str, Any]:
    """What was typed, as the values of a form; empty fields are left out, wrong ones kept as typed."""
    return _read(definition, form.fields, form.name, posted, named)


def _read(
    definition: Definition, fields: tuple[Field, ...], prefix: str, posted: Mapping[str, str], named: Named
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        path = f"{prefix}.{field.name}"
        if field.kind == "list":
            inner = field.item or definition.forms[field.item_form].fields
            found[field.name] = [
                _read(definition, inner, f"{path}[{number}]", posted, named)
                for number in _numbers(posted, path)
            ]
        elif field.kind == "link":
            lines = _LINES.split(posted.get(path, ""))
            found[field.name] = [line.strip() for line in lines if line.strip()]
        elif field.kind == "file":
            kept = [
                (posted[name], name[len(path) + 1 : -1]) for name in posted if name.startswith(f"{path}[")
            ]
            files = [*kept, *named.get(path, ())]
            found[field.name] = [{"name": name, "sha256": digest} for name, digest in files]
        elif field.kind == "checklist":
            ticked = {line: posted.get(f"{path}.{line}", "") for line in field.lines}
            found[field.name] = {line: answer for line, answer in ticked.items() if answer}
        elif field.kind == "person" and field.most:
            found[field.name] = [name[len(path) + 1 : -1] for name in posted if name.startswith(f"{path}[")]
        elif posted.get(path, "").strip():
            found[field.name] = _typed(field, _LINES.sub("\n", posted[path]))
    return found


def _typed(field: Field, text: str) -> str:
    """A number may be typed with a decimal comma, as Indonesian does."""
    return text.strip().replace(",", ".", 1) if field.kind == "number" and field.decimals else text


def _numbers(posted: Mapping[str, str], path: str) -> list[int]:
    """The numbers of a list's rows that were sent, in order; each row sends a field of its own name."""
    row = re.compile(re.escape(path) + r"\[(\d{1,4})\]")
    return sorted({int(found[1]) for name in posted if (found := row.match(name))})


def add_row(values: dict[str, Any], path: str) -> None:
    """One more, empty row in the list this path (without the form's name) leads to."""
    rows = _at(values, path)
    if isinstance(rows, list):
        rows.append({})


def drop_row(values: dict[str, Any], path: str) -> None:
    """Without the row this path leads to, like `results[1]`."""
    outer, _, number = path.rpartition("[")
    rows = _at(values, outer)
    if isinstance(rows, list) and number.rstrip("]").isdigit() and int(number.rstrip("]")) < len(rows):
        del rows[int(number.rstrip("]"))]


def _at(values: Any, path: str) -> Any:
    for name, number in re.findall(r"([A-Za-z_][A-Za-z0-9_]*)|\[(\d{1,4})\]", path):
        if name:
            values = values.get(name) if isinstance(values, dict) else None
        elif isinstance(values, list) and int(number) < len(values):
            values = values[int(number)]
        else:
            return None
    return values
