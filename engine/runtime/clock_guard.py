"""The machine's clock as a process goes by it: held against a steady one at every look, not only at every beat."""

from __future__ import annotations

from collections.abc import Callable

from engine.clock import Clock
from engine.core.clock_doubt import Tick, Watch, believed

__all__ = ["GuardedClock"]


class GuardedClock:
    """A wall clock that is not believed from the moment on at which it runs ahead of a steady one.

    `watch` is what it is held against; each beat sets it anew.
    """

    def __init__(self, wall: Clock, steady: Callable[[], int], *, limit: int) -> None:
        self._wall = wall
        self._steady = steady
        self.limit = limit
        self.watch = Watch(self.tick(), fresh=True)

    def tick(self) -> Tick:
        """What both clocks say."""
        return Tick(self._wall.now(), self._steady())

    def now(self) -> int:
        """The present as integer microseconds since 1970-01-01 UTC, as far as it can be believed."""
        return believed(self.watch.base, self.tick(), self.limit)
