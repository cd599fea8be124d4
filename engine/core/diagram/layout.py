"""Where everything stands: cards in lanes from left to right, and lines that run only where no card can be.

Lines leave a card at the side of the way they belong to, run up or down in the gutter between two lanes, and enter the
target beside its title; what leads further than the next lane crosses on a bus above all cards. So no line runs through
a card, whatever the definition, and what leads to one target shares its track.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from engine.core.diagram.lettering import wrapped
from engine.core.diagram.picture import Card, Line, MarkKind, Picture

_Key = TypeVar("_Key")

CARD = 250
PAD = 12
TITLE, BODY, SMALL = 14, 12, 11
TITLE_STEP, BODY_STEP, SMALL_STEP = 18, 16, 14
#: how far text stands from the left edge of a card, beside its mark
INDENT = 30
TICKS_HEIGHT = 36
#: how far the second card of a gathering looks out behind the first
ECHO = 5
_GAP = 22
_TRACK = 9
_GUTTER = 18
_HEADING = 58
_MARGIN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """A way out within its card: its wrapped words and where its middle lies, from the top of the picture."""

    line: Line
    words: tuple[str, ...]
    notes: tuple[str, ...]
    top: int
    middle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A card with its place."""

    card: Card
    lane: int
    x: int
    y: int
    height: int
    title: tuple[str, ...]
    who: tuple[str, ...]
    badge: tuple[str, ...]
    lines: tuple[PlacedLine, ...]

    @property
    def port(self) -> int:
        """The height at which lines enter the card."""
        return self.y + PAD + TITLE_STEP // 2

    @property
    def back(self) -> int:
        """Where lines from the right end: a gathering has a second card behind it."""
        return self.right + (ECHO if self.card.kind == "gather" else 0)

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + CARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of a lane and where it stands."""

    x: int
    title: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from a way to its target: corners from start to end; the end carries the arrow."""

    source: str
    target: str
    mark: MarkKind
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole paper."""

    picture: Picture
    width: int
    height: int
    top: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


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


def laid_out(picture: Picture) -> Layout:
    """The picture with a place for everything."""
    rough = [_rough(card, number) for number, lane in enumerate(picture.lanes) for card in lane.cards]
    boxes = _stacked(rough)
    tracks = _Tracks(boxes, len(picture.lanes))
    left, gutters = _MARGIN, []
    for number in range(len(picture.lanes) + 1):
        gutters.append(left)
        left += _GUTTER * 2 + _TRACK * tracks.count(number) + (CARD if number < len(picture.lanes) else 0)
    starts = [
        gutters[number] + _GUTTER * 2 + _TRACK * tracks.count(number) for number in range(len(picture.lanes))
    ]
    heads = [_head(lane.title, lane.note, x) for lane, x in zip(picture.lanes, starts, strict=True)]
    tall = max((len(head.title) * 20 + len(head.note) * SMALL_STEP for head in heads), default=0)
    top = _HEADING + tall + _TRACK * tracks.bus_count + _GAP
    placed = {box.card.key: _moved(box, starts[box.lane], top) for box in boxes}
    bus = _HEADING + tall + 8
    edges = tuple(tracks.edge(wish, placed, gutters, bus) for wish in tracks.wishes)
    bottom = max((box.y + box.height for box in placed.values()), default=top)
    return Layout(
        picture=picture,
        width=left + _MARGIN,
        height=bottom + _GAP,
        top=top,
        headings=tuple(heads),
        boxes=tuple(placed.values()),
        edges=edges,
    )


def _head(title: str, note: str, x: int) -> Heading:
    return Heading(x=x, title=wrapped(title, 17, CARD, bold=True), note=wrapped(note, SMALL, CARD))


def _rough(card: Card, lane: int) -> Box:
    """A card measured as if it stood in the corner of the paper."""
    room = CARD - INDENT - PAD
    title = wrapped(card.title, TITLE, room, bold=True)
    who = wrapped(card.who, BODY, room)
    badge = wrapped(card.badge, SMALL, room)
    y = PAD + TITLE_STEP * len(title) + BODY_STEP * len(who) + SMALL_STEP * len(badge)
    y += 6 if badge else 0
    y += TICKS_HEIGHT if card.ticks else 0
    y += 8 if card.lines else 0
    lines = []
    for line in card.lines:
        words, notes = wrapped(line.text, BODY, room), wrapped(line.note, SMALL, room)
        height = BODY_STEP * len(words) + SMALL_STEP * len(notes)
        lines.append(PlacedLine(line=line, words=words, notes=notes, top=y, middle=y + BODY_STEP // 2))
        y += height + 5
    return Box(
        card=card,
        lane=lane,
        x=0,
        y=0,
        height=y + PAD,
        title=title,
        who=who,
        badge=badge,
        lines=tuple(lines),
    )


def _stacked(rough: Iterable[Box]) -> list[Box]:
    """Each lane's cards one below the other."""
    below: dict[int, int] = {}
    found = []
    for box in rough:
        y = below.get(box.lane, 0)
        found.append(_moved(box, 0, y))
        below[box.lane] = y + box.height + _GAP
    return found


def _moved(box: Box, x: int, down: int) -> Box:
    lines = tuple(
        PlacedLine(
            line=one.line, words=one.words, notes=one.notes, top=one.top + down, middle=one.middle + down
        )
        for one in box.lines
    )
    return Box(
        card=box.card,
        lane=box.lane,
        x=box.x + x,
        y=box.y + down,
        height=box.height,
        title=box.title,
        who=box.who,
        badge=box.badge,
        lines=lines,
    )


class _Tracks:
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
        first = gutters[wish.first] + _GUTTER + _TRACK * self._track[wish.first, key]
        points = [start, (first, start[1])]
        if wish.first != wish.last:
            last = gutters[wish.last] + _GUTTER + _TRACK * self._track[wish.last, key]
            height = bus + _TRACK * self._bus[key, wish.leaves_right]
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
