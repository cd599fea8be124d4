"""Deadlines: from a rule of the definition to dated alarms, and what pausing and extending make of them.

Meaning (language reference, "Moments"): the day of the event is day 0; due means the end (24:00) of the last day in
the case's zone. A *move* already past when armed fires at once; a *rung* already past is recorded as skipped. A phase's
clock counts from its first entry, whatever returns came between; the case's from its opening.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as set_in
from datetime import date

from engine.core.calendar import Calendar
from engine.core.case import Alarm, Case, Deadline
from engine.core.clock_history import resuming
from engine.core.clock_rules import CASE, PHASE, PROMISE, TASK, last_day, moment_day, rule_of
from engine.core.codec import replace
from engine.core.definition import At, Definition, Due, Ladder, Rung, Scope, State, Transition, Upon
from engine.core.ledger import reckon
from engine.core.moments import DueItself, Offset
from engine.core.scene import Scene
from engine.core.segments import told_moves

__all__ = [
    "CASE",
    "TASK",
    "arm_asleep",
    "arm_case",
    "arm_fact",
    "arm_phase",
    "arm_promise",
    "arm_resume",
    "arm_sleep",
    "arm_state",
    "counted_again",
    "earliest",
    "is_promise",
    "moving_now",
    "rung_of",
    "without_first",
]

_SCOPES = {"visit": 0, "phase": 1, "case": 2}
#: after all that comes by itself at an instant: what happens on the last day still keeps a promise
_LAST = 3


def earliest(case: Case) -> tuple[Deadline, Alarm] | None:
    """The alarm that comes first and the deadline it hangs on; None if nothing will happen by itself.

    At one instant: state before phase before case, and in one scope a move before rungs, so that nobody is
    reminded of what has just been taken from them. The day of a promise ends after everything else that day brings.
    """
    best: tuple[int, int, bool, int] | None = None
    found: tuple[Deadline, Alarm] | None = None
    for number, deadline in enumerate(case.deadlines):
        if deadline.paused_at is not None or not deadline.alarms:
            continue
        alarm = deadline.alarms[0]
        scope = _LAST if alarm.kind == "promise" else _SCOPES[deadline.scope]
        rank = (alarm.at, scope, alarm.kind == "rung", number)
        if best is None or rank < best:
            best, found = rank, (deadline, alarm)
    return found


def arm_state(definition: Definition, case: Case, state: State, scene: Scene) -> list[Deadline]:
    """The deadlines of one stay in a state: its task's clock, and each moment or true fact that will move it.

    `case` already stands in the state: its `entered_at`, `opened_at` and `phases` are what the clocks count from.
    """
    armed: list[Deadline] = []
    rule = state.work.due if state.work else None
    if rule is not None:
        armed.append(_task_clock(definition, case, state, rule, scene))
    true = told_moves(definition, case, state, scene)
    for transition in state.transitions:
        trigger = transition.trigger
        if isinstance(trigger, At) and not _hangs_on_due(trigger):
            armed.append(_move_clock(case, transition, trigger, scene))
        elif transition in true:
            armed.append(moving_now(case, transition, scene))
    return armed


def arm_fact(definition: Definition, state: State, case: Case, fact: str, scene: Scene) -> list[Deadline]:
    """The moves a state makes at once because this fact, just noted in the case, was all they still waited for."""
    return [
        moving_now(case, transition, scene)
        for transition in told_moves(definition, case, state, scene)
        if isinstance(transition.trigger, Upon)
        and fact in transition.trigger.texts
        and (case.sleeps_until is None or transition.anytime)
    ]


def arm_asleep(definition: Definition, state: State, case: Case, scene: Scene) -> list[Deadline]:
    """What facts that are true already move of a case that sleeps: the ways out that are offered at any time."""
    return [
        moving_now(case, transition, scene)
        for transition in told_moves(definition, case, state, scene)
        if transition.anytime
    ]


def arm_phase(definition: Definition, case: Case, phase: str, scene: Scene) -> Deadline | None:
    """The clock of a phase, counted from its first entry; None if the phase has no due time."""
    rule = definition.phases[phase].due
    if rule is None:
        return None
    return _clock(
        definition, case, f"{PHASE}{phase}", "phase", rule, basis_at=case.phases[phase], scene=scene
    )


def arm_case(definition: Definition, case: Case, scene: Scene) -> Deadline | None:
    """The clock of the whole case, counted from its opening; None if the definition sets none."""
    if definition.due is None:
        return None
    return _clock(definition, case, CASE, "case", definition.due, basis_at=case.opened_at, scene=scene)


def arm_sleep(case: Case, until: date, scene: Scene) -> Deadline:
    """The alarm that wakes a case at the beginning of a day (`not_before`)."""
    at = scene.calendar.start_of(until, case.zone)
    return _bare(case, "wake", until, at, Alarm(at=at, kind="wake", what=""), scene)


def arm_resume(case: Case, kind: str, until: date, scene: Scene) -> Deadline:
    """The alarm that ends a pause of that kind when it has lasted as long as it may."""
    at = scene.calendar.end_of(until, case.zone)
    return _bare(case, resuming(kind), until, at, Alarm(at=at, kind="resume", what=kind), scene)


def arm_promise(definition: Definition, case: Case, number: int, scene: Scene) -> Deadline | None:
    """The clock of a promise with a day in it, counted from now; None for a promise without one. Nothing pauses it."""
    name = f"{PROMISE}{number}"
    rule = rule_of(definition, case, name)
    if rule is None:
        return None
    day = last_day(rule, case, scene.today(case.zone), scene.calendar)
    at = scene.calendar.end_of(day, case.zone)
    return _bare(case, name, day, at, Alarm(at=at, kind="promise", what=str(number)), scene, scope="case")


def is_promise(clock: Deadline) -> bool:
    """Whether a clock is that of a promise, which neither states nor phases end."""
    return clock.name.startswith(PROMISE)


def moving_now(case: Case, transition: Transition, scene: Scene) -> Deadline:
    """A move whose fact is already true: an alarm for this very instant."""
    alarm = Alarm(at=scene.now, kind="move", what=transition.rule)
    return _bare(case, f"move:{transition.rule}", scene.today(case.zone), scene.now, alarm, scene)


def counted_again(
    definition: Definition, case: Case, deadline: Deadline, scene: Scene, *, restarted: bool = False
) -> Deadline:
    """A clock with the days its ledger comes to now. Fired rungs stay fired unless the ladder is restarted.

    What was still to come when the clock last stopped comes no earlier than the next working day is over: nothing is
    late for having stood still. A moment that came and let the case stay does not come again, unless all restarts.
    """
    rule = rule_of(definition, case, deadline.name)
    assert rule is not None, f"{deadline.name} of {case.id} counts nothing"
    calendar, zone = scene.calendar, case.zone
    due = reckon(rule, case, deadline, calendar).due
    if isinstance(rule, At):
        at = calendar.end_of(due, zone)
        alarms = tuple(replace(alarm, at=at) for alarm in deadline.alarms)
        return replace(deadline, due_on=due, due_at=at, calendar=calendar.version, alarms=alarms)
    ladder, skipped = _ladder_again(definition, case, deadline, due, scene, restarted=restarted)
    return replace(
        deadline,
        generation=deadline.generation + 1 if restarted else deadline.generation,
        due_on=due,
        due_at=calendar.end_of(due, zone),
        calendar=calendar.version,
        alarms=_sorted(ladder),
        fired=() if restarted else deadline.fired,
        skipped=skipped,
    )


def _ladder_again(
    definition: Definition, case: Case, deadline: Deadline, due: date, scene: Scene, *, restarted: bool
) -> tuple[list[Alarm], tuple[int, ...]]:
    """The alarms of a clock with a ladder that has another due day, and the rungs it passes over."""
    stopped = deadline.paused_at
    here = scene if stopped is None else set_in(scene, now=stopped)
    waiting = frozenset(alarm.what for alarm in deadline.alarms)
    before = () if restarted else deadline.skipped
    gone = () if restarted else (*deadline.fired, *before)
    alarms, skipped = _rungs(definition.ladders[deadline.ladder], case, due, here, without=gone)
    if deadline.name == TASK:
        moves = _due_moves(definition.states[case.state], case, due, scene.calendar)
        alarms += [one for one in moves if one.what in waiting or (restarted and one.at > here.now)]
    # What ended while another reason still holds it did not let it run on.
    ended = (stand.to_at for stand in deadline.stands)
    ran_on = max((at for at in ended if stopped is None or at <= stopped), default=0)
    if ran_on and not restarted:
        rest = scene.calendar.roll(scene.calendar.date_of(ran_on, case.zone), "next")
        least = scene.calendar.end_of(rest, case.zone)
        late = [str(number) for number in skipped if str(number) in waiting]
        alarms = [replace(one, at=max(one.at, least)) if one.what in waiting else one for one in alarms]
        if least > here.now:
            alarms += [Alarm(at=least, kind="rung", what=number) for number in late]
            skipped = tuple(number for number in skipped if str(number) not in late)
    return alarms, (*before, *skipped)


def without_first(deadline: Deadline) -> Deadline:
    """The deadline after its first alarm has fired."""
    alarm = deadline.alarms[0]
    fired = (*deadline.fired, int(alarm.what)) if alarm.kind == "rung" else deadline.fired
    return replace(deadline, alarms=deadline.alarms[1:], fired=fired)


def rung_of(definition: Definition, deadline: Deadline, alarm: Alarm) -> Rung:
    """The rung an alarm stands for."""
    return definition.ladders[deadline.ladder].rungs[int(alarm.what)]


def _hangs_on_due(trigger: At) -> bool:
    moment = trigger.moment
    return isinstance(moment, DueItself) or (isinstance(moment, Offset) and moment.anchor == "due")


def _task_clock(definition: Definition, case: Case, state: State, rule: Due, scene: Scene) -> Deadline:
    return _clock(definition, case, TASK, "visit", rule, basis_at=case.entered_at, scene=scene, state=state)


def _clock(
    definition: Definition,
    case: Case,
    name: str,
    scope: Scope,
    rule: Due,
    *,
    basis_at: int,
    scene: Scene,
    state: State | None = None,
) -> Deadline:
    """The clock of a due time with its ladder, and with the moves of a state that count from the due day."""
    calendar = scene.calendar
    basis = calendar.date_of(basis_at, case.zone)
    due = last_day(rule, case, basis, calendar)
    alarms, skipped = _rungs(definition.ladders[rule.ladder], case, due, scene)
    if state is not None:
        alarms += _due_moves(state, case, due, calendar)
    return Deadline(
        name=name,
        scope=scope,
        visit=case.visit,
        generation=1,
        basis_on=basis,
        basis_at=basis_at,
        due_on=due,
        due_at=calendar.end_of(due, case.zone),
        ladder=rule.ladder,
        calendar=calendar.version,
        alarms=_sorted(alarms),
        skipped=skipped,
        pausable=rule.within is not None,
    )


def _rungs(
    ladder: Ladder, case: Case, due: date, scene: Scene, *, without: tuple[int, ...] = ()
) -> tuple[list[Alarm], tuple[int, ...]]:
    """The alarms of a ladder's rungs still to come, and the numbers of those already past."""
    alarms: list[Alarm] = []
    skipped: list[int] = []
    for number, rung in enumerate(ladder.rungs):
        if number in without:
            continue
        day = due
        if rung.offset is not None:
            amount = -rung.offset.amount if rung.before else rung.offset.amount
            day = scene.calendar.add(due, amount, rung.offset.unit)
        at = scene.calendar.end_of(day, case.zone)
        if at <= scene.now:
            skipped.append(number)
        else:
            alarms.append(Alarm(at=at, kind="rung", what=str(number)))
    return alarms, tuple(skipped)


