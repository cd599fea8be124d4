"""The picture as SVG: whose turn it is by colour and by shape, so that it reads in grey as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from engine.core.diagram.boxes import (
    BODY,
    BODY_STEP,
    CARD,
    ECHO,
    INDENT,
    PAD,
    SMALL,
    SMALL_STEP,
    TICKS_HEIGHT,
    TITLE,
    TITLE_STEP,
    Box,
    Edge,
    Layout,
    PlacedLine,
)
from engine.core.diagram.layout import laid_out
from engine.core.diagram.lettering import width
from engine.core.diagram.outline import outlined
from engine.core.diagram.picture import Picture, Tick
from engine.core.diagram.shapes import colour, glyph, sign, tick_glyph
from engine.core.diagram.words import WORDS

_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_DASH = {"act": "", "row": "", "moment": "6 4", "fact": "1.5 4"}
_TICK_STEP = 42
#: Light by attributes, so that it shows wherever style sheets are refused; dark where the reader wants it.
STYLE = (
    "@media (prefers-color-scheme: dark) {"
    " .paper{fill:#14181d} .card{fill:#1f262e;stroke:#8a97a6} .ink{fill:#eef2f6} .soft{fill:#b3bfcc}"
    " .edge{stroke:#9fb0c2} .arrow{fill:#9fb0c2} .rule{stroke:#3a4552} .wait{fill:#191f26} .final{fill:#2a333d} }"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a case stands in the drawing, in its pixels, and how large the whole is."""

    x: int
    y: int
    wide: int
    tall: int
    width: int
    height: int


def spot_of(picture: Picture) -> Spot | None:
    """The card that `here` names; None if there is none, as for a state that is drawn nowhere."""
    layout = laid_out(picture)
    box = next((one for one in layout.boxes if one.card.key == picture.here), None)
    if box is None:
        return None
    legend, _ = _legend(picture, layout.height)
    height = layout.height + legend
    return Spot(x=box.x, y=box.y, wide=CARD, tall=box.height, width=layout.width, height=height)


def svg(picture: Picture) -> str:
    """The drawing, with the same content as text in its description for those who do not see it."""
    layout = laid_out(picture)
    legend_height, legend = _legend(picture, layout.height)
    height = layout.height + legend_height
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width}" height="{height}"'
            f' viewBox="0 0 {layout.width} {height}" role="img" aria-labelledby="title desc"'
            f' font-family={quoteattr(_FONT)} lang="{picture.language}">'
        ),
        f'<title id="title">{escape(picture.title)}</title>',
        f'<desc id="desc">{escape(outlined(picture))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{layout.width}" height="{height}" fill="#ffffff"/>',
        _text(24, 36, picture.title, 20, "ink", bold=True),
        *_headings(layout),
        *(_edge(edge) for edge in layout.edges),
        *(part for box in layout.boxes for part in _box(box, picture)),
        *legend,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(x: int, y: int, words: str, size: int, ink: str, *, bold: bool = False, anchor: str = "") -> str:
    fill = "#1c2733" if ink == "ink" else "#4d5a68"
    extra = ' font-weight="700"' if bold else ""
    extra += f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text class="{ink}" x="{x}" y="{y}" font-size="{size}" fill="{fill}"{extra}>{escape(words)}</text>'
    )


def _headings(layout: Layout) -> Iterator[str]:
    for head in layout.headings:
        y = 68
        for line in head.title:
            yield _text(head.x, y, line, 17, "ink", bold=True)
            y += 20
        for line in head.note:
            yield _text(head.x, y - 3, line, SMALL, "soft")
            y += SMALL_STEP


def _edge(edge: Edge) -> str:
    path = "M" + " L".join(f"{x} {y}" for x, y in edge.points)
    dash = f' stroke-dasharray="{_DASH[edge.mark]}"' if _DASH[edge.mark] else ""
    (before, _), (x, y) = edge.points[-2], edge.points[-1]
    back = -7 if before < x else 7
    return (
        f'<path class="edge" d="{path}" fill="none" stroke="#66788a" stroke-width="1.3"{dash}/>'
        f'<path class="arrow" d="M{x} {y} l{back} -4 v8 z" fill="#66788a"/>'
    )


