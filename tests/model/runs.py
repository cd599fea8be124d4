"""Runs of a crowd of cases: from a seed to a stage, to the end or to a story of what went wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date

from tests.model.asked import Event
from tests.model.clocks import HOURS
from tests.model.comparing import Unlike
from tests.model.crowd import Crowd
from tests.model.days import Days
from tests.model.premises import first_days_off
from tests.model.stage import Stage
from tests.model.story import of_one, shortest, told
from tests.model.world import World

#: cases on one installation
CROWD = 50
_ZONES = (
    "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
)  # fmt: skip

#: gives the address of a furnished database of one's own
Place = Callable[[], AbstractContextManager[str]]


def play(seeds: Iterable[int], place: Place, *, crowd: int = CROWD) -> Counter[str]:
    """Run a crowd for each seed; how often everything came to pass. Raises: AssertionError with a short story."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        scene = _Scene(seed, place)
        events: list[Event] = []
        try:
            scene.run(crowd, seen, events)
        except Unlike as unlike:
            raise AssertionError(scene.story(events, unlike.case)) from unlike
        seen["runs"] += crowd
    return seen


class _Scene:
    """When and where the run of a seed takes place."""

    def __init__(self, seed: int, place: Place) -> None:
        chance = random.Random(f"scene {seed}")
        day = date(chance.randint(2024, 2031), chance.randint(1, 12), chance.randint(1, 28))
        self.seed, self.opens, self.zone = seed, day.toordinal() * HOURS + 8, chance.choice(_ZONES)
        self._place = place

    def run(self, crowd: int, seen: Counter[str], events: list[Event]) -> None:
        """To the end; `events` are those that were chosen. Raises: Unlike."""
        with self._place() as url:
            stage = self._stage(url, crowd, seen)
            try:
                for event in Crowd(f"crowd {self.seed}", stage.world).events():
                    events.append(event)
                    stage.do(event)
                stage.look_at_letters()
            finally:
                stage.close()

    def story(self, events: Sequence[Event], case: int) -> str:
        """As few events of that one case as still go wrong, and how."""
        left, why = shortest(of_one(events, case), self._alone)
        opens = date.fromordinal(self.opens // HOURS)
        return f"seed {self.seed}, {self.zone}, launched on {opens:%A} {opens} 08.00\n{told(left, why)}"

    def _alone(self, events: Sequence[Event]) -> str:
        with self._place() as url:
            stage = self._stage(url, 1, Counter())
            try:
                for event in events:
                    stage.do(event)
                stage.look_at_letters()
            except Unlike as unlike:
                return str(unlike)
            finally:
                stage.close()
        return ""

    def _stage(self, url: str, crowd: int, seen: Counter[str]) -> Stage:
        year = date.fromordinal(self.opens // HOURS).year
        world = World(now=self.opens, days=Days(first_days_off()), year=year, seen=seen)
        return Stage(url, offices=crowd, opens=self.opens, zone=self.zone, world=world)
