"""A clock that stands where it was put."""

from __future__ import annotations


class ManualClock:
    """A `Clock` for tests: it shows the instant it was given until it is given another."""

    def __init__(self, at: int) -> None:
        """`at` is an instant, microseconds UTC."""
        self._at = at

    def now(self) -> int:
        """The instant it shows, microseconds UTC."""
        return self._at

    def put(self, at: int) -> None:
        """Show this instant from now on; it may not lie before the one shown."""
        assert at >= self._at, "time does not run backwards"
        self._at = at
