"""Seen rightly: does anybody read a judgement before it is disclosed, or get asked about what they may not see.

Sight is grants only, so each question is one of reaching: can a case come there without having come by here.

- A *judgement* is a form that the subject never fills and that decides: a fork, a grid, a table or a formula reads it.
- A grant *counts* in a state if every way there has come by one of the states it begins at.
- The subject reads a judgement *too early* if a grant of theirs can count while it is still being written, or a task
  of theirs shows it before such a grant counts.
- A figure's grant is *wider* than its inputs if it can count where the grant of an input does not.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from engine.core.condition_words import names_in
from engine.core.definition import By, Count, Definition, Field, Grant, Label, State, Total, Transition
from engine.core.places import Path
from engine.core.proof.filled import gives
from engine.core.proof.finding import Finding, Ground, Proof, answer_of
from engine.core.proof.guards import impossible
from engine.core.proof.moves import Move, closure, edges_of, moves_of, shortest
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import SOMEBODY, say_named, say_role, say_state, tell
from engine.core.roles import Subject
from engine.core.visibility import inputs_of

__all__ = ["prove_seen_rightly"]


def prove_seen_rightly(ground: Ground) -> Proof:
    """Whether everybody sees what they are asked about, and nobody a judgement before it is disclosed."""
    findings: list[Finding] = []
    for one in (ground.definition, *ground.definition.tracks.values()):
        sight = _Sight(one)
        findings += _check_grants(sight)
        findings += _check_judgements(sight)
        findings += _check_asked(sight)
    sight = _Sight(ground.definition)
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


def _summary(findings: Sequence[Finding], sight: _Sight, judgements: Sequence[str]) -> Label:
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


class _Sight:
    """One definition, its moves, and since when what is granted."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.moves = moves_of(definition, *impossible(definition))
        self.reached = closure({definition.initial}, edges_of(self.moves))
        self.grants = {(one.what, one.role): one for one in definition.grants}
        self._after: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The roles that the person the case is about fills."""
        return frozenset(
            name for name, role in self.definition.roles.items() if isinstance(role.query, Subject)
        )

    @cached_property
    def judgements(self) -> frozenset[str]:
        """The forms that decide and that the subject never fills."""
        definition = self.definition
        deciding = {
            source
            for figure in definition.figures.values()
            if not isinstance(figure, Total | Count)
            for source in inputs_of(self.definition, figure.name)
        }
        for choice in definition.choices.values():
            for row in choice.rows:
                for name in names_in(row.when.text) if row.when is not None else ():
                    figure = definition.figures.get(name)
                    deciding |= (
                        inputs_of(self.definition, figure.name)
                        if figure is not None
                        else {name.partition(".")[0]}
                    )
        return frozenset((deciding & definition.forms.keys()) - self._filled_by_subject())

    def _filled_by_subject(self) -> set[str]:
        found: set[str] = set()
        for state in self.definition.states.values():
            for way in state.transitions:
                form = _form(state, way)
                if form is not None and set(_actors(state, way)) & self.subjects:
                    found.add(form)
            if state.gather is not None and state.gather.form and set(state.gather.who) & self.subjects:
                found.add(state.gather.form)
        return found

    def surely_after(self, since: tuple[str, ...]) -> frozenset[str]:
        """The states to which every way has come by one of these, those themselves included."""
        if since not in self._after:
            avoiding = [move for move in self.moves if move.target not in since]
            start = {self.definition.initial} - set(since)
            self._after[since] = frozenset(self.reached - closure(start, edges_of(avoiding)))
        return self._after[since]

    def reads(self, role: str, what: str, state: str) -> bool:
        """Whether a role surely may read something in a state, by grants; a figure with all that it is made of."""
        grant = self.grants.get((what, role))
        if grant is not None and (not grant.since or state in self.surely_after(grant.since)):
            return True
        if grant is not None and not set(grant.since) & self.definition.states.keys():
            return True  # it begins in another machine of the same file, whose states are walked there
        figure = self.definition.figures.get(what)
        inputs = inputs_of(self.definition, figure.name) if figure is not None else frozenset()
        return bool(inputs) and all(self.reads(role, one, state) for one in inputs)


def _form(state: State, way: Transition) -> str | None:
    """The form an act needs."""
    if not isinstance(way.trigger, By):
        return None
    own = state.task.form if state.task is not None and not way.trigger.roles else None
    return way.form or own


def _actors(state: State, way: Transition) -> tuple[str, ...]:
    """The roles that may set an act off."""
    if not isinstance(way.trigger, By):
        return ()
    return way.trigger.roles or ((state.task.who,) if state.task is not None else ())


def _check_grants(sight: _Sight) -> Iterator[Finding]:
    """Grants that never begin, and those of figures that are wider than those of their inputs."""
    for grant in sight.definition.grants:
        path: Path = ("visibility", grant.what, grant.role)
        own = set(grant.since) & sight.definition.states.keys()
        if own and not own & sight.reached:
            yield _never_begins(path, grant)
        for source in sorted(_kept_back(sight.definition, grant.what)):
            where = grant.since or (sight.definition.initial,)
            early = [
                state
                for state in where
                if state in sight.reached and not sight.reads(grant.role, source, state)
            ]
            if early:
                yield _wider(sight, path, grant, source, early[0])


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


def _check_judgements(sight: _Sight) -> Iterator[Finding]:
    """The subject's grants and tasks that open a judgement before it is disclosed."""
    for judgement in sorted(sight.judgements):
        made = [
            name
            for name, figure in sight.definition.figures.items()
            if judgement in inputs_of(sight.definition, figure.name)
        ]
        shown_as = (judgement, *made)
        for role in sorted(sight.subjects):
            for what in shown_as:
                grant = sight.grants.get((what, role))
                if grant is not None:
                    yield from _check_disclosure(sight, judgement, grant)
                    yield from _check_shown(sight, judgement, grant)


