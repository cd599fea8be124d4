"""Time passes: a sleeping case wakes, a moment moves a case, a rung of a ladder rings.

A rung never moves a case. What it did, to whom and why stands in its entry, with how late it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.core.arming import TASK, earliest, rung_of, without_first
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
from engine.core.gathering import closing, taken_part
from engine.core.linking import open_part
from engine.core.machine import Machine
from engine.core.moving import move
from engine.core.pausing import release
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
    draft = Draft(machine, case, scene, TIMER, command.contents)
    draft.facts["late_us"] = scene.now - alarm.at
    if alarm.kind == "rung":
        return _ring(draft, deadline, alarm)
    if alarm.kind == "resume":
        draft.facts["cause"] = {"pause_over": alarm.what, "due": deadline.due_on.isoformat()}
        end_pause(draft, (alarm.what,))
        return draft.close("resumed")
    if alarm.kind == "open":
        draft.facts["cause"] = {"part": alarm.what}
        draft.put_deadlines(without_first(deadline))
        open_part(draft, alarm.what)
        return draft.close("opened")
    if alarm.kind == "wake":
        draft.facts["cause"] = {"moment": "not_before", "due": deadline.due_on.isoformat()}
        wake(draft)
        return draft.close("woke")
    return _moved_by_time(draft, deadline, alarm)


def end_pause(draft: Draft, kinds: Iterable[str]) -> None:
    """Let clocks that stood only for these reasons run on with the time they had left, and tasks know their day."""
    kept, again = release(draft.machine.definition, draft.case, kinds, draft.scene)
    draft.change(deadlines=kept)
    draft.facts["cause"]["resumed"] = [[one.name, one.due_on.isoformat()] for one in again]
    for clock in again:
        if clock.name == TASK:
            due_again(draft, clock)


def due_again(draft: Draft, clock: Deadline) -> None:
    """The work that waits, and whatever escalations there are about it, with the clock's new due day."""
    for task in draft.case.tasks:
        draft.put_task(replace(task, due_on=clock.due_on, due_at=clock.due_at))


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
    if rung.task is not None and draft.case.waiting:
        _escalate(draft, rung, key, {**data, "generation": deadline.generation})
    if rung.reassign is not None:
        for task in draft.case.waiting:
            _reassign(draft, task, rung, key, data)
    return draft.close("rung")


def _tell_roles(draft: Draft, roles: tuple[str, ...], kind: str, key: str, data: dict[str, Any]) -> None:
    waiting = draft.case.waiting
    for role in roles:
        if role == HOLDER:
            for task in waiting:
                draft.tell(task.holder, kind, key, task.id, **data)
            continue
        try:
            found = find(draft.machine.definition, draft.case, role, draft.scene)
        except NobodyFound:
            draft.facts.setdefault("not_told", []).append(role)
            continue
        own = next((task for task in waiting if task.holder == found.person), None)
        about = own or (waiting[0] if len(waiting) == 1 else None)
        draft.tell(found.person, kind, key, about.id if about else None, role=role, **data)


def _escalate(draft: Draft, rung: Rung, key: str, data: dict[str, Any]) -> None:
    """Open a task for someone else about this delay; those it waits for are told, and to whom it went."""
    assert rung.task is not None
    waiting, number, generation = draft.case.waiting, data["rung"], data["generation"]
    late = waiting[0]
    found = _other_than(draft, waiting, rung.task)
    if found is None:
        draft.facts.setdefault("not_told", []).append(rung.task)
        return
    visit = late.id if draft.case.gathering is None else f"{draft.case.id}.{draft.case.visit}"
    escalation = Task(
        id=f"{visit}.{data['deadline']}.{generation}.{number}",
        kind="escalation",
        visit=draft.case.visit,
        state=draft.case.state,
        role=rung.task,
        holder=found.person,
        why=why(found),
        opened_at=draft.scene.now,
        due_on=late.due_on,
        due_at=late.due_at,
        rung=number,
    )
    draft.found(found)
    draft.open(escalation)
    draft.change(escalations=(*draft.case.escalations, escalation))
    draft.tell(found.person, "escalation", key, escalation.id, about=late.holder, **data)
    for task in waiting:
        draft.tell(task.holder, "escalated", key, task.id, told=found.person, **data)


def _other_than(draft: Draft, waiting: tuple[Task, ...], role: str) -> Resolution | None:
    """Whoever fills the role; if that is one of the silent, the level above them."""
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    today = scene.today(case.zone)
    silent = {task.holder for task in waiting}
    try:
        found = find(definition, case, role, scene)
        if found.person not in silent:
            return found
        above = frozenset({case.subject, *silent})
        return next_level(scene.chart, found.person, today, above - {found.person}, role=role)
    except NobodyFound:
        return None


def _reassign(draft: Draft, task: Task, rung: Rung, key: str, data: dict[str, Any]) -> None:
    """Hand a silent holder's task to a substitute, the next level, or a role; nobody fit leaves it where it is."""
    assert rung.reassign is not None
    found = _taker(draft, task, rung.reassign)
    if found is None or found.person == task.holder:
        draft.facts["not_reassigned"] = rung.reassign
        return
    if "reassigned" in draft.facts:
        draft.found(found)
    else:
        draft.facts["reassigned"] = {"from": task.holder, **found_facts(found)}
    hand_over(draft, task, found, "reassigned", key, data)


def hand_over(
    draft: Draft, task: Task, found: Resolution, since: str, key: str, data: Mapping[str, Any]
) -> None:
    """Give an open task to another holder; both are told, and who held it before."""
    draft.put_task(replace(task, holder=found.person, why=why(found), since=since))
    draft.tell(found.person, "task", f"{key}/{draft.seq}", task.id, before=task.holder, **data)
    draft.tell(task.holder, "handed_over", f"{key}/{draft.seq}", task.id, after=found.person, **data)


def _taker(draft: Draft, task: Task, to: str) -> Resolution | None:
    definition, case, scene = draft.machine.definition, draft.case, draft.scene
    by_name = task.kind == "answer" and definition.roles[task.role].several
    if task.holder == case.subject or by_name:
        # The subject's own work cannot be done for them by anybody, nor can that of who was asked by name.
        return None
    today = scene.today(case.zone)
    exclude = barred(definition, case, task.role, scene) | taken_part(case)
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
