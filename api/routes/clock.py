"""The server's clock, for administrators: whether it is in doubt, and saying that it is right."""

from __future__ import annotations

from fastapi import APIRouter

from api.health_shapes import ClockOut, clock_out
from api.officials import of_visitor
from api.requests import ReasonIn
from api.visiting import TheEngine, TheVisitor

router = APIRouter(prefix="/clock", tags=["health"])


@router.get("")
def read(engine: TheEngine) -> ClockOut | None:
    """The latest doubt about the clock, open or over; nothing if there was none."""
    return clock_out(engine.clock_watching.latest())


@router.post("/accept")
def accept(asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> ClockOut | None:
    """Say that the clock is right: what was held happens from now on."""
    return clock_out(engine.clock_watching.accept(who=of_visitor(visitor), reason=asked.reason))
