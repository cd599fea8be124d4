"""What somebody owes: every open task, or the first of a long list; and what of their people waits for others.

A long list is put in order by what its clocks say (`engine.core.urgency`); only what comes first is foretold by `step`,
until it is certain that nothing else comes before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from heapq import heapify, heappop, heappush

from engine.core.access import Asker
from engine.core.bulk import in_bulk
from engine.core.case import NEVER, Case, Task
from engine.core.chart import Chart, Person
from engine.core.command import Actor, Contents
from engine.core.definition import Transition
from engine.core.delegating import Held, held
from engine.core.machine import Machine
from engine.core.permitting import role_of
from engine.core.scene import Scene
from engine.core.sight import Sight
from engine.core.standing import Standing
from engine.core.stepping_in import offers
from engine.core.urgency import matters_at_the_earliest
from engine.core.zones import local_date
from engine.runtime.library import Library, in_unit
from engine.runtime.on_demand import contents_of
from engine.runtime.reports import TaskView
from engine.runtime.seeing import Seeing
from engine.store import queries, reach
from engine.store.database import Database
from engine.store.values import Waiting
from engine.store.view import View

__all__ = ["Owed", "Owing", "is_over", "people_of"]

#: by what happens first to others; then by due time, by whom it is about, and by the task itself
_Urgency = tuple[date, int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Some of what somebody owes, in order, of so many tasks in all."""

    views: tuple[TaskView, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A task somebody holds or may do, before anything is foretold of it."""

    task: Task
    case: Case
    machine: Machine
    scene: Scene
    seat: Held


def people_of(chart: Chart, key: str, day: date) -> tuple[Person, ...]:
    """Those whose superior somebody is on a day, or acts for: each once."""
    posts = [one.acting_for for one in chart.history(key) if one.acting_for and one.acts_on(day)]
    served = [key, *(chart.by_id(post).key for post in posts)]
    return tuple({one.key: one for post in served for one in chart.direct_reports(post, day)}.values())


class Owing:
    """Answers what waits for people; changes nothing."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def all(self, person: str, reader: str | None = None) -> tuple[TaskView, ...]:
        """A person's open tasks and those they may do for others, by what happens first to others if nobody acts.

        Whatever is told of them is told as their `reader` may know it, if that is somebody else.
        """
        with self._database.read() as view:
            told = [self._told(view, row, person, reader or person) for row in self._rows(view, person)]
            return _with_histories(view, sorted(told, key=_urgency))

    def first(self, person: str, *, skip: int, most: int) -> Owed:
        """The first of the same list, after those that are skipped: no more of it is foretold than must be.

        Each task is foretold up to what first reaches others; whoever opens it is told the rest.
        """
        with self._database.read() as view:
            rows = tuple(self._rows(view, person))
            waiting: list[tuple[_Urgency, int, TaskView | None]]
            waiting = [(_earliest(row), number, None) for number, row in enumerate(rows)]
            heapify(waiting)
            found: list[TaskView] = []
            while waiting and len(found) < skip + most:
                _, number, told = heappop(waiting)
                if told is not None:
                    found.append(told)
                    continue
                told = self._told(view, rows[number], person, person, whole=False)
                # No row is there twice, so two that are alike are told apart by their task.
                heappush(waiting, (_urgency(told), number, told))
            return Owed(views=_with_histories(view, found[skip:]), count=len(rows))

    def elsewhere(self, asker: Asker, *, most: int) -> tuple[tuple[Standing, ...], bool]:
        """Cases of somebody's people that wait for others, what happens first before; whether there are more."""
        with self._database.read_as(asker) as view:
            chart = self._library.chart(view)
            known = chart.history(asker.person)
            if not known:
                return (), False
            today = local_date(self._library.now(), known[-1].zone)
            people = {one.key for one in people_of(chart, asker.person, today)} - {asker.person}
            cases = reach.elsewhere(view, asker, people, limit=most + 1) if people else ()
            told = tuple(self._standing(view, case, asker.person) for case in cases[:most])
        return told, len(cases) > most

    def _standing(self, view: View, case: Case, reader: str) -> Standing:
        machine = self._library.machine(view, case.definition)
        scene = self._library.scene(view, machine, case)
        contents = contents_of(view, self._library, machine, case, scene)
        seeing = Seeing(view, self._library, machine, case, scene)
        coming = seeing.foreseen(contents, partial(_sight, seeing, reader, contents))
        return Standing(definition=machine.definition, case=case, scene=scene, consequences=coming)

    def _rows(self, view: View, person: str) -> Iterator[_Row]:
        scenes: dict[str, Scene] = {}
        calendars = self._library.calendars(view)
        for waiting, case in self._waiting(view, person):
            machine = self._library.machine(view, case.definition)
            if case.definition not in scenes:
                scenes[case.definition] = self._library.scene(view, machine)
            scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
            mine = held(machine.definition, case, person, scene)
            seat = next((one for one in mine if one.task.id == waiting.task.id), None)
            if seat is not None and not is_over(waiting.task, scene.now):
                yield _Row(task=waiting.task, case=case, machine=machine, scene=scene, seat=seat)

    def _told(self, view: View, row: _Row, person: str, eyes: str, *, whole: bool = True) -> TaskView:
        """A task with all that is foretold of it, but without what has happened."""
        machine, case, scene, task = row.machine, row.case, row.scene, row.task
        asked = contents_of(view, self._library, machine, case, scene)
        seeing = Seeing(view, self._library, machine, case, scene)
        return TaskView(
            task=task,
            case=case,
            definition=machine.definition,
            scene=scene,
            consequences=seeing.foreseen(
                asked,
                partial(_sight, seeing, eyes, asked),
                for_others_than=None if whole else task.holder,
            ),
            offers=offers(machine, case, person, scene) if task.kind == "escalation" else (),
            behalf=row.seat.behalf,
            in_bulk=_in_bulk(machine, case, task, person, scene),
        )

    def _waiting(self, view: View, person: str) -> tuple[tuple[Waiting, Case], ...]:
        """What waits for a person and for all whom they may stand for somewhere, each with its case."""
        chart, now = self._library.chart(view), self._library.now()
        ways = (
            chart.stands_for(person, now, local_date(now, chart.person(person).zone))
            if chart.history(person)
            else ()
        )
        holders = dict.fromkeys((person, *(way[0].giver for way in ways)))
        found = [waiting for holder in holders for waiting in queries.tasks_of(view, holder)]
        ids = {one.case_id for one in found}
        cases = {one.id: one for one in queries.cases(view, ids=ids, limit=len(ids))} if ids else {}
        return tuple((waiting, cases[waiting.case_id]) for waiting in found)


def _with_histories(view: View, told: list[TaskView]) -> tuple[TaskView, ...]:
    """The same with the entries of each case, read in one statement."""
    if not told:
        return ()
    lived = queries.histories(view, {one.case.stream for one in told})
    return tuple(replace(one, history=lived[one.case.stream]) for one in told)


def is_over(task: Task, now: int) -> bool:
    """Whether the time of a check is over: what was not looked at by then stays unchecked."""
    return task.kind == "check" and task.due_at is not None and task.due_at <= now


def _urgency(view: TaskView) -> _Urgency:
    return view.matters_on or date.max, *_next_by(view.scene.chart, view.case, view.task)


def _earliest(row: _Row) -> _Urgency:
    """Never after the urgency of the same task once it is foretold."""
    first = matters_at_the_earliest(row.machine.definition, row.case, row.task, row.scene)
    return first or date.max, *_next_by(row.scene.chart, row.case, row.task)


def _next_by(chart: Chart, case: Case, task: Task) -> tuple[int, str, str]:
    known = chart.history(case.subject)
    return task.due_at or NEVER, known[-1].name if known else case.subject, task.id


def _in_bulk(machine: Machine, case: Case, task: Task, person: str, scene: Scene) -> tuple[Transition, ...]:
    """The acts of a task that its holder may do here and elsewhere at once; none while the case sleeps."""
    if task.kind != "act" or case.sleeps_until is not None:
        return ()
    actor = Actor(person=person)
    return tuple(
        one
        for one in in_bulk(machine, case)
        if not one.anytime and role_of(machine.definition, case, one, actor, scene) is not None
    )


def _sight(seeing: Seeing, person: str, contents: Contents) -> Sight:
    return seeing.by(person, contents).sight
