"""What will happen if nobody acts, and by when a case must have ended at the latest: the same `step` on later days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from engine.core.arming import TASK, earliest
from engine.core.case import NEVER, Alarm, Case, Deadline
from engine.core.codec import decode
from engine.core.command import Contents, Elapse
from engine.core.definition import Rung, Transition
from engine.core.effects import Notify, OpenCase, Step
from engine.core.machine import Machine
from engine.core.ringing import elapse
from engine.core.scene import Scene

Kind = Literal["wakes", "rung", "moves", "runs_on", "opens", "promise", "more"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One thing that will happen by itself: when, what, and whom it reaches.

    `on` is the last day on which acting still prevents it. A move names its transition, where it leads and what came
    of the gathering it ends; a rung names itself, whom it tells (`told`: person and kind) and to whom it hands the task
    (`taken_by`); the end of a pause names its reason and the task's due day from then on, if that clock runs again.
    `more` says that the list ends here although others follow.
    """

    on: date
    at: int
    rung: Rung | None = None
    transition: Transition | None = None
    to: str = ""
    told: tuple[tuple[str, str], ...] = ()
    taken_by: str | None = None
    outcome: Mapping[str, Any] | None = None
    wakes: bool = False
    runs_on: str = ""
    due_on: date | None = None
    #: links by which cases are opened at that instant
    opens: tuple[str, ...] = ()
    #: the number of a promise whose day is over
    promise: int | None = None
    more: bool = False

    @property
    def kind(self) -> Kind:
        """What happens, in one word."""
        if self.more:
            return "more"
        if self.wakes:
            return "wakes"
        if self.runs_on:
            return "runs_on"
        if self.rung is not None:
            return "rung"
        if self.promise is not None:
            return "promise"
        return "moves" if self.transition is not None else "opens"


def if_nobody_acts(
    machine: Machine, case: Case, contents: Contents, scene: Scene, *, most: int = 12
) -> tuple[Consequence, ...]:
    """The dated list of what will happen to this visit, up to and including the first move.

    Beyond `most` one more says from when on others follow.
    """
    coming: list[Consequence] = []
    visit = case.visit
    while case.visit == visit and not case.ended:
        found = earliest(case)
        if found is None:
            break
        later = replace(scene, now=max(found[1].at, scene.now))
        done = elapse(machine, case, Elapse(contents=contents), later)
        coming += _consequences(machine, case, found, done, later)
        if len(coming) > most:
            return (*coming[:most], Consequence(on=coming[most].on, at=coming[most].at, more=True))
        case = done.case
    return tuple(coming)


def silent_end(machine: Machine, case: Case, contents: Contents, scene: Scene) -> tuple[Case, int]:
    """Where the case rests if nobody ever acts again, and since when (microseconds UTC)."""
    now = scene.now
    while case.next_at < NEVER:
        now = max(case.next_at, now)
        case = elapse(machine, case, Elapse(contents=contents), replace(scene, now=now)).case
    return case, now


def _consequences(
    machine: Machine, case: Case, found: tuple[Deadline, Alarm], done: Step, scene: Scene
) -> tuple[Consequence, ...]:
    """What one alarm comes to; nothing, if it would open what may not be open."""
    deadline, alarm = found
    told = tuple((effect.to, effect.kind) for effect in done.effects if isinstance(effect, Notify))
    opens = tuple(dict.fromkeys(effect.link for effect in done.effects if isinstance(effect, OpenCase)))
    # An alarm rings at 24:00 of its day, which is 0:00 of the next; a case wakes and opens others in the morning.
    on = scene.calendar.date_of(scene.now - 1, case.zone)
    morning = scene.calendar.date_of(scene.now, case.zone)
    coming = Consequence(on=on, at=scene.now, told=told, opens=opens)
    match alarm.kind:
        case "wake":
            return (replace(coming, on=morning, wakes=True),)
        case "open":
            return (replace(coming, on=morning),) if opens else ()
        case "resume":
            return (replace(coming, runs_on=alarm.what, due_on=_due_on(done.case)),)
        case "promise":
            return (replace(coming, promise=int(alarm.what)),)
        case "rung":
            before = {task.id: task.holder for task in case.waiting}
            taken = [one.holder for one in done.case.waiting if before.get(one.id, one.holder) != one.holder]
            rung = machine.definition.ladders[deadline.ladder].rungs[int(alarm.what)]
            return (replace(coming, rung=rung, taken_by=taken[0] if taken else None),)
        case _:
            transition = machine.transition(case.state, alarm.what)
            assert transition is not None, f"{case.state} does not have {alarm.what}"
            outcome = decode(done.entry.body).get("gathered")
            return (replace(coming, transition=transition, to=done.case.state, outcome=outcome),)


def _due_on(case: Case) -> date | None:
    """The due day of the task's clock, if there is one and it runs."""
    return next((one.due_on for one in case.deadlines if one.name == TASK and one.paused_at is None), None)
