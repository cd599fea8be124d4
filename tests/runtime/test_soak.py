"""A year at once: people act, two hearts beat, the clock jumps about; then everything is checked."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

import pytest

from engine.core.codec import decode
from engine.core.command import Actor
from engine.errors import SiklusError
from engine.runtime import Engine
from engine.store import queries
from tests.runtime.conftest import Agency
from tests.worlds import HOUR, plan

pytestmark = pytest.mark.long

_FORMS = {
    "plan": plan(55, 45),
    "change": {"what": "a", "why": "b"},
    "dialogue": {"feedback": "a"},
    "report": {"achieved": "a", "evidence": []},
    "rating": {"results": "below", "behaviour": "below", "reasons": "a"},
    "objection": {"grounds": "a", "evidence": []},
    "employee_explanation": {"text": "a"},
    "rater_explanation": {"text": "a"},
    "recognition": {"award": "talent_pool", "citation": "a"},
    "improvement_plan": {"missed": "a", "help": "b", "judged_by": "c"},
    "outcome": {"verdict": "not_improved", "reasons": "a"},
    "test": {"suits": "other_post", "reasons": "a"},
    "decree": {"consequence": "moved", "reasons": "a"},
}


@dataclass
class Crowd:
    """What those at work share: when to stop, what went wrong, and a tick for each thing tried."""

    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    failures: list[str] = field(default_factory=list)

    def wait_for(self, tries: int) -> None:
        for _ in range(tries):
            assert self.done.acquire(timeout=60)


class Worker(threading.Thread):
    """Somebody at work until told to stop; what was not a refusal of ours is kept as a failure."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__()
        self.crowd = crowd

    def run(self) -> None:
        while not self.crowd.stop.is_set():
            try:
                self.once()
            except SiklusError:
                pass
            except Exception as error:  # noqa: BLE001 - told at the end
                self.crowd.failures.append(repr(error))
                return
            finally:
                self.crowd.done.release()

    def once(self) -> None:
        raise NotImplementedError


class Heart(Worker):
    """Sweeps whatever is due, over and over."""

    def __init__(self, engine: Engine, crowd: Crowd) -> None:
        super().__init__(crowd)
        self._engine = engine

    def once(self) -> None:
        report = self._engine.fire_due()
        self.crowd.failures.extend(str(one) for one in report.failed)


class People(Worker):
    """Acts on random cases as whoever holds the task, and now and then as somebody who does not."""

    def __init__(self, engine: Engine, seed: int, crowd: Crowd) -> None:
        super().__init__(crowd)
        self._engine, self._dice = engine, random.Random(seed)

    def once(self) -> None:
        case = self._dice.choice(self._engine.cases(limit=200))
        view = self._engine.case(case.id, case.task.holder if case.task else case.subject)
        if not view.options:
            return
        option = self._dice.choice(view.options)
        forms = {option.form: _FORMS[option.form]} if option.form else {}
        people = [one.key for one in view.scene.chart.segments]
        actor = case.task.holder if case.task and self._dice.random() < 0.9 else self._dice.choice(people)
        self._engine.fire(
            case.id, option.transition.name, actor=Actor(person=actor), forms=forms, reason="karena",
            visit=case.visit, key=f"k-{self._dice.random()}",
        )  # fmt: skip


def test_a_crowded_year_leaves_a_whole_log_and_nothing_twice(agency: Agency) -> None:
    """Four people, two hearts, 300 jumps of the clock: every stream verifies, each rung and message is unique."""
    crowd = Crowd()
    other = agency.another()
    workers: list[Worker] = [Heart(agency.engine, crowd), Heart(other, crowd)]
    workers += [People(one, seed, crowd) for seed, one in enumerate((agency.engine, other) * 2)]
    for worker in workers:
        worker.start()
    dice = random.Random(7)
    for _ in range(300):
        crowd.wait_for(60)
        agency.clock.instant += dice.choice((HOUR, 24 * HOUR, 3 * 24 * HOUR, -HOUR))
    crowd.stop.set()
    for worker in workers:
        worker.join()
    while (at := agency.engine.next_at()) is not None:
        agency.clock.instant = max(at, agency.clock.instant)
        assert () == agency.engine.fire_due().failed
    rungs, told, ends = [], [], []
    with agency.engine.database.read() as view:
        cases = queries.cases(view, limit=200)
        for case in cases:
            ends.append(bool(case.ended))
            for entry in queries.history(view, case.stream):
                facts = decode(entry.body)
                if entry.kind == "rung":
                    cause = facts["cause"]
                    rungs.append(
                        (case.id, facts["visit"], cause["deadline"], cause["generation"], cause["rung"])
                    )
        for person in {one.key for one in agency.engine.chart.segments}:
            told += [letter.key for letter in queries.messages_of(view, person, limit=100_000)]
    other.database.close()

    assert [] == crowd.failures
    assert all(ends)
    assert len(rungs) == len(set(rungs))
    assert len(told) == len(set(told))
    assert [] == agency.engine.verify()
