"""A practice lived through on a real database: everybody of a people file acts at random, and the years go by."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.core.case import Case, Task
from engine.core.command import Actor, AddEntry, CheckEntries, Extend, ReleaseEntries, Remind
from engine.core.definition import HOLDER, By, Definition
from engine.core.gather_acts import DECLINE, EDIT, SIGN
from engine.core.moments import Duration
from engine.core.permitting import Option
from engine.core.proof.finding import Ground
from engine.core.proof.promising import prove_kept
from engine.core.source import read_yaml
from engine.errors import SiklusError
from engine.runtime import CaseView, Engine
from engine.store import Database
from tests.furnished import furnish
from tests.practices.filling import Filler
from tests.runtime.conftest import NOBODY, HandClock, import_people
from tests.worlds import HOUR, ROOT, calendar, practice_at

HERE = Path(ROOT) / "tests/practices"
ZONE = "Asia/Makassar"
Row = dict[str, str]
Event = tuple[date, Callable[["Life"], None]]

#: of a hundred looks, those at which somebody does what is not their task
_SELDOM = 8
#: a small agency out of the large one: officials, desks, committees, and a few to lead
FEW = (
    "GUB-01", "BUP-01", "WABUP-01", "196806051994011003", "197009041995012017", "197502182001012019",
    "198801182012122014", "198706042010012020", "197112121997042003", "197305161996011024", "197611192002122023",
    "199003242014041013", "199602062022042018", "197410042000012007", "198905012013041018",
)  # fmt: skip


def rules(name: str) -> tuple[str, str]:
    """Rules and texts of a practice."""
    rules_at, texts_at = (Path(ROOT) / f"{practice_at(name)}{end}" for end in (".yaml", ".texts.yaml"))
    return rules_at.read_text(encoding="utf-8"), texts_at.read_text(encoding="utf-8")


def rows(only: Sequence[str] = ()) -> list[Row]:
    """The people of the practices, or those with these numbers."""
    text = (Path(ROOT) / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    return [one for one in csv.DictReader(io.StringIO(text)) if not only or one["nip"] in only]


def as_file(people: Sequence[Row]) -> bytes:
    """A people file of these rows."""
    told = io.StringIO()
    writer = csv.DictWriter(told, people[0].keys())
    writer.writeheader()
    writer.writerows(people)
    return told.getvalue().encode()


@dataclass
class Life:
    """An agency with the definitions of a family in force, its people, a clock and dice."""

    engine: Engine
    clock: HandClock
    dice: random.Random
    people: list[Row]
    events: list[Event] = field(default_factory=list)
    #: how often somebody does what waits for them, of a hundred looks; nobody is asked when all is over
    zeal: int = 45
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    #: the latest day of each case as it was told when the case was first seen
    latest: dict[str, date | None] = field(default_factory=dict)
    #: tasks ever seen: case, role and holder
    held: set[tuple[str, str, str]] = field(default_factory=set)
    #: who answered or declined without a name, by case and gathering: what the log must not tell
    unnamed: dict[str, set[str]] = field(default_factory=dict)
    #: looks at the agency every day before anybody acts
    watch: Callable[[Life], None] = lambda _: None
    #: what was proven of the promises of definitions, by digest
    proofs: dict[str, list[str]] = field(default_factory=dict)
    #: cases somebody was given more time in
    extended: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        return calendar().date_of(self.clock.instant, ZONE)

    def all_cases(self, *, open_only: bool = False) -> list[Case]:
        """Every case there is."""
        return list(self.engine.cases(open_only=open_only, limit=100_000))

    def definition(self, case: Case) -> Definition:
        """The definition of a case; of a track its own."""
        base, _, track = case.definition.partition("#")
        whole = self.engine.definition(base)
        return whole.tracks[track] if track else whole

    def proven(self, definition: Definition) -> list[str]:
        """What the proof says of each promise of a definition, or of a track of it."""
        if definition.digest not in self.proofs:
            ground = Ground(definition=definition, calendar=calendar(), year=2026)
            verdicts = prove_kept(ground).facts["verdicts"]
            self.proofs[definition.digest] = list(verdicts)  # type: ignore[call-overload]
        return self.proofs[definition.digest]

    def key(self, number: str) -> str:
        """The key of the person with that number."""
        return self.engine.person_by_id(number).key

    def unit_of(self, number: str) -> str:
        """The unit of the person with that number."""
        return next(one["unit"] for one in self.people if one["nip"] == number)

    def bring(self, number: str, **cells: str) -> None:
        """Import the people file with other values for one person."""
        self.bring_all({number: cells})

    def bring_all(self, told: Mapping[str, Mapping[str, str]]) -> None:
        """Import the people file with other values for these people."""
        for one in self.people:
            one.update(told.get(one["nip"], {}))
        import_people(self.engine, as_file(self.people))

    def live(self, until: date) -> None:
        """Go on until nothing is open, or everything that is rests with people who will not act."""
        while self.today < until and (self.events or self.engine.cases(open_only=True, limit=1)):
            self.hop_to(self._next_day(until))
            while self.events and self.events[0][0] <= self.today:
                self.events.pop(0)[1](self)
            self.watch(self)
            self.everybody_acts()

    def _next_day(self, until: date) -> date:
        """A few days on; far on where nothing waits for people."""
        day = self.today + timedelta(days=self.dice.randint(1, 5))
        if not any(case.tasks for case in self.all_cases(open_only=True)):
            at = self.engine.next_at()
            if at is not None:
                day = max(day, calendar().date_of(at, ZONE))
        if self.events:
            day = min(day, max(self.events[0][0], self.today + timedelta(days=1)))
        return min(day, until)

    def hop_to(self, day: date) -> None:
        """Let time pass to the morning of a day, ringing everything at the instant it was due."""
        target = calendar().start_of(day, ZONE) + 8 * HOUR
        while (at := self.engine.next_at()) is not None and at <= target:
            self.clock.instant = max(at, self.clock.instant)
            assert () == self.engine.fire_due().failed
        self.clock.instant = target
        self.engine.follow_chart()
        with self.engine.database.read() as view:
            assert view.meta("chart_seen_on"), "some case could not follow the chart"

    def everybody_acts(self) -> None:
        """Each open case is looked at by those it waits for, and now and then by somebody else."""
        for case in self.all_cases(open_only=True):
            if case.id not in self.latest:
                self.latest[case.id] = self.engine.latest_end(case)
            self.held |= {(case.id, task.role, task.holder) for task in case.tasks}
            checks = [book.check for book in case.journals.values() if book.check is not None]
            for task in (*case.tasks, *checks):
                far = task.due_on is not None and task.due_on > self.today + timedelta(days=6)
                if self.dice.randrange(100) < (self.zeal // 4 if far else self.zeal):
                    self.look(case.id, task.holder, task)
            if self.dice.randrange(100) < self.zeal // 2:
                self.look(case.id, self.dice.choice(self.around(case)), None)

    def around(self, case: Case) -> list[str]:
        """Those who might have something to do with a case."""
        if case.subject.startswith("unit:"):
            return [one.key for one in self.engine.chart.segments]
        above = self.engine.chart.superior(case.subject, self.today)
        near = [case.subject, *([above.key] if above is not None else [])]
        return [*near * 8, *(one.key for one in self.engine.chart.segments)]

    def look(self, case_id: str, person: str, task: Task | None) -> None:
        """One person looks at a case and does one of the things they may do, if any."""
        view = self.engine.case(case_id, person)
        if view.case.ended or (task is not None and task.kind != "check" and task not in view.case.tasks):
            return
        self.write_journals(view, person)
        if task is not None and task.kind == "escalation":
            self.remedy(view, task)
            return
        offered = [one for one in view.options if one.role is not None and not one.exhausted]
        if task is None:
            offered = [one for one in offered if one.role != HOLDER]
        # What the task is for is done; what else is open to somebody, seldom.
        usual = [one for one in offered if task is not None and one.transition.name in _usual(view)]
        chosen = offered if self.dice.randrange(100) < _SELDOM else usual
        if chosen:
            self.act(view, person, self.dice.choice(chosen))

    def act(self, view: CaseView, person: str, option: Option) -> None:
        """Do it, filled in well."""
        forms = {}
        if option.form is not None:
            forms = {option.form: self.filled(view, option.form)}
        name, reason = option.transition.name, "karena begitu" if option.needs_reason else ""
        rule = view.definition.states[view.case.state].gather
        if (
            rule is not None
            and rule.anonymous
            and view.case.gathering is not None
            and name in {"answer", DECLINE}
        ):
            self.unnamed.setdefault(view.case.id, set()).add(person)
        self.tried(
            f"{view.definition.workflow}.{option.transition.rule}",
            lambda: self.engine.fire(
                view.case.id, name, actor=Actor(person=person), forms=forms, reason=reason,
                visit=view.case.visit, seen=view.digest if name == SIGN else "", key=f"k-{self.dice.random()}",
            ),
        )  # fmt: skip

    def tried(self, what: str, act: Callable[[], Any]) -> bool:
        """Whether it was accepted; a condition or an unfit form may refuse it, anything else is told."""
        try:
            act()
        except SiklusError as error:
            self.refused[f"{what}: {type(error).__name__}: {error}"] += 1
            return False
        self.accepted[what] += 1
        return True

    def filled(self, view: CaseView, form: str) -> dict[str, Any]:
        """A form filled in as the case allows it."""
        serving = self.engine.chart.people(self.today)
        # Colleagues are those of the unit the person is in by now, after a move too.
        own = {one.unit for one in serving if one.key == view.case.subject and one.serves_on(self.today)}
        colleagues = [
            one.key
            for one in serving
            if one.unit in (own or {view.case.unit})
            and one.key != view.case.subject
            and not one.external
            and one.serves_on(self.today)
        ]
        known = {**view.known.forms, **view.known.reads}
        return Filler(self.dice, view.definition, colleagues, self.today).form(form, known)

    def write_journals(self, view: CaseView, person: str) -> None:
        """Write, check and release what is to be written, checked and released."""
        me = Actor(person=person)
        for one in view.journals:
            name, form = one.journal.name, one.journal.form
            what = f"{view.definition.workflow}+{name}"
            if one.checks:
                mark = self.dice.choice(("confirmed", "confirmed", "asked"))
                note = "mana buktinya?" if mark == "asked" else ""
                told = CheckEntries(journal=name, numbers=one.checks, actor=me, mark=mark, note=note)
                self.tried(f"{what}.check", lambda told=told: self.engine.obey(view.case.id, told))
            if one.releases:
                release = ReleaseEntries(journal=name, numbers=one.releases, actor=me)
                self.tried(f"{what}.release", lambda told=release: self.engine.release(view.case.id, told))
            if one.may_write and self.dice.random() < 0.5:
                entry = AddEntry(journal=name, values=self.filled(view, form), actor=me)
                self.tried(f"{what}.add", lambda told=entry: self.engine.obey(view.case.id, told))

    def remedy(self, view: CaseView, task: Task) -> None:
        """What somebody does who was told of somebody else's delay."""
        me, visit = Actor(person=task.holder), view.case.visit
        if self.dice.random() < 0.5:
            told = Remind(actor=me, note="tolong diselesaikan", visit=visit)
            self.tried("remind", lambda: self.engine.obey(view.case.id, told))
        else:
            more = Extend(
                by=Duration(amount=3, unit="working days"), actor=me, reason="masih dinas luar", visit=visit
            )
            if self.tried("extend", lambda: self.engine.obey(view.case.id, more)):
                self.extended.add(view.case.id)


