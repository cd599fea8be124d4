"""What is said of cases that cannot finish, of what is of no use, and of loops without a cap: each with its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.core.definition import Definition, Label, Transition
from engine.core.proof.counting import MOST_COUNTS
from engine.core.proof.finding import Finding
from engine.core.proof.moves import Move, moves_of, shortest
from engine.core.proof.placing import state_path, way_path
from engine.core.proof.stories import begins, say_move, say_state, tell

__all__ = ["endless", "never_worn", "no_end", "told_step", "too_many"]


def no_end(definition: Definition, name: str, moves: Sequence[Move]) -> Finding:
    """A state from which a case may be unable to finish."""
    state = say_state(definition, name)
    way = shortest(definition.initial, moves, lambda move: move.target == name) or ()
    last = Label(
        id="Dari sana tidak ada jalan menuju akhir: yang ada sudah terpakai habis.",
        en="From there no way leads to an end: what led there is used up.",
    )
    return Finding(
        code="cannot_finish",
        question="sound",
        severity="error",
        path=state_path(definition, name),
        message=Label(
            id=f"kasus di '{name}' (“{state.id}”) bisa tidak dapat selesai lagi",
            en=f"a case in '{name}' (“{state.en}”) may be unable to finish",
        ),
        story=(*tell(definition, way), last),
        suggestion=Label(
            id="beri jalan ke luar tanpa `at_most`, atau sebutkan `then`",
            en="add a way out without `at_most`, or say where it leads `then`",
        ),
        facts={"state": name},
    )


def too_many(definition: Definition) -> Finding:
    """Too many states with counts: nothing is claimed."""
    return Finding(
        code="too_many_counts",
        question="sound",
        severity="unproven",
        path=state_path(definition, definition.initial),
        message=Label(
            id=f"lebih dari {MOST_COUNTS} gabungan keadaan dan hitungan; tidak semuanya diperiksa",
            en=f"more than {MOST_COUNTS} states with counts; not all of them were looked at",
        ),
        suggestion=Label(
            id="kurangi `at_most`, atau beri setiap putaran jalan ke luar yang tidak dihitung",
            en="lower `at_most`, or give each loop a way out that is not counted",
        ),
    )


def never_worn(definition: Definition, way: Transition) -> Finding:
    """A `then` that no case comes to."""
    return Finding(
        code="then_never",
        question="sound",
        severity="warning",
        path=way_path(definition, way),
        message=Label(
            id=f"'{way.name}' tidak pernah dipakai lebih dari {way.at_most} kali, jadi `then` tidak pernah berlaku",
            en=f"'{way.name}' is never used more than {way.at_most} times, so `then` never counts",
        ),
        suggestion=Label(id="hapus `at_most` dan `then`", en="remove `at_most` and `then`"),
    )


def endless(definition: Definition, lap: Sequence[Move], moves: Sequence[Move]) -> Finding:
    """A loop of acts that goes on as long as people like."""
    start = lap[0].source
    first = shortest(definition.initial, moves, lambda move: move.target == start) or ()
    round_trip = " -> ".join([start, *(move.target for move in lap)])
    again = Label(id="Lalu semuanya berulang, tanpa batas.", en="Then it all begins again, without limit.")
    return Finding(
        code="loop_without_cap",
        question="sound",
        severity="warning",
        path=way_path(definition, lap[-1].way),
        message=Label(
            id=f"orang dapat berputar tanpa batas: {round_trip}",
            en=f"people can go round for ever: {round_trip}",
        ),
        story=(*tell(definition, (*first, *lap)), again),
        suggestion=Label(
            id="beri salah satunya `at_most: 2` dan `then`, atau tanggal yang mengakhirinya",
            en="give one of them `at_most: 2` and `then`, or a date that ends it",
        ),
        facts={"states": [start, *(move.target for move in lap)]},
    )


def told_step(definition: Definition, step: str) -> Label:
    """A step of the net in words: what happens in the case, or in which of its tracks."""
    track, _, moved = step.rpartition(":")
    machine = definition.tracks.get(track, definition)
    rule, _, target = moved.partition("->")
    target = target.partition("#")[0]
    for move in moves_of(machine):
        if (move.way.rule, move.target) == (rule, target):
            told = say_move(machine, move)
            title = machine.texts.title
            return replace(told, id=f"{title.id}: {told.id}", en=f"{title.en}: {told.en}") if track else told
    return begins(definition)
