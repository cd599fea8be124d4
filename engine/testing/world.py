"""One case on a clock of its own: act, let days pass, look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from engine.core.attachments import NO_FILES
from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chain import start_of
from engine.core.chart import Chart
from engine.core.codec import canonical, decode
from engine.core.command import (
    TIMER,
    Actor,
    AddEntry,
    Command,
    Contents,
    Elapse,
    Fire,
    Follow,
    Notice,
    OpenLink,
    ReleaseEntries,
    TellJournal,
    Undo,
)
from engine.core.content import check_form
from engine.core.definition import MOVES
from engine.core.effects import Notify, OpenCase, Step, WriteContent
from engine.core.filling import around
from engine.core.following import must_follow
from engine.core.journal_pages import is_line, is_within, line_name, pages, values_of
from engine.core.machine import Machine
from engine.core.restoring import earlier_in
from engine.core.roles import Outside
from engine.core.scene import Scene
from engine.core.step import Beginning, act_and_settle, settle, start, step, written
from engine.errors import FormInvalid, NotFound, Refused
from engine.testing.clock import ManualClock
from engine.testing.surroundings import Surroundings, days_of_parts, each, gatherings_around, of_a_set

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
        files: Mapping[str, bytes] = NO_FILES,
        surroundings: Surroundings | None = None,
    ) -> None:
        """Open the case of a person (by key) or a unit (`unit:` and its name) on a day. Raises: NotFound, NobodyFound.

        `files` are the bytes that forms may name, by their hash.
        """
        self.machine, self.calendar, self.chart, self.files = machine, calendar, chart, files
        own = start_of(chart, subject, opens)
        if own is None:
            raise NotFound("person or unit", subject)
        self.zone = own.zone
        self.clock = ManualClock(calendar.start_of(opens, self.zone) + _MORNING)
        self.contents = Contents()
        self.steps: list[Step] = []
        #: the lines of journals as they are kept, and the journals that people from outside have a link to
        self._lines: list[tuple[str, Any]] = []
        self._linked: set[str] = set()
        #: the days from which the chart reads differently
        self._turns = sorted({day for one in chart.segments for day in one.turning_days()})
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
        if surroundings is not None:
            self.surround(surroundings)
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

    def opened_since(self, first: int) -> frozenset[str]:
        """The links by which the steps from this number on open other cases."""
        effects = (effect for one in self.steps[first:] for effect in one.effects)
        return frozenset(effect.link for effect in effects if isinstance(effect, OpenCase))

    def act(self, trigger: str, *, by: str, forms: Mapping[str, Mapping[str, Any]], reason: str = "") -> None:
        """A person acts. Raises: every Refused, each saying what would be allowed; then nothing has changed."""
        actor = Actor(person=by)
        self.obey(Fire(trigger=trigger, actor=actor, forms=forms, files=self.files, reason=reason))

    def take_back(self, trigger: str, *, by: str, reason: str = "") -> None:
        """A person takes this act back, if it is their latest. Raises: every Refused."""
        one = self.case.undoable
        if one is not None and trigger not in {one.act, one.act.rpartition(".")[2]}:
            raise Refused(f"the latest act is {one.act!r}, not {trigger!r}", case=self.case.id)
        self.obey(Undo(actor=Actor(person=by), reason=reason))

    def learn(self, fact: str) -> None:
        """A fact becomes known to the case ("employee leaves"). Raises: Refused."""
        if fact not in self.case.facts:
            self.obey(Notice(fact=fact, actor=TIMER))

    def note(self, journal: str, values: Mapping[str, Any], *, by: str, about: date | None = None) -> None:
        """A person writes in a journal. Raises: every Refused."""
        actor = Actor(person=by)
        self.obey(AddEntry(journal=journal, values=values, actor=actor, about=about, files=self.files))

    def invite(self, journal: str, *, by: str) -> None:
        """Somebody on the personnel desk makes a link to a journal for people from outside. Raises: every Refused."""
        self.obey(OpenLink(journal=journal, actor=Actor(person=by)))
        self._linked.add(journal)

    def note_from_outside(self, journal: str, values: Mapping[str, Any]) -> None:
        """Somebody with the link to a journal answers; it is told with all others when its time is over.

        Raises: NotFound without a link, Refused when the time is over or enough have answered, FormInvalid.
        """
        definition = self.machine.definition
        rule = definition.journals[journal]
        if journal not in self._linked:
            raise NotFound("link to the journal", journal)
        asked = (definition.roles[role].query for role in rule.by)
        cap = next(one.cap for one in asked if isinstance(one, Outside))
        name = line_name(journal)
        number = sum(one == name for one, _ in self._lines) + 1
        if not is_within(rule, self.case) or number > cap:
            raise Refused(f"no answer is taken in {journal!r} any more", case=self.case.id)
        line: dict[str, Any] = {
            "number": number,
            "values": self._cleaned(rule.form, values),
            "few": rule.anonymous,
        }
        self._lines.append((name, {**line, "held": True} if rule.held else line))
        self._read_journals()

    def release(
        self,
        journal: str,
        numbers: tuple[int, ...],
        mark: Literal["released", "withheld"],
        *,
        by: str,
        reason: str = "",
    ) -> None:
        """Somebody on the personnel desk lets held entries be read, or withholds them. Raises: every Refused."""
        told = pages((name, 0, value) for name, value in self._lines).get(journal, ())
        waiting = tuple(one.number for one in told if one.few and one.held and not one.mark)
        actor = Actor(person=by)
        self.obey(
            ReleaseEntries(
                journal=journal, numbers=numbers, actor=actor, mark=mark, reason=reason, waiting=waiting
            )
        )

    def surround(self, found: Surroundings) -> None:
        """Let other cases stand as told from now on. Raises: FormInvalid, if what was written does not fit."""
        known = self.contents
        reads, read_of, sets = dict(known.reads), dict(known.read_of), dict(known.sets)
        days = dict(known.days)
        for name, told in found.reads.items():
            published = each(told)
            of = [(f"{name}-{number}", 1) for number, _ in enumerate(published, 1)]
            for held in (reads, read_of, sets):
                held.pop(name, None)
            read = self.machine.definition.reads[name]
            if read.of == "parts":
                days[name] = days_of_parts(published, (self.case.period_to - self.case.period_from).days + 1)
            if read.many:
                reads[name] = of_a_set(published, parts=read.of == "parts")
                sets[name] = [key for key, _ in of]
            elif published:
                reads[name] = published[0]
            if of:
                read_of[name] = of
        forms, gathered = dict(known.forms), dict(known.gathered)
        gatherings = gatherings_around(self.machine.definition)
        for name, kept in found.written.items():
            if isinstance(kept, Mapping):
                forms[name] = self._cleaned(name, kept)
            else:
                gathered[name] = [self._cleaned(gatherings[name].form or "", one) for one in kept]
        self.contents = replace(
            known,
            forms=forms,
            gathered=gathered,
            reads=reads,
            read_of=read_of,
            days=days,
            sets=sets,
            still_open={**known.still_open, **found.still_open},
        )

    def wait_until(self, day: date) -> None:
        """Let time pass to the morning of a day, everything happening at the instant it was due."""
        for turn in self._turns:
            if self.today < turn < day:
                self._pass_to(self.calendar.start_of(turn, self.zone))
                self._follow()
        self._pass_to(self.calendar.start_of(day, self.zone) + _MORNING)
        self._follow()

    def obey(self, command: Command) -> None:
        """A command, and all that follows at once by itself. Raises: every Refused."""
        known = replace(self.contents, earlier=earlier_in(self.case, self.steps))
        for done in act_and_settle(self.machine, self.case, command, known, self.scene):
            self._keep(done)
        self._tell_journals()

    def _pass_to(self, target: int) -> None:
        while self.case.next_at <= target:
            self.clock.put(max(self.case.next_at, self.clock.now()))
            self._keep(step(self.machine, self.case, Elapse(contents=self.contents), self.scene))
        self.clock.put(max(target, self.clock.now()))
        self._tell_journals()

    def _follow(self) -> None:
        """A move is noticed, and open tasks go to whoever holds their roles by the chart of today."""
        own = self.chart.at(self.case.subject, self.today) if self._turns and not self.case.ended else None
        if own is not None and own.unit != self.case.unit and MOVES not in self.case.facts:
            self.obey(Notice(fact=MOVES, actor=TIMER))
        if self._turns and must_follow(self.machine, self.case, self.scene):
            self.obey(Follow())

    def _rest(self) -> None:
        now = self.clock.now()
        for done in settle(self.machine, self.case, self.contents, self.scene, until=now):
            self._keep(done)

    def _tell_journals(self) -> None:
        """Tell each journal of people from outside whole when its time is over."""
        for journal in sorted(self._linked):
            if is_within(self.machine.definition.journals[journal], self.case):
                continue
            self._linked.remove(journal)
            told = sorted(canonical(value) for name, value in self._lines if name == line_name(journal))
            digest = sha256(b"".join(told)).hexdigest()
            command = TellJournal(journal=journal, count=len(told), digest=digest)
            self._keep(step(self.machine, self.case, command, self.scene))

    def _cleaned(self, form: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values of a form as they are kept. Raises: FormInvalid."""
        forms = self.machine.definition.forms
        surrounded = around(self.machine, self.case, form, self.contents, self.scene, self.files)
        told, problems = check_form(forms[form], forms, values, surrounded)
        if problems:
            lines = "; ".join(f"{form}.{path}: {label.en}" for path, label in problems.items())
            raise FormInvalid(f"this does not fit: {lines}", problems=problems)
        return told

    def _keep(self, done: Step) -> None:
        self.contents = written(self.contents, done)
        self.steps.append(done)
        lines = [
            (one.form, decode(one.value))
            for one in done.effects
            if isinstance(one, WriteContent) and is_line(one.form)
        ]
        if lines:
            self._lines += lines
            self._read_journals()

    def _read_journals(self) -> None:
        """What was released, withheld or is too few of its kind is known only from all lines together."""
        told = values_of(pages((name, 0, value) for name, value in self._lines))
        self.contents = replace(self.contents, journals=told)
