"""Across files: do definitions that wait for each other wait for ever, and do they see of each other what they name.

A case *waits* in a state that nothing of its own leads out of: no act, no moment, only facts of other cases. It waits
for ever if what it waits for lies behind a state that waits for it in turn. To one's superior's case and to the case
before, waiting is no circle: such chains come to an end, and what can never exist counts as reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.core.definition import At, By, Closed, Definition, Label, Reached, Read, Upon
from engine.core.places import Path, nearest
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.leading import way_to
from engine.core.proof.moves import closure, edges_of, moves_of
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import SOMEBODY, Told, say_state
from engine.core.roles import SuperiorOf
from engine.core.visibility import paths_of

__all__ = ["prove_across"]

#: relations to other cases along which one cannot go for ever
_DESCENDING = frozenset({"superior", "previous"})


@dataclass(frozen=True, slots=True)
class _Wait:
    """A case of one workflow rests in a state until a case of another has come to one of these states."""

    workflow: str
    state: str
    fact: str
    other: str
    until: frozenset[str]
    relation: str


def prove_across(ground: Ground) -> Proof:
    """Whether this definition and the others it opens and reads can go on together."""
    definition = ground.definition
    known = {**ground.others, definition.workflow: definition}
    findings = [
        *_check_missing(definition, known),
        *_check_reads(definition, known),
        *_check_facts(definition, known),
        *_check_opening(definition, known),
    ]
    waits = [wait for one in known.values() for wait in _waits(one, known)]
    findings += _check_circles(definition, known, waits)
    return Proof(
        question="across_files",
        answer=answer_of(findings),
        summary=_summary(findings, known),
        findings=tuple(findings),
        facts={"definitions": sorted(known), "waits": sorted(f"{one.workflow}.{one.state}" for one in waits)},
    )


def _summary(findings: Sequence[Finding], known: Mapping[str, Definition]) -> Label:
    if answer_of(findings) == "refuted":
        return Label(
            id="ada definisi yang saling menunggu, atau menyebut yang tidak ada",
            en="definitions wait for each other, or name what is not there",
        )
    names = ", ".join(sorted(known))
    return Label(
        id=f"tidak ada yang menunggu selamanya: {names}", en=f"none waits for another for ever: {names}"
    )


def _workflows(definition: Definition, read: Read, known: Mapping[str, Definition]) -> tuple[str, ...]:
    """The workflows of the cases a read may lead to."""
    if read.workflow:
        return (read.workflow,)
    opening = (
        one.workflow
        for one in known.values()
        if any(link.workflow == definition.workflow for link in one.linked.values())
    )
    return tuple(opening)


def _check_missing(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    named = [("linked", one.name, one.workflow) for one in definition.linked.values()]
    named += [("reads", one.name, one.workflow) for one in definition.reads.values()]
    for section, name, workflow in named:
        if workflow and workflow not in known:
            hint = nearest(workflow, known)
            yield Finding(
                code="other_missing",
                question="across_files",
                severity="error",
                path=(section, name, "workflow"),
                message=Label(
                    id=f"definisi '{workflow}' tidak ada di sini",
                    en=f"the definition '{workflow}' is not here",
                ),
                suggestion=Label(
                    id="letakkan berkasnya di sebelah berkas ini, atau sebutkan dengan --with",
                    en=hint or "put its file beside this one, or name it with --with",
                ),
            )


def _check_reads(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    """What figures, tasks and forms read of other cases is published there."""
    for path, text in _read_paths(definition):
        name, _, rest = text.partition(".")
        for workflow in _workflows(definition, definition.reads[name], known):
            other = known.get(workflow)
            if other is not None and rest and not _published(other, rest):
                yield _unpublished(path, workflow, rest, other)


def _read_paths(definition: Definition) -> Iterator[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    for name, figure in definition.figures.items():
        found += [(("figures", name), one) for one in paths_of(figure)]
    for state in definition.states.values():
        for key, work in (("task", state.task), ("gather", state.gather)):
            if work is not None:
                found += [((*state_path(definition, state.name), key, "shows"), one) for one in work.shows]
    for name, form in definition.forms.items():
        found += [(("forms", name, field.name), field.source) for field in form.fields if field.source]
    yield from ((path, text) for path, text in found if text.partition(".")[0] in definition.reads)


def _published(other: Definition, path: str) -> bool:
    return any(path == one or path.startswith(f"{one}.") for one in other.publishes)


def _unpublished(path: Path, workflow: str, name: str, other: Definition) -> Finding:
    hint = nearest(name, other.publishes)
    return Finding(
        code="not_published",
        question="across_files",
        severity="error",
        path=path,
        message=Label(
            id=f"'{workflow}' tidak menerbitkan '{name}'", en=f"'{workflow}' does not publish '{name}'"
        ),
        suggestion=Label(
            id=f"tambahkan '{name}' pada `publishes` di '{workflow}'",
            en=hint or f"add '{name}' to `publishes` of '{workflow}'",
        ),
        facts={"workflow": workflow, "name": name},
    )


def _check_facts(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    """States that ways wait for exist there and are published."""
    told: set[tuple[str, str]] = set()
    for state in definition.states.values():
        for way in state.transitions:
            for fact in way.trigger.facts if isinstance(way.trigger, Upon) else ():
                if not isinstance(fact, Reached):
                    continue
                for workflow in _workflows(definition, definition.reads[fact.read], known):
                    other = known.get(workflow)
                    unseen = other is not None and (
                        fact.state not in other.states or fact.state not in other.publishes
                    )
                    if other is not None and unseen and (way.rule, workflow) not in told:
                        told.add((way.rule, workflow))
                        yield _unpublished((*way_path(definition, way), "upon"), workflow, fact.state, other)


def _check_opening(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    """Links by which a case opens cases like itself, by itself and without a part of its period."""
    for link in definition.linked.values():
        if link.workflow and _opens_alone(definition, link.name) and not (link.every or link.rest):
            edges = {
                one.workflow: {
                    other.workflow
                    for other in one.linked.values()
                    if other.workflow and _opens_alone(one, other.name) and not (other.every or other.rest)
                }
                for one in known.values()
            }
            if definition.workflow in closure({link.workflow}, edges):
                yield Finding(
                    code="opens_itself",
                    question="across_files",
                    severity="error",
                    path=("linked", link.name),
                    message=Label(
                        id=f"kasus akan membuka kasus sejenisnya tanpa henti lewat '{link.name}'",
                        en=f"a case would open cases of its own kind without end by '{link.name}'",
                    ),
                    suggestion=Label(
                        id="biarkan orang yang membukanya, atau beri `every` atau `period: rest`",
                        en="let a person open it, or give it `every` or `period: rest`",
                    ),
                )


def _opens_alone(definition: Definition, link: str) -> bool:
    """Whether a state or a move without people opens it."""
    for state in definition.states.values():
        if link in state.starts:
            return True
        for way in state.transitions:
            rows = definition.choices[way.to].rows if way.to in definition.choices else ()
            starts = {*way.starts, *(start for row in rows for start in row.starts)}
            if link in starts and not isinstance(way.trigger, By):
                return True
    return False


def _waits(definition: Definition, known: Mapping[str, Definition]) -> Iterator[_Wait]:
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
) -> Iterator[_Wait]:
    if isinstance(fact, Reached):
        read = definition.reads[fact.read]
        for other in _workflows(definition, read, known):
            relation = _relation(definition, read)
            yield _Wait(definition.workflow, state, fact.text, other, frozenset({fact.state}), relation)
    elif isinstance(fact, Closed):
        other = definition.linked[fact.link].workflow
        if other in known:
            ends = {name for name, one in known[other].states.items() if one.final is not None}
            yield _Wait(definition.workflow, state, fact.text, other, frozenset(ends), "child")


def _relation(definition: Definition, read: Read) -> str:
    if read.of in definition.roles:
        above = isinstance(definition.roles[read.of].query, SuperiorOf) and not read.many
        return "superior" if above else "somebody"
    return read.of


def _check_circles(
    definition: Definition, known: Mapping[str, Definition], waits: Sequence[_Wait]
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


def _before(known: Mapping[str, Definition], rest: _Wait, wait: _Wait) -> bool:
    """Whether a case must have left one waiting state before it comes to what another waits for."""
    other = known.get(wait.other)
    if other is None or rest.state in wait.until:
        return False
    moves = [move for move in moves_of(other) if move.source != rest.state]
    return not closure({other.initial}, edges_of(moves)) & wait.until


def _circle(start: _Wait, onward: Mapping[_Wait, Sequence[_Wait]]) -> tuple[_Wait, ...]:
    """The shortest way round from one waiting back to itself; () if there is none."""
    came: dict[_Wait, _Wait | None] = {start: None}
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


def _for_ever(definition: Definition, known: Mapping[str, Definition], circle: Sequence[_Wait]) -> Finding:
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