def _box(box: Box, picture: Picture) -> Iterator[str]:
    card = box.card
    roles = [name for name, _ in picture.roles]
    main = roles.index(card.roles[0]) if card.roles and card.roles[0] in roles else None
    edge = colour(main) if main is not None else "#66788a"
    fill = {"wait": "#f4f6f8", "final": "#e8ecf0", "anytime": "#f4f6f8", "choice": "#ffffff"}.get(
        card.kind, "#ffffff"
    )
    css = {"wait": "card wait", "anytime": "card wait", "final": "card final"}.get(card.kind, "card")
    dash = ' stroke-dasharray="3 3"' if card.kind in {"anytime", "choice"} else ""
    corner = {"final": 18, "choice": 2}.get(card.kind, 7)
    if card.kind == "gather":
        yield (
            f'<rect class="card" x="{box.x + ECHO}" y="{box.y - ECHO}" width="{CARD}"'
            f' height="{box.height}" rx="{corner}"'
            f' fill="#ffffff" stroke="{edge}"/>'
        )
    yield (
        f'<rect class="{css}" x="{box.x}" y="{box.y}" width="{CARD}" height="{box.height}" rx="{corner}" fill="{fill}"'
        f' stroke="{edge}" stroke-width="{1.6 if main is not None else 1}"{dash}/>'
    )
    if card.key == picture.here:
        yield from _position(box, picture)
    if main is not None:
        yield f'<rect x="{box.x}" y="{box.y + 6}" width="5" height="{box.height - 12}" fill="{edge}"/>'
    yield from _head(box, roles)
    yield from _ways(box, roles)


def _position(box: Box, picture: Picture) -> Iterator[str]:
    """Where a case stands: a heavy frame around the card and a flag that says so, whatever the colours are."""
    words = WORDS[picture.language]["here"]
    wide = width(words, SMALL, bold=True) + 26
    x, y = box.right - wide, box.y - 9
    yield (
        f'<rect class="here" x="{box.x - 4}" y="{box.y - 4}" width="{CARD + 8}" height="{box.height + 8}" rx="10"'
        ' fill="none" stroke="#9c1c1c" stroke-width="4"/>'
        f'<rect class="here-flag" x="{x}" y="{y - 8}" width="{wide}" height="19" rx="4" fill="#9c1c1c"/>'
        f'<path d="M{x + 8} {y - 4} l9 5.5 l-9 5.5 z" fill="#ffffff"/>'
        f'<text x="{x + 21}" y="{y + 5}" font-size="{SMALL}" font-weight="700" fill="#ffffff">{escape(words)}</text>'
    )


def _head(box: Box, roles: list[str]) -> Iterator[str]:
    card = box.card
    x, y = box.x + INDENT, box.y + PAD + TITLE - 1
    if card.first:
        yield f'<path class="arrow" d="M{box.x - 16} {box.port - 6} l10 6 l-10 6 z" fill="#1c2733"/>'
    middle = box.x + 17
    if card.roles:
        for number, role in enumerate(card.roles[:3]):
            place = roles.index(role) if role in roles else 0
            yield sign(place, middle, box.port + 15 * number, 6)
    else:
        shape = {"wait": "hourglass", "final": "stop", "choice": "fork", "anytime": "ring"}[card.kind]
        yield glyph(shape, middle, box.port, 6, "#66788a")
    for line in box.title:
        yield _text(x, y, line, TITLE, "ink", bold=True)
        y += TITLE_STEP
    for line in box.who:
        yield _text(x, y, line, BODY, "soft")
        y += BODY_STEP
    if box.badge:
        wide = max(width(line, SMALL) for line in box.badge) + 12
        yield (
            f'<rect class="rule" x="{x - 4}" y="{y - 9}" width="{wide}" height="{SMALL_STEP * len(box.badge) + 3}"'
            ' rx="4" fill="none" stroke="#9aa8b6"/>'
        )
        yield glyph("clock", box.x + 17, y - 1, 5, "#66788a")
        for line in box.badge:
            yield _text(x + 2, y + 2, line, SMALL, "soft")
            y += SMALL_STEP
        y += 6
    if card.ticks:
        yield from _ladder(card.ticks, x, y)


