"""How late work is, and how late it was when it ended, with the earlier due days that had passed before."""

from __future__ import annotations

from datetime import date

from engine.core.case import Case, Task
from engine.core.clock_rules import TASK
from engine.core.draft import Draft
from engine.core.ledger import late_since
from engine.core.zones import local_date

__all__ = ["is_overdue", "record_lateness"]

#: kinds of tasks that have days of their own, whatever the case's work has
_BESIDE = frozenset({"check", "breach", "superior"})


def is_overdue(case: Case, task: Task, today: date) -> bool:
    """Whether a task should have been done before today; where its clock stands still, before the day it stopped."""
    if task.due_on is None:
        return False
    stopped = next((one.paused_at for one in case.deadlines if one.name == TASK), None)
    if stopped is None or task.kind in _BESIDE:
        return task.due_on < today
    return task.due_on < local_date(stopped, case.zone)


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
