"""One case on a clock of its own: act, let days pass, look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.command import TIMER, Actor, Command, Contents, Elapse, Fire, Notice
from engine.core.effects import Notify, Step
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.core.step import Beginning, act_and_settle, settle, start, step, written
from engine.testing.clock import ManualClock

#: people act at eight in the morning
_MORNING = 8 * 3_600_000_000


class World:
    """A case, its clock, and everything it has done. Every step is the real one."""

    def __init__(
        self,
        machine: Machine,
        *,
        calendar: Calendar,
        chart: Chart,
        subject: str,
        opens: date,
        period: tuple[date, date],
    ) -> None:
        """Open the case of a person (by key) on a day. Raises: NotFound, NobodyFound."""
        self.machine, self.calendar, self.chart = machine, calendar, chart
        self.zone = chart.person(subject).zone
        self.clock = ManualClock(calendar.start_of(opens, self.zone) + _MORNING)
        self.contents = Contents()
        self.steps: list[Step] = []
        beginning = Beginning(
            case_id="c-1",
            cycle="example",
            subject=subject,
            segment=1,
            period_from=period[0],
            period_to=period[1],
            actor=TIMER,
            opens=opens,
        )
        self._keep(start(machine, beginning, self.scene))
        self._rest()

    @property
    def scene(self) -> Scene:
        """The world of the next step."""
        return Scene(now=self.clock.now(), calendar=self.calendar, chart=self.chart, seed=bytes(32))

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.steps[-1].case

    @property
    def today(self) -> date:
        """The civil day in the employee's zone."""
        return self.calendar.date_of(self.clock.now(), self.zone)

    def told_since(self, first: int) -> dict[str, frozenset[str]]:
        """Whom the steps from this number on have told something (by key), and of what kinds."""
        found: dict[str, set[str]] = {}
        for one in self.steps[first:]:
            for note in one.effects:
                if isinstance(note, Notify):
                    found.setdefault(note.to, set()).add(note.kind)
        return {to: frozenset(kinds) for to, kinds in found.items()}

    def act(self, trigger: str, *, by: str, forms: Mapping[str, Mapping[str, Any]], reason: str = "") -> None:
        """A person acts. Raises: every Refused, each saying what would be allowed; then nothing has changed."""
        self._obey(Fire(trigger=trigger, actor=Actor(person=by), forms=forms, reason=reason))

    def learn(self, fact: str) -> None:
        """A fact becomes known to the case ("employee leaves"). Raises: Refused."""
        if fact not in self.case.facts:
            self._obey(Notice(fact=fact, actor=TIMER))

    def wait_until(self, day: date) -> None:
        """Let time pass to the morning of a day, everything happening at the instant it was due."""
        target = self.calendar.start_of(day, self.zone) + _MORNING
        while self.case.next_at <= target:
            self.clock.put(max(self.case.next_at, self.clock.now()))
            self._keep(step(self.machine, self.case, Elapse(contents=self.contents), self.scene))
        self.clock.put(max(target, self.clock.now()))

    def _obey(self, command: Command) -> None:
        for done in act_and_settle(self.machine, self.case, command, self.contents, self.scene):
            self._keep(done)

    def _rest(self) -> None:
        now = self.clock.now()
        for done in settle(self.machine, self.case, self.contents, self.scene, until=now):
            self._keep(done)

    def _keep(self, done: Step) -> None:
        self.contents = written(self.contents, done)
        self.steps.append(done)