def _ladder(ticks: tuple[Tick, ...], x: int, y: int) -> Iterator[str]:
    """A ladder as a line of time: each rung a sign for what it does, below it how far from the due time."""
    step = min(_TICK_STEP, (CARD - INDENT - PAD - 16) // max(1, len(ticks) - 1)) if len(ticks) > 1 else 0
    end = x + 8 + step * (len(ticks) - 1)
    yield f'<path class="rule" d="M{x} {y + 2} H{end + 8}" stroke="#9aa8b6" fill="none"/>'
    for number, tick in enumerate(ticks):
        place = x + 8 + step * number
        for level, kind in enumerate(tick.kinds):
            yield tick_glyph(kind, place + 8 * level - 4 * (len(tick.kinds) - 1), y + 2)
        yield _text(place, y + TICKS_HEIGHT - 19, tick.text, 9, "soft", anchor="middle")


def _ways(box: Box, roles: list[str]) -> Iterator[str]:
    if box.lines:
        y = box.lines[0].top - 5
        yield f'<path class="rule" d="M{box.x + 10} {y} H{box.right - 10}" stroke="#d5dce3" fill="none"/>'
    for line in box.lines:
        yield from _way(box, line, roles)


def _way(box: Box, placed: PlacedLine, roles: list[str]) -> Iterator[str]:
    middle = box.x + 17
    mark, role = placed.line.mark, placed.line.role
    if mark == "act":
        place = roles.index(role) if role in roles else None
        own = box.card.roles[0] if box.card.roles and box.card.roles[0] in roles else None
        place = place if place is not None else (roles.index(own) if own is not None else None)
        if place is not None:
            yield sign(place, middle, placed.middle, 4)
        else:
            yield glyph("circle", middle, placed.middle, 4, "#66788a")
    else:
        yield glyph(
            {"moment": "clock", "fact": "ring", "row": "dash"}[mark], middle, placed.middle, 4, "#66788a"
        )
    y = placed.top + BODY - 1
    for words in placed.words:
        yield _text(box.x + INDENT, y, words, BODY, "ink")
        y += BODY_STEP
    for words in placed.notes:
        yield _text(box.x + INDENT, y - 2, words, SMALL, "soft")
        y += SMALL_STEP


def _legend(picture: Picture, top: int) -> tuple[int, list[str]]:
    """Whose colour and shape is whose, how lines are drawn, and what the signs of a ladder mean."""
    word = WORDS[picture.language]
    parts = [_text(24, top + 16, word["legend"], TITLE, "ink", bold=True)]
    used = {role for lane in picture.lanes for card in lane.cards for role in card.roles}
    used |= {line.role for lane in picture.lanes for card in lane.cards for line in card.lines}
    y = top + 40
    for number, (name, label) in enumerate(picture.roles):
        if name in used:
            parts += [sign(number, 32, y - 4, 6), _text(48, y, label, BODY, "soft")]
            y += 20
    lowest, y = y, top + 40
    for mark in ("act", "moment", "fact"):
        dash = f' stroke-dasharray="{_DASH[mark]}"' if _DASH[mark] else ""
        parts.append(
            f'<path class="edge" d="M280 {y - 4} h40" stroke="#66788a" stroke-width="1.3" fill="none"{dash}/>'
        )
        parts.append(_text(330, y, word[mark], BODY, "soft"))
        y += 20
    lowest, y = max(lowest, y), top + 40
    for kind in ("remind", "notify", "task", "reassign"):
        parts += [tick_glyph(kind, 600, y - 4), _text(614, y, word[kind], BODY, "soft")]
        y += 20
    parts.append(_text(600, y, word["units"], SMALL, "soft"))
    return max(lowest, y + 20) - top + 12, parts
