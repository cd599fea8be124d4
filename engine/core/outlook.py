"""What will happen if nobody acts, and by when a case must have ended at the latest: the same `step` on later days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from engine.core.arming import earliest
from engine.core.case import NEVER, Alarm, Case, Deadline
from engine.core.command import Contents, Elapse
from engine.core.definition import Rung, Transition
from engine.core.effects import Notify, Step
from engine.core.machine import Machine
from engine.core.ringing import elapse
from engine.core.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One thing that will happen by itself: when, what, and whom it reaches.

    `on` is the last day on which acting still prevents it. A move names its transition and where it leads;
    a rung names itself, whom it tells (`told`: person and kind) and to whom it hands the task (`taken_by`).
    """

    on: date
    at: int
    rung: Rung | None = None
    transition: Transition | None = None
    to: str = ""
    told: tuple[tuple[str, str], ...] = ()
    taken_by: str | None = None
    wakes: bool = False


def if_nobody_acts(
    machine: Machine, case: Case, contents: Contents, scene: Scene, *, most: int = 12
) -> tuple[Consequence, ...]:
    """The dated list of what will happen to this visit, up to and including the first move."""
    coming: list[Consequence] = []
    visit = case.visit
    while len(coming) < most and case.visit == visit and not case.ended:
        found = earliest(case)
        if found is None:
            break
        later = replace(scene, now=max(found[1].at, scene.now))
        done = elapse(machine, case, Elapse(contents=contents), later)
        if found[1].kind != "open":  # what opens for somebody is told in their own case
            coming.append(_consequence(machine, case, found, done, later))
        case = done.case
    return tuple(coming)


def silent_end(machine: Machine, case: Case, contents: Contents, scene: Scene) -> tuple[Case, int]:
    """Where the case rests if nobody ever acts again, and since when (microseconds UTC)."""
    now = scene.now
    while case.next_at < NEVER:
        now = max(case.next_at, now)
        case = elapse(machine, case, Elapse(contents=contents), replace(scene, now=now)).case
    return case, now


def _consequence(
    machine: Machine, case: Case, found: tuple[Deadline, Alarm], done: Step, scene: Scene
) -> Consequence:
    deadline, alarm = found
    told = tuple((effect.to, effect.kind) for effect in done.effects if isinstance(effect, Notify))
    # An alarm rings at 24:00 of its day, which is 0:00 of the next.
    on = scene.calendar.date_of(scene.now - 1, case.zone)
    if alarm.kind == "wake":
        return Consequence(
            on=scene.calendar.date_of(scene.now, case.zone), at=scene.now, told=told, wakes=True
        )
    if alarm.kind == "rung":
        before = {task.id: task.holder for task in case.waiting}
        taken = [one.holder for one in done.case.waiting if before.get(one.id, one.holder) != one.holder]
        rung = machine.definition.ladders[deadline.ladder].rungs[int(alarm.what)]
        return Consequence(on=on, at=scene.now, rung=rung, told=told, taken_by=taken[0] if taken else None)
    transition = machine.transition(case.state, alarm.what)
    return Consequence(on=on, at=scene.now, transition=transition, to=done.case.state, told=told)
