"""Cases that time could not move: left alone for longer and longer, told to whoever can mend them, harmless to others.

They are rows of the database: every process leaves the same cases alone, and a restart forgets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.errors import NotFound
from engine.runtime.library import Library
from engine.store import parking
from engine.store.database import Database
from engine.store.unit import Unit
from engine.store.values import Parked
from engine.store.view import View

__all__ = ["Parking"]

_MINUTE = 60_000_000
#: waits after the first, second ... failure of one case
_WAITS = (0, _MINUTE, 5 * _MINUTE, 30 * _MINUTE, 120 * _MINUTE)
_LONGEST = 500


class Parking:
    """Parks cases and lets them go."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def listed(self) -> tuple[Parked, ...]:
        """The cases that time could not move and that are still due, the first to fail first."""
        now = self._library.now()
        with self._database.read() as view:
            return tuple(one for one in parking.all_of(view.driver) if one.due_at <= now)

    def unpark(self, case_id: str) -> None:
        """Let a case be tried again with the next beat, as if it had never failed. Raises: NotFound."""
        with self._database.write() as unit:
            there = [one.case_id for one in parking.all_of(unit.driver)]
            if not parking.drop(unit.driver, (case_id,)):
                raise NotFound("parked case", case_id, there)

    def known(self, view: View) -> Mapping[str, Parked]:
        """Every parked case, by its id."""
        return {one.case_id: one for one in parking.all_of(view.driver)}

    def all_held(self, view: View, known: Mapping[str, Parked], now: int) -> bool:
        """Whether nothing is due but cases that are left alone now: then no sweep needs to take a lock."""
        held = {name for name, one in known.items() if one.until > now}
        return bool(held) and parking.due_of(view.driver, now, len(held) + 1) <= held

    def park(self, failed: Mapping[str, str]) -> None:
        """Cases failed, and why: each is tried once more at once, and then after longer and longer waits."""
        now = self._library.now()
        with self._database.write() as unit:
            known = self.known(unit)
            for case_id, why in sorted(failed.items()):
                before = known.get(case_id)
                times = before.times + 1 if before is not None else 1
                since = before.since if before is not None else now
                wait = _WAITS[min(times, len(_WAITS)) - 1]
                parking.put(unit.driver, case_id, times, since, now + wait, why[:_LONGEST])

    def let_go(self, unit: Unit, case_ids: Iterable[str]) -> None:
        """Cases could be moved after all, in this unit or before it."""
        gone = tuple(case_ids)
        if gone:
            parking.drop(unit.driver, gone)