def _usual(view: CaseView) -> set[str]:
    """The acts that those who hold the present task do without being asked twice."""
    ways = view.machine.ways(view.case.state)
    return {
        one.name
        for one in ways
        if isinstance(one.trigger, By) and not one.trigger.roles and not one.anytime and one.name != EDIT
    }


def begun(path: Path, names: Sequence[str], *, people: Sequence[str], on: date, seed: int) -> Life:
    """An agency on a new database with these definitions in force, nothing launched yet."""
    clock = HandClock()
    clock.put(on)
    chosen = rows(people)

    def fill(to: str) -> None:
        engine = Engine(Database.create(to, "demo"), clock)
        told = Path(ROOT) / "workflows/calendars/id-asn.yaml"
        engine.add_calendar(read_yaml(told.read_text(encoding="utf-8"), told.name).values)
        for name in names:
            rule, texts = rules(name)
            engine.publish(rule, texts, name=f"{name}.yaml", texts_name=f"{name}.texts.yaml", actor=NOBODY)
        import_people(engine, as_file(chosen))
        engine.database.close()

    place = str(path / "siklus.db")
    furnish(place, ("practices", *names, on, tuple(people)), fill)
    engine = Engine(Database(place), clock)
    return Life(engine=engine, clock=clock, dice=random.Random(seed), people=chosen)
