"""Seen rightly: does anybody read a judgement before it is disclosed, or get asked about what they may not see.

Sight is grants only, so each question is one of reaching: can a case come there without having come by here.

- A *judgement* is a form that the subject never fills and that decides: a fork, a grid, a table or a formula reads it.
- A grant *counts* in a state if every way there has come by one of the states it begins at.
- The subject reads a judgement *too early* if a grant of theirs can count while it is still being written where no
  draft waits for the next disclosure (`disclosing`), or a task of theirs shows it before such a grant counts.
- An *onlooker*, with nothing to do with it, reads it too early before it is disclosed to the subject (`onlookers`).
- What *another case* publishes may be a judgement there, not disclosed yet (`shown_across`).
- A figure's grant is *wider* than its inputs if it can count where the grant of an input does not.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from functools import partial

from engine.core.condition_words import names_in
from engine.core.definition import Definition, Field, Grant, Label, State, Transition
from engine.core.judgements import actors, judging_acts
from engine.core.places import Path
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.moves import Move, closure, edges_of, shortest
from engine.core.proof.onlookers import at_work, check_onlookers, shown
from engine.core.proof.placing import way_path
from engine.core.proof.rights import Sight
from engine.core.proof.shown_across import check_shown_across
from engine.core.proof.sight_findings import (
    judged_in_bulk,
    never_begins,
    shown_early,
    too_early,
    unseen,
    wider,
)
from engine.core.proof.stories import say_named
from engine.core.visibility import inputs_of

__all__ = ["prove_seen_rightly"]


def prove_seen_rightly(ground: Ground) -> Proof:
    """Whether everybody sees what they are asked about, and nobody a judgement before it is disclosed."""
    findings: list[Finding] = []
    sight = Sight(ground.definition)
    for one in sight.machines:
        findings += _check_grants(one)
        findings += _check_judgements(one)
        findings += _check_asked(one)
        findings += _check_bulk(one)
    findings += check_onlookers(sight, ground.others)
    findings += check_shown_across(sight, ground.others)
    judgements = sorted(sight.judgements)
    return Proof(
        question="seen_rightly",
        answer=answer_of(findings),
        summary=_summary(findings, sight, judgements),
        findings=tuple(findings),
        facts={
            "judgements": judgements,
            "grants": {f"{one.what}, {one.role}": list(one.since) for one in ground.definition.grants},
        },
    )


def _summary(findings: Sequence[Finding], sight: Sight, judgements: Sequence[str]) -> Label:
    if answer_of(findings) == "refuted":
        return Label(
            id="ada yang terbaca terlalu awal, atau ditanyakan tanpa dapat dilihat",
            en="something is read too early, or asked about unseen",
        )
    if not judgements:
        return Label(
            id="tidak ada formulir yang menentukan hasil, jadi tidak ada yang terbaca terlalu awal",
            en="no form decides a result, so none can be read too early",
        )
    kept = [say_named(sight.definition, name) for name in judgements]
    return Label(
        id=f"tidak ada penilaian yang terbaca sebelum dibuka ({', '.join(one.id for one in kept)})",
        en=f"no judgement is read before its disclosure ({', '.join(one.en for one in kept)})",
    )


def _check_grants(sight: Sight) -> Iterator[Finding]:
    """Grants that never begin, and those of figures that are wider than those of their inputs."""
    for grant in sight.definition.grants:
        path: Path = ("visibility", grant.what, grant.role)
        own = set(grant.since) & sight.definition.states.keys()
        if own and not own & sight.reached:
            yield never_begins(path, grant)
        for source in sorted(_kept_back(sight.definition, grant.what)):
            where = grant.since or (sight.definition.initial,)
            early = [
                state
                for state in where
                if state in sight.reached and not sight.reads(grant.role, source, state)
            ]
            if early:
                yield wider(sight, path, grant, source, early[0])


def _kept_back(definition: Definition, name: str) -> Iterator[str]:
    """What a figure is made of that has grants of its own.

    What other cases publish is open to whoever reads here. Answers without names are told as figures only: a grant
    of such a figure is its author's word, and shows nobody's answer.
    """
    if name in definition.figures:
        unnamed = _unnamed(definition)
        for one in inputs_of(definition, name):
            if one.partition(".")[0] not in definition.reads and one not in unnamed:
                yield one


def _unnamed(definition: Definition) -> set[str]:
    """Gatherings and journals whose answers nobody can tell apart."""
    machines = (definition, *definition.tracks.values())
    gathers = (state.gather for one in machines for state in one.states.values() if state.gather is not None)
    found = {gather.name for gather in gathers if gather.anonymous}
    return found | {name for name, journal in definition.journals.items() if journal.anonymous}


def _check_judgements(sight: Sight) -> Iterator[Finding]:
    """The subject's grants and tasks that open a judgement before it is disclosed."""
    written = {name for move in sight.moves for name in sight.writes(move)}
    for judgement in sorted(sight.judgements):
        shown_as = (
            judgement,
            *(name for name in sight.definition.figures if judgement in inputs_of(sight.definition, name)),
        )
        for role in sorted(sight.subjects):
            grants = {what: sight.grants[what, role] for what in shown_as if (what, role) in sight.grants}
            for grant in grants.values() if judgement in written else ():
                yield from _check_disclosure(sight, judgement, grant)
            for what in shown_as:
                # What has no grant is disclosed by the task that shows it; a figure, with what it is made of.
                inherited = grants.get(what, grants.get(judgement))
                if inherited is not None:
                    yield from _check_shown(sight, judgement, what, inherited)