def _due_moves(state: State, case: Case, due: date, calendar: Calendar) -> list[Alarm]:
    """The moves of a state that count from its task's due day."""
    moves: list[Alarm] = []
    for transition in state.transitions:
        trigger = transition.trigger
        if isinstance(trigger, At) and _hangs_on_due(trigger):
            entry = calendar.date_of(case.entered_at, case.zone)
            day = moment_day(trigger, case, calendar, entry=entry, due=due)
            moves.append(Alarm(at=calendar.end_of(day, case.zone), kind="move", what=transition.rule))
    return moves


def _move_clock(case: Case, transition: Transition, trigger: At, scene: Scene) -> Deadline:
    basis_at = {"visit": case.entered_at, "phase": case.phases[case.phase], "case": case.opened_at}[
        trigger.scope
    ]
    entry = scene.calendar.date_of(basis_at, case.zone)
    day = last_day(trigger, case, entry, scene.calendar)
    at = scene.calendar.end_of(day, case.zone)
    return Deadline(
        name=f"move:{transition.rule}",
        scope=trigger.scope,
        visit=case.visit,
        generation=1,
        basis_on=entry,
        basis_at=basis_at,
        due_on=day,
        due_at=at,
        ladder="",
        calendar=scene.calendar.version,
        alarms=(Alarm(at=at, kind="move", what=transition.rule),),
        pausable=bool(trigger.pauses),
    )


def _bare(
    case: Case, name: str, day: date, at: int, alarm: Alarm, scene: Scene, *, scope: Scope = "visit"
) -> Deadline:
    """A deadline without a ladder, counted from now: one alarm."""
    return Deadline(
        name=name,
        scope=scope,
        visit=case.visit,
        generation=1,
        basis_on=scene.today(case.zone),
        basis_at=scene.now,
        due_on=day,
        due_at=at,
        ladder="",
        calendar=scene.calendar.version,
        alarms=(alarm,),
    )


def _sorted(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Alarms by time; at one instant a move comes before rungs."""
    return tuple(sorted(alarms, key=lambda alarm: (alarm.at, alarm.kind == "rung")))
