"""What everybody may read: people recognised with their consent, and units' figures; read anew for each who asks.

Nothing of it is kept: a consent that is withdrawn is withdrawn for whoever asks next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.cancelling import CANCELLED
from engine.core.case import Case
from engine.core.chart import Person
from engine.core.condition_values import guard_values
from engine.core.definition import Definition
from engine.core.figures import figure_values
from engine.core.hiding import tells_of_few
from engine.core.machine import Machine
from engine.core.zones import local_date
from engine.runtime.library import Library
from engine.runtime.on_demand import contents_of
from engine.store import queries
from engine.store.database import Database
from engine.store.view import View

__all__ = ["Opened", "PublicRegister"]

#: as many as one page tells of; a register that is longer tells of the latest
_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What everybody may read of one case, and since which day; of a unit `person` is None.

    `figures` are those that can be told; `hidden` is whether there are some that would tell of few people.
    """

    definition: Definition
    unit: str
    since: date
    period: tuple[date, date]
    shows: tuple[str, ...]
    person: Person | None = None
    forms: Mapping[str, Mapping[str, Any]]
    figures: Mapping[str, int | str]
    hidden: bool = False


class PublicRegister:
    """Looks up what is open to everybody."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def all(self) -> tuple[Opened, ...]:
        """What is open now: the latest first, then by unit and name."""
        with self._database.read() as view:
            found = [one for cycle in view.cycles() for one in self._of(view, cycle.id, cycle.definition)]
        found.sort(key=lambda one: (one.unit, one.person.name if one.person else ""))
        found.sort(key=lambda one: one.since, reverse=True)
        return tuple(found[:_MOST])

    def _of(self, view: View, cycle: str, digest: str) -> Iterator[Opened]:
        machine = self._library.machine(view, digest)
        for rule in machine.definition.public:
            for case in queries.cases(view, cycle=cycle, state=rule.state, limit=_MOST):
                if case.definition == digest and case.ended != CANCELLED:
                    one = self._opened(view, machine, case)
                    if one is not None:
                        yield one

    def _opened(self, view: View, machine: Machine, case: Case) -> Opened | None:
        definition = machine.definition
        scene = self._library.scene(view, machine, case)
        contents = contents_of(view, self._library, machine, case, scene)
        shows = machine.open_to_all(case.state, lambda: guard_values(definition, contents))
        if not shows:
            return None
        about_unit = definition.subject == "unit"
        known = scene.chart.history(case.subject)
        if not about_unit and not known:
            return None
        hidden = about_unit and tells_of_few(definition, contents, shows)
        worked_out = {} if hidden else figure_values(definition, contents)
        return Opened(
            definition=definition,
            unit=case.unit,
            since=local_date(case.entered_at, case.zone),
            period=(case.period_from, case.period_to),
            shows=shows,
            person=None if about_unit else known[-1],
            forms={name: contents.forms[name] for name in shows if name in contents.forms},
            figures={name: worked_out[name] for name in shows if name in worked_out},
            hidden=hidden,
        )
