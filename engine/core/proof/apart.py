"""Acts that one person never does both of: kept apart by the roles that do them, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from engine.core.definition import By, Definition, Label, NeverSame
from engine.core.proof.moves import Move, shortest
from engine.core.proof.stories import say_role, tell
from engine.core.roles import Subject

__all__ = ["apart", "never_same"]


def never_same(definition: Definition, moves: Sequence[Move], promise: NeverSame) -> tuple[Label, ...] | None:
    """The story of two acts that one person may do; None if roles keep all of them apart."""
    for one, other in combinations(promise.acts, 2):
        for first, then in ((one, other), (other, one)):
            way = _one_after_other(definition, moves, first, then)
            if way is None:
                continue
            for role, again in product(*(_roles(definition, moves, act) for act in (first, then))):
                if not apart(definition, role, again):
                    return (*tell(definition, way), _nothing_between(definition, role, again))
    return None


def apart(definition: Definition, one: str, other: str) -> bool:
    """Whether two roles are never one person: by `not`, or since nobody acts on their own case as somebody else."""
    if one == other:
        return False
    roles = definition.roles
    subjects = [isinstance(roles[name].query, Subject) for name in (one, other)]
    if any(subjects):
        return not all(subjects)
    return other in roles[one].exclude or one in roles[other].exclude


def _roles(definition: Definition, moves: Sequence[Move], act: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for move in moves:
        trigger = move.way.trigger
        if act in (move.way.name, move.way.rule) and isinstance(trigger, By):
            task = definition.states[move.source].task
            found.update(dict.fromkeys(trigger.roles or ((task.who,) if task is not None else ())))
    return tuple(found)


def _one_after_other(
    definition: Definition, moves: Sequence[Move], first: str, then: str
) -> tuple[Move, ...] | None:
    """The shortest way on which one act follows the other."""
    for last in moves:
        if first in (last.way.name, last.way.rule):
            begun = shortest(definition.initial, moves, lambda move, to=last: move is to)  # type: ignore[misc]
            after = shortest(last.target, moves, lambda move: then in (move.way.name, move.way.rule))
            if begun is not None and after is not None:
                return (*begun, *after)
    return None


def _nothing_between(definition: Definition, one: str, other: str) -> Label:
    first, second = say_role(definition, one), say_role(definition, other)
    if one == other:
        return Label(
            id=f"Keduanya dilakukan {first.id}, jadi orangnya bisa sama.",
            en=f"Both are acts of {first.en}, so it may be one person.",
        )
    return Label(
        id=f"Tidak ada yang memisahkan {first.id} dan {second.id}: orangnya bisa sama.",
        en=f"Nothing keeps {first.en} and {second.en} apart: it may be one person.",
    )
