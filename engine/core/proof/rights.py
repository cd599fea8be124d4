"""Who surely reads what, where: one machine of a file with its moves, its judgements, and since when its grants count.

A grant may begin at states of another machine: of a track for its case, of the case for its track. Such a state
surely came before if the track was over, or was opened only afterwards; it *may* have come as soon as the track runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from engine.core.definition import Closed, Definition, Transition, Upon
from engine.core.disclosing import Disclosing
from engine.core.judgements import judgements_of, subjects_of
from engine.core.proof.guards import impossible
from engine.core.proof.moves import Move, closure, edges_of, moves_of
from engine.core.proof.writing import gives
from engine.core.visibility import inputs_of

__all__ = ["Sight"]


class Sight:
    """One machine of a file, a case or a track, with its moves, and since when what is granted."""

    def __init__(self, definition: Definition, case: Sight | None = None) -> None:
        self.definition = definition
        #: that of the case, for a track
        self.case = case
        self.moves = moves_of(definition, *impossible(definition))
        self.reached = closure({definition.initial}, edges_of(self.moves))
        self.grants = {(one.what, one.role): one for one in definition.grants}
        self._after: dict[tuple[str, ...], frozenset[str]] = {}
        self._disclosing = Disclosing(definition)

    @cached_property
    def tracks(self) -> dict[str, Sight]:
        """That of each track, by its name."""
        return {name: Sight(one, self) for name, one in self.definition.tracks.items()}

    @cached_property
    def machines(self) -> tuple[Sight, ...]:
        """All of one file: the case and its tracks."""
        whole = self.case or self
        return (whole, *whole.tracks.values())

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The roles that the person the case is about fills."""
        return subjects_of(self.definition)

    @cached_property
    def judgements(self) -> frozenset[str]:
        """What decides and the subject never fills: forms, answers with names, and journals that get a copy of one."""
        return self.case.judgements if self.case is not None else judgements_of(self.definition)

    def writes(self, move: Move) -> frozenset[str]:
        """What may be written when this move is made: a form, the answers of a gathering, an entry of a journal."""
        state = self.definition.states[move.source]
        filled = {state.form_of(move.way), move.way.adds}
        if state.gather is not None and state.gather.form:
            filled.add(state.gather.name)
        return frozenset(name for name in filled if name is not None)

    def surely_writes(self, move: Move) -> frozenset[str]:
        """What is written whenever this move is made."""
        return gives(self.definition, move).union({move.way.adds} if move.way.adds is not None else ())

    def surely_after(self, since: tuple[str, ...]) -> frozenset[str]:
        """The states to which every way has come by one of these, those themselves included."""
        if since not in self._after:
            self._after[since] = (
                frozenset(self.reached)
                if self._was_before(since)
                else self.behind(since, [move for move in self.moves if not self._passed(move, since)])
            )
        return self._after[since]

    def behind(self, since: tuple[str, ...], moves: Sequence[Move]) -> frozenset[str]:
        """The states to which these moves lead through one of those only, those themselves included."""
        avoiding = edges_of(move for move in moves if move.target not in since)
        return frozenset(self.reached - closure({self.definition.initial} - set(since), avoiding))

    def _passed(self, move: Move, since: tuple[str, ...]) -> bool:
        """Whether a move waits for the end of a track that surely came by one of these."""
        facts = move.way.trigger.facts if isinstance(move.way.trigger, Upon) else ()
        for link in (fact.link for fact in facts if isinstance(fact, Closed)):
            found = self.definition.linked.get(link)
            track = self.tracks.get(found.track or "") if found is not None else None
            if track is None or not set(since) & track.definition.states.keys():
                continue
            ends = {name for name in track.reached if track.definition.states[name].final is not None}
            opened = self.behind(tuple(self.openings(track.track)), self.moves)
            if move.source in opened and ends <= track.surely_after(since):
                return True
        return False

    def _was_before(self, since: tuple[str, ...]) -> bool:
        """Whether the case surely came by one of these before it opened this track."""
        if self.case is None or not set(since) & self.case.definition.states.keys():
            return False
        openings = set(self.case.openings(self.track))
        return bool(openings) and openings <= self.case.behind(since, self.case.moves)

    @property
    def track(self) -> str:
        """The name of this track; "" for a case."""
        return self.definition.digest.partition("#")[2]

    def openings(self, track: str) -> Iterator[str]:
        """The states in which a track may be opened."""
        links = {name for name, link in self.definition.linked.items() if link.track == track}
        for name in self.reached:
            if links & set(self.definition.states[name].starts):
                yield name
        for move in self.moves:
            if links & {*move.way.starts, *(move.row.starts if move.row is not None else ())}:
                yield move.source

    def may_begin(self, since: tuple[str, ...]) -> Iterator[str]:
        """The states of this machine in which one of these may have come, first of all: itself, or beside it."""
        yield from (name for name in since if name in self.definition.states)
        for other in self.machines:
            beside = set(since) & other.reached
            if other is self or not beside:
                continue
            if self.case is None:
                yield from self.openings(other.track)
            elif other is not self.case or self._meets(beside):
                yield self.definition.initial

    def _meets(self, states: set[str]) -> bool:
        """Whether the case may come by one of these before this track is over."""
        assert self.case is not None
        links = {name for name, link in self.case.definition.linked.items() if link.track == self.track}
        edges = edges_of(move for move in self.case.moves if not _waits_for(move.way, links))
        openings = set(self.case.openings(self.track))
        return bool(states & closure(openings, edges)) or bool(
            openings & closure(states, edges_of(self.case.moves))
        )

    def drafts(self, since: tuple[str, ...]) -> frozenset[str]:
        """The states in which what is written waits for the next of these; none where another machine knows more."""
        own = frozenset(since)
        return self._disclosing.before(own) if own <= self.definition.states.keys() else frozenset()

    def _surely_open(self, since: tuple[str, ...]) -> frozenset[str]:
        """The states in which all that was written before is open by a grant since these: no draft was begun anew."""
        return self.surely_after(since) - self.drafts(since)

    def reads(self, role: str, what: str, state: str) -> bool:
        """Whether a role surely may read something in a state, by grants; a figure with all that it is made of."""
        grant = self.grants.get((what, role))
        if grant is not None and (not grant.since or state in self._surely_open(grant.since)):
            return True
        figure = self.definition.figures.get(what)
        inputs = inputs_of(self.definition, figure.name) if figure is not None else frozenset()
        return bool(inputs) and all(self.reads(role, one, state) for one in inputs)


def _waits_for(way: Transition, links: set[str]) -> bool:
    facts = way.trigger.facts if isinstance(way.trigger, Upon) else ()
    return any(isinstance(fact, Closed) and fact.link in links for fact in facts)
