"""Who can do which step if duties are kept apart: the workflow satisfiability problem (Wang, Li 2010), by search.

Few steps and, for each, few people: the step with the fewest candidates is tried first, which is exact and quick.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

__all__ = ["assignment", "blocking"]

_Pairs = Collection[tuple[str, str]]


def assignment(
    candidates: Mapping[str, Sequence[str]], *, apart: _Pairs, same: _Pairs = ()
) -> dict[str, str] | None:
    """Somebody for each step, so that steps in `apart` differ and those in `same` do not; None if nobody can."""
    differing, joined = _beside(apart), _beside(same)
    chosen: dict[str, str] = {}
    order = sorted(candidates, key=lambda step: len(candidates[step]))

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
            if choose(number + 1):
                return True
            del chosen[step]
        return False

    return dict(chosen) if choose(0) else None


def blocking(
    candidates: Mapping[str, Sequence[str]], *, apart: _Pairs, same: _Pairs = (), most: int = 2
) -> tuple[frozenset[str], ...]:
    """The smallest groups, of up to `most` people, without whom some step has nobody.

    A group that contains a smaller one is left out. () if everybody can be done without, however they combine.
    """
    if assignment(candidates, apart=apart, same=same) is None:
        return (frozenset(),)
    differing = _beside(apart)
    if not same:
        # With more candidates than could be away or taken by others a step always finds somebody.
        candidates = {
            step: people
            for step, people in candidates.items()
            if len(people) <= most + len(differing.get(step, ()))
        }
    needed = list(dict.fromkeys(person for people in candidates.values() for person in people))
    found: list[frozenset[str]] = []
    for size in range(1, most + 1):
        for group in combinations(needed, size):
            away = frozenset(group)
            if any(smaller <= away for smaller in found):
                continue
            left = {step: [one for one in people if one not in away] for step, people in candidates.items()}
            if assignment(left, apart=apart, same=same) is None:
                found.append(away)
    return tuple(found)


def _beside(pairs: _Pairs) -> dict[str, set[str]]:
    beside: dict[str, set[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    return beside
