"""Time passes: a sleeping case wakes, a moment moves a case, a rung of a ladder rings.

A rung never moves a case. What it did, to whom and why stands in its entry, with how late it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.arming import TASK, earliest, resumed, rung_of, without_first
from engine.core.assigning import barred, find, found_facts, why
from engine.core.case import Alarm, Case, Deadline, Task
from engine.core.codec import replace
from engine.core.command import TIMER, Elapse
from engine.core.conditions import Verdict
from engine.core.definition import HOLDER, Rung
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.entering import wake
from engine.core.figures import guard_values
from engine.core.machine import Machine
from engine.core.moving import move
from engine.core.people import Resolution, next_level, substitute_of
from engine.core.scene import Scene
from engine.errors import GuardRefused, NobodyFound

_NO_VERDICTS: Mapping[str, Verdict] = {}


def elapse(machine: Machine, case: Case, command: Elapse, scene: Scene) -> Step:
    """The step of the case's earliest alarm. The case has one, and its instant is not in the future."""
    found = earliest(case)
    assert found is not None
    deadline, alarm = found
    assert alarm.at <= scene.now
    draft = Draft(machine, case, scene, TIMER)
    draft.facts["late_us"] = scene.now - alarm.at
    if alarm.kind == "rung":
        return _ring(draft, deadline, alarm)
    if alarm.kind == "resume":
        draft.facts["cause"] = {"pause_over": alarm.what, "due": deadline.due_on.isoformat()}
        end_pause(draft)
        return draft.close("resumed")
    if alarm.kind == "wake":
        draft.facts["cause"] = {"moment": "not_before", "due": deadline.due_on.isoformat()}
        wake(draft)
        return draft.close("woke")
    return _moved_by_time(draft, deadline, alarm, command)


def end_pause(draft: Draft) -> None:
    """Let every paused clock run on with the time it had left, and the task know its new due day."""
    case = draft.case
    kept = tuple(deadline for deadline in case.deadlines if deadline.name != "resume")
    again = [
        resumed(draft.machine.definition, case, one, draft.scene) for one in kept if one.paused_at is not None
    ]
    draft.change(deadlines=kept)
    draft.put_deadlines(*again)
    draft.facts["cause"]["resumed"] = [[one.name, one.due_on.isoformat()] for one in again]
    for clock in again:
        if clock.name == TASK and case.task is not None:
            due_again(draft, case.task, clock)


def due_again(draft: Draft, task: Task, clock: Deadline) -> None:
    """The task, and whatever escalations there are about it, with the clock's new due day."""
    changed = replace(task, due_on=clock.due_on, due_at=clock.due_at)
    about = tuple(replace(one, due_on=clock.due_on, due_at=clock.due_at) for one in draft.case.escalations)
    draft.change(task=changed, escalations=about)
    for one in (changed, *about):
        draft.hand_over(one)


def _moved_by_time(draft: Draft, deadline: Deadline, alarm: Alarm, command: Elapse) -> Step:
    machine, case = draft.machine, draft.case
    transition = machine.transition(case.state, alarm.what)
    assert transition is not None, f"{case.id} waits for {alarm.what}, which {case.state} does not have"
    forks = machine.forks(transition)
    values = guard_values(machine.definition, command.contents.forms) if forks else {}
    verdicts = machine.verdicts(transition, values) if forks else _NO_VERDICTS
    decision = machine.decide(case.state, transition, verdicts, case.uses.get(transition.rule, 0))
    if decision is None:
        # A definition whose choice reads what may still be empty: it fails closed, and the sweep names the case.
        raise GuardRefused(
            f"{transition.rule} cannot choose its way: what its conditions read is missing or fits two rows",
            case=case.id,
            verdicts={rule: verdict.passed for rule, verdict in verdicts.items()},
        )
    draft.facts["cause"] = {"moment": transition.rule, "due": deadline.due_on.isoformat()}
    draft.put_deadlines(without_first(deadline))
    return move(draft, transition, decision, verdicts, by_holder=False)


