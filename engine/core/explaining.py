"""Why a condition says no, told from the condition itself: "Total weight is 95, must be 100"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from engine.core.condition_words import BUILT_IN, COMPARISONS, Word, words_of
from engine.core.definition import CANNOT_JUDGE, Definition, Label, Language
from engine.core.labels import CANNOT_JUDGE_LABEL, number_words

__all__ = ["explain"]

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,9})?")
_LANGUAGES: tuple[Language, ...] = ("id", "en")
_MUST: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "==": "harus {}", "!=": "tidak boleh {}", "<": "harus kurang dari {}", "<=": "harus paling banyak {}",
        ">": "harus lebih dari {}", ">=": "harus paling sedikit {}", "in": "harus salah satu dari {}",
        "not in": "tidak boleh salah satu dari {}",
    },
    "en": {
        "==": "must be {}", "!=": "must not be {}", "<": "must be less than {}", "<=": "must be at most {}",
        ">": "must be more than {}", ">=": "must be at least {}", "in": "must be one of {}",
        "not in": "must not be one of {}",
    },
}  # fmt: skip
_IS = {"id": "{} adalah {}, {}", "en": "{} is {}, {}"}
_MISSING = {"id": "{} belum diisi, {}", "en": "{} is still missing, {}"}
_OR = {"id": " atau ", "en": " or "}
_UNTOLD = Label(id="Syarat belum terpenuhi", en="The condition does not hold")
_OPPOSITE = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
}
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class _Compared:
    """One comparison: a name, a sign, and the constants on the other side."""

    name: str
    sign: str
    constants: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Joined:
    """Several parts of which all ("&&") or one ("||") must hold."""

    sign: Literal["&&", "||"]
    parts: tuple[_Part, ...]


_Part = _Compared | _Joined


def explain(definition: Definition, text: str, values: Mapping[str, Any]) -> Label:
    """What stands against a condition with these values; the condition is one that was read without faults."""
    try:
        tree = _Reader(tuple(words_of(text))).whole()
    except (IndexError, KeyError):
        return _UNTOLD
    settings = {name: one.value for name, one in definition.settings.items()}
    told = {}
    for language in _LANGUAGES:
        tell = _Telling(definition, {**settings, **values}, language)
        told[language] = "; ".join(tell.against(tree))
    if not told["id"]:
        return _UNTOLD
    return Label(id=_capital(told["id"]), en=_capital(told["en"]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Reader:
    """Reads the words of a condition into its comparisons; `!` is carried into them."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words, self.at = words, 0

    def whole(self) -> _Part:
        return self.joined("||", no=False)

    def joined(self, sign: Literal["&&", "||"], *, no: bool) -> _Part:
        parts = [self.deeper(sign, no=no)]
        while self.at < len(self.words) and self.words[self.at][1] == sign:
            self.at += 1
            parts.append(self.deeper(sign, no=no))
        if len(parts) == 1:
            return parts[0]
        turned: Mapping[str, Literal["&&", "||"]] = {"&&": "||", "||": "&&"}
        return _Joined(turned[sign] if no else sign, tuple(parts))

    def deeper(self, sign: str, *, no: bool) -> _Part:
        return self.joined("&&", no=no) if sign == "||" else self.one(no=no)

    def one(self, *, no: bool) -> _Part:
        if self.words[self.at][1] == "!":
            self.at += 1
            return self.one(no=not no)
        if self.words[self.at][1] == "(":
            self.at += 1
            found = self.joined("||", no=no)
            self.at += 1
            return found
        left = self.side()
        sign = self.words[self.at][1]
        self.at += 1
        right = self.side()
        name, constants = (left[0], right) if left[0][0] == "name" else (right[0], left)
        if name is not left[0]:
            sign = _MIRRORED[sign]
        if sign not in COMPARISONS | {"in"}:
            raise KeyError(sign)
        return _Compared(name[1], _OPPOSITE[sign] if no else sign, constants)

    def side(self) -> tuple[Word, ...]:
        """One side of a comparison: a name, a constant, or the constants of a list."""
        if self.words[self.at][1] == "[":
            found: list[Word] = []
            self.at += 1
            while self.words[self.at][1] != "]":
                if self.words[self.at][1] == ",":
                    self.at += 1
                    continue
                found.append(self.constant())
            self.at += 1
            return tuple(found)
        return (self.constant(),)

    def constant(self) -> Word:
        kind, word, place = self.words[self.at]
        self.at += 1
        if word == "-":
            kind, number, _ = self.words[self.at]
            self.at += 1
            return kind, f"-{number}", place
        return ("bool" if word in BUILT_IN else kind), word, place


