"""How late work was when it ended: by how much past its due day, and which earlier due days had passed before."""

from __future__ import annotations

from engine.core.clock_rules import TASK
from engine.core.draft import Draft
from engine.core.ledger import late_since

__all__ = ["record_lateness"]


def record_lateness(draft: Draft) -> None:
    """Say in the entry that ends work how late it is, whatever time was granted or stood still; nothing if in time.

    Late work that was paused is as late as it was when its clock stopped.
    """
    case, calendar, now = draft.case, draft.scene.calendar, draft.scene.now
    clock = next((one for one in case.deadlines if one.name == TASK), None)
    if clock is None:
        return
    due = late_since(case, clock, calendar, now)
    if due is None and not clock.missed:
        return
    told: dict[str, object] = {"missed": [day.isoformat() for day in clock.missed]} if clock.missed else {}
    if due is not None:
        stopped = clock.paused_at
        ended = calendar.date_of(now if stopped is None else stopped, case.zone)
        told["due"] = due.isoformat()
        told["working_days"] = calendar.working_days_between(due, ended)
        told["days"] = (ended - due).days
    draft.facts["lateness"] = told
