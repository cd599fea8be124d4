"""What brought a task about, since when it waits for its holder, and what else has happened lately, in sentences."""

from __future__ import annotations

from engine.core.audit import Entry
from engine.core.case import Task
from engine.core.codec import decode
from engine.core.definition import Language
from engine.core.standing import Standing
from engine.core.telling_days import say_short
from engine.core.telling_past import say_entry
from engine.core.undoable import standing as unrevoked
from engine.core.zones import local_date

__all__ = ["arrival", "say_lately", "say_now", "since_when", "work_since"]

#: how many lines of what has happened go with a task
_LINES = 3
#: entries that bring a case to where it stands
_ARRIVALS = frozenset({"launched", "woke", "moved", "ended", "cancelled"})


def arrival(standing: Standing, task: Task | None) -> Entry | None:
    """The entry that brought a task about: the step that opened it, or the one by which it came to its holder."""
    return next((entry for entry in reversed(unrevoked(standing.history)) if _brought(entry, task)), None)


def say_now(standing: Standing, came: Entry | None, language: Language) -> str:
    """What brought the task about, in words."""
    if came is None:
        return ""
    return say_entry(standing.definition, came, standing.scene.chart, language)


def since_when(task: Task, came: Entry | None) -> int | None:
    """Since when a task has waited for its holder: since it came to them; None if that is not known."""
    if task.since == "opened":
        return task.opened_at
    return None if came is None else came.at


def work_since(standing: Standing) -> int | None:
    """Since when the work of a case has waited for whom it waits now; None if it waits for nobody."""
    if not standing.case.waiting:
        return None
    first = min(standing.case.waiting, key=lambda task: task.opened_at)
    since = since_when(first, arrival(standing, first))
    return first.opened_at if since is None else since


def _brought(entry: Entry, task: Task | None) -> bool:
    """Whether this entry, the latest of its like, is the one that a task is there by."""
    if task is None or (task.kind in {"act", "answer"} and task.since == "opened"):
        return entry.kind in _ARRIVALS
    if task.kind == "escalation":
        return entry.kind == "rung" and entry.at == task.opened_at
    if task.kind == "check":
        return entry.kind == ("followed" if task.since == "followed" else "entered")
    if task.kind == "superior":
        return entry.kind == ("followed" if task.since == "followed" else "superior_questioned")
    if task.kind == "breach":
        return entry.at == task.opened_at and "promises" in decode(entry.body)
    if entry.kind == "rung":
        return bool(decode(entry.body).get("reassigned", {}).get("person") == task.holder)
    return entry.kind in {"reassigned", "followed"}


def say_lately(standing: Standing, came: Entry | None, language: Language) -> tuple[str, ...]:
    """The latest of what has happened besides what brought the task about, oldest first, each with its day."""
    zone, chart = standing.case.zone, standing.scene.chart
    others = [entry for entry in standing.history if came is None or entry.seq != came.seq]
    return tuple(
        f"{say_short(local_date(max(entry.at - 1, 0), zone), language)}: "
        f"{say_entry(standing.definition, entry, chart, language)}"
        for entry in others[-_LINES:]
    )
