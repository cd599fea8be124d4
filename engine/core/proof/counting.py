"""States with the uses of capped moves: all that a case can come to, and those from which no end can be counted on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from engine.core.proof.moves import Move

__all__ = ["MOST_COUNTS", "counted", "stuck_counts"]

#: so many states with their counts are walked through before "not proven" is the answer
MOST_COUNTS = 200_000


_Count = tuple[str, tuple[int, ...]]


def counted(
    initial: str, moves: Sequence[Move], capped: Mapping[str, int]
) -> dict[_Count, list[tuple[Move, _Count]]] | None:
    """Every state with every count of uses it can have, and the moves from there; None if there are too many."""
    order = {rule: number for number, rule in enumerate(capped)}
    out: dict[str, list[Move]] = {}
    for move in moves:
        out.setdefault(move.source, []).append(move)
    start: _Count = (initial, (0,) * len(order))
    found: dict[_Count, list[tuple[Move, _Count]]] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        if len(found) >= MOST_COUNTS:
            return None
        found[here] = onward = []
        for move in out.get(here[0], ()):
            after = _after(here, move, order, capped)
            if after is not None:
                onward.append((move, after))
                waiting.append(after)
    return found


def _after(here: _Count, move: Move, order: Mapping[str, int], capped: Mapping[str, int]) -> _Count | None:
    """State and counts after a move; None if it is used up, or not yet."""
    number = order.get(move.way.rule)
    if number is None:
        return move.target, here[1]
    used = here[1][number]
    if (used >= capped[move.way.rule]) != move.worn:
        return None
    counts = here[1] if move.worn else (*here[1][:number], used + 1, *here[1][number + 1 :])
    return move.target, counts


def stuck_counts(
    counts: Mapping[_Count, Sequence[tuple[Move, _Count]]], ends: Collection[str], ordinary: Collection[str]
) -> set[_Count]:
    """The states with counts from which no end is reachable by moves one can count on."""
    back: dict[_Count, list[_Count]] = {}
    for here, onward in counts.items():
        for move, after in onward:
            if move.way.rule in ordinary:
                back.setdefault(after, []).append(here)
    fine = {here for here in counts if here[0] in ends}
    waiting = list(fine)
    while waiting:
        for before in back.get(waiting.pop(), ()):
            if before not in fine:
                fine.add(before)
                waiting.append(before)
    return counts.keys() - fine
