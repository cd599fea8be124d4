"""The board of a calibration session: everybody in their cell, moved by an act of their own case, voided by another."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api import firing
from api.pages.board_part import Mover, board_rows, changes, field_of, mover_of, say_cell
from api.pages.case_page import opened
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import asker_of, demand_case_by_id
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.board import axes_of, grid_of
from engine.core.case import Case
from engine.core.definition import Definition, Grid
from engine.core.labels import transition_label, value_label
from engine.core.telling import say_name
from engine.core.telling_days import say_moment
from engine.errors import Conflict, NotFound, ReasonMissing, Refused
from engine.runtime import CaseView, Engine, Placed

router = APIRouter(include_in_schema=False)


@router.get("/cases/{case_id}/board")
def board(
    request: Request,
    case_id: str,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    member: Annotated[str, Query(max_length=100)] = "",
    done: str = "",
) -> Response:
    """Who stands where, as far as this visitor may read it; with `member`, what may be done about one of them."""
    view, word = opened(engine, visitor, case_id), Words(visitor.language)
    said = {"moved": word("board.done_moved"), "voided": word("board.done_voided")}.get(done, "")
    return _page(request, engine, visitor, view, member=member, done=said)


@router.post("/cases/{case_id}/board")
def move(request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """Move one of them, or void their latest move; or say on the same page why not."""
    demand_case_by_id(engine, visitor, case_id, "case.act")
    view, word = opened(engine, visitor, case_id), Words(visitor.language)
    member = posted.get("member", "")
    _, grid, placed = _standing(engine, visitor, view)
    one = next((one for one in placed if one.case.id == member), None)
    if grid is None or one is None:
        raise NotFound("case", member[:60])
    its = opened(engine, visitor, member)
    mover = mover_of(its, grid, one.cell, word)
    if mover is None or mover.act is None:
        raise NotFound("act", "board")
    voids = posted.get("act") == "void" and mover.void is not None
    way = mover.void if voids and mover.void is not None else mover.act
    try:
        firing.fire(
            engine,
            visitor,
            member,
            way.name,
            forms={} if voids else {mover.form: _moved(its, grid, mover, posted)},
            reason=posted.get("reason", ""),
            visit=_visit(posted),
            key=firing.checked_key(posted.get("key") or None),
        )
    except (Refused, Conflict) as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        if isinstance(refused, ReasonMissing):
            told = word("board.reason_needed")
        return _page(
            request, engine, visitor, view, member=member, refusal=told, status=problem.status, typed=posted
        )
    return to_page(f"/cases/{case_id}/board", at="main", done="voided" if voids else "moved")


def _visit(posted: Mapping[str, str]) -> int | None:
    text = posted.get("visit", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _moved(view: CaseView, grid: Grid, mover: Mover, posted: Mapping[str, str]) -> dict[str, Any]:
    """The form as it stands, with the two sides as they were chosen."""
    return {
        **view.contents.get(mover.form, {}),
        field_of(grid.down): posted.get("down", ""),
        field_of(grid.across): posted.get("across", ""),
    }


def _standing(
    engine: Engine, visitor: Visitor, view: CaseView
) -> tuple[Definition | None, Grid | None, tuple[Placed, ...]]:
    look = engine.units.look(asker_of(engine, visitor), view.case.unit, days=0)
    found = grid_of(view.definition, look.rules.values())
    if found is None:
        return None, None, ()
    members = [one for one in look.cases if _belongs(view, one, found[0])]
    placed = engine.units.boards.placed(members, found[1], visitor.key, auditor=visitor.audits)
    for one in placed:
        if one.case.subject != visitor.key:
            engine.privacy.reads.note(visitor.key, one.case.id, ("log", "forms"))
    return found[0], found[1], placed


def _belongs(view: CaseView, case: Case, rules: Definition) -> bool:
    """Whether a case is of the set that the session is about: on its frozen list, or of its rules and period."""
    for name, read in view.definition.reads.items():
        if read.many and read.workflow == rules.workflow:
            listed = view.case.lists.get(name)
            if listed is not None:
                return case.id in listed.cases
    same = (case.period_from, case.period_to) == (view.case.period_from, view.case.period_to)
    return case.definition == rules.digest and same


def _page(  # noqa: PLR0913 - what may be said on top of a page
    request: Request,
    engine: Engine,
    visitor: Visitor,
    view: CaseView,
    *,
    member: str = "",
    done: str = "",
    refusal: str = "",
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> Response:
    word = Words(visitor.language)
    rules, grid, placed = _standing(engine, visitor, view)
    chosen = next((one for one in placed if one.case.id == member), None)
    mover = None
    if grid is not None and chosen is not None:
        mover = mover_of(opened(engine, visitor, member), grid, chosen.cell, word)
    return render(
        request,
        "board.html",
        visitor,
        title=word("board.title", count=sum(one.cell is not None for one in placed)),
        status=status,
        done=done,
        case=view.case,
        cycle=cycle_title(view.definition, (view.case.period_from, view.case.period_to), word),
        as_of=word("unit.as_of", when=say_moment(engine.now(), visitor.person.zone, word.language)),
        member=member,
        refusal=refusal,
        typed=typed or {},
        **_drawn(rules, grid, placed, chosen, mover, visitor, word),
    )


def _drawn(  # noqa: PLR0917 - a board with what may be done on it
    rules: Definition | None,
    grid: Grid | None,
    placed: tuple[Placed, ...],
    chosen: Placed | None,
    mover: Mover | None,
    visitor: Visitor,
    word: Words,
) -> dict[str, Any]:
    if rules is None or grid is None or not any(one.cell for one in placed):
        return {"rows": ()}
    language = word.language
    down, across = axes_of(rules, grid)
    rows = board_rows(rules, grid, placed, word)
    people = [person for row in rows for cell in row.cells for person in cell["people"]]
    return {
        "rows": rows,
        "columns": [cell["column"] for cell in rows[0].cells],
        "people": sorted(people, key=lambda one: str(one["name"])),
        "changes": changes(grid, placed, visitor.key, word),
        "down_name": _side(rules, grid.down, language),
        "across_name": _side(rules, grid.across, language),
        "down": [(one, value_label(rules, grid.down, one)[language]) for one in down],
        "across": [(one, value_label(rules, grid.across, one)[language]) for one in across],
        "mover": mover,
        "key": secrets.token_urlsafe(16),
        "now_in": say_cell(rules, grid, mover.cell, word) if mover else "",
        "not_yours": ""
        if mover or chosen is None
        else word("board.not_yours", person=say_name(chosen.scene.chart, chosen.case.subject, language)),
        "act": transition_label(rules, mover.act)[language] if mover and mover.act else "",
        "void": transition_label(rules, mover.void)[language] if mover and mover.void else "",
    }


def _side(rules: Definition, name: str, language: str) -> str:
    """What a side of the grid is called: the words of its field, or of its figure."""
    labels = rules.texts.labels
    return next(labels[kind][name][language] for kind in ("fields", "figures") if name in labels[kind])
