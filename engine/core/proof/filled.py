"""Filled: whatever a condition reads was surely written before, on every way that leads to it.

A condition that misses a value refuses. For a person that is a puzzle; for a fork behind a moment it is a case that
cannot move. What other cases say is a fact that may never come, unless it was waited for and is surely written there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.core.condition_words import names_in
from engine.core.definition import Definition, Reached, State, Upon
from engine.core.parse.graph import leads_on
from engine.core.paths import gatherings
from engine.core.places import Path
from engine.core.proof.filled_findings import Doubt, empty, hollow, unread
from engine.core.proof.finding import Finding
from engine.core.proof.hollow import hollows_of
from engine.core.proof.moves import Move, moves_of, shortest
from engine.core.proof.placing import choice_path, way_path
from engine.core.proof.writing import gives, surely_before, surely_written, written_before
from engine.core.visibility import inputs_of

__all__ = ["check_filled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A condition, where it stands, and the move that reads it."""

    path: Path
    text: str
    move: Move
    forked: bool


def check_filled(whole: Definition, others: Mapping[str, Definition]) -> Iterator[Finding]:
    """A finding for each condition that may read what is not there, told by the shortest way there.

    Tracks begin with what their case has surely written by then. `others` are the definitions of other cases by
    workflow, as far as they are known.
    """
    yield from _check(_Paths(whole, others, frozenset()))
    for name, track in whole.tracks.items():
        yield from _check(_Paths(track, others, written_before(whole, name)))


def _check(paths: _Paths) -> Iterator[Finding]:
    told: set[tuple[Path, str]] = set()
    for move in paths.moves:
        for reading in _readings(paths.definition, move):
            for name in names_in(reading.text):
                for finding in paths.missing(reading, name):
                    key = (reading.path, str(finding.facts.get("form") or finding.facts["name"]))
                    if key not in told:
                        told.add(key)
                        yield finding


def _readings(definition: Definition, move: Move) -> Iterator[_Reading]:
    """The conditions a move reads, its own and those of a fork."""
    if move.way.when is not None:
        path = (*way_path(definition, move.way), "when")
        yield _Reading(path=path, text=move.way.when.text, move=move, forked=False)
    choice = definition.choices.get(move.fork)
    if choice is not None:
        path = choice_path(definition, choice.name)
        for number, row in enumerate(choice.rows):
            if row.when is not None:
                yield _Reading(path=(*path, number, "when"), text=row.when.text, move=move, forked=True)


class _Paths:
    """The ways through a definition, and what is surely there on them."""

    def __init__(
        self, definition: Definition, others: Mapping[str, Definition], before: frozenset[str]
    ) -> None:
        self.definition, self.others, self.before = definition, others, before
        self.moves = moves_of(definition)

    @cached_property
    def _written(self) -> frozenset[str]:
        """Every form, gathering and journal there is."""
        definition = self.definition
        return frozenset({*definition.forms, *definition.journals, *gatherings(definition)})

    def missing(self, reading: _Reading, name: str) -> Iterator[Finding]:
        """Why a name that a condition reads may be missing: not written, not there in another case, or hollow."""
        sources = self._sources(name)
        lost = [one for one in sources if one in self._written and not self._sure(reading.move, one)]
        for source in lost:
            way = self._way(reading.move, lambda one, what=source: what not in gives(self.definition, one))  # type: ignore[misc]
            doubt = Doubt(reading.path, name, stuck=self._stuck(reading), way=way)
            yield empty(self.definition, doubt, source)
        for source in sources:
            if source.partition(".")[0] in self.definition.reads:
                yield from self._unread(reading, name, source)
        given = gives(self.definition, reading.move)
        for one in hollows_of(self.definition, name):
            # Whoever fills a form in this very act is told what is missing, and goes on.
            if one.source not in lost and (reading.forked or one.source not in given):
                yield hollow(
                    self.definition, Doubt(reading.path, name, stuck=self._stuck(reading), way=()), one
                )

    def _sources(self, name: str) -> tuple[str, ...]:
        """Each form, gathering, journal, or path into another case that a name needs."""
        definition = self.definition
        if name in definition.figures:
            inputs = sorted(inputs_of(definition, name))
            return tuple(
                one for one in inputs if one in self._written or one.partition(".")[0] in definition.reads
            )
        return (name.partition(".")[0],) if "." in name else ()

    def _sure(self, move: Move, source: str) -> bool:
        if source in self.before or source in gives(self.definition, move):
            return True
        return surely_written(self.definition, self.moves, source, move.source)

    def _way(self, move: Move, through: Callable[[Move], bool]) -> tuple[Move, ...]:
        """The shortest way to a move by moves of a kind; the last is told whatever it is."""
        moves = [one for one in self.moves if one is move or through(one)]
        return shortest(self.definition.initial, moves, lambda one: one is move) or ()

    def _stuck(self, reading: _Reading) -> bool:
        """Whether a case whose value is missing cannot go on."""
        state, way = self.definition.states[reading.move.source], reading.move.way
        return reading.forked or not any(one is not way and leads_on(one) for one in state.transitions)

    def _unread(self, reading: _Reading, name: str, source: str) -> Iterator[Finding]:
        """A finding, if what is read of another case may not be there."""
        read = self.definition.reads[source.partition(".")[0]]
        if read.of == "parts":
            return  # what the other parts lack is left out; its own the condition asks for beside it
        waited = [one for one in self._facts(read.name) if self._waited(reading.move, one)]
        other = self.others.get(read.workflow)
        # A unit's case is really waited for; somebody's superior, or the case before, may be one that cannot exist.
        one_case = read.of == "unit" and not read.many and other is not None
        if other is not None and one_case and any(_is_there(other, source, fact.state) for fact in waited):
            return
        way = self._way(reading.move, lambda _: True)
        doubt = Doubt(reading.path, name, stuck=self._stuck(reading), way=way)
        yield unread(self.definition, doubt, source, waited=bool(waited))

    def _facts(self, read: str) -> tuple[Reached, ...]:
        """What this case waits for of a read, anywhere."""
        found = (fact for state in self.definition.states.values() for fact in _reached(state))
        return tuple(dict.fromkeys(fact for fact in found if fact.read == read))

    def _waited(self, move: Move, fact: Reached) -> bool:
        """Whether a fact was surely true by the time a move is made."""

        def hears(one: Move) -> bool:
            return isinstance(one.way.trigger, Upon) and fact in one.way.trigger.facts

        return hears(move) or surely_before(self.definition, self.moves, move.source, hears)


def _reached(state: State) -> Iterator[Reached]:
    for way in state.transitions:
        if isinstance(way.trigger, Upon):
            yield from (fact for fact in way.trigger.facts if isinstance(fact, Reached))


def _is_there(other: Definition, source: str, state: str) -> bool:
    """Whether another definition's case has surely written, and publishes, what is read by the time it is there."""
    path = source.partition(".")[2]
    name, moves = path.partition(".")[0], moves_of(other)
    published = any(path == one or path.startswith(f"{one}.") for one in other.publishes)
    if not published or state not in other.states or next(iter(hollows_of(other, path)), None) is not None:
        return False
    needed = inputs_of(other, name) if name in other.figures else frozenset({name})
    return bool(needed) and all(
        one in other.forms and surely_written(other, moves, one, state) for one in needed
    )
