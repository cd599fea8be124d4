"""Whether this process can answer, and whether time is keeping up. Needs no persona and tells nothing of anybody."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.health_shapes import Health, SetBackOut, StandstillOut, clock_out, witness_out
from api.sealing import witnesses_of
from api.settings import Settings
from api.visiting import TheEngine
from engine.clock import Clock
from engine.core.audit import stamp
from engine.sealer import witness_standings

router = APIRouter(tags=["health"])


@router.get("/health")
def health(request: Request, engine: TheEngine) -> Health:
    """Counts, and tells of nobody."""
    now, following = engine.now(), engine.next_at()
    figures, still = engine.alarms.figures(), engine.standstills.latest()
    doubt, back = engine.clock_watching.latest(), engine.clock_watching.latest_set_back()
    settings: Settings = request.app.state.settings
    machine: Clock = request.app.state.system
    witnesses = witness_standings(engine.database, witnesses_of(settings), machine.now())
    return Health(
        status="clock_in_doubt" if doubt is not None and doubt.is_open else "ok",
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
        clock=clock_out(doubt),
        set_back=None
        if back is None
        else SetBackOut(worker=back.worker, was=stamp(back.from_at), to=stamp(back.to_at)),
        witnesses=[witness_out(one) for one in witnesses],
        witness_lag_us=max((one.lag_us for one in witnesses), default=None),
    )
