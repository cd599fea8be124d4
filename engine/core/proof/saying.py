"""A condition taken apart into what it says of each name, and what figures looked up in a table say of their inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.core.case_names import names_of
from engine.core.comparisons import scaled
from engine.core.condition_words import Kind, Word, words_of
from engine.core.definition import Cell, Count, Definition, Field, Grid, Share, Spread, Table, Total
from engine.core.proof.boxes import All, Any, Atom, Box, Not, Range, Says, Texts, TooMany, Values, boxes_of

__all__ = ["Sense"]

_DEEPEST = 40


class Sense:
    """What the conditions of one definition mean: which values they are true for."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.names: Mapping[str, Kind] = names_of(definition)

    def says(self, text: str) -> Says:
        """What a condition says. Raises: TooMany, if it compares what cannot be told."""
        return _Parser(scaled(text, self.names).text).whole()

    def boxes(self, says: Says) -> list[Box]:
        """The values it is true for. Raises: TooMany."""
        return boxes_of(says, self.domain, self.unfold)

    def domain(self, name: str) -> Values | None:
        """What a name may be at all."""
        kind = self.names.get(name)
        if kind is not None and kind.values:
            return Texts(frozenset(kind.values))
        figure: object = self.definition.figures.get(name)
        match figure:
            case Count(path=path, where=where):
                return self._counted(path, at_least=where is None)
            case Total(path=path):
                return self._total(path)
            case Share(decimals=decimals):
                return Range(0, 10**decimals)
            case Spread() | None:
                field = self._field(name)
                if figure is None and field is not None and field.kind == "number":
                    scale = 10**field.decimals
                    return Range(field.least * scale, field.most * scale)
                return None
            case _:
                return None

    def unfold(self, atom: Atom) -> Says | None:
        """What a figure's values say of what it is looked up by; None for every other name."""
        figure: object = self.definition.figures.get(atom.name)
        match figure:
            case Grid():
                cells = [where for where, value in figure.cells.items() if _fits(value, atom.union)]
                return Any(
                    tuple(All((_is(figure.down, down), _is(figure.across, across))) for down, across in cells)
                )
            case Table():
                rows = [self.row(figure, number) for number in range(len(figure.rows))]
                fitting = [
                    says for says, row in zip(rows, figure.rows, strict=True) if _fits(row.gives, atom.union)
                ]
                if _fits(figure.otherwise, atom.union):
                    fitting.append(Not(Any(tuple(rows))))
                return Any(tuple(fitting))
            case _:
                return None

    def row(self, table: Table, number: int) -> Says:
        """What a row of a table asks of the inputs."""
        cells = table.rows[number].cells
        return All(tuple(Atom(table.inputs[name], (_cell(cell),)) for name, cell in cells.items()))

    def shown(self, name: str, values: Values) -> str:
        """One value out of a range, as people write it."""
        if isinstance(values, Texts):
            return f"'{min(values.values)}'" if not values.others else f"not one of {sorted(values.values)}"
        number = values.first if values.first is not None else values.last if values.last is not None else 0
        decimals = self.names[name].decimals if name in self.names else 0
        return str(Decimal(number).scaleb(-decimals)) if decimals else str(number)

    def _counted(self, path: str, *, at_least: bool) -> Range:
        field = self._field(path)
        if field is None or field.kind != "list" or path.count(".") != 1:
            return Range(0, None)
        return Range(field.least if at_least and not field.optional else 0, field.most)

    def _total(self, path: str) -> Range | None:
        """The bounds of a sum over one list, whose items all have the number."""
        listed, field = self._field(path.rpartition(".")[0]), self._field(path)
        if listed is None or field is None or listed.kind != "list" or path.count(".") != 2:  # noqa: PLR2004 - form, list, number
            return None
        scale = 10**field.decimals
        ends = [
            count * bound * scale
            for count in (listed.least, listed.most)
            for bound in (field.least, field.most)
        ]
        return Range(0 if listed.optional else min(ends), max(*ends, 0 if listed.optional else min(ends)))

    def _field(self, path: str) -> Field | None:
        form, *steps = path.split(".")
        if form not in self.definition.forms or not steps:
            return None
        fields: Sequence[Field] = self.definition.forms[form].fields
        found: Field | None = None
        for step in steps:
            found = next((one for one in fields if one.name == step), None)
            if found is None:
                return None
            fields = found.item
        return found


