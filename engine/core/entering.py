"""Leaving one state and entering the next: tasks, clocks, sleep, and the end."""

from __future__ import annotations

from datetime import date

from engine.core.arming import CASE, TASK, arm_asleep, arm_case, arm_phase, arm_sleep, arm_state, is_promise
from engine.core.assigning import find, why
from engine.core.case import Case, Deadline, Task
from engine.core.chain import is_unit
from engine.core.clock_history import OF_UNIT
from engine.core.definition import Definition, State
from engine.core.draft import Draft
from engine.core.gathering import close_gathering, open_gathering
from engine.core.journal_checks import close_checks
from engine.core.lateness import record_lateness
from engine.core.linking import arrive, open_from
from engine.core.moments import Moment, day_of
from engine.core.outages import stand_still
from engine.core.pausing import begin, standing, without_idle
from engine.core.published import published_values
from engine.core.scene import Scene


def leave(draft: Draft, *, by_holder: bool) -> None:
    """Close what hangs on this visit: the task (done by its holder, else withdrawn), what is gathered, its clocks."""
    if draft.case.waiting:
        record_lateness(draft)
    close_gathering(draft)
    case = draft.case
    if case.task is not None:
        draft.end(case.task, "done" if by_holder else "withdrawn")
    for escalation in case.escalations:
        draft.end(escalation, "withdrawn")
    kept = (one for one in case.deadlines if one.scope != "visit" and _outlives(one))
    draft.change(task=None, escalations=(), deadlines=without_idle(kept))


def _outlives(clock: Deadline) -> bool:
    """Whether a clock of a phase or the case goes on when a state is left: moments are armed anew by the next."""
    return bool(clock.ladder) or is_promise(clock) or clock.name == OF_UNIT


def enter(draft: Draft, target: str, *, opens: date | None = None) -> None:
    """Enter a state: a new visit. A final state ends the case; one that opens later lets it sleep until then."""
    definition = draft.machine.definition
    state = draft.machine.state(target)
    case = draft.case
    now = draft.scene.now
    if state.phase != case.phase:
        draft.change(deadlines=without_idle(one for one in case.deadlines if one.scope != "phase"))
    reached = case.reached if target in case.reached else (*case.reached, target)
    draft.change(
        state=target,
        phase=state.phase,
        visit=max(case.visit, case.visits) + 1,
        entered_at=now,
        reached=reached,
        sleeps_until=None,
        shelved=(),
    )
    if state.final is not None:
        draft.change(ended=state.final, deadlines=(), phases=_first(draft))
        close_checks(draft)
        if case.corrects and state.final == "complete" and published_values(definition, draft.contents):
            draft.facts["supersedes"] = case.parent
        arrive(draft, case.state)
        if not is_unit(case.subject):
            draft.tell(case.subject, "ended", str(draft.seq))
        return
    arrive(draft, case.state)
    until = opening(definition, draft.case, state, draft.scene, opens)
    if until is not None:
        sleep = arm_sleep(draft.case, until, draft.scene)
        draft.put_deadlines(sleep, *arm_asleep(definition, state, draft.case, draft.scene))
        draft.change(sleeps_until=sleep.due_at)
        draft.facts["sleeps_until"] = until.isoformat()
        return
    draft.change(phases=_first(draft))
    if definition.due is not None and all(deadline.name != CASE for deadline in draft.case.deadlines):
        clock = arm_case(definition, draft.case, draft.scene)
        assert clock is not None
        draft.put_deadlines(clock)
    _begin(draft, state)


def wake(draft: Draft) -> None:
    """The sleeping case opens: clocks count from now."""
    state = draft.machine.state(draft.case.state)
    now = draft.scene.now
    kept = tuple(deadline for deadline in draft.case.deadlines if deadline.name != "wake")
    opened = now if not draft.case.phases else draft.case.opened_at
    draft.change(sleeps_until=None, entered_at=now, opened_at=opened, deadlines=kept)
    draft.change(phases=_first(draft))
    clock = arm_case(draft.machine.definition, draft.case, draft.scene)
    if clock is not None and all(deadline.name != CASE for deadline in kept):
        draft.put_deadlines(clock)
    _begin(draft, state)


def _begin(draft: Draft, state: State) -> None:
    """Arm the clocks of phase and state, and open the task for whoever holds its role."""
    definition, scene = draft.machine.definition, draft.scene
    clock = arm_phase(definition, draft.case, state.phase, scene)
    if clock is not None and all(deadline.name != clock.name for deadline in draft.case.deadlines):
        draft.put_deadlines(clock)
    # Before its ways out: what it opens is not closed.
    open_from(draft, state)
    armed = arm_state(definition, draft.case, state, scene)
    if armed:
        draft.put_deadlines(*armed)
    begin(draft, standing(definition, draft.case.facts))
    stand_still(draft)
    if state.task is not None:
        _open_task(draft, state)
    elif state.gather is not None:
        open_gathering(draft, state)


def _open_task(draft: Draft, state: State) -> None:
    assert state.task is not None
    case = draft.case
    found = find(draft.machine.definition, case, state.task.who, draft.scene)
    draft.found(found)
    clock = next((deadline for deadline in case.deadlines if deadline.name == TASK), None)
    task = Task(
        id=f"{case.id}.{case.visit}",
        kind="act",
        visit=case.visit,
        state=case.state,
        role=state.task.who,
        holder=found.person,
        why=why(found),
        opened_at=draft.scene.now,
        due_on=clock.due_on if clock else None,
        due_at=clock.due_at if clock else None,
    )
    draft.change(task=task)
    draft.open(task)
    actor = draft.facts["actor"].get("person")
    if actor != found.person:
        draft.tell(found.person, "task", f"{case.visit}/opened", task.id)


def _first(draft: Draft) -> dict[str, int]:
    """Phases with their first entry: a phase's clock is not renewed by returns."""
    case = draft.case
    if case.phase in case.phases:
        return case.phases
    return {**case.phases, case.phase: draft.scene.now}


def opening(
    definition: Definition, case: Case, state: State, scene: Scene, opens: date | None
) -> date | None:
    """The day the state opens, if still to come: its phase's `not_before` on first entry, its own, the cycle's."""
    moments: list[Moment] = []
    phase = definition.phases[state.phase]
    if phase.not_before is not None and state.phase not in case.phases:
        moments.append(phase.not_before)
    if state.work is not None and state.work.not_before is not None:
        moments.append(state.work.not_before)
    today = scene.today(case.zone)
    days = [
        day_of(
            moment,
            calendar=scene.calendar,
            period_from=case.period_from,
            period_to=case.period_to,
            entry=today,
            windows=case.windows,
        )
        for moment in moments
    ]
    if opens is not None:
        days.append(opens)
    later = [day for day in days if day > today]
    return max(later) if later else None
