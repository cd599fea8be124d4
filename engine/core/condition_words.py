"""The words of a condition, and what may not be said in one.

A condition compares named values with constants, and joins comparisons with `&&`, `||`, `!`. Whatever else CEL can
do (sums, calls, macros, patterns, the clock) is refused here, before CEL ever sees the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.core.places import nearest

__all__ = ["ConditionInvalid", "Fault", "Kind", "check_words", "names_in", "words_of"]

LONGEST = 1_000
MOST_NAMES = 12

Word = tuple[str, str, int]

_WORD = re.compile(
    r"(?P<space>\s+)|(?P<text>'[^'\\]*'|\"[^\"\\]*\")|(?P<decimal>\d+\.\d+)|(?P<number>\d+)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?P<sign>==|!=|<=|>=|&&|\|\||[-<>!()\[\],])|(?P<other>.)",
    re.DOTALL,
)
_BUILT_IN = frozenset({"true", "false", "in"})
_ORDER = frozenset({"<", ">", "<=", ">="})
_SUMS = frozenset("+-*/%")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name stands for in a condition. `values` lists the only texts it can have, if that is known."""

    type: Literal["int", "string", "bool"]
    values: tuple[str, ...] = ()


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
    found = (word for kind, word, _ in words_of(text) if kind == "name" and word not in _BUILT_IN)
    return tuple(dict.fromkeys(found))


def check_words(text: str, names: Mapping[str, Kind]) -> tuple[Fault, ...]:
    """What is wrong with a condition before its types are checked."""
    if len(text) > LONGEST:
        return (
            Fault(0, f"a condition has at most {LONGEST} characters, not {len(text)}", "make it a figure"),
        )
    words = tuple(words_of(text))
    faults = [fault for number in range(len(words)) for fault in _word_faults(words, number, names)]
    read = {word for kind, word, _ in words if kind == "name" and word not in _BUILT_IN}
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
    if kind == "decimal":
        yield Fault(at, f"{word} is not a whole number", "numbers here are whole: write 75, not 75.0")
    elif kind == "other":
        yield _strange(word, at)
    elif kind == "sign" and word == "-":
        before = words[number - 1][0] if number else "sign"
        negative = before == "sign" and words[number - 1][1] not in {")", "]"} if number else True
        if not negative or number + 1 == len(words) or words[number + 1][0] != "number":
            yield _strange(word, at)
    elif kind == "name" and word not in _BUILT_IN:
        if following == "(":
            yield Fault(at, f"'{word}(...)' calls a function; a condition only compares", "make it a figure")
        elif word not in names:
            yield _unknown(word, at, names)
        else:
            yield from _value_faults(words, number, names[word])


def _strange(word: str, at: int) -> Fault:
    if word in _SUMS:
        return Fault(at, f"'{word}' works something out; a condition only compares", "make it a figure")
    if word in "'\"":
        return Fault(
            at, "a text begins here and does not end, or holds a backslash", "put it in single quotes"
        )
    if word == "=":
        return Fault(at, "'=' is not a comparison", "write ==")
    return Fault(at, f"'{word}' has no meaning in a condition", "use == != < <= > >= in && || ! and brackets")


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
    if not kind.values:
        return
    for sign, other in ((number + 1, number + 2), (number - 1, number - 2)):
        if not 0 <= sign < len(words):
            continue
        if words[sign][1] in _ORDER:
            yield Fault(words[sign][2], f"the values of '{name}' have no order", "use == or in [...]")
        elif words[sign][1] in {"==", "!="} and 0 <= other < len(words):
            yield from _never(words[other], name, kind)


def _never(word: Word, name: str, kind: Kind) -> Iterator[Fault]:
    value = word[1][1:-1]
    if word[0] != "text":
        return
    if kind.type == "int":
        yield Fault(
            word[2], f"'{name}' is a whole number and never a text", "write the number without quotes"
        )
    elif kind.values and value not in kind.values:
        hint = nearest(value, kind.values) or f"its values: {_listed(kind.values)}"
        yield Fault(word[2], f"'{name}' is never '{value}'", hint)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown}, ..." if len(names) > 8 else shown  # noqa: PLR2004 - a hint, not a catalogue