def _is(name: str, value: str) -> Atom:
    return Atom(name, (Texts(frozenset({value})),))


def _fits(value: str, union: Sequence[Values]) -> bool:
    """Whether a value, as written in a cell, is in one of these."""
    for one in union:
        if isinstance(one, Texts):
            if (value in one.values) != one.others:
                return True
        elif value.lstrip("-").isdigit():
            number = int(value)
            if (one.first is None or one.first <= number) and (one.last is None or number <= one.last):
                return True
    return False


def _cell(cell: Cell) -> Values:
    if cell.values:
        return Texts(frozenset(cell.values))
    first = cell.at_least if cell.over is None else cell.over + 1
    last = cell.at_most if cell.under is None else cell.under - 1
    return Range(first, last)


class _Parser:
    """Reads the words of a condition that CEL has accepted."""

    def __init__(self, text: str) -> None:
        self.words: list[Word] = list(words_of(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Says:
        says = self.either()
        if self.at < len(self.words):
            raise TooMany
        return says

    def either(self) -> Says:
        parts = [self.both()]
        while self.takes("||"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def both(self) -> Says:
        parts = [self.one()]
        while self.takes("&&"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Says:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise TooMany
        if self.takes("!"):
            says: Says = Not(self.one())
        elif self.takes("("):
            says = self.either()
            if not self.takes(")"):
                raise TooMany
        elif self.takes("true"):
            says = All(())
        elif self.takes("false"):
            says = Any(())
        else:
            says = self.comparison()
        self.depth -= 1
        return says

    def comparison(self) -> Says:
        left = self.operand()
        sign = self.next()
        if sign == "in":
            return Atom(_name(left), _same(self.listed()))
        right = self.operand()
        if isinstance(right, _Name) and not isinstance(left, _Name):
            left, right, sign = right, left, _MIRRORED.get(sign, sign)
        if isinstance(right, _Name):
            raise TooMany
        return Atom(_name(left), _range(sign, right))

    def listed(self) -> list[int | str]:
        if not self.takes("["):
            raise TooMany
        found: list[int | str] = []
        while not self.takes("]"):
            value = self.operand()
            if isinstance(value, _Name):
                raise TooMany
            found.append(value)
            self.takes(",")
        return found

    def operand(self) -> _Name | int | str:
        minus = self.takes("-")
        if self.at >= len(self.words):
            raise TooMany
        kind, word, _ = self.words[self.at]
        self.at += 1
        if kind == "number":
            return -int(word) if minus else int(word)
        if kind == "text":
            return word[1:-1]
        if kind == "name":
            return _Name(word)
        raise TooMany

    def next(self) -> str:
        if self.at >= len(self.words):
            raise TooMany
        self.at += 1
        return self.words[self.at - 1][1]

    def takes(self, word: str) -> bool:
        if self.at < len(self.words) and self.words[self.at][1] == word and self.words[self.at][0] != "text":
            self.at += 1
            return True
        return False


class _Name(str):
    """A name, and no text."""

    __slots__ = ()


_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _name(side: _Name | int | str) -> str:
    if not isinstance(side, _Name):
        raise TooMany
    return str(side)


def _same(values: Sequence[int | str]) -> tuple[Values, ...]:
    texts = frozenset(value for value in values if isinstance(value, str))
    numbers = [Range(value, value) for value in values if isinstance(value, int)]
    return (*numbers, Texts(texts)) if texts else tuple(numbers)


def _range(sign: str, value: int | str) -> tuple[Values, ...]:
    if isinstance(value, str):
        if sign not in {"==", "!="}:
            raise TooMany
        return (Texts(frozenset({value}), others=sign == "!="),)
    match sign:
        case "==":
            return (Range(value, value),)
        case "!=":
            return Range(None, value - 1), Range(value + 1, None)
        case "<":
            return (Range(None, value - 1),)
        case "<=":
            return (Range(None, value),)
        case ">":
            return (Range(value + 1, None),)
        case ">=":
            return (Range(value, None),)
        case _:
            raise TooMany
