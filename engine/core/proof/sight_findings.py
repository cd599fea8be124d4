"""What is said of something that is read too early, or asked about unseen: each finding with its story."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.core.definition import Definition, Grant, Label, State, Transition
from engine.core.places import Path
from engine.core.proof.finding import Finding
from engine.core.proof.leading import way_to
from engine.core.proof.moves import Move, shortest
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.rights import Sight
from engine.core.proof.stories import SOMEBODY, Told, say_named, say_role, say_state, tell

__all__ = [
    "judged_in_bulk",
    "never_begins",
    "read_by_onlooker",
    "shown_before_other",
    "shown_early",
    "too_early",
    "unseen",
    "wider",
]


def never_begins(path: Path, grant: Grant) -> Finding:
    """A grant whose states no case comes to."""
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


def judged_in_bulk(path: Path, state: State, way: Transition) -> Finding:
    """A judgement that may be given in many cases with one press of a button."""
    return Finding(
        code="judged_in_bulk",
        question="seen_rightly",
        severity="warning",
        path=path,
        message=Label(
            id=f"'{way.name}' di '{state.name}' memberi atau mengesahkan penilaian, dan boleh dilakukan sekaligus",
            en=f"'{way.name}' in '{state.name}' gives or confirms a judgement, and may be done in bulk",
        ),
        suggestion=Label(
            id="hapus `bulk`, agar setiap penilaian dibuka sendiri",
            en="remove `bulk`, so that each judgement is opened by itself",
        ),
        facts={"state": state.name, "act": way.rule},
    )


def wider(sight: Sight, path: Path, grant: Grant, source: str, state: str) -> Finding:
    """A figure that may be read where something it is made of may not."""
    what, form = say_named(sight.definition, grant.what), say_named(sight.definition, source)
    who = say_role(sight.definition, grant.role)
    inner = sight.grants.get((source, grant.role))
    way = _way(sight, state, inner.since if inner is not None else ())
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
            *tell(sight.definition, way),
            Label(
                id=f"{who.id} membaca “{what.id}” dan dapat menebak “{form.id}”.",
                en=f"{who.en} reads “{what.en}” and can guess “{form.en}”.",
            ),
        ),
        suggestion=Label(
            id=f"beri izin baca '{source}' pada saat yang sama, atau mulai izin angka itu nanti",
            en=f"grant '{source}' since the same states, or the figure later",
        ),
        facts={"what": grant.what, "role": grant.role, "input": source, "state": state},
    )


def too_early(sight: Sight, path: Path, grant: Grant, judgement: str, way: Sequence[Move]) -> Finding:
    """A judgement that can be read as soon as it is written; `way` leads there."""
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


def read_by_onlooker(sight: Sight, path: Path, grant: Grant, way: Sequence[Move]) -> Finding:
    """A judgement that somebody who has nothing to do with it reads before it is disclosed; `way` leads there."""
    form, who = say_named(sight.definition, grant.what), say_role(sight.definition, grant.role)
    last = Label(
        id=f"“{form.id}” belum dibuka bagi {SOMEBODY}, tetapi sudah dapat dibaca: {who.id}.",
        en=f"“{form.en}” is not disclosed to {SOMEBODY} yet, and can be read already: {who.en}.",
    )
    return Finding(
        code="seen_by_onlooker",
        question="seen_rightly",
        severity="error",
        path=path,
        message=Label(
            id=f"'{grant.role}' dapat membaca '{grant.what}' sebelum dibuka, tanpa pekerjaan apa pun dengannya",
            en=f"'{grant.role}' can read '{grant.what}' before it is disclosed, and has nothing to do with it",
        ),
        story=(*tell(sight.definition, way), last),
        suggestion=Label(
            id="mulai izin ini di keadaan tempat hasil dibuka, atau hapus",
            en="let the grant begin at the state that discloses it, or remove it",
        ),
        facts={"what": grant.what, "role": grant.role, "ways": [one.way.rule for one in way]},
    )


def _way(sight: Sight, state: str, avoiding: Collection[str]) -> tuple[Move, ...]:
    """The shortest way to a state that comes by none of others."""
    moves = [move for move in sight.moves if move.target not in avoiding]
    if state == sight.definition.initial:
        return ()
    return shortest(sight.definition.initial, moves, lambda move: move.target == state) or ()


def shown_early(sight: Sight, state: State, judgement: str, what: str, grant: Grant) -> Finding:
    """A task that shows a judgement before its grant begins."""
    way = _way(sight, state.name, grant.since)
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
            id=f"'{state.name}' menampilkan '{what}' kepada '{grant.role}' sebelum dibuka",
            en=f"'{state.name}' shows '{what}' to '{grant.role}' before it is disclosed",
        ),
        story=(*tell(sight.definition, way), last),
        suggestion=Label(
            id=f"hapus dari `shows`, atau mulai izinnya di '{state.name}'",
            en=f"remove it from `shows`, or let its grant begin at '{state.name}'",
        ),
        facts={"what": what, "role": grant.role, "state": state.name},
    )


def shown_before_other(
    sight: Sight, path: Path, state: str, what: str, other: Definition, way: Sequence[Move]
) -> Finding:
    """A judgement of another case that the subject is shown; `way` leads that one to where it is not disclosed."""
    hidden = way[-1].target if way else other.initial
    here, there = say_state(sight.definition, state), say_state(other, hidden)
    return Finding(
        code="shown_before_other",
        question="seen_rightly",
        severity="error",
        path=path,
        message=Label(
            id=f"'{state}' memperlihatkan '{what}', yang mungkin belum dibuka di '{other.workflow}'",
            en=f"'{state}' shows '{what}', which may not be disclosed in '{other.workflow}' yet",
        ),
        story=(
            Told(
                id=f"Kasus '{other.workflow}' berada di “{there.id}”: penilaiannya sudah ditulis, belum dibuka.",
                en=f"The case of '{other.workflow}' is at “{there.en}”: its judgement is written, not disclosed.",
                definition=other,
                moves=tuple(way),
                alone=True,
            ),
            Told(
                id=f"Kasus {SOMEBODY} sampai di “{here.id}”, dan {SOMEBODY} membaca '{what}'.",
                en=f"{SOMEBODY}'s case comes to “{here.en}”, and {SOMEBODY} reads '{what}'.",
                definition=sight.definition,
                moves=way_to(sight.definition, state),
                alone=True,
            ),
        ),
        suggestion=Label(
            id="tunggu dahulu (`upon`) sampai kasus itu mencapai keadaan yang membukanya, atau jangan tampilkan",
            en="wait (`upon`) until that case reaches the state that discloses it, or do not show it",
        ),
        facts={"what": what, "state": state, "workflow": other.workflow, "other": hidden},
    )


def unseen(sight: Sight, state: State, way: Transition, role: str, what: str) -> Finding:
    """An act that asks somebody about what they may not see."""
    who, form = say_role(sight.definition, role), say_named(sight.definition, what)
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
            *tell(sight.definition, way_to(sight.definition, state.name)),
            Label(
                id=f"{who.id} bertindak tanpa dapat membaca “{form.id}”.",
                en=f"{who.en} is to act and cannot read “{form.en}”.",
            ),
        ),
        suggestion=Label(
            id="tambahkan ke `shows` tugasnya, atau beri izin baca di `visibility`",
            en="add it to the task's `shows`, or grant it under `visibility`",
        ),
        facts={"what": what, "role": role, "state": state.name},
    )
