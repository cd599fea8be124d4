"""An agency on a virtual clock: everybody has a way of doing things, and the cycles run until every case is over.

What a task's holder does is planned when the task comes to them, by their habit; time goes from one such day to
the next, and everything that rings in between rings at its instant. Journals are written on ten days a person.
Whatever is done for the first time goes through the HTTP API, the rest through the engine.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from engine.core.case import Case, Task
from engine.core.command import Actor, Extend, Remind
from engine.core.definition import HOLDER, STAY, By, Definition, Journal, Transition
from engine.core.gather_acts import EDIT, SIGN
from engine.core.journaling import is_outside
from engine.core.machine import Machine, compile_machine
from engine.core.moments import Duration
from engine.core.permitting import Option
from engine.core.source import read_yaml
from engine.runtime import CaseView, Engine
from engine.store import Database
from tests.api.conftest import Travel
from tests.practices.filling import Filler
from tests.practices.living import Life, _usual, as_file
from tests.runtime.conftest import NOBODY, HandClock, import_people
from tests.workflows.agency import Row, agency
from tests.workflows.families import FOLDER, Family, Launch
from tests.worlds import ROOT, calendar

#: how many entries each person writes into the journals of one case
LOGS = 10
#: of a hundred visits, those that everybody forgets, up to the last rung
_FORGOTTEN = 6
#: how long somebody lets a thing stand before they think again
_SEASON = timedelta(days=120)
#: how often somebody looks at a case without a task there
_LOOKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How somebody does what waits for them: after how many days, how surely, how often something unusual."""

    name: str
    share: int
    after: tuple[int, int]
    #: counted from the due day, where there is one
    late: bool = False
    #: of a hundred tasks, those that are done at all, and those in which something else than the usual is done
    sure: int = 100
    odd: int = 5


HABITS = (
    Habit(name="diligent", share=50, after=(0, 3)),
    Habit(name="late", share=14, after=(1, 9), late=True),
    Habit(name="very late", share=6, after=(12, 40), late=True),
    Habit(name="silent", share=8, after=(0, 3), sure=6),
    Habit(name="careless", share=7, after=(0, 6), sure=70, odd=15),
    Habit(name="contrary", share=15, after=(0, 3), odd=60),
)


