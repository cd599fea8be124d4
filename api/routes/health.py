"""Whether this process can answer, and whether time is keeping up. Needs no persona and tells nothing of anybody."""

from __future__ import annotations

from fastapi import APIRouter

from api.schemas import Health
from api.visiting import TheEngine
from engine.core.audit import stamp

router = APIRouter(tags=["health"])


@router.get("/health")
def health(engine: TheEngine) -> Health:
    """Reads the database once."""
    now, following = engine.now(), engine.next_at()
    return Health(
        status="ok",
        kind=engine.database.kind,
        now=stamp(now),
        next_at=stamp(following) if following is not None else None,
        overdue_us=max(0, now - following) if following is not None else 0,
    )
