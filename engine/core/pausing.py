"""Pauses: the reasons that stop a clock, which clocks each of them stops, and what is left when it ends.

A pause stops clocks that count a duration, never a fixed date. Some begin by an act of people; a definition's own may
begin by themselves, until a fact is true or while it is. None lasts longer than its longest: a clock that stands for
ever is a case nobody can move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as set_in
from types import MappingProxyType

from engine.core.arming import TASK, arm_resume, postponed
from engine.core.case import Case, Deadline
from engine.core.codec import replace
from engine.core.definition import At, Definition, PauseRule, Transition
from engine.core.draft import Draft
from engine.core.moments import Duration, Offset
from engine.core.scene import Scene

__all__ = ["PAUSES", "begin", "hold", "in_force", "reasons", "release", "run_out", "standing", "stops"]

#: reasons every definition knows, and how long such a pause lasts at most
PAUSES: Mapping[str, Duration] = MappingProxyType(
    {
        "leave": Duration(6, "months"),
        "dispute": Duration(3, "months"),
        "outage": Duration(1, "months"),
        "superior_plan": Duration(15, "working days"),
    }
)


def reasons(definition: Definition) -> dict[str, Duration]:
    """Every reason a person may give for a pause, with how long it lasts at most."""
    own = {name: rule.longest for name, rule in definition.pauses.items() if rule.by}
    return {name: span for name, span in PAUSES.items() if name not in definition.pauses} | own


def stops(definition: Definition, case: Case, deadline: Deadline) -> frozenset[str]:
    """The reasons that stop this clock of the state a case is in."""
    state = definition.states[case.state]
    if deadline.name == TASK:
        due = state.work.due if state.work is not None else None
        if due is None or due.within is None:
            return frozenset()
        return frozenset(PAUSES.keys() - definition.pauses.keys()) | frozenset(due.pauses)
    trigger = _trigger(definition, case, deadline)
    return frozenset(trigger.pauses) if trigger is not None else frozenset()


def in_force(case: Case) -> tuple[str, ...]:
    """The reasons for which clocks of a case stand still now."""
    return tuple(
        alarm.what for deadline in case.deadlines for alarm in deadline.alarms if alarm.kind == "resume"
    )


def standing(definition: Definition, facts: Iterable[str]) -> Iterator[str]:
    """The pauses of a definition that begin by themselves as things are."""
    true = frozenset(facts)
    for name, rule in definition.pauses.items():
        if (rule.until is not None and rule.until.text not in true) or (
            rule.while_ is not None and rule.while_.text in true
        ):
            yield name


def hold(definition: Definition, case: Case, kind: str, scene: Scene) -> tuple[Deadline, ...]:
    """The clocks that this reason stops now, and the alarm that ends it; nothing, if there is no such clock."""
    held = tuple(
        replace(
            one,
            paused_at=scene.now if one.paused_at is None else one.paused_at,
            holds=(*one.holds, kind),
        )
        for one in case.deadlines
        if one.scope == "visit" and kind not in one.holds and kind in stops(definition, case, one)
    )
    if not held:
        return ()
    rule = definition.pauses.get(kind)
    longest = PAUSES[kind] if rule is None else rule.longest
    until = scene.calendar.add(scene.today(case.zone), longest.amount, longest.unit)
    return (*held, arm_resume(case, kind, until, scene))


def begin(draft: Draft, kinds: Iterable[str]) -> None:
    """Stop clocks for reasons that stand by themselves; the entry says which, and until when at most."""
    for kind in kinds:
        held = hold(draft.machine.definition, draft.case, kind, draft.scene)
        if held:
            draft.put_deadlines(*held)
            draft.facts.setdefault("pauses", []).append([kind, held[-1].due_on.isoformat()])


def release(
    definition: Definition, case: Case, kinds: Iterable[str], scene: Scene
) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """All deadlines of a case once these pauses are over, and those among them that run on because of it."""
    over = frozenset(kinds)
    kept: list[Deadline] = []
    again: list[Deadline] = []
    for one in case.deadlines:
        if any(alarm.kind == "resume" and alarm.what in over for alarm in one.alarms):
            continue
        left = tuple(kind for kind in one.holds if kind not in over)
        if one.paused_at is None or (left and left == one.holds):
            kept.append(one)
        elif left:
            kept.append(replace(one, holds=left))
        else:
            again.append(_resumed(definition, case, one, scene))
            kept.append(again[-1])
    return tuple(kept), tuple(again)


def run_out(
    definition: Definition, case: Case, deadlines: Iterable[Deadline], scene: Scene
) -> Iterator[Deadline]:
    """Deadlines just armed, as they are if every pause that comes by itself lasts as long as it may."""
    alone = {kind for kind, rule in definition.pauses.items() if _by_itself(rule)}
    for one in deadlines:
        if not alone:
            yield one
            continue
        rules = [definition.pauses[kind] for kind in sorted(stops(definition, case, one) & alone)]
        until = scene.today(case.zone)
        for rule in rules:
            until = scene.calendar.add(until, rule.longest.amount, rule.longest.unit)
        later = set_in(scene, now=scene.calendar.end_of(until, case.zone))
        yield _resumed(definition, case, replace(one, paused_at=scene.now), later) if rules else one


def _by_itself(rule: PauseRule) -> bool:
    return rule.until is not None or rule.while_ is not None


def _resumed(definition: Definition, case: Case, deadline: Deadline, scene: Scene) -> Deadline:
    """A paused clock that runs on: as many days later as it stood still, counted in the unit of its budget.

    It is counted on from the day it came to before a day off moved it, so that many pauses are exact together. What
    was left of the day a task was paused on is given back: its clock never ends before the next working day has.
    """
    assert deadline.paused_at is not None
    unit, day_off = _count(definition, case, deadline)
    calendar, today = scene.calendar, scene.today(case.zone)
    stopped = calendar.date_of(deadline.paused_at, case.zone)
    counted = deadline.counted_on or deadline.due_on
    if unit == "working days":
        due = counted = calendar.add(counted, calendar.working_days_between(stopped, today), unit)
    else:
        counted = calendar.add(counted, (today - stopped).days, "days")
        due = calendar.roll(counted, day_off)
    if deadline.name == TASK:
        due = max(due, calendar.roll(today, "next"))
        again = postponed(definition, case, deadline, due, scene)
    else:
        at = calendar.end_of(due, case.zone)
        alarms = tuple(replace(alarm, at=at) for alarm in deadline.alarms)
        again = replace(deadline, due_on=due, due_at=at, calendar=calendar.version, alarms=alarms)
    return replace(again, paused_at=None, holds=(), counted_on=counted)


def _count(definition: Definition, case: Case, deadline: Deadline) -> tuple[str, str]:
    """The unit a clock counts in, and where its last day goes on a day off."""
    trigger = _trigger(definition, case, deadline)
    if trigger is not None:
        assert isinstance(trigger.moment, Offset)
        return trigger.moment.duration.unit, trigger.day_off
    work = definition.states[case.state].work
    assert work is not None
    assert work.due is not None
    assert work.due.within is not None
    return work.due.within.unit, work.due.day_off


def _trigger(definition: Definition, case: Case, deadline: Deadline) -> At | None:
    rules: dict[str, Transition] = {
        f"move:{one.rule}": one for one in definition.states[case.state].transitions
    }
    way = rules.get(deadline.name)
    return way.trigger if way is not None and isinstance(way.trigger, At) else None
