"""Counting the clocks of a case again with another calendar: which days move, and which would fall into the past.

A new calendar never moves a running clock by itself. When it is applied, each clock is counted again by its ledger;
the entry names each that moves, from and to. Days of the timetable, and the day on which a sleeping case opens, were
told to people as days: they stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as set_in
from typing import Any

from engine.core.arming import arm_resume, counted_again
from engine.core.case import Case, Deadline
from engine.core.clock_history import Carried
from engine.core.clock_rules import TASK, rule_of
from engine.core.codec import replace
from engine.core.command import Past, Recount
from engine.core.definition import Definition
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.pausing import due_again, longest
from engine.core.permitting import demand_reason
from engine.core.scene import Scene
from engine.errors import CaseClosed, Refused

__all__ = ["Moved", "moving", "recount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What another calendar makes of one clock: as it was, as it is then, and what of it falls into the past.

    A clock that is `kept` has the days it had. `rungs` are those whose own day changes, from and to; a rung in
    `skipped` would have rung in the past and never rings.
    """

    before: Deadline
    after: Deadline
    #: its due day, or a move that hangs on it, was still to come and would not be any more
    into_past: bool
    kept: bool
    rungs: tuple[tuple[int, int, int], ...] = ()
    skipped: tuple[int, ...] = ()


def moving(definition: Definition, case: Case, scene: Scene, past: Past) -> tuple[Moved, ...]:
    """The clocks of a case that the scene's calendar moves, or would move if those into the past were not kept."""
    found: list[Moved] = []
    for clock in case.deadlines:
        again = _again(definition, case, clock, scene)
        if again is None or (again.due_on, again.alarms) == (clock.due_on, clock.alarms):
            continue
        into_past = _into_past(clock, again, scene.now)
        kept = into_past and past == "keep"
        if kept and clock.carried is not None and clock.carried.due_on == clock.due_on:
            continue
        if kept:
            carried = Carried(due_on=clock.due_on, entry=case.seq + 1, calendar=clock.calendar)
            again = replace(clock, carried=carried)
        found.append(
            Moved(
                before=clock,
                after=again,
                into_past=into_past,
                kept=kept,
                rungs=_rungs_moved(clock, again),
                skipped=again.skipped[len(clock.skipped) :],
            )
        )
    return tuple(found)


def recount(machine: Machine, case: Case, command: Recount, scene: Scene) -> Step:
    """Every clock of the case counted again with the scene's calendar. Raises: Refused if none of them moves."""
    if case.ended:
        raise CaseClosed(
            f"case {case.id} is closed ({case.ended}); it has no clock to be counted again", case=case.id
        )
    found = moving(machine.definition, case, scene, command.past)
    if not found:
        raise Refused(
            f"calendar {scene.calendar.version} moves no clock of case {case.id}",
            case=case.id,
            calendar=scene.calendar.version,
        )
    draft = Draft(machine, case, scene, command.actor)
    if command.reason.strip():
        draft.write(REASON, demand_reason(command.reason))
    draft.facts["cause"] = {"calendar": scene.calendar.version, "past": command.past}
    draft.facts["recounted"] = [_told(one, case, scene) for one in found]
    draft.put_deadlines(*(one.after for one in found))
    for one in found:
        if one.after.name == TASK and one.after.due_on != one.before.due_on:
            due_again(draft, one.after)
            for task in draft.case.waiting:
                draft.tell(
                    task.holder, "extended", str(draft.seq), task.id, due_on=one.after.due_on.isoformat()
                )
    return draft.close("recounted")


def _again(definition: Definition, case: Case, clock: Deadline, scene: Scene) -> Deadline | None:
    """The clock counted anew from its beginning; None for one that counts nothing."""
    if clock.alarms and clock.alarms[0].kind == "resume":
        kind = clock.alarms[0].what
        span = longest(definition, kind)
        until = scene.calendar.add(clock.basis_on, span.amount, span.unit)
        began = set_in(scene, now=clock.basis_at)
        return replace(
            arm_resume(case, kind, until, began), name=clock.name, scope=clock.scope, visit=clock.visit
        )
    if rule_of(definition, case, clock.name) is None:
        return None
    return counted_again(definition, case, replace(clock, carried=None), scene)


def _into_past(before: Deadline, after: Deadline, now: int) -> bool:
    """Whether something that was still to come, a rung aside, would now lie behind; a clock that stands has no now."""
    stopped = before.paused_at
    here = now if stopped is None else stopped
    if after.due_at <= here < before.due_at:
        return True
    was = {alarm.what: alarm.at for alarm in before.alarms if alarm.kind != "rung"}
    return any(alarm.at <= here < was.get(alarm.what, here) for alarm in after.alarms if alarm.kind != "rung")


def _rungs_moved(before: Deadline, after: Deadline) -> tuple[tuple[int, int, int], ...]:
    was = {alarm.what: alarm.at for alarm in before.alarms if alarm.kind == "rung"}
    return tuple(
        (int(alarm.what), was[alarm.what], alarm.at)
        for alarm in after.alarms
        if alarm.kind == "rung" and was.get(alarm.what, alarm.at) != alarm.at
    )


def _told(one: Moved, case: Case, scene: Scene) -> dict[str, Any]:
    """One clock as the entry tells it: its days and calendars, before and after, and its rungs by their last day."""
    told: dict[str, Any] = {
        "clock": one.before.name,
        "from": one.before.due_on.isoformat(),
        "to": one.after.due_on.isoformat(),
        "calendars": [one.before.calendar, one.after.calendar],
    }
    if one.kept:
        told["kept"] = True
    if one.rungs:
        days = [
            [number, *(scene.calendar.date_of(at - 1, case.zone).isoformat() for at in (was, now))]
            for number, was, now in one.rungs
        ]
        told["rungs"] = days
    if one.skipped:
        told["skipped"] = list(one.skipped)
    return told
