"""The face of the engine: what api, notifications, demo and bench call. It wires the rooms and holds no rule itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine.clock import Clock, SystemClock
from engine.core.access import Asker
from engine.core.attachments import NO_FILES
from engine.core.audit import Entry
from engine.core.calendar import Calendar
from engine.core.case import NEVER, Case
from engine.core.chart import Chart, Person
from engine.core.command import Actor, Command, Fire, ReleaseEntries
from engine.core.definition import Definition
from engine.core.effects import Step
from engine.core.identity.sign_in_rules import SignInRules
from engine.core.publication import Publication
from engine.core.roster import Roster
from engine.keys import Keys
from engine.runtime.access import Access
from engine.runtime.alarm_figures import Alarms
from engine.runtime.attaching import AttachedFile, attached_file
from engine.runtime.bulking import Bulk
from engine.runtime.calendaring import Calendaring
from engine.runtime.cancelling import Cancellations
from engine.runtime.clock_watching import ClockWatching
from engine.runtime.delegating import Delegating
from engine.runtime.firing import Firing
from engine.runtime.handing import Handing
from engine.runtime.identity import Register, identity_of
from engine.runtime.inviting import Asked, Inviting
from engine.runtime.joining import Joining
from engine.runtime.launching import Launching, TimetableText
from engine.runtime.library import Library
from engine.runtime.opening import Opener
from engine.runtime.outages import Outages
from engine.runtime.owing import Owing
from engine.runtime.parking import Parking
from engine.runtime.passing import Passing
from engine.runtime.peopling import Peopling
from engine.runtime.previewing import foreseen
from engine.runtime.privacy.rooms import Privacy
from engine.runtime.promises import Promises
from engine.runtime.public_register import PublicRegister
from engine.runtime.publishing import Publishing
from engine.runtime.reading import Reading
from engine.runtime.reasons import Reasons
from engine.runtime.reports import (
    CaseView,
    DueReport,
    Fired,
    LaunchReport,
    PeoplePreview,
    PeopleReport,
    TaskView,
)
from engine.runtime.searching import Searching
from engine.runtime.standstills import Standstills
from engine.runtime.trainings import Trainings
from engine.runtime.undoing import Undoing
from engine.runtime.units import Units
from engine.runtime.unsent import UnsentTexts
from engine.runtime.vetting import Rules
from engine.sealer.receipts import Receipts
from engine.store import queries
from engine.store.database import Database
from engine.store.values import Cycle, Letter, StoredDefinition


class Engine:
    """One per process, shared by its threads. Every method that writes is one transaction unless it says otherwise."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        system: Clock | None = None,
        keys: Keys | None = None,
        sign_in: SignInRules | None = None,
    ) -> None:
        """`clock` is the business clock; `system` the machine's, which sign-ins and rate limits run on."""
        self.database = database
        self._library = Library(clock)
        machine = self._library if system is clock else system or SystemClock()
        #: who may see what: who asks, lists, what was denied
        self.access = Access(database, self._library, machine)
        self._firing = Firing(database, self._library, machine)
        #: cases that time could not move: listed, and let go
        self.parking = Parking(database, self._library)
        self._passing = Passing(database, self._library, self.parking)
        self.alarms = Alarms(database, self._library)
        self._publishing = Publishing(database, self._library)
        self._launching = Launching(database, self._library)
        opener = Opener(database, self._library, self._launching)
        self._joining = Joining(database, self._library, self._firing, opener)
        #: the same act in many cases, one after another
        self.bulk = Bulk(database, self._library, self._firing, self._joining, machine)
        self._peopling = Peopling(database, self._library, self._firing, self._joining)
        self.calendars = Calendaring(database, self._library, self._firing, self._joining)
        self.outages = Outages(database, self._library, self._joining)
        #: the last import of people taken back; delegations: given, ended, weighed beforehand
        self.undoing = Undoing(database, self._library, self._peopling)
        self.delegating = Delegating(database, self._library)
        self.cancellations = Cancellations(database, self._library)
        self.standstills = Standstills(database, self._library, self.outages)
        self.clock_watching = ClockWatching(database, self._library)
        self._reading = Reading(database, self._library, opener)
        #: what waits for people: all of it, or the first of a long list
        self.owing = Owing(database, self._library)
        self.promises = Promises(database, self._library)
        self.units = Units(database, self._library)
        self.trainings = Trainings(database, self._library)
        self.unsent = UnsentTexts(database, self._library)
        self.reasons = Reasons(database)
        self._inviting = Inviting(database, self._library, self._firing, self._joining)
        #: who signs in, and how often anything may be tried; all of it by the machine's clock
        register = Register(database, machine, keys, sign_in)
        self.keys = register.keys
        self.accounts, self.sessions, self.tokens, self.rates = identity_of(register)
        #: promises of what was written, for whoever did it
        self.receipts = Receipts(database, self.keys, machine)
        self.search = Searching(database, self._library)
        #: what everybody may read, with no account
        self.public_register = PublicRegister(database, self._library)
        self.privacy = Privacy(database, self._library, self.accounts.together)
        #: sheets for whoever takes over
        self.handing = Handing(database, self._library, self.access, self.privacy.reads)

    def now(self) -> int:
        """The present instant of the business clock, microseconds UTC."""
        return self._library.now()

    def publish(self, rules: str, texts: str, *, name: str, texts_name: str, actor: Actor) -> Definition:
        """Put a definition in force at once, which only a demo may; the same one twice is stored once.

        Raises: DefinitionInvalid with all problems; StoreUnusable for a real database; Conflict if that version was
        published with other content.
        """
        given = Rules(rules=rules, texts=texts, name=name, texts_name=texts_name)
        return self._publishing.put_in_force(given, actor=actor)

    def propose(self, given: Rules, *, actor: Actor, reason: str) -> Publication:
        """Check a definition and let it wait for approval by another person; the same one twice waits once.

        Raises: DefinitionInvalid, NotYours, ReasonMissing, Conflict.
        """
        return self._publishing.propose(given, actor=actor, reason=reason)

    def approve(self, name: str, *, actor: Actor, reason: str, effective: date) -> Publication:
        """Put a proposed version ("asn-tahunan@1") in force from a day on.

        Raises: NotFound, NotYours (also for its author), ReasonMissing, Conflict.
        """
        return self._publishing.approve(name, actor=actor, reason=reason, effective=effective)

    def withdraw(self, name: str, *, actor: Actor, reason: str) -> Publication:
        """Take a proposal back. Raises: NotFound, NotYours, ReasonMissing, Conflict."""
        return self._publishing.withdraw(name, actor=actor, reason=reason)

    def publications(self) -> tuple[Publication, ...]:
        """What became of every version that was ever proposed or published, by workflow and version."""
        return self._publishing.all()

    def add_calendar(self, values: Mapping[str, object]) -> Calendar:
        """Store a calendar; the same version twice is stored once. Raises: CalendarInvalid with all problems."""
        return self.calendars.add(values)

    def person_keys(self) -> dict[str, str]:
        """The key of every known person by person_id, for reading a people file."""
        return self._peopling.keys()

    def preview_people(self, roster: Roster) -> PeoplePreview:
        """What importing a checked roster would change, and which open cases it concerns; nothing is kept."""
        return self._peopling.preview(roster)

    def import_people(
        self, roster: Roster, *, actor: Actor, before: str | None = None, leave: bool = False
    ) -> PeopleReport:
        """Store a checked roster, if the chart is still `before`; then (case by case) let open cases follow it."""
        return self._peopling.replace_chart(roster, actor=actor, before=before, leave=leave)

    def follow_chart(self) -> int:
        """Let open cases follow the chart if a day it names has come (case by case); how many tasks moved."""
        return self._peopling.follow_chart_when_it_turns()

    def in_force(self, workflow: str) -> StoredDefinition:
        """The version a cycle would be launched with now. Raises: NotFound, LaunchInvalid if none holds yet."""
        with self.database.read() as unit:
            return self._launching.in_force(unit, workflow)

    def launch(
        self,
        workflow: str,
        *,
        opens: date,
        year: int | None = None,
        part: int | None = None,
        actor: Actor,
        progress: Callable[[int, int], None] | None = None,
        timetable: TimetableText | None = None,
    ) -> LaunchReport:
        """Launch a cycle in chunks of one transaction each; again adds only who is missing.

        `part` is the number of the quarter or month in the year, for a workflow that appraises those. `timetable` sets
        windows of the definition anew, by decree, for this cycle alone.
        Raises: NotFound, LaunchInvalid, DefinitionInvalid (problems of the timetable).
        """
        report = self._launching.launch(
            workflow, opens=opens, year=year, part=part, actor=actor, progress=progress, timetable=timetable
        )
        self._joining.pass_on()
        return report

    def fire(  # noqa: PLR0913 - all that may be said of an act
        self,
        case_id: str,
        trigger: str,
        *,
        actor: Actor,
        forms: Mapping[str, Mapping[str, Any]] | None = None,
        reason: str = "",
        visit: int | None = None,
        seen: str = "",
        key: str | None = None,
        files: Mapping[str, bytes] = NO_FILES,
    ) -> Fired:
        """Set off a transition as a person; `seen` is the digest of the text a signer read.

        `files` are the bytes of the files that the forms name by their hash.
        Raises: NotFound, IdempotencyMismatch, Conflict and every Refused; each says what would be allowed.
        """
        told = forms or {}
        command = Fire(
            trigger=trigger, actor=actor, visit=visit, forms=told, files=files, reason=reason, seen=seen
        )
        return self._joining.after(self._firing.fire(case_id, command, key=key))

    def obey(self, case_id: str, command: Command, *, key: str | None = None) -> Fired:
        """Any other command at a case: extend, pause, resume, reassign, remind, notice."""
        return self._joining.after(self._firing.fire(case_id, command, key=key))

    def invite(self, case_id: str, journal: str, *, actor: Actor) -> str:
        """The token of a new link for people from outside to a journal. Raises: NotFound, Refused."""
        return self._inviting.invite(case_id, journal, actor=actor)

    def asked(self, token: str) -> Asked:
        """What somebody from outside is asked who holds this token. Raises: NotFound."""
        return self._inviting.asked(token)

    def answer(self, token: str, values: Mapping[str, Any]) -> str:
        """Keep an answer from outside; its receipt. Raises: NotFound, Refused, FormInvalid."""
        return self._inviting.answer(token, values)

    def release(self, case_id: str, command: ReleaseEntries, *, key: str | None = None) -> Fired:
        """Let held entries of a journal be read, or withhold them. Raises: as `obey`."""
        return self._inviting.release(case_id, command, key=key)

    def fire_due(self, *, limit: int = 1_000_000) -> DueReport:
        """Ring everything that is due, in batches of one transaction each, and pass on what it means for others."""
        self.outages.tend()
        self.cancellations.tend()
        report = self._passing.fire_due(limit=limit)
        self._inviting.tell_all()
        failed = self._joining.pass_on()
        return replace(report, failed=(*report.failed, *failed)) if failed else report

    def next_at(self) -> int | None:
        """The earliest instant at which something happens by itself; None if nothing will."""
        with self.database.read() as unit:
            return found if (found := unit.next_at()) is not None and found < NEVER else None

    def preview(
        self,
        case_id: str,
        trigger: str,
        *,
        actor: Actor,
        forms: Mapping[str, Mapping[str, Any]] | None = None,
        reason: str = "",
        files: Mapping[str, bytes] = NO_FILES,
    ) -> tuple[Step, ...]:
        """What an act would come to; nothing is kept. Raises: as `fire`."""
        command = Fire(trigger=trigger, actor=actor, forms=forms or {}, files=files, reason=reason)
        with self.database.read() as unit:
            return foreseen(unit, self._library, case_id, command)

    def case(self, case_id: str, viewer: str | None, *, auditor: bool = False) -> CaseView:
        """A case as one viewer (the key of a person or an account) may see it, or an auditor. Raises: NotFound."""
        return self._reading.case(case_id, viewer, auditor=auditor)

    def attached(self, view: CaseView, sha256: str) -> AttachedFile:
        """A file of a case that its viewer may read, by its hash. Raises: NotFound."""
        return attached_file(self.database, view, sha256)

    def tasks(self, person: str, reader: str | None = None) -> tuple[TaskView, ...]:
        """A person's open tasks, by what first reaches others; foretold as another `reader` may know it."""
        return self.owing.all(person, reader)

    def history(self, case_id: str) -> tuple[Entry, ...]:
        """Every entry of a case, oldest first. Raises: NotFound."""
        return self._reading.history(case_id)

    def latest_end(self, case: Case) -> date | None:
        """The latest day on which the definition lets this case be open; None if it sets no end."""
        return self._reading.latest_end(case)

    def cases(
        self,
        *,
        subject: str | None = None,
        cycle: str | None = None,
        state: str | None = None,
        phase: str | None = None,
        open_only: bool = False,
        after: str = "",
        limit: int = 100,
    ) -> tuple[Case, ...]:
        """Cases by id, a page at a time: pass the last id seen as `after`."""
        with self.database.read() as unit:
            return queries.cases(
                unit,
                subject=subject,
                cycle=cycle,
                state=state,
                phase=phase,
                ended="" if open_only else None,
                after=after,
                limit=limit,
            )

    def messages(self, person: str, *, limit: int = 50) -> tuple[Letter, ...]:
        """What a person was told, newest first."""
        with self.database.read_as(Asker(person=person)) as unit:
            return queries.messages_of(unit, person, limit=limit)

    def mark_read(self, person: str, letters: Iterable[int]) -> int:
        """Mark letters to a person as read; how many were unread."""
        with self.database.write() as unit:
            return unit.mark_read(person, letters, self.now())

    def cycles(self) -> tuple[Cycle, ...]:
        """Every launched cycle."""
        with self.database.read() as unit:
            return unit.cycles()

    def definitions(self) -> tuple[StoredDefinition, ...]:
        """Every published definition."""
        with self.database.read() as unit:
            return unit.definitions()

    def definition(self, digest: str) -> Definition:
        """A definition that is published or waits for approval. Raises: NotFound."""
        with self.database.read() as unit:
            if unit.definition(digest.partition("#")[0]) is not None:
                return self._library.machine(unit, digest).definition
        return self._publishing.proposed(digest)

    @property
    def chart(self) -> Chart:
        """The organisation chart as it is known now."""
        with self.database.read() as unit:
            return self._library.chart(unit)

    def calendar(self, name: str) -> Calendar:
        """The newest version of a calendar. Raises: NotFound."""
        with self.database.read() as unit:
            return self._library.calendar(unit, name)

    def person_by_id(self, person_id: str) -> Person:
        """The newest segment of the person with that number. Raises: NotFound."""
        return self.chart.by_id(person_id)

    def verify(self) -> list[str]:
        """What is wrong with the audit log, as sentences; empty when every stream is whole and every case agrees."""
        with self.database.read() as unit:
            return list(unit.verify())
