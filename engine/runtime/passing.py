"""Time passes: claim cases whose alarms have come, step each in memory, write the batch in one transaction.

A case that cannot be stepped is left out and named; a batch that cannot be written is halved until the one case
that spoils it stands alone, so that it never blocks its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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

_Failures = list[tuple[str, str]]
_After = tuple[int, str]


class Passing:
    """Lets due alarms ring."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def fire_due(self, *, limit: int = 1_000_000, batch: int = BATCH) -> DueReport:
        """Ring every alarm that is due now, in batches, at most `limit` cases."""
        cases = steps = 0
        failed: _Failures = []
        after: _After | None = None
        while cases < limit:
            done = self._batch(min(batch, limit - cases), after, failed)
            cases += done[0]
            steps += done[1]
            after = done[2]
            if after is None:
                break
        return DueReport(cases=cases, steps=steps, failed=tuple(failed))

    def _batch(self, size: int, after: _After | None, failed: _Failures) -> tuple[int, int, _After | None]:
        """One claimed batch: cases taken, steps written, and where to go on (None when nothing is left).

        Raises: what the claim itself raised; there is nothing to halve then.
        """
        claimed: Sequence[Case] = ()
        named: _Failures = []
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
                failed.append((claimed[0].id, str(spoiled)))
                return 1, 0, _place(claimed[0])
            return self._halves(size, after, failed)
        failed.extend(named)
        last = _place(claimed[-1]) if len(claimed) == size else None
        return len(claimed), len(steps), last

    def _halves(self, size: int, after: _After | None, failed: _Failures) -> tuple[int, int, _After | None]:
        first = self._batch(size // 2, after, failed)
        if first[2] is None:
            return first
        second = self._batch(size - size // 2, first[2], failed)
        return first[0] + second[0], first[1] + second[1], second[2]

    def _steps(self, unit: Unit, claimed: Sequence[Case], failed: _Failures) -> list[Step]:
        """The steps of all claimed cases; one that fails is named and left as it was."""
        steps: list[Step] = []
        scenes: dict[str, Scene] = {}
        at_home: dict[tuple[str, str, str], Scene] = {}
        calendars = self._library.calendars(unit)
        for case in claimed:
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
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one case must not stop the others
                failed.append((case.id, f"{type(error).__name__}: {error}"))
        return steps


def _place(case: Case) -> _After:
    """Where a sweep goes on: a case that could not be moved on must not come again in the same sweep."""
    return case.next_at, case.id
