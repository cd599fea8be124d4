"""Which track every line runs on: in the gutters between lanes, and on the bus above all cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from engine.core.diagram.boxes import Box, Edge, PlacedLine

_Key = TypeVar("_Key")

#: how far tracks lie apart, and how far the first lies from a card
TRACK = 9
GUTTER = 18


@dataclass(slots=True)
class _Wish:
    """An edge before tracks are given out: the gutters it runs in and whether it crosses on the bus."""

    box: Box
    line: PlacedLine
    target: Box
    leaves_right: bool
    enters_left: bool
    first: int
    last: int


class Tracks:
    """Gives every line its track: by gutter and target, so that what leads to one place runs together."""

    def __init__(self, boxes: list[Box], lanes: int) -> None:
        self.wishes: list[_Wish] = []
        self._spans: dict[tuple[int, str], list[int]] = {}
        self._buses: dict[tuple[str, bool], list[int]] = {}
        by_key = {box.card.key: box for box in boxes}
        for box in boxes:
            for line in box.lines:
                target = by_key.get(line.line.target)
                if target is not None:
                    self._add(_wish(box, line, target))
        self._track = {}
        for gutter in range(lanes + 1):
            spans = {key: span for (place, key), span in self._spans.items() if place == gutter}
            self._track.update({(gutter, key): track for key, track in _coloured(spans).items()})
        self._bus = _coloured(self._buses)

    def _add(self, wish: _Wish) -> None:
        self.wishes.append(wish)
        key = wish.target.card.key
        if wish.first == wish.last:
            self._span(wish.first, key, wish.line.middle, wish.target.port)
            return
        self._span(wish.first, key, wish.line.middle, -1)
        self._span(wish.last, key, wish.target.port, -1)
        bus = self._buses.setdefault((key, wish.leaves_right), [wish.first, wish.first])
        bus[0] = min(bus[0], wish.first, wish.last)
        bus[1] = max(bus[1], wish.first, wish.last)

    def _span(self, gutter: int, key: str, one: int, other: int) -> None:
        span = self._spans.setdefault((gutter, key), [one, one])
        span[0], span[1] = min(span[0], one, other), max(span[1], one, other)

    def count(self, gutter: int) -> int:
        """How many tracks a gutter needs."""
        return 1 + max((track for (place, _), track in self._track.items() if place == gutter), default=-1)

    @property
    def bus_count(self) -> int:
        """How many tracks the bus above the cards needs."""
        return 1 + max(self._bus.values(), default=-1)

    def edge(self, wish: _Wish, placed: dict[str, Box], gutters: list[int], bus: int) -> Edge:
        """The line with its corners, once everything has its place."""
        source, target = placed[wish.box.card.key], placed[wish.target.card.key]
        line = next(one for one in source.lines if one.line is wish.line.line)
        key = target.card.key
        start = (source.right if wish.leaves_right else source.x, line.middle)
        end = (target.x if wish.enters_left else target.back, target.port)
        first = gutters[wish.first] + GUTTER + TRACK * self._track[wish.first, key]
        points = [start, (first, start[1])]
        if wish.first != wish.last:
            last = gutters[wish.last] + GUTTER + TRACK * self._track[wish.last, key]
            height = bus + TRACK * self._bus[key, wish.leaves_right]
            points += [(first, height), (last, height), (last, end[1])]
        else:
            points.append((first, end[1]))
        return Edge(source=source.card.key, target=key, mark=wish.line.line.mark, points=(*points, end))


def _wish(box: Box, line: PlacedLine, target: Box) -> _Wish:
    source, goal = box.lane, target.lane
    right = goal >= source
    enters_left = goal > source
    first = source + 1 if right else source
    last = goal if enters_left else goal + 1
    return _Wish(
        box=box,
        line=line,
        target=target,
        leaves_right=right,
        enters_left=enters_left,
        first=first,
        last=last,
    )


def _coloured(spans: dict[_Key, list[int]]) -> dict[_Key, int]:
    """A track for each span so that no two on one track meet; longer ones further out."""
    found: dict[_Key, int] = {}
    ends: list[list[tuple[int, int]]] = []
    for key, (low, high) in sorted(
        spans.items(), key=lambda one: (one[1][1] - one[1][0], one[1], str(one[0]))
    ):
        for track, taken in enumerate(ends):
            if all(high + 6 < begin or low - 6 > end for begin, end in taken):
                taken.append((low, high))
                found[key] = track
                break
        else:
            found[key] = len(ends)
            ends.append([(low, high)])
    return found
