"""Acts: what is open to this person and why not, what it would come to, and doing it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response

from api import case_shapes, firing
from api.answering import FiredOut, answered
from api.attaching import sent_files
from api.case_schemas import ActOut, StepOut
from api.policy import case_for, demand_case
from api.requests import Fill, UndoIn
from api.visiting import TheEngine, TheVisitor
from engine.core.command import Undo

router = APIRouter(tags=["acts"])

Key = Annotated[str | None, Header(alias="Idempotency-Key")]
Match = Annotated[str | None, Header(alias="If-Match")]


@router.get("/cases/{case_id}/acts")
def available(case_id: str, engine: TheEngine, visitor: TheVisitor) -> list[ActOut]:
    """Every act the present state knows, who gets the work by it, whether this person may do it now, and why not."""
    view = case_for(engine, visitor, case_id)
    demand_case(engine, visitor, view.case)
    return [case_shapes.act(view, option, visitor.key) for option in view.options]


@router.post("/cases/{case_id}/acts/{trigger}")
def fire(
    case_id: str,
    trigger: str,
    engine: TheEngine,
    visitor: TheVisitor,
    response: Response,
    *,
    fill: Fill | None = None,
    idempotency_key: Key = None,
    if_match: Match = None,
) -> FiredOut:
    """Do it. With an `Idempotency-Key` a repeat is answered like the first time; `If-Match` names the visit.

    A field of files takes a list of `{name, data}`, the data in base64; a file that stands there already may be named
    as it is told, by its `sha256`.
    """
    given = fill or Fill()
    forms, files = sent_files(engine, case_id, given.forms)
    done = firing.fire(
        engine,
        visitor,
        case_id,
        trigger,
        forms=forms,
        files=files,
        reason=given.reason,
        visit=firing.visit_of(if_match),
        key=firing.checked_key(idempotency_key),
        seen=given.seen,
    )
    response.headers["etag"] = f'"{done.case.visit}"'
    return answered(engine, visitor, done)


@router.post("/cases/{case_id}/undo")
def undo(
    case_id: str,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    asked: UndoIn | None = None,
    idempotency_key: Key = None,
    if_match: Match = None,
) -> FiredOut:
    """Take one's latest act back, within the time its rule gives (`undo` of the case) and unless somebody acted since.

    What was written with it waits for its writer; whoever acted since, and when, is named in the refusal.
    """
    command = Undo(actor=visitor.actor, reason=asked.reason if asked else "", visit=firing.visit_of(if_match))
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)


@router.post("/cases/{case_id}/acts/{trigger}/preview")
def preview(
    case_id: str, trigger: str, engine: TheEngine, visitor: TheVisitor, *, fill: Fill | None = None
) -> list[StepOut]:
    """What the act would come to, with all that follows at once by itself. Nothing is kept."""
    given = fill or Fill()
    forms, files = sent_files(engine, case_id, given.forms)
    steps = firing.preview(engine, visitor, case_id, trigger, forms=forms, files=files, reason=given.reason)
    chart = engine.chart
    definition = engine.definition(steps[-1].case.definition)
    return [case_shapes.step(definition, chart, one) for one in steps]
