"""Watching the promises of a definition in one case: what a step makes of them, and who has to look at a breach.

It is part of the step, so the entry that breaks a promise says so, with the entries that show it, and the task about
it is there or not with everything else of that step. A promise with a day in it has a clock, so that its breach is
noticed on the day. Nothing pauses such a clock and no grant moves it: what was promised holds whatever is arranged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.core.arming import arm_promise
from engine.core.assigning import PERSONNEL, found_facts, on_personnel_desk, why
from engine.core.breach_desk import looker
from engine.core.case import Alarm, Case, Task, Watch
from engine.core.clock_rules import PROMISE
from engine.core.codec import replace
from engine.core.command import Acknowledge, Actor
from engine.core.definition import By, EndsBy, Transition
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.parse.graph import leads_on
from engine.core.people import Resolution
from engine.core.permitting import demand_reason
from engine.core.scene import Scene
from engine.core.watching import Happening, day_passed, ended, watched
from engine.errors import Refused, WrongPerson

__all__ = [
    "Before",
    "acknowledge",
    "begin_watch",
    "hand_look",
    "keep_watch",
    "may_acknowledge",
    "ring_promise",
]

#: standings that may still change
_UNSETTLED = frozenset({"open", "lost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How a case stood before it moved: whom it waited for, by which way it went (None: the one that opened it ended).

    `actor` set it off.
    """

    way: Transition | None
    actor: Actor
    holders: tuple[str, ...] = ()


def begin_watch(draft: Draft) -> None:
    """A case is opened: every promise about it is open, and the clock of each that is about a day runs."""
    machine = draft.machine
    if not machine.promises:
        return
    draft.change(promises=tuple(Watch(number=number, at=draft.scene.now) for number, _ in machine.promises))
    clocks = [
        clock
        for number, promise in machine.promises
        if isinstance(promise, EndsBy)
        and (clock := arm_promise(machine.definition, draft.case, number, draft.scene)) is not None
    ]
    draft.put_deadlines(*clocks)
    _take(draft, Happening(None, draft.case.state, draft.seq, draft.scene.now), frozenset(), outside=False)


def keep_watch(draft: Draft, before: Before, *, stayed: bool = False) -> None:
    """What a move, or an act after which the case stayed, means for what was promised."""
    if not draft.case.promises or (stayed and draft.case.ended):
        return
    way, actor = before.way, before.actor
    people = tuple(one for one in (actor.person, actor.behalf) if one is not None)
    by_people = way is not None and isinstance(way.trigger, By)
    state = "" if stayed else draft.case.state
    done = Happening(way, state, draft.seq, draft.scene.now, people if by_people else ())
    outside = way is None or not leads_on(way)
    _take(draft, done, frozenset(people or before.holders), outside=outside)


def ring_promise(draft: Draft, alarm: Alarm) -> Step:
    """The day of a promise is over, and it was not kept."""
    name = f"{PROMISE}{alarm.what}"
    case = draft.case
    clock = next(one for one in case.deadlines if one.name == name)
    draft.facts["cause"] = {"promise": int(alarm.what), "due": clock.due_on.isoformat()}
    _drop_clock(draft, int(alarm.what))
    broken = {
        one.number: day_passed(one, draft.seq, draft.scene.now)
        for one in case.promises
        if one.number == int(alarm.what)
    }
    _settle(draft, broken, frozenset(task.holder for task in case.waiting))
    return draft.close("promise")


def acknowledge(machine: Machine, case: Case, command: Acknowledge, scene: Scene) -> Step:
    """A breach has been looked at: by whoever has the task, or the personnel desk, saying what was done about it.

    Raises: Refused, WrongPerson, ReasonMissing.
    """
    watch = next((one for one in case.promises if one.number == command.promise), None)
    if watch is None or watch.task is None:
        waiting = [str(one.number) for one in case.promises if one.task is not None]
        raise Refused(
            f"promise {command.promise} of case {case.id} does not wait for a look",
            allowed=waiting,
            case=case.id,
        )
    if not may_acknowledge(case, command.actor.person or "", scene):
        raise WrongPerson(
            f"a broken promise is looked at by whoever has the task or by {PERSONNEL}, never in one's own case",
            case=case.id,
        )
    draft = Draft(machine, case, scene, command.actor)
    draft.write(REASON, demand_reason(command.reason))
    draft.facts["cause"] = {"acknowledged": watch.number}
    draft.end(watch.task, "done")
    _put(draft, {watch.number: replace(watch, task=None, acknowledged=draft.seq)})
    return draft.close("acknowledged")


