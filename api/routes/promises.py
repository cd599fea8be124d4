"""Promises: how they stand on cases, counted and listed, and what was done about a breach."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query

from api import case_shapes, firing
from api.answering import FiredOut, answered
from api.case_schemas import PromiseCountOut, PromiseLine, PromiseList
from api.requests import ReasonIn
from api.schemas import Text
from api.visiting import TheEngine, TheVisitor
from engine.core.case import Standing
from engine.core.command import Acknowledge
from engine.core.promise_words import say_promise

router = APIRouter(tags=["promises"])

Key = Annotated[str | None, Header(alias="Idempotency-Key")]
Cycle = Annotated[str | None, Query(max_length=100)]


@router.get("/promises")
def list_promises(
    engine: TheEngine,
    _: TheVisitor,
    *,
    cycle: Cycle = None,
    standing: Standing | None = None,
    workflow: Annotated[str | None, Query(max_length=100)] = None,
    after: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> PromiseList:
    """How promises stand on cases, a page of cases at a time, by id. Follow `next` until it is null."""
    page = engine.promises.listed(cycle=cycle, standing=standing, workflow=workflow, after=after, limit=limit)
    chart, lines = engine.chart, []
    for one in page.lines:
        calendar = engine.calendar(one.definition.calendar.use)
        every = case_shapes.promises(one.definition, one.case, chart, calendar)
        told = next(each for each in every if each.number == one.watch.number)
        case = case_shapes.case_line(one.definition, chart, one.case)
        lines.append(PromiseLine(case=case, promise=told))
    return PromiseList(promises=lines, next=page.following or None)


@router.get("/promises/counts")
def count_promises(engine: TheEngine, _: TheVisitor, *, cycle: Cycle = None) -> list[PromiseCountOut]:
    """On how many cases each promise of each definition stands how."""
    found = []
    for one in engine.promises.counts(cycle):
        sentence = say_promise(one.definition, one.promise)
        found.append(
            PromiseCountOut(
                definition=one.definition.digest,
                name=one.definition.name,
                number=one.number,
                sentence=Text(id=sentence.id, en=sentence.en),
                open=one.counts["open"],
                kept=one.counts["kept"],
                broken=one.counts["broken"],
                lost=one.counts["lost"],
            )
        )
    return found


@router.post("/cases/{case_id}/promises/{number}/acknowledge")
def acknowledge(
    case_id: str,
    number: int,
    asked: ReasonIn,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    idempotency_key: Key = None,
) -> FiredOut:
    """Say what was done about a broken promise; its task is done with that."""
    command = Acknowledge(promise=number, actor=visitor.actor, reason=asked.reason)
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)
