"""Conditions of a definition, checked once and answered fast. The one door to CEL.

A guard passes only if its value *is* true. Whatever else comes back (false, a missing value, a value of another type,
an error) refuses: CEL returns errors as values, and their text would count as true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cel_expr_python import cel

from engine.core.codec import Struct
from engine.core.condition_words import ConditionInvalid, Fault, Kind, check_words, names_in
from engine.core.definition import Definition, Figure, Form, Grid, Setting, SubjectKind

__all__ = [
    "ConditionInvalid",
    "Fault",
    "Guard",
    "Kind",
    "Verdict",
    "case_names",
    "compile_condition",
    "cover_names",
    "names_in",
    "names_of",
]

_TYPES = {"int": cel.Type.INT, "string": cel.Type.STRING, "bool": cel.Type.BOOL}
_PLAIN = ("number", "text", "choice", "date")
_TYPE_WORDS = {"int": "a whole number", "string": "a text", "bool": "true or false"}
_PLACED = re.compile(r"<input>:(\d+):(\d+): (.*)")
_NO_OVERLOAD = re.compile(r"found no matching overload for '(@?[^']+)' applied to '\((.*)\)'")

_EMPLOYEE = {f"employee.{what}": Kind("string") for what in ("kind", "unit", "status", "position")}
_UNIT = {"unit.rated_people": Kind("int")}


class Verdict(Struct, frozen=True, kw_only=True):
    """A guard's answer: whether it passed, which values it missed, what it read; `answered` unless it could not say."""

    passed: bool
    missing: tuple[str, ...]
    reads: dict[str, Any]
    answered: bool = True


class Guard:
    """A compiled condition; shared by all threads."""

    __slots__ = ("_expression", "names", "text")

    def __init__(self, text: str, names: tuple[str, ...], expression: Any) -> None:
        self.text = text
        self.names = names
        self._expression = expression

    def verdict(self, values: Mapping[str, Any]) -> Verdict:
        """The answer for these values; only those the condition names are read."""
        names = self.names
        reads = {name: values[name] for name in names if name in values}
        missing = () if len(reads) == len(names) else tuple(name for name in names if name not in reads)
        # An error is a value whose text is truthy: `is True` and nothing weaker.
        value = self._expression.eval(data=reads).value()
        return Verdict(passed=value is True, missing=missing, reads=reads, answered=isinstance(value, bool))


def compile_condition(text: str, names: Mapping[str, Kind]) -> Guard:
    """The condition, checked against the names it may read.

    Raises:
        ConditionInvalid: with everything that is wrong with it, and where.

    """
    faults = check_words(text, names)
    if faults:
        raise ConditionInvalid(text, faults)
    read = names_in(text)
    try:
        # Only what is read is declared: an environment of a few names is made in a tenth of a millisecond.
        expression = cel.NewEnv(variables={name: _TYPES[names[name].type] for name in read}).compile(text)
    except RuntimeError as error:
        raise ConditionInvalid(text, _faults(text, str(error))) from None
    if expression.return_type() != cel.Type.BOOL:
        what = _TYPE_WORDS.get(expression.return_type().name().lower(), "something else")
        raise ConditionInvalid(
            text, (Fault(0, f"a condition is true or false, this is {what}", "compare it"),)
        )
    return Guard(text, read, expression)


def cover_names(subject: SubjectKind = "person") -> Mapping[str, Kind]:
    """What `covers: who` may ask of an employee, or of a unit."""
    return _EMPLOYEE if subject == "person" else _UNIT


def case_names(
    forms: Iterable[Form], figures: Iterable[Figure], settings: Iterable[Setting]
) -> dict[str, Kind]:
    """What conditions in a case may read: plain fields, figures and settings."""
    names = {setting.name: Kind("string") for setting in settings}
    for form in forms:
        for field in form.fields:
            if not form.item_only and field.kind in _PLAIN:
                plain = Kind("int") if field.kind == "number" else Kind("string", field.choices)
                names[f"{form.name}.{field.name}"] = plain
    for figure in figures:
        if isinstance(figure, Grid):
            names[figure.name] = Kind("string", tuple(sorted(set(figure.cells.values()))))
        else:
            names[figure.name] = Kind("int")
    return names


def names_of(definition: Definition) -> Mapping[str, Kind]:
    """What the conditions of this definition's transitions and choices may read."""
    return case_names(definition.forms.values(), definition.figures.values(), definition.settings.values())


def _faults(text: str, complaint: str) -> tuple[Fault, ...]:
    """CEL's own complaints in our words, each at its place."""
    lines = text.split("\n")
    faults = []
    for row, column, message in _PLACED.findall(complaint):
        before = sum(len(line) + 1 for line in lines[: int(row) - 1])
        faults.append(Fault(before + int(column) - 1, *_said(message.removesuffix(" [INVALID_ARGUMENT]"))))
    if not faults:
        return (Fault(0, "the condition is nested too deeply", "take brackets away or make it a figure"),)
    # A syntax error drags others behind it; the first one is the cause.
    return tuple(faults[:1]) if "Syntax error" in complaint else tuple(faults)


def _said(message: str) -> tuple[str, str]:
    if match := _NO_OVERLOAD.search(message):
        sign = match[1].strip("_@")
        kinds = " and ".join(_TYPE_WORDS.get(kind, f"a {kind}") for kind in match[2].split(", "))
        return f"'{sign}' does not fit {kinds}", "compare values of one type; texts stand in single quotes"
    if "Syntax error" in message:
        return (
            "the condition breaks off or is not well formed here",
            "look for a missing value, sign or bracket",
        )
    if "reserved identifier" in message:
        return f"{message.rpartition(': ')[2]!r} is a reserved word", "give it another name"
    return message, "see the language reference, `Conditions`"
