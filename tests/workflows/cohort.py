"""An agency on a virtual clock: everybody has a way of doing things, and the cycles run until every case is over.

What a task's holder does is planned when the task comes to them, by their habit; time goes from one such day to
the next, and everything that rings in between rings at its instant. Journals are written on ten days a person.
Whatever is done for the first time goes through the HTTP API, the rest through the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import Any

from api.app import create_app
from api.settings import Settings
from engine.core.case import Case, Task
from engine.core.command import Actor, Extend, Pause, Remind, Resume
from engine.core.definition import HOLDER, STAY, By, Definition, Journal, Transition
from engine.core.gather_acts import EDIT, SIGN
from engine.core.journaling import is_outside
from engine.core.machine import Machine, compile_machine
from engine.core.moments import Duration
from engine.core.permitting import Option
from engine.runtime import CaseView
from tests.api.conftest import Travel
from tests.clients import Client
from tests.practices.filling import Filler
from tests.practices.living import Life, _usual
from tests.workflows.families import Family
from tests.worlds import calendar

#: how many entries each person writes into the journals of one case
LOGS = 10
#: of a hundred visits, those that everybody forgets, up to the last rung
_FORGOTTEN = 6
#: how long somebody lets a thing stand before they think again
_SEASON = timedelta(days=120)
_YES = frozenset({"yes", "agree"})
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
    #: cases in which nobody does anything before somebody is back
    away: set[str] = field(default_factory=set)
    #: definitions and states in which somebody acts once, though nobody asked would
    seen_to: set[tuple[str, str]] = field(default_factory=set)
    #: every case as it was last seen
    cases: dict[str, Case] = field(default_factory=dict)
    _machines: dict[str, Machine] = field(default_factory=dict)
    #: whether a form can be filled in without knowing the case
    _simple: dict[str, bool] = field(default_factory=dict)
    _clients: dict[str, Client] = field(default_factory=dict)
    _app: Any = None

    def live(self, until: date) -> None:
        """Go on until nothing is open any more."""
        self.officers = [
            one.key
            for one in self.engine.chart.people(self.today)
            if any(duty.startswith(("desk:", "committee:", "head")) for duty in one.duties)
        ]
        while self.today < until and (self.events or self.engine.cases(open_only=True, limit=1)):
            if not self.events and not self.agenda and self.engine.next_at() is None:
                self._remember()
            self.hop_to(self._next_day(until))
            while self.events and self.events[0][0] <= self.today:
                self.events.pop(0)[1](self)
            self._notice()
            self._do()

    def go_away(self, state: str) -> None:
        """Whoever is to act on the first case in this state falls ill: its clocks stand, and nobody does anything."""
        self._notice()
        case = min((one for one in self.cases.values() if one.state == state), key=lambda one: one.id)
        self.away.add(case.id)
        desk = Actor(person=self._on_desk(case.id))
        self._keep(self.engine.obey(case.id, Pause(kind="leave", actor=desk, reason="cuti sakit")).case)

    def come_back(self) -> None:
        """They are back, and go on where they stopped."""
        for case_id in sorted(self.away):
            desk = Actor(person=self._on_desk(case_id))
            self._keep(self.engine.obey(case_id, Resume(actor=desk, reason="sudah sembuh")).case)
        self.away.clear()

    def see_off(self, workflow: str) -> None:
        """Whose open case of a definition began last leaves ten days later."""
        self._notice()
        found = [one for one in self.cases.values() if self.definition(one).workflow == workflow]
        if not found:
            return
        case = max(found, key=lambda one: (one.opened_at, one.id))
        number = next(one.person_id for one in self.engine.chart.segments if one.key == case.subject)
        self.bring_all({number: {"selesai": (self.today + timedelta(days=10)).isoformat()}})

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

    def _remember(self) -> None:
        """Nothing more happens by itself, and some cases rest with a person: at last that person acts."""
        for case in self.cases.values():
            for task in case.tasks:
                heappush(self.agenda, (self.today + timedelta(days=1), case.id, task.holder, task.id))

    def _plan(self, case: Case, task: Task) -> None:
        if (task.id, task.holder) in self.known:
            return
        self.known.add((task.id, task.holder))
        visit = (case.id, case.visit)
        if visit not in self.forgotten:
            often = _FORGOTTEN
            if self.family is not None and case.subject.startswith("unit:"):
                often = self.family.units_forget
            self.forgotten[visit] = self.dice.randrange(100) < often
        self.held.add((case.id, task.role, task.holder))
        exemplary = self.family is not None and case.unit in self.family.exemplary
        # who acts for many units is quick with one and slow with another
        who = f"{case.subject} {case.state}" if case.subject.startswith("unit:") else task.holder
        habit = HABITS[0] if exemplary else self.habit(who)
        if (not exemplary and self.forgotten[visit]) or self.dice.randrange(100) >= habit.sure:
            if (case.definition, case.state) in self.seen_to or not self._nobody_acted_in(case):
                return
            self.seen_to.add((case.definition, case.state))
            habit = HABITS[
                0
            ]  # few come there: some of them are seen to, however forgetful those who are asked
        days = self.dice.randint(*habit.after)
        day = self.today
        if habit.late and task.due_on is not None:
            day = max(day, task.due_on)
        heappush(self.agenda, (day + timedelta(days=days), case.id, task.holder, task.id))

    def _nobody_acted_in(self, case: Case) -> bool:
        """Whether no case was ever moved on from this state by a person."""
        workflow = self.definition(case).workflow
        acts = (one.rule for one in self.machine(case).ways(case.state) if isinstance(one.trigger, By))
        return not any(self.accepted[f"{workflow}.{rule}"] for rule in acts)

    def _look_in_on(self, case: Case) -> None:
        """Looks and journal entries on days drawn from the case's period."""
        first = max(case.period_from, self.today)
        span = max((case.period_to - first).days, 60)
        outlives = self.family.outlives if self.family is not None else 0
        reach = outlives if outlives and case.period_from == case.period_to else span + 60
        for _ in range(_LOOKS):
            person = self.dice.choice(self.around(case))
            heappush(self.agenda, (first + timedelta(days=self.dice.randrange(reach)), case.id, person, ""))
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
        many = max(len(self.officers), 1)
        desk = [self._on_desk(case.id)] if self.family is not None and self.family.desk_looks else []
        return [*near * many, *desk * many, *self.officers]

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
        if case is None or case.ended or case_id in self.away:
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
        asked = {task.role for task in case.tasks if (task.holder, task.kind) == (person, "act")}
        ways = [
            one
            for one in machine.ways(case.state)
            if isinstance(one.trigger, By)
            and (not one.trigger.roles or asked & {*one.trigger.roles})
            and not one.anytime
            and one.name != EDIT
        ]
        if len(ways) > 1 and self.dice.randrange(100) < self.habit(person).odd:
            self.dice.shuffle(ways)
        ways = self._untried_first(case, ways)
        for way in ways:
            form = machine.state(case.state).form_of(way)
            if self._done(case, person, way, form):
                return

    def _untried_first(self, case: Case, ways: list[Transition]) -> list[Transition]:
        """Once the first of them was done anywhere, what nobody has done yet goes before: few come to some states."""
        workflow = self.definition(case).workflow
        untried = [one for one in ways if not self.accepted[f"{workflow}.{one.rule}"]]
        if ways[:1] == untried[:1]:
            return ways
        return [*untried, *(one for one in ways if one not in untried)]

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
        """A form filled in, every third with yes to all; what picks from a list or names people asks what there is."""
        fields = definition.forms[form].fields
        if form not in self._simple:
            items = [inner for one in fields for inner in one.item]
            self._simple[form] = not any(one.kind in {"pick", "person"} for one in (*fields, *items))
        if self._simple[form]:
            told = Filler(self.dice, definition, (), self.today).form(form, {})
        else:
            told = self.filled(self.engine.case(case.id, None), form)
        yes = {one.name: one.choices[0] for one in fields if one.kind == "choice" and one.choices[0] in _YES}
        return {**told, **yes} if yes and not self.dice.randrange(3) else told

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
        untried = [
            one for one in offered if not self.accepted[f"{view.definition.workflow}.{one.transition.rule}"]
        ]
        if untried:
            self.act(view, person, untried[0])
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

    def client(self, person: str) -> Client:
        """A program that acts as this person."""
        if self._app is None:
            self._app = create_app(self.engine, demo=Travel(self.engine, self.clock), settings=Settings())
        number = next(one.person_id for one in self.engine.chart.segments if one.key == person)
        return Client(self._app, base_url="http://127.0.0.1:8000", headers={"X-Siklus-Persona": number})
