"""What every step needs and seldom changes: compiled machines, the chart, the calendars; kept in memory by version.

A definition never changes under its digest, so its machine is kept for good. Chart and calendars are kept under the
version the database names; each transaction asks for that version first, so that no step runs on an old chart.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from os import urandom

from engine.clock import Clock
from engine.core.audit import SALT
from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.codec import decode
from engine.core.machine import Machine, compile_machine
from engine.core.parse import reopen
from engine.core.scene import Scene
from engine.errors import NotFound
from engine.store.unit import View

#: the fact of the database that names the chart's version
PEOPLE_VERSION = "people_version"


class Library:
    """Hands out machines and scenes. Safe to share between threads; the lock is only taken to fill a gap."""

    def __init__(self, clock: Clock, random: Callable[[int], bytes] = urandom) -> None:
        self._clock = clock
        self._random = random
        self._machines: dict[str, Machine] = {}
        self._chart: Chart | None = None
        self._calendars: dict[str, Calendar] = {}
        self._lock = threading.Lock()

    def now(self) -> int:
        """The present instant, microseconds UTC."""
        return self._clock.now()

    def salt(self) -> bytes:
        """32 random bytes, for a commitment made outside a step."""
        return self._random(SALT)

    def machine(self, view: View, digest: str) -> Machine:
        """The compiled machine of a published definition. Raises: NotFound."""
        machine = self._machines.get(digest)
        if machine is None:
            with self._lock:
                base, _, track = digest.partition("#")
                stored = view.definition(base)
                if stored is None:
                    raise NotFound("definition", digest)
                whole = reopen(stored.source)
                machine = compile_machine(whole.tracks[track] if track else whole)
                self._machines[digest] = machine
        return machine

    def chart(self, view: View) -> Chart:
        """The chart as the database has it now."""
        return self._chart_of(view, view.metas())

    def calendar(self, view: View, name: str) -> Calendar:
        """The newest version of a calendar. Raises: NotFound."""
        return self._calendar_of(view, name, view.metas())

    def scene(self, view: View, machine: Machine, case: Case | None = None) -> Scene:
        """The world of one step. Time never runs backwards within a case, whatever the clock does."""
        now = self._clock.now()
        if case is not None and now < case.last_at:
            now = case.last_at
        versions = view.metas()
        return Scene(
            now=now,
            calendar=self._calendar_of(view, machine.definition.calendar.use, versions),
            chart=self._chart_of(view, versions),
            seed=self._random(32),
        )

    def _chart_of(self, view: View, versions: Mapping[str, str]) -> Chart:
        chart = self._chart
        if chart is None or chart.version != versions.get(PEOPLE_VERSION, ""):
            segments, version = view.people()
            chart = Chart(segments=segments, version=version)
            self._chart = chart
        return chart

    def _calendar_of(self, view: View, name: str, versions: Mapping[str, str]) -> Calendar:
        calendar = self._calendars.get(name)
        if calendar is None or calendar.version != versions.get(calendar_key(name)):
            stored = view.calendar(name)
            if stored is None:
                raise NotFound("calendar", name)
            calendar = Calendar.from_values(decode(stored.source))
            self._calendars[name] = calendar
        return calendar


def calendar_key(name: str) -> str:
    """Under which fact of the database the newest version of a calendar is named."""
    return f"calendar:{name}"
