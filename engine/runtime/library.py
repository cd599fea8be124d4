"""What every step needs and seldom changes: compiled machines, the chart, the calendars; kept in memory by version.

A definition never changes under its digest, so its machine is kept for good. Chart and calendars are kept under the
version the database names; each transaction asks for that version first, so that no step runs on an old chart.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from os import urandom

from engine.clock import Clock
from engine.core.audit import SALT
from engine.core.calendar import Calendar
from engine.core.calendars import Calendars
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.chart_version import people_part
from engine.core.clock_doubt import Doubt
from engine.core.codec import decode, decoder
from engine.core.glass import Glass
from engine.core.interruptions import Outage, Standstill
from engine.core.machine import Machine, compile_machine
from engine.core.parse import reopen
from engine.core.scene import Scene
from engine.core.step import subject_of, unit_of
from engine.core.zones import local_date
from engine.errors import NotFound
from engine.store.trainings import all_of as all_trainings
from engine.store.view import View

#: the fact of the database that names the chart's version
PEOPLE_VERSION = "people_version"
#: and those that name the versions of calendars
_CALENDAR = "calendar:"
#: the facts of the database that hold the outages that last, and the latest standstill of the engine
OUTAGES = "outages"
STANDSTILL = "standstill"
#: the fact that holds what break-glass has opened
GLASS_OPEN = "glass"
#: the fact that holds the latest doubt about the clock
DOUBT = "clock_doubt"

_outages = decoder(tuple[Outage, ...])
_standstill = decoder(Standstill)
_doubt = decoder(Doubt)
_glass = decoder(tuple[Glass, ...])


@lru_cache(maxsize=32)
def _compiled(source: bytes, track: str) -> Machine:
    """The machine of a stored definition or of one of its tracks; one for all engines of a process."""
    whole = reopen(source)
    return compile_machine(whole.tracks[track] if track else whole)


class Library:
    """Hands out machines and scenes. Safe to share between threads; the lock is only taken to fill a gap."""

    def __init__(self, clock: Clock, random: Callable[[int], bytes] = urandom) -> None:
        self._clock = clock
        self._random = random
        self._machines: dict[str, Machine] = {}
        self._chart: Chart | None = None
        #: the calendars that count, with the versions they are of: one value, so that no thread sees half of it
        self._calendars: tuple[Mapping[str, str], Calendars] = ({}, Calendars())
        #: as the database tells them, and as values
        self._outages: tuple[str, tuple[Outage, ...]] = ("", ())
        self._standstill: tuple[str, Standstill | None] = ("", None)
        self._doubt: tuple[str, Doubt | None] = ("", None)
        self._lock = threading.Lock()

    def now(self) -> int:
        """The present instant, microseconds UTC; while the clock is in doubt, as far as it was counted on."""
        now, doubt = self._clock.now(), self._doubt[1]
        return min(now, doubt.believed_at) if doubt is not None and doubt.is_open else now

    @property
    def in_doubt(self) -> bool:
        """Whether the clock is in doubt, as far as this process has read."""
        return self._doubt[1] is not None and self._doubt[1].is_open

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
                machine = self._machines[digest] = _compiled(stored.source, track)
        return machine

    def chart(self, view: View) -> Chart:
        """The chart as the database has it now."""
        return self._chart_of(view, view.metas())

    def calendar(self, view: View, name: str) -> Calendar:
        """The version of a calendar that counts now. Raises: NotFound."""
        return self.calendars(view).named(name)

    def calendars(self, view: View) -> Calendars:
        """The calendars that count now."""
        return self._calendars_of(view, view.metas())

    def scene(self, view: View, machine: Machine, case: Case | None = None) -> Scene:
        """The world of one step, with the calendar of the case's unit; without a case that of the definition.

        Time never runs backwards within a case, whatever the clock does.
        """
        versions = view.metas()
        self._doubt_of(versions.get(DOUBT, ""))
        now, unit, zone = self.now(), "", "UTC"
        if case is not None:
            now, unit, zone = max(now, case.last_at), case.unit, case.zone
        calendars, use = self._calendars_of(view, versions), machine.definition.calendar.use
        return Scene(
            now=now,
            calendar=calendars.of(use, unit, local_date(now, zone)),
            chart=self._chart_of(view, versions),
            seed=self._random(32),
            outages=self._outages_of(versions.get(OUTAGES, "")),
            standstill=self._standstill_of(versions.get(STANDSTILL, "")),
            glass=_open(versions.get(GLASS_OPEN, ""), now),
        )

    def beginning(self, view: View, machine: Machine, parent: Case, on: date | None = None) -> Scene:
        """The world in which a case opened by this one begins: with the calendar of the unit its subject is in.

        That is the unit of today, or of the day from which a next part of the period counts.

        Raises: NotFound, if the chart does not know the subject.
        """
        scene = self.scene(view, machine, parent)
        return self.at_home(self.calendars(view), machine, scene, parent.subject, on)

    @staticmethod
    def at_home(
        calendars: Calendars, machine: Machine, scene: Scene, subject: str, on: date | None = None
    ) -> Scene:
        """The same world with the calendar of the subject's unit. Raises: NotFound."""
        own = subject_of(scene, subject, on)
        return in_unit(calendars, machine, scene, unit_of(subject, own), own.zone)

    def outages(self, view: View) -> tuple[Outage, ...]:
        """The outages that last."""
        return self._outages_of(view.meta(OUTAGES) or "")

    def glass(self, view: View) -> tuple[Glass, ...]:
        """What break-glass has opened, also what has ended by itself and was not told of yet."""
        told = view.meta(GLASS_OPEN) or ""
        return _glass.decode(told) if told else ()

    def standstill(self, view: View) -> Standstill | None:
        """The latest standstill of the engine."""
        return self._standstill_of(view.meta(STANDSTILL) or "")

    def doubt(self, view: View) -> Doubt | None:
        """The latest doubt about the clock, open or over."""
        return self._doubt_of(view.meta(DOUBT) or "")

    def _doubt_of(self, told: str) -> Doubt | None:
        known = self._doubt
        if told != known[0]:
            known = self._doubt = (told, _doubt.decode(told) if told else None)
        return known[1]

    def _outages_of(self, told: str) -> tuple[Outage, ...]:
        known = self._outages
        if told != known[0]:
            known = self._outages = (told, _outages.decode(told) if told else ())
        return known[1]

    def _standstill_of(self, told: str) -> Standstill | None:
        known = self._standstill
        if told != known[0]:
            known = self._standstill = (told, _standstill.decode(told) if told else None)
        return known[1]

    def _chart_of(self, view: View, versions: Mapping[str, str]) -> Chart:
        chart = self._chart
        if chart is None or chart.version != versions.get(PEOPLE_VERSION, ""):
            chart = _chart(view, versions.get(PEOPLE_VERSION, ""), chart)
            self._chart = chart
        return chart

    def _calendars_of(self, view: View, metas: Mapping[str, str]) -> Calendars:
        versions = {key: version for key, version in metas.items() if key.startswith(_CALENDAR)}
        there = self._calendars
        if versions != there[0]:
            there = self._calendars = (versions, _read_calendars(view, versions, there[1]))
        return there[1]


