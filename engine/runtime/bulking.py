"""The same act in many cases: looked at first, then done one case after another, each exactly as if it stood alone.

Nothing is kept about the whole: every row is a command of its own, in a transaction of its own, under a key made of
the bulk's key and its case. A bulk that was cut short, by a kill or because its time was up, goes on when the same is
asked again: what was done is answered as it was, and the rest is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from engine.clock import Clock
from engine.core.bulk import BulkCommand, BulkRow, addressed, demand_bulk
from engine.core.case import Case
from engine.errors import SiklusError
from engine.runtime.firing import Firing
from engine.runtime.joining import Joining
from engine.runtime.library import Library
from engine.runtime.previewing import foreseen
from engine.store.database import Database

__all__ = ["Bulk", "BulkReport", "Looked", "Outcome", "Result"]

Outcome = Literal["done", "refused", "not_tried"]
#: passes if whoever asks may do this in that case at all; raises if not
Admits = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What an act would come to in one case: where it then rests, or why it is refused."""

    row: BulkRow
    case: Case | None = None
    refused: SiklusError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one row. `repeated`: it was done before, by this same request."""

    row: BulkRow
    outcome: Outcome
    refused: SiklusError | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReport:
    """What came of each row, in the order they were asked."""

    results: tuple[Result, ...]

    def those(self, outcome: Outcome) -> tuple[Result, ...]:
        """The rows that came to that."""
        return tuple(one for one in self.results if one.outcome == outcome)


class Bulk:
    """Does the same in many cases."""

    def __init__(
        self, database: Database, library: Library, firing: Firing, joining: Joining, system: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._firing = firing
        self._joining = joining
        self._system = system

    def look(
        self, rows: Sequence[BulkRow], command: BulkCommand, *, admits: Admits, workflow: str = ""
    ) -> tuple[Looked, ...]:
        """What would come of it, nothing is kept: first the rows that are refused, then those that would be done."""
        found = [self._look(row, command, admits, workflow) for row in _once(rows)]
        return (*(one for one in found if one.refused), *(one for one in found if not one.refused))

    def apply(
        self,
        rows: Sequence[BulkRow],
        command: BulkCommand,
        *,
        key: str,
        admits: Admits,
        workflow: str = "",
        most_us: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkReport:
        """Do it row by row; once it has taken `most_us` by the machine's clock, the rest is left untried."""
        chosen = list(_once(rows))
        until = None if most_us is None else self._system.now() + most_us
        results: list[Result] = []
        stirs = False
        for row in chosen:
            if results and until is not None and self._system.now() >= until:
                results.append(Result(row=row, outcome="not_tried"))
                continue
            result, stirred = self._do(row, command, key, admits, workflow)
            stirs |= stirred
            results.append(result)
            if progress is not None:
                progress(len(results), len(chosen))
        if stirs:
            self._joining.pass_on()
        return BulkReport(results=tuple(results))

    def _look(self, row: BulkRow, command: BulkCommand, admits: Admits, workflow: str) -> Looked:
        demand = partial(demand_bulk, command=command, row=row, workflow=workflow)
        try:
            admits(row.case)
            with self._database.read() as view:
                steps = foreseen(view, self._library, row.case, addressed(command, row), demand=demand)
        except SiklusError as error:
            return Looked(row=row, refused=error)
        return Looked(row=row, case=steps[-1].case)

    def _do(
        self, row: BulkRow, command: BulkCommand, key: str, admits: Admits, workflow: str
    ) -> tuple[Result, bool]:
        """What came of one row, and whether other cases are concerned."""
        demand = partial(demand_bulk, command=command, row=row, workflow=workflow)
        try:
            admits(row.case)
            done = self._firing.fire(
                row.case, addressed(command, row), key=f"{key}/{row.case}", demand=demand
            )
        except SiklusError as error:
            return Result(row=row, outcome="refused", refused=error), False
        return Result(row=row, outcome="done", repeated=done.repeated), done.stirs


def _once(rows: Sequence[BulkRow]) -> Iterator[BulkRow]:
    """Each case once, as it was named first."""
    seen: set[str] = set()
    for row in rows:
        if row.case not in seen:
            seen.add(row.case)
            yield row
