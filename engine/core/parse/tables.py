"""Grids and tables: figures read off two axes, or off rows of conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from engine.core.case_names import figure_kind
from engine.core.comparisons import scaled_text
from engine.core.complaints import Sayable, say
from engine.core.complaints.kinds import decimals_words
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
    axes = entries["grid"].fields(say("a_grid"), ("down", "across"), ("down", "across"))
    sides: dict[str, tuple[str, tuple[str, ...]]] = {}
    for side, one in axes.items():
        path = one.text(say("grid_side"))
        way = finder.way(one, path)
        if path is None or way is None:
            continue
        values = _values_of(way, finder)
        if not values:
            hint = say("grid_side_is")
            one.error("bad_value", say("not_a_plain_choice", path=path), hint)
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
            hint = say("add_grid_row", value=value)
            node.error("missing_key", say("grid_without_row", name=name, value=value), hint, on_key=True)
    for key, row in rows.items():
        if key not in down:
            hint = nearest(key, down) or say("rows_are", names=", ".join(down))
            row.error("unknown_key", say("grid_has_no_row", name=name, key=quoted(key)), hint, on_key=True)
            continue
        for column, cell in row.fields(say("the_row", key=key), across, across).items():
            result = _read_result(cell, say("a_cell"))
            if result is not None:
                cells[key, column] = result
    return cells


def _read_result(node: Node, what: Sayable) -> str | None:
    result = node.text(what)
    if result is not None and not VALUE_NAME.fullmatch(result):
        node.error("bad_name", say("not_a_value_name", text=quoted(result)), say("one_word_is_a_text"))
        return None
    return result


def read_table(name: str, node: Node, fields: Mapping[str, Node], finder: Finder) -> Table | None:
    """Rows over named inputs, and what is given when none fits."""
    inputs: dict[str, str] = {}
    ways: dict[str, Way] = {}
    for key, one in fields["table"].named(say("the_inputs_of_a_table"), _ROW_WORDS).items():
        path = one.text(say("table_input"))
        way = finder.way(one, path)
        if path is None or way is None:
            continue
        if not NAME.fullmatch(key) or not (_values_of(way, finder) or finder.numeric(way)):
            hint = say("table_input_is")
            one.error("bad_value", say("not_looked_up", path=path), hint)
            continue
        inputs[key], ways[key] = path, way
    if len(inputs) > _MOST_INPUTS:
        message = say("table_inputs", name=name, count=len(inputs), most=_MOST_INPUTS)
        fields["table"].error("bad_value", message, say("own_table"))
    if "rows" not in fields:
        hint = say("add_rows")
        node.error("missing_key", say("table_without_rows", name=name), hint, on_key=True)
        return None
    declared = fields["table"].value
    whole = isinstance(declared, dict) and len(inputs) == len(declared) > 0
    return _read_rows(name, fields["rows"], inputs, ways, finder) if whole else None


def _read_rows(
    name: str, node: Node, inputs: Mapping[str, str], ways: Mapping[str, Way], finder: Finder
) -> Table | None:
    rows: list[TableRow] = []
    others: list[str] = []
    for one in node.items(say("the_rows_of", name=name)):
        if isinstance(one.value, dict) and "otherwise" in one.value:
            entries = one.fields(say("table_row"), ("otherwise",))
            result = _read_gives(entries["otherwise"])
            others += [] if result is None else [result]
            continue
        entries = one.fields(say("table_row"), (*inputs, "gives"), ("gives",))
        if "gives" not in entries:
            continue
        asked = {key: entries[key] for key in inputs if key in entries}
        cells = {key: _read_cell(cell, ways[key], finder) for key, cell in asked.items()}
        gives = _read_gives(entries["gives"])
        if not asked and isinstance(one.value, dict):
            one.error("wrong_shape", say("row_asks_nothing"), say("name_an_input"))
        read = {key: cell for key, cell in cells.items() if cell is not None}
        if gives is not None and len(read) == len(cells):
            rows.append(TableRow(cells=read, gives=gives))
    if len(others) != 1:
        hint = say("end_table_with_otherwise")
        node.error("missing_key", say("table_otherwise", name=name, count=len(others)), hint)
        return None
    return Table(name=name, inputs=inputs, rows=tuple(rows), otherwise=others[0])


def _read_gives(node: Node) -> str | None:
    text = node.text(say("what_a_row_gives"))
    if text is not None and NUMBER.fullmatch(text) and "." not in text:
        return text
    return None if text is None else _read_result(node, say("what_a_row_gives"))


def _read_cell(node: Node, way: Way, finder: Finder) -> Cell | None:
    """`istimewa`, `[kurang, baik]`, `0`, `over 0.70`, `at least 5`: what a row asks of one input."""
    known = _values_of(way, finder)
    if known:
        values = node.texts(say("what_a_row_asks_for"))
        strange = [value for value in values if value not in known]
        for value in strange:
            hint = nearest(value, known) or say("its_values", names=", ".join(known))
            node.error("bad_value", say("never_value", path=way.path, value=quoted(value)), hint)
        return None if strange or not values else Cell(values=values)
    text = node.text(say("what_a_row_asks_for"))
    if text is None:
        return None
    match = _BOUND.fullmatch(text)
    number = match[2] if match is not None else text
    decimals = finder.decimals_of(way)
    scaled = scaled_text(number, decimals) if NUMBER.fullmatch(number) else None
    if scaled is None:
        hint = say("write_a_comparison")
        if NUMBER.fullmatch(number):
            hint = say("write_decimals_of", decimals=decimals_words(decimals), path=way.path)
        node.error("bad_value", say("not_asked_of_number", text=quoted(text)), hint)
        return None
    if match is None:
        return Cell(at_least=scaled, at_most=scaled)
    return _BOUNDS[match[1]](scaled)
