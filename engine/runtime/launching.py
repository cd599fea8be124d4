"""Launching a cycle: a case for everybody the definition covers. Idempotent, resumable, with a row for each person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from engine.core.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.conditions import Guard, compile_condition, cover_names
from engine.core.definition import Definition
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.moments import day_of
from engine.core.parse.decreeing import read_decree
from engine.core.scene import Scene
from engine.core.step import Beginning, start
from engine.core.timetable import contradictions, decree_facts
from engine.errors import LaunchInvalid, NobodyFound, NotFound, SiklusError
from engine.runtime.library import Library
from engine.runtime.publishing import not_in_force
from engine.runtime.reports import LaunchReport, LaunchRow
from engine.store.database import Database
from engine.store.unit import View
from engine.store.values import Cycle, StoredDefinition

#: cases per transaction
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableText:
    """A file of dates set by decree; `name` is how problems call it."""

    text: str
    name: str = "timetable"


class Launching:
    """Launches cycles in chunks: each chunk is one transaction, so a stopped launch goes on where it was."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def launch(
        self,
        workflow: str,
        *,
        opens: date,
        year: int | None,
        actor: Actor,
        progress: Callable[[int, int], None] | None,
        timetable: TimetableText | None = None,
    ) -> LaunchReport:
        """The report of a launch; a second launch of the same workflow and year adds only who is missing.

        Raises: NotFound (no such workflow), LaunchInvalid (none in force yet, nobody on the chart, nobody covered,
        dates that do not fit), DefinitionInvalid (problems of the timetable's file).
        """
        cycle, machine, scene = self._planned(workflow, opens, year)
        _demand_days(cycle, scene.calendar)
        cycle = self._decreed(cycle, machine.definition, scene, timetable)
        rows, covered = _sorted_out(machine.definition, scene, opens)
        self._open(cycle, scene, opens, actor)
        launched = existing = 0
        people_count = len(rows) + len(covered)
        for chunk in _chunks(covered, _CHUNK):
            some = self._chunk(cycle, machine, scene, chunk, opens, actor)
            rows += some
            launched += sum(row.outcome == "launched" for row in some)
            existing += sum(row.outcome == "existing" for row in some)
            if progress is not None:
                progress(len(rows), people_count)
        return LaunchReport(cycle=cycle.id, launched=launched, existing=existing, rows=tuple(rows))

    def in_force(self, view: View, workflow: str) -> StoredDefinition:
        """The newest published version whose effective date has come. Raises: NotFound, LaunchInvalid."""
        published = view.definitions()
        now = self._library.now()
        found = [one for one in published if one.workflow == workflow and one.effective_at <= now]
        if not found:
            raise _not_launchable(view, workflow, published)
        return max(found, key=lambda one: one.version)

    def _planned(self, workflow: str, opens: date, year: int | None) -> tuple[Cycle, Machine, Scene]:
        """The cycle of that workflow and year: the one there is, on its own definition, or one to be opened."""
        with self._database.read() as view:
            newest = self.in_force(view, workflow)
            machine = self._library.machine(view, newest.digest)
            scene = self._library.scene(view, machine)
            start_year = year if year is not None else _year(machine.definition, opens, scene)
            cycle_id = f"{workflow}-{start_year}"
            cycle = view.cycle(cycle_id)
            if cycle is not None:
                return cycle, self._library.machine(view, cycle.definition), scene
        period_from, period_to = _period(machine.definition, start_year)
        cycle = Cycle(
            id=cycle_id,
            definition=newest.digest,
            period_from=period_from,
            period_to=period_to,
            opens_at=scene.calendar.start_of(opens, "UTC"),
            launched_at=scene.now,
        )
        return cycle, machine, scene

    def _decreed(
        self, cycle: Cycle, definition: Definition, scene: Scene, timetable: TimetableText | None
    ) -> Cycle:
        """The cycle with the windows of a decree. Raises: LaunchInvalid, DefinitionInvalid."""
        calendar, begins, ends = scene.calendar, cycle.period_from, cycle.period_to
        decreed = cycle.decreed
        if timetable is not None:
            decreed = read_decree(
                timetable.text,
                definition,
                name=timetable.name,
                calendar=calendar,
                period_from=begins,
                period_to=ends,
            )
        with self._database.read() as view:
            there = view.cycle(cycle.id)
        if there is not None and there.decreed != decreed:
            raise LaunchInvalid(
                f"cycle {cycle.id} has been launched with other dates, and its cases keep them;"
                " launch without a timetable to add who is missing"
            )
        wrong = list(
            contradictions(
                definition.timetable, decreed, calendar=calendar, period_from=begins, period_to=ends
            )
        )
        if wrong:
            raise LaunchInvalid(f"the dates of {cycle.id} do not fit: {'; '.join(wrong)}")
        return replace(cycle, decreed=decreed)

    def _open(self, cycle: Cycle, scene: Scene, opens: date, actor: Actor) -> None:
        """File the cycle with its entry, unless it is there."""
        with self._database.write() as unit:
            if unit.cycle(cycle.id) is not None:
                return
            unit.put_cycle(cycle)
            facts: dict[str, object] = {
                "actor": actor.facts(),
                "cycle": cycle.id,
                "definition": cycle.definition,
                "period": [cycle.period_from.isoformat(), cycle.period_to.isoformat()],
                "opens": opens.isoformat(),
                "chart": scene.chart.version,
                "calendar": scene.calendar.version,
            }
            if cycle.decreed.windows:
                facts["timetable"] = decree_facts(cycle.decreed)
            unit.append(f"cycle/{cycle.id}", "launched", scene.now, facts)

    def _chunk(
        self,
        cycle: Cycle,
        machine: Machine,
        scene: Scene,
        people: Sequence[Person],
        opens: date,
        actor: Actor,
    ) -> list[LaunchRow]:
        rows: list[LaunchRow] = []
        steps: list[Step] = []
        for person in people:
            try:
                steps.append(start(machine, _beginning(cycle, person, opens, actor), scene))
            except NobodyFound as nobody:
                rows.append(LaunchRow(person=person.key, outcome="refused", why=str(nobody)))
        with self._database.write() as unit:
            existing = set(unit.insert_cases(steps))
        for step in steps:
            known = step.case.id in existing
            rows.append(LaunchRow(person=step.case.subject, outcome="existing" if known else "launched"))
        return rows


