"""What somebody who may step in can do about the work a case waits for, as far as it can be done now."""

from __future__ import annotations

from typing import Literal

from engine.core.case import Case
from engine.core.command import Actor
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.steering import given_away, may_take, steers

__all__ = ["Offer", "offers"]

Offer = Literal["remind", "take", "reassign", "extend"]


def offers(machine: Machine, case: Case, person: str, scene: Scene) -> tuple[Offer, ...]:
    """Remind with a note, take the task over, give it to somebody else, grant days; nothing for who may not steer."""
    if not case.waiting or steers(machine.definition, case, Actor(person=person), scene) is None:
        return ()
    found: list[Offer] = ["remind"] if any(task.holder != person for task in case.waiting) else []
    task = given_away(machine, case)
    if task is not None:
        if may_take(machine.definition, case, task, person, scene):
            found.append("take")
        if task.holder != case.subject:
            found.append("reassign")
    if case.waiting[0].due_on is not None:
        found.append("extend")
    return tuple(found)