@dataclass
class Cohort(Life):
    """A life with habits and an agenda."""

    family: Family | None = None
    #: the day, then what is due: a case, a person, the task ("" for a look without one), "journal"
    agenda: list[tuple[date, str, str, str]] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)
    habits: dict[str, Habit] = field(default_factory=dict)
    officers: list[str] = field(default_factory=list)
    #: whether nobody at all does anything about a visit, whoever is asked
    forgotten: dict[tuple[str, int], bool] = field(default_factory=dict)
    #: every case as it was last seen
    cases: dict[str, Case] = field(default_factory=dict)
    _machines: dict[str, Machine] = field(default_factory=dict)
    #: whether a form can be filled in without knowing the case
    _simple: dict[str, bool] = field(default_factory=dict)
    _clients: dict[str, TestClient] = field(default_factory=dict)
    _app: Any = None

    def live(self, until: date) -> None:
        """Go on until nothing is open any more."""
        self.officers = [
            one.key
            for one in self.engine.chart.people(self.today)
            if any(duty.startswith(("desk:", "committee:", "head")) for duty in one.duties)
        ]
        while self.today < until and (self.events or self.engine.cases(open_only=True, limit=1)):
            self.hop_to(self._next_day(until))
            while self.events and self.events[0][0] <= self.today:
                self.events.pop(0)[1](self)
            self._notice()
            self._do()

    def _next_day(self, until: date) -> date:
        days = [self.events[0][0]] if self.events else []
        days += [self.agenda[0][0]] if self.agenda else []
        at = self.engine.next_at()
        if at is not None:
            days.append(calendar().date_of(at, "Asia/Makassar"))
        return min(max(min(days, default=until), self.today + timedelta(days=1)), until)

    def _notice(self) -> None:
        """Everybody sees what is newly theirs, and says to themselves when to do it."""
        self.cases = {case.id: case for case in self.all_cases(open_only=True)}
        for case in self.cases.values():
            if case.id not in self.latest:
                self.latest[case.id] = self.engine.latest_end(case)
                self._look_in_on(case)
            books = [book.check for book in case.journals.values() if book.check is not None]
            for task in (*case.tasks, *books):
                self._plan(case, task)
            self._think_again(case)

    def _think_again(self, case: Case) -> None:
        """Every second subject of a case that rests for long does there, a season later, what the family says."""
        later = self.family.later.get(case.state) if self.family is not None else None
        if later is None or (case.id, later) in self.known:
            return
        self.known.add((case.id, later))
        if sum(what == later for _, what in self.known) % 2:
            heappush(
                self.agenda, (self.today + _SEASON, case.id, case.subject, f"later {case.state} {later}")
            )

    def _plan(self, case: Case, task: Task) -> None:
        if (task.id, task.holder) in self.known:
            return
        self.known.add((task.id, task.holder))
        visit = (case.id, case.visit)
        if visit not in self.forgotten:
            self.forgotten[visit] = self.dice.randrange(100) < _FORGOTTEN
        self.held.add((case.id, task.role, task.holder))
        habit = self.habit(task.holder)
        if self.forgotten[visit] or self.dice.randrange(100) >= habit.sure:
            return
        days = self.dice.randint(*habit.after)
        day = self.today
        if habit.late and task.due_on is not None:
            day = max(day, task.due_on)
        heappush(self.agenda, (day + timedelta(days=days), case.id, task.holder, task.id))

    def _look_in_on(self, case: Case) -> None:
        """Looks and journal entries on days drawn from the case's period."""
        first = max(case.period_from, self.today)
        span = max((case.period_to - first).days, 60)
        for _ in range(_LOOKS):
            person = self.dice.choice(self.around(case))
            heappush(
                self.agenda, (first + timedelta(days=self.dice.randrange(span + 60)), case.id, person, "")
            )
        definition = self.definition(case)
        books = definition.journals.values()
        if not books:
            return
        for _ in range(LOGS):
            writer = case.subject if self.dice.randrange(4) else self.dice.choice(self.around(case))
            day = first + timedelta(days=self.dice.randrange(span))
            heappush(self.agenda, (day, case.id, writer, "journal"))
        if any(is_outside(definition, book) for book in books):
            heappush(self.agenda, (first + timedelta(days=span // 2), case.id, "", "outside"))

    def around(self, case: Case) -> list[str]:
        """The person, who leads them, and those with duties."""
        if case.subject.startswith("unit:"):
            return self.officers
        above = self.engine.chart.superior(case.subject, self.today)
        near = [case.subject, *([above.key] if above is not None else [])]
        return [*near * max(len(self.officers), 1), *self.officers]

    def habit(self, person: str) -> Habit:
        """How this person does things, for good."""
        if person not in self.habits:
            self.habits[person] = self.dice.choices(HABITS, [one.share for one in HABITS])[0]
        return self.habits[person]

    def _do(self) -> None:
        serving = {one.key for one in self.engine.chart.people(self.today) if one.serves_on(self.today)}
        while self.agenda and self.agenda[0][0] <= self.today:
            _, case_id, person, what = heappop(self.agenda)
            if what == "outside":
                self._ask_outside(case_id)
            elif what.startswith("later ") and person in serving:
                self._do_later(case_id, person, *what.split()[1:])
            elif person in serving:
                self._turn_to(case_id, person, what)

    def _do_later(self, case_id: str, person: str, state: str, act: str) -> None:
        """An act of somebody's own where nothing is asked of them, if the case is still there."""
        view = self.engine.case(case_id, person)
        found = [one for one in view.options if one.transition.name == act]
        if view.case.state == state and found:
            self.act(view, person, found[0])

    def _turn_to(self, case_id: str, person: str, what: str) -> None:
        case = self.cases.get(case_id)
        if case is None or case.ended:
            return
        tasks = [one for one in case.tasks if (one.id, one.holder) == (what, person)]
        if not tasks:
            self._look(case_id, person, what)
        elif tasks[0].kind == "escalation":
            self._remedy(case, tasks[0])
        elif tasks[0].kind in {"act", "answer"}:
            self._work(case, person)

    def _look(self, case_id: str, person: str, what: str) -> None:
        """Somebody opens a case to write in its journals, to check entries, or to see what else is open to them."""
        view = self.engine.case(case_id, person)
        if view.case.ended:
            return
        self.write_journals(view, person)
        if not what:
            self._try_something(view, person)

    def _remedy(self, case: Case, task: Task) -> None:
        me = Actor(person=task.holder)
        if self.dice.randrange(3):
            told: Remind | Extend = Remind(actor=me, note="tolong diselesaikan", visit=case.visit)
        else:
            more = Duration(amount=3, unit="working days")
            told = Extend(by=more, actor=me, reason="masih dinas luar", visit=case.visit)
        if self.tried(told.__class__.__name__, lambda: self._keep(self.engine.obey(case.id, told).case)):
            self.extended |= {case.id} if isinstance(told, Extend) else set()

    def _keep(self, case: Case) -> None:
        self.cases[case.id] = case

    def _work(self, case: Case, person: str) -> None:
        """What the holder of a task does: the first that may be done, or by habit or chance another."""
        machine = self.machine(case)
        ways = [
            one
            for one in machine.ways(case.state)
            if isinstance(one.trigger, By) and not one.trigger.roles and not one.anytime and one.name != EDIT
        ]
        if len(ways) > 1 and self.dice.randrange(100) < self.habit(person).odd:
            self.dice.shuffle(ways)
        for way in ways:
            form = machine.state(case.state).form_of(way)
            if self._done(case, person, way, form):
                return

    def _done(self, case: Case, person: str, way: Transition, form: str | None) -> bool:
        """Do it; the first time it is done anywhere over the API. Whether it was taken."""
        definition = self.definition(case)
        known = f"{definition.workflow}.{way.rule}"
        if not self.accepted[known] or way.name == SIGN:
            view = self.engine.case(case.id, person)
            (option,) = (one for one in view.options if one.transition.name == way.name)
            if option.role is None or option.exhausted:
                return False
            self.act(view, person, option)
            return True
        forms = {form: self._content(case, definition, form)} if form is not None else {}
        reason = "karena begitu" if way.reason_required else ""
        return self.tried(
            known,
            lambda: self._keep(
                self.engine.fire(
                    case.id,
                    way.name,
                    actor=Actor(person=person),
                    forms=forms,
                    reason=reason,
                    visit=case.visit,
                ).case
            ),
        )

    def _content(self, case: Case, definition: Definition, form: str) -> dict[str, Any]:
        """A form filled in; only what picks from a list or names people asks what there is."""
        if form not in self._simple:
            fields = definition.forms[form].fields
            items = [inner for one in fields for inner in one.item]
            self._simple[form] = not any(one.kind in {"pick", "person"} for one in (*fields, *items))
        if self._simple[form]:
            return Filler(self.dice, definition, (), self.today).form(form, {})
        return self.filled(self.engine.case(case.id, None), form)

    def machine(self, case: Case) -> Machine:
        """The compiled definition of a case."""
        if case.definition not in self._machines:
            self._machines[case.definition] = compile_machine(self.definition(case))
        return self._machines[case.definition]

    def _try_something(self, view: CaseView, person: str) -> None:
        """What is open to somebody although nothing waits for them; what would end the case, seldom."""
        offered = [
            one
            for one in view.options
            if one.role not in {None, HOLDER}
            and not one.exhausted
            and one.transition.name not in _usual(view)
        ]
        if not offered:
            return
        chosen = self.dice.choice(offered)
        target = view.definition.states.get(chosen.transition.to)
        final = target is not None and target.final is not None
        if self.dice.randrange(100) < (4 if final else 60 if chosen.transition.to == STAY else 25):
            self.act(view, person, chosen)

    def _ask_outside(self, case_id: str) -> None:
        """The desk makes a link to a journal of those from outside, and some of them answer."""
        case = self.engine.case(case_id, None).case
        definition = self.definition(case)
        if case.ended:
            return
        for book in definition.journals.values():
            if not is_outside(definition, book):
                continue
            self._hear_outside(case_id, definition, book)

    def _hear_outside(self, case_id: str, definition: Definition, book: Journal) -> None:
        links: list[str] = []
        desk, what = Actor(person=self._on_desk(case_id)), f"{definition.workflow}+{book.name}"
        if not self.tried(
            f"{what}.invite", lambda: links.append(self.engine.invite(case_id, book.name, actor=desk))
        ):
            return
        view = self.engine.case(case_id, None)
        for _ in range(self.dice.randrange(9)):
            values = self.filled(view, book.form)
            self.tried(f"{what}.answer", lambda values=values: self.engine.answer(links[0], values))

    def _on_desk(self, case_id: str) -> str:
        """Somebody of the personnel desk whose case it is not."""
        own = self.cases[case_id].subject
        serving = (one for one in self.engine.chart.people(self.today) if one.serves_on(self.today))
        return next(one.key for one in serving if "desk:personnel" in one.duties and one.key != own)

    def act(self, view: CaseView, person: str, option: Option) -> None:
        """Do it; the first time it is done anywhere, over the API."""
        known = f"{view.definition.workflow}.{option.transition.rule}"
        if self.accepted[known] or option.behalf:
            super().act(view, person, option)
            self._keep(self.engine.case(view.case.id, None).case)
            return
        forms = {option.form: self.filled(view, option.form)} if option.form is not None else {}
        told = {
            "forms": forms,
            "reason": "karena begitu" if option.needs_reason else "",
            "seen": view.digest if option.transition.name == SIGN else "",
        }
        path = f"/api/v1/cases/{view.case.id}/acts/{option.transition.name}"
        answer = self.client(person).post(path, json=told, headers={"If-Match": f'"{view.case.visit}"'})
        if answer.status_code == 200:
            self.accepted[known] += 1
            self._keep(self.engine.case(view.case.id, None).case)
        else:
            self.refused[f"{known}: API {answer.status_code}: {answer.text}"] += 1

    def client(self, person: str) -> TestClient:
        """A program that acts as this person."""
        if self._app is None:
            self._app = create_app(self.engine, demo=Travel(self.engine, self.clock), settings=Settings())
        number = next(one.person_id for one in self.engine.chart.segments if one.key == person)
        return TestClient(self._app, base_url="http://127.0.0.1:8000", headers={"X-Siklus-Persona": number})


def founded(path: Path, family: Family, *, size: int, seed: int) -> Cohort:
    """An agency of this size with the family's definitions in force, its launches still to come."""
    clock = HandClock()
    clock.put(family.begins)
    people = agency(size, seed=seed)
    for one in people:
        if family.kind and one["jabatan"] == "Pelaksana":
            one["jenis"] = family.kind
    engine = Engine(Database.create(str(path / "siklus.db"), "demo"), clock)
    days = Path(ROOT) / "workflows/calendars/id-asn.yaml"
    engine.add_calendar(read_yaml(days.read_text(encoding="utf-8"), days.name).values)
    for name in family.members:
        rules, texts = (FOLDER / f"{name}{end}" for end in (".yaml", ".texts.yaml"))
        engine.publish(
            rules.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"),
            name=rules.name, texts_name=texts.name, actor=NOBODY,
        )  # fmt: skip
    import_people(engine, as_file(people))
    cohort = Cohort(engine=engine, clock=clock, dice=random.Random(seed), people=people, family=family)
    cohort.events = [(one.on, lambda life, one=one: _launch(life, one)) for one in family.launches]
    cohort.events += changes(people, family, cohort.dice)
    cohort.events.sort(key=lambda one: one[0])
    return cohort


def _launch(life: Life, one: Launch) -> None:
    life.engine.launch(one.workflow, opens=one.on, year=one.year, part=one.part, actor=NOBODY)


def changes(people: Sequence[Row], family: Family, dice: random.Random) -> list[Any]:
    """On four days of the year some move, some leave, and a head of a section leaves."""
    staff = [one["nip"] for one in people if one["jabatan"] == "Pelaksana" and one["status"] == "aktif"]
    heads = [one for one in people if one["jabatan"].startswith("Kepala Bidang")]
    if len(heads) < 2:
        return []
    year = family.launches[0].year
    few = max(len(staff) // 100, 1)
    found: list[Any] = []
    for month in (1, 3, 6, 11):
        day = date(year, month, 16)
        moving = {one: dice.choice(heads) for one in dice.sample(staff, min(few, len(staff)))}
        leaving = dice.sample([one for one in staff if one not in moving], min(few, len(staff) - len(moving)))
        told: dict[str, Mapping[str, str]] = {
            one: {"unit": head["unit"], "atasan": head["nip"]} for one, head in moving.items()
        }
        told |= {one: {"selesai": (day + timedelta(days=10)).isoformat()} for one in leaving}
        if month == 6:
            told[heads[-1]["nip"]] = {"selesai": (day + timedelta(days=10)).isoformat()}
        staff = [one for one in staff if one not in leaving]
        found.append((day, lambda life, told=told: life.bring_all(told)))
    return found
