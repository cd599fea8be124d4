"""By which day a case must have ended at the latest: every act put off to the last moment, every capped loop used up.

An upper bound, worked out with the same arming as the real case: from each state the latest possible exit leads to
the latest possible entry of the next. A state that nothing but a person can leave has no such day. Time somebody
grants or stops (extensions, pauses) comes on top.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from engine.core.arming import arm_case, arm_phase, arm_state
from engine.core.case import Alarm, Case, Deadline
from engine.core.codec import replace
from engine.core.course import Course, course_from
from engine.core.definition import STAY, At, Definition, Due, State
from engine.core.entering import opening
from engine.core.machine import Machine
from engine.core.moments import due_on
from engine.core.pausing import run_out
from engine.core.scene import Scene
from engine.errors import CalendarInvalid

__all__ = ["Clocks", "Latest", "Stay", "latest", "latest_end"]

#: a case that can still be open so many years after its period goes round in a loop that nothing ends
_YEARS = 12


class Stay(NamedTuple):
    """A stay in a state: since when it is awake, until when, by which rules it is then left, all its deadlines.

    `until` is None if only a person, or something that happens elsewhere, can end it. `acts` is the last instant at
    which somebody can act: a moment already past on entry happens at once, before anybody can.
    """

    began: int
    until: int | None
    acts: int
    rules: frozenset[str]
    deadlines: tuple[Deadline, ...]


class Clocks:
    """When a state entered at an instant is left by itself; remembered, for many ways ask the same."""

    def __init__(self, definition: Definition, case: Case, scene: Scene) -> None:
        self.definition, self._scene = definition, scene
        self._case = replace(case, facts=(), uses={})
        #: ways out of states, as those who walk them keep them
        self.ways: dict[str, tuple[tuple[str, bool, tuple[str, ...]], ...]] = {}
        self.arrivals: dict[tuple[object, ...], dict[str, Any]] = {}
        self._known: dict[tuple[str, int, int, int], Stay] = {}
        self._scopes = {
            name: {one.trigger.scope for one in state.transitions if isinstance(one.trigger, At)}
            for name, state in definition.states.items()
        }
        self.counts_from_opening = any("case" in scopes for scopes in self._scopes.values())

    @property
    def case(self) -> Case:
        """The case whose clocks these are, wherever it stands."""
        return self._case

    def stay(self, name: str, entered: int, phase: int, opened: int) -> Stay:
        """The stay of a case that enters then; its phase was first entered at `phase`, it was opened at `opened`."""
        scopes = self._scopes[name]
        key = (name, entered, phase if "phase" in scopes else 0, opened if "case" in scopes else 0)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._arm(self.definition.states[name], entered, phase, opened)
        return known

    def spread(self, rule: Due | At, entered: int) -> tuple[date, date] | None:
        """The day a date with a minimum falls on, without that minimum and with it; None for any other rule."""
        named = rule.date if isinstance(rule, Due) else rule.moment
        if rule.at_least is None or named is None:
            return None
        calendar, case = self._scene.calendar, self._case
        alone, whole = (
            due_on(
                date=named, at_least=least, day_off=rule.day_off, calendar=calendar, period_from=case.period_from,
                period_to=case.period_to, entry=calendar.date_of(entered, case.zone), windows=case.windows,
            )
            for least in (None, rule.at_least)
        )  # fmt: skip
        return alone, whole

    def morning(self, day: date) -> int:
        """The instant at which a day begins."""
        return self._scene.calendar.start_of(day, self._case.zone)

    def phase_due(self, phase: str, entered: int) -> Deadline | None:
        """The clock of a phase that is first entered then."""
        case = replace(self._case, phase=phase, entered_at=entered, phases={phase: entered})
        return arm_phase(self.definition, case, phase, self._at(entered))

    def case_due(self, opened: int) -> Deadline | None:
        """The clock of a whole case that opens then."""
        case = replace(self._case, entered_at=opened, opened_at=opened)
        return arm_case(self.definition, case, self._at(opened))

    def _at(self, now: int) -> Scene:
        here = self._scene
        return Scene(now=now, calendar=here.calendar, chart=here.chart, seed=here.seed)

    def _opens_later(self, state: State) -> bool:
        works = (state.task, state.gather)
        return self.definition.phases[state.phase].not_before is not None or any(
            work is not None and work.not_before is not None for work in works
        )

    def _arm(self, state: State, entered: int, phase: int, opened: int) -> Stay:
        scene = self._at(entered)
        case = replace(
            self._case,
            state=state.name,
            phase=state.phase,
            entered_at=entered,
            opened_at=opened,
            phases={state.phase: phase},
        )
        opens = None
        if self._opens_later(state):
            opens = opening(self.definition, replace(case, phases={}), state, scene, None)
        if opens is not None:
            began = scene.calendar.start_of(opens, case.zone)
            scene = self._at(began)
            first = began if phase >= entered else phase
            case = replace(case, entered_at=began, phases={state.phase: first})
        armed = arm_state(self.definition, case, state, scene)
        deadlines = tuple(run_out(self.definition, case, armed, scene))
        moves = [
            alarm for one in deadlines for alarm in one.alarms if _leaving(self.definition, state.name, alarm)
        ]
        if not moves:
            return Stay(scene.now, None, scene.now, frozenset(), deadlines)
        acts = min(alarm.at for alarm in moves)
        until = max(acts, scene.now)
        if opens is not None:  # while it sleeps, moments wait and some acts do not
            acts = until
        return Stay(
            scene.now, until, acts, frozenset(one.what for one in moves if one.at <= until), deadlines
        )


class Latest:
    """The latest instants at which places are entered, and what has none.

    `rests` are states that nothing but people leave, `endless` one where a loop goes on for ever ("" if there is
    none); without either, `end` is the latest end.
    """

    __slots__ = ("came", "course", "endless", "entered", "fresh", "phases", "rests")

    def __init__(self, *, course: Course, entered: list[int], phases: list[int], came: list[int]) -> None:
        self.course, self.entered, self.phases, self.came = course, entered, phases, came
        #: places to be walked on from
        self.fresh = bytearray(len(entered))
        self.rests: set[str] = set()
        self.endless = ""

    def by_state(self) -> dict[str, int]:
        """The latest entry of each state that is come to."""
        best: dict[str, int] = {}
        for name, at in zip(self.course.states, self.entered, strict=True):
            if at > best.get(name, 0):
                best[name] = at
        return best

    def end(self, definition: Definition) -> int | None:
        """The latest instant at which the case ends; None if no day can be named."""
        if self.rests or self.endless:
            return None
        return self.entered[self._last(definition)]

    def trail(self, definition: Definition) -> tuple[tuple[str, int], ...]:
        """The way to the latest end: states with the instants at which they are entered."""
        return self._back(self._last(definition))

    def trail_to(self, name: str) -> tuple[tuple[str, int], ...]:
        """The way to the latest entry of a state, told from its last round."""
        at = [place for place, one in enumerate(self.course.states) if one == name]
        return self._back(max(at, key=lambda place: self.entered[place]))

    def _back(self, place: int) -> tuple[tuple[str, int], ...]:
        steps: list[tuple[str, int]] = []
        while place > 0 and len(steps) <= len(self.came):
            steps.append((self.course.states[place], self.entered[place]))
            place = self.came[place]
        return tuple(reversed(steps))

    def _last(self, definition: Definition) -> int:
        ends = [n for n, name in enumerate(self.course.states) if definition.states[name].final is not None]
        return max(ends, key=lambda place: self.entered[place])


def latest(course: Course, clocks: Clocks, *, first: int, phase: int, opened: int) -> Latest:
    """The latest instants, for a case that leaves the first place at `first` at the latest."""
    size = len(course.states)
    found = Latest(course=course, entered=[0] * size, phases=[0] * size, came=[-1] * size)
    limit = _limit(clocks)
    _leave(course, 0, Stay(phase, first, first, frozenset(), ()), phase, found)
    place = found.fresh.find(1)
    while place >= 0 and not found.endless:
        found.fresh[place] = 0
        if found.entered[place] > limit:
            found.endless = course.states[place]
        _walk_on(course, place, clocks, opened, found)
        onward = found.fresh.find(1, place + 1)
        place = onward if onward >= 0 else found.fresh.find(1)  # the way back of a loop
    return found


def _walk_on(course: Course, place: int, clocks: Clocks, opened: int, found: Latest) -> None:
    name = course.states[place]
    state = clocks.definition.states[name]
    if state.final is not None:
        return
    try:
        stay = clocks.stay(name, found.entered[place], found.phases[place], opened)
    except CalendarInvalid:  # beyond the last year of the calendar
        found.endless = name
        return
    if stay.until is None:
        found.rests.add(name)
        return
    _leave(course, place, stay, found.phases[place], found)


def _leave(course: Course, place: int, stay: Stay, phase: int, found: Latest) -> None:
    """Every way out, taken at the last instant; a moment that comes after another never comes."""
    until = stay.until or 0
    # A phase that opens later is entered when it opens.
    within = stay.began if phase >= found.entered[place] else phase
    entered, phases, rules = found.entered, found.phases, stay.rules
    for rule, by_itself, by_person, to, same_phase in course.ways[place]:
        if by_itself and rules and rule not in rules:
            continue
        # Entered after its moment, nobody acts there any more; entered before, they act until that moment.
        at = min(until, stay.acts) if by_person else until
        since = within if same_phase else at
        if at > entered[to]:
            entered[to], found.came[to] = at, place
            found.fresh[to] = 1
        if since > phases[to]:
            phases[to] = since
            found.fresh[to] = 1


def latest_end(machine: Machine, case: Case, scene: Scene) -> date | None:
    """The last day on which the definition lets this case be open; None if it sets no end. Extensions count."""
    if case.ended:
        return scene.calendar.date_of(case.entered_at, case.zone)
    definition = machine.definition
    clocks = Clocks(definition, case, scene)
    phase = case.phases.get(case.phase, scene.now)
    opened = case.opened_at
    if case.sleeps_until is not None:
        if not case.phases:
            opened = case.sleeps_until
        phase = max(phase, case.sleeps_until)
        first = clocks.stay(case.state, case.sleeps_until, phase, opened).until
    else:
        first = _first_exit(definition, case, scene.now)
    ways = course_from(definition, case.state, case.uses) if first is not None else None
    if first is None or ways is None:
        return None
    end = latest(ways, clocks, first=first, phase=phase, opened=opened).end(definition)
    return None if end is None else scene.calendar.date_of(end - 1, case.zone)


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


def _limit(clocks: Clocks) -> int:
    case, calendar = clocks._case, clocks._scene.calendar  # noqa: SLF001 - one room
    last = max(case.period_to.year, calendar.date_of(case.opened_at, case.zone).year) + _YEARS
    return calendar.end_of(date(last, 12, 31), case.zone)
