"""Driving the demo's agency through its year: every act by the person whose task it is, every moment at its instant.

Nobody waits for real time. Nothing here decides anything about a case: acts go through the engine as anybody's do,
and what is done late or never is left to the timers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush

from api.demo_acts import Subject, act_in
from api.demo_agency import Member
from api.demo_behaviours import Behaviour, behaviour_of
from api.demo_clock import ZONE, Travel
from engine.core.calendar import Calendar
from engine.core.case import Case, Task
from engine.core.command import Actor, Remind
from engine.core.filling import colleagues_of
from engine.core.zones import local_date, midnight
from engine.errors import Refused
from engine.runtime import Engine

#: acts are done at ten in the morning
_MORNING = 10 * 3_600_000_000
_NOTE = "Mohon segera diselesaikan; tenggat sudah lewat."
#: nobody is away for longer than this
_LONGEST_AWAY = 800
_ALL = 1_000


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Plan:
    """Something a person has decided to do: when, about which task."""

    at: int
    case_id: str
    task_id: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How the driving went: acts fired, reminders sent by those a delay was escalated to, and what was refused."""

    acts: int
    reminders: int
    refused: tuple[str, ...]
    stops: int


class Year:
    """One run through a cycle, from where the clock stands until nothing will happen any more."""

    def __init__(
        self, engine: Engine, travel: Travel, people: tuple[Member, ...], calendar: Calendar
    ) -> None:
        self._engine = engine
        self._travel = travel
        self._calendar = calendar
        self._members: Mapping[str, Member] = {one.key: one for one in people}
        self._agenda: list[_Plan] = []
        self._known: set[tuple[str, str]] = set()
        self._cases: dict[str, Case] = {}
        self._acts = 0
        self._reminders = 0
        self._refused: list[str] = []

    def drive(self, progress: Callable[[int, int], object]) -> Run:
        """Go on until no case is open or nothing will happen; `progress` hears closed cases and all cases."""
        stops = 0
        everybody = sum(not case.parent for case in self._engine.cases(limit=_ALL))
        while self._look(everybody, progress):
            upcoming = self._travel.upcoming()
            ahead = [at for at in (upcoming, self._agenda[0].at if self._agenda else None) if at is not None]
            if not ahead:
                break
            self._travel.go(min(ahead))
            stops += 1
            self._do_what_is_planned()
        return Run(acts=self._acts, reminders=self._reminders, refused=tuple(self._refused), stops=stops)

    def _look(self, everybody: int, progress: Callable[[int, int], object]) -> int:
        """Let everybody see what is newly theirs; how many cases are open."""
        found = self._engine.cases(open_only=True, limit=_ALL)
        for case in found:
            self._cases[case.id] = case
            self._plan_for(case)
        progress(everybody - sum(not case.parent for case in found), everybody)
        return len(found)

    def _plan_for(self, case: Case) -> None:
        for task in case.tasks:
            if (task.id, task.holder) in self._known:
                continue
            self._known.add((task.id, task.holder))
            at = self._when(task)
            if at is not None:
                heappush(self._agenda, _Plan(at=at, case_id=case.id, task_id=task.id, holder=task.holder))

    def _when(self, task: Task) -> int | None:
        """When the holder will do a task that has just come to them; None for never."""
        behaviour = self._behaviour(task.holder)
        today = self._travel.today(ZONE)
        if task.kind == "escalation" and behaviour.acts:
            day = self._calendar.add(today, 1, "working days")
        elif behaviour.after_given is not None:
            day = self._calendar.add(today, behaviour.after_given, "working days")
        elif behaviour.after_due is not None:
            due = max(task.due_on or today, today)
            day = self._calendar.add(due, behaviour.after_due, "working days")
        else:
            return None
        present = self._first_present(task.holder, day)
        return None if present is None else midnight(present.toordinal(), ZONE) + _MORNING

    def _first_present(self, person: str, day: date) -> date | None:
        """The first working day from `day` on which the person is in post and not away."""
        chart = self._engine.chart
        for _ in range(_LONGEST_AWAY):
            post = chart.at(person, day)
            if post is None:
                return None
            if not post.away_on(day) and self._calendar.is_working(day):
                return day
            day += timedelta(1)
        return None

    def _do_what_is_planned(self) -> None:
        now = self._travel.now()
        while self._agenda and self._agenda[0].at <= now:
            plan = heappop(self._agenda)
            case = self._cases[plan.case_id]
            if any((one.id, one.holder) == (plan.task_id, plan.holder) for one in case.waiting):
                self._act(case, plan.holder)
            elif any((one.id, one.holder) == (plan.task_id, plan.holder) for one in case.escalations):
                self._remind(case, plan.holder)

    def _act(self, case: Case, holder: str) -> None:
        member = self._members[case.subject]
        subject = Subject(
            row=member.row,
            position=member.position,
            behaviour=behaviour_of(member.row),
            colleague=self._colleague(case.subject),
            written=frozenset(case.filled),
        )
        act = act_in(self._engine.definition(case.definition).workflow, case.state, subject)
        if act is None:
            return
        try:
            fired = self._engine.fire(
                case.id,
                act.trigger,
                actor=Actor(person=holder),
                forms=act.forms,
                reason=act.reason,
                visit=case.visit,
            )
            self._cases[case.id] = fired.case
            self._acts += 1
        except Refused as refusal:
            self._refuse(case, refusal)

    def _colleague(self, person: str) -> str:
        """Somebody else who serves in the same unit."""
        today = self._travel.today(ZONE)
        return next((one.key for one in colleagues_of(self._engine.chart, person, today)), "")

    def _remind(self, case: Case, holder: str) -> None:
        try:
            fired = self._engine.obey(case.id, Remind(actor=Actor(person=holder), note=_NOTE))
            self._cases[case.id] = fired.case
            self._reminders += 1
        except Refused as refusal:
            self._refuse(case, refusal)

    def _refuse(self, case: Case, refusal: Refused) -> None:
        day = local_date(self._travel.now(), ZONE)
        self._refused.append(f"{day} {case.id} in {case.state}: {refusal.message}")

    def _behaviour(self, person: str) -> Behaviour:
        member = self._members.get(person)
        return behaviour_of(0 if member is None else member.row)
