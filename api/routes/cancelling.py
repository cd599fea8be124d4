"""Cancelling a cycle that was launched wrongly: what it would come to, asking for it, agreeing or refusing."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter

from api.cancelling_shapes import CancellingOut, CancelPreviewOut, cancelling_out, preview_out
from api.requests import ReasonIn
from api.visiting import TheEngine, TheVisitor

router = APIRouter(tags=["cycles"])


@router.get("/cycles/{cycle}/cancelling")
def look(cycle: str, engine: TheEngine, _: TheVisitor) -> CancelPreviewOut:
    """What cancelling the cycle would come to; nothing is done."""
    return preview_out(engine, engine.cancellations.preview(cycle))


@router.post("/cycles/{cycle}/cancelling", status_code=201)
def ask(cycle: str, asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> CancellingOut:
    """Cancel the cycle; where people have acted in it, a second person has to agree first."""
    done = engine.cancellations.ask(cycle, actor=visitor.actor, reason=asked.reason)
    return cancelling_out(engine, done.cancelling)


@router.get("/cancellings")
def list_cancellings(engine: TheEngine, _: TheVisitor) -> list[CancellingOut]:
    """Every cancelling, the latest first."""
    return [cancelling_out(engine, one) for one in engine.cancellations.known()]


@router.post("/cancellings/{name}/{decision}")
def decide(
    name: str,
    decision: Literal["agree", "refuse"],
    asked: ReasonIn,
    engine: TheEngine,
    visitor: TheVisitor,
) -> CancellingOut:
    """Agree as the second person, or let it not be done."""
    act = engine.cancellations.agree if decision == "agree" else engine.cancellations.refuse
    return cancelling_out(engine, act(name, actor=visitor.actor, reason=asked.reason).cancelling)
