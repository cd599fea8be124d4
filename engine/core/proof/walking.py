"""Random walks with the real `step`: people act or stay silent, fill in well or badly, facts come; time passes.

Of other cases only the facts are heard that a state waits for, at any time or never; nothing is read of
them. A walk is known by its seed. It proves nothing; it may contradict what was claimed, and then
tells how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from engine.core.assigning import find
from engine.core.case import NEVER, Case
from engine.core.command import TIMER, Actor, Contents, Elapse, Fire, Notice
from engine.core.definition import FACTS, HOLDER, By, Transition
from engine.core.effects import Step
from engine.core.linking import awaited
from engine.core.machine import Machine
from engine.core.proof.dice import Dice
from engine.core.proof.endings import Ends
from engine.core.proof.pretending import PRETENDED, pretend
from engine.core.scene import Scene
from engine.core.step import Beginning, start, step, written
from engine.errors import NobodyFound, Refused

__all__ = ["Walk", "contradiction", "walk"]

#: a case that has taken so many steps and is still open is not coming to an end
MOST_STEPS = 2_000
_DAY = 86_400_000_000
#: so many times somebody tries to act before nobody is left who could
_TRIES = 40
#: so long people are waited for where nothing happens by itself
_PATIENCE = 40 * _DAY


@dataclass(slots=True, kw_only=True)
class Walk:
    """One case lived through: the states with the instants they were entered, how it ended, what stopped it."""

    seed: int
    day: date
    ended: str = ""
    steps: int = 0
    trail: list[tuple[str, int]] = field(default_factory=list)
    #: what the real step could not do; "" if nothing
    stopped: str = ""
    refusals: int = 0


def walk(
    machine: Machine, beginning: Beginning, scene: Scene, *, seed: int, eager: tuple[int, int] = (1, 2)
) -> Walk:
    """One random life of a case; `eager` is how often, of how many times, somebody acts before the next alarm."""
    dice = Dice(seed)
    first = start(machine, beginning, scene)
    zone = first.case.zone
    told = Walk(seed=seed, day=scene.calendar.date_of(scene.now, zone))
    stroll = _Stroll(
        machine=machine, case=first.case, scene=scene, contents=written(Contents(), first), told=told
    )
    stroll.note(first)
    while not stroll.case.ended and not told.stopped:
        if told.steps > MOST_STEPS:
            told.stopped = f"still open in {stroll.case.state} after {MOST_STEPS} steps"
        elif stroll.case.next_at <= stroll.scene.now:
            stroll.time_passes()  # what was past on entry comes before anybody acts
        elif dice.chance(1, 400):
            stroll.notice(dice.one_of(FACTS))
        elif (awaited := stroll.awaited()) and dice.chance(1, 6):
            stroll.notice(dice.one_of(awaited))
        elif dice.chance(*eager) or stroll.case.next_at == NEVER:
            stroll.somebody_acts(dice)
        else:
            stroll.time_passes()
    told.ended = stroll.case.ended
    return told


def contradiction(told: Walk, ends: Ends, scene: Scene, zone: str) -> str:
    """What a walk shows that a proof denies, in one sentence; "" if nothing."""
    if told.stopped:
        return f"seed {told.seed}, opened on {told.day}: {told.stopped}"
    latest = ends.by_entry.get(told.day)
    for name, at in told.trail:
        day = scene.calendar.date_of(at - 1, zone)
        if name in ends.entered and day > ends.entered[name]:
            return (
                f"seed {told.seed}, opened on {told.day}: {name} entered on {day}, after {ends.entered[name]}"
            )
    last = scene.calendar.date_of(told.trail[-1][1] - 1, zone)
    if latest is not None and last > latest:
        return f"seed {told.seed}, opened on {told.day}: over on {last}, after {latest}"
    return ""


@dataclass(slots=True, kw_only=True)
class _Stroll:
    machine: Machine
    case: Case
    scene: Scene
    contents: Contents
    told: Walk

    def note(self, done: Step) -> None:
        """Keep what a step made."""
        if not self.told.trail or done.case.visit != self.case.visit:
            self.told.trail.append((done.case.state, self.scene.now))
        self.case = done.case
        self.contents = written(self.contents, done)
        self.told.steps += 1

    def time_passes(self) -> None:
        """The next alarm comes."""
        self.scene = replace(self.scene, now=max(self.scene.now, self.case.next_at))
        try:
            self.note(step(self.machine, self.case, Elapse(contents=self.contents), self.scene))
        except (Refused, NobodyFound) as stuck:
            self.told.stopped = f"in {self.case.state} the moment cannot come: {stuck}"

    def awaited(self) -> tuple[str, ...]:
        """What the state waits for of other cases."""
        return tuple(fact for fact, _ in awaited(self.machine.definition, self.case, self.scene))

    def notice(self, fact: str) -> None:
        """Something is recorded of the employee, or heard of another case, some time before the next alarm."""
        command = Notice(fact=fact, actor=TIMER, contents=self.contents)
        try:
            self.note(step(self.machine, self.case, command, self.scene))
        except Refused:
            self.told.refusals += 1

    def somebody_acts(self, dice: Dice) -> None:
        """Somebody tries something at some time before the next alarm, at the very last instant now and then."""
        nothing_else = self.case.next_at == NEVER
        until = self.scene.now + _PATIENCE if nothing_else else max(self.case.next_at, self.scene.now)
        now = until if dice.chance(1, 4) else self.scene.now + dice.below(until - self.scene.now + 1)
        self.scene = replace(self.scene, now=now)
        for _ in range(_TRIES if nothing_else else 1):
            if self._tries(dice):
                return
        if nothing_else:
            self.told.stopped = f"nobody can do anything in {self.case.state}, and nothing happens by itself"

    def _tries(self, dice: Dice) -> bool:
        ways = [way for way in self.machine.ways(self.case.state) if isinstance(way.trigger, By)]
        if dice.chance(9, 10):  # exemptions and the like end most walks before they have begun
            ways = [way for way in ways if not way.anytime] or ways
        if not ways:
            return False
        way = dice.one_of(ways)
        actor = dice.one_of(list(self._actors(way)) or [self.case.subject])
        form = self.machine.state(self.case.state).form_of(way)
        forms: Mapping[str, Mapping[str, object]] = {}
        if form is not None and not dice.chance(1, 20):
            forms = {form: pretend(self.machine.definition, form, dice, self.case, self.contents, self.scene)}
        command = Fire(
            trigger=way.name,
            actor=Actor(person=actor),
            forms=forms,
            files=PRETENDED,
            reason="karena",
            contents=self.contents,
        )
        try:
            self.note(step(self.machine, self.case, command, self.scene))
        except (Refused, NobodyFound):
            self.told.refusals += 1
            return False
        return True

    def _actors(self, way: Transition) -> Iterator[str]:
        assert isinstance(way.trigger, By)
        for name in way.trigger.roles or (HOLDER,):
            if name == HOLDER:
                yield from (task.holder for task in self.case.waiting)
                continue
            try:
                yield find(self.machine.definition, self.case, name, self.scene).person
            except NobodyFound:
                continue
