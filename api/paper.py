"""One page of A4 as PDF: lines of text in the fonts that every reader has, and a code drawn as squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Line", "sheet"]

_WIDE, _HIGH, _MARGIN = 595, 842, 56
#: the side of the code, and the quiet edge around it, in squares
_CODE, _QUIET = 190, 4
#: how wide a letter is of its size: as wide as the widest text of ours, so that no line runs off the page
_LETTER, _FIXED = 0.52, 0.6
_LEADING = 1.35


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: folded to the page, `fixed` in letters of one width, with room before and after it."""

    text: str
    size: int = 10
    bold: bool = False
    fixed: bool = False
    before: int = 0
    after: int = 2


def sheet(title: str, above: Sequence[Line], code: Sequence[Sequence[bool]], below: Sequence[Line]) -> bytes:
    """The page. What has no letter in Western Europe's alphabet (Windows-1252) becomes a question mark."""
    drawn: list[str] = []
    at = _written(above, _HIGH - _MARGIN, drawn)
    at = _squares(code, at, drawn)
    _written(below, at - 16, drawn)
    return _file(title, "\n".join(drawn).encode("cp1252", "replace"))


def _written(lines: Sequence[Line], at: float, drawn: list[str]) -> float:
    for line in lines:
        at -= line.before
        font = "F3" if line.fixed else "F2" if line.bold else "F1"
        for text in _folded(line):
            at -= line.size * _LEADING
            drawn.append(f"BT /{font} {line.size} Tf {_MARGIN} {at:.1f} Td ({_escaped(text)}) Tj ET")
        at -= line.after
    return at


def _folded(line: Line) -> Iterator[str]:
    most = int((_WIDE - 2 * _MARGIN) / (line.size * (_FIXED if line.fixed else _LETTER)))
    rest = line.text
    while len(rest) > most:
        cut = rest.rfind(" ", 0, most + 1)
        # What is to be read letter by letter is cut where the line ends, and nowhere loses a space.
        if line.fixed or cut <= 0:
            yield rest[:most]
            rest = rest[most:]
        else:
            yield rest[:cut]
            rest = rest[cut + 1 :]
    yield rest


def _squares(code: Sequence[Sequence[bool]], at: float, drawn: list[str]) -> float:
    """The code's dark squares, run by run, below a height; the height below it."""
    side = _CODE / (len(code) + 2 * _QUIET)
    left, top = _MARGIN + _QUIET * side, at - _QUIET * side
    drawn.append("0 g")
    for number, row in enumerate(code, start=1):
        first = 0
        while first < len(row):
            last = first
            while last < len(row) and row[last]:
                last += 1
            if last > first:
                x, y = left + first * side, top - number * side
                drawn.append(f"{x:.3f} {y:.3f} {(last - first) * side:.3f} {side:.3f} re f")
            first = max(last, first + 1)
    return at - _CODE


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(title: str, content: bytes) -> bytes:
    fonts = " ".join(
        f"/F{number} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for number, name in enumerate(("Helvetica", "Helvetica-Bold", "Courier"), start=1)
    )
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDE} {_HIGH}] /Contents 4 0 R"
        f" /Resources << /Font << {fonts} >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        f"<< /Title ({_escaped(title)}) >>".encode("cp1252", "replace"),
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % one for one in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        table,
    )
    return bytes(made)
