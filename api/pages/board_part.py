"""A board in words: everybody in their cell of the grid, what was moved and voided, what may be done about one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.pages.case_parts import day_and_time
from api.pages.words import Words
from api.policy import may_read_reason
from engine.core.board import axes_of
from engine.core.definition import Definition, Grid, State, Transition
from engine.core.labels import value_label
from engine.core.permitting import Option
from engine.core.telling import say_name
from engine.runtime import CaseView, Placed, Placing

__all__ = ["Mover", "Row", "board_rows", "changes", "mover_of"]

#: how a name is marked beside the cell it stands in: as it was given, moved, or moved and put back
_MARKS = {"": "●", "moved": "◆", "back": "○"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the grid: its name, and its cells with what each is called and who stands in it."""

    label: str
    cells: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """What may be done about one case from its board: move it by an act and a form of it, or void that."""

    case: str
    visit: int
    person: str
    form: str
    act: Transition | None
    void: Transition | None
    cell: tuple[str, str]


def board_rows(definition: Definition, grid: Grid, placed: Iterable[Placed], word: Words) -> tuple[Row, ...]:
    """The grid from the highest row down; whoever stands nowhere yet is not on it."""
    told = [(one, _person(one, word)) for one in placed]
    down, across = axes_of(definition, grid)
    rows = []
    for name in reversed(down):
        cells = []
        for beside in across:
            people = [row for one, row in told if one.cell == (name, beside)]
            result = value_label(definition, grid.name, grid.cells[name, beside])[word.language]
            column = value_label(definition, grid.across, beside)[word.language]
            people.sort(key=lambda row: str(row["name"]))
            cells.append({"result": result, "column": column, "people": people})
        rows.append(Row(label=value_label(definition, grid.down, name)[word.language], cells=tuple(cells)))
    return tuple(rows)


def _person(one: Placed, word: Words) -> dict[str, str]:
    since = [placing for placing in one.placings if placing.entry.kind == "stayed"]
    how = "" if not since else "back" if "restored" in since[-1].facts else "moved"
    return {
        "id": one.case.id,
        "name": say_name(one.scene.chart, one.case.subject, word.language),
        "mark": _MARKS[how],
        "how": word(f"board.how_{how}") if how else "",
    }


def changes(grid: Grid, placed: Iterable[Placed], viewer: str, word: Words) -> list[dict[str, str]]:
    """Every move on the board and every voiding, in their order, with where somebody stood before and after."""
    found = []
    for one in placed:
        voided = {each.facts["restored"]["instead_of"] for each in one.placings if "restored" in each.facts}
        for before, after in zip(one.placings, one.placings[1:], strict=False):
            if after.entry.kind == "stayed":
                gone = after.entry.seq in voided
                found.append((after.entry.at, _change(grid, one, before, after, viewer, word, gone=gone)))
    return [row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1]["person"]))]


def _change(
    grid: Grid, one: Placed, before: Placing, after: Placing, viewer: str, word: Words, *, gone: bool
) -> dict[str, str]:
    definition, chart = one.machine.definition, one.scene.chart
    day, clock = day_and_time(after.entry.at, one.case.zone, one.scene.calendar, word.language)
    state = definition.states[after.facts["from"]]
    standing = "back" if "restored" in after.facts else "void" if gone else "counts"
    return {
        "id": one.case.id,
        "person": say_name(chart, one.case.subject, word.language),
        "before": say_cell(definition, grid, before.cell, word),
        "after": say_cell(definition, grid, after.cell, word),
        "by": say_name(chart, after.facts["actor"].get("person", ""), word.language, viewer),
        "when": f"{day} {clock}",
        "reason": after.reason if _reads_reason(one, state, after, viewer) else "",
        "standing": word(f"board.standing_{standing}"),
    }


def _reads_reason(one: Placed, state: State, placing: Placing, viewer: str) -> bool:
    """Reasons are for who gave them, who was told, and who fills the role that acted: the session they sit in."""
    act = placing.facts["cause"].get("act")
    way = next((way for way in state.transitions if way.rule == act), None)
    roles = getattr(way.trigger, "roles", ()) if way is not None else ()
    return may_read_reason(placing.facts, viewer) or bool(one.roles.intersection(roles))


def say_cell(definition: Definition, grid: Grid, cell: tuple[str, str] | None, word: Words) -> str:
    """A cell in words: what it comes to, and the two results it stands for."""
    if cell is None:
        return "–"
    result = value_label(definition, grid.name, grid.cells[cell])[word.language]
    down = value_label(definition, grid.down, cell[0])[word.language]
    across = value_label(definition, grid.across, cell[1])[word.language]
    return f"{result} ({down} × {across})"


def mover_of(view: CaseView, grid: Grid, cell: tuple[str, str] | None, word: Words) -> Mover | None:
    """What this viewer may do about a case from the board; None if nothing."""
    if cell is None:
        return None
    mine = [one for one in view.options if one.role is not None and not one.exhausted]
    act = next((one for one in mine if _moves(view, grid, one)), None)
    acts = {act.transition.name} if act is not None else set()
    void = next((one for one in mine if one.transition.restores in acts), None)
    if act is None or act.form is None:
        return None
    return Mover(
        case=view.case.id,
        visit=view.case.visit,
        person=say_name(view.scene.chart, view.case.subject, word.language),
        form=act.form,
        act=act.transition,
        void=None if void is None else void.transition,
        cell=cell,
    )


def _moves(view: CaseView, grid: Grid, one: Option) -> bool:
    """Whether an act writes both sides of the grid anew and leaves the case where it is."""
    if one.form is None or one.transition.to != "stay":
        return False
    names = {field.name for field in view.definition.forms[one.form].fields}
    return {field_of(grid.down), field_of(grid.across)} <= names


def field_of(side: str) -> str:
    """The field that a side of the grid stands for: of the form it names, or the one a figure is called like."""
    return side.rpartition(".")[2]
