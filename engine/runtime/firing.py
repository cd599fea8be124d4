"""From a request to a saved step: lock, let what is overdue happen first, decide, write, remember the answer.

A refusal changes nothing of the case; it is an entry in a stream of its own, written in a transaction of its own,
and not more often than `_Refusals` allows, so that hammering a button cannot fill the log.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.codec import canonical, decode
from engine.core.command import Actor, Command, Contents, Fire, Notice
from engine.core.effects import Step
from engine.core.ringing import needs_contents
from engine.core.scene import Scene
from engine.core.step import settle, step
from engine.errors import IdempotencyMismatch, NotFound, Refused
from engine.runtime.library import Library
from engine.runtime.reports import Fired
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit

#: refusals written per actor within a minute
_MOST_REFUSALS = 20
_MINUTE = 60_000_000


class Firing:
    """Fires commands at cases, one transaction each."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self._refusals: dict[str, deque[int]] = {}

    def fire(self, case_id: str, command: Command, *, key: str | None = None) -> Fired:
        """What came of a command. With a key, a repeat of the same request gets the first answer again.

        Raises: NotFound, IdempotencyMismatch, Conflict, or the Refused that `step` raised (then what was overdue
        has still happened, and nothing else).
        """
        actor = _actor_of(command)
        request = _request(case_id, command) if key is not None else ""
        with self._database.write() as unit:
            if key is not None:
                answered = _recall(unit, actor, key, request)
                if answered is not None:
                    return answered
            case = unit.load(case_id)
            if case is None:
                raise NotFound("case", case_id)
            machine = self._library.machine(unit, case.definition)
            scene = self._library.scene(unit, machine, case)
            reads = isinstance(command, Fire | Notice) or needs_contents(case, scene.now)
            contents = unit.contents(case_id) if reads else Contents()
            overdue = settle(machine, case, contents, scene, until=scene.now - 1)
            if overdue:
                case = overdue[-1].case
            refusal: Refused | None = None
            steps: tuple[Step, ...] = overdue
            try:
                first = step(machine, case, _with(command, contents), scene)
                merged = _merged(contents, command)
                steps = (*overdue, first, *settle(machine, first.case, merged, scene, until=scene.now))
            except Refused as refused:
                refusal = refused
            if steps:
                unit.save(steps)
            if refusal is None and key is not None:
                answer = canonical({"case": case_id, "seqs": [one.entry.seq for one in steps]})
                unit.remember(actor, key, request, answer, scene.now)
        if refusal is not None:
            self._note(case, command, refusal, scene)
            raise refusal
        return Fired(case=steps[-1].case, entries=tuple(one.entry for one in steps))

    def _note(self, case: Case, command: Command, refusal: Refused, scene: Scene) -> None:
        """Write the refusal of a known person, unless this person's share of the minute is used up."""
        actor = _actor_of(command)
        if not actor or not self._may_note(actor, scene.now):
            return
        facts = {
            "case": case.id,
            "definition": case.definition,
            "from": case.state,
            "visit": case.visit,
            "actor": {"person": actor},
            "refused": refusal.code,
            "asked": command.trigger[:80] if isinstance(command, Fire) else type(command).__name__,
        }
        with self._database.write() as unit:
            unit.append(f"refusals/{case.id}", "refused", scene.now, facts)

    def _may_note(self, actor: str, now: int) -> bool:
        noted = self._refusals.setdefault(actor, deque(maxlen=_MOST_REFUSALS))
        if len(noted) == _MOST_REFUSALS and now - noted[0] < _MINUTE:
            return False
        noted.append(now)
        return True


def _with(command: Command, contents: Contents) -> Command:
    if isinstance(command, Fire | Notice):
        return replace(command, contents=contents)
    return command


def _merged(contents: Contents, command: Command) -> Contents:
    """Contents after an act: automatic moves that follow at once read what has just been written."""
    if isinstance(command, Fire) and command.forms:
        return Contents(forms={**contents.forms, **command.forms})
    return contents


def _actor_of(command: Command) -> str:
    actor: Actor | None = getattr(command, "actor", None)
    return actor.person or "" if actor is not None else ""


def _request(case_id: str, command: Command) -> str:
    """A hash of all that was asked, so that one key cannot stand for two requests."""
    asked: dict[str, Any] = {name: value for name, value in asdict(command).items() if name != "contents"}
    told = canonical({"case": case_id, "kind": type(command).__name__, "asked": asked})
    return hashlib.sha256(told).hexdigest()


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
