"""When a state entered at an instant is left by itself: a case's stays, armed as the real case is."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from engine.core.arming import arm_case, arm_phase, arm_state
from engine.core.case import Case, Deadline
from engine.core.codec import replace
from engine.core.definition import STAY, At, Definition, Due, State
from engine.core.entering import opening
from engine.core.moments import due_on
from engine.core.pausing import run_out
from engine.core.scene import Scene

__all__ = ["Clocks", "Stay", "leaving"]


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
        self.definition, self.calendar, self._scene = definition, scene.calendar, scene
        self._case = replace(case, facts=(), uses={})
        #: ways out of states, as those who walk them keep them
        self.ways: dict[str, tuple[tuple[str, bool, tuple[str, ...]], ...]] = {}
        self.arrivals: dict[tuple[object, ...], dict[str, Any]] = {}
        self._known: dict[tuple[str, int, int, int], Stay] = {}
        self._scenes: dict[int, Scene] = {}
        self._scopes = {
            name: {one.trigger.scope for one in state.transitions if isinstance(one.trigger, At)}
            for name, state in definition.states.items()
        }
        self.counts_from_opening = any("case" in scopes for scopes in self._scopes.values())
        self._leaving = {name: leaving(state) for name, state in definition.states.items()}
        self._later = frozenset(
            state.name for state in definition.states.values() if self._opens_later(state)
        )

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
        known = self._scenes.get(now)
        if known is None:
            here = self._scene
            known = Scene(now=now, calendar=here.calendar, chart=here.chart, seed=here.seed)
            self._scenes[now] = known
        return known

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
        if state.name in self._later:
            opens = opening(self.definition, replace(case, phases={}), state, scene, None)
        if opens is not None:
            began = scene.calendar.start_of(opens, case.zone)
            scene = self._at(began)
            first = began if phase >= entered else phase
            case = replace(case, entered_at=began, phases={state.phase: first})
        armed = arm_state(self.definition, case, state, scene)
        deadlines = tuple(run_out(self.definition, case, armed, scene))
        rules = self._leaving[state.name]
        moves = [
            alarm for one in deadlines for alarm in one.alarms if alarm.kind == "move" and alarm.what in rules
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


def leaving(state: State) -> frozenset[str]:
    """What the alarms are called that take a case elsewhere: a moment that stays does not."""
    return frozenset(transition.rule for transition in state.transitions if transition.to != STAY)
