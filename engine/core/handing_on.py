"""The chart changed: open tasks, checks and looks of the personnel desk go on to whoever has them by it now."""

from __future__ import annotations

from engine.core.case import Case, Task
from engine.core.command import TIMER, Follow
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.following import must_follow
from engine.core.gathering import drop, settle_fact, taken_part
from engine.core.journal_checks import hand_check
from engine.core.machine import Machine
from engine.core.people import Resolution
from engine.core.promised import hand_look
from engine.core.questioning import hand_question
from engine.core.ringing import hand_over
from engine.core.scene import Scene
from engine.errors import Refused

__all__ = ["follow"]


def follow(machine: Machine, case: Case, _: Follow, scene: Scene) -> Step:
    """Open tasks move to whoever holds their roles now. Raises: Refused if there is nothing to follow."""
    following = must_follow(machine, case, scene)
    if not following:
        raise Refused(f"the task of case {case.id} is where the chart says", case=case.id)
    draft = Draft(machine, case, scene, TIMER)
    draft.facts["cause"] = {"chart": scene.chart.version}
    for task, found in following:
        if found is not None and task.kind in {"breach", "superior", "check"}:
            _hand_beside(draft, task, found)
        elif found is None or found.person in taken_part(draft.case):
            drop(draft, task)
        else:
            draft.found(found, instead_of=task.holder)
            hand_over(draft, task, found, "followed", "followed", {})
    if draft.case.gathering is not None:
        settle_fact(draft)
    return draft.close("followed")


def _hand_beside(draft: Draft, task: Task, found: Resolution) -> None:
    """What waits beside the work of the visit, and keeps its place in the case."""
    asked = draft.case.questioned
    if task.kind == "breach":
        draft.found(found, instead_of=task.holder)
        hand_look(draft, task, found)
    elif asked is not None and task == asked.task:
        draft.found(found)
        hand_question(draft, asked, found)
    else:
        draft.found(found)
        hand_check(draft, task, found)
