"""Networks of times: can all bounds hold together, and can they be kept whatever time people take.

Two questions about whole numbers of days. `contradiction`: is a simple temporal network (Dechter, Meiri, Pearl 1991)
consistent; if not, its answer is a circle of bounds that ask for less than no time, which is the explanation.
`controllable`: can a network with uncertain durations (Vidal, Fargier 1999) be carried out dynamically; decided by
propagating back from each negative node, as Morris describes it (CPAIOR 2014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations

__all__ = [
    "Bound",
    "Task",
    "clash",
    "contradiction",
    "controllable",
    "earliest_deadline",
    "largest_value",
    "least_value",
    "smallest_repairs",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """From `start` to `end` it takes between `least` and `most` days; None is no bound. `rule` says whose it is."""

    start: str
    end: str
    least: int | None = None
    most: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Somebody takes between `least` and `most` days from `start` to `end`, and it is not ours to say how many."""

    start: str
    end: str
    least: int
    most: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Edge:
    start: str
    end: str
    weight: int
    #: the task whose lower (`low`) or upper case edge this is
    task: int = -1
    low: bool = False


def contradiction(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """The bounds of one circle that cannot hold together, each needed for it; () if all can."""
    arcs = list(_arcs(bounds))
    nodes = {name for bound in bounds for name in (bound.start, bound.end)}
    distance = dict.fromkeys(nodes, 0)
    came: dict[str, tuple[str, int]] = {}
    turned = ""
    for _ in nodes:
        turned = ""
        for start, end, weight, number in arcs:
            if distance[start] + weight < distance[end]:
                distance[end] = distance[start] + weight
                came[end] = (start, number)
                turned = end
        if not turned:
            return ()
    for _ in nodes:  # so many steps back and we are on the circle
        turned = came[turned][0]
    found: list[int] = []
    here = turned
    while not found or here != turned:
        here, number = came[here]
        found.append(number)
    return tuple(bounds[number] for number in sorted(set(found)))


def _arcs(bounds: Iterable[Bound]) -> Iterable[tuple[str, str, int, int]]:
    for number, bound in enumerate(bounds):
        if bound.most is not None:
            yield bound.start, bound.end, bound.most, number
        if bound.least is not None:
            yield bound.end, bound.start, -bound.least, number


def controllable(tasks: Sequence[Task], bounds: Sequence[Bound]) -> bool:
    """Whether, whatever time the tasks take, what is ours can be timed so that every bound holds."""
    if any(task.least > task.most or task.least < 0 for task in tasks):
        return False
    return _Network(tasks, bounds).holds()


class _Network:
    """A network in normal form: each task is a fixed least time, then an uncertain rest from 0."""

    def __init__(self, tasks: Sequence[Task], bounds: Sequence[Bound]) -> None:
        self._into: dict[str, list[_Edge]] = {}
        for start, end, weight, _ in _arcs(bounds):
            self._add(_Edge(start, end, weight))
        for number, task in enumerate(tasks):
            begun = f"{task.start}>{task.end}#{number}"
            rest = task.most - task.least
            self._add(_Edge(task.start, begun, task.least))
            self._add(_Edge(begun, task.start, -task.least))
            self._add(_Edge(begun, task.end, rest))
            self._add(_Edge(task.end, begun, 0))
            self._add(_Edge(begun, task.end, 0, number, low=True))
            self._add(_Edge(task.end, begun, -rest, number))
        self._done: set[str] = set()
        self._open: set[str] = set()

    def _add(self, edge: _Edge) -> None:
        self._into.setdefault(edge.end, []).append(edge)
        self._into.setdefault(edge.start, [])

    def _negative(self, node: str) -> bool:
        return any(edge.weight < 0 for edge in self._into[node])

    def holds(self) -> bool:
        return all(self._propagate(node) for node in list(self._into) if self._negative(node))

    def _propagate(self, source: str) -> bool:
        """Work back from a negative node; False if that comes round to it, still negative."""
        if source in self._open:
            return False
        if source in self._done:
            return True
        self._open.add(source)
        for first in self._labels(source):
            if not self._work_back(source, first):
                return False
        self._open.discard(source)
        self._done.add(source)
        return True

    def _labels(self, source: str) -> list[int]:
        """The kinds of negative edges into a node: those of each task's upper case are worked back apart."""
        return sorted({edge.task for edge in self._into[source] if edge.weight < 0})

    def _work_back(self, source: str, task: int) -> bool:
        distance: dict[str, int] = {}
        queue: list[tuple[int, str]] = []
        for edge in self._into[source]:
            if edge.weight < 0 and edge.task == task and edge.weight < distance.get(edge.start, 0):
                distance[edge.start] = edge.weight
                heappush(queue, (edge.weight, edge.start))
        while queue:
            along, node = heappop(queue)
            if along > distance[node]:
                continue
            if along >= 0:
                self._add(_Edge(node, source, along))
                continue
            if self._negative(node) and not self._propagate(node):
                return False
            for edge in self._into[node]:
                # A task's own lower case cannot answer its own upper case: it is one and the same duration.
                if edge.weight < 0 or (edge.low and edge.task == task):
                    continue
                if along + edge.weight < distance.get(edge.start, _FAR):
                    distance[edge.start] = along + edge.weight
                    heappush(queue, (along + edge.weight, edge.start))
        return True


_FAR = 1 << 60


def clash(tasks: Sequence[Task], bounds: Sequence[Bound]) -> tuple[Task | Bound, ...]:
    """A smallest set of rules that cannot be kept together: without any one of them the others can; () if all can."""
    if controllable(tasks, bounds):
        return ()
    kept: list[Task | Bound] = [*tasks, *bounds]
    for one in (*bounds, *tasks):
        rest = [other for other in kept if other is not one]
        # A task that is left out still joins its two ends, in whatever time we like.
        free = [Bound(start=t.start, end=t.end, least=0) for t in tasks if t not in rest]
        if not controllable(*_parted(rest, free)):
            kept = rest
    return tuple(kept)


def _parted(rules: Iterable[Task | Bound], more: Iterable[Bound]) -> tuple[list[Task], list[Bound]]:
    rules = list(rules)
    return [one for one in rules if isinstance(one, Task)], [
        *(one for one in rules if isinstance(one, Bound)),
        *more,
    ]


def earliest_deadline(
    tasks: Sequence[Task], bounds: Sequence[Bound], *, start: str, end: str, most: int = 100_000
) -> int | None:
    """The fewest days from `start` to `end` that can always be kept; None if not even `most` can."""

    def works(days: int) -> bool:
        return controllable(tasks, [*bounds, Bound(start=start, end=end, most=days)])

    return least_value(works, 0, most)


def least_value(works: Callable[[int], bool], low: int, high: int) -> int | None:
    """The smallest number from `low` to `high` for which it works, if it works from there on; None if for none."""
    if not works(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle + 1, high)
    return low


def largest_value(works: Callable[[int], bool], low: int, high: int) -> int | None:
    """The largest number from `low` to `high` for which it works, if it works up to there; None if for none."""
    found = least_value(lambda back: works(high - back), 0, high - low)
    return None if found is None else high - found


def smallest_repairs(
    sizes: Sequence[tuple[int, int]], works: Callable[[Sequence[int]], bool]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The smallest sets of durations which, made shorter, make it work: (place, largest value) for each.

    `sizes` holds for each duration the least it can be made and what it is. Of the sets with the fewest durations all
    are given; in each, one duration after the other keeps as much as it can.
    """
    full = [most for _, most in sizes]
    shorter = [place for place, (least, most) in enumerate(sizes) if least < most]
    for size in range(1, len(shorter) + 1):
        found = []
        for places in combinations(shorter, size):
            tried = list(full)
            for place in places:
                tried[place] = sizes[place][0]
            if works(tried):
                found.append(tuple(_grown(tried, places, sizes, works)))
        if found:
            return tuple(found)
    return ()


def _grown(
    tried: list[int],
    places: Iterable[int],
    sizes: Sequence[tuple[int, int]],
    works: Callable[[Sequence[int]], bool],
) -> Iterable[tuple[int, int]]:
    for place in places:

        def fits(value: int, place: int = place) -> bool:
            return works([*tried[:place], value, *tried[place + 1 :]])

        value = largest_value(fits, *sizes[place])
        assert value is not None
        tried[place] = value
        yield place, value
