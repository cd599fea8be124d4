"""Who can do which step if duties are kept apart: the workflow satisfiability problem (Wang, Li 2010), by search.

Few steps and, for each, few people: the step with the fewest candidates is tried first, which is exact and quick. A
step of several people is a board: it is no choice of its own, but enough of its people must be left by the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

__all__ = ["Board", "assignment", "blocking"]

_Pairs = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A step that so many of these people do together; none of them does a step kept apart from it."""

    name: str
    people: tuple[str, ...]
    need: int

    def stands(self, taken: Collection[str]) -> bool:
        """Whether enough are left without those who are taken."""
        return sum(one not in taken for one in self.people) >= self.need


def assignment(
    candidates: Mapping[str, Sequence[str]],
    *,
    apart: _Pairs,
    same: _Pairs = (),
    boards: Sequence[Board] = (),
) -> dict[str, str] | None:
    """Somebody for each step, so that steps in `apart` differ and those in `same` do not; None if nobody can.

    `apart` may name boards: enough of their people are then left. Two boards are never kept apart here: the chart
    passes over the people of the one when it is asked for the other.
    """
    differing, joined = _beside(apart), _beside(same)
    chosen: dict[str, str] = {}
    order = sorted(candidates, key=lambda step: len(candidates[step]))
    by_name = {board.name: board for board in boards}

    def left(step: str) -> bool:
        """Whether the boards kept apart from a step still stand."""
        beside = (by_name[name] for name in differing.get(step, ()) if name in by_name)
        return all(
            one.stands({chosen[other] for other in differing[one.name] if other in chosen}) for one in beside
        )

    def choose(number: int) -> bool:
        if number == len(order):
            return True
        step = order[number]
        barred = {chosen[other] for other in differing.get(step, ()) if other in chosen}
        bound = {chosen[other] for other in joined.get(step, ()) if other in chosen}
        for person in candidates[step]:
            if person in barred or (bound and bound != {person}):
                continue
            chosen[step] = person
            if left(step) and choose(number + 1):
                return True
            del chosen[step]
        return False

    return dict(chosen) if all(one.stands(()) for one in boards) and choose(0) else None


def blocking(
    candidates: Mapping[str, Sequence[str]],
    *,
    apart: _Pairs,
    same: _Pairs = (),
    boards: Sequence[Board] = (),
    most: int = 2,
) -> tuple[frozenset[str], ...]:
    """The smallest groups, of up to `most` people, without whom some step has nobody, or a board too few.

    A group that contains a smaller one is left out. () if everybody can be done without, however they combine.
    """
    if assignment(candidates, apart=apart, same=same, boards=boards) is None:
        return (frozenset(),)
    if not same:
        candidates, boards = _scarce(candidates, boards, _beside(apart), most)
    people = (*candidates.values(), *(board.people for board in boards))
    needed = list(dict.fromkeys(person for one in people for person in one))
    found: list[frozenset[str]] = []
    for size in range(1, most + 1):
        for group in combinations(needed, size):
            away = frozenset(group)
            if any(smaller <= away for smaller in found):
                continue
            left = {step: [one for one in people if one not in away] for step, people in candidates.items()}
            there = [
                replace(one, people=tuple(key for key in one.people if key not in away)) for one in boards
            ]
            if assignment(left, apart=apart, same=same, boards=there) is None:
                found.append(away)
    return tuple(found)


def _scarce(
    candidates: Mapping[str, Sequence[str]],
    boards: Sequence[Board],
    differing: Mapping[str, Collection[str]],
    most: int,
) -> tuple[dict[str, Sequence[str]], list[Board]]:
    """The steps and boards that could lack people: with more than could be away or taken, somebody is always found."""
    weights = {board.name: board.need for board in boards}
    steps = {
        step: people
        for step, people in candidates.items()
        if len(people) <= most + sum(weights.get(other, 1) for other in differing.get(step, ()))
    }
    few = [one for one in boards if len(one.people) < one.need + most + len(differing.get(one.name, ()))]
    return steps, few


def _beside(pairs: _Pairs) -> dict[str, set[str]]:
    beside: dict[str, set[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    return beside
