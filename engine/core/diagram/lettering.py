"""How much room words take: widths of letters, and lines broken so that nothing runs over its box.

Widths are those of a common sans serif, in thousandths of the size, rounded up: a picture may leave a little air, it
never cuts a word off.
"""

from __future__ import annotations

from collections.abc import Iterator

_NARROW = frozenset("ijltf.,:;'|!I()[]/ ·")
_WIDE = frozenset("mwMW@%—…")


def width(text: str, size: int, *, bold: bool = False) -> int:
    """The width of a text in whole units of the picture."""
    total = 0
    for letter in text:
        if letter in _NARROW:
            total += 330
        elif letter in _WIDE:
            total += 950
        elif letter.isupper():
            total += 730
        else:
            total += 600
    return -(-total * size * (107 if bold else 100) // 100_000)


def wrapped(text: str, size: int, room: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines that fit the room; a single word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in _words(text, size, room, bold=bold):
        longer = f"{line} {word}".strip()
        if line and width(longer, size, bold=bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    if line:
        lines.append(line)
    return tuple(lines)


def _words(text: str, size: int, room: int, *, bold: bool) -> Iterator[str]:
    for word in text.split():
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            fits = next(
                n for n in range(len(rest) - 1, 0, -1) if n == 1 or width(rest[:n], size, bold=bold) <= room
            )
            yield rest[:fits]
            rest = rest[fits:]
        if rest:
            yield rest