def _check_disclosure(sight: _Sight, judgement: str, grant: Grant) -> Iterator[Finding]:
    """Whether a grant can count while the judgement is still to be written, and then shows it at once."""
    path: Path = ("visibility", grant.what, grant.role)
    if not grant.since:
        yield _too_early(sight, path, grant, judgement, ())
        return
    before = [move for move in sight.moves if judgement not in gives(sight.definition, move)]
    unwritten = closure({sight.definition.initial}, edges_of(before))
    for begins in grant.since:
        if begins not in unwritten:
            continue
        from_there = closure({begins}, edges_of(sight.moves))
        writing = next(
            (
                move
                for move in sight.moves
                if move.source in from_there
                and judgement in gives(sight.definition, move)
                and move.target not in grant.since
            ),
            None,
        )
        if writing is not None:
            first = shortest(sight.definition.initial, before, partial(_enters, begins)) or ()
            then = shortest(begins, sight.moves, partial(operator.is_, writing)) or ()
            yield _too_early(sight, path, grant, judgement, (*first, *then))
            return


def _enters(state: str, move: Move) -> bool:
    return move.target == state


def _check_shown(sight: _Sight, judgement: str, grant: Grant) -> Iterator[Finding]:
    """Tasks and gatherings of the subject that show a judgement before its grant counts."""
    for state in sight.definition.states.values():
        work = state.task if state.task is not None else state.gather
        if work is None or state.name not in sight.reached:
            continue
        who = {work.who} if isinstance(work.who, str) else set(work.who)
        if (
            grant.role in who
            and grant.what in work.shows
            and not sight.reads(grant.role, grant.what, state.name)
        ):
            yield _shown_early(sight, state, judgement, grant)


def _check_asked(sight: _Sight) -> Iterator[Finding]:
    """Acts whose condition, or whose list to pick from, the one who acts may not read."""
    told: set[tuple[Path, str, str]] = set()
    for state in sight.definition.states.values():
        for way in state.transitions if state.name in sight.reached else ():
            for role in _actors(state, way):
                for what in _asked(sight.definition, state, way):
                    key = (way_path(sight.definition, way), role, what)
                    if key not in told and not _sees(sight, state, way, role, what):
                        told.add(key)
                        yield _unseen(sight, state, way, role, what)


def _asked(definition: Definition, state: State, way: Transition) -> Iterator[str]:
    """The forms and figures an act asks somebody about: what its condition reads, what its form picks from."""
    for name in names_in(way.when.text) if way.when is not None else ():
        if name not in definition.settings:
            yield name if name in definition.figures else name.partition(".")[0]
    form = _form(state, way)
    if form is not None:
        for field in _fields(definition.forms[form].fields):
            source = field.source.partition(".")[0]
            if source in definition.forms:
                yield source


