"""Time passes: claim cases whose alarms have come, step each in memory, write the batch in one transaction.

A case that cannot be stepped is left out and named; a batch that cannot be written is halved until the one case
that spoils it stands alone, so that it never blocks its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from engine.core.case import Case
from engine.core.effects import Step
from engine.core.scene import Scene
from engine.core.step import settle
from engine.errors import SiklusError
from engine.runtime.library import Library, in_unit
from engine.runtime.on_demand import contents_of
from engine.runtime.reports import DueReport
from engine.store.database import Database
from engine.store.unit import Unit

#: cases per transaction: at 60 microseconds a case, locks are held for about a sixth of a second
BATCH = 2_500
_MINUTE = 60_000_000
#: waits after the first, second ... failure of one case
_WAITS = (0, _MINUTE, 5 * _MINUTE, 30 * _MINUTE, 120 * _MINUTE)

_After = tuple[int, str]


@dataclass(slots=True)
class _Sweep:
    """What a sweep, or a batch of it, has come to."""

    failed: list[tuple[str, str]] = field(default_factory=list)
    late_us: int = 0
    parked: int = 0

    def add(self, batch: _Sweep) -> None:
        """Take up what came of a batch that was written."""
        self.failed += batch.failed
        self.late_us = max(self.late_us, batch.late_us)
        self.parked += batch.parked


class Parking:
    """Cases that failed again and again, and how long each is left alone; forgotten with the process."""

    def __init__(self) -> None:
        self._failed: dict[str, tuple[int, int]] = {}

    def park(self, case_id: str, now: int) -> None:
        """A case failed: it is tried once more at once, and then after longer and longer waits."""
        times = self._failed.get(case_id, (0, 0))[0] + 1
        wait = _WAITS[min(times, len(_WAITS)) - 1]
        self._failed[case_id] = (times, now + wait)

    def forget(self, case_id: str) -> None:
        """A case could be stepped after all."""
        self._failed.pop(case_id, None)

    def holds(self, case_id: str, now: int) -> bool:
        """Whether a case is to be left alone."""
        return self._failed.get(case_id, (0, 0))[1] > now


class Passing:
    """Lets due alarms ring."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self._parking = Parking()

    def fire_due(self, *, limit: int = 1_000_000, batch: int = BATCH) -> DueReport:
        """Ring every alarm that is due now, in batches, at most `limit` cases."""
        sweep = _Sweep()
        cases = steps = 0
        after: _After | None = None
        with self._database.read() as view:
            first = view.next_at()
        if first is None or first > self._library.now():
            limit = 0  # nothing is due: no sweep takes the lock that acts of people wait for
        while cases < limit:
            done = self._batch(min(batch, limit - cases), after, sweep)
            cases += done[0]
            steps += done[1]
            after = done[2]
            if after is None:
                break
        now = self._library.now()
        for case_id, _ in sweep.failed:
            self._parking.park(case_id, now)
        return DueReport(
            cases=cases, steps=steps, failed=tuple(sweep.failed), late_us=sweep.late_us, parked=sweep.parked
        )

    def _batch(self, size: int, after: _After | None, sweep: _Sweep) -> tuple[int, int, _After | None]:
        """One claimed batch: cases taken, steps written, and where to go on (None when nothing is left).

        Raises: what the claim itself raised; there is nothing to halve then.
        """
        claimed: Sequence[Case] = ()
        named = _Sweep()
        try:
            with self._database.write() as unit:
                claimed = unit.claim_due(self._library.now(), size, after)
                steps = self._steps(unit, claimed, named)
                if steps:
                    unit.save(steps)
        except SiklusError as spoiled:
            if not claimed:
                raise
            if size == 1:
                sweep.failed.append((claimed[0].id, str(spoiled)))
                return 1, 0, _place(claimed[0])
            return self._halves(size, after, sweep)
        sweep.add(named)
        last = _place(claimed[-1]) if len(claimed) == size else None
        return len(claimed), len(steps), last

    def _halves(self, size: int, after: _After | None, sweep: _Sweep) -> tuple[int, int, _After | None]:
        first = self._batch(size // 2, after, sweep)
        if first[2] is None:
            return first
        second = self._batch(size - size // 2, first[2], sweep)
        return first[0] + second[0], first[1] + second[1], second[2]

    def _steps(self, unit: Unit, claimed: Sequence[Case], sweep: _Sweep) -> list[Step]:
        """The steps of all claimed cases; one that fails is named and left as it was."""
        steps: list[Step] = []
        scenes: dict[str, Scene] = {}
        at_home: dict[tuple[str, str, str], Scene] = {}
        calendars = self._library.calendars(unit)
        now = self._library.now()
        for case in claimed:
            if self._parking.holds(case.id, now):
                sweep.parked += 1
                continue
            try:
                machine = self._library.machine(unit, case.definition)
                where = (case.definition, case.unit, case.zone)
                scene = at_home.get(where)
                if scene is None:
                    whole = scenes.get(case.definition)
                    if whole is None:
                        whole = scenes[case.definition] = self._library.scene(unit, machine)
                    scene = at_home[where] = in_unit(calendars, machine, whole, case.unit, case.zone)
                if scene.now < case.last_at:
                    scene = replace(scene, now=case.last_at)
                contents = contents_of(unit, self._library, machine, case, scene)
                steps.extend(settle(machine, case, contents, scene, until=scene.now))
                sweep.late_us = max(sweep.late_us, scene.now - case.next_at)
                self._parking.forget(case.id)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one case must not stop the others
                sweep.failed.append((case.id, f"{type(error).__name__}: {error}"))
        return steps


def _place(case: Case) -> _After:
    """Where a sweep goes on: a case that could not be moved on must not come again in the same sweep."""
    return case.next_at, case.id
