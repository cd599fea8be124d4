"""The words of a condition, and what may not be said in one.

A condition compares named values with constants, and joins comparisons with `&&`, `||`, `!`. Whatever else CEL can
do (sums, calls, macros, patterns, the clock) is refused here, before CEL ever sees the text, with the figure to write
instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from engine.core.places import nearest

__all__ = [
    "BUILT_IN",
    "COMPARISONS",
    "ConditionInvalid",
    "Fault",
    "Kind",
    "Word",
    "check_words",
    "names_in",
    "number_words",
    "words_of",
]

LONGEST = 1_000
MOST_NAMES = 12
#: so many unknown names are told with a suggestion; a text that has more is no condition but noise
_MOST_TOLD = 20

Word = tuple[str, str, int]

_WORD = re.compile(
    r"(?P<space>\s+)|(?P<text>'[^'\\]*'|\"[^\"\\]*\")|(?P<decimal>\d+\.\d+)|(?P<number>\d+)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?P<sign>==|!=|<=|>=|&&|\|\||[-<>!()\[\],])|(?P<other>.)",
    re.DOTALL,
)
BUILT_IN = frozenset({"true", "false", "in"})
_ORDER = frozenset({"<", ">", "<=", ">="})
COMPARISONS = _ORDER | {"==", "!="}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SUMS = frozenset("+-*/%")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name stands for in a condition.

    `values` lists the only texts it can have, if that is known. A number of `decimals` reaches CEL scaled by
    10**decimals. "any" is what another case publishes: its type is not known here.
    """

    type: Literal["int", "string", "bool", "any"]
    values: tuple[str, ...] = ()
    decimals: int = 0
    #: what a setting holds, which stands for itself; "" for everything that varies from case to case
    constant: str = ""
    #: what it is, if it is nothing that can be compared ("a duration")
    unfit: str = ""
    #: a text written as in 2026-01-31
    date: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a condition; `offset` counts characters from 0, `unknown` is a name nobody knows."""

    offset: int
    message: str
    suggestion: str = ""
    unknown: str = ""


class ConditionInvalid(ValueError):
    """A text is no condition; `faults` say why and where."""

    def __init__(self, text: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{text!r} is no condition: {'; '.join(fault.message for fault in faults)}")
        self.text, self.faults = text, faults


def names_in(text: str) -> tuple[str, ...]:
    """The names a condition reads, each once, in the order they stand in it."""
    found = (word for kind, word, _ in words_of(text) if kind == "name" and word not in BUILT_IN)
    return tuple(dict.fromkeys(found))


def check_words(text: str, names: Mapping[str, Kind]) -> tuple[Fault, ...]:
    """What is wrong with a condition before its types are checked."""
    if len(text) > LONGEST:
        return (
            Fault(0, f"a condition has at most {LONGEST} characters, not {len(text)}", "make it a figure"),
        )
    words = tuple(words_of(text))
    each = (fault for number in range(len(words)) for fault in _word_faults(words, number, names))
    faults = list(islice(each, _MOST_TOLD))
    read = {word for kind, word, _ in words if kind == "name" and word not in BUILT_IN}
    if not faults and not read:
        faults.append(
            Fault(0, "the condition reads nothing and so decides nothing", "name a figure or a field")
        )
    if len(read) > MOST_NAMES:
        faults.append(
            Fault(0, f"the condition reads {len(read)} values, at most {MOST_NAMES}", "make it a figure")
        )
    return tuple(faults)


def words_of(text: str) -> Iterator[Word]:
    """The words of a condition: what each is (name, number, text, sign, ...), itself, where it stands."""
    for match in _WORD.finditer(text):
        if match.lastgroup != "space":
            yield match.lastgroup or "other", match[0], match.start()


def _word_faults(words: tuple[Word, ...], number: int, names: Mapping[str, Kind]) -> Iterator[Fault]:
    kind, word, at = words[number]
    following = words[number + 1][1] if number + 1 < len(words) else ""
    if kind == "other":
        yield _strange(words, number)
    elif kind == "sign" and word == "-":
        before = words[number - 1] if number else ("sign", "", 0)
        negative = before[0] == "sign" and before[1] not in {")", "]"}
        negative = negative or before[1] == "in"
        numeric = number + 1 < len(words) and words[number + 1][0] in {"number", "decimal"}
        if not negative or not numeric:
            yield _strange(words, number)
    elif kind == "name" and word not in BUILT_IN:
        if following == "(":
            yield _call(words, number)
        elif word not in names:
            yield _unknown(word, at, names)
        elif names[word].unfit:
            message = f"'{word}' is {names[word].unfit}, and a condition compares numbers and texts"
            yield Fault(at, message, "let a transition with `at` wait for it")
        else:
            yield from _value_faults(words, number, names[word])


def _strange(words: tuple[Word, ...], number: int) -> Fault:
    _, word, at = words[number]
    if word in _SUMS:
        sides = [words[one][1] for one in (number - 1, number + 1) if 0 <= one < len(words)]
        left, right = sides if len(sides) == len("ab") else ("a", "b")
        hint = f'write a figure, `name: {{formula: "{left} {word} {right}"}}`, and compare that'
        return Fault(at, f"'{word}' works something out; a condition only compares", hint)
    if word in "'\"":
        return Fault(
            at, "a text begins here and does not end, or holds a backslash", "put it in single quotes"
        )
    if word == "=":
        return Fault(at, "'=' is not a comparison", "write ==")
    return Fault(at, f"'{word}' has no meaning in a condition", "use == != < <= > >= in && || ! and brackets")


def _call(words: tuple[Word, ...], number: int) -> Fault:
    """A call or a macro, with the figure that says the same."""
    _, word, at = words[number]
    path, _, called = word.rpartition(".")
    if not path and number + 2 < len(words) and words[number + 2][0] == "name":
        path = words[number + 2][1]
    path = path or "form.list"
    if called in {"all", "exists", "exists_one", "filter"}:
        hint = f'write a figure, `name: {{count: {path}, where: "..."}}`, and compare that'
    elif called == "size":
        hint = f"write a figure, `name: {{count: {path}}}`, and compare that"
    elif called in {"map", "sum"}:
        hint = f"write a figure, `name: {{total: {path}.number}}`, and compare that"
    elif called == "has":
        hint = "leave it out: a condition that misses a value refuses by itself"
    else:
        hint = "make it a figure: a total, a count, a table or a formula"
    return Fault(at, f"'{word}(...)' calls a function; a condition only compares", hint)


def _unknown(word: str, at: int, names: Mapping[str, Kind]) -> Fault:
    if word in {"now", "today"}:
        return Fault(at, "a condition does not know what day it is", "use a moment: a transition with `at`")
    if word == "null":
        return Fault(
            at, "nothing is ever null: a condition that misses a value refuses by itself", "leave it out"
        )
    inside = sorted(name for name in names if name.startswith(f"{word}."))
    hint = f"say which field: {', '.join(inside[:6])}" if inside else nearest(word, names)
    hint = hint or f"known: {_listed(sorted(names))}"
    return Fault(at, f"there is no figure, field or setting '{word}'", hint, word)


def _value_faults(words: tuple[Word, ...], number: int, kind: Kind) -> Iterator[Fault]:
    """Comparisons of a name with texts it can never have, or in an order its values do not have."""
    name = words[number][1]
    if number + 2 < len(words) and words[number + 1][1] == "in" and words[number + 2][1] == "[":
        for word in words[number + 3 :]:
            if word[1] == "]":
                break
            yield from _never(word, name, kind)
    if not kind.values and not kind.date:
        return
    for sign, other in ((number + 1, number + 2), (number - 1, number - 2)):
        if not 0 <= sign < len(words):
            continue
        if words[sign][1] in _ORDER and kind.values:
            yield Fault(words[sign][2], f"the values of '{name}' have no order", "use == or in [...]")
        elif words[sign][1] in COMPARISONS and 0 <= other < len(words):
            yield from _never(words[other], name, kind)


def _never(word: Word, name: str, kind: Kind) -> Iterator[Fault]:
    value = word[1][1:-1]
    if word[0] != "text":
        return
    if kind.type == "int":
        yield Fault(
            word[2], f"'{name}' is {number_words(kind)} and never a text", "write the number without quotes"
        )
    elif kind.date and value and not _DATE.fullmatch(value):
        yield Fault(word[2], f"'{name}' is a date and never '{value}'", "write a date as in '2026-01-31'")
    elif kind.values and value not in kind.values:
        hint = nearest(value, kind.values) or f"its values: {_listed(kind.values)}"
        yield Fault(word[2], f"'{name}' is never '{value}'", hint)


def number_words(kind: Kind) -> str:
    """What a number is called in a complaint."""
    if not kind.decimals:
        return "a whole number"
    return f"a number with {kind.decimals} decimal{'s' if kind.decimals > 1 else ''}"


def _listed(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown}, ..." if len(names) > 8 else shown  # noqa: PLR2004 - a hint, not a catalogue