def _fields(fields: Sequence[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _fields(field.item)


def _sees(sight: _Sight, state: State, way: Transition, role: str, what: str) -> bool:
    """Whether somebody in a role may read something while they act: by grant, by their task, or as they fill it."""
    open_to = {form} if (form := _form(state, way)) is not None else set()
    if state.task is not None and state.task.who == role:
        open_to |= {*state.task.shows, *((state.task.form,) if state.task.form else ())}
    figure = sight.definition.figures.get(what)
    sources = inputs_of(sight.definition, figure.name) if figure is not None else frozenset({what})
    if what in open_to or sight.reads(role, what, state.name):
        return True
    return all(one in open_to or sight.reads(role, one, state.name) for one in sources)


def _never_begins(path: Path, grant: Grant) -> Finding:
    return Finding(
        code="grant_never",
        question="seen_rightly",
        severity="warning",
        path=path,
        message=Label(
            id=f"izin baca '{grant.what}' bagi '{grant.role}' tidak pernah mulai berlaku",
            en=f"the grant of '{grant.what}' to '{grant.role}' never begins",
        ),
        suggestion=Label(
            id="sebutkan keadaan yang dapat dicapai kasus", en="name a state that a case comes to"
        ),
    )


def _wider(sight: _Sight, path: Path, grant: Grant, source: str, state: str) -> Finding:
    what, form = say_named(sight.definition, grant.what), say_named(sight.definition, source)
    who, where = say_role(sight.definition, grant.role), say_state(sight.definition, state)
    return Finding(
        code="figure_wider",
        question="seen_rightly",
        severity="error",
        path=path,
        message=Label(
            id=f"'{grant.role}' boleh membaca '{grant.what}' di '{state}', padahal belum boleh membaca '{source}'",
            en=f"'{grant.role}' may read '{grant.what}' in '{state}', and not yet '{source}', which it is made of",
        ),
        story=(
            Label(
                id=f"Kasus {SOMEBODY} ada di “{where.id}”. {who.id} membaca “{what.id}” dan dapat menebak “{form.id}”.",
                en=f"{SOMEBODY}'s case is at “{where.en}”. {who.en} reads “{what.en}” and can guess “{form.en}”.",
            ),
        ),
        suggestion=Label(
            id=f"beri izin baca '{source}' pada saat yang sama, atau mulai izin angka itu nanti",
            en=f"grant '{source}' since the same states, or the figure later",
        ),
        facts={"what": grant.what, "role": grant.role, "input": source, "state": state},
    )


def _too_early(sight: _Sight, path: Path, grant: Grant, judgement: str, way: Sequence[Move]) -> Finding:
    form = say_named(sight.definition, judgement)
    last = Label(
        id=f"“{form.id}” baru saja ditulis, dan {SOMEBODY} sudah dapat membacanya.",
        en=f"“{form.en}” was only just written, and {SOMEBODY} can read it already.",
    )
    return Finding(
        code="seen_too_early",
        question="seen_rightly",
        severity="error",
        path=path,
        message=Label(
            id=f"'{grant.role}' dapat membaca '{grant.what}' begitu '{judgement}' ditulis, sebelum dibuka",
            en=f"'{grant.role}' can read '{grant.what}' as soon as '{judgement}' is written, before it is disclosed",
        ),
        story=(*tell(sight.definition, way), last),
        suggestion=Label(
            id="mulai izin ini di keadaan tempat hasil dibuka",
            en="let the grant begin at the state that discloses it",
        ),
        facts={"what": grant.what, "role": grant.role, "ways": [one.way.rule for one in way]},
    )


def _shown_early(sight: _Sight, state: State, judgement: str, grant: Grant) -> Finding:
    since = set(grant.since)
    avoiding = [move for move in sight.moves if move.target not in since]
    way = shortest(sight.definition.initial, avoiding, lambda move: move.target == state.name) or ()
    form = say_named(sight.definition, judgement)
    last = Label(
        id=f"Tugas {SOMEBODY} di sini menampilkan “{form.id}”, yang belum dibuka.",
        en=f"{SOMEBODY}'s task here shows “{form.en}”, which is not disclosed yet.",
    )
    return Finding(
        code="shown_too_early",
        question="seen_rightly",
        severity="error",
        path=(
            *state_path(sight.definition, state.name),
            "task" if state.task is not None else "gather",
            "shows",
        ),
        message=Label(
            id=f"'{state.name}' menampilkan '{grant.what}' kepada '{grant.role}' sebelum dibuka",
            en=f"'{state.name}' shows '{grant.what}' to '{grant.role}' before it is disclosed",
        ),
        story=(*tell(sight.definition, way), last),
        suggestion=Label(
            id=f"hapus dari `shows`, atau mulai izinnya di '{state.name}'",
            en=f"remove it from `shows`, or let its grant begin at '{state.name}'",
        ),
        facts={"what": grant.what, "role": grant.role, "state": state.name},
    )


def _unseen(sight: _Sight, state: State, way: Transition, role: str, what: str) -> Finding:
    who, form = say_role(sight.definition, role), say_named(sight.definition, what)
    where = say_state(sight.definition, state.name)
    return Finding(
        code="asked_unseen",
        question="seen_rightly",
        severity="error",
        path=way_path(sight.definition, way),
        message=Label(
            id=f"'{way.name}' menanyakan '{what}' kepada '{role}', yang tidak boleh melihatnya",
            en=f"'{way.name}' asks '{role}' about '{what}', which they may not see",
        ),
        story=(
            Label(
                id=f"Kasus {SOMEBODY} ada di “{where.id}”. {who.id} bertindak tanpa dapat membaca “{form.id}”.",
                en=f"{SOMEBODY}'s case is at “{where.en}”. {who.en} is to act and cannot read “{form.en}”.",
            ),
        ),
        suggestion=Label(
            id="tambahkan ke `shows` tugasnya, atau beri izin baca di `visibility`",
            en="add it to the task's `shows`, or grant it under `visibility`",
        ),
        facts={"what": what, "role": role, "state": state.name},
    )
