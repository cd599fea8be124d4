"""From a request to a saved step: lock, let what is overdue happen first, decide, write, remember the answer.

A refusal changes nothing of the case; it is an entry in a stream of its own, written in a transaction of its own,
and not more often than `_Refusals` allows, so that hammering a button cannot fill the log.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from engine.clock import Clock
from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.codec import canonical, decode
from engine.core.command import Actor, Command, Fire
from engine.core.effects import Await, OpenCase, Signal, Step
from engine.core.gather_acts import ANSWER
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.step import act_and_settle, settle, written
from engine.errors import IdempotencyMismatch, NotFound, Refused
from engine.runtime.library import Library
from engine.runtime.on_demand import contents_of
from engine.runtime.reports import Fired
from engine.runtime.training import keep_trainings
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.view import View

#: refusals written per actor within a minute
_MOST_REFUSALS = 20
_MINUTE = 60_000_000
#: what the shell adds to a request: no part of what was asked, or as with files named in it by a hash
_OURS = frozenset({"contents", "waiting", "files"})
#: persons whose refusals are counted before those of an hour ago are forgotten
_MOST_REFUSERS = 1_000


#: what a command is to pass besides its own step
Demand = Callable[[Machine, Case], None]


class Firing:
    """Fires commands at cases, one transaction each."""

    def __init__(self, database: Database, library: Library, system: Clock) -> None:
        self._database = database
        self._library = library
        self._system = system
        self._refusals: dict[str, deque[int]] = {}

    def fire(
        self, case_id: str, command: Command, *, key: str | None = None, demand: Demand | None = None
    ) -> Fired:
        """What came of a command. With a key, a repeat of the same request gets the first answer again.

        `demand` may refuse it as well, once the case is locked and no answer was given before.

        Raises: NotFound, IdempotencyMismatch, Conflict, or the Refused that `step` raised (then what was overdue
        has still happened, and nothing else).
        """
        actor = _actor_of(command)
        refusal: Refused | None = None
        with self._database.write() as unit:
            # The case is locked first: of two twins the second waits here, and then finds the first one's answer.
            case = unit.load(case_id)
            request = ""
            if key is not None:
                machine = self._library.machine(unit, case.definition) if case is not None else None
                request = _request(case_id, command, hidden=machine is not None and _hides(machine, command))
                answered = _recall(unit, actor, key, request)
                if answered is not None:
                    return answered
            if case is None:
                raise NotFound("case", case_id)
            machine = self._library.machine(unit, case.definition)
            scene = self._library.scene(unit, machine, case)
            steps = self.overdue(unit, machine, case, scene)
            stand = steps[-1].case if steps else case
            contents = contents_of(unit, self._library, machine, stand, scene)
            for done in steps:
                contents = written(contents, done)
            try:
                if demand is not None:
                    demand(machine, stand)
                steps = (*steps, *act_and_settle(machine, stand, command, contents, scene))
            except Refused as refused:
                refusal = refused
            if steps:
                unit.save(steps)
                keep_trainings(unit, scene.chart, steps)
            if refusal is None and key is not None:
                answer = canonical({"case": case_id, "seqs": [one.entry.seq for one in steps]})
                unit.remember(actor, key, request, answer, scene.now)
        if refusal is not None:
            self._note(stand, machine, command, refusal, scene)
            raise refusal
        return Fired(
            case=steps[-1].case,
            entries=tuple(one.entry for one in steps),
            stirs=stirs(steps),
        )

    def overdue(self, view: View, machine: Machine, case: Case, scene: Scene) -> tuple[Step, ...]:
        """What should have happened before this act, and now does; nothing if a timer cannot choose its way.

        A case whose timer is stuck must still be open to those who can help it.
        """
        contents = contents_of(view, self._library, machine, case, scene)
        try:
            return settle(machine, case, contents, scene, until=scene.now - 1)
        except Refused:
            return ()

    def _note(self, case: Case, machine: Machine, command: Command, refusal: Refused, scene: Scene) -> None:
        """Write the refusal of a person the chart knows, unless this person's share of the minute is used up."""
        actor = _actor_of(command)
        if not scene.chart.history(actor) or not self._may_note(actor):
            return
        known = isinstance(command, Fire) and machine.transition(case.state, command.trigger) is not None
        facts = {
            "case": case.id,
            "definition": case.definition,
            "from": case.state,
            "visit": case.visit,
            "actor": {"person": actor},
            "refused": refusal.code,
            # Words of the definition only: what people type into an address never stands in the log.
            "asked": command.trigger if isinstance(command, Fire) and known else type(command).__name__,
        }
        with self._database.write() as unit:
            unit.append(f"refusals/{case.id}", "refused", scene.now, facts)

    def _may_note(self, actor: str) -> bool:
        """Counted by the machine's clock: a demo's stands still, and a business clock may be set back."""
        now = self._system.now()
        noted = self._refusals.setdefault(actor, deque(maxlen=_MOST_REFUSALS))
        if len(noted) == _MOST_REFUSALS and now - noted[0] < _MINUTE:
            return False
        noted.append(now)
        if len(self._refusals) > _MOST_REFUSERS:
            self._refusals = {
                one: times for one, times in self._refusals.items() if now - times[-1] < _MINUTE
            }
        return True


def stirs(steps: Sequence[Step]) -> bool:
    """Whether any of these steps concerns other cases."""
    return any(isinstance(effect, Await | OpenCase | Signal) for step in steps for effect in step.effects)


def _actor_of(command: Command) -> str:
    actor: Actor | None = getattr(command, "actor", None)
    return actor.person or "" if actor is not None else ""


def _hides(machine: Machine, command: Command) -> bool:
    """Whether this may be an answer without a name: a hash of it beside its actor would tell what they answered."""
    gathers = (state.gather for state in machine.definition.states.values())
    unnamed = any(one is not None and one.anonymous for one in gathers)
    return unnamed and isinstance(command, Fire) and command.trigger == ANSWER


def _request(case_id: str, command: Command, *, hidden: bool = False) -> str:
    """A hash of all that was asked, so that one key cannot stand for two requests; without what must stay hidden."""
    left_out = {*_OURS, "forms"} if hidden else _OURS
    asked = {
        field.name: getattr(command, field.name) for field in fields(command) if field.name not in left_out
    }
    # ASCII escapes: whatever letters were sent, they have one form here and cannot fail.
    told = json.dumps([case_id, type(command).__name__, asked], sort_keys=True, default=repr)
    return hashlib.sha256(told.encode()).hexdigest()


def _recall(unit: Unit, actor: str, key: str, request: str) -> Fired | None:
    before = unit.recall(actor, key)
    if before is None:
        return None
    asked, answer = before
    if asked != request:
        raise IdempotencyMismatch(
            f"the idempotency key {key!r} was used for another request; send a new key with a new request",
            key=key,
        )
    told: Mapping[str, Any] = decode(answer)
    case = unit.load(told["case"])
    assert case is not None, "a remembered case does not disappear"
    wanted = set(told["seqs"])
    entries: tuple[Entry, ...] = tuple(one for one in queries.history(unit, case.stream) if one.seq in wanted)
    return Fired(case=case, entries=entries, repeated=True)