def _not_launchable(view: View, workflow: str, published: Sequence[StoredDefinition]) -> SiklusError:
    why = not_in_force(view, workflow)
    if why:
        return LaunchInvalid(f"no version of {workflow} is in force yet: {why}", workflow=workflow)
    return NotFound("published workflow", workflow, sorted({one.workflow for one in published}))


def _beginning(cycle: Cycle, person: Person, opens: date, actor: Actor) -> Beginning:
    return Beginning(
        case_id=case_id(cycle.id, person.key, 1),
        cycle=cycle.id,
        subject=person.key,
        segment=1,
        period_from=cycle.period_from,
        period_to=cycle.period_to,
        actor=actor,
        opens=opens,
        decreed=cycle.decreed,
    )


def _demand_days(cycle: Cycle, calendar: Calendar) -> None:
    """Refuse a cycle of a year whose neighbours the calendar does not count. Raises: LaunchInvalid."""
    if not FIRST_YEAR < cycle.period_from.year <= cycle.period_to.year < LAST_YEAR:
        raise LaunchInvalid(
            f"the cycle of {cycle.period_from} to {cycle.period_to} runs out of the calendar {calendar.name}, which"
            f" counts days from {FIRST_YEAR} to {LAST_YEAR}; launch one from {FIRST_YEAR + 1} to {LAST_YEAR - 1}"
        )


def case_id(cycle: str, person: str, segment: int) -> str:
    """The id of a case: always the same for a cycle, a person and a segment, so that a launch can be repeated."""
    told = f"{cycle}\x00{person}\x00{segment}".encode()
    return f"c-{hashlib.sha256(b'case' + told).hexdigest()[:20]}"


def _year(definition: Definition, opens: date, scene: Scene) -> int:
    """The year whose first phase may begin on the opening day: planning for 2026 opens on 1 December 2025."""
    first = next(iter(definition.phases.values()))
    if first.not_before is None:
        return opens.year
    next_from, next_to = _period(definition, opens.year + 1)
    begins = day_of(
        first.not_before,
        calendar=scene.calendar,
        period_from=next_from,
        period_to=next_to,
        entry=opens,
        due=None,
    )
    return opens.year + 1 if begins <= opens else opens.year


def _period(definition: Definition, year: int) -> tuple[date, date]:
    rule = definition.period
    begins = date(year, rule.from_month, rule.from_day)
    ends = date(year, rule.to_month, rule.to_day)
    if ends < begins:
        ends = date(year + 1, rule.to_month, rule.to_day)
    if ends - begins > timedelta(days=366):
        raise LaunchInvalid(f"the period {begins} to {ends} is longer than a year")
    return begins, ends


def _sorted_out(definition: Definition, scene: Scene, opens: date) -> tuple[list[LaunchRow], list[Person]]:
    """A row for everybody who gets no case, with the reason, and those who get one. Raises: LaunchInvalid."""
    people = [one for one in scene.chart.people(max(opens, scene.today("UTC"))) if not one.external]
    if not people:
        raise LaunchInvalid(
            f"there is nobody on the chart on {opens}; import people first (siklus people import FILE)"
        )
    rows: list[LaunchRow] = []
    covered: list[Person] = []
    guard = _cover_guard(definition)
    for person in people:
        why = _not_covered(definition, guard, person)
        if why:
            rows.append(LaunchRow(person=person.key, outcome="not_covered", why=why))
        else:
            covered.append(person)
    if not covered:
        raise LaunchInvalid(f"{definition.name} covers nobody of the {len(people)} people on the chart")
    return rows, covered


def _cover_guard(definition: Definition) -> Guard | None:
    who = definition.covers.who
    return None if who is None else compile_condition(who.text, cover_names())


def _not_covered(definition: Definition, guard: Guard | None, person: Person) -> str:
    """Why a person gets no case; empty if they get one."""
    if person.status in definition.covers.exempt:
        return f"exempt: {person.status}"
    if guard is None:
        return ""
    values = {
        "employee.kind": person.kind,
        "employee.unit": person.unit,
        "employee.status": person.status,
        "employee.position": person.position,
    }
    return "" if guard.verdict(values).passed else f"not covered: kind {person.kind}"


def _chunks(people: Sequence[Person], size: int) -> Iterator[list[Person]]:
    queue = iter(people)
    while chunk := list(islice(queue, size)):
        yield chunk
