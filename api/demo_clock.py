"""The business clock of a demo: it stands still until it is moved, forward only, and stops wherever something is due.

The instant is kept in the database, so that every process on it sees the same day. Leases, sessions and heartbeats
run on the system clock and know nothing of this one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from api.travelling import Journey
from engine.core.case import NEVER, Case
from engine.core.zones import local_date, midnight
from engine.errors import Conflict
from engine.runtime import Engine
from engine.store.database import Database

#: the zone of the demo's agency
ZONE = "Asia/Makassar"
_HOUR = 3_600_000_000
_DAY = 24 * _HOUR
#: Monday 1 December 2025, 08:00 WITA: the day the first cycle opens
BEGINNING = midnight(date(2025, 12, 1).toordinal(), ZONE) + 8 * _HOUR

#: where a day begins last in the country: from then on it is that day for everybody
_LAST_ZONE = "Asia/Jakarta"

_NOTE = "clock"
_PAGE = 500


class DemoClock:
    """Tells the instant a demo's database stands at."""

    def __init__(self, database: Database) -> None:
        assert database.kind == "demo", "only a demo's clock can be moved"
        self._database = database

    def now(self) -> int:
        """The demo's present instant, microseconds UTC."""
        with self._database.read() as unit:
            kept = unit.meta(_NOTE)
        return BEGINNING if kept is None else int(kept)

    def move_to(self, instant: int) -> None:
        """Stand at a later instant from now on. Raises: Conflict if the clock is past it already."""
        with self._database.write() as unit:
            kept = unit.meta(_NOTE)
            before = BEGINNING if kept is None else int(kept)
            if instant < before:
                raise Conflict(
                    f"the demo's clock only moves forward: it stands at {local_date(before, ZONE)} already, and"
                    f" cannot go back to {local_date(instant, ZONE)}; try again from there"
                )
            if instant > before:
                unit.put_meta(_NOTE, str(instant))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What happened on one journey: from where to where, and what fired on the way."""

    begun_at: int
    ended_at: int
    stops: int
    cases: int
    steps: int
    followed: int
    failed: tuple[tuple[str, str], ...]


class Travel:
    """Moves a demo's clock and lets everything on the way happen, in order, at the instant it was due."""

    def __init__(self, engine: Engine, clock: DemoClock) -> None:
        self._engine = engine
        self._clock = clock
        self._moving = threading.Lock()

    def now(self) -> int:
        """The demo's present instant, microseconds UTC."""
        return self._clock.now()

    def today(self, zone: str) -> date:
        """The civil day it is in the demo, in that zone."""
        return local_date(self.now(), zone)

    def advance(self, kind: Journey) -> Trip:
        """Move on by a day, a week, or to the next event; without a next event the clock stays."""
        now = self.now()
        if kind == "next":
            upcoming = self.upcoming()
            return self.go(now if upcoming is None else upcoming)
        return self.go(now + (_DAY if kind == "day" else 7 * _DAY))

    def upcoming(self) -> int | None:
        """The next instant at which something happens by itself; None if nothing will."""
        return self._due_after(self.now())

    def go(self, until: int) -> Trip:
        """Move on to an instant, stopping at everything due before it. Raises: Conflict, if that lies in the past."""
        with self._moving:
            begun = self.now()
            stops = cases = steps = followed = 0
            failed: dict[str, str] = {}
            for instant in self._stops(until):
                self._clock.move_to(instant)
                done = self._engine.fire_due()
                followed += self._engine.follow_chart()
                stops += 1
                cases += done.cases
                steps += done.steps
                failed.update(done.failed)
        return Trip(
            begun_at=begun,
            ended_at=until,
            stops=stops,
            cases=cases,
            steps=steps,
            followed=followed,
            failed=tuple(failed.items()),
        )

    def _stops(self, until: int) -> Iterator[int]:
        """Every instant to stand at: each due instant, the first of each day the chart names, and the last one.

        Asked anew after every stop, because what fires there may arm something that is due before the next.
        """
        while True:
            now = self.now()
            ahead = (self._due_after(now), self._turn_after(now, until))
            coming = min((at for at in ahead if at is not None and at < until), default=None)
            if coming is None:
                yield until
                return
            yield coming

    def _due_after(self, now: int) -> int | None:
        """The earliest due instant after now. What is overdue and does not fire (a case that fails) is passed over."""
        earliest = self._engine.next_at()
        if earliest is None or earliest > now:
            return earliest
        ahead = [case.next_at for case in self._open_cases() if now < case.next_at < NEVER]
        return min(ahead, default=None)

    def _turn_after(self, now: int, until: int) -> int | None:
        """The beginning of the next day on which the chart reads differently, if it is not after `until`."""
        today, last = local_date(now, _LAST_ZONE), local_date(until, _LAST_ZONE)
        if today == last:
            return None
        for day in self._engine.chart.change_days(today, last + timedelta(1)):
            begins = midnight(day.toordinal(), _LAST_ZONE)
            if now < begins:
                return begins
        return None

    def _open_cases(self) -> Iterator[Case]:
        after = ""
        while True:
            page = self._engine.cases(open_only=True, after=after, limit=_PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].id
