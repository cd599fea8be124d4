"""Decimal formulas: `0.7 * outcome + 3 * behaviour`, read once, worked out exactly with fractions.

Knows names, numbers, `+ - * /`, brackets, and `total`, `mean`, `least`, `most` over the items of one list. Nothing
else can be said, so nothing else can happen: no text of a formula is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from engine.core.complaints import Said, say

__all__ = [
    "OVER",
    "Constant",
    "Expression",
    "FormulaInvalid",
    "Joined",
    "Named",
    "Over",
    "names_of_formula",
    "parse_formula",
    "worth",
]

LONGEST = 500
DEEPEST = 20
MOST_NAMES = 12
#: what may be worked out over the items of a list
OVER = ("total", "mean", "least", "most")

_WORD = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)(?![\w.])"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?P<sign>[-+*/()])|(?P<other>\S))"
)


class FormulaInvalid(ValueError):
    """A text is no formula: why, where (counted from 0), and what would do."""

    def __init__(self, offset: int, message: Said, suggestion: Said) -> None:
        super().__init__(message["en"])
        self.offset, self.message, self.suggestion = offset, message, suggestion


@dataclass(frozen=True, slots=True)
class Named:
    """A path, and where it stands."""

    path: str
    offset: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as typed."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Joined:
    """Two parts and a sign between them."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Over:
    """Something worked out for each item of a list and brought together."""

    kind: str
    each: Expression
    offset: int


Expression = Named | Constant | Joined | Over
Look = Callable[[str], Fraction | None]
#: the items of the list that these paths share: for each item, how to look a path up; None if the list is not there
Items = Callable[[tuple[str, ...]], Sequence[Look] | None]


@lru_cache(maxsize=512)
def parse_formula(text: str) -> Expression:
    """The formula. Raises: FormulaInvalid."""
    if len(text) > LONGEST:
        message = say("formula_too_long", most=LONGEST, count=len(text))
        raise FormulaInvalid(0, message, say("own_figures_for_parts"))
    return _Parser(text).whole()


def names_of_formula(expression: Expression) -> Iterator[tuple[Named, Over | None]]:
    """Every path of a formula, with what it is brought together by, if it stands inside that."""
    yield from _names(expression, None)


def _names(expression: Expression, inside: Over | None) -> Iterator[tuple[Named, Over | None]]:
    match expression:
        case Named():
            yield expression, inside
        case Joined(left=left, right=right):
            yield from _names(left, inside)
            yield from _names(right, inside)
        case Over(each=each):
            yield from _names(each, expression)
        case Constant():
            return


def worth(expression: Expression, look: Look, items: Items) -> Fraction | None:
    """What a formula comes to, exactly; None if something is missing or divided by nought."""
    match expression:
        case Constant(value=value):
            return value
        case Named(path=path):
            return look(path)
        case Joined(sign=sign, left=left, right=right):
            return _joined(sign, worth(left, look, items), worth(right, look, items))
        case Over(kind=kind, each=each):
            found = items(tuple(named.path for named, _ in names_of_formula(each)))
            if found is None:
                return None
            values = [worth(each, one, items) for one in found]
            return brought_together(kind, values)


def brought_together(kind: str, values: Sequence[Fraction | None]) -> Fraction | None:
    """The total, mean, least or most of these; None if one of them is missing, or over nobody."""
    known = [value for value in values if value is not None]
    if len(known) < len(values) or (kind != "total" and not known):
        return None
    match kind:
        case "total":
            return sum(known, Fraction(0))
        case "mean":
            return sum(known, Fraction(0)) / len(known)
        case "least":
            return min(known)
        case _:
            return max(known)


def _joined(sign: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None or (sign == "/" and not right):
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


class _Parser:
    """Reads sums of products of parts, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [
            (match.lastgroup or "other", match[match.lastgroup or 0], match.start(match.lastgroup or 0))
            for match in _WORD.finditer(text)
        ]
        self.at = 0
        self.depth = 0
        self.inside = False

    def whole(self) -> Expression:
        found = self.sum()
        if self.at < len(self.words):
            raise self.wrong(say("has_no_meaning_here"), say("signs_of_formulas"))
        paths = {named.path for named, _ in names_of_formula(found)}
        if not paths:
            raise FormulaInvalid(0, say("formula_names_nothing"), say("name_for_formula"))
        if len(paths) > MOST_NAMES:
            message = say("formula_names_too_much", count=len(paths), most=MOST_NAMES)
            raise FormulaInvalid(0, message, say("own_figures_for_parts"))
        return found

    def sum(self) -> Expression:
        found = self.product()
        while sign := self.taken("+", "-"):
            found = Joined(sign, found, self.product())
        return found

    def product(self) -> Expression:
        found = self.part()
        while sign := self.taken("*", "/"):
            found = Joined(sign, found, self.part())
        return found

    def part(self) -> Expression:
        if self.depth >= DEEPEST:
            raise self.wrong(say("is_nested_too_deeply"), say("take_brackets_away"))
        self.depth += 1
        try:
            return self.one()
        finally:
            self.depth -= 1

    def one(self) -> Expression:
        if self.taken("-"):
            return Joined("-", Constant(Fraction(0)), self.part())
        if self.taken("("):
            return self.closed(self.sum())
        if self.at == len(self.words):
            raise self.broken_off()
        kind, word, offset = self.words[self.at]
        if kind == "number":
            self.at += 1
            return Constant(Fraction(word))
        if kind != "name":
            raise self.wrong(say("has_no_meaning_here"), say("write_formula_part"))
        if self.at + 1 < len(self.words) and self.words[self.at + 1][1] == "(":
            return self.over(word, offset)
        self.at += 1
        return Named(word, offset)

    def over(self, word: str, offset: int) -> Over:
        if word not in OVER:
            raise self.wrong(say("not_worked_out"), say("it_knows", names=", ".join(OVER)))
        if self.inside:
            raise self.wrong(say("inside_another"), say("own_figure_for_it"))
        self.at += 2
        self.inside = True
        each = self.closed(self.sum())
        self.inside = False
        return Over(word, each, offset)

    def closed(self, found: Expression) -> Expression:
        if not self.taken(")"):
            raise self.wrong(say("where_bracket_should"), say("close_the_bracket"))
        return found

    def taken(self, *signs: str) -> str:
        if self.at < len(self.words) and self.words[self.at][0] == "sign" and self.words[self.at][1] in signs:
            self.at += 1
            return self.words[self.at - 1][1]
        return ""

    def wrong(self, why: Said, suggestion: Said) -> FormulaInvalid:
        if self.at >= len(self.words):
            return self.broken_off()
        _, word, offset = self.words[self.at]
        return FormulaInvalid(offset, say("word_in_formula", word=word, why=why), suggestion)

    def broken_off(self) -> FormulaInvalid:
        return FormulaInvalid(len(self.text), say("the_formula_breaks_off"), say("look_for_missing_value"))
