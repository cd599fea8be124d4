"""Time passes: a sleeping case wakes, a moment moves a case, a rung of a ladder rings.

A rung never moves a case. What it did, to whom and why stands in its entry, with how late it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.core.arming import TASK, earliest, rung_of, without_first
from engine.core.assigning import barred, found_facts, listeners, why
from engine.core.case import Alarm, Case, Deadline, Task
from engine.core.catching_up import (
    caught_up,
    extends,
    policy_of,
    returned,
    speaking_for,
    taken_together,
)
from engine.core.chart import Chart
from engine.core.codec import replace
from engine.core.command import TIMER, Elapse
from engine.core.condition_values import guard_values
from engine.core.conditions import Verdict
from engine.core.definition import HOLDER, By, Rung
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.entering import wake
from engine.core.gathering import closing, taken_part
from engine.core.linking import open_part
from engine.core.machine import Machine
from engine.core.moving import move
from engine.core.pausing import due_again, release
from engine.core.people import Resolution, next_level, substitute_of
from engine.core.promised import ring_promise
from engine.core.scene import Scene
from engine.errors import GuardRefused, NobodyFound

_NO_VERDICTS: Mapping[str, Verdict] = {}


def elapse(machine: Machine, case: Case, command: Elapse, scene: Scene) -> Step:
    """The step of the case's earliest alarm. The case has one, and its instant is not in the future."""
    found = earliest(case)
    assert found is not None
    deadline, alarm = found
    assert alarm.at <= scene.now
    draft = Draft(machine, case, scene, TIMER, command.contents)
    draft.facts["late_us"] = scene.now - alarm.at
    if extends(machine.definition, case, deadline, alarm, scene) and returned(draft):
        return draft.close("given_back")
    if alarm.kind == "rung":
        together = taken_together(machine.definition, case, deadline, scene)
        if len(together) > 1:
            return _catch_up(draft, deadline, together)
        return _ring(draft, deadline, alarm)
    if alarm.kind == "resume":
        draft.facts["cause"] = {"pause_over": alarm.what, "due": deadline.due_on.isoformat()}
        end_pause(draft, (deadline.name,))
        return draft.close("resumed")
    if alarm.kind == "open":
        draft.facts["cause"] = {"part": alarm.what}
        draft.put_deadlines(without_first(deadline))
        open_part(draft, alarm.what)
        return draft.close("opened")
    if alarm.kind == "promise":
        return ring_promise(draft, alarm)
    if alarm.kind == "wake":
        draft.facts["cause"] = {"moment": "not_before", "due": deadline.due_on.isoformat()}
        wake(draft)
        return draft.close("woke")
    return _moved_by_time(draft, deadline, alarm)


def end_pause(draft: Draft, ends: Iterable[str]) -> None:
    """Let clocks that stood only for what these end run on with the time they had left, and tasks know their day."""
    kept, again = release(draft.machine.definition, draft.case, ends, draft.scene)
    draft.change(deadlines=kept)
    draft.facts["cause"]["resumed"] = [[one.name, one.due_on.isoformat()] for one in again]
    for clock in again:
        if clock.name == TASK:
            due_again(draft, clock)


def _moved_by_time(draft: Draft, deadline: Deadline, alarm: Alarm) -> Step:
    machine, case = draft.machine, draft.case
    transition = machine.transition(case.state, alarm.what)
    assert transition is not None, f"{case.id} waits for {alarm.what}, which {case.state} does not have"
    forks = machine.forks(transition)
    values = guard_values(machine.definition, closing(draft)) if forks else {}
    verdicts = machine.verdicts(transition, values) if forks else _NO_VERDICTS
    decision = machine.decide(case.state, transition, verdicts, case.uses.get(transition.rule, 0))
    if decision is None:
        # A definition whose choice reads what may still be empty: it fails closed, and the sweep names the case.
        raise GuardRefused(
            f"{transition.rule} cannot choose its way: what its conditions read is missing or fits two rows",
            allowed=[one.name for one in machine.ways(case.state) if isinstance(one.trigger, By)],
            case=case.id,
            verdicts={rule: verdict.passed for rule, verdict in verdicts.items()},
        )
    draft.facts["cause"] = {"moment": transition.rule, "due": deadline.due_on.isoformat()}
    draft.put_deadlines(without_first(deadline))
    return move(draft, transition, decision, verdicts, by_holder=False)


