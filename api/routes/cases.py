"""Cases: lists, one case, what happens if nobody acts, and its history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import case_shapes
from api.attaching import download
from api.case_schemas import CaseOut, CasePage, ConsequenceOut, EntryOut
from api.entry_shapes import entries
from api.policy import case_for, demand_case, visible_cases
from api.told_shapes import consequences
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.runtime import CaseView, Engine

router = APIRouter(tags=["cases"])


@router.get("/cases")
def list_cases(
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    cycle: Annotated[str | None, Query(max_length=100)] = None,
    state: Annotated[str | None, Query(max_length=100)] = None,
    phase: Annotated[str | None, Query(max_length=100)] = None,
    open_only: bool = False,
    after: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> CasePage:
    """The cases this person may list, by id. Follow `next` until it is null."""
    found, following = visible_cases(
        engine,
        visitor,
        cycle=cycle,
        state=state,
        phase=phase,
        open_only=open_only,
        after=after,
        limit=limit,
    )
    chart = engine.chart
    lines = [case_shapes.case_line(engine.definition(case.definition), chart, case) for case in found]
    return CasePage(cases=lines, next=following or None)


@router.get("/cases/{case_id}")
def read_case(case_id: str, engine: TheEngine, visitor: TheVisitor, response: Response) -> CaseOut:
    """A case. The ETag is the visit: send it back as `If-Match` with an act to be sure that the case stands there."""
    view = _opened(engine, visitor, case_id)
    response.headers["etag"] = f'"{view.case.visit}"'
    return case_shapes.case(view, engine.latest_end(view.case), visitor.key)


@router.get("/cases/{case_id}/if-nobody-acts")
def if_nobody_acts(case_id: str, engine: TheEngine, visitor: TheVisitor) -> list[ConsequenceOut]:
    """What will happen to the case by itself, with dates, up to and including its first move."""
    return consequences(_opened(engine, visitor, case_id).standing, visitor.key)


@router.get("/cases/{case_id}/history")
def history(case_id: str, engine: TheEngine, visitor: TheVisitor) -> list[EntryOut]:
    """Every entry of the case, oldest first, with the bytes' values and the hashes that chain them.

    What was answered from something you may not read is withheld, and with it the hashes that would tell it.
    """
    return entries(_opened(engine, visitor, case_id))


@router.get(
    "/cases/{case_id}/files/{sha256}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The file"}},
)
def read_file(case_id: str, sha256: str, engine: TheEngine, visitor: TheVisitor) -> Response:
    """A file attached to a form that this person may read, to be kept."""
    view = _opened(engine, visitor, case_id)
    file = engine.attached(view, sha256)
    engine.privacy.reads.seen(view, visitor.key, "files")
    return download(file)


def _opened(engine: Engine, visitor: Visitor, case_id: str) -> CaseView:
    view = case_for(engine, visitor, case_id)
    demand_case(engine, visitor, view.case)
    engine.privacy.reads.seen(view, visitor.key)
    return view
