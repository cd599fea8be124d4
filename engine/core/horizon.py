"""By which day a case must have ended at the latest: every act put off to the last moment, every capped loop used up.

An upper bound, worked out with the same arming as the real case: from each state the latest possible exit leads to
the latest possible entry of the next. A state that nothing but a person can leave has no such day.
"""

from __future__ import annotations

from dataclasses import replace as set_in
from datetime import date
from typing import NamedTuple

from engine.core.arming import arm_state
from engine.core.case import Alarm, Case
from engine.core.codec import replace
from engine.core.definition import STAY, Definition, State
from engine.core.entering import opening
from engine.core.machine import Machine
from engine.core.scene import Scene

#: more relaxations than this mean a loop without a cap: no day can be named
_MOST = 50_000


class _Place(NamedTuple):
    """A state on some path: with the uses of capped moves so far."""

    state: str
    uses: tuple[tuple[str, int], ...]


class _Time(NamedTuple):
    """The latest instants at which a place and its phase can have been entered."""

    entered: int
    phase: int


def latest_end(machine: Machine, case: Case, scene: Scene) -> date | None:
    """The last day on which the definition lets this case be open; None if it sets no end. Extensions count."""
    if case.ended:
        return scene.calendar.date_of(case.entered_at, case.zone)
    definition = machine.definition
    own_phase = case.phases.get(case.phase, scene.now)
    if case.sleeps_until is not None:
        woken = _Time(case.sleeps_until, max(own_phase, case.sleeps_until))
        first = _leaves(definition, case, definition.states[case.state], woken, scene)
    else:
        first = _first_exit(definition, case, scene.now)
    if first is None:
        return None
    best: dict[_Place, _Time] = {}
    queue: list[_Place] = []
    left: dict[tuple[str, _Time], int | None] = {}
    end = 0
    start = _Place(case.state, tuple(sorted(case.uses.items())))
    for place, time in _next(definition, start, _Time(first, own_phase)):
        end = max(end, _relax(definition, best, queue, place, time))
    for _ in range(_MOST):
        if not queue:
            return scene.calendar.date_of(end - 1, case.zone)
        place = queue.pop()
        time = best[place]
        stay = (place.state, time)
        if stay not in left:  # many paths come to one state at one time with other loops used up
            left[stay] = _leaves(definition, case, definition.states[place.state], time, scene)
        until = left[stay]
        if until is None:
            return None
        for onward, later in _next(definition, place, _Time(until, time.phase)):
            end = max(end, _relax(definition, best, queue, onward, later))
    return None


def _relax(
    definition: Definition, best: dict[_Place, _Time], queue: list[_Place], place: _Place, time: _Time
) -> int:
    """Note a later way to a place, to be walked on from; the instant, if the place is an end."""
    if definition.states[place.state].final is not None:
        return time.entered
    known = best.get(place)
    if known is None or time.entered > known.entered or time.phase > known.phase:
        if known is not None:
            time = _Time(max(time.entered, known.entered), max(time.phase, known.phase))
        best[place] = time
        queue.append(place)
    return 0


def _first_exit(definition: Definition, case: Case, now: int) -> int | None:
    """When the case must leave the state it really is in; a paused clock says nothing."""
    moves = [
        alarm.at
        for deadline in case.deadlines
        if deadline.paused_at is None
        for alarm in deadline.alarms
        if _leaving(definition, case.state, alarm)
    ]
    return max(min(moves), now) if moves else None


def _leaving(definition: Definition, state: str, alarm: Alarm) -> bool:
    """Whether an alarm takes the case elsewhere: a moment that stays does not."""
    return alarm.kind == "move" and any(
        transition.rule == alarm.what and transition.to != STAY
        for transition in definition.states[state].transitions
    )


def _leaves(definition: Definition, case: Case, state: State, time: _Time, scene: Scene) -> int | None:
    """The latest instant at which a state entered then is left; None if only a person can leave it."""
    then = set_in(scene, now=time.entered)
    stand = replace(
        case,
        state=state.name,
        phase=state.phase,
        entered_at=time.entered,
        phases={state.phase: time.phase},
        facts=(),
        uses={},
    )
    opens = opening(definition, replace(stand, phases={}), state, then, None)
    if opens is not None:
        woken = scene.calendar.start_of(opens, case.zone)
        then = set_in(scene, now=woken)
        stand = replace(stand, entered_at=woken, phases={state.phase: max(time.phase, woken)})
    moves = [
        alarm.at
        for deadline in arm_state(definition, stand, state, then)
        for alarm in deadline.alarms
        if _leaving(definition, state.name, alarm)
    ]
    return max(min(moves), then.now) if moves else None


def _next(definition: Definition, place: _Place, time: _Time) -> list[tuple[_Place, _Time]]:
    """The places one move further, entered when this one is left."""
    onward: list[tuple[_Place, _Time]] = []
    uses = dict(place.uses)
    for transition in definition.states[place.state].transitions:
        used = uses.get(transition.rule, 0)
        if transition.at_most is not None and used >= transition.at_most:
            names = _targets(definition, transition.then)
            after = place.uses
        else:
            names = _targets(definition, transition.to)
            after = (
                place.uses
                if transition.at_most is None
                else tuple(sorted({**uses, transition.rule: used + 1}.items()))
            )
        for name in names:
            same = _same_phase(definition, place.state, name)
            onward.append((_Place(name, after), _Time(time.entered, time.phase if same else time.entered)))
    return onward


def _targets(definition: Definition, to: str | None) -> tuple[str, ...]:
    if to is None or to == STAY:
        return ()
    choice = definition.choices.get(to)
    if choice is None:
        return (to,)
    return tuple(row.to for row in choice.rows if row.to != STAY)


def _same_phase(definition: Definition, state: str, other: str) -> bool:
    return definition.states[state].phase == definition.states[other].phase
