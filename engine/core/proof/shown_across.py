"""Judgements of another case that are shown here: to the subject, before that other case has disclosed them.

What a case publishes can be read as soon as it is written. Here it is *surely disclosed* where every way has come by a
fact of the other case (`upon: year reached disclosed`) from which it is disclosed for good, or where the other case
opens this one only then. Days are not compared.
Members of a set are counted, never singled out: they tell nobody's judgement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.definition import Closed, Definition, Reached, Transition, Upon
from engine.core.places import Path
from engine.core.proof.finding import Finding
from engine.core.proof.leading import way_to
from engine.core.proof.moves import Move, closure, edges_of, shortest
from engine.core.proof.onlookers import at_work, shown
from engine.core.proof.placing import state_path
from engine.core.proof.rights import Sight
from engine.core.proof.sight_findings import shown_before_other
from engine.core.proof.waits_across import workflows_read
from engine.core.visibility import inputs_of

__all__ = ["check_shown_across"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """Something of other cases (`year.rating`) that the subject reads in a state, and where the rules say so."""

    machine: Sight
    state: str
    what: str
    path: Path


def check_shown_across(sight: Sight, others: Mapping[str, Definition]) -> Iterator[Finding]:
    """What the subject is shown of other cases that is a judgement there and may not be disclosed yet."""
    definition = sight.definition
    known = {**others, definition.workflow: definition}
    told: set[tuple[Path, str]] = set()
    for one in (*_by_work(sight), *_by_grant(sight)):
        root, _, rest = one.what.partition(".")
        for workflow in _workflows(definition, root, known):
            other = known.get(workflow)
            if other is None or (one.path, one.what) in told:
                continue
            kept = _kept(other, rest)
            if kept.hidden and not _surely_disclosed(one, root, definition, kept):
                told.add((one.path, one.what))
                yield shown_before_other(one.machine, one.path, one.state, one.what, other, kept.way)


def _by_work(sight: Sight) -> Iterator[_Sight]:
    """What tasks and gatherings of the subject show, figures with what they are made of."""
    for machine in sight.machines:
        for state in machine.definition.states.values():
            if state.name in machine.reached and at_work(state) & sight.subjects:
                key = "task" if state.task is not None else "gather"
                path = (*state_path(machine.definition, state.name), key, "shows")
                for what in sorted(shown(state)):
                    for one in _parts(sight.definition, what):
                        yield _Sight(machine=machine, state=state.name, what=one, path=path)


def _by_grant(sight: Sight) -> Iterator[_Sight]:
    """What figures granted to the subject tell of other cases, in each state in which the grant may count."""
    for machine in sight.machines:
        for grant in sight.definition.grants:
            if grant.role not in sight.subjects or grant.what not in sight.definition.figures:
                continue
            counts = machine.reached
            if grant.since:
                counts = closure(machine.may_begin(grant.since), edges_of(machine.moves)) & machine.reached
            for state in sorted(counts):
                for one in _parts(sight.definition, grant.what):
                    path = ("visibility", grant.what, grant.role)
                    yield _Sight(machine=machine, state=state, what=one, path=path)


def _parts(definition: Definition, what: str) -> tuple[str, ...]:
    return tuple(sorted(inputs_of(definition, what))) if what in definition.figures else (what,)


def _workflows(definition: Definition, root: str, known: Mapping[str, Definition]) -> tuple[str, ...]:
    """The definitions whose single cases are read under a name: by a read of one case, by a link."""
    read, link = definition.reads.get(root), definition.linked.get(root)
    if read is not None:
        return () if read.many else workflows_read(definition, read, known)
    return (link.workflow,) if link is not None and link.workflow else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Judgements that another definition publishes: where they are hidden from its subject, and where surely open."""

    machine: Sight
    #: one may be written, and may not be read yet
    hidden: frozenset[str]
    #: all may be read, now and from then on
    open: frozenset[str]
    #: how a case comes to where one is hidden
    way: tuple[Move, ...]

    def opens_from(self, states: set[str]) -> bool:
        """Whether nothing is hidden once the case has been in one of these."""
        later = closure(states - self.open, edges_of(self.machine.moves))
        return not later & self.hidden


def _kept(other: Definition, rest: str) -> _Kept:
    sight = Sight(other)
    hidden: set[str] = set()
    judgements: set[str] = set()
    open_to = set(sight.reached)
    for path in other.publishes:
        if rest and not (rest == path or rest.startswith(f"{path}.") or path.startswith(f"{rest}.")):
            continue
        name = path if path in other.figures else path.partition(".")[0]
        judged = sight.judgements & (inputs_of(other, name) if name in other.figures else {name})
        if judged and _ever_granted(sight, name):
            read = {
                one for one in sight.reached if any(sight.reads(who, name, one) for who in sight.subjects)
            }
            hidden |= _may_be_written(sight, judged) - read
            open_to &= read
            judgements |= judged

    def writes(move: Move) -> bool:
        return bool(judgements & sight.writes(move)) and move.target in hidden

    way = shortest(other.initial, sight.moves, writes) or way_to(other, min(hidden, default=other.initial))
    return _Kept(machine=sight, hidden=frozenset(hidden), open=frozenset(open_to), way=way)


def _ever_granted(sight: Sight, name: str) -> bool:
    """Whether its subject may ever read it there by a grant; what has none is disclosed by the task that shows it."""
    names = {name, *(inputs_of(sight.definition, name) if name in sight.definition.figures else ())}
    return any(what in names and role in sight.subjects for what, role in sight.grants)


def _may_be_written(sight: Sight, judged: frozenset[str]) -> set[str]:
    """The states in which one of these may have been written, by the case or one of its tracks."""
    begins: set[str] = set()
    for one in sight.machines:
        writing = [move for move in one.moves if judged & one.writes(move)]
        if writing:
            begins |= {move.target for move in writing} if one is sight else {*sight.openings(one.track)}
    return closure(begins, edges_of(sight.moves))


def _surely_disclosed(one: _Sight, root: str, definition: Definition, kept: _Kept) -> bool:
    """Whether every way to where it is shown has waited until it was disclosed, or the case was opened after that."""
    other = kept.machine.definition
    read = definition.reads.get(root)
    if read is not None and read.of == "parent":
        opened = _opened_in(kept.machine, definition.workflow)
        if opened and kept.opens_from(opened):
            return True
    ends = {state.name for state in other.states.values() if state.final is not None}

    def waits(way: Transition) -> bool:
        for fact in way.trigger.facts if isinstance(way.trigger, Upon) else ():
            if isinstance(fact, Reached) and fact.read == root and kept.opens_from({fact.state}):
                return True
            if isinstance(fact, Closed) and fact.link == root and not ends & kept.hidden:
                return True
        return False

    before = [move for move in one.machine.moves if not waits(move.way)]
    return one.state not in closure({one.machine.definition.initial}, edges_of(before))


def _opened_in(machine: Sight, workflow: str) -> set[str]:
    """The states of another definition in which its cases open one of a workflow."""
    other = machine.definition
    links = {link.name for link in other.linked.values() if link.workflow == workflow}
    found = {state for name in links for state in other.linked[name].corrects}
    found |= {name for name, state in other.states.items() if links & set(state.starts)}
    for move in machine.moves:
        if links & {*move.way.starts, *(move.row.starts if move.row is not None else ())}:
            found.add(move.target)
    return found