def may_acknowledge(case: Case, person: str, scene: Scene) -> bool:
    """Whether somebody may say what was done about a breach of this case."""
    asked = any(task.holder == person for task in case.breaches)
    return (
        bool(case.breaches) and person != case.subject and (asked or on_personnel_desk(case, person, scene))
    )


def _take(draft: Draft, done: Happening, blamed: frozenset[str], *, outside: bool) -> None:
    """Move every automaton on; clocks, tasks and what the entry tells follow from what changed."""
    case, machine = draft.case, draft.machine
    promises = dict(machine.promises)
    changed: dict[int, Watch] = {}
    for watch in case.promises:
        promise = promises[watch.number]
        after = watched(promise, watch, done)
        if case.ended:
            after = ended(promise, after, done.entry, done.at, outside=outside)
        elif after.begun and after.standing == "open" and _is_hopeless(machine, watch.number, case.state):
            cause = "outside" if after.outside else "unreachable"
            evidence = (after.begun, done.entry)
            after = replace(after, standing="lost", cause=cause, at=done.at, evidence=evidence)
        if after is not watch:
            changed[watch.number] = after
            _set_clock(draft, watch, after)
    if changed:
        _settle(draft, changed, blamed)


def _is_hopeless(machine: Machine, number: int, state: str) -> bool:
    """Whether what must follow cannot happen any more from where the case is."""
    return number in machine.hopeful and state not in machine.hopeful[number]


def _set_clock(draft: Draft, before: Watch, after: Watch) -> None:
    """The clock of what must follow within a time runs from when it is owed until it happens."""
    had, has = _owes(before), _owes(after)
    if had != has and had:
        _drop_clock(draft, before.number)
    if had != has and has:
        clock = arm_promise(draft.machine.definition, draft.case, after.number, draft.scene)
        if clock is not None:
            draft.put_deadlines(clock)


def _owes(watch: Watch) -> int:
    """The entry since which something is owed; 0 if nothing is."""
    return watch.begun if watch.standing in _UNSETTLED and not watch.outside else 0


def _drop_clock(draft: Draft, number: int) -> None:
    name = f"{PROMISE}{number}"
    draft.change(deadlines=tuple(one for one in draft.case.deadlines if one.name != name))


def _settle(draft: Draft, changed: dict[int, Watch], blamed: frozenset[str]) -> None:
    """Say in the entry what can no longer be mended, and ask somebody to look at it, once for each promise."""
    standing = {one.number: one.standing for one in draft.case.promises}
    for number, watch in changed.items():
        if watch.standing == standing[number] or watch.standing not in {"broken", "lost"}:
            continue
        told: dict[str, Any] = {
            "promise": number,
            "standing": watch.standing,
            "cause": watch.cause,
            "evidence": list(watch.evidence),
        }
        if watch.cause != "outside" and watch.task is None and not watch.acknowledged:
            task = _ask(draft, number, blamed, told)
            changed[number] = replace(watch, task=task)
        draft.facts.setdefault("promises", []).append(told)
    _put(draft, changed)


def _put(draft: Draft, changed: dict[int, Watch]) -> None:
    draft.change(promises=tuple(changed.get(one.number, one) for one in draft.case.promises))


def _ask(draft: Draft, number: int, blamed: frozenset[str], told: dict[str, Any]) -> Task | None:
    """Open the task of the personnel desk about a breach: of somebody who had no part in it, if there is anybody."""
    case, scene = draft.case, draft.scene
    found = looker(case, scene, blamed)
    if found is None:
        draft.facts.setdefault("not_told", []).append(PERSONNEL)
        return None
    task = Task(
        id=f"{case.id}.promise.{number}",
        kind="breach",
        visit=case.visit,
        state=case.state,
        role=PERSONNEL,
        holder=found.person,
        why=why(found),
        opened_at=scene.now,
    )
    told["asked"] = found_facts(found)
    draft.open(task)
    draft.tell(found.person, "breach", f"promise/{number}", task.id, promise=number)
    return task


def hand_look(draft: Draft, task: Task, found: Resolution) -> None:
    """The look at a breach goes to another of the desk, who is asked as the first was."""
    number = next(one.number for one in draft.case.promises if one.task == task)
    key = f"promise/{number}/{draft.seq}"
    draft.put_task(replace(task, holder=found.person, why=why(found), since="followed"))
    draft.tell(found.person, "breach", key, task.id, promise=number)
    draft.tell(task.holder, "handed_over", key, task.id, after=found.person)
