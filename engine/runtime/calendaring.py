"""Calendars change: a new version is stored with its entry, and cases are counted again when somebody says so.

Storing a version never moves a running clock. Applying one fires a `Recount` at every open case it concerns, in
batches of one transaction each; how far it has come is a fact of the database, written with each batch, so that an
apply that was killed is finished by the next beat or by running it again, and nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from engine.core.audit import commitment
from engine.core.calendar import Calendar
from engine.core.calendars import Calendars
from engine.core.case import Case
from engine.core.codec import canonical, decode
from engine.core.command import Actor, Past, Recount
from engine.core.effects import Step
from engine.core.permitting import demand_reason
from engine.core.publication import REASON, entitled
from engine.core.scene import Scene
from engine.core.step import act_and_settle
from engine.core.zones import local_date
from engine.errors import Conflict, NotYours, SiklusError
from engine.runtime.calendar_counting import Counting
from engine.runtime.calendar_job import JOB, STREAM, Job, asked_of
from engine.runtime.firing import Firing
from engine.runtime.joining import Joining
from engine.runtime.library import Library, calendar_key, in_unit
from engine.runtime.reports import CalendarPreview, Recounted
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.values import StoredCalendar

#: cases looked at per transaction
BATCH = 500
#: changed first by whoever changes calendars, so that the next one waits and sees them
_CHANGED = "calendars_changed"
#: batches in a row that others may take before this gives way
_MOST_LOST = 20
#: failures kept by name; the others are counted
_NAMED = 100


class Calendaring:
    """Stores calendars, shows what a version would move, and moves it."""

    def __init__(self, database: Database, library: Library, firing: Firing, joining: Joining) -> None:
        self._database = database
        self._library = library
        self._firing = firing
        self._joining = joining

    def add(self, values: Mapping[str, object]) -> Calendar:
        """Store a calendar, and those based on it as they are with it; what is counted from now on goes by them.

        One that knows fewer decrees than the one that counts is only kept. Raises: CalendarInvalid with all problems.
        """
        with self._database.write() as unit:
            before, calendars = self._fitted(unit, values)
            calendar = calendars.named(str(values["name"]))
            there = before.known.get(calendar.name)
            new = self._file(unit, calendars, calendar.name)
            if there is None or (new and _known_on(there) <= _known_on(calendar)):
                self._let_count(unit, calendars, calendar.name)
        return calendar

    def values(self, name: str) -> Mapping[str, object]:
        """The whole values of the calendar that counts. Raises: NotFound."""
        with self._database.read() as view:
            calendars = self._library.calendars(view)
            calendars.named(name)
            return calendars.values[name]

    def all(self) -> Calendars:
        """The calendars that count now."""
        with self._database.read() as view:
            return self._library.calendars(view)

    def of(self, case: Case) -> Calendar:
        """The calendar a case's days are counted by now: that of its unit. Raises: NotFound."""
        with self._database.read() as view:
            return self._library.scene(view, self._library.machine(view, case.definition), case).calendar

    def of_all(self, cases: Iterable[Case]) -> Mapping[str, Calendar]:
        """As `of` for many cases, by their ids: the database is asked once, not for each."""
        found: dict[str, Calendar] = {}
        scenes: dict[str, Scene] = {}
        with self._database.read() as view:
            calendars = self._library.calendars(view)
            for case in cases:
                machine = self._library.machine(view, case.definition)
                if case.definition not in scenes:
                    scenes[case.definition] = self._library.scene(view, machine)
                scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
                found[case.id] = scene.calendar
        return found

    def preview(self, values: Mapping[str, object], *, past: Past = "keep") -> CalendarPreview:
        """What applying a calendar would do; nothing is kept. Raises: CalendarInvalid with all problems."""
        with self._database.read() as view:
            before = self._library.calendars(view)
            calendars, name = before.with_file(values), str(values["name"])
            counting = Counting(self._library, self._firing, calendars, name, before.known.get(name))
            return counting.preview(view, name, before, past)

    def apply(
        self, values: Mapping[str, object], *, actor: Actor, reason: str, past: Past = "keep"
    ) -> Recounted:
        """Let a calendar count, and count every open case it concerns again.

        Raises: CalendarInvalid, NotYours, ReasonMissing.
        """
        told = demand_reason(reason)
        with self._database.write() as unit:
            self._demand_entitled(unit, actor)
            before, calendars = self._fitted(unit, values)
            name = str(values["name"])
            there = before.known.get(name)
            self._file(unit, calendars, name)
            self._let_count(unit, calendars, name)
            earlier = unit.meta(JOB + name)
            facts = {
                "actor": actor.facts(),
                "calendar": calendars.named(name).version,
                "before": None if there is None else there.version,
                "based": [calendars.named(one).version for one in calendars.standing_on(name)[1:]],
                "past": past,
            }
            applied = self._tell(unit, facts, told)
            # What an apply before this one has not come to yet is left to this one, with the units that one let go.
            first = Job.of(earlier).before if earlier else str(facts["before"] or "")
            unit.put_meta(JOB + name, Job(applied=applied, before=first).text())
        self._run(name)
        return self._outcome(name, applied)

    def unfinished(self) -> tuple[str, ...]:
        """The calendars that were applied to some of the open cases only, so far."""
        with self._database.read() as view:
            return tuple(
                key.removeprefix(JOB) for key, text in view.metas().items() if key.startswith(JOB) and text
            )

    def finish(self) -> int:
        """Go on with what was interrupted; how many calendars there were to finish."""
        names = self.unfinished()
        for name in names:
            self._run(name)
        return len(names)

    def _fitted(self, unit: Unit, values: Mapping[str, object]) -> tuple[Calendars, Calendars]:
        """The calendars that count, and those that would with this file; held until the unit ends."""
        unit.put_meta(_CHANGED, str(self._library.now()))
        before = self._library.calendars(unit)
        return before, before.with_file(values)

    def _file(self, unit: Unit, calendars: Calendars, name: str) -> bool:
        """Keep the version of one calendar; whether it was new."""
        calendar, now = calendars.named(name), self._library.now()
        new = unit.put_calendar(
            StoredCalendar(
                name=name,
                version=calendar.version,
                known_on=_known_on(calendar),
                source=canonical(calendars.values[name]),
                added_at=now,
            )
        )
        if new:
            unit.append(STREAM, "added", now, {"calendar": calendar.version})
        return new

    def _let_count(self, unit: Unit, calendars: Calendars, name: str) -> None:
        """Let this version count from now on, and those of the calendars based on it with it."""
        for one in calendars.standing_on(name):
            if one != name:
                self._file(unit, calendars, one)
            unit.put_meta(calendar_key(one), calendars.named(one).version)

    def _demand_entitled(self, unit: Unit, actor: Actor) -> None:
        chart, key = self._library.chart(unit), actor.person or ""
        held = chart.history(key)
        today = local_date(self._library.now(), held[-1].zone if held else "UTC")
        if not entitled(chart, key, today):
            raise NotYours(
                "calendars are applied by somebody in service on the personnel desk, or by the head of the agency;"
                " let one of them do it"
            )

    def _tell(self, unit: Unit, facts: Mapping[str, object], reason: str) -> int:
        """The entry of an act, and the words behind it where they can be erased."""
        salt = self._library.salt()
        content = {REASON: commitment(REASON, canonical(reason), salt)}
        entry = unit.append(STREAM, "applied", self._library.now(), {**facts, "content": content})
        unit.put_statement(STREAM, entry.seq, reason, salt)
        return entry.seq

    def _run(self, name: str) -> None:
        """Count batch after batch until none is left; whoever else does the same takes turns with this.

        Raises: Conflict, when others were quicker again and again; the next beat goes on.
        """
        lost = 0
        while lost < _MOST_LOST:
            try:
                if not self._batch(name):
                    self._joining.pass_on()
                    return
                lost = 0
            except Conflict:
                lost += 1
        raise Conflict(
            f"the cases of calendar {name} are being counted by somebody else; the next beat goes on"
        )

    def _batch(self, name: str) -> bool:
        """Whether there was a batch to count. Raises: Conflict, if another process counted it meanwhile."""
        with self._database.write() as unit:
            text = unit.meta(JOB + name)
            if not text:
                return False
            job = Job.of(text)
            page = queries.cases(unit, ended="", after=job.after, limit=BATCH)
            done = self._counted(unit, name, job, page)
            if not unit.swap_meta(JOB + name, text, done.text() if page else ""):
                raise Conflict(f"the cases of calendar {name} are being counted by somebody else; try again")
            if not page:
                facts = {"applied": job.applied, "calendar": self._library.calendar(unit, name).version}
                facts |= {"cases": job.cases, "clocks": job.clocks, "kept": job.kept}
                facts |= {"failed": [list(one) for one in job.failed[:_NAMED]]}
                unit.append(STREAM, "recounted", self._library.now(), facts)
            return bool(page)

    def _counted(self, unit: Unit, name: str, job: Job, page: tuple[Case, ...]) -> Job:
        """How far it has come after a page of cases: those that are concerned are counted again."""
        command = asked_of(unit, job)
        before = unit.calendar(name, job.before) if job.before else None
        earlier = Calendar.from_values(decode(before.source)) if before is not None else None
        counting = Counting(self._library, self._firing, self._library.calendars(unit), name, earlier)
        steps: list[Step] = []
        failed = list(job.failed)
        for seen in page:
            try:
                steps += self._recounted(unit, counting, seen, command)
            except SiklusError as error:
                failed.append((seen.id, str(error)))
        unit.save(steps)
        told = [decode(one.entry.body)["recounted"] for one in steps if one.entry.kind == "recounted"]
        return Job(
            applied=job.applied,
            before=job.before,
            after=page[-1].id if page else job.after,
            cases=job.cases + len(told),
            clocks=job.clocks + sum(map(len, told)),
            kept=job.kept + sum("kept" in clock for clocks in told for clock in clocks),
            failed=tuple(failed),
        )

    def _recounted(self, unit: Unit, counting: Counting, seen: Case, command: Recount) -> tuple[Step, ...]:
        """The steps of one case; none if none of its clocks moves. It is held only once it is known to move."""
        looked = counting.of(unit, seen, command.past)
        if looked is None or not looked.moved:
            return ()
        case = unit.load(seen.id)
        assert case is not None, "a case is never removed"
        held = counting.of(unit, case, command.past)
        if held is None or not held.moved:
            return ()
        return (*held.steps, *act_and_settle(held.machine, held.case, command, held.contents, held.scene))

    def _outcome(self, name: str, applied: int) -> Recounted:
        """What came of it, as the log tells it: another process may have counted the last cases."""
        with self._database.read() as view:
            version = self._library.calendar(view, name).version
            for entry in queries.history(view, STREAM, after=applied):
                facts = decode(entry.body)
                if entry.kind == "recounted" and facts["applied"] == applied:
                    return Recounted(
                        calendar=facts["calendar"],
                        cases=facts["cases"],
                        clocks=facts["clocks"],
                        kept=facts["kept"],
                        failed=tuple((case, why) for case, why in facts["failed"]),
                    )
        return Recounted(calendar=version, cases=0, clocks=0, kept=0, finished=False)


def _known_on(calendar: Calendar) -> date:
    """The day of the last decree it knows; the first of all days if it knows none."""
    issued = calendar.version.partition("@")[2].partition(":")[0]
    return date.min if issued == "computed" else date.fromisoformat(issued)
