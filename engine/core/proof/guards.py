"""Decided: does each fork lead one way and one way only, and can each condition be true at all.

Rows are compared as boxes of values, so the answer is exact; a witness is one employee's values. Grids and tables are
looked into: two rows that ask for different cells of one grid exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from engine.core.definition import Choice, Definition, Label, Table
from engine.core.places import Path
from engine.core.proof.boxes import Any, Box, Not, Says, TooMany, together
from engine.core.proof.filled import check_filled
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.guard_findings import (
    otherwise_never,
    overlap,
    row_never,
    unclear,
    when_always,
    when_never,
)
from engine.core.proof.named import check_named
from engine.core.proof.placing import choice_path, figure_path, way_path
from engine.core.proof.saying import Sense

__all__ = ["impossible", "prove_decided"]


def prove_decided(ground: Ground) -> Proof:
    """Whether each fork, table and condition of the definition and its tracks decides, and on what is there."""
    findings: list[Finding] = []
    forks = conditions = 0
    for one in (ground.definition, *ground.definition.tracks.values()):
        sense = Sense(one)
        findings += [found for choice in one.choices.values() for found in _check_choice(sense, choice)]
        findings += _check_conditions(sense)
        forks += len(one.choices)
        conditions += len(_conditions(one))
    findings += check_filled(ground.definition, ground.others)
    findings += check_named(ground.definition)
    figures: tuple[object, ...] = tuple(ground.definition.figures.values())
    tables = [figure for figure in figures if isinstance(figure, Table)]
    sense = Sense(ground.definition)
    findings += [found for table in tables for found in _check_table(sense, table)]
    return Proof(
        question="decided",
        answer=answer_of(findings),
        summary=_summary(findings, forks, conditions, len(tables)),
        findings=tuple(findings),
        facts={"choices": forks, "conditions": conditions, "tables": len(tables)},
    )


def impossible(definition: Definition) -> tuple[frozenset[tuple[str, int]], frozenset[str]]:
    """The rows of forks that no values lead to, and the rules of transitions whose condition is never true."""
    sense = Sense(definition)
    rows = {
        (choice.name, number)
        for choice in definition.choices.values()
        for number in range(len(choice.rows))
        if _never(sense, _row_says(sense, choice, number))
    }
    dead = {rule for rule, _, text in _conditions(definition) if _never(sense, _said(sense, text))}
    return frozenset(rows), frozenset(dead)


def _summary(findings: Iterable[Finding], forks: int, conditions: int, tables: int) -> Label:
    if answer_of(findings) == "proven":
        return Label(
            id=f"setiap percabangan menuju tepat satu arah: {forks} percabangan, {conditions} syarat, {tables} tabel",
            en="each fork leads exactly one way: "
            + ", ".join((_many(forks, "fork"), _many(conditions, "condition"), _many(tables, "table"))),
        )
    if answer_of(findings) == "refuted":
        return Label(
            id="ada yang tidak dapat diputuskan, atau diputuskan dua kali",
            en="something is decided twice, or not at all",
        )
    return Label(
        id="tidak semua gabungan nilai diperiksa", en="not all combinations of values were looked at"
    )


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _said(sense: Sense, text: str) -> Says | None:
    try:
        return sense.says(text)
    except TooMany:
        return None


def _never(sense: Sense, says: Says | None) -> bool:
    """Whether it is certainly never true."""
    if says is None:
        return False
    try:
        return not sense.boxes(says)
    except TooMany:
        return False


def _row_says(sense: Sense, choice: Choice, number: int) -> Says | None:
    """What must be true for a row: its own condition, or, for `otherwise`, none of the others."""
    row = choice.rows[number]
    if row.when is not None:
        return _said(sense, row.when.text)
    others = [_said(sense, one.when.text) for one in choice.rows if one.when is not None]
    known = [says for says in others if says is not None]
    return Not(Any(tuple(known))) if len(known) == len(others) else None


def _check_choice(sense: Sense, choice: Choice) -> Iterator[Finding]:
    definition = sense.definition
    path = choice_path(definition, choice.name)
    says = [_row_says(sense, choice, number) for number in range(len(choice.rows))]
    if None in says:
        yield unclear(path, choice.name)
        return
    for number, (row, said) in enumerate(zip(choice.rows, says, strict=True)):
        if _never(sense, said):
            yield row_never((*path, number), choice, row, number)
    conditional = [number for number, row in enumerate(choice.rows) if row.when is not None]
    for first, second in combinations(conditional, 2):
        yield from _both(sense, (*path, second), choice.name, (says[first], says[second]), (first, second))


def _both(
    sense: Sense, path: Path, name: str, says: tuple[Says | None, Says | None], rows: tuple[int, int]
) -> Iterator[Finding]:
    """A finding, if there are values that two rows both fit."""
    first, second = says
    assert first is not None
    assert second is not None
    try:
        found = _pair(sense.boxes(first), sense.boxes(second))
    except TooMany:
        yield unclear(path, name)
        return
    if found is not None:
        yield overlap(sense, path, name, found, rows)


def _pair(ones: list[Box], others: list[Box]) -> Box | None:
    for one in ones:
        for other in others:
            both = together(one, other)
            if both is not None:
                return both
    return None


def _check_table(sense: Sense, table: Table) -> Iterator[Finding]:
    path = figure_path(sense.definition, table.name)
    says = [sense.row(table, number) for number in range(len(table.rows))]
    for number, said in enumerate(says):
        if _never(sense, said):
            yield row_never((*path, "table", number), None, None, number, name=table.name)
    for first, second in combinations(range(len(says)), 2):
        row = (*path, "table", second)
        yield from _both(sense, row, table.name, (says[first], says[second]), (first, second))
    if _never(sense, Not(Any(tuple(says)))):
        yield otherwise_never((*path, "table", len(says)), table.name)


def _conditions(definition: Definition) -> list[tuple[str, Path, str]]:
    """Every condition on a way out, once, however many states offer it."""
    found = {
        way.rule: (way.rule, (*way_path(definition, way), "when"), way.when.text)
        for state in definition.states.values()
        for way in state.transitions
        if way.when is not None
    }
    return list(found.values())


def _check_conditions(sense: Sense) -> Iterator[Finding]:
    for rule, path, text in _conditions(sense.definition):
        says = _said(sense, text)
        if says is None:
            yield unclear(path, rule)
        elif _never(sense, says):
            yield when_never(path, rule)
        elif _never(sense, Not(says)):
            yield when_always(path, rule)