def _check_disclosure(sight: Sight, judgement: str, grant: Grant) -> Iterator[Finding]:
    """Whether a grant can count while the judgement is still to be written, and then shows it at once."""
    path: Path = ("visibility", grant.what, grant.role)
    if not grant.since:
        written = shortest(
            sight.definition.initial, sight.moves, lambda move: judgement in sight.writes(move)
        )
        yield too_early(sight, path, grant, judgement, written or ())
        return
    before = [move for move in sight.moves if judgement not in sight.surely_writes(move)]
    unwritten = closure({sight.definition.initial}, edges_of(before))
    drafts = sight.drafts(grant.since)
    for begins in dict.fromkeys(sight.may_begin(grant.since)):
        if begins not in unwritten:
            continue
        from_there = closure({begins}, edges_of(sight.moves))
        writing = next(
            (
                move
                for move in sight.moves
                if move.source in from_there
                and judgement in sight.writes(move)
                and move.target not in grant.since
                and move.source not in drafts
            ),
            None,
        )
        if writing is not None:
            first = shortest(sight.definition.initial, before, partial(_enters, begins)) or ()
            then = shortest(begins, sight.moves, partial(operator.is_, writing)) or ()
            yield too_early(sight, path, grant, judgement, (*first, *then))
            return


def _enters(state: str, move: Move) -> bool:
    return move.target == state


def _check_shown(sight: Sight, judgement: str, what: str, grant: Grant) -> Iterator[Finding]:
    """Tasks and gatherings of the subject that show a judgement before its grant counts."""
    for state in sight.definition.states.values():
        if (
            state.name in sight.reached
            and grant.role in at_work(state)
            and what in shown(state)
            and not sight.reads(grant.role, grant.what, state.name)
        ):
            yield shown_early(sight, state, judgement, what, grant)


def _check_bulk(sight: Sight) -> Iterator[Finding]:
    """Acts that judge, and may be done in many cases at once because the rules say so."""
    judging = judging_acts(sight.definition)
    told: set[Path] = set()
    for state in sight.definition.states.values():
        for way in state.transitions:
            path = way_path(sight.definition, way)
            if way.bulk and (state.name, way.rule) in judging and path not in told:
                told.add(path)
                yield judged_in_bulk(path, state, way)


def _check_asked(sight: Sight) -> Iterator[Finding]:
    """Acts whose condition, or whose list to pick from, the one who acts may not read."""
    told: set[tuple[Path, str, str]] = set()
    for state in sight.definition.states.values():
        for way in state.transitions if state.name in sight.reached else ():
            for role in actors(state, way):
                for what in _asked(sight.definition, state, way):
                    key = (way_path(sight.definition, way), role, what)
                    if key not in told and not _sees(sight, state, way, role, what):
                        told.add(key)
                        yield unseen(sight, state, way, role, what)


def _asked(definition: Definition, state: State, way: Transition) -> Iterator[str]:
    """The forms and figures an act asks somebody about: what its condition reads, what its form picks from."""
    for name in names_in(way.when.text) if way.when is not None else ():
        if name not in definition.settings:
            yield name if name in definition.figures else name.partition(".")[0]
    form = state.form_of(way)
    if form is not None:
        for field in _fields(definition.forms[form].fields):
            source = field.source.partition(".")[0]
            if source in definition.forms:
                yield source


def _fields(fields: Sequence[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _fields(field.item)


def _sees(sight: Sight, state: State, way: Transition, role: str, what: str) -> bool:
    """Whether somebody in a role may read something while they act: by grant, by their task, or as they fill it."""
    open_to = {form} if (form := state.form_of(way)) is not None else set()
    if state.task is not None and state.task.who == role:
        open_to |= {*state.task.shows, *((state.task.form,) if state.task.form else ())}
    figure = sight.definition.figures.get(what)
    sources = inputs_of(sight.definition, figure.name) if figure is not None else frozenset({what})
    if what in open_to or sight.reads(role, what, state.name):
        return True
    return all(one in open_to or sight.reads(role, one, state.name) for one in sources)
