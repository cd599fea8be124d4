"""Where time comes from: the only caller of the system clock. Everything else receives instants as arguments."""

from __future__ import annotations

import time
from typing import Protocol


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