def _open(told: str, now: int) -> tuple[Glass, ...]:
    """What is open at an instant; there is seldom anything to read."""
    return tuple(one for one in _glass.decode(told) if now < one.until_at) if told else ()


def in_unit(calendars: Calendars, machine: Machine, scene: Scene, unit: str, zone: str) -> Scene:
    """The same world with the calendar of that unit."""
    calendar = calendars.of(machine.definition.calendar.use, unit, scene.today(zone))
    return scene if calendar is scene.calendar else replace(scene, calendar=calendar)


def _chart(view: View, version: str, before: Chart | None) -> Chart:
    """The chart of that version; the people of the one before where only what stands beside them differs."""
    if before is not None and before.segments and people_part(before.version) == people_part(version):
        segments, there = before.segments, version
    else:
        segments, there = view.people()
    return Chart(
        segments=segments, version=there, delegations=view.delegations(), trainings=all_trainings(view.driver)
    )


def _read_calendars(view: View, versions: Mapping[str, str], before: Calendars) -> Calendars:
    """The calendars of these versions; those that are known already are not read anew."""
    known: dict[str, Calendar] = {}
    values: dict[str, Mapping[str, object]] = {}
    for key, version in versions.items():
        name = key.removeprefix(_CALENDAR)
        if name in before.known and before.known[name].version == version:
            known[name], values[name] = before.known[name], before.values[name]
            continue
        stored = view.calendar(name, version)
        if stored is None:
            raise NotFound("calendar", version)
        values[name] = decode(stored.source)
        known[name] = Calendar.from_values(values[name])
    return Calendars(known=known, values=values)


def calendar_key(name: str) -> str:
    """Under which fact of the database the version of a calendar that counts now is named."""
    return f"{_CALENDAR}{name}"
