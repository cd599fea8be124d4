"""The catalogue of trainings: which the rules in force give and ask for, and who has them today. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.core.chart import Chart
from engine.core.training_catalogue import Held, Offered, held_trainings, offered_trainings
from engine.runtime.library import Library
from engine.store.database import Database
from engine.store.values import StoredDefinition

__all__ = ["Catalogue", "Trainings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every training as one snapshot has it, and who holds which of them."""

    offered: tuple[Offered, ...]
    held: tuple[Held, ...]
    chart: Chart

    def of(self, people: Iterable[str]) -> tuple[Held, ...]:
        """What only these people hold."""
        asked = frozenset(people)
        return tuple(one for one in self.held if one.person in asked)


class Trainings:
    """Answers which trainings there are."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database, self._library = database, library

    def catalogue(self, day: date) -> Catalogue:
        """The trainings of every definition in force now, and who holds them on that day."""
        now = self._library.now()
        with self._database.read() as view:
            newest: dict[str, StoredDefinition] = {}
            for one in view.definitions():
                known = newest.get(one.workflow)
                if one.effective_at <= now and (known is None or known.version < one.version):
                    newest[one.workflow] = one
            rules = [self._library.machine(view, newest[name].digest).definition for name in sorted(newest)]
            chart = self._library.chart(view)
        return Catalogue(offered=offered_trainings(rules), held=held_trainings(chart, day), chart=chart)
