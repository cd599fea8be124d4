"""Figures worked out from what was filled in.

Exact: whole numbers and fractions, rounded once where a figure says so, never binary floats. A figure is told as it
is kept everywhere: whole numbers as ints, numbers with decimals as their decimal text. Missing input gives a missing
figure, never 0: a total over half a list is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from engine.core.case_names import figure_kind, item_names
from engine.core.command import Contents
from engine.core.condition_words import Kind
from engine.core.conditions import Guard, compile_condition
from engine.core.definition import (
    CANNOT_JUDGE,
    Cell,
    Count,
    Definition,
    Figure,
    Formula,
    Grid,
    Rounding,
    Share,
    Spread,
    Table,
    TableRow,
    Total,
)
from engine.core.formula import Look, brought_together, names_of_formula, parse_formula, worth
from engine.core.paths import MISSING, NUMERIC, Lost, Sources, Way, find, reach, sources_of
from engine.core.settings import sort_of

__all__ = ["Sheet", "figure_values", "rounded", "thin_figures", "told_number", "weighed_parts"]

_DECIMAL = re.compile(r"-?[0-9]{1,40}\.[0-9]{1,9}")


def figure_values(
    definition: Definition, contents: Contents, only: Iterable[str] | None = None
) -> dict[str, int | str]:
    """Every figure that can be worked out from what is there, or `only` some; those that cannot are absent."""
    sheet = Sheet(sources_of(definition), contents)
    found = {name: sheet.figure(name) for name in (definition.figures if only is None else only)}
    return {name: value for name, value in found.items() if value is not None}


def weighed_parts(
    definition: Definition, contents: Contents, figure: Spread
) -> tuple[tuple[int, int | str | None], ...]:
    """What a mean by days is made of: the days of each part, and its number or None; this case's own is the last."""
    found = Sheet(sources_of(definition), contents).parts(figure)
    return tuple((days, one if isinstance(one, int | str) else None) for days, one in found)


def thin_figures(definition: Definition, contents: Contents) -> frozenset[str]:
    """The figures that rest on answers without names of fewer people than those may be: of the others none could judge.

    What is worked out from one of them is among them: it tells what went into it.
    """
    sheet = Sheet(sources_of(definition), contents)
    found = {
        name
        for name, figure in definition.figures.items()
        if isinstance(figure, Spread) and not figure.by_days and sheet.is_thin(figure)
    }
    while more := {name for name, one in definition.figures.items() if found & {*paths_of(one)}} - found:
        found |= more
    return frozenset(found)


def paths_of(figure: Figure) -> tuple[str, ...]:
    """Every path a figure names."""
    match figure:
        case Grid():
            return figure.down, figure.across
        case Table(inputs=inputs):
            return tuple(inputs.values())
        case Formula(text=text):
            return tuple(named.path for named, _ in names_of_formula(parse_formula(text)))
        case Spread(by_days=True):
            return figure.path, figure.own
        case Total() | Count() | Share() | Spread():
            return (figure.path,)


def rounded(value: Fraction, decimals: int, how: Rounding) -> int:
    """The value as a whole number of its last decimal; "up" and "down" are away from and towards nought."""
    scaled = value * 10**decimals
    size: int = abs(scaled.numerator) // scaled.denominator
    rest = abs(scaled.numerator) % scaled.denominator
    half = 2 * rest - scaled.denominator
    match how:
        case "half_up":
            more = half >= 0
        case "half_even":
            more = half > 0 or (half == 0 and size % 2 == 1)
        case "up":
            more = rest > 0
        case "down":
            more = False
    size += 1 if more else 0
    return -size if scaled < 0 else size


