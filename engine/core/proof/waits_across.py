"""Cases that wait for one another: in which states, for what, and circles of waiting that never end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.core.definition import At, By, Closed, Definition, Label, Reached, Read, Upon
from engine.core.proof.finding import Finding
from engine.core.proof.leading import way_to
from engine.core.proof.moves import closure, edges_of, moves_of
from engine.core.proof.placing import state_path
from engine.core.proof.stories import SOMEBODY, Told, say_state
from engine.core.roles import SuperiorOf

__all__ = ["Wait", "check_circles", "waits_of", "workflows_read"]


#: relations to other cases along which one cannot go for ever
_DESCENDING = frozenset({"superior", "previous"})


@dataclass(frozen=True, slots=True)
class Wait:
    """A case of one workflow rests in a state until a case of another has come to one of these states."""

    workflow: str
    state: str
    fact: str
    other: str
    until: frozenset[str]
    relation: str


def workflows_read(definition: Definition, read: Read, known: Mapping[str, Definition]) -> tuple[str, ...]:
    """The workflows of the cases a read may lead to."""
    if read.workflow:
        return (read.workflow,)
    opening = (
        one.workflow
        for one in known.values()
        if any(link.workflow == definition.workflow for link in one.linked.values())
    )
    return tuple(opening)


def waits_of(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Wait]:
    """The states of a definition that only other cases end."""
    for state in definition.states.values():
        own = [way for way in state.transitions if not way.rule.startswith("anytime.")]
        if state.final is not None or any(isinstance(way.trigger, By | At) for way in own):
            continue
        for way in own:
            for fact in way.trigger.facts if isinstance(way.trigger, Upon) else ():
                yield from _waits_for(definition, state.name, fact, known)


def _waits_for(
    definition: Definition, state: str, fact: object, known: Mapping[str, Definition]
) -> Iterator[Wait]:
    if isinstance(fact, Reached):
        read = definition.reads[fact.read]
        for other in workflows_read(definition, read, known):
            relation = _relation(definition, read)
            yield Wait(definition.workflow, state, fact.text, other, frozenset({fact.state}), relation)
    elif isinstance(fact, Closed):
        other = definition.linked[fact.link].workflow
        if other in known:
            ends = {name for name, one in known[other].states.items() if one.final is not None}
            yield Wait(definition.workflow, state, fact.text, other, frozenset(ends), "child")


def _relation(definition: Definition, read: Read) -> str:
    if read.of in definition.roles:
        above = isinstance(definition.roles[read.of].query, SuperiorOf) and not read.many
        return "superior" if above else "somebody"
    return read.of


def check_circles(
    definition: Definition, known: Mapping[str, Definition], waits: Sequence[Wait]
) -> Iterator[Finding]:
    """Circles of waiting that begin in this definition and are not all along chains that end."""
    onward = {
        wait: [other for other in waits if other.workflow == wait.other and _before(known, other, wait)]
        for wait in waits
    }
    for wait in waits:
        if wait.workflow != definition.workflow:
            continue
        circle = _circle(wait, onward)
        if circle and not {one.relation for one in circle} <= _DESCENDING:
            yield _for_ever(definition, known, circle)


def _before(known: Mapping[str, Definition], rest: Wait, wait: Wait) -> bool:
    """Whether a case must have left one waiting state before it comes to what another waits for."""
    other = known.get(wait.other)
    if other is None or rest.state in wait.until:
        return False
    moves = [move for move in moves_of(other) if move.source != rest.state]
    return not closure({other.initial}, edges_of(moves)) & wait.until


def _circle(start: Wait, onward: Mapping[Wait, Sequence[Wait]]) -> tuple[Wait, ...]:
    """The shortest way round from one waiting back to itself; () if there is none."""
    came: dict[Wait, Wait | None] = {start: None}
    waiting = [start]
    for here in waiting:
        for there in onward[here]:
            if there == start:
                way = [here]
                while (before := came[way[-1]]) is not None:
                    way.append(before)
                return tuple(reversed(way))
            if there not in came:
                came[there] = here
                waiting.append(there)
    return ()


def _for_ever(definition: Definition, known: Mapping[str, Definition], circle: Sequence[Wait]) -> Finding:
    lines = []
    for one in circle:
        state = say_state(known[one.workflow], one.state)
        lines.append(
            Told(
                id=f"Kasus '{one.workflow}' milik {SOMEBODY} menunggu di “{state.id}” sampai: {one.fact}.",
                en=f"{SOMEBODY}'s case of '{one.workflow}' rests at “{state.en}” until: {one.fact}.",
                definition=known[one.workflow],
                moves=way_to(known[one.workflow], one.state),
                alone=True,
            )
        )
    told = " -> ".join(f"{one.workflow}.{one.state}" for one in (*circle, circle[0]))
    return Finding(
        code="wait_for_ever",
        question="across_files",
        severity="error",
        path=state_path(definition, circle[0].state),
        message=Label(
            id=f"saling menunggu selamanya: {told}", en=f"these wait for each other for ever: {told}"
        ),
        story=tuple(lines),
        suggestion=Label(
            id="beri salah satunya jalan `at`, atau biarkan ia menunggu yang lebih awal",
            en="give one of them an `at` way out, or let it wait for something earlier",
        ),
        facts={"circle": [f"{one.workflow}.{one.state}" for one in circle]},
    )
