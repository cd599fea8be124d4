"""How time keeps up, in figures: what is armed, what is due, how late, and what a worker cannot get done."""

from __future__ import annotations

from dataclasses import dataclass

from engine.runtime.library import Library
from engine.store import queries
from engine.store.database import Database

__all__ = ["AlarmFigures", "Alarms"]

#: a case that is due for so long was parked after failing again and again, or nobody looks at the clock
PARKED_AFTER_US = 10 * 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFigures:
    """Cases with an alarm, those whose alarm is due now, how late the first is, and how many are late for long."""

    armed: int
    due: int
    overdue_us: int
    parked: int


class Alarms:
    """Counts alarms; changes nothing."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def figures(self) -> AlarmFigures:
        """How time keeps up at this moment."""
        now = self._library.now()
        with self._database.read() as view:
            first = view.next_at()
            return AlarmFigures(
                armed=queries.armed(view),
                due=queries.armed(view, until=now),
                overdue_us=max(0, now - first) if first is not None else 0,
                parked=queries.armed(view, until=now - PARKED_AFTER_US),
            )
