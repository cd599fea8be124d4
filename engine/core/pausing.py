"""Pauses: the reasons that stop a clock, which clocks each of them stops, and what is left when it ends.

A pause stops clocks that count a duration, never a fixed date. Some begin by an act of people; a definition's own may
begin by themselves, until a fact is true or while it is. None lasts longer than its longest: a clock that stands for
ever is a case nobody can move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as set_in
from types import MappingProxyType

from engine.core.arming import TASK, arm_resume, counted_again
from engine.core.case import Case, Deadline
from engine.core.clock_history import OF_UNIT, Stand
from engine.core.clock_rules import rule_of
from engine.core.codec import replace
from engine.core.definition import At, Definition, PauseRule
from engine.core.draft import Draft
from engine.core.ledger import carry
from engine.core.moments import Duration
from engine.core.scene import Scene

__all__ = [
    "PAUSES",
    "all_ends",
    "begin",
    "due_again",
    "hold",
    "in_force",
    "longest",
    "own_ends",
    "paused_for",
    "reasons",
    "release",
    "run_out",
    "standing",
    "stops",
    "without_idle",
]

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


def longest(definition: Definition, kind: str) -> Duration:
    """How long a pause for this reason lasts at most."""
    rule = definition.pauses.get(kind)
    return PAUSES[kind] if rule is None else rule.longest


def stops(definition: Definition, case: Case, deadline: Deadline) -> frozenset[str]:
    """The reasons that stop this clock of the state a case is in."""
    state = definition.states[case.state]
    if deadline.name == TASK:
        due = state.work.due if state.work is not None else None
        if due is None or due.within is None:
            return frozenset()
        return frozenset(PAUSES.keys() - definition.pauses.keys()) | frozenset(due.pauses)
    rule = rule_of(definition, case, deadline.name) if deadline.scope == "visit" else None
    return frozenset(rule.pauses) if isinstance(rule, At) else frozenset()


def in_force(case: Case) -> tuple[str, ...]:
    """The reasons for which clocks of a case stand still now."""
    return tuple(dict.fromkeys(one.alarms[0].what for one in _resuming(case.deadlines)))


def all_ends(case: Case) -> tuple[str, ...]:
    """The clocks that end, at the latest, whatever stops other clocks of a case now."""
    return tuple(one.name for one in _resuming(case.deadlines))


def own_ends(case: Case) -> tuple[str, ...]:
    """The clocks that end what stops clocks in this case alone; an outage of its unit is not among it."""
    return tuple(name for name in all_ends(case) if name != OF_UNIT)


def paused_for(case: Case) -> tuple[str, ...]:
    """The reasons for which clocks stand still in this case alone."""
    named = (one.alarms[0].what for one in _resuming(case.deadlines) if one.name != OF_UNIT)
    return tuple(dict.fromkeys(named))


def without_idle(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """These deadlines without those that would end what no clock among them stands still for."""
    kept = tuple(deadlines)
    needed = {stand.ends_with for one in kept for stand in one.stands if not stand.over}
    idle = {one.name for one in _resuming(kept)} - needed
    return tuple(one for one in kept if one.name not in idle)


def _resuming(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    return (one for one in deadlines if one.alarms and one.alarms[0].kind == "resume")


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
    stand = Stand(kind=kind, from_at=scene.now, entry=case.seq + 1)
    held = tuple(
        replace(one, stands=(*one.stands, stand))
        for one in case.deadlines
        if one.scope == "visit" and kind not in one.holds and kind in stops(definition, case, one)
    )
    if not held:
        return ()
    span = longest(definition, kind)
    until = scene.calendar.add(scene.today(case.zone), span.amount, span.unit)
    return (*held, arm_resume(case, kind, until, scene))


def begin(draft: Draft, kinds: Iterable[str]) -> None:
    """Stop clocks for reasons that stand by themselves; the entry says which, and until when at most."""
    for kind in kinds:
        held = hold(draft.machine.definition, draft.case, kind, draft.scene)
        if held:
            draft.put_deadlines(*held)
            draft.facts.setdefault("pauses", []).append([kind, held[-1].due_on.isoformat()])


def release(
    definition: Definition, case: Case, ends: Iterable[str], scene: Scene
) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """All deadlines of a case once what these clocks end is over, and those among them that run on because of it."""
    over = frozenset(ends)
    kept: list[Deadline] = []
    again: list[Deadline] = []
    for one in case.deadlines:
        if one.name in over:
            continue
        if all(stand.over or stand.ends_with not in over for stand in one.stands):
            kept.append(one)
            continue
        stands = tuple(
            replace(stand, to_at=scene.now, over=case.seq + 1)
            if not stand.over and stand.ends_with in over
            else stand
            for stand in one.stands
        )
        if all(stand.over for stand in stands):
            again.append(_runs_on(definition, case, one, stands, scene))
            kept.append(again[-1])
        else:
            kept.append(replace(one, stands=stands))
    return tuple(kept), tuple(again)


def due_again(draft: Draft, clock: Deadline) -> None:
    """The work that waits, and whatever escalations there are about it, with the clock's new due day."""
    for task in (*draft.case.waiting, *draft.case.escalations):
        draft.put_task(replace(task, due_on=clock.due_on, due_at=clock.due_at))


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
        if not rules:
            yield one
            continue
        until = scene.today(case.zone)
        for rule in rules:
            until = scene.calendar.add(until, rule.longest.amount, rule.longest.unit)
        later = set_in(scene, now=scene.calendar.end_of(until, case.zone))
        stood = Stand(
            kind=rules[0].name, from_at=scene.now, entry=case.seq + 1, to_at=later.now, over=case.seq + 2
        )
        yield _runs_on(definition, case, one, (stood,), later)


def _by_itself(rule: PauseRule) -> bool:
    return rule.until is not None or rule.while_ is not None


def _runs_on(
    definition: Definition, case: Case, clock: Deadline, stands: tuple[Stand, ...], scene: Scene
) -> Deadline:
    """A clock that runs on with the time it had left."""
    rule = rule_of(definition, case, clock.name)
    assert rule is not None, f"{clock.name} stood still without a rule to count by"
    kept = carry(rule, case, clock, scene.calendar, case.seq)
    return counted_again(definition, case, replace(kept, stands=stands), scene)
