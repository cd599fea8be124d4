"""Onlookers: those who have nothing to do with a judgement, and are granted it before the subject may read it.

No onlooker is who works on the case once the judgement may be written, who is next in line for work that lies (the
superiors, the heads, the personnel desk), and the auditor, who is meant to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.definition import Definition, Grant, Reached, State, Upon
from engine.core.judgements import actors
from engine.core.proof.finding import Finding
from engine.core.proof.moves import Move, closure, edges_of
from engine.core.proof.rights import Sight
from engine.core.proof.sight_findings import read_by_onlooker
from engine.core.proof.waits_across import workflows_read
from engine.core.roles import Desk, HeadOf, SuperiorOf
from engine.core.visibility import inputs_of

__all__ = ["at_work", "check_onlookers", "shown"]

#: the desk that is asked last for work that lies
_PERSONNEL = "personnel"
#: where a walk stands: the state, whether the judgement may be written, whether the grant may have begun
_Stand = tuple[str, bool, bool]


def check_onlookers(sight: Sight, others: Mapping[str, Definition]) -> Iterator[Finding]:
    """Judgements that onlookers may read before the subject; `sight` is that of the case."""
    for judgement in sorted(sight.judgements):
        known = tuple(sorted(_disclosing(sight, judgement)))
        for (what, role), grant in sorted(sight.grants.items()):
            if what != judgement or not _looks_on(sight, judgement, grant, others):
                continue
            for one in sight.machines:
                way = _read_before(one, judgement, grant, known)
                if way is not None:
                    yield read_by_onlooker(one, ("visibility", what, role), grant, way)
                    break


def _disclosing(sight: Sight, judgement: str) -> set[str]:
    """The states that let the subject read it, or a figure made of it: by grant, by a task of theirs, else the ends."""
    figures = sight.definition.figures
    names = {judgement, *(name for name in figures if judgement in inputs_of(sight.definition, name))}
    grants = [one for one in sight.definition.grants if one.what in names and one.role in sight.subjects]
    states = [state for one in sight.machines for state in one.definition.states.values()]
    found = {state.name for state in states if at_work(state) & sight.subjects and names & shown(state)}
    for grant in grants:
        found |= {*grant.since} or {state.name for state in states}
    return found or {state.name for state in states if state.final is not None}


def at_work(state: State) -> set[str]:
    """The roles that do the work of a state."""
    work = state.work
    return set() if work is None else {work.who} if isinstance(work.who, str) else set(work.who)


def shown(state: State) -> set[str]:
    """What whoever does the work reads for it: what it shows, and the text to be signed."""
    signed = {state.gather.sign} if state.gather is not None and state.gather.sign is not None else set()
    return signed.union(state.work.shows if state.work is not None else ())


def _looks_on(sight: Sight, judgement: str, grant: Grant, others: Mapping[str, Definition]) -> bool:
    role = sight.definition.roles.get(grant.role)
    if role is None or grant.role in sight.subjects or isinstance(role.query, SuperiorOf | HeadOf):
        return False
    if isinstance(role.query, Desk) and role.query.name == _PERSONNEL:
        return False
    return grant.role not in _working(sight, judgement) and not _works_elsewhere(sight, grant, others)


def _working(sight: Sight, judgement: str) -> set[str]:
    """The roles with something to do where the judgement may be written or is being written."""
    rungs = [rung for ladder in sight.definition.ladders.values() for rung in ladder.rungs]
    found = {name for rung in rungs for name in (rung.task, rung.reassign) if name}
    for one in sight.machines:
        writing = {move.source for move in one.moves if judgement in one.writes(move)}
        for name in closure(writing, edges_of(one.moves)) if writing else one.reached:
            state = one.definition.states[name]
            found |= at_work(state).union(*(actors(state, way) for way in state.transitions))
    return found


def _works_elsewhere(sight: Sight, grant: Grant, others: Mapping[str, Definition]) -> bool:
    """Whether the grant begins where the case waits for another one in which a role of this name is at work."""
    return bool(grant.since) and all(
        any(_waits_for_work(sight, name, grant.role, others, one) for one in sight.machines)
        for name in grant.since
    )


def _waits_for_work(
    sight: Sight, name: str, role: str, others: Mapping[str, Definition], machine: Sight
) -> bool:
    state = machine.definition.states.get(name)
    for way in state.transitions if state is not None else ():
        for fact in way.trigger.facts if isinstance(way.trigger, Upon) else ():
            if isinstance(fact, Reached):
                read = sight.definition.reads[fact.read]
                known = [others.get(one) for one in workflows_read(sight.definition, read, others)]
                if not known or any(one is None or role in _workers(one) for one in known):
                    return True
    return False


def _workers(definition: Definition) -> set[str]:
    found: set[str] = set()
    for state in definition.states.values():
        found |= at_work(state).union(*(actors(state, way) for way in state.transitions))
    return found


def _read_before(
    sight: Sight, judgement: str, grant: Grant, disclosing: tuple[str, ...]
) -> tuple[Move, ...] | None:
    """The shortest way on which it is written and may be read by the grant before a state that discloses it."""
    after = {name for one in sight.machines for name in one.surely_after(disclosing)}
    early = tuple(name for name in grant.since if name not in after)
    if grant.since and not early:
        return None
    begins = set(sight.may_begin(early))
    beside = _written_beside(sight, judgement)
    known = sight.surely_after(disclosing)

    def stand(name: str, *, written: bool, begun: bool) -> _Stand:
        return name, written or name in beside, begun or not grant.since or name in begins

    start = stand(sight.definition.initial, written=False, begun=False)
    if start[0] in known:
        return None
    came: dict[_Stand, tuple[_Stand, Move] | None] = {start: None}
    for here in (waiting := [start]):
        if here[1] and here[2]:
            return _back(came, here)
        for move in sight.moves:
            if move.source == here[0] and move.target not in known:
                writes = judgement in sight.writes(move)
                there = stand(move.target, written=here[1] or writes, begun=here[2])
                if there not in came:
                    came[there] = (here, move)
                    waiting.append(there)
    return None


def _written_beside(sight: Sight, judgement: str) -> set[str]:
    """The states of this machine in which another one of the file may have written it."""
    found: set[str] = set()
    for other in sight.machines:
        if other is sight or not any(judgement in other.writes(move) for move in other.moves):
            continue
        if sight.case is not None:
            return set(sight.reached)
        found |= closure(sight.openings(other.track), edges_of(sight.moves))
    return found


def _back(came: Mapping[_Stand, tuple[_Stand, Move] | None], here: _Stand) -> tuple[Move, ...]:
    way: list[Move] = []
    while (step := came[here]) is not None:
        here, move = step
        way.append(move)
    return tuple(reversed(way))
