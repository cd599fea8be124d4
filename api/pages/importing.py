"""The page on which people are imported: shown first, then brought in exactly as shown."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.posting import Posted, PostedWithFiles
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.words import Words
from api.people_reading import roster_in
from api.policy import demand_import, demand_undo
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.chart_effects import LEAVES, CaseEffect, Remark
from engine.core.roster import RowProblem
from engine.core.telling import say_date, say_name
from engine.errors import Conflict, PeopleInvalid, Refused
from engine.runtime import Engine, PeoplePreview

router = APIRouter(include_in_schema=False)


@router.get("/people/import")
def ask(request: Request, visitor: TheVisitor) -> Response:
    """The form that takes a file, for the personnel desk."""
    return _page(request, visitor)


@router.post("/people/preview")
def preview(request: Request, engine: TheEngine, visitor: TheVisitor, sent: PostedWithFiles) -> Response:
    """What importing the file would come to; or, row by row, what is wrong with it."""
    word = Words(visitor.language)
    data = next(iter(sent.files.values()), b"")
    if not data:
        return _page(request, visitor, refusal=word("import.no_file"), status=422)
    try:
        told = engine.preview_people(roster_in(engine, data, "file"))
    except PeopleInvalid as invalid:
        rows = [_problem(one, word) for one in invalid.problems if isinstance(one, RowProblem)]
        return _page(request, visitor, refusal=word("import.wrong"), problems=rows, status=422)
    return _page(
        request,
        visitor,
        file=base64.b64encode(data).decode(),
        before=told.before,
        changes=list(_changes(told, word)),
        affected=[_affected(engine, told, one, word) for one in told.affected],
        remarks=[_remark(told, one, word) for one in told.remarks],
        left_alone=[_problem(one, word) for one in told.left_alone],
    )


@router.post("/people/import")
def bring_in(request: Request, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """Import what was shown, if the chart is still the one it was shown against."""
    demand_import(engine, visitor)
    word = Words(visitor.language)
    try:
        data = base64.b64decode(posted.get("file", ""), validate=True)
        roster = roster_in(engine, data, "file")
        demand_import(engine, visitor, roster)
        engine.import_people(roster, actor=visitor.actor, before=posted.get("before", ""), leave=True)
    except (Conflict, PeopleInvalid, binascii.Error):
        return _page(request, visitor, refusal=word("import.wrong"), status=409)
    return to_page("/people", done="imported")


@router.post("/people/undo")
def undo(request: Request, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """Take the last import back; or say what was built on it."""
    demand_undo(engine, visitor)
    try:
        engine.undoing.undo(actor=visitor.actor, reason=posted.get("reason", ""))
    except Refused as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        return _page(request, visitor, refusal=told, status=problem.status)
    return to_page("/people", done="undone")


def _page(request: Request, visitor: Visitor, *, status: int = 200, **values: Any) -> Response:
    word = Words(visitor.language)
    blank: dict[str, Any] = {
        "refusal": "", "problems": (), "file": "", "before": "", "changes": (), "affected": (), "remarks": (),
        "left_alone": (),
    }  # fmt: skip
    return render(
        request, "importing.html", visitor, title=word("import.title"), status=status, **(blank | values)
    )


def _problem(one: RowProblem, word: Words) -> str:
    if not one.row:
        return one.message[word.language]
    return word("import.row", row=one.row, column=one.column, message=one.message[word.language])


def _changes(told: PeoplePreview, word: Words) -> Iterator[str]:
    for kind in told.changes.__slots__:
        for one in getattr(told.changes, kind):
            before, after = (_shown(told, kind, value) for value in (one.before, one.after))
            line = word(f"import.{kind}", name=one.name, before=before, after=after)
            since = "" if one.on is None else word("import.since", day=say_date(one.on, word.language))
            yield ", ".join(filter(None, (line, since)))


def _shown(told: PeoplePreview, kind: str, value: str) -> str:
    """People stand in changes by their number; a page names them."""
    known = told.chart.history(value) if kind in {"superior_changes", "acting"} else ()
    return known[-1].name if known else value or "–"


def _affected(engine: Engine, told: PeoplePreview, one: CaseEffect, word: Words) -> dict[str, Any]:
    """A case in words: what is noted, where it goes on to, whose task goes to whom."""
    language, lines = word.language, []
    if one.fact:
        lines.append(word("import.fact_leaves" if one.fact == LEAVES else "import.fact_moves"))
    if one.after.state != one.case.state:
        texts = engine.definition(one.case.definition).texts
        lines.append(word("import.to_state", state=texts.label("states", one.after.state)[language]))
    for link in one.opens:
        labels = engine.definition(one.case.definition).texts.labels["linked"]
        lines.append(word("import.opens", link=labels[link][language]))
    for task in one.passing:
        before = say_name(told.chart, task.before, language)
        after = say_name(told.chart, task.to, language) if task.to else ""
        lines.append(word("import.passes" if task.to else "import.drops", before=before, after=after))
    return {
        "id": one.case.id, "name": say_name(told.chart, one.case.subject, language), "lines": lines,
    }  # fmt: skip


def _remark(told: PeoplePreview, one: Remark, word: Words) -> str:
    return word(
        f"import.{one.kind}",
        name=say_name(told.chart, one.person, word.language),
        other=say_name(told.chart, one.other, word.language) if one.other else "",
        day=say_date(one.on, word.language),
    )
