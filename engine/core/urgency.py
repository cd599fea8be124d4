"""By when a task begins to matter to others, read off the armed clocks alone: never later than what `step` foretells.

It costs no step. A long list is put in order by it, and only what is shown of the list is foretold whole (ADR 0058).
"""

from __future__ import annotations

from datetime import date

from engine.core.case import Alarm, Case, Deadline, Task
from engine.core.definition import HOLDER, Definition, Rung
from engine.core.scene import Scene

__all__ = ["ONLY_DUE", "matters_at_the_earliest", "matters_by"]

#: kinds of tasks that nothing follows from for others, however long they wait
ONLY_DUE = frozenset({"check", "breach", "superior"})


def matters_by(due: date | None, first: date | None, today: date) -> date | None:
    """The last day on which acting prevents what comes first; the due day if it comes first and is not over."""
    if first is None or due is None:
        return due if first is None else first
    return first if due < today else min(due, first)


def matters_at_the_earliest(definition: Definition, case: Case, task: Task, scene: Scene) -> date | None:
    """A day that is never after the one on which the task matters to others; None only if there is none."""
    if task.kind in ONLY_DUE:
        return task.due_on
    alone = _alone(case, task, scene)
    coming = (
        alarm.at
        for clock in case.deadlines
        for alarm in clock.alarms
        if not (alone and _only_reminds(definition, clock, alarm))
    )
    at = min(coming, default=None)
    # Clocks that stand still are counted too: they may run on before. An alarm rings at 24:00 of its day.
    first = None if at is None else scene.calendar.date_of(max(at, scene.now) - 1, case.zone)
    return matters_by(task.due_on, first, scene.today(case.zone))


def _alone(case: Case, task: Task, scene: Scene) -> bool:
    """Whether the work waits for this holder only, whom nobody stands in for: who reminds them tells no others."""
    if case.waiting != (task,):
        return False
    return all(one.giver != task.holder for one in scene.chart.delegations)


def _only_reminds(definition: Definition, clock: Deadline, alarm: Alarm) -> bool:
    """Whether an alarm is a rung that reaches nobody but the holder."""
    if alarm.kind != "rung":
        return False
    rung: Rung = definition.ladders[clock.ladder].rungs[int(alarm.what)]
    return rung.task is None and rung.reassign is None and {*rung.remind, *rung.notify} <= {HOLDER}
