"""What will happen if nobody acts, and by when a case must have ended at the latest: the same `step` on later days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from engine.core.arming import TASK, earliest
from engine.core.assigning import personnel_desk
from engine.core.case import NEVER, Alarm, Case, Deadline
from engine.core.codec import decode
from engine.core.command import Contents, Elapse
from engine.core.definition import Condition, Rung, Transition
from engine.core.effects import Notify, OpenCase, Step
from engine.core.machine import Machine
from engine.core.ringing import elapse
from engine.core.scene import Scene
from engine.errors import GuardRefused

Kind = Literal["wakes", "rung", "moves", "runs_on", "opens", "promise", "undecided", "more"]

#: alarms of one instant that are looked through for what hinders a move
_MOST_AT_ONCE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One thing that will happen by itself: when, what, and whom it reaches.

    `on` is the last day on which acting still prevents it. A move names its transition, where it leads and what came
    of the gathering it ends; a rung names itself, whom it tells (`told`: person and kind) and to whom it hands the task
    (`taken_by`); the end of a pause names its reason and the task's due day from then on, if that clock runs again.
    A move that cannot choose its way is `undecided`: the case stays where it is until one of the desk in `helped_by`
    steps in. Of one whose way is chosen by what its reader does not read, it is `unsaid` where it leads. `more` says
    that the list ends here although others follow.
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
    undecided: bool = False
    unsaid: bool = False
    #: who serves on the personnel desk and can help a case that does not get on by itself
    helped_by: tuple[str, ...] = ()
    more: bool = False

    @property
    def kind(self) -> Kind:
        """What happens, in one word."""
        if self.more:
            return "more"
        if self.undecided:
            return "undecided"
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
    machine: Machine,
    case: Case,
    contents: Contents,
    scene: Scene,
    *,
    most: int = 12,
    for_others_than: str | None = None,
) -> tuple[Consequence, ...]:
    """The dated list of what will happen to this visit, up to and including the first move.

    With `for_others_than`, the holder of a task, only up to what first reaches others or takes the work from them.

    A move that cannot choose its way ends it too, or follows the one it hinders.
    Beyond `most` one more says from when on others follow.
    """
    coming: list[Consequence] = []
    visit, later = case.visit, scene
    while case.visit == visit and not case.ended:
        found = earliest(case)
        if found is None:
            break
        later = replace(scene, now=max(found[1].at, scene.now))
        try:
            done = elapse(machine, case, Elapse(contents=contents), later)
        except GuardRefused:
            return (*coming, _undecided(machine, case, found[1], scene))
        new = _consequences(machine, case, found, done, later)
        coming += new
        if for_others_than is not None and first_for_others(new, for_others_than) is not None:
            return tuple(coming)
        if len(coming) > most:
            return (*coming[:most], Consequence(on=coming[most].on, at=coming[most].at, more=True))
        case = done.case
    return (*coming, *_hindered(machine, case, contents, later))


def as_foreseen(
    machine: Machine, coming: Iterable[Consequence], knows: Callable[[Condition], bool]
) -> tuple[Consequence, ...]:
    """The same for a reader who knows what some conditions read: where another fork leads is not said beforehand."""
    return tuple(
        one
        if one.undecided or one.transition is None or all(map(knows, machine.forking(one.transition)))
        else replace(one, to="", told=(), opens=(), unsaid=True)
        for one in coming
    )


def first_for_others(coming: Iterable[Consequence], holder: str) -> Consequence | None:
    """The first thing that reaches anybody but the task's holder, or takes the work from them; None if nothing does."""
    for one in coming:
        beyond = one.taken_by not in {None, holder} or any(to != holder for to, _ in one.told)
        if beyond or one.kind in {"moves", "undecided", "promise"}:
            return one
    return None


def silent_end(machine: Machine, case: Case, contents: Contents, scene: Scene) -> tuple[Case, int]:
    """Where the case rests if nobody ever acts again, and since when (microseconds UTC).

    It rests as well before a move that cannot choose its way.
    """
    now = scene.now
    while case.next_at < NEVER:
        at = max(case.next_at, now)
        try:
            case = elapse(machine, case, Elapse(contents=contents), replace(scene, now=at)).case
        except GuardRefused:
            break
        now = at
    return case, now


def _hindered(machine: Machine, case: Case, contents: Contents, scene: Scene) -> tuple[Consequence, ...]:
    """What keeps a move from being taken at all: what is due in the same instant after it cannot be decided."""
    for _ in range(_MOST_AT_ONCE):
        found = earliest(case)
        if case.ended or found is None or found[1].at > scene.now:
            break
        try:
            case = elapse(machine, case, Elapse(contents=contents), scene).case
        except GuardRefused:
            return (_undecided(machine, case, found[1], scene),)
    return ()


def _undecided(machine: Machine, case: Case, alarm: Alarm, scene: Scene) -> Consequence:
    """A move whose conditions read what is missing, or fit two rows, on the day it is due."""
    return Consequence(
        on=scene.calendar.date_of(alarm.at - 1, case.zone),
        at=alarm.at,
        transition=machine.transition(case.state, alarm.what),
        undecided=True,
        helped_by=personnel_desk(case, replace(scene, now=max(alarm.at, scene.now))),
    )


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
