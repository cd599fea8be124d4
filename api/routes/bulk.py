"""The same act in many cases: looked at, or done and told row by row."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header

from api import bulk_acts, firing
from api.bulk_shapes import BulkOut, looked_out, result_out
from api.problems import RequestInvalid
from api.requests import BulkIn
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.bulk import BulkCommand, BulkRow
from engine.core.command import Extend, Fire, Pause, Reassign, Remind, Resume, Undo
from engine.core.moments import Duration
from engine.runtime import Engine

router = APIRouter(prefix="/bulk", tags=["cases"])

Key = Annotated[str | None, Header(alias="Idempotency-Key")]


@router.post("")
def bulk(asked: BulkIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None) -> BulkOut:
    """Do the same in many cases, each a single act of its own; or, with `dry_run`, say what that would come to.

    Rows that are refused stand first. Sent again under the same key, what was done is not done twice, and what was not
    tried for want of time is.
    """
    bulk_acts.demand_somebody(visitor)
    rows = [BulkRow(case=one.id, visit=one.visit, seq=one.seq) for one in asked.cases]
    command = _command(engine, visitor, asked)
    if asked.dry_run:
        looked = bulk_acts.look(engine, visitor, rows, command, asked.workflow)
        return BulkOut(dry_run=True, rows=[looked_out(one) for one in looked])
    key = firing.checked_key(idempotency_key)
    if key is None:
        raise RequestInvalid(
            "a bulk needs an Idempotency-Key, so that sending it again does nothing twice",
            problems={"Idempotency-Key": "1 to 200 visible ASCII characters without spaces"},
        )
    report = bulk_acts.apply(engine, visitor, rows, command, key=key, workflow=asked.workflow)
    told = [*report.those("refused"), *report.those("not_tried"), *report.those("done")]
    return BulkOut(dry_run=False, rows=[result_out(one) for one in told])


def _command(engine: Engine, visitor: Visitor, asked: BulkIn) -> BulkCommand:
    """What is to be done in each. Raises: RequestInvalid, NotFound."""
    actor, reason = visitor.actor, asked.reason
    if bool(asked.trigger) == bool(asked.verb):
        raise RequestInvalid(
            "a bulk names one act: either its `trigger`, or the `verb` of a step of steering"
        )
    match asked.verb:
        case "":
            return Fire(trigger=asked.trigger, actor=actor, reason=reason)
        case "extend":
            if asked.amount is None:
                raise RequestInvalid("an extension needs an `amount`", problems={"amount": "1 to 366"})
            return Extend(by=Duration(asked.amount, asked.unit), actor=actor, reason=reason)
        case "pause":
            return Pause(kind=asked.kind, actor=actor, reason=reason)
        case "resume":
            return Resume(actor=actor, reason=reason)
        case "reassign":
            return Reassign(to=engine.person_by_id(asked.to).key, actor=actor, reason=reason)
        case "remind":
            return Remind(actor=actor, note=reason)
        case "undo":
            return Undo(actor=actor, reason=reason)
