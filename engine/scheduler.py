"""The heartbeat: the one door to APScheduler, which does nothing here but tick.

Deadlines are rows; a beat claims what is due. One in-memory interval job per process: its default would drop a job
that is a second late, a shared job store runs jobs twice, and its store pickles. After a backward step of the
system clock an interval job sleeps until the old time comes round again, so a watchdog on the monotonic clock
beats when no beat has come for three intervals.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

#: intervals without a beat after which the watchdog beats itself
_PATIENCE = 3


class Heartbeat:
    """Calls `beat` every `seconds`, never twice at once, until stopped. What `beat` raises goes to `failed`."""

    def __init__(
        self,
        beat: Callable[[], object],
        *,
        seconds: float,
        failed: Callable[[Exception], object],
        monotonic: Callable[[], float] = time.monotonic,
        at_once: bool = True,
    ) -> None:
        """`at_once` is whether the first beat comes before `start` returns, or only after an interval."""
        self._beat = beat
        self._seconds = seconds
        self._failed = failed
        self._monotonic = monotonic
        self._at_once = at_once
        self._last = monotonic()
        self._beating = threading.Lock()
        self._stopped = threading.Event()
        self._scheduler: Any = BackgroundScheduler(timezone="UTC")
        self._watchdog = threading.Thread(target=self._watch, name="siklus-watchdog", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.add_job(
            self.beat_once,
            "interval",
            seconds=self._seconds,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._watchdog.start()
        if self._at_once:
            self.beat_once()

    def stop(self) -> None:
        """Stop after the beat that is under way."""
        self._stopped.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        if self._watchdog.is_alive():
            self._watchdog.join()

    def beat_once(self) -> bool:
        """One beat now; False if one is under way already."""
        if not self._beating.acquire(blocking=False):
            return False
        try:
            self._beat()
        except Exception as error:  # noqa: BLE001 - a failing beat must not end the heart
            self._failed(error)
        finally:
            self._last = self._monotonic()
            self._beating.release()
        return True

    def watch_once(self) -> bool:
        """Beat if no beat has come for too long; whether it was needed."""
        if self._monotonic() - self._last < _PATIENCE * self._seconds:
            return False
        return self.beat_once()

    def _watch(self) -> None:
        while not self._stopped.wait(self._seconds):
            self.watch_once()
