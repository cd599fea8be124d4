"""Sheets of A4 as PDF: lines of text in the fonts that every reader has, and a code drawn as squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Line", "is_on_paper", "sheet"]

_WIDE, _HIGH, _MARGIN = 595, 842, 56
#: the side of the code, and the quiet edge around it, in squares
_CODE, _QUIET = 190, 4
_LEADING = 1.35
#: how much of what follows a heading stands on the same page
_WITH_HEADING = 60
#: how wide the letters are of their size, in thousandths: those of one width, and Helvetica's by their groups
_FIXED, _OTHER, _BOLDER = 600, 1000, 1.08
_WIDTHS = {
    letter: width
    for width, letters in (
        (222, "ijl'|"),
        (278, " !,./:;[]\\ftI"),
        (355, '()-"`r{}^*'),
        (500, "ckJsvxyz"),
        (556, "#$0123456789?_abdeghnopquL"),
        (611, "FTZ+<=>~"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "mM"),
        (944, "%W"),
    )
    for letter in letters
}
#: the letters there are: those of Western Europe
_LETTERS = "cp1252"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: folded to the page, `fixed` in letters of one width, with room before and after it."""

    text: str
    size: int = 10
    bold: bool = False
    fixed: bool = False
    before: int = 0
    after: int = 2
    #: how far from the margin it begins
    indent: int = 0


def sheet(title: str, above: Sequence[Line], code: Sequence[Sequence[bool]], below: Sequence[Line]) -> bytes:
    """The pages, as many as the lines need. What `is_on_paper` denies becomes a question mark."""
    drawn = _Drawn()
    drawn.lines(above)
    drawn.squares(code)
    drawn.lines(below)
    return _file(title, drawn.finished())


def is_on_paper(text: str) -> bool:
    """Whether every letter can be printed: those of Western Europe's alphabet (Windows-1252) can."""
    try:
        text.encode(_LETTERS)
    except UnicodeEncodeError:
        return False
    return True


@dataclass(slots=True)
class _Drawn:
    """What is drawn so far, page by page, and how high on the last one the next thing goes."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    at: float = _HIGH - _MARGIN

    def lines(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self.at -= line.before
            font = "F3" if line.fixed else "F2" if line.bold else "F1"
            # A heading does not stand at a page's end, away from what it is the heading of.
            below = _WITH_HEADING if line.bold else 0
            for text in _folded(line):
                self._room(line.size * _LEADING + below)
                self.at -= line.size * _LEADING
                place = f"{_MARGIN + line.indent} {self.at:.1f}"
                self.pages[-1].append(f"BT /{font} {line.size} Tf {place} Td ({_escaped(text)}) Tj ET")
            self.at -= line.after

    def squares(self, code: Sequence[Sequence[bool]]) -> None:
        """The code's dark squares, run by run."""
        self._room(_CODE)
        side = _CODE / (len(code) + 2 * _QUIET)
        left, top = _MARGIN + _QUIET * side, self.at - _QUIET * side
        self.pages[-1].append("0 g")
        for number, row in enumerate(code, start=1):
            for first, last in _runs(row):
                x, y = left + first * side, top - number * side
                self.pages[-1].append(f"{x:.3f} {y:.3f} {(last - first) * side:.3f} {side:.3f} re f")
        self.at -= _CODE + 16

    def finished(self) -> list[bytes]:
        """Every page; one of several says which it is."""
        count = len(self.pages)
        for number, page in enumerate(self.pages, start=1):
            if count > 1:
                page.append(f"BT /F1 8 Tf {_MARGIN} {_MARGIN / 2:.1f} Td ({number} / {count}) Tj ET")
        return ["\n".join(page).encode(_LETTERS, "replace") for page in self.pages]

    def _room(self, needed: float) -> None:
        if self.at - needed < _MARGIN:
            self.pages.append([])
            self.at = _HIGH - _MARGIN


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The dark runs of a row: where each begins and ends."""
    first = 0
    while first < len(row):
        last = first
        while last < len(row) and row[last]:
            last += 1
        if last > first:
            yield first, last
        first = max(last, first + 1)


def _folded(line: Line) -> Iterator[str]:
    for text in line.text.split("\n"):
        yield from _fitting(text, line)


def _fitting(text: str, line: Line) -> Iterator[str]:
    """A text in pieces that fit the page: cut at a space where there is one."""
    rest = text
    while (most := _letters(rest, line)) < len(rest):
        cut = rest.rfind(" ", 0, most + 1)
        # What is to be read letter by letter is cut where the line ends, and nowhere loses a space.
        if line.fixed or cut <= 0:
            yield rest[:most]
            rest = rest[most:]
        else:
            yield rest[:cut]
            rest = rest[cut + 1 :]
    yield rest


def _letters(text: str, line: Line) -> int:
    """How many letters of a text fit the page from where the line begins; one at least."""
    room = (_WIDE - 2 * _MARGIN - line.indent) * 1000 / line.size
    for number, letter in enumerate(text):
        room -= _FIXED if line.fixed else _WIDTHS.get(letter, _OTHER) * (_BOLDER if line.bold else 1)
        if room < 0:
            return max(number, 1)
    return len(text)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").replace("\r", " ")


def _file(title: str, pages: Sequence[bytes]) -> bytes:
    fonts = " ".join(
        f"/F{number} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for number, name in enumerate(("Helvetica", "Helvetica-Bold", "Courier"), start=1)
    )
    # the catalogue, the list of pages and the title, then each page and what is drawn on it
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Title ({_escaped(title)}) >>".encode(_LETTERS, "replace"),
    ]
    for number, content in zip(numbers, pages, strict=True):
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDE} {_HIGH}] /Contents {number + 1} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % one for one in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    made += trailer % (len(parts) + 1, table)
    return bytes(made)
