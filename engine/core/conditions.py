"""Conditions of a definition, checked once and answered fast. The one door to CEL.

A guard passes only if its value *is* true. Whatever else comes back (false, a missing value, a value of another type,
an error) refuses: CEL returns errors as values, and their text would count as true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from typing import Any

from cel_expr_python import cel

from engine.core.codec import Struct
from engine.core.comparisons import Scaled, comparison_faults, scaled, scaled_text
from engine.core.complaints import Said, say
from engine.core.condition_words import ConditionInvalid, Fault, Kind, check_words, names_in
from engine.core.definition import SubjectKind

__all__ = [
    "ConditionInvalid",
    "Fault",
    "Guard",
    "Kind",
    "Verdict",
    "compile_condition",
    "cover_names",
    "names_in",
]

_TYPES = {"int": cel.Type.INT, "string": cel.Type.STRING, "bool": cel.Type.BOOL, "any": cel.Type.DYN}
_TYPE_WORDS = {"int": say("a_whole_number"), "string": say("a_text"), "bool": say("true_or_false")}
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
    """A compiled condition; shared by all threads.

    It reads values as they are told and kept: a number with decimals as its decimal text, "82.50".
    """

    __slots__ = ("_decimals", "_expression", "_variables", "names", "text")

    def __init__(
        self,
        text: str,
        names: tuple[str, ...],
        expression: Any,
        variables: frozenset[str],
        decimals: Mapping[str, int],
    ) -> None:
        self.text = text
        self.names = names
        self._expression = expression
        self._variables = variables
        self._decimals = decimals

    def verdict(self, values: Mapping[str, Any]) -> Verdict:
        """The answer for these values; only those the condition names are read."""
        names = self.names
        reads = {name: values[name] for name in names if name in values}
        missing = () if len(reads) == len(names) else tuple(name for name in names if name not in reads)
        data = reads if not self._decimals and len(self._variables) == len(names) else self._scaled(reads)
        # An error is a value whose text is truthy: `is True` and nothing weaker.
        value = self._expression.eval(data=data).value()
        return Verdict(passed=value is True, missing=missing, reads=reads, answered=isinstance(value, bool))

    def _scaled(self, reads: Mapping[str, Any]) -> dict[str, Any]:
        """What CEL reads: scaled numbers, without the settings that were put in."""
        data = {name: value for name, value in reads.items() if name in self._variables}
        for name, decimals in self._decimals.items():
            value = data.get(name)
            # What is no number of that many decimals stays as it is, and CEL answers with an error.
            if isinstance(value, str) and (whole := scaled_text(value, decimals)) is not None:
                data[name] = whole
        return data


def compile_condition(text: str, names: Mapping[str, Kind]) -> Guard:
    """The condition, checked against the names it may read.

    Raises:
        ConditionInvalid: with everything that is wrong with it, and where.

    """
    faults = check_words(text, names) or comparison_faults(text, names)
    if faults:
        raise ConditionInvalid(text, faults)
    put = scaled(text, names)
    try:
        # Only what is read is declared: an environment of a few names is made in a tenth of a millisecond.
        variables = {name: _TYPES[names[name].type] for name in put.names}
        expression = cel.NewEnv(variables=variables).compile(put.text)
    except RuntimeError as error:
        raise ConditionInvalid(text, _faults(put, str(error))) from None
    if expression.return_type() != cel.Type.BOOL:
        what = _TYPE_WORDS.get(expression.return_type().name().lower(), say("something_else"))
        raise ConditionInvalid(text, (Fault(0, say("condition_is_truth", what=what), say("compare_it")),))
    decimals = {name: names[name].decimals for name in put.names if names[name].decimals}
    return Guard(text, names_in(text), expression, frozenset(put.names), decimals)


def cover_names(subject: SubjectKind = "person") -> Mapping[str, Kind]:
    """What `covers: who` may ask of an employee, or of a unit."""
    return _EMPLOYEE if subject == "person" else _UNIT


def _faults(put: Scaled, complaint: str) -> tuple[Fault, ...]:
    """CEL's own complaints in our words, each at its place in the text as written."""
    lines = put.text.split("\n")
    faults = []
    for row, column, message in _PLACED.findall(complaint):
        before = sum(len(line) + 1 for line in lines[: int(row) - 1])
        at = put.place(before + int(column) - 1)
        faults.append(Fault(at, *_said(message.removesuffix(" [INVALID_ARGUMENT]"))))
    if not faults:
        return (Fault(0, say("nested_too_deeply"), say("take_brackets_or_figure")),)
    # A syntax error drags others behind it; the first one is the cause.
    return tuple(faults[:1]) if "Syntax error" in complaint else tuple(faults)


def _said(message: str) -> tuple[Said, Said]:
    if match := _NO_OVERLOAD.search(message):
        sign = match[1].strip("_@")
        types = (_TYPE_WORDS.get(kind, say("another_type", kind=kind)) for kind in match[2].split(", "))
        kinds = reduce(lambda one, other: say("one_and_other", one=one, other=other), types)
        return say("does_not_fit", sign=sign, kinds=kinds), say("compare_one_type")
    if "Syntax error" in message:
        return (
            say("condition_breaks_off"),
            say("look_for_missing_value"),
        )
    if "reserved identifier" in message:
        return say("reserved_word", word=repr(message.rpartition(": ")[2])), say("give_it_another_name")
    return say("as_it_stands", text=message), say("see_conditions")
