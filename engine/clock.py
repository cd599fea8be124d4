"""Where time comes from: the only caller of the system clock. Everything else receives instants as arguments."""

from __future__ import annotations

import time
from typing import Protocol

#: a clock that only counts, also while the machine sleeps: a machine that slept stood still, its clock did not jump
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> int:
        """The present as integer microseconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """The present as integer microseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000

    def steady(self) -> int:
        """Microseconds that nobody can set, from anywhere."""
        return time.clock_gettime_ns(_STEADY) // 1_000