def told_number(scaled: int, decimals: int) -> int | str:
    """A scaled number as it is told and kept: 8250 at two decimals is "82.50", without decimals an int."""
    if not decimals:
        return scaled
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{'-' if scaled < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def _amount(value: object) -> Fraction | None:
    """A told number exactly; None for everything else."""
    # A bool is an int to Python and nothing to a total.
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return Fraction(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else None


class Sheet:
    """The figures of one case at one moment; each worked out once."""

    def __init__(self, sources: Sources, contents: Contents) -> None:
        self.sources, self.contents = sources, contents
        self._known: dict[str, int | str | None] = {}

    def figure(self, name: str) -> int | str | None:
        """A figure by name; None if it is missing."""
        if name not in self._known:
            self._known[name] = None  # the reader refuses circles; this one would only be missing
            self._known[name] = self._worked_out(self.sources.figures[name])
        return self._known[name]

    def _worked_out(self, figure: Figure) -> int | str | None:
        match figure:
            case Total(path=path, decimals=decimals):
                return _told(brought_together("total", self.amounts(path)), decimals, "down", exact=True)
            case Spread(by_days=True):
                return _told(self.by_days(figure), figure.decimals, figure.round)
            case Spread(path=path, of=of):
                amounts = self.amounts(path, judged=True)
                return _told(brought_together(of, amounts), figure.decimals, figure.round)
            case Count(path=path, where=where):
                verdicts = self.verdicts(path, where.text if where is not None else "")
                return None if verdicts is None else sum(verdicts)
            case Share(path=path, where=where):
                verdicts = self.verdicts(path, where.text)
                part = Fraction(sum(verdicts), len(verdicts)) if verdicts else None
                return _told(part, figure.decimals, figure.round)
            case Grid():
                down, across = self.single(figure.down), self.single(figure.across)
                return figure.cells.get((str(down), str(across)))
            case Table():
                return self.table(figure)
            case Formula(text=text):
                value = worth(parse_formula(text), self.amount, self.items)
                return _told(value, figure.decimals, figure.round)

    def values(self, path: str) -> list[object] | None:
        """Every value at a path; of a whole form, every number in it."""
        way = find(self.sources, path)
        found = None if isinstance(way, Lost) else reach(way, self.contents)
        if found is None or isinstance(way, Lost) or not way.whole:
            return found
        numbers = [field.name for field in way.fields if field.kind in NUMERIC]
        return [one.get(name, MISSING) for one in found if isinstance(one, Mapping) for name in numbers]

    def amounts(self, path: str, *, judged: bool = False) -> list[Fraction | None]:
        """Every number at a path, None for what is missing; `judged` leaves out who could not judge."""
        found = self.values(path)
        if found is None:
            return [None]
        return [_amount(value) for value in found if not (judged and value == CANNOT_JUDGE)]

    def is_thin(self, figure: Spread) -> bool:
        """Whether a mean of answers without names comes from fewer of them than may be told."""
        way = find(self.sources, figure.path)
        if isinstance(way, Lost):
            return False
        rule = self.sources.gatherings.get(way.name) or self.sources.journals.get(way.name)
        few = rule.anonymous if rule is not None else 0
        judged = [one for one in self.amounts(figure.path, judged=True) if one is not None] if few else []
        return 0 < len(judged) < few

    def by_days(self, figure: Spread) -> Fraction | None:
        """The mean over the parts of the period that have a number, each weighed by its days; None without its own."""
        mine = self.amount(figure.own)
        weighed = [(days, one) for days, value in self.parts(figure) if (one := _amount(value)) is not None]
        whole = sum(days for days, _ in weighed)
        if mine is None or not whole:
            return mine
        return sum((one * days for days, one in weighed), Fraction()) / whole

    def parts(self, figure: Spread) -> list[tuple[int, object]]:
        """The days and the number of each part of the period, this case's own last; nothing if it is the only one."""
        way = find(self.sources, figure.path)
        if isinstance(way, Lost):
            return []
        days = self.contents.days.get(way.name, ())
        # Where no earlier part publishes the number, none of them has it.
        others = reach(way, self.contents) or [MISSING] * (len(days) - 1)
        return list(zip(days, [*others, self.single(figure.own)], strict=True)) if len(days) > 1 else []

    def single(self, path: str) -> object:
        """The one value at a path; None if there is none, or more than one."""
        if path in self.sources.figures:
            return self.figure(path)
        if path in self.sources.settings:
            value = self.sources.settings[path].value
            return value if "." in value or sort_of(value) != "a number" else int(value)
        found = self.values(path) or ()
        return found[0] if len(found) == 1 and found[0] is not MISSING else None

    def amount(self, path: str) -> Fraction | None:
        """The one number at a path."""
        return _amount(self.single(path))

    def verdicts(self, path: str, where: str) -> list[bool] | None:
        """For each item of a list whether `where` is true for it; None if the list, or an answer, is missing."""
        way = find(self.sources, path)
        found = None if isinstance(way, Lost) else reach(way, self.contents)
        if found is None or isinstance(way, Lost):
            return None
        if way.root == "form" and not all(isinstance(one, list) for one in found):
            return None
        items = found if way.whole else _flat(found)
        if any(item is MISSING for item in items):
            return None
        if not where:
            return [True] * len(items)
        guard = _where(where, way)
        answers = [
            guard.verdict(item if isinstance(item, Mapping) else {way.steps[-1]: item}) for item in items
        ]
        return [one.passed for one in answers] if all(one.answered for one in answers) else None

    def items(self, paths: tuple[str, ...]) -> Sequence[Look] | None:
        """The items of the list that paths inside a `total(...)` share; names beside them are the same for each."""
        ways = {path: find(self.sources, path) for path in paths}
        through = {path: way for path, way in ways.items() if isinstance(way, Way) and way.listed}
        if not through:
            return None
        path, way = next(iter(through.items()))
        head = find(self.sources, path.rpartition(".")[0]) if "." in path else way
        found = None if isinstance(head, Lost) else reach(head, self.contents)
        if found is None:
            return None
        return [self._looking(item, through) for item in _flat(found)]

    def _looking(self, item: object, through: Mapping[str, Way]) -> Look:
        def look(path: str) -> Fraction | None:
            if path not in through:
                return self.amount(path)
            name = path.rpartition(".")[2]
            return _amount(item.get(name)) if isinstance(item, Mapping) else None

        return look

    def table(self, table: Table) -> int | str | None:
        """What the one row that fits gives, or `otherwise`; None if an input is missing or two rows fit."""
        values = {name: self.single(path) for name, path in table.inputs.items()}
        if any(value is None for value in values.values()):
            return None
        decimals = {name: self._decimals(path) for name, path in table.inputs.items()}
        fitting = [row.gives for row in table.rows if _fits(row, values, decimals)]
        if len(fitting) > 1:
            return None
        gives = fitting[0] if fitting else table.otherwise
        return int(gives) if figure_kind(table).type == "int" else gives

    def _decimals(self, path: str) -> int:
        way = find(self.sources, path)
        if isinstance(way, Lost):
            return 0
        if way.root == "figure":
            return figure_kind(self.sources.figures[way.name]).decimals
        return way.field.decimals if way.field is not None else 0


def _fits(row: TableRow, values: Mapping[str, object], decimals: Mapping[str, int]) -> bool:
    return all(_in_cell(cell, values[name], decimals[name]) for name, cell in row.cells.items())


def _in_cell(cell: Cell, value: object, decimals: int) -> bool:
    if cell.values:
        return value in cell.values
    amount = _amount(value)
    if amount is None:
        return False
    scaled = amount * 10**decimals
    return (
        (cell.over is None or scaled > cell.over)
        and (cell.at_least is None or scaled >= cell.at_least)
        and (cell.under is None or scaled < cell.under)
        and (cell.at_most is None or scaled <= cell.at_most)
    )


def _told(value: Fraction | None, decimals: int, how: Rounding, *, exact: bool = False) -> int | str | None:
    """A number as a figure tells it; with `exact`, None if rounding would change it."""
    if value is None:
        return None
    scaled = rounded(value, decimals, how)
    return None if exact and scaled != value * 10**decimals else told_number(scaled, decimals)


def _flat(found: Sequence[object]) -> list[object]:
    """The items of the lists found, in order; what is no list stands for itself."""
    return [item for one in found for item in (one if isinstance(one, list | tuple) else (one,))]


def _where(text: str, way: Way) -> Guard:
    names = item_names(way)
    read = None if way.root == "read" else tuple(sorted(names.items(), key=lambda pair: pair[0]))
    return _compiled(text, read)


@lru_cache(maxsize=512)
def _compiled(text: str, names: tuple[tuple[str, Kind], ...] | None) -> Guard:
    """The `where` of a figure, compiled once for all cases."""
    return compile_condition(
        text, item_names(Way(path="", root="read", name="")) if names is None else dict(names)
    )
