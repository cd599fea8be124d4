"""Forms of a definition as web forms that work without JavaScript.

Every field has a path, the one the engine uses for its problems (`plan.results[0].weight`). A list has a button
that sends the page back with one more row and all that was typed; nothing is ever lost on the way, right or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.definition import Definition, Field, Form, Label, Language
from engine.core.labels import value_label

#: up to so many choices stand open as radio buttons
_MOST_RADIOS = 5
#: from this length on a text gets several lines
_ONE_LINE = 300
_LINES = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value to choose, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item of a list: its fields, and the path that removes it ("" when it must stay)."""

    number: int
    path: str
    boxes: tuple[Box, ...]
    drop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One field as it is shown. `look` says how: line, lines, number, date, radios, select, links or rows."""

    path: str
    look: str
    label: str
    hint: str
    required: bool
    value: str = ""
    problem: str = ""
    limit: int = 0
    least: int = 0
    most: int = 0
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    #: the path that adds a row; "" when the list is full
    add: str = ""
    item: str = ""

    @property
    def id(self) -> str:
        """The element's id."""
        return html_id(self.path)


def html_id(path: str) -> str:
    """The id of the element that holds a path."""
    return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")


def anchor(path: str) -> str:
    """The id of the element to go to for a problem at this path; an item that is no field leads to its list."""
    return html_id(re.sub(r"\[\d+\]$", "", path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What surrounds the making of boxes: the definition, the language, the words of the shell, the problems."""

    definition: Definition
    language: Language
    word: Callable[..., str]
    problems: Mapping[str, Label]


def boxes(asked: Asked, form: Form, values: Mapping[str, Any]) -> tuple[Box, ...]:
    """The fields of a form with what has been typed so far."""
    return tuple(_box(asked, form.name, field, values.get(field.name), form.name) for field in form.fields)


def labels_of(shown: tuple[Box, ...], item: str = "") -> dict[str, str]:
    """What each field is called, by the id of its element; fields of an item say which item."""
    found: dict[str, str] = {}
    for box in shown:
        found[box.id] = f"{item}{box.label}"
        for row in box.rows:
            found |= labels_of(row.boxes, f"{item}{box.item} {row.number}, ")
    return found


def problems_in(problems: Mapping[str, Label], form: str) -> Mapping[str, Label]:
    """Problems whose path lies in this form."""
    return {path: label for path, label in problems.items() if path == form or path.startswith(f"{form}.")}


def _box(asked: Asked, form: str, field: Field, value: Any, prefix: str) -> Box:
    path = f"{prefix}.{field.name}"
    problem = asked.problems.get(path)
    told: dict[str, Any] = {
        "path": path,
        "label": asked.definition.texts.label("fields", f"{form}.{field.name}")[asked.language],
        "required": not field.optional and (field.kind not in {"list", "link"} or field.least > 0),
        "problem": problem[asked.language] if problem else "",
        "hint": _hint(asked, field),
        "least": field.least,
        "most": field.most,
        "limit": field.limit,
    }
    match field.kind:
        case "list":
            return _list(asked, field, value, told)
        case "link":
            links = value if isinstance(value, list) else []
            wrong = [asked.problems[at][asked.language] for at in asked.problems if at.startswith(f"{path}[")]
            told["problem"] = told["problem"] or (wrong[0] if wrong else "")
            return Box(**told, look="links", value="\n".join(map(str, links)))
        case "choice":
            chosen = str(value) if value is not None else ""
            owner = f"{form}.{field.name}"
            choices = tuple(
                Choice(
                    value=name,
                    label=value_label(asked.definition, owner, name)[asked.language],
                    chosen=name == chosen,
                )
                for name in field.choices
            )
            return Box(**told, look="radios" if len(choices) <= _MOST_RADIOS else "select", choices=choices)
        case "text":
            look = "line" if field.limit <= _ONE_LINE else "lines"
        case "number" | "date":
            look = field.kind
    return Box(**told, look=look, value=str(value) if value is not None else "")


def _list(asked: Asked, field: Field, value: Any, told: Mapping[str, Any]) -> Box:
    path = told["path"]
    items = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
    items = items or [{}] * max(1, field.least)
    rows = []
    for number, item in enumerate(items):
        at = f"{path}[{number}]"
        inner = tuple(
            _box(asked, field.item_form, one, item.get(one.name), at) for one in _fields(asked, field)
        )
        drop = at if len(items) > field.least else ""
        rows.append(Row(number=number + 1, path=at, boxes=inner, drop=drop))
    return Box(
        **told,
        look="rows",
        rows=tuple(rows),
        add=path if len(rows) < field.most else "",
        item=asked.definition.texts.label("forms", field.item_form)[asked.language],
    )


def _fields(asked: Asked, field: Field) -> tuple[Field, ...]:
    return field.item or asked.definition.forms[field.item_form].fields


def _hint(asked: Asked, field: Field) -> str:
    """What may be typed, said before it is typed."""
    match field.kind:
        case "text":
            return asked.word("form.at_most_letters", most=field.limit)
        case "number":
            return asked.word("form.from_to", least=field.least, most=field.most)
        case "list":
            return asked.word("form.items", least=field.least, most=field.most)
        case "link":
            return asked.word("form.links", most=field.most)
        case "date" | "choice":
            return ""


def read_form(definition: Definition, form: Form, posted: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the values of a form; empty fields are left out, wrong ones kept as typed."""
    return _read(definition, form.fields, form.name, posted)


def _read(
    definition: Definition, fields: tuple[Field, ...], prefix: str, posted: Mapping[str, str]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        path = f"{prefix}.{field.name}"
        if field.kind == "list":
            inner = field.item or definition.forms[field.item_form].fields
            found[field.name] = [
                _read(definition, inner, f"{path}[{number}]", posted) for number in _numbers(posted, path)
            ]
        elif field.kind == "link":
            lines = _LINES.split(posted.get(path, ""))
            found[field.name] = [line.strip() for line in lines if line.strip()]
        elif posted.get(path, "").strip():
            found[field.name] = _LINES.sub("\n", posted[path])
    return found


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


def told_values(definition: Definition, form: Form, values: Mapping[str, Any], language: Language) -> Told:
    """A form's contents to be read: labels and texts, lists as numbered items."""
    lines: list[Line] = []
    for field in form.fields:
        value = values.get(field.name)
        label = definition.texts.label("fields", f"{form.name}.{field.name}")[language]
        if value is None or value == []:
            continue
        if field.kind == "list":
            inner = definition.forms[field.item_form]
            items = tuple(
                told_values(definition, inner, item, language) for item in value if isinstance(item, dict)
            )
            lines.append(Line(label=label, items=items))
        elif field.kind == "link":
            lines.append(Line(label=label, links=tuple(map(str, value))))
        elif field.kind == "choice" and value in field.choices:
            chosen = value_label(definition, f"{form.name}.{field.name}", str(value))
            lines.append(Line(label=label, text=chosen[language]))
        else:
            lines.append(Line(label=label, text=str(value)))
    return Told(
        name=form.name, title=definition.texts.label("forms", form.name)[language], lines=tuple(lines)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field to be read: a text, links, or items."""

    label: str
    text: str = ""
    links: tuple[str, ...] = ()
    items: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A form to be read."""

    name: str
    title: str
    lines: tuple[Line, ...]


def typed_texts(told: Told) -> Iterator[Line]:
    """Every text in it that somebody typed, for a page that can only keep it."""
    for line in told.lines:
        if line.items:
            for item in line.items:
                yield from typed_texts(item)
        else:
            yield line