def _ring(draft: Draft, deadline: Deadline, alarm: Alarm) -> Step:
    rung = rung_of(draft.machine.definition, deadline, alarm)
    draft.facts["cause"] = {
        "rung": int(alarm.what),
        "ladder": deadline.ladder,
        "deadline": deadline.name,
        "generation": deadline.generation,
        "due": deadline.due_on.isoformat(),
    }
    key = f"{deadline.visit}/{deadline.name}/{deadline.generation}/{alarm.what}"
    draft.put_deadlines(without_first(deadline))
    data = {"rung": int(alarm.what), "deadline": deadline.name, "due_on": deadline.due_on.isoformat()}
    _tell_roles(draft, rung.remind, "reminder", key, data)
    _tell_roles(draft, rung.notify, "notice", key, data)
    if rung.task is not None and draft.case.task is not None:
        _escalate(draft, draft.case.task, rung, key, {**data, "generation": deadline.generation})
    if rung.reassign is not None and draft.case.task is not None:
        _reassign(draft, draft.case.task, rung, key, data)
    return draft.close("rung")


def _tell_roles(draft: Draft, roles: tuple[str, ...], kind: str, key: str, data: dict[str, Any]) -> None:
    task = draft.case.task
    for role in roles:
        if role == HOLDER:
            if task is not None:
                draft.tell(task.holder, kind, key, task.id, **data)
            continue
        try:
            found = find(draft.machine.definition, draft.case, role, draft.scene)
        except NobodyFound:
            draft.facts.setdefault("not_told", []).append(role)
            continue
        draft.tell(found.person, kind, key, task.id if task else None, role=role, **data)


def _escalate(draft: Draft, task: Task, escalating: Rung, key: str, data: dict[str, Any]) -> None:
    """Open a task for someone else about this delay; the holder is told that it was escalated, and to whom."""
    assert escalating.task is not None
    role, rung, generation = escalating.task, data["rung"], data["generation"]
    found = _other_than(draft, task, role)
    if found is None:
        draft.facts.setdefault("not_told", []).append(role)
        return
    escalation = Task(
        id=f"{task.id}.{data['deadline']}.{generation}.{rung}",
        kind="escalation",
        visit=draft.case.visit,
        state=draft.case.state,
        role=role,
        holder=found.person,
        why=why(found),
        opened_at=draft.scene.now,
        due_on=task.due_on,
        due_at=task.due_at,
        rung=rung,
    )
    draft.found(found)
    draft.open(escalation)
    draft.change(escalations=(*draft.case.escalations, escalation))
    draft.tell(found.person, "escalation", key, escalation.id, about=task.holder, **data)
    draft.tell(task.holder, "escalated", key, task.id, told=found.person, **data)


def _other_than(draft: Draft, task: Task, role: str) -> Resolution | None:
    """Whoever fills the role; if that is the silent holder, the level above them."""
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    today = scene.today(case.zone)
    try:
        found = find(definition, case, role, scene)
        if found.person != task.holder:
            return found
        return next_level(scene.chart, task.holder, today, frozenset({case.subject}), role=role)
    except NobodyFound:
        return None


def _reassign(draft: Draft, task: Task, rung: Rung, key: str, data: dict[str, Any]) -> None:
    """Hand the silent holder's task to a substitute, the next level, or a role; nobody fit leaves it where it is."""
    assert rung.reassign is not None
    found = _taker(draft, task, rung.reassign)
    if found is None or found.person == task.holder:
        draft.facts["not_reassigned"] = rung.reassign
        return
    draft.facts["reassigned"] = {"from": task.holder, **found_facts(found)}
    hand_over(draft, task, found, "reassigned", key, data)


def hand_over(
    draft: Draft, task: Task, found: Resolution, since: str, key: str, data: Mapping[str, Any]
) -> None:
    """Give an open task to another holder; both are told, and who held it before."""
    taken = replace(task, holder=found.person, why=why(found), since=since)
    draft.change(task=taken)
    draft.hand_over(taken)
    draft.tell(found.person, "task", f"{key}/{draft.seq}", task.id, before=task.holder, **data)
    draft.tell(task.holder, "handed_over", f"{key}/{draft.seq}", task.id, after=found.person, **data)


def _taker(draft: Draft, task: Task, to: str) -> Resolution | None:
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    if task.holder == case.subject:
        # The subject's own work cannot be done for them by anybody: it stays theirs.
        return None
    today = scene.today(case.zone)
    exclude = barred(definition, case, task.role, scene)
    named = {"role": task.role, "trained": definition.roles[task.role].trained}
    try:
        if to == "substitute":
            return substitute_of(scene.chart, task.holder, today, exclude=exclude, **named)
        if to == "next_level":
            return next_level(scene.chart, task.holder, today, exclude, **named)
        found = find(definition, case, to, scene)
    except NobodyFound:
        return None
    return None if found.person in exclude else found
