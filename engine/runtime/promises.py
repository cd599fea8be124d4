"""How the promises of definitions stand on their cases: counted for each definition, and listed case by case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from engine.core.case import Case, Standing, Watch
from engine.core.definition import Definition, Promise
from engine.core.promise_words import own_promises
from engine.runtime.library import Library
from engine.store.database import Database
from engine.store.promises import Standings, promising, standings
from engine.store.view import View

__all__ = ["PromiseCount", "PromiseLine", "PromisePage", "Promises"]

_LETTERS: dict[str, Standing] = {one[0]: one for one in get_args(Standing)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """How one promise stands on one case."""

    case: Case
    definition: Definition
    promise: Promise
    watch: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisePage:
    """Promises on a page of cases, and where the next page begins ("": there is none)."""

    lines: tuple[PromiseLine, ...]
    following: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCount:
    """On how many cases one promise of a definition, or of a track of it, stands how."""

    definition: Definition
    number: int
    promise: Promise
    counts: dict[Standing, int]


class Promises:
    """Answers how promises stand; changes nothing."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def counts(self, cycle: str | None = None) -> tuple[PromiseCount, ...]:
        """A line for each promise of every definition that has watched cases, in its order."""
        with self._database.read() as view:
            told = standings(view, cycle)
            rules = {(one.definition, one.track): self._rules(view, one) for one in told}
        found: list[PromiseCount] = []
        for place, definition in rules.items():
            mine = [one for one in told if (one.definition, one.track) == place]
            for number, promise in own_promises(definition):
                counts: dict[Standing, int] = dict.fromkeys(get_args(Standing), 0)
                for one in mine:
                    counts[_LETTERS[one.letters[number]]] += one.count
                found.append(
                    PromiseCount(definition=definition, number=number, promise=promise, counts=counts)
                )
        return tuple(found)

    def listed(
        self,
        *,
        cycle: str | None = None,
        standing: Standing | None = None,
        workflow: str | None = None,
        after: str = "",
        limit: int = 50,
    ) -> PromisePage:
        """The promises that stand so, on cases of that cycle and workflow, a page of cases at a time, by id."""
        with self._database.read() as view:
            told = standings(view, cycle)
            among = [
                one
                for one in told
                if (standing is None or standing[0] in one.letters)
                and (workflow is None or self._rules(view, one).workflow == workflow)
            ]
            cases = promising(view, among, cycle=cycle, after=after, limit=limit)
            rules = {case.id: self._library.machine(view, case.definition).definition for case in cases}
        lines = tuple(
            PromiseLine(
                case=case,
                definition=rules[case.id],
                promise=rules[case.id].promises[watch.number],
                watch=watch,
            )
            for case in cases
            for watch in case.promises
            if standing in {None, watch.standing}
        )
        return PromisePage(lines=lines, following=cases[-1].id if len(cases) == limit else "")

    def _rules(self, view: View, told: Standings) -> Definition:
        digest = f"{told.definition}#{told.track}" if told.track else told.definition
        return self._library.machine(view, digest).definition
