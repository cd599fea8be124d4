"""Launching a cycle: a case for everybody the definition covers. Idempotent, resumable, with a row for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, islice

from engine.core.cancelling import STREAM as CANCELLINGS
from engine.core.cancelling import cancellings_told
from engine.core.case import case_id
from engine.core.chain import UNIT_KEY
from engine.core.chart import Person
from engine.core.command import Actor
from engine.core.covering import not_covered, unit_not_covered
from engine.core.definition import Definition
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.outage_log import STREAM as OUTAGES
from engine.core.parse.decreeing import read_decree
from engine.core.periods import cycle_name
from engine.core.scene import Scene
from engine.core.step import Beginning, start
from engine.core.timetable import contradictions, decree_facts
from engine.errors import LaunchInvalid, NobodyFound, NotFound, SiklusError
from engine.runtime.launch_periods import demand_days, period_to_launch
from engine.runtime.library import Library
from engine.runtime.publishing import not_in_force
from engine.runtime.reports import LaunchReport, LaunchRow
from engine.store import queries
from engine.store.database import Database
from engine.store.values import Cycle, StoredDefinition
from engine.store.view import View

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
        part: int | None = None,
        actor: Actor,
        progress: Callable[[int, int], None] | None,
        timetable: TimetableText | None = None,
    ) -> LaunchReport:
        """The report of a launch; a second launch of the same workflow and period adds only who is missing.

        Raises: NotFound (no such workflow), LaunchInvalid (none in force yet, nobody on the chart, nobody covered,
        dates that do not fit), DefinitionInvalid (problems of the timetable's file).
        """
        cycle, machine, scene = self._planned(workflow, opens, year, part)
        demand_days(cycle, scene.calendar)
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

    def _planned(
        self, workflow: str, opens: date, year: int | None, part: int | None
    ) -> tuple[Cycle, Machine, Scene]:
        """The cycle of that workflow and year: the one there is, on its own definition, or one to be opened."""
        with self._database.read() as view:
            newest = self.in_force(view, workflow)
            machine = self._library.machine(view, newest.digest)
            scene = self._library.scene(view, machine)
            self._demand_links(view, machine.definition)
            period_from, period_to = period_to_launch(machine.definition, opens, scene, year, part)
            cycle_id = self._named(view, workflow, machine.definition, period_from)
            cycle = view.cycle(cycle_id)
            if cycle is not None:
                return cycle, self._library.machine(view, cycle.definition), scene
        cycle = Cycle(
            id=cycle_id,
            definition=newest.digest,
            period_from=period_from,
            period_to=period_to,
            opens_at=scene.calendar.start_of(opens, "UTC"),
            launched_at=scene.now,
        )
        return cycle, machine, scene

    def _named(self, view: View, workflow: str, definition: Definition, period_from: date) -> str:
        """What the cycle of that period is called; after one that was cancelled there is another.

        Raises: LaunchInvalid, while it is being cancelled.
        """
        entries = queries.history(view, CANCELLINGS)
        told = {one.cycle: one for one in cancellings_told(entries, {}) if one.state != "refused"}
        for turn in count(1):
            name = cycle_name(workflow, definition.period, period_from, turn)
            if name not in told:
                return name
            if told[name].state != "done":
                raise LaunchInvalid(
                    f"{name} is to be cancelled ({told[name].id}), or is being; launch it again afterwards"
                )
        raise AssertionError("there is always another turn")

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

    def _demand_links(self, view: View, definition: Definition) -> None:
        """Raises: LaunchInvalid, if a workflow whose cases these open is not published or could not end with them."""
        newest = {one.workflow: one.digest for one in view.definitions()}
        for link in definition.linked.values():
            if not link.workflow or link.workflow == definition.workflow:
                continue
            if link.workflow not in newest:
                raise LaunchInvalid(
                    f"{definition.name} opens cases of {link.workflow}, which is not published; publish it first"
                )
            other = self._library.machine(view, newest[link.workflow]).definition
            ended = sum(state.final == "ended" for state in other.states.values())
            if not link.outlives and ended != 1:
                raise LaunchInvalid(
                    f"{definition.name} ends its open cases of {link.workflow} with itself, and {other.name} has"
                    f" {ended} states `final: ended`, not one; give it one, or let the link say `outlives: true`"
                )

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
        subjects: Sequence[str],
        opens: date,
        actor: Actor,
    ) -> list[LaunchRow]:
        rows: list[LaunchRow] = []
        steps: list[Step] = []
        with self._database.write() as unit:
            # An outage that begins meanwhile waits, and then finds these cases; one that has begun is in their scene.
            unit.hold(OUTAGES, shared=True)
            scene = replace(scene, outages=self._library.outages(unit))
            calendars = self._library.calendars(unit)
            for subject in subjects:
                at_home = self._library.at_home(calendars, machine, scene, subject)
                try:
                    steps.append(start(machine, _beginning(cycle, subject, opens, actor), at_home))
                except NobodyFound as nobody:
                    rows.append(LaunchRow(person=subject, outcome="refused", why=str(nobody)))
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


def _beginning(cycle: Cycle, subject: str, opens: date, actor: Actor) -> Beginning:
    return Beginning(
        case_id=case_id(cycle.id, subject, 1),
        cycle=cycle.id,
        subject=subject,
        segment=1,
        period_from=cycle.period_from,
        period_to=cycle.period_to,
        actor=actor,
        opens=opens,
        decreed=cycle.decreed,
    )


def _sorted_out(definition: Definition, scene: Scene, opens: date) -> tuple[list[LaunchRow], list[str]]:
    """A row for every subject that gets no case, with the reason, and those that get one. Raises: LaunchInvalid."""
    day = max(opens, scene.today("UTC"))
    people = [one for one in scene.chart.people(day) if not one.external]
    if not people:
        raise LaunchInvalid(
            f"there is nobody on the chart on {opens}; import people first (siklus people import FILE)"
        )
    rows: list[LaunchRow] = []
    covered: list[str] = []
    for subject, why in _subjects(definition, scene, people, day):
        if why:
            rows.append(LaunchRow(person=subject, outcome="not_covered", why=why))
        else:
            covered.append(subject)
    if not covered:
        what = f"{len(people)} people" if definition.subject == "person" else "units"
        raise LaunchInvalid(f"{definition.name} covers nobody of the {what} on the chart")
    return rows, covered


def _subjects(
    definition: Definition, scene: Scene, people: Sequence[Person], day: date
) -> Iterator[tuple[str, str]]:
    """Everybody, or every unit, with why they get no case ("" if they do)."""
    if definition.subject == "person":
        why_not = not_covered(definition)
        yield from ((one.key, why_not(one)) for one in people)
        return
    unit_why = unit_not_covered(definition, scene.chart, day)
    yield from ((f"{UNIT_KEY}{unit}", unit_why(unit)) for unit in scene.chart.units(day))


def _chunks(subjects: Sequence[str], size: int) -> Iterator[list[str]]:
    queue = iter(subjects)
    while chunk := list(islice(queue, size)):
        yield chunk
