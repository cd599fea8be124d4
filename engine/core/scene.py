"""What surrounds a step: the instant, the calendar, the people, and 32 random bytes. Read once, then an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.core.calendar import Calendar
from engine.core.chart import Chart
from engine.core.glass import Glass
from engine.core.interruptions import Outage, Standstill


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The world as one step sees it. `seed` is the source of all salts of the step and is not kept."""

    now: int
    calendar: Calendar
    chart: Chart
    seed: bytes
    #: outages that last
    outages: tuple[Outage, ...] = ()
    #: the latest time for which the engine did not look at the clock
    standstill: Standstill | None = None
    #: cases that two people have opened to one for some hours, as long as that lasts
    glass: tuple[Glass, ...] = ()

    def today(self, zone: str) -> date:
        """The civil day it is in that zone."""
        return self.calendar.date_of(self.now, zone)
