"""Grids and tables: figures read off two axes, or off rows of conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from engine.core.case_names import figure_kind
from engine.core.comparisons import scaled_text
from engine.core.definition import Cell, Figure, Grid, Table, TableRow
from engine.core.parse.nodes import Node
from engine.core.parse.words import NAME, VALUE_NAME
from engine.core.paths import Way
from engine.core.places import nearest, quoted
from engine.core.settings import NUMBER

_BOUND = re.compile(r"(over|at least|under|at most)\s+(\S+)")
_BOUNDS: Mapping[str, Callable[[int], Cell]] = {
    "over": lambda number: Cell(over=number),
    "at least": lambda number: Cell(at_least=number),
    "under": lambda number: Cell(under=number),
    "at most": lambda number: Cell(at_most=number),
}
#: what stands in a row besides its inputs
_ROW_WORDS = ("gives", "otherwise")
_MOST_INPUTS = 4


class Finder(Protocol):
    """What reads figures and knows where paths lead."""

    figures: dict[str, Figure]

    def way(self, node: Node, path: str | None, *, offset: int = 0) -> Way | None:
        """Where a path leads; a complaint if it leads nowhere."""
        ...

    def numeric(self, way: Way) -> bool:
        """Whether one number is to be found there."""
        ...

    def decimals_of(self, way: Way) -> int:
        """How many decimals the number there has."""
        ...


def read_grid(name: str, node: Node, entries: Mapping[str, Node], finder: Finder) -> Grid | None:
    """A table over two choices, every cell filled."""
    axes = entries["grid"].fields("a grid", ("down", "across"), ("down", "across"))
    sides: dict[str, tuple[str, tuple[str, ...]]] = {}
    for side, one in axes.items():
        path = one.text("a side of a grid")
        way = finder.way(one, path)
        if path is None or way is None:
            continue
        values = _values_of(way, finder)
        if not values:
            hint = "a side of a grid is a field with `choice`, or a figure that gives words"
            one.error("bad_value", f"'{path}' is not a plain choice", hint)
            continue
        sides[side] = path, values
    rows = {key: one for key, one in entries.items() if key != "grid"}
    if len(sides) != len(("down", "across")):
        return None
    down, across = sides["down"], sides["across"]
    cells = _read_cells(name, node, rows, down[1], across[1])
    return Grid(name=name, down=down[0], across=across[0], cells=cells) if cells else None


def _values_of(way: Way, finder: Finder) -> tuple[str, ...]:
    """The words that may be found there; () if it is no choice among words."""
    if way.root == "figure":
        return figure_kind(finder.figures[way.name]).values
    if way.listed or way.field is None or way.field.kind != "choice":
        return ()
    return way.field.choices


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
            result = _read_result(cell, "a cell")
            if result is not None:
                cells[key, column] = result
    return cells


def _read_result(node: Node, what: str) -> str | None:
    result = node.text(what)
    if result is not None and not VALUE_NAME.fullmatch(result):
        node.error("bad_name", f"{quoted(result)} is not a value's name", "one word; how it reads is a text")
        return None
    return result


def read_table(name: str, node: Node, fields: Mapping[str, Node], finder: Finder) -> Table | None:
    """Rows over named inputs, and what is given when none fits."""
    inputs: dict[str, str] = {}
    ways: dict[str, Way] = {}
    for key, one in fields["table"].named("the inputs of a table", _ROW_WORDS).items():
        path = one.text("an input of a table")
        way = finder.way(one, path)
        if path is None or way is None:
            continue
        if not NAME.fullmatch(key) or not (_values_of(way, finder) or finder.numeric(way)):
            hint = "an input is one number, one choice, or a figure"
            one.error("bad_value", f"'{path}' is nothing a table can look up", hint)
            continue
        inputs[key], ways[key] = path, way
    if len(inputs) > _MOST_INPUTS:
        message = f"the table '{name}' has {len(inputs)} inputs, at most {_MOST_INPUTS}"
        fields["table"].error("bad_value", message, "work some of them out in a table of their own")
    if "rows" not in fields:
        hint = "add `rows:`, one `- {input: ..., gives: ...}` a line, and `- {otherwise: ...}`"
        node.error("missing_key", f"the table '{name}' has no rows", hint, on_key=True)
        return None
    declared = fields["table"].value
    whole = isinstance(declared, dict) and len(inputs) == len(declared) > 0
    return _read_rows(name, fields["rows"], inputs, ways, finder) if whole else None


def _read_rows(
    name: str, node: Node, inputs: Mapping[str, str], ways: Mapping[str, Way], finder: Finder
) -> Table | None:
    rows: list[TableRow] = []
    others: list[str] = []
    for one in node.items(f"the rows of '{name}'"):
        if isinstance(one.value, dict) and "otherwise" in one.value:
            entries = one.fields("the row of a table", ("otherwise",))
            result = _read_gives(entries["otherwise"])
            others += [] if result is None else [result]
            continue
        entries = one.fields("the row of a table", (*inputs, "gives"), ("gives",))
        if "gives" not in entries:
            continue
        asked = {key: entries[key] for key in inputs if key in entries}
        cells = {key: _read_cell(cell, ways[key], finder) for key, cell in asked.items()}
        gives = _read_gives(entries["gives"])
        if not asked and isinstance(one.value, dict):
            one.error("wrong_shape", "a row asks nothing", "name an input in it, or write `otherwise`")
        read = {key: cell for key, cell in cells.items() if cell is not None}
        if gives is not None and len(read) == len(cells):
            rows.append(TableRow(cells=read, gives=gives))
    if len(others) != 1:
        hint = "end it with `- {otherwise: ...}`"
        node.error("missing_key", f"the table '{name}' has {len(others)} `otherwise`, not one", hint)
        return None
    return Table(name=name, inputs=inputs, rows=tuple(rows), otherwise=others[0])


def _read_gives(node: Node) -> str | None:
    text = node.text("what a row gives")
    if text is not None and NUMBER.fullmatch(text) and "." not in text:
        return text
    return None if text is None else _read_result(node, "what a row gives")


def _read_cell(node: Node, way: Way, finder: Finder) -> Cell | None:
    """`istimewa`, `[kurang, baik]`, `0`, `over 0.70`, `at least 5`: what a row asks of one input."""
    known = _values_of(way, finder)
    if known:
        values = node.texts("what a row asks for")
        strange = [value for value in values if value not in known]
        for value in strange:
            hint = nearest(value, known) or f"its values: {', '.join(known)}"
            node.error("bad_value", f"'{way.path}' is never {quoted(value)}", hint)
        return None if strange or not values else Cell(values=values)
    text = node.text("what a row asks for")
    if text is None:
        return None
    match = _BOUND.fullmatch(text)
    number = match[2] if match is not None else text
    decimals = finder.decimals_of(way)
    scaled = scaled_text(number, decimals) if NUMBER.fullmatch(number) else None
    if scaled is None:
        hint = "write a number, or `over`, `at least`, `under`, `at most` and a number"
        if NUMBER.fullmatch(number):
            hint = (
                f"write it with at most {decimals} decimal{'' if decimals == 1 else 's'}, as '{way.path}' has"
            )
        node.error("bad_value", f"{quoted(text)} is nothing to ask of a number", hint)
        return None
    if match is None:
        return Cell(at_least=scaled, at_most=scaled)
    return _BOUNDS[match[1]](scaled)
