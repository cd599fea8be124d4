"""Across files: do definitions that wait for each other wait for ever, and do they see of each other what they name.

A case *waits* in a state that nothing of its own leads out of: no act, no moment, only facts of other cases. It waits
for ever if what it waits for lies behind a state that waits for it in turn. To one's superior's case and to the case
before, waiting is no circle: such chains come to an end, and what can never exist counts as reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.core.definition import By, Definition, Label, Reached, Upon
from engine.core.figures import paths_of
from engine.core.places import Path, nearest
from engine.core.proof.correcting import check_corrections
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.moves import closure
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.waits_across import check_circles, waits_of, workflows_read

__all__ = ["prove_across"]


def prove_across(ground: Ground) -> Proof:
    """Whether this definition and the others it opens and reads can go on together."""
    definition = ground.definition
    known = {**ground.others, definition.workflow: definition}
    findings = [
        *_check_missing(definition, known),
        *_check_reads(definition, known),
        *_check_facts(definition, known),
        *_check_opening(definition, known),
        *check_corrections(definition, known),
    ]
    waits = [wait for one in known.values() for wait in waits_of(one, known)]
    findings += check_circles(definition, known, waits)
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


def _check_missing(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    named = [("linked", one.name, one.workflow) for one in definition.linked.values()]
    named += [("reads", one.name, one.workflow) for one in definition.reads.values()]
    for section, name, workflow in named:
        if workflow and workflow not in known:
            yield Finding(
                code="other_missing",
                question="across_files",
                severity="error",
                path=(section, name, "workflow"),
                message=Label(
                    id=f"definisi '{workflow}' tidak ada di sini",
                    en=f"the definition '{workflow}' is not here",
                ),
                suggestion=_nearest(workflow, known)
                or Label(
                    id="letakkan berkasnya di sebelah berkas ini, atau sebutkan dengan --with",
                    en="put its file beside this one, or name it with --with",
                ),
            )


def _nearest(name: str, known: Iterable[str]) -> Label | None:
    """The known name that was likely meant, as a question."""
    hint = nearest(name, known)
    return None if hint is None else Label(id=hint["id"], en=hint["en"])


def _check_reads(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    """What figures, tasks and forms read of other cases is published there."""
    for path, text in _read_paths(definition):
        name, _, rest = text.partition(".")
        for workflow in workflows_read(definition, definition.reads[name], known):
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
    return Finding(
        code="not_published",
        question="across_files",
        severity="error",
        path=path,
        message=Label(
            id=f"'{workflow}' tidak menerbitkan '{name}'", en=f"'{workflow}' does not publish '{name}'"
        ),
        suggestion=_nearest(name, other.publishes)
        or Label(
            id=f"tambahkan '{name}' pada `publishes` di '{workflow}'",
            en=f"add '{name}' to `publishes` of '{workflow}'",
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
                for workflow in workflows_read(definition, definition.reads[fact.read], known):
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
