"""What a calendar makes of the clocks of running cases: one and the same count for a preview and for applying it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as set_in
from datetime import date, timedelta

from engine.core.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from engine.core.calendars import Calendars
from engine.core.case import Case
from engine.core.command import Contents, Past
from engine.core.definition import Definition
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.recounting import Moved, moving
from engine.core.scene import Scene
from engine.core.step import written
from engine.errors import SiklusError
from engine.runtime.firing import Firing
from engine.runtime.library import Library
from engine.runtime.on_demand import contents_of
from engine.runtime.reports import CalendarPreview, DayChanged, MovedClock
from engine.store import queries
from engine.store.view import View

_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A case as it stands once what is overdue has happened, and which of its clocks then move."""

    machine: Machine
    scene: Scene
    steps: tuple[Step, ...]
    case: Case
    contents: Contents
    moved: tuple[Moved, ...]


class Counting:
    """Counts the clocks of cases with one calendar, and those based on it, in the versions of `calendars`."""

    def __init__(
        self, library: Library, firing: Firing, calendars: Calendars, name: str, before: Calendar | None
    ) -> None:
        """`before` is the version that counted until then: units it names are counted again when they leave it."""
        self._library = library
        self._firing = firing
        self._calendars = calendars
        self._concerned = frozenset(calendars.standing_on(name))
        self._left = before.units if before is not None else ()

    def of(self, view: View, seen: Case, past: Past) -> Counted | None:
        """What becomes of the clocks of a case; None for one that this calendar does not concern."""
        machine = self._library.machine(view, seen.definition)
        scene = self._library.scene(view, machine, seen)
        today, use = scene.today(seen.zone), machine.definition.calendar.use
        calendar = self._calendars.of(use, seen.unit, today)
        leaves = any(span.unit == seen.unit for span in self._left)
        if not seen.deadlines or not (leaves or calendar.name in self._concerned):
            return None
        scene = set_in(scene, calendar=calendar)
        steps = self._firing.overdue(view, machine, seen, scene)
        case = steps[-1].case if steps else seen
        contents = contents_of(view, self._library, machine, case, scene)
        for done in steps:
            contents = written(contents, done)
        moved = () if case.ended else moving(machine.definition, case, scene, past)
        return Counted(machine=machine, scene=scene, steps=steps, case=case, contents=contents, moved=moved)

    def preview(self, view: View, name: str, before: Calendars, past: Past) -> CalendarPreview:
        """What every open case would come to."""
        rows: list[MovedClock] = []
        failed: list[tuple[str, str]] = []
        looked = 0
        for seen in _open_cases(view):
            looked += 1
            try:
                counted = self.of(view, seen, past)
                if counted is not None and counted.moved:
                    rows += _rows(counted, self._library.machine(view, seen.definition).definition)
            except SiklusError as error:
                failed.append((seen.id, str(error)))
        there = before.known.get(name)
        return CalendarPreview(
            calendar=self._calendars.named(name).version,
            before=None if there is None else there.version,
            changed=tuple(
                change
                for one in self._calendars.standing_on(name)
                if one in before.known
                for change in _changed(before.named(one), self._calendars.named(one))
            ),
            rows=tuple(rows),
            looked=looked,
            failed=tuple(failed),
            past=past,
        )


def _rows(counted: Counted, definition: Definition) -> Iterator[MovedClock]:
    case, calendar = counted.case, counted.scene.calendar
    would = moving(definition, case, counted.scene, "move") if any(one.kept for one in counted.moved) else ()
    counted_to = {one.before.name: one.after.due_on for one in would}
    for one in counted.moved:
        was, now = one.before.due_on, counted_to.get(one.before.name, one.after.due_on)
        yield MovedClock(
            case=case,
            workflow=definition.workflow,
            clock=one.before.name,
            due_from=was,
            due_to=was if one.kept else now,
            counted_to=now,
            working_days=calendar.working_days_between(was, now),
            into_past=one.into_past,
            kept=one.kept,
            rungs=len(one.rungs),
            calendars=(one.before.calendar, one.after.calendar),
        )


def _changed(before: Calendar, after: Calendar) -> Iterator[DayChanged]:
    """The days that are worked by one version and not by the other."""
    day, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    while day <= last:
        works = after.is_working(day)
        if works != before.is_working(day):
            why = (before if works else after).name_of(day)
            assert why is not None, "a day that is not worked has a name"
            yield DayChanged(calendar=after.name, date=day, works=works, why=why)
        day += timedelta(1)


def _open_cases(view: View) -> Iterator[Case]:
    after = ""
    while page := queries.cases(view, ended="", after=after, limit=_PAGE):
        yield from page
        after = page[-1].id
