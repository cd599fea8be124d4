"""A clock that jumps while workers beat: nothing rings that is not due in truth, nobody is kept from working."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from os import urandom

import pytest

from api.settings import Settings
from api.wiring import Installation, Worker
from engine.core.codec import decode
from engine.core.command import Actor
from engine.core.identity.account import OPERATOR, NewAccount
from engine.core.privacy.official import Official
from engine.errors import Conflict, NotYours, ReasonMissing
from engine.outbox import Outbox
from engine.runtime import Engine
from engine.runtime.clock_guard import GuardedClock
from engine.runtime.privacy.beside import beside
from engine.store import Database, queries
from notifications.channels import KeptChannel
from tests.furnished import furnish
from tests.runtime.conftest import NOBODY, OPENING, TWO_UNITS, HandClock, set_up
from tests.runtime.storms import entries, rungs
from tests.worlds import HOUR, ordinary

DAY = 24 * HOUR
BEAT = 5_000_000
MONTH = 30 * DAY
PLAN = {"goals": [{"title": "Layanan", "weight": 100}]}


@dataclass
class Machine:
    """A machine with a wall clock that can be set, and one that only counts; `worker` beats on it."""

    place: str
    truth: int
    wall: HandClock = field(default_factory=HandClock)
    steady: int = 0
    workers: dict[str, Worker] = field(default_factory=dict)
    houses: dict[str, Installation] = field(default_factory=dict)

    def begin(self, name: str = "serve", host: str = "one") -> None:
        """Start a process with a heart."""
        guard = GuardedClock(self.wall, lambda: self.steady, limit=15 * 60_000_000)
        database = Database(self.place)
        house = Installation(
            settings=Settings(database=self.place, standstill_hours=24, catch_up="collapse"),
            database=database,
            engine=Engine(database, guard, guard),
            outbox=Outbox(database, urandom),
            channel=KeptChannel("siklus@localhost"),
            system=guard,
            guard=guard,
            travel=None,
            worker=f"{name}@{host}",
        )
        self.houses[name], self.workers[name] = house, Worker(house)

    @property
    def engine(self) -> Engine:
        return next(iter(self.houses.values())).engine

    def passes(self, microseconds: int) -> None:
        """Time passes for both clocks."""
        self.truth += microseconds
        self.wall.instant += microseconds
        self.steady += microseconds

    def jumps(self, microseconds: int) -> None:
        """Somebody sets the wall clock."""
        self.wall.instant += microseconds

    def is_set_right(self) -> None:
        self.wall.instant = self.truth

    def beats(self, times: int = 1) -> int:
        """Every worker beats; how many steps were taken."""
        steps = 0
        for _ in range(times):
            self.passes(BEAT)
            steps += sum(one.beat().steps for one in self.workers.values())
        return steps

    def stop(self, name: str) -> None:
        del self.workers[name]
        self.houses.pop(name).database.close()

    def told(self, stream: str = "clock") -> list[str]:
        with self.engine.database.read() as view:
            return [one.kind for one in queries.history(view, stream)]


@pytest.fixture
def machine(place: str) -> Iterator[Machine]:
    """A small agency on 1 December, its drafts open, one worker beating."""
    clock = HandClock()

    def fill(to: str) -> None:
        engine = set_up(to, clock, definition="tests/definitions/small", people=TWO_UNITS)
        engine.launch("small", opens=OPENING, year=2026, actor=NOBODY)
        engine.database.close()

    furnish(place, "a small agency with drafts", fill)
    made = Machine(place=place, truth=clock.instant)
    made.begin()
    made.beats()
    yield made
    for house in made.houses.values():
        house.database.close()


def test_after_a_jump_nothing_happens_by_itself_and_people_go_on_working(machine: Machine) -> None:
    """A month ahead: no rung, no move; an act bears the time that was counted, and what it arms is due by that."""
    key = ordinary(machine.engine.chart).key
    machine.jumps(MONTH)
    rang = machine.beats(3)
    case = machine.engine.cases(subject=key)[0]
    fired = machine.engine.fire(case.id, "submit", actor=Actor(person=key), forms={"plan": PLAN})
    (entry,) = fired.entries
    doubt = machine.engine.clock_watching.latest()

    assert 0 == rang
    assert not rungs(entries(machine.engine))
    assert entry.at <= machine.truth < entry.at + 2 * BEAT
    assert OPENING + timedelta(days=3) == fired.case.task.due_on
    assert doubt.is_open
    assert MONTH == doubt.ahead_us
    assert ["clock_doubted"] == machine.told()
    assert [] == machine.engine.verify()


def test_an_act_between_the_jump_and_the_next_beat_is_at_the_true_time_too(machine: Machine) -> None:
    key = ordinary(machine.engine.chart).key
    case = machine.engine.cases(subject=key)[0]
    machine.jumps(MONTH)
    machine.passes(BEAT)
    fired = machine.engine.fire(case.id, "submit", actor=Actor(person=key), forms={"plan": PLAN})

    assert ["moved"] == [one.kind for one in fired.entries]
    assert [machine.truth] == [one.at for one in fired.entries]


def test_every_process_goes_by_the_same_doubt(machine: Machine) -> None:
    """Another worker that saw nothing, one that begins in the midst of it, and a command that looks once."""
    machine.begin("work")
    machine.beats()
    machine.jumps(MONTH)
    machine.beats()
    machine.begin("later")
    rang = machine.beats(2)
    once = Engine(Database(machine.place), machine.wall)
    report = once.fire_due()
    followed = once.follow_chart()
    once.database.close()

    assert (0, 0, 0) == (rang, report.steps, followed)
    assert ["clock_doubted"] == machine.told()
    assert {0} == {abs(house.engine.now() - machine.truth) // (2 * BEAT) for house in machine.houses.values()}


def test_what_is_accepted_is_a_standstill_made_up_for_once(machine: Machine) -> None:
    """The office slept for a month, says the administrator: what was due rings by its policy, each rung once."""
    machine.begin("work")
    machine.beats()
    machine.jumps(MONTH)
    machine.beats(2)
    accepted = machine.engine.clock_watching.accept(who=None, reason="Jam peladen tertinggal sebulan.")
    machine.beats(3)
    machine.passes(HOUR)
    machine.beats(2)
    told = rungs(entries(machine.engine))

    assert "accepted" == accepted.state
    assert told
    assert {1} == set(told.values())
    assert MONTH <= machine.engine.standstills.latest().to_at - machine.engine.standstills.latest().from_at
    assert ["clock_doubted", "clock_accepted"] == machine.told()
    assert [] == machine.engine.verify()


def test_a_clock_that_comes_back_ends_the_doubt_by_itself(machine: Machine) -> None:
    """Nothing was lost: on its own day each rung rings, and no standstill is told."""
    machine.jumps(MONTH)
    machine.beats(2)
    machine.is_set_right()
    rang = machine.beats(2)
    for _ in range(18):
        machine.passes(DAY // 2)
        machine.beats()
    found = rungs(entries(machine.engine))

    assert 0 == rang
    assert {1} == set(found.values())
    assert {0, 1} <= {number for *_, number in found}
    assert ["clock_doubted", "clock_returned"] == machine.told()
    assert machine.engine.standstills.latest() is None
    assert [] == machine.engine.verify()


def test_a_worker_that_begins_again_in_a_doubt_says_when_the_clock_is_back(machine: Machine) -> None:
    machine.jumps(MONTH)
    machine.beats(2)
    machine.stop("serve")
    machine.passes(60_000_000)
    machine.begin("serve")
    machine.beats(2)
    assert machine.engine.clock_watching.latest().is_open
    machine.is_set_right()
    machine.beats()

    assert ["clock_doubted", "clock_returned"] == machine.told()


def test_a_jump_while_no_worker_ran_is_the_end_of_a_standstill(machine: Machine) -> None:
    """No steady clock reaches beyond a process: then the wall is believed, and the policy of standstills holds."""
    machine.stop("serve")
    machine.jumps(MONTH)
    machine.begin("serve")
    machine.beats()

    assert [] == machine.told()
    assert machine.engine.standstills.latest() is not None


def test_a_clock_that_goes_back_arms_nothing_and_fires_nothing_twice(machine: Machine) -> None:
    """Ten days on, then ten days back, told once; entries of a case never run back, and beats go on."""
    machine.begin("work")
    for _ in range(10):
        machine.passes(DAY)
        machine.beats()
    before = rungs(entries(machine.engine))
    machine.jumps(-10 * DAY)
    again = machine.beats(5)
    key = ordinary(machine.engine.chart).key
    case = machine.engine.cases(subject=key)[0]
    machine.engine.fire(case.id, "submit", actor=Actor(person=key), forms={"plan": PLAN})
    back = machine.engine.clock_watching.latest_set_back()
    for _ in range(11):
        machine.passes(DAY)
        machine.beats()
    after = rungs(entries(machine.engine))
    with machine.engine.database.read() as view:
        lines = [queries.history(view, one.stream) for one in queries.cases(view, limit=200)]
        beats = [one.at for one in view.beats()]

    assert before
    assert 0 == again
    assert 10 * DAY == pytest.approx(back.from_at - back.to_at, abs=10 * BEAT)
    assert ["clock_set_back"] == machine.told()
    assert {1} == set(after.values())
    assert all(sorted(at) == at for at in ([line.at for line in one] for one in lines))
    assert max(beats) <= machine.wall.instant
    assert [] == machine.engine.verify()


def test_a_worker_that_begins_before_what_was_told_says_that_the_clock_went_back(machine: Machine) -> None:
    machine.stop("serve")
    machine.jumps(-DAY)
    machine.begin("serve")
    machine.beats(2)

    assert ["clock_set_back"] == machine.told()


def test_administrators_are_told_once_by_letter_and_only_they_accept(machine: Machine) -> None:
    key = ordinary(machine.engine.chart).key
    admin = machine.engine.accounts.create(
        NewAccount(login="admin", name="Admin Satu", person=key, roles=frozenset({"administrator"})),
        by=OPERATOR,
    )
    machine.jumps(MONTH)
    machine.beats(4)
    told = [one for one in machine.engine.messages(key) if one.kind == "clock_doubted"]
    watching = machine.engine.clock_watching

    assert 1 == len(told)
    with pytest.raises(NotYours):
        watching.accept(who=Official(person=key, account="x", roles=frozenset({"auditor"})), reason="Benar.")
    with pytest.raises(ReasonMissing):
        watching.accept(who=None, reason=" ")
    watching.accept(who=Official(person=key, account=admin.id, roles=admin.roles), reason="Benar.")
    with pytest.raises(Conflict):
        watching.accept(who=None, reason="Sekali lagi.")
    with machine.engine.database.read() as view:
        entry = queries.history(view, "clock")[-1]
        reasons = [(said.by, words) for said, words in beside(view) if said.stream == "clock"]
    assert [(key, "Benar.")] == reasons, "a reason that can be found can be erased"
    assert {"person": key, "account": admin.id} == decode(entry.body)["actor"]


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(one, marks=pytest.mark.long) for one in range(2, 20))])
def test_whatever_a_clock_does_nothing_rings_before_its_time_and_nothing_twice(
    machine: Machine, seed: int
) -> None:
    """Days pass, the wall is set ahead and back and right again, a worker dies and begins: truth decides."""
    chance = random.Random(seed)
    machine.begin("work")
    machine.beats()
    wrong, seen = False, Counter[str]()
    for _ in range(30):
        act = chance.choice(("pass", "pass", "pass", "ahead", "right", "again"))
        if act == "pass":
            machine.passes(chance.randrange(HOUR, 2 * DAY))
        elif act == "ahead" and not wrong:
            machine.jumps(chance.randrange(HOUR, MONTH))
            wrong = True
        elif act == "right" and wrong:
            machine.is_set_right()
            wrong = False
        elif act == "again" and not wrong:
            machine.stop("work")
            machine.begin("work")
        seen[act] += 1
        armed = {one.id: (one.version, one.next_at) for one in machine.engine.cases(limit=200)}
        machine.beats()
        for one in machine.engine.cases(limit=200):
            version, next_at = armed[one.id]
            assert one.version == version or next_at <= machine.truth
    told = entries(machine.engine)

    assert set(rungs(told).values()) <= {1}
    assert max(seen.values()) < 30
    assert [] == machine.engine.verify()
    with machine.engine.database.read() as view:
        lines = [
            line.at for one in queries.cases(view, limit=200) for line in queries.history(view, one.stream)
        ]
    assert max(lines) <= machine.truth


def test_a_real_rung_rings_on_its_day_beside_a_doubt_that_was_over_long_ago(machine: Machine) -> None:
    machine.jumps(2 * HOUR)
    machine.beats()
    machine.is_set_right()
    machine.beats()
    while machine.truth < machine.engine.next_at():
        machine.passes(HOUR)
    assert machine.beats() > 0
    assert date(2025, 12, 5) == OPENING + timedelta(days=(machine.truth - HandClock().instant) // DAY)
