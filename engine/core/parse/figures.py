"""Figures: what is worked out from forms, and whether what it is worked out from exists."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Count, Field, Figure, Form, Grid, Total
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Placed
from engine.core.parse.words import LATER, VALUE_NAME
from engine.core.places import nearest, quoted

_KINDS = ("total", "count", "grid")


def read_figure(name: str, node: Node, forms: Mapping[str, Form]) -> Figure | None:
    """A total, a count or a grid."""
    entries = node.entries(f"the figure '{name}'")
    if "grid" in entries:
        return _read_grid(name, node, entries, forms)
    fields = node.fields(f"the figure '{name}'", _KINDS)
    kinds = [kind for kind in _KINDS if kind in fields]
    if len(kinds) != 1:
        if entries and not entries.keys() & LATER.keys():
            node.error(
                "wrong_shape",
                f"the figure '{name}' is of {len(kinds)} kinds, not one",
                f"write one of: {', '.join(_KINDS)}",
            )
        return None
    kind = kinds[0]
    path = fields[kind].text("what is counted")
    found = _find(fields[kind], path, forms)
    if path is None or found is None:
        return None
    field, listed = found
    if kind == "count":
        if field.kind not in {"list", "link"}:
            fields[kind].error(
                "bad_value", f"'{path}' is not a list", "count a field with `list_of` or `link`"
            )
            return None
        return Count(name=name, path=path)
    if field.kind != "number" or not listed:
        fields[kind].error("bad_value", f"'{path}' is not a number in a list", "write form.list.number")
        return None
    return Total(name=name, path=path)


def _find(node: Node, path: str | None, forms: Mapping[str, Form]) -> tuple[Field, bool] | None:
    """The field a dotted path leads to, and whether the way leads through a list; a complaint if there is none."""
    if path is None:
        return None
    reading = node.reading
    head, *steps = path.split(".")
    if head in reading.excused or "form" in reading.unreadable:
        return None
    if head not in forms:
        if head not in reading.names("form"):
            hint = nearest(head, forms) or "write form.field"
            node.error("unknown_name", f"there is no form {quoted(head)}", hint)
        return None
    reading.use(head, ("form",), node)
    fields, field, listed = forms[head].fields, None, False
    for step in steps:
        if field is not None:
            fields, listed = field.item, listed or field.kind == "list"
        field = next((one for one in fields if one.name == step), None)
        if field is None:
            if not _unread(reading.names("form").get(head), step):
                names = [one.name for one in fields]
                hint = nearest(step, names) or f"fields there: {', '.join(names) or 'none'}"
                node.error(
                    "unknown_name", f"{quoted(path)} leads nowhere: there is no field {quoted(step)}", hint
                )
            return None
    if field is None:
        node.error("bad_value", f"{quoted(path)} is a whole form", "write form.field")
        return None
    return field, listed


def _unread(form: Placed | None, step: str) -> bool:
    """Whether a field stands in the file but could not be read, so that its absence was already explained."""
    return form is not None and isinstance(form.value, dict) and step in form.value


def _read_grid(name: str, node: Node, entries: Mapping[str, Node], forms: Mapping[str, Form]) -> Grid | None:
    axes = entries["grid"].fields("a grid", ("down", "across"), ("down", "across"))
    sides: dict[str, tuple[str, Field]] = {}
    for side, one in axes.items():
        path = one.text("a side of a grid")
        found = _find(one, path, forms)
        if path is None or found is None:
            continue
        if found[0].kind != "choice" or found[1]:
            one.error(
                "bad_value", f"'{path}' is not a plain choice", "a side of a grid is a field with `choice`"
            )
            continue
        sides[side] = path, found[0]
    rows = {key: one for key, one in entries.items() if key != "grid"}
    if len(sides) != len(("down", "across")):
        return None
    down, across = sides["down"], sides["across"]
    cells = _read_cells(name, node, rows, down[1].choices, across[1].choices)
    return Grid(name=name, down=down[0], across=across[0], cells=cells) if cells else None


def _read_cells(
    name: str, node: Node, rows: Mapping[str, Node], down: tuple[str, ...], across: tuple[str, ...]
) -> dict[tuple[str, str], str]:
    cells: dict[tuple[str, str], str] = {}
    for value in down:
        if value not in rows:
            hint = f"add `{value}: {{...}}`"
            node.error("missing_key", f"the grid '{name}' has no row '{value}'", hint, on_key=True)
    for key, row in rows.items():
        if key not in down:
            hint = nearest(key, down) or f"rows: {', '.join(down)}"
            row.error("unknown_key", f"the grid '{name}' has no row {quoted(key)}", hint, on_key=True)
            continue
        for column, cell in row.fields(f"the row '{key}'", across, across).items():
            result = cell.text("a cell")
            if result is not None and not VALUE_NAME.fullmatch(result):
                cell.error(
                    "bad_name", f"{quoted(result)} is not a value's name", "one word; how it reads is a text"
                )
            elif result is not None:
                cells[key, column] = result
    return cells
