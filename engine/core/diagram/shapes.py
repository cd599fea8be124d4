"""Colours and shapes: eight of each, given out together, told apart by shape alone when there is no colour."""

from __future__ import annotations

#: Dark enough on white and light enough on near-black to be seen on both (contrast of at least 3:1 each).
_COLOURS = ("#2f7fc1", "#c2571a", "#2b8a5e", "#8a63c9", "#b8860b", "#c0457e", "#3d8c8c", "#7d7f2a")
SHAPES = ("circle", "square", "diamond", "triangle", "hexagon", "star", "cross", "pentagon")


def colour(number: int) -> str:
    """The colour of the n-th role."""
    return _COLOURS[number % len(_COLOURS)]


def sign(number: int, x: int, y: int, size: int) -> str:
    """The sign of the n-th role: eight filled shapes, then the same eight hollow."""
    hollow = number % (2 * len(SHAPES)) >= len(SHAPES)
    return glyph(SHAPES[number % len(SHAPES)], x, y, size, colour(number), hollow=hollow)


def glyph(shape: str, x: int, y: int, size: int, fill: str, *, hollow: bool = False) -> str:
    """A small sign around a point."""
    s = size
    full = f'fill="none" stroke="{fill}" stroke-width="2"' if hollow else f'fill="{fill}"'
    line = f'fill="none" stroke="{fill}" stroke-width="1.5"'
    paths = {
        "square": (f"M{x - s} {y - s} h{2 * s} v{2 * s} h{-2 * s} z", full),
        "diamond": (f"M{x} {y - s - 1} l{s + 1} {s + 1} l{-s - 1} {s + 1} l{-s - 1} {-s - 1} z", full),
        "triangle": (f"M{x} {y - s} l{s} {2 * s} h{-2 * s} z", full),
        "hexagon": (
            f"M{x - s // 2 - 1} {y - s} h{s + 2} l{s // 2} {s} l{-(s // 2)} {s} h{-s - 2} l{-(s // 2)} {-s} z",
            full,
        ),
        "star": (
            (
                f"M{x} {y - s - 1} L{x + 2} {y - 2} L{x + s + 1} {y} L{x + 2} {y + 2} L{x} {y + s + 1} L{x - 2} {y + 2}"
                f" L{x - s - 1} {y} L{x - 2} {y - 2} z"
            ),
            full,
        ),
        "cross": (
            f"M{x - 2} {y - s} h4 v{s - 2} h{s - 2} v4 h{2 - s} v{s - 2} h-4 v{2 - s} h{2 - s} v-4 h{s - 2} z",
            full,
        ),
        "pentagon": (f"M{x} {y - s} L{x + s} {y} L{x + s - 2} {y + s} H{x - s + 2} L{x - s} {y} z", full),
        "hourglass": (f"M{x - s + 1} {y - s} h{2 * s - 2} L{x - s + 1} {y + s} h{2 * s - 2} z", line),
        "stop": (f"M{x - s + 1} {y - s + 1} h{2 * s - 2} v{2 * s - 2} h{2 - 2 * s} z", full),
        "fork": (f"M{x - s} {y} h{s} M{x} {y} l{s} {-s} M{x} {y} h{s} M{x} {y} l{s} {s}", line),
        "dash": (f"M{x - s} {y} h{2 * s}", line),
        "clock": (f"M{x} {y - s} a{s} {s} 0 1 1 -0.01 0 z M{x} {y - s + 1} V{y} h{s - 1}", line),
        "ring": (f"M{x} {y - s} a{s} {s} 0 1 1 -0.01 0 z", line),
    }
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="{s}" {full}/>'
    path, paint = paths[shape]
    return f'<path d="{path}" {paint}/>'


def tick_glyph(kind: str, x: int, y: int) -> str:
    """The sign of what a rung does: a dot reminds, a ring tells, a triangle opens a task, a square hands over."""
    shape = {"remind": "circle", "notify": "ring", "task": "triangle", "reassign": "square"}[kind]
    return glyph(shape, x, y, 4, "#66788a")