def _ring(draft: Draft, deadline: Deadline, alarm: Alarm) -> Step:
    rung = rung_of(draft.machine.definition, deadline, alarm)
    draft.facts["cause"] = _cause(deadline, int(alarm.what))
    key = f"{_key(deadline)}/{alarm.what}"
    draft.put_deadlines(without_first(deadline))
    data = {"rung": int(alarm.what), "deadline": deadline.name, "due_on": deadline.due_on.isoformat()}
    _tell_roles(draft, rung.remind, "reminder", key, data)
    _tell_roles(draft, rung.notify, "notice", key, data)
    if rung.task is not None and draft.case.waiting:
        _escalate(draft, rung, key, {**data, "generation": deadline.generation})
    if rung.reassign is not None:
        for task in draft.case.waiting:
            _reassign(draft, task, rung, key, data)
    return draft.close("rung")


def _catch_up(draft: Draft, deadline: Deadline, alarms: tuple[Alarm, ...]) -> Step:
    """Ring in one step what came due in a standstill: tasks and takers all, messages as the policy says."""
    rungs = {int(alarm.what): rung_of(draft.machine.definition, deadline, alarm) for alarm in alarms}
    last = max(rungs)
    policy = policy_of(draft.machine.definition, deadline, draft.scene)
    speaking = speaking_for(policy, rungs)
    key = _key(deadline)
    data = {"deadline": deadline.name, "due_on": deadline.due_on.isoformat()}
    draft.facts["cause"] = _cause(deadline, last)
    draft.facts["caught_up"] = caught_up(draft.scene, policy, rungs, speaking)
    for _ in rungs:
        deadline = without_first(deadline)
    draft.put_deadlines(deadline)
    said = {**data, "rung": last, "missed": sorted(set(rungs) - {last})}
    _tell_roles(draft, speaking.remind, "reminder", f"{key}/{last}", said)
    _tell_roles(draft, speaking.notify, "notice", f"{key}/{last}", said)
    for number, rung in rungs.items():
        own = {**data, "rung": number}
        if rung.task is not None and draft.case.waiting:
            _escalate(draft, rung, f"{key}/{number}", {**own, "generation": deadline.generation})
        if rung.reassign is not None:
            for task in draft.case.waiting:
                _reassign(draft, task, rung, f"{key}/{number}", own)
    return draft.close("rung")


def _cause(deadline: Deadline, number: int) -> dict[str, Any]:
    return {
        "rung": number,
        "ladder": deadline.ladder,
        "deadline": deadline.name,
        "generation": deadline.generation,
        "due": deadline.due_on.isoformat(),
    }


def _key(deadline: Deadline) -> str:
    """What messages of a clock's rungs are told apart by, before the rung's own number."""
    return f"{deadline.visit}/{deadline.name}/{deadline.generation}"


def _tell_roles(draft: Draft, roles: tuple[str, ...], kind: str, key: str, data: dict[str, Any]) -> None:
    waiting = draft.case.waiting
    for role in roles:
        if role == HOLDER:
            for task in waiting:
                draft.tell(task.holder, kind, key, task.id, **data)
            continue
        people = listeners(draft.machine.definition, draft.case, role, draft.scene)
        if not people:
            draft.facts.setdefault("not_told", []).append(role)
        for found in people:
            own = next((task for task in waiting if task.holder == found.person), None)
            about = own or (waiting[0] if len(waiting) == 1 else None)
            draft.tell(found.person, kind, key, about.id if about else None, role=role, **data)


def _escalate(draft: Draft, rung: Rung, key: str, data: dict[str, Any]) -> None:
    """Open a task for everybody in a role about this delay; those it waits for are told, and to whom it went."""
    assert rung.task is not None
    waiting = draft.case.waiting
    people = _others_than(draft, waiting, rung.task)
    if not people:
        draft.facts.setdefault("not_told", []).append(rung.task)
        return
    first = _escalation(draft, rung.task, people[0], data)
    for number, found in enumerate(people, 1):
        own = first.id if number == 1 else f"{first.id}.{number}"
        escalation = replace(first, id=own, holder=found.person, why=why(found))
        draft.found(found)
        draft.open(escalation)
        draft.change(escalations=(*draft.case.escalations, escalation))
        draft.tell(found.person, "escalation", key, own, about=waiting[0].holder, **data)
    told = [found.person for found in people]
    for task in waiting:
        draft.tell(task.holder, "escalated", key, task.id, told=told[0] if len(told) == 1 else told, **data)


