"""How time keeps up, in figures: what is armed, what is due, how late, and what a worker cannot get done."""

from __future__ import annotations

from dataclasses import dataclass

from engine.runtime.library import Library
from engine.store import parking, queries
from engine.store.database import Database

__all__ = ["AlarmFigures", "Alarms"]

#: a case that is due for so long is parked, or nobody looks at the clock
STUCK_AFTER_US = 10 * 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFigures:
    """Cases with an alarm, those whose alarm is due now, and how late the first is.

    `stuck` have been due for long; `parked` failed again and again, and are left alone for a while.
    """

    armed: int
    due: int
    overdue_us: int
    stuck: int
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
                stuck=queries.armed(view, until=now - STUCK_AFTER_US),
                parked=sum(one.due_at <= now for one in parking.all_of(view.driver)),
            )