@dataclass(frozen=True, slots=True)
class _Telling:
    definition: Definition
    values: Mapping[str, Any]
    language: Language

    def against(self, part: _Part) -> Sequence[str]:
        """What must change: everything that does not hold of `&&`, all of `||` as alternatives."""
        if isinstance(part, _Compared):
            return [] if self.holds(part) else [self.sentence(part)]
        told = [self.against(one) for one in part.parts]
        if part.sign == "&&":
            return [one for each in told for one in each]
        return (
            []
            if any(not each for each in told)
            else [_OR[self.language].join(" & ".join(each) for each in told)]
        )

    def holds(self, part: _Compared) -> bool:
        value = self.values.get(part.name)
        constants = [self.value_of(word) for word in part.constants]
        if value is None or value == CANNOT_JUDGE or not constants:
            return False
        if part.sign in {"in", "not in"}:
            return (_exact(value) in constants) is (part.sign == "in")
        return _compare(_exact(value), part.sign, constants[0])

    def value_of(self, word: Word) -> Fraction | str:
        kind, text, _ = word
        if kind == "name":
            return _exact(self.values.get(text, text))
        return text[1:-1] if kind == "text" else _exact(text)

    def sentence(self, part: _Compared) -> str:
        name = self.called(part.name)
        asked = ", ".join(self.constant(part.name, word) for word in part.constants)
        must = _MUST[self.language][part.sign].format(asked)
        value = self.values.get(part.name)
        if value is None:
            return _MISSING[self.language].format(name, must)
        return _IS[self.language].format(name, self.said(part.name, value), must)

    def called(self, name: str) -> str:
        labels = self.definition.texts.labels
        found = (labels.get(section, {}).get(name) for section in ("figures", "fields", "settings"))
        label = next((one for one in found if one is not None), None)
        return label[self.language] if label is not None else name

    def constant(self, name: str, word: Word) -> str:
        kind, text, _ = word
        if kind == "name":
            return f"{self.called(text)} ({number_words(self.values.get(text, ''), self.language)})"
        return self.said(name, text[1:-1] if kind == "text" else text)

    def said(self, name: str, value: Any) -> str:
        """A value in words: the label of a choice, a number as the language writes it."""
        if value == CANNOT_JUDGE:
            return CANNOT_JUDGE_LABEL[self.language]
        values, number = self.definition.texts.labels.get("values", {}), isinstance(_exact(value), Fraction)
        # The bare words of a number are those of a scale's step, and not of every number that equals it.
        label = values.get(f"{name}.{value}") or (None if number else values.get(str(value)))
        if label is not None:
            return f"“{label[self.language]}”"
        if number:
            return number_words(value, self.language)
        return f"“{value}”"


def _exact(value: Any) -> Fraction | str:
    """A told value to compare by: numbers exactly, everything else as its text."""
    text = str(value)
    return Fraction(text) if _NUMBER.fullmatch(text) else text


def _compare(left: Fraction | str, sign: str, right: Fraction | str) -> bool:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        order = (left > right) - (left < right)
    else:
        order = (str(left) > str(right)) - (str(left) < str(right))
    return {
        "==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0,
    }[sign]  # fmt: skip
