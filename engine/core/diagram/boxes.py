"""What stands where on the paper: measures, cards with their place, headings, lines with their corners."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.diagram.picture import Card, Line, MarkKind, Picture

CARD = 250
PAD = 12
TITLE, BODY, SMALL = 14, 12, 11
TITLE_STEP, BODY_STEP, SMALL_STEP = 18, 16, 14
#: how far text stands from the left edge of a card, beside its mark
INDENT = 30
TICKS_HEIGHT = 36
#: how far the second card of a gathering looks out behind the first
ECHO = 5


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
