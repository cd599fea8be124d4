"""The parts most tests of the core need: the shipped calendar, the demo's people, a definition, a case in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chart import Chart, Person
from engine.core.codec import decode
from engine.core.command import TIMER, Actor, Command, Contents, Elapse, Fire, Undo
from engine.core.effects import Notify, Step, WriteContent
from engine.core.interruptions import Outage, Standstill
from engine.core.kept import contents_of
from engine.core.machine import Machine, compile_machine
from engine.core.parse import read
from engine.core.restoring import earlier_in
from engine.core.roster import read_roster
from engine.core.scene import Scene
from engine.core.source import read_yaml
from engine.core.step import Beginning, settle, start, step

ROOT = Path(__file__).parents[1]
ZONE = "Asia/Makassar"
OPENING = date(2025, 12, 1)
HOUR = 3_600_000_000


@cache
def calendar() -> Calendar:
    path = ROOT / "workflows/calendars/id-asn.yaml"
    return Calendar.from_values(read_yaml(path.read_text(encoding="utf-8"), path.name).values)


@cache
def chart() -> Chart:
    numbers = count(1)
    data = (ROOT / "workflows/examples/people-demo.csv").read_bytes()
    roster = read_roster(data, "people-demo.csv", keys={}, new_key=lambda: f"p-{next(numbers):04d}")
    return Chart(segments=roster.people, version="chart:demo")


def practice_at(name: str) -> str:
    """Where a practice stands, without its ending."""
    return f"workflows/{name}"


@cache
def machine(name: str = "tests/definitions/alone/asn-tahunan") -> Machine:
    """A definition compiled, once: reading one takes as long as a hundred acts."""
    rules = (ROOT / f"{name}.yaml").read_text(encoding="utf-8")
    texts = (ROOT / f"{name}.texts.yaml").read_text(encoding="utf-8")
    return compile_machine(read(rules, texts, name=f"{name}.yaml", texts_name=f"{name}.texts.yaml"))


def plan(*weights: int) -> dict[str, Any]:
    """A plan whose results have these weights."""
    return {
        "results": [
            {
                "title": f"Hasil {number}",
                "kind": "main",
                "weight": weight,
                "indicators": [{"aspect": "time", "target": "tepat waktu"}],
            }
            for number, weight in enumerate(weights, 1)
        ],
        "behaviour": "melayani",
        "resources": "anggaran",
        "consequences": "tunjangan",
    }


class World:
    """One case on a clock of its own: fire, let days pass, look."""

    def __init__(
        self,
        subject: Person | None = None,
        *,
        definition: str = "tests/definitions/alone/asn-tahunan",
        on: date = OPENING,
        people: Chart | None = None,
        rules: Machine | None = None,
    ) -> None:
        self.machine = rules or machine(definition)
        self.chart = people or chart()
        self.now = calendar().start_of(on, ZONE) + 8 * HOUR
        #: everything written so far, by the name it is kept under
        self.contents: dict[str, Any] = {}
        #: the forms as they stood before the move that may be taken back
        self.before: dict[str, Any] = {}
        self.steps: list[Step] = []
        self.outages: tuple[Outage, ...] = ()
        self.standstill: Standstill | None = None
        who = subject or ordinary(self.chart)
        self.beginning = Beginning(
            case_id="c-1",
            cycle="asn-tahunan-2026",
            subject=who.key,
            segment=1,
            period_from=date(2026, 1, 1),
            period_to=date(2026, 12, 31),
            actor=TIMER,
        )
        self.keep(start(self.machine, self.beginning, self.scene))
        self.rest()

    @property
    def scene(self) -> Scene:
        return Scene(
            now=self.now,
            calendar=calendar(),
            chart=self.chart,
            seed=bytes(32),
            outages=self.outages,
            standstill=self.standstill,
        )

    @property
    def case(self) -> Case:
        return self.steps[-1].case

    @property
    def written(self) -> Contents:
        """What a step may read of what was written so far."""
        earlier = earlier_in(self.case, self.steps) if self.steps else {}
        return replace(contents_of(self.contents.items()), before=self.before, earlier=earlier)

    @property
    def today(self) -> date:
        return calendar().date_of(self.now, ZONE)

    @property
    def trail(self) -> list[str]:
        """States in the order they were entered, returns included."""
        seen: list[str] = []
        for one in self.steps:
            if not seen or one.entry.kind in {"moved", "launched"}:
                seen.append(one.case.state)
        return seen

    @property
    def told(self) -> list[tuple[str, str]]:
        """Whom everything so far told, and what kind of message it was."""
        return [
            (note.to, note.kind) for one in self.steps for note in one.effects if isinstance(note, Notify)
        ]

    def facts(self, kind: str) -> list[dict[str, Any]]:
        """The facts of all entries of a kind."""
        return [decode(one.entry.body) for one in self.steps if one.entry.kind == kind]

    def keep(self, done: Step) -> Step:
        if done.case.undoable is not None and done.case.undoable.entry == done.entry.seq:
            self.before = dict(self.written.forms)
        for effect in done.effects:
            if isinstance(effect, WriteContent) and effect.form:
                self.contents[effect.form] = decode(effect.value)
        self.steps.append(done)
        return done

    def rest(self) -> None:
        for done in settle(self.machine, self.case, self.written, self.scene, until=self.now):
            self.keep(done)

    def obey(self, command: Command) -> Step:
        done = self.keep(step(self.machine, self.case, command, self.scene))
        self.rest()
        return done

    def undo(self, by: str, reason: str = "") -> Step:
        """Take the latest move back."""
        return self.obey(Undo(actor=Actor(person=by), reason=reason, contents=self.written))

    def fire(self, trigger: str, by: str | None = None, reason: str = "", **forms: Any) -> Step:
        """An act by a person (the task's holder, if unsaid)."""
        actor = by or (self.case.task.holder if self.case.task else "")
        return self.obey(
            Fire(
                trigger=trigger, actor=Actor(person=actor), forms=forms, reason=reason, contents=self.written
            )
        )

    def wait_until(self, day: date) -> None:
        """Let time pass to 08:00 of a day, everything firing at the instant it was due."""
        target = calendar().start_of(day, ZONE) + 8 * HOUR
        while self.case.next_at <= target:
            self.now = max(self.case.next_at, self.now)
            self.keep(step(self.machine, self.case, Elapse(contents=self.written), self.scene))
        self.now = max(target, self.now)

    def wait(self, days: int, unit: str = "working days") -> None:
        """Let so many days pass."""
        self.wait_until(calendar().add(self.today, days, unit))


def ordinary(people: Chart) -> Person:
    """Somebody in the middle of the chart, with a superior in service and nobody below."""
    for one in people.people(OPENING):
        above = people.superior(one.key, OPENING)
        plain = not one.duties and one.away_from is None and one.kind == "PNS" and one.status == "active"
        if (
            plain
            and above is not None
            and above.serves_on(OPENING)
            and not people.direct_reports(one.key, OPENING)
        ):
            return one
    raise AssertionError("the demo has no ordinary employee")


def on_desk(name: str) -> str:
    """The key of somebody on a desk."""
    return next(one.key for one in chart().people(OPENING) if f"desk:{name}" in one.duties)


def colleague(*others: str) -> str:
    """Somebody in service with no desk, and none of these."""
    return next(
        one.key
        for one in chart().people(OPENING)
        if one.key not in others and one.serves_on(OPENING) and not one.external and not one.duties
    )


def rating_time() -> World:
    """A case that waits for its rating: planned, lived, reported on."""
    world = World()
    world.fire("submit", plan=plan(60, 40))
    for act in ("pass", "agree", "sign", "set_plan"):
        world.fire(act)
    world.wait_until(date(2027, 1, 4))
    world.fire("send", report={"achieved": "semua tercapai", "evidence": []})
    return world


def without(people: Chart, key: str, last_day: date) -> Chart:
    """The chart after this person's last day was set."""
    segments = tuple(replace(one, valid_to=last_day) if one.key == key else one for one in people.segments)
    return Chart(segments=segments, version=f"{people.version}+left")
