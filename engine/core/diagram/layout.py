"""Where everything stands: cards in lanes from left to right, and lines that run only where no card can be.

Lines leave a card at the side of the way they belong to, run up or down in the gutter between two lanes, and enter the
target beside its title; what leads further than the next lane crosses on a bus above all cards. So no line runs through
a card, whatever the definition, and what leads to one target shares its track.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.diagram.boxes import (
    BODY,
    BODY_STEP,
    CARD,
    INDENT,
    PAD,
    SMALL,
    SMALL_STEP,
    TICKS_HEIGHT,
    TITLE,
    TITLE_STEP,
    Box,
    Heading,
    Layout,
    PlacedLine,
)
from engine.core.diagram.lettering import wrapped
from engine.core.diagram.picture import Card, Picture
from engine.core.diagram.tracks import GUTTER, TRACK, Tracks

_GAP = 22
_HEADING = 58
_MARGIN = 24


def laid_out(picture: Picture) -> Layout:
    """The picture with a place for everything."""
    rough = [_rough(card, number) for number, lane in enumerate(picture.lanes) for card in lane.cards]
    boxes = _stacked(rough)
    tracks = Tracks(boxes, len(picture.lanes))
    left, gutters = _MARGIN, []
    for number in range(len(picture.lanes) + 1):
        gutters.append(left)
        left += GUTTER * 2 + TRACK * tracks.count(number) + (CARD if number < len(picture.lanes) else 0)
    starts = [
        gutters[number] + GUTTER * 2 + TRACK * tracks.count(number) for number in range(len(picture.lanes))
    ]
    heads = [_head(lane.title, lane.note, x) for lane, x in zip(picture.lanes, starts, strict=True)]
    tall = max((len(head.title) * 20 + len(head.note) * SMALL_STEP for head in heads), default=0)
    top = _HEADING + tall + TRACK * tracks.bus_count + _GAP
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
