"""Forms of a definition as web forms that work without JavaScript.

Every field has a path, the one the engine uses for its problems (`plan.results[0].weight`). A list has a button
that sends the page back with one more row and all that was typed; nothing is ever lost on the way, right or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.attachments import KINDS
from engine.core.condition_prose import say_condition
from engine.core.definition import CANNOT_JUDGE, Definition, Field, Form, Label, Language
from engine.core.labels import number_words, step_words, value_label

#: up to so many choices stand open as radio buttons
_MOST_RADIOS = 5
#: from this length on a text gets several lines
_ONE_LINE = 300
#: kinds whose value is chosen among several that are known
_ASKING = frozenset({"choice", "scale", "pick", "person"})


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
    """One field as it is shown.

    `look` says how: line, lines, number, decimal, date, radios, select, ticks, links, files, lists (several choices,
    each with rows of its own) or rows.
    """

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
    #: the lines of a checklist
    inner: tuple[Box, ...] = ()
    #: files that were sent and that no page can put back
    lost: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The element's id."""
        return html_id(self.path)


def html_id(path: str) -> str:
    """The id of the element that holds a path."""
    return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What surrounds the making of boxes: the definition, the language, the words of the shell, the problems."""

    definition: Definition
    language: Language
    word: Callable[..., str]
    problems: Mapping[str, Label]
    #: the people a field may name, by whence: key and name
    people: Callable[[str], tuple[tuple[str, str], ...]] = lambda _: ()
    #: what each item of a list is called, by the list's path
    picks: Callable[[str], tuple[str, ...]] = lambda _: ()
    #: the files a form holds since it was last filled, by its name: their hashes, and how each is told
    attached: Callable[[str], Mapping[str, str]] = lambda _: {}


def boxes(asked: Asked, form: Form, values: Mapping[str, Any]) -> tuple[Box, ...]:
    """The fields of a form with what has been typed so far."""
    return tuple(_box(asked, form.name, field, values.get(field.name), form.name) for field in form.fields)


def _box(asked: Asked, form: str, field: Field, value: Any, prefix: str) -> Box:
    path = f"{prefix}.{field.name}"
    problem = asked.problems.get(path)
    told: dict[str, Any] = {
        "path": path,
        "label": asked.definition.texts.label("fields", f"{form}.{field.name}")[asked.language],
        "required": _is_required(asked, field),
        "problem": problem[asked.language] if problem else "",
        "hint": _hint(asked, field),
        "least": field.least,
        "most": field.most,
        "limit": field.limit,
    }
    if field.kind == "list":
        return _list(asked, f"{form}.{field.name}", field, value, told)
    if field.kind == "checklist":
        return _checklist(asked, f"{form}.{field.name}", field, value, told)
    if field.kind in _ASKING:
        return _asking(field, _choices(asked, f"{form}.{field.name}", field, value), told)
    if field.kind == "link":
        links = value if isinstance(value, list) else []
        told["problem"] = told["problem"] or _first_inside(asked, path)
        return Box(**told, look="links", value="\n".join(map(str, links)))
    if field.kind == "file":
        return _files(asked, value, told)
    typed = str(value) if value is not None else ""
    if field.kind == "text":
        return Box(**told, look="line" if field.limit <= _ONE_LINE else "lines", value=typed)
    if field.kind == "number" and field.decimals:
        return Box(**told, look="decimal", value=number_words(typed, asked.language))
    return Box(**told, look=field.kind, value=typed)


def _files(asked: Asked, value: Any, told: dict[str, Any]) -> Box:
    """Those attached before, to keep or to leave out; what was chosen since no page can put back, so it is named."""
    attached = asked.attached(told["path"].partition(".")[0])
    named = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    kept = [str(one["sha256"]) for one in named if one.get("sha256") in attached]
    lost = tuple(str(one.get("name", "")) for one in named if one.get("sha256") not in attached)
    if lost:
        again = asked.word("form.files_again", names=", ".join(lost))
        told["problem"] = " ".join(
            filter(None, (told["problem"] or _first_inside(asked, told["path"]), again))
        )
    choices = tuple(Choice(value=one, label=attached[one], chosen=True) for one in kept)
    accept = ",".join(f".{ending}" for ending in KINDS)
    return Box(**told, look="files", choices=choices, value=accept, lost=lost)


def _first_inside(asked: Asked, path: str) -> str:
    """What is wrong with the first item that has something wrong with it."""
    return next(
        (asked.problems[at][asked.language] for at in asked.problems if at.startswith(f"{path}[")), ""
    )


def _asking(field: Field, choices: tuple[Choice, ...], told: dict[str, Any]) -> Box:
    if field.kind == "person" and field.most:
        return Box(**told, look="ticks", choices=choices)
    few = field.kind in {"choice", "scale"} and len(choices) <= _MOST_RADIOS + (field.kind == "scale")
    return Box(**told, look="radios" if few else "select", choices=choices)


def _choices(asked: Asked, owner: str, field: Field, value: Any) -> tuple[Choice, ...]:
    """What may be chosen: values, steps of a scale, items of a list, people."""
    match field.kind:
        case "choice":
            named = [
                (one, value_label(asked.definition, owner, one)[asked.language]) for one in field.choices
            ]
        case "scale":
            steps = [str(step) for step in range(field.least, field.most + 1)]
            named = [(one, step_words(asked.definition, owner, field, one, asked.language)) for one in steps]
            named.append((CANNOT_JUDGE, asked.word("form.cannot_judge")))
        case "pick":
            titles = enumerate(asked.picks(field.source), start=1)
            named = [(str(number), f"{number}. {title}") for number, title in titles]
        case _:
            named = list(asked.people(field.source))
    picked = value.get("number") if isinstance(value, Mapping) else value
    chosen = {str(one) for one in (picked if isinstance(picked, list) else [picked])}
    return tuple(Choice(value=one, label=label, chosen=one in chosen) for one, label in named)


def _checklist(asked: Asked, owner: str, field: Field, value: Any, told: Mapping[str, Any]) -> Box:
    """A row of radio buttons for each line."""
    ticked = value if isinstance(value, Mapping) else {}
    lines = []
    for line in field.lines:
        path = f"{told['path']}.{line}"
        problem = asked.problems.get(path)
        choices = tuple(
            Choice(
                value=answer,
                label=value_label(asked.definition, owner, answer)[asked.language],
                chosen=ticked.get(line) == answer,
            )
            for answer in field.choices
        )
        lines.append(
            Box(
                path=path,
                look="radios" if len(choices) <= _MOST_RADIOS else "select",
                label=value_label(asked.definition, owner, line)[asked.language],
                hint="",
                required=told["required"],
                problem=problem[asked.language] if problem else "",
                choices=choices,
            )
        )
    return Box(**told, look="lists", inner=tuple(lines))


def _is_required(asked: Asked, field: Field) -> bool:
    """Whether it must be filled whatever stands in the rest of the form."""
    if field.optional or field.needed is not None:
        return False
    if field.kind == "pick":
        return bool(asked.picks(field.source))
    several = field.kind in {"list", "link", "file"} or (field.kind == "person" and field.most > 0)
    return field.least > 0 if several else True


def _list(asked: Asked, owner: str, field: Field, value: Any, told: Mapping[str, Any]) -> Box:
    path = told["path"]
    items = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
    items = items or [{}] * field.least
    rows = []
    for number, item in enumerate(items):
        at = f"{path}[{number}]"
        inner = tuple(
            _box(asked, field.item_form or owner, one, item.get(one.name), at) for one in field.item
        )
        drop = at if len(items) > field.least else ""
        rows.append(Row(number=number + 1, path=at, boxes=inner, drop=drop))
    return Box(
        **told,
        look="rows",
        rows=tuple(rows),
        add=path if len(rows) < field.most else "",
        item=asked.definition.texts.label("forms", field.item_form)[asked.language]
        if field.item_form
        else told["label"],
    )


def _hint(asked: Asked, field: Field) -> str:
    """What may be typed, said before it is typed."""
    said = _kind_hint(asked, field)
    if field.needed is None:
        return said
    condition = say_condition(asked.definition, field.needed.text, asked.language)
    return ". ".join(one for one in (said, asked.word("form.needed_if", condition=condition)) if one)


def _kind_hint(asked: Asked, field: Field) -> str:
    bounds = {"least": field.least, "most": field.most}
    if field.kind == "number":
        if not field.decimals:
            return asked.word("form.from_to", **bounds)
        return asked.word("form.decimal", **bounds, decimals=field.decimals)
    if field.kind == "text":
        return asked.word("form.at_most_letters", most=field.limit)
    if field.kind == "person":
        return asked.word("form.people", **bounds) if field.most else ""
    if field.kind == "date":
        said = {"past": "form.past", "future": "form.future"}.get(field.days)
        return asked.word(said) if said else ""
    if field.kind == "pick":
        return "" if asked.picks(field.source) else asked.word("form.nothing_to_pick")
    said = {"list": "form.items", "link": "form.links", "file": "form.files"}.get(field.kind)
    return asked.word(said, **bounds) if said else ""
