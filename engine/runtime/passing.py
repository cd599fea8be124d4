"""Time passes: claim cases whose alarms have come, step each in memory, write the batch in one transaction.

A case that cannot be stepped is left out and named; a batch that cannot be written is halved until the one case
that spoils it stands alone, so that it never blocks its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.core.case import Case
from engine.core.effects import Step
from engine.core.scene import Scene
from engine.core.step import settle
from engine.errors import SiklusError
from engine.runtime.library import Library, in_unit
from engine.runtime.on_demand import contents_of
from engine.runtime.parking import Parking
from engine.runtime.reports import DueReport
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.values import Parked

#: cases per transaction: at 60 microseconds a case, locks are held for about a sixth of a second
BATCH = 2_500

_After = tuple[int, str]


@dataclass(slots=True)
class _Sweep:
    """What a sweep, or a batch of it, has come to; `known` are the cases that failed before it."""

    known: Mapping[str, Parked]
    #: what is kept of why cases failed: an error that is not ours may quote what people wrote
    why: dict[str, str] = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)
    late_us: int = 0
    parked: int = 0

    def fail(self, case_id: str, error: Exception) -> None:
        """Name a case that could not be moved."""
        kind = type(error).__name__
        self.failed.append((case_id, f"{kind}: {error}"))
        self.why[case_id] = f"{kind}: {error}" if isinstance(error, SiklusError) else kind

    def add(self, batch: _Sweep) -> None:
        """Take up what came of a batch that was written."""
        self.failed += batch.failed
        self.why |= batch.why
        self.late_us = max(self.late_us, batch.late_us)
        self.parked += batch.parked


class Passing:
    """Lets due alarms ring."""

    def __init__(self, database: Database, library: Library, parking: Parking) -> None:
        self._database = database
        self._library = library
        self._parking = parking

    def fire_due(self, *, limit: int = 1_000_000, batch: int = BATCH) -> DueReport:
        """Ring every alarm that is due now, in batches, at most `limit` cases; none while the clock is in doubt."""
        with self._database.read() as view:
            self._library.doubt(view)
            if self._library.in_doubt:
                return DueReport(cases=0, steps=0, failed=(), late_us=0)
            first, now = view.next_at(), self._library.now()
            known = self._parking.known(view)
            held = queries.held_is_over(view, now)
            nothing = first is None or first > now or self._parking.all_held(view, known, now)
        sweep = _Sweep(known=known)
        self._mended(known, now)
        if held:
            with self._database.write() as unit:
                unit.let_go(now)
        if nothing:  # no sweep takes the lock that acts of people wait for
            return DueReport(cases=0, steps=0, failed=(), late_us=0, parked=_held(known, now))
        cases = steps = 0
        after: _After | None = None
        while cases < limit:
            done = self._batch(min(batch, limit - cases), after, sweep)
            cases += done[0]
            steps += done[1]
            after = done[2]
            if after is None:
                break
        if sweep.failed:
            self._parking.park(sweep.why)
        return DueReport(
            cases=cases, steps=steps, failed=tuple(sweep.failed), late_us=sweep.late_us, parked=sweep.parked
        )

    def _mended(self, known: Mapping[str, Parked], now: int) -> None:
        """Forget the failures of cases that somebody has moved on since."""
        gone = [name for name, one in known.items() if one.due_at > now]
        if gone:
            with self._database.write() as unit:
                self._parking.let_go(unit, gone)

    def _batch(self, size: int, after: _After | None, sweep: _Sweep) -> tuple[int, int, _After | None]:
        """One claimed batch: cases taken, steps written, and where to go on (None when nothing is left).

        Raises: what the claim itself raised; there is nothing to halve then.
        """
        claimed: Sequence[Case] = ()
        named = _Sweep(known=sweep.known)
        try:
            with self._database.write() as unit:
                claimed = unit.claim_due(self._library.now(), size, after)
                steps = self._steps(unit, claimed, named)
                if steps:
                    unit.save(steps)
                    self._parking.let_go(unit, {one.case.id for one in steps} & sweep.known.keys())
        except SiklusError as spoiled:
            if not claimed:
                raise
            if size == 1:
                sweep.fail(claimed[0].id, spoiled)
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
            if case.id in sweep.known and sweep.known[case.id].until > now:
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
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one case must not stop the others
                sweep.fail(case.id, error)
        return steps


def _place(case: Case) -> _After:
    """Where a sweep goes on: a case that could not be moved on must not come again in the same sweep."""
    return case.next_at, case.id


def _held(known: Mapping[str, Parked], now: int) -> int:
    """How many cases that are due are left alone now."""
    return sum(one.due_at <= now < one.until for one in known.values())
