"""An outage of a whole unit, in one case: its clocks stand still as long as it lasts, or get days back afterwards.

An outage stops what a pause for an outage stops, and what counts a duration for a phase or the whole case: it is
nobody's fault, whatever state a case is in. Days that a definition or a decree names stay. The days on which people
could not work are given back whole, from its first to its last; a time for which a clock stood still already counts
once. An outage that lasts holds every visit that begins meanwhile, too, and lets go by itself when it has lasted as
long as an outage may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace as set_in
from datetime import date

from engine.core.arming import arm_resume, counted_again
from engine.core.case import NEVER, Case, Deadline
from engine.core.clock_history import OF_UNIT, Stand
from engine.core.clock_rules import TASK, rule_of
from engine.core.codec import replace
from engine.core.command import BeginOutage, EndOutage
from engine.core.definition import Definition, Due
from engine.core.draft import REASON, Draft
from engine.core.effects import Step
from engine.core.interruptions import OUTAGE, Outage, covering
from engine.core.ledger import carry
from engine.core.machine import Machine
from engine.core.pausing import all_ends, due_again, longest, release, stops
from engine.core.permitting import demand_reason
from engine.core.scene import Scene
from engine.errors import CaseClosed, Refused

__all__ = ["begin_outage", "end_outage", "give_back", "given_back", "stand_still", "stopped"]


def begin_outage(machine: Machine, case: Case, command: BeginOutage, scene: Scene) -> Step:
    """The case under an outage; of one that is over it gets the days back. Raises: CaseClosed, Refused."""
    outage = command.outage
    _demand_open(case)
    draft = Draft(machine, case, scene, command.actor)
    draft.write(REASON, demand_reason(command.reason))
    draft.facts["cause"] = _told(outage)
    lost = _days(outage, case, scene)
    give_back(draft, OUTAGE, outage.id, lost, stopped(machine.definition, case))
    held = _held(machine.definition, draft.case, outage, scene) if outage.to_on is None else ()
    if held:
        draft.put_deadlines(*held)
        draft.facts["cause"] |= {
            "paused": OUTAGE,
            "clocks": [one.name for one in held[:-1]],
            "until": held[-1].due_on.isoformat(),
        }
    if not held and "given_back" not in draft.facts:
        raise Refused(f"outage {outage.id} changes no clock of case {case.id}", case=case.id)
    for task in draft.case.waiting:
        draft.tell_of(outage.id, task.holder, "outage", task.id, **_told(outage))
    return draft.close("paused" if held else "given_back")


def end_outage(machine: Machine, case: Case, command: EndOutage, scene: Scene) -> Step:
    """Clocks that stood still for an outage run on. Raises: CaseClosed, Refused."""
    _demand_open(case)
    if OF_UNIT not in all_ends(case) or covering(scene.outages, case.unit) is not None:
        raise Refused(
            f"the end of outage {command.outage.id} changes no clock of case {case.id}", case=case.id
        )
    draft = Draft(machine, case, scene, command.actor)
    draft.write(REASON, demand_reason(command.reason))
    kept, again = release(machine.definition, case, (OF_UNIT,), scene)
    draft.change(deadlines=kept)
    draft.facts["cause"] = {
        "outage": command.outage.id,
        "resumed": [[one.name, one.due_on.isoformat()] for one in again],
    }
    for clock in again:
        if clock.name == TASK:
            due_again(draft, clock)
    for task in draft.case.waiting:
        draft.tell_of(command.outage.id, task.holder, "outage_over", task.id, unit=command.outage.unit)
    return draft.close("resumed")


def stand_still(draft: Draft) -> None:
    """Hold the clocks of a visit that begins in an outage; the entry says of which, and until when at most."""
    outage = covering(draft.scene.outages, draft.case.unit)
    if outage is None:
        return
    held = _held(draft.machine.definition, draft.case, outage, draft.scene)
    if held:
        draft.put_deadlines(*held)
        draft.facts["outage"] = outage.id
        draft.facts.setdefault("pauses", []).append([OUTAGE, held[-1].due_on.isoformat()])


def give_back(
    draft: Draft, kind: str, by: str, lost: tuple[int, int], clocks: Iterable[Deadline]
) -> tuple[str, ...]:
    """Give clocks the days that were lost between two instants, as far as they did not stand still then already.

    The names of those that got any; the entry says from which day to which.
    """
    case, scene, definition = draft.case, draft.scene, draft.machine.definition
    told: list[list[str]] = []
    again: list[Deadline] = []
    for clock in clocks:
        stands = tuple(_lost(case, clock, kind, by, lost, scene))
        rule = rule_of(definition, case, clock.name)
        if not stands or rule is None:
            continue
        kept = carry(rule, case, clock, scene.calendar, case.seq)
        again.append(counted_again(definition, case, replace(kept, stands=(*clock.stands, *stands)), scene))
        told.append([clock.name, clock.due_on.isoformat(), again[-1].due_on.isoformat()])
    if again:
        draft.put_deadlines(*again)
        draft.facts["given_back"] = told
        for clock in again:
            if clock.name == TASK:
                due_again(draft, clock)
    return tuple(clock.name for clock in again)


def given_back(clock: Deadline, by: str) -> bool:
    """Whether a clock has been given back the days of this outage or standstill."""
    return any(stand.by == by and stand.entry == stand.over for stand in clock.stands)


def _lost(
    case: Case, clock: Deadline, kind: str, by: str, lost: tuple[int, int], scene: Scene
) -> Iterator[Stand]:
    """What a clock lost of a time: since it counts, and while it did not stand still."""
    if given_back(clock, by):
        return
    calendar = scene.calendar
    start, end = max(lost[0], clock.basis_at), lost[1]
    for other in sorted(clock.stands, key=lambda one: one.from_at):
        until = other.to_at if other.over else NEVER
        if until <= start or other.from_at >= end:
            continue
        if calendar.date_of(start, case.zone) < calendar.date_of(other.from_at, case.zone):
            yield _stood(case, kind, by, start, other.from_at)
        start = max(start, until)
    if start < end and calendar.date_of(start, case.zone) < calendar.date_of(end, case.zone):
        yield _stood(case, kind, by, start, end)


def _stood(case: Case, kind: str, by: str, from_at: int, to_at: int) -> Stand:
    return Stand(kind=kind, from_at=from_at, entry=case.seq + 1, to_at=to_at, over=case.seq + 1, by=by)


def _held(definition: Definition, case: Case, outage: Outage, scene: Scene) -> tuple[Deadline, ...]:
    """The clocks that an outage which lasts stops now, and the alarm that ends it; nothing if there is none."""
    span = longest(definition, OUTAGE)
    until = scene.calendar.add(outage.from_on, span.amount, span.unit)
    if scene.calendar.end_of(until, case.zone) <= scene.now:
        return ()
    today = scene.calendar.start_of(scene.today(case.zone), case.zone) - 1
    held = []
    for clock in stopped(definition, case):
        if any(not stand.over and stand.ends_with == OF_UNIT for stand in clock.stands):
            continue
        since = max(today, clock.basis_at, *(stand.to_at for stand in clock.stands), 0)
        stand = Stand(kind=OUTAGE, from_at=min(since, scene.now), entry=case.seq + 1, by=outage.id)
        held.append(replace(clock, stands=(*clock.stands, stand)))
    if not held:
        return ()
    began = set_in(scene, now=scene.calendar.start_of(outage.from_on, case.zone))
    # Clocks of a phase and of the case outlive the visit, and so must what ends this.
    end = replace(arm_resume(case, OUTAGE, until, began), name=OF_UNIT, scope="case", visit=case.visit)
    return (*held, end)


def stopped(definition: Definition, case: Case) -> list[Deadline]:
    """The clocks of a case that an outage stops."""
    return [one for one in case.deadlines if _stops(definition, case, one)]


def _stops(definition: Definition, case: Case, clock: Deadline) -> bool:
    """Whether it counts a duration that an outage stops: of the state, of a phase or of the whole case."""
    if clock.scope == "visit":
        return OUTAGE in stops(definition, case, clock)
    rule = rule_of(definition, case, clock.name)
    return isinstance(rule, Due) and rule.within is not None


def _days(outage: Outage, case: Case, scene: Scene) -> tuple[int, int]:
    """From before the first day that was lost until within the last that is over: today is still to be lost."""
    calendar, today = scene.calendar, scene.today(case.zone)
    last = outage.to_on if outage.to_on is not None else _day_before(today)
    return (
        calendar.start_of(outage.from_on, case.zone) - 1,
        calendar.end_of(last, case.zone) - 1,
    )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _told(outage: Outage) -> dict[str, str]:
    """An outage as entries and messages tell it."""
    told = {"outage": outage.id, "unit": outage.unit, "first": outage.from_on.isoformat()}
    return told if outage.to_on is None else {**told, "last": outage.to_on.isoformat()}


def _demand_open(case: Case) -> None:
    if case.ended:
        raise CaseClosed(f"case {case.id} is closed ({case.ended}); it has no clock", case=case.id)