def _escalation(draft: Draft, role: str, found: Resolution, data: Mapping[str, Any]) -> Task:
    case, late = draft.case, draft.case.waiting[0]
    visit = late.id if case.gathering is None else f"{case.id}.{case.visit}"
    return Task(
        id=f"{visit}.{data['deadline']}.{data['generation']}.{data['rung']}",
        kind="escalation",
        visit=case.visit,
        state=case.state,
        role=role,
        holder=found.person,
        why=why(found),
        opened_at=draft.scene.now,
        due_on=late.due_on,
        due_at=late.due_at,
        rung=data["rung"],
    )


def _others_than(draft: Draft, waiting: tuple[Task, ...], role: str) -> tuple[Resolution, ...]:
    """Everybody in the role but the silent; else the level above them, past whom the role is kept apart from."""
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    silent = {task.holder for task in waiting}
    people = listeners(definition, case, role, scene)
    others = tuple(found for found in people if found.person not in silent)
    if others or not people:
        return others
    apart = barred(definition, case, role, scene) | silent | {case.subject}
    today, trained = scene.today(case.zone), definition.roles[role].trained
    try:
        return (next_level(scene.chart, people[0].person, today, apart, role=role, trained=trained),)
    except NobodyFound:
        return ()


def _reassign(draft: Draft, task: Task, rung: Rung, key: str, data: dict[str, Any]) -> None:
    """Hand a silent holder's task to a substitute, the next level, or a role; nobody fit leaves it where it is."""
    assert rung.reassign is not None
    found = _taker(draft, task, rung.reassign)
    if found is None or found.person == task.holder:
        draft.facts["not_reassigned"] = rung.reassign
        return
    if "reassigned" in draft.facts:
        draft.found(found, instead_of=task.holder)
    else:
        draft.facts["reassigned"] = {"from": task.holder, **found_facts(found)}
    hand_over(draft, task, found, "reassigned", key, data)


def hand_over(
    draft: Draft, task: Task, found: Resolution, since: str, key: str, data: Mapping[str, Any]
) -> None:
    """Give an open task to another holder; both are told, and who held it before.

    Whoever was asked to step in and now holds all that waits has nothing left to step in for.
    """
    held = task.held if since == "followed" else (*task.held, task.holder)
    draft.put_task(replace(task, holder=found.person, why=why(found), since=since, held=held))
    draft.tell(found.person, "task", f"{key}/{draft.seq}", task.id, before=task.holder, **data)
    draft.tell(task.holder, "handed_over", f"{key}/{draft.seq}", task.id, after=found.person, **data)
    if all(one.holder == found.person for one in draft.case.waiting):
        end_escalations(draft, found.person)


def end_escalations(draft: Draft, holder: str) -> None:
    """Withdraw the escalations somebody holds."""
    for escalation in draft.case.escalations:
        if escalation.holder == holder:
            draft.end(escalation, "withdrawn")
    draft.change(escalations=tuple(one for one in draft.case.escalations if one.holder != holder))


def _taker(draft: Draft, task: Task, to: str) -> Resolution | None:
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    by_name = task.kind == "answer" and definition.roles[task.role].several
    if task.holder == case.subject or by_name:
        # The subject's own work cannot be done for them by anybody, nor can that of who was asked by name.
        return None
    today = scene.today(case.zone)
    # It never comes back to who let it lie.
    exclude = barred(definition, case, task.role, scene) | taken_part(case) | set(task.held)
    named = {"role": task.role, "trained": definition.roles[task.role].trained}
    try:
        if to == "substitute":
            return substitute_of(scene.chart, task.holder, today, exclude=exclude, **named)
        if to == "next_level":
            return next_level(scene.chart, _highest(task, scene.chart, today), today, exclude, **named)
    except NobodyFound:
        return None
    found = listeners(definition, case, to, scene)
    return next((one for one in found if one.person not in exclude | {task.holder}), None)


def _highest(task: Task, chart: Chart, today: date) -> str:
    """From whom a task goes up: its holder, but for a stand-in beside or below the line the one stood in for."""
    first, *later = (*task.held, task.holder)
    line = {one.key for one in chart.line_above(first, today)}
    return next((one for one in reversed(later) if one in line), first)
