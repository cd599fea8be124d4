"""Steering a case without moving it: more time, pauses, another holder, a reminder. Each needs a reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header

from api import firing
from api.answering import FiredOut, answered
from api.policy import demand_case_by_id
from api.requests import ExtendIn, PauseIn, ReasonIn, ReassignIn, RemindIn
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.command import Command, Extend, Pause, Reassign, Remind, Resume
from engine.core.moments import Duration
from engine.runtime import Engine

router = APIRouter(prefix="/cases/{case_id}/steering", tags=["steering"])

Key = Annotated[str | None, Header(alias="Idempotency-Key")]


@router.post("/extend")
def extend(
    case_id: str, asked: ExtendIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None
) -> FiredOut:
    """Grant more time to the open task; its ladder is kept, or starts again."""
    command = Extend(
        by=Duration(asked.amount, asked.unit), actor=visitor.actor, reason=asked.reason, ladder=asked.ladder
    )
    return _steered(engine, visitor, case_id, command, idempotency_key)


@router.post("/pause")
def pause(
    case_id: str, asked: PauseIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None
) -> FiredOut:
    """Stop the clocks that count a duration; fixed dates run on."""
    command = Pause(kind=asked.kind, actor=visitor.actor, reason=asked.reason)
    return _steered(engine, visitor, case_id, command, idempotency_key)


@router.post("/resume")
def resume(
    case_id: str, asked: ReasonIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None
) -> FiredOut:
    """Let paused clocks run on with the time they had left."""
    command = Resume(actor=visitor.actor, reason=asked.reason)
    return _steered(engine, visitor, case_id, command, idempotency_key)


@router.post("/reassign")
def reassign(
    case_id: str, asked: ReassignIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None
) -> FiredOut:
    """Give the open task to another person who may hold it."""
    demand_case_by_id(
        engine, visitor, case_id, "case.steer"
    )  # before anybody is told whose numbers there are
    taker = engine.person_by_id(asked.to)
    command = Reassign(to=taker.key, actor=visitor.actor, reason=asked.reason)
    return _steered(engine, visitor, case_id, command, idempotency_key)


@router.post("/remind")
def remind(
    case_id: str, asked: RemindIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None
) -> FiredOut:
    """Remind the task's holder, with a note."""
    command = Remind(actor=visitor.actor, note=asked.note)
    return _steered(engine, visitor, case_id, command, idempotency_key)


def _steered(engine: Engine, visitor: Visitor, case_id: str, command: Command, key: str | None) -> FiredOut:
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(key))
    return answered(engine, visitor, done)
