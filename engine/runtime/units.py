"""What a unit's page asks: the cases of a unit that are open to somebody, and what soon happens in them by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from engine.core.access import Asker
from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.command import Contents
from engine.core.definition import Definition
from engine.core.outlook import Consequence
from engine.core.scene import Scene
from engine.core.sight import Sight
from engine.runtime.boards import Boards
from engine.runtime.library import Library, in_unit
from engine.runtime.on_demand import contents_of
from engine.runtime.seeing import Seeing
from engine.store import reach
from engine.store.database import Database
from engine.store.view import View

__all__ = ["Coming", "UnitLook", "Units"]

_DAY = 24 * 3_600_000_000
#: cases of one unit that are looked at; a unit is people who know one another
_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What will happen in a case by itself if nobody acts, and the world it is told in."""

    case: Case
    definition: Definition
    scene: Scene
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLook:
    """The cases of a unit that somebody may open, as one snapshot has them; `cut` if there are more than are told."""

    unit: str
    now: int
    cases: tuple[Case, ...]
    rules: Mapping[str, Definition]
    coming: tuple[Coming, ...]
    cut: bool


class Units:
    """Answers questions about units; changes nothing."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database, self._library = database, library
        #: who stands where on the board of a calibration
        self.boards = Boards(database, library)

    def offered(self, asker: Asker, today: date) -> tuple[str, ...]:
        """The units whose page is for this asker: those they head and those below; for desks and auditors all."""
        with self._database.read() as view:
            chart = self._library.chart(view)
        units = chart.units(today)
        if asker.personnel or asker.external or "auditor" in asker.roles:
            return units
        return tuple(one for one in units if _heads(chart, one, asker.person, today))

    def look(self, asker: Asker, unit: str, *, days: int) -> UnitLook:
        """The cases of a unit that are open to this asker, and what happens in them by itself within so many days."""
        with self._database.read_as(asker) as view:
            found = reach.visible(view, asker, unit=unit, limit=_MOST + 1)
        cases, now = found[:_MOST], self._library.now()
        with self._database.read() as view:
            rules = {name: self._library.machine(view, name).definition for name in _named(cases)}
            soon = [one for one in cases if not one.ended and one.next_at < now + days * _DAY]
            coming = tuple(self._coming(view, soon, asker.person))
        return UnitLook(unit=unit, now=now, cases=cases, rules=rules, coming=coming, cut=len(found) > _MOST)

    def _coming(self, view: View, cases: list[Case], person: str) -> list[Coming]:
        calendars, scenes = self._library.calendars(view), dict[str, Scene]()
        told = []
        for case in cases:
            machine = self._library.machine(view, case.definition)
            if case.definition not in scenes:
                scenes[case.definition] = self._library.scene(view, machine)
            scene = in_unit(calendars, machine, scenes[case.definition], case.unit, case.zone)
            asked = contents_of(view, self._library, machine, case, scene)
            seeing = Seeing(view, self._library, machine, case, scene)
            ahead = seeing.foreseen(asked, partial(_sight, seeing, person, asked))
            told.append(Coming(case=case, definition=machine.definition, scene=scene, consequences=ahead))
        return told


def _named(cases: tuple[Case, ...]) -> set[str]:
    return {name for one in cases for name in (one.definition, one.definition.partition("#")[0])}


def _sight(seeing: Seeing, person: str, contents: Contents) -> Sight:
    return seeing.by(person, contents).sight


def _heads(chart: Chart, unit: str, person: str, today: date) -> bool:
    """Whether somebody heads a unit, acts for its head, or stands above it in the line of its head."""
    head = chart.head_post(unit, today)
    if not person or head is None:
        return False
    above = (head, *chart.line_above(head.key, today))
    acting = (one for post in above for one in chart.acting_for(post.person_id, today))
    return person in {one.key for one in (*above, *acting)}
