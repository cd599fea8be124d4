"""By which day a case must have ended at the latest: every act put off to the last moment, every capped loop used up.

An upper bound, worked out with the same arming as the real case: from each state the latest possible exit leads to
the latest possible entry of the next. A state that nothing but a person can leave has no such day. Time somebody
grants or stops (extensions, pauses) comes on top.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

from engine.core.case import Case
from engine.core.course import Course, Way, course_from
from engine.core.definition import Definition
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.stays import Clocks, Stay, leaving
from engine.errors import CalendarInvalid

__all__ = ["Latest", "Tails", "Taken", "latest", "latest_end"]

#: a case that can still be open so many years after its period goes round in a loop that nothing ends
_YEARS = 12


class Taken(NamedTuple):
    """A way that was taken at an instant, and the one before it (None: it led out of the first place)."""

    place: int
    at: int
    way: Way
    before: Taken | None


class Latest:
    """The latest instants at which places are entered, and what has none.

    `rests` are states that nothing but people leave, `endless` one where a loop goes on for ever ("" if there is
    none); without either, `end` is the latest end.
    """

    __slots__ = ("came", "course", "endless", "entered", "fresh", "phases", "rests")

    def __init__(self, course: Course) -> None:
        size = len(course.states)
        self.course, self.entered, self.phases = course, [0] * size, [0] * size
        #: the way by which each place is entered at its latest, as it was when that was found
        self.came: list[Taken | None] = [None] * size
        #: places to be walked on from
        self.fresh = bytearray(size)
        self.rests: set[str] = set()
        self.endless = ""

    def end(self) -> int | None:
        """The latest instant at which the case ends; None if no day can be named."""
        if self.rests or self.endless:
            return None
        return max(self.entered[end] for end in self.course.ends)

    def trail(self) -> tuple[Taken, ...]:
        """The ways taken to the latest end."""
        return self._back(self._last())

    def trail_to(self, name: str) -> tuple[Taken, ...]:
        """The ways taken to the latest entry of a state; of a loop that goes on for ever, one round."""
        at = [place for place, one in enumerate(self.course.states) if one == name]
        seen: set[int] = set()
        steps: list[Taken] = []
        for one in self._back(max(at, key=self.entered.__getitem__)):
            steps.append(one)
            if one.place in seen:
                break
            seen.add(one.place)
        return tuple(steps)

    def state(self, taken: Taken) -> str:
        """Where a way that was taken leads."""
        return self.course.states[taken.place]

    def from_door(self, door: int) -> Latest:
        """What a case brings to a door: what is behind it is as it was, and no end has been come to."""
        here = Latest(self.course)
        here.fresh[door:] = self.fresh[door:]
        here.entered[door:] = self.entered[door:]
        here.phases[door:] = self.phases[door:]
        for end in self.course.ends:
            here.entered[end] = here.phases[end] = here.fresh[end] = 0
        return here

    def take_on(self, tail: Latest, door: int) -> None:
        """Know of all places behind a door what became of them; ends may have been come to later before it."""
        before = [self.entered[end] for end in self.course.ends]
        self.entered[door:] = tail.entered[door:]
        self.phases[door:] = tail.phases[door:]
        for end, at in zip(self.course.ends, before, strict=True):
            self.entered[end] = max(at, tail.entered[end])
        self.fresh = bytearray(len(self.fresh))
        self.rests |= tail.rests
        self.endless = tail.endless

    def _back(self, place: int) -> tuple[Taken, ...]:
        steps: list[Taken] = []
        one = self.came[place]
        while one is not None:
            steps.append(one)
            one = one.before
        return tuple(reversed(steps))

    def _last(self) -> int:
        """The end that is come to last; of two that fall together the one a case comes to of itself."""
        return max(self.course.ends, key=lambda place: (self.entered[place], self._own(place)))

    def _own(self, place: int) -> bool:
        taken = self.came[place]
        return taken is not None and not taken.way.from_outside


#: what became of cases of one course and its clocks that stood alike at a door
Tails: TypeAlias = dict[tuple[object, ...], Latest]


def latest(
    course: Course, clocks: Clocks, stay: Stay, *, phase: int, opened: int, known: Tails | None = None
) -> Latest:
    """The latest instants, for a case that is in this stay; one that nothing ends has none.

    With `known`, what is behind a door is walked once for all cases that come to it alike, and no way is kept.
    """
    found = Latest(course)
    _leave(course, 0, stay, phase, found)
    _walk(clocks, opened, found, -1, known)
    return found


def _walk(clocks: Clocks, opened: int, found: Latest, begun: int, known: Tails | None) -> None:
    """Walk on from all fresh places until there are none; `begun` is the door behind which they are."""
    course, fresh, limit = found.course, found.fresh, _limit(clocks)
    place = fresh.find(1)
    while place >= 0 and not found.endless:
        at_door = known is not None and place != begun and course.doors[place]
        if known is not None and at_door and fresh.find(1, 0, place) < 0:
            found.take_on(_tail(clocks, opened, found, place, known), place)
            return
        fresh[place] = 0
        if found.entered[place] > limit and course.ways[place]:
            found.endless = course.states[place]
        _walk_on(course, place, clocks, opened, found)
        onward = fresh.find(1, place + 1)
        place = onward if onward >= 0 else fresh.find(1)  # the way back of a loop


def _tail(clocks: Clocks, opened: int, found: Latest, door: int, known: Tails) -> Latest:
    """What becomes of a case from a door on, as of every other that stands there alike."""
    ahead = found.from_door(door)
    key = (
        door,
        opened if clocks.counts_from_opening else 0,
        bytes(ahead.fresh[door:]),
        *ahead.entered[door:],
        *ahead.phases[door:],
    )
    if key not in known:
        _walk(clocks, opened, ahead, door, known)
        known[key] = ahead
    return known[key]


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
    entered, phases, rules, before = found.entered, found.phases, stay.rules, found.came[place]
    # A phase that opens later is entered when it opens.
    within = stay.began if phase >= entered[place] else phase
    for way in course.ways[place]:
        rule, by_itself, by_person, to, same_phase, _ = way
        if by_itself and rule not in rules:
            continue
        # Entered after its moment, nobody acts there any more; entered before, they act until that moment.
        at = min(until, stay.acts) if by_person else until
        since = within if same_phase else at
        if at > entered[to]:
            entered[to], found.came[to] = at, Taken(to, at, way, before)
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
        stay = clocks.stay(case.state, case.sleeps_until, phase, opened)
    else:
        stay = _stay_now(definition, case, phase, scene.now)
    ways = course_from(definition, case.state, case.uses) if stay.until is not None else None
    if ways is None:
        return None
    end = latest(ways, clocks, stay, phase=phase, opened=opened).end()
    return None if end is None else scene.calendar.date_of(end - 1, case.zone)


def _stay_now(definition: Definition, case: Case, phase: int, now: int) -> Stay:
    """The stay a case really is in; a paused clock says nothing."""
    out = leaving(definition.states[case.state])
    moves = [
        alarm
        for deadline in case.deadlines
        if deadline.paused_at is None
        for alarm in deadline.alarms
        if alarm.kind == "move" and alarm.what in out
    ]
    until = max(min(alarm.at for alarm in moves), now) if moves else None
    rules = frozenset(alarm.what for alarm in moves if until is not None and alarm.at <= until)
    return Stay(phase, until, until or now, rules, case.deadlines)


def _limit(clocks: Clocks) -> int:
    case, calendar = clocks.case, clocks.calendar
    last = max(case.period_to.year, calendar.date_of(case.opened_at, case.zone).year) + _YEARS
    return calendar.end_of(date(last, 12, 31), case.zone)
