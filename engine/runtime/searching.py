"""Entries looked up by auditors: who, whom, where, by which rule and when, and some of many drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.audit import Entry
from engine.core.definition import Definition
from engine.core.mining import Trace, drawn
from engine.errors import NotFound
from engine.runtime.library import Library
from engine.store import queries, tracing
from engine.store.database import Database
from engine.store.tracing import Wanted
from engine.store.view import View

__all__ = ["Found", "FoundPage", "Searching"]

_CASES = "case/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry that fits, and the rules it was written under if it is of a case."""

    trace: Trace
    entry: Entry
    definition: Definition | None

    @property
    def case(self) -> str:
        """The case it is of; "" for another stream."""
        return self.trace.stream.removeprefix(_CASES) if self.trace.stream.startswith(_CASES) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """The newest entries that fit, the leaf before which the next page begins, and how many leaves were looked at."""

    found: tuple[Found, ...]
    following: int | None
    leaves: int


class Searching:
    """Looks sealed entries up; changes nothing. Who asks is told elsewhere, and told in the log."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def page(self, wanted: Wanted, *, before: int | None = None, limit: int = 50) -> FoundPage:
        """A page of what fits, the newest first."""
        with self._database.read() as view:
            traces = tracing.found(view.driver, wanted, before=before, limit=limit + 1)
            shown = traces[:limit]
            return FoundPage(
                found=self._told(view, shown),
                following=shown[-1].leaf if len(traces) > limit else None,
                leaves=tracing.traced(view.driver),
            )

    def sample(
        self, wanted: Wanted, *, count: int, seed: int, by_unit: bool = False, before: int | None = None
    ) -> FoundPage:
        """`count` of all that fit before a leaf, or of each unit, drawn by lot: the same seed draws the same."""
        with self._database.read() as view:
            leaves = tracing.traced(view.driver) if before is None else before
            chosen = drawn(tracing.fitting(view.driver, wanted, before=leaves), count, seed, by_unit=by_unit)
            told = self._told(view, tracing.among(view.driver, chosen))
        return FoundPage(found=told, following=None, leaves=leaves)

    def _told(self, view: View, traces: tuple[Trace, ...]) -> tuple[Found, ...]:
        lived = queries.entries_at(view, [(one.stream, one.seq) for one in traces])
        return tuple(
            Found(
                trace=one,
                entry=lived[one.stream, one.seq],
                definition=self._rules(view, one.definition, one.stream),
            )
            for one in traces
            if (one.stream, one.seq) in lived
        )

    def _rules(self, view: View, digest: str, stream: str) -> Definition | None:
        if not digest or not stream.startswith(_CASES):
            return None
        try:
            return self._library.machine(view, digest).definition
        except NotFound:
            return None
