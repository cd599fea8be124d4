"""Whether engine and model say the same of every case: entries, standing, clocks, letters and inboxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from engine.core.case import Case, Notebook
from engine.core.codec import decode
from engine.core.figures import figure_values
from engine.core.segments import days_of
from engine.runtime import Engine
from engine.store import kin, queries
from tests.model.clocks import HOURS, UNIT
from tests.model.life import Life
from tests.model.rules import STEERED
from tests.model.world import Line, World

#: letters of which everybody gets one, however many of their cases it concerns
_FOR_ALL = frozenset({"outage", "outage_over"})


class Unlike(AssertionError):
    """The engine and the model say different things of a case."""

    def __init__(self, case: int, said: str) -> None:
        super().__init__(said)
        self.case = case


@dataclass
class Beside:
    """A case and its model."""

    life: Life
    id: str
    #: how many of its entries were compared
    seq: int = 0
    #: the links to what visitors may say, the latest last
    tokens: list[str] = field(default_factory=list)

    def token(self, *, before: bool = False) -> str:
        """The link that counts, or the one before it; nobody's, if there is none."""
        tokens = self.tokens[:-1] if before else self.tokens
        return tokens[-1] if tokens else "nobody's"


class Compared:
    """Cases and their models."""

    engine: Engine
    zone: ZoneInfo
    world: World
    _beside: list[Beside]

    def instant(self, hour: float) -> int:
        """An hour on the offices' wall as an instant; half an hour before it stands for just before it."""
        if hour % 1:
            return self.instant(ceil(hour)) - 1
        hour = int(hour)
        midnight = datetime.combine(date.fromordinal(hour // HOURS), time(), tzinfo=self.zone)
        return (int(midnight.timestamp()) + hour % HOURS * 3_600) * 1_000_000

    def look_at_letters(self) -> None:
        """Compare what everybody was told, what waits for them, and the log with itself."""
        letters: dict[str, list[tuple[str, str]]] = {one.id: [] for one in self._beside}
        inboxes: dict[str, list[tuple[str, str]]] = {one.id: [] for one in self._beside}
        with self.engine.database.read() as view:
            rows = view.driver.rows("SELECT case_id, recipient, kind, outcome FROM outbox ORDER BY id")
            for case, to, kind, outcome in rows:
                if case in letters and outcome != "taken_back":
                    letters[case].append((self._name(to), kind))
            for case, to, body in view.driver.rows("SELECT case_id, holder, body FROM task"):
                inboxes[case].append((self._name(to), decode(body)["kind"]))
        for one in self._beside:
            life, number = one.life, one.life.case
            sent = [line for number, line in enumerate(life.lines) if number not in life.unsent]
            told = [told for line in sent for told in line.told if told[1] not in _FOR_ALL]
            got = [letter for letter in letters[one.id] if letter[1] not in _FOR_ALL]
            self._unlike(number, "letters", sorted(told), sorted(got))
            waiting = [(who, "act" if life.holder else "answer") for who in life.waiting]
            waiting += [(life.helper, "escalation")] if life.helper else []
            waiting += [(who, "breach") for who in life.looks.values()]
            waiting += [(life.question[1], "superior")] if life.question else []
            waiting += [(book.check, "check") for book in life.books.values() if book.check]
            self._unlike(number, "inboxes", sorted(waiting), sorted(inboxes[one.id]))
        for number in {one.life.case for one in self._beside}:
            of = self._of(number)
            heard = sorted((who, kind) for _, who, kind in of[0].life.office.heard)
            got = [letter for one in of for letter in letters[one.id] if letter[1] in _FOR_ALL]
            self._unlike(number, "letters about outages", heard, sorted(got))
            self._look_at_parts(number, [one for one in of if one.life.rules is STEERED])
        assert [] == self.engine.verify()

    def _look_at_parts(self, number: int, parts: list[Beside]) -> None:
        """How many days each part of the year has, and what the year comes to where its last part was rated."""
        lives = [one.life for one in parts]
        last = lives[-1].parted_on or date(self.world.year + 1, 1, 1)
        ends = [*(one.begins for one in lives[1:]), last]
        days = [max((end - one.begins).days, 0) for one, end in zip(lives, ends, strict=True)]
        views = [self.engine.case(one.id, None) for one in parts]
        counted = [so_many for _, so_many in days_of(view.case for view in views)]
        self._unlike(number, "days of the parts", days, counted)
        if len(parts) == 1 or lives[-1].points is None:
            return
        rated = [
            (so_many, one.points) for so_many, one in zip(days, lives, strict=True) if one.points is not None
        ]
        weight = sum(so_many for so_many, _ in rated)
        if weight:
            year = Fraction(sum(so_many * points for so_many, points in rated), weight)
            told = figure_values(views[-1].definition, views[-1].known)["year_points"]
            self._unlike(number, "the year", True, abs(Fraction(told) - year) <= Fraction(1, 200))
            self.world.seen["a year of several parts"] += 1

    def _of(self, office: int) -> list[Beside]:
        """The cases of an office, in the order in which they began."""
        return [one for one in self._beside if one.life.case == office]

    def _look(self, only: int | None = None) -> None:
        """Compare cases as they are stored, with all entries the model has not been compared by yet."""
        with self.engine.database.read() as view:
            for one in self._beside if only is None else self._of(only):
                case = view.load(one.id)
                assert case is not None
                if only is not None or one.seq != max(case.seq, len(one.life.lines)):
                    self._compare(one, case, queries.history(view, case.stream, after=one.seq))

    def _compare(self, one: Beside, case: Case, entries: Iterable[Any]) -> None:
        life, number, names = one.life, one.life.case, self._name
        expected = life.lines[one.seq :]
        actual = [self._line(entry) for entry in entries]
        wanted = [self._in_words(line) for line in expected]
        self._unlike(number, "entries", wanted, actual)
        one.seq = len(life.lines)
        task = case.task
        self._unlike(
            number,
            "standing",
            (life.state, life.visit, life.holder, life.since if life.holder else "", life.helper),
            (
                case.state,
                case.visit,
                names(task.holder) if task else "",
                task.since if task else "",
                names(case.escalations[0].holder) if case.escalations else "",
            ),
        )
        part = (life.begins, life.parted_on) if life.rules is STEERED else (case.period_from, case.parted_on)
        self._unlike(number, "part of the year", part, (case.period_from, case.parted_on))
        self._unlike(number, "clocks", self._model_clocks(life), self._engine_clocks(case))
        promises = {number: one.standing for number, one in life.stands.items()}
        self._unlike(number, "promises", promises, {one.number: one.standing for one in case.promises})
        self._unlike(number, "gathering", self._model_asked(life), self._engine_asked(case))
        self._unlike(number, "journals", self._model_books(life), self._engine_books(life, case))
        if task is not None and life.task is not None:
            self._unlike(number, "the task's day", life.task.due, task.due_on)

    @property
    def lives(self) -> list[Life]:
        """Every case as the model has it."""
        return self.world.kin.lives

    def _pass_on(self) -> None:
        """What cases have to tell one another is told: find those that were opened by it."""
        self.world.kin.pass_on()
        begun = self.lives[len(self._beside) :]
        if not begun:
            return
        known = {one.id for one in self._beside}
        with self.engine.database.read() as view:
            for life in begun:
                assert life.parent is not None
                parent = next(one.id for one in self._beside if one.life is life.parent)
                found = [one for one in kin.children(view, parent, life.link) if one.id not in known]
                if len(found) != 1:
                    raise Unlike(life.case, f"{life.link}: one is opened, the engine opened {found}")
                self._beside.append(Beside(life, found[0].id))
                known.add(found[0].id)

    def _model_asked(self, life: Life) -> tuple[object, ...]:
        return [(one.role, one.holder, one.since, one.state) for one in life.asked], life.outcome

    def _engine_asked(self, case: Case) -> tuple[object, ...]:
        asked = case.gathering.asked if case.gathering is not None else ()
        tasks = [(one.task.role, self._name(one.person), one.task.since, one.state) for one in asked]
        for told in case.gathered.values():
            return tasks, (told.asked, told.answered, told.declined, told.dropped, told.enough)
        return tasks, None

    def _model_books(self, life: Life) -> dict[str, object]:
        now = life.world.now
        return {
            name: (book.count, book.held, book.check, book.told, set(book.open(now)))
            for name in life.rules.journals
            for book in (life.book(name),)
        }

    def _engine_books(self, life: Life, case: Case) -> dict[str, object]:
        now = self.instant(life.world.now)
        return {
            name: (
                book.count, set(book.held), self._name(book.check.holder) if book.check else "", book.told,
                {one.number for one in book.unchecked if one.due_at > now},
            )
            for name in life.rules.journals
            for book in (case.journals.get(name, Notebook()),)
        }  # fmt: skip

    def _model_clocks(self, life: Life) -> list[object]:
        return [
            (
                one.name, one.due, [(self.instant(at), kind, what) for at, kind, what in one.alarms],
                tuple(one.fired), tuple(one.skipped), one.generation, tuple(one.missed),
                {"outage" if why == UNIT else why for why in one.reasons},
                None if one.stopped is None else self.instant(one.stopped),
            )
            for one in sorted(life.clocks, key=lambda one: one.name)
        ]  # fmt: skip

    def _engine_clocks(self, case: Case) -> list[object]:
        return [
            (
                one.name, one.due_on, [(alarm.at, alarm.kind, alarm.what) for alarm in one.alarms],
                one.fired, one.skipped, one.generation, one.missed, set(one.holds), one.paused_at,
            )
            for one in sorted(case.deadlines, key=lambda one: one.name)
        ]  # fmt: skip

    def _in_words(self, line: Line) -> dict[str, object]:
        late = None if line.due_at is None else self.instant(line.due_at)
        return {"kind": line.kind, "told": line.told, "due at": late, "lateness": line.lateness}

    def _line(self, entry: Any) -> dict[str, object]:
        facts = decode(entry.body)
        told = tuple(sorted((self._name(to), kind) for to, kind in facts.get("told", ())))
        late = entry.at - facts["late_us"] if "late_us" in facts else None
        lateness: tuple[object, ...] = ()
        if "lateness" in facts:
            said = facts["lateness"]
            by = (
                (date.fromisoformat(said["due"]), said["working_days"], said["days"])
                if "due" in said
                else None
            )
            lateness = (tuple(date.fromisoformat(day) for day in said.get("missed", ())), by)
        return {"kind": entry.kind, "told": told, "due at": late, "lateness": lateness}

    def _name(self, key: str) -> str:
        return key.rpartition("-")[2]

    def _unlike(self, number: int, what: str, model: object, engine: object) -> None:
        if model != engine:
            raise Unlike(number, f"{what}\n  model:  {model}\n  engine: {engine}")
