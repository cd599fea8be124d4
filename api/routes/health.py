"""Whether this process can answer, and whether time is keeping up. Needs no persona and tells nothing of anybody."""

from __future__ import annotations

from fastapi import APIRouter

from api.schemas import Health, StandstillOut
from api.visiting import TheEngine
from engine.core.audit import stamp

router = APIRouter(tags=["health"])


@router.get("/health")
def health(engine: TheEngine) -> Health:
    """Counts, and tells of nobody."""
    now, following = engine.now(), engine.next_at()
    figures, still = engine.alarms.figures(), engine.standstills.latest()
    return Health(
        status="ok",
        kind=engine.database.kind,
        now=stamp(now),
        next_at=stamp(following) if following is not None else None,
        overdue_us=figures.overdue_us,
        armed=figures.armed,
        due=figures.due,
        stuck=figures.stuck,
        parked=figures.parked,
        standstill=None
        if still is None
        else StandstillOut(since=stamp(still.from_at), to=stamp(still.to_at), policy=still.policy),
    )
