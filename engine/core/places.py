"""Places in files, what is wrong there, and documents whose every value knows its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from engine.core.complaints import InBoth, Said, say

__all__ = [
    "Document",
    "Mark",
    "Path",
    "Problem",
    "Severity",
    "Spot",
    "Value",
    "closest",
    "dotted",
    "nearest",
    "quoted",
]

Path = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]
Severity = Literal["error", "warning"]

_SHOWN = 60
_ESCAPES = {"x": 2, "u": 4, "U": 8}
#: what the reader takes for the end of a line, and how it joins the lines of a quoted or plain text
_LINE_END = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_FOLDED = re.compile(r"[ \t]*(?:(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*)+")
_JOINED = re.compile(r"\\(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; line and column count from 1, and are 0 where the values did not come from a text."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in a file, where, and what would be right. `path` names the key: `phases.planning.due`."""

    mark: Mark
    severity: Severity
    code: str
    path: str
    message: InBoth
    suggestion: InBoth | None = None

    def __str__(self) -> str:
        return self.told("en")

    def told(self, language: str) -> str:
        """The problem in one line: where, how bad, its code, a sentence and what would be right."""
        hint = f"; {self.suggestion[language]}" if self.suggestion is not None else ""
        return f"{self.mark}: {self.severity} {self.code}: {self.message[language]}{hint}"

    def as_json(self) -> dict[str, object]:
        """The problem for programs: plain values only, its sentences in both languages as those of a finding."""
        return {
            "file": self.mark.file,
            "line": self.mark.line,
            "column": self.mark.column,
            "severity": self.severity,
            "code": self.code,
            "path": self.path,
            "message": _both(self.message),
            "suggestion": None if self.suggestion is None else _both(self.suggestion),
        }


def _both(words: InBoth) -> dict[str, str]:
    return {"id": words["id"], "en": words["en"]}


def closest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or "" if none is."""
    return next(iter(get_close_matches(name[:_SHOWN], list(known), n=1, cutoff=0.6)), "")


def nearest(name: str, known: Iterable[str]) -> Said | None:
    """`did you mean 'x'?` for the known name most like this one, or None if none is."""
    found = closest(name, known)
    return say("did_you_mean", found=found) if found else None


def quoted(text: str) -> str:
    """A text as it is shown in a sentence: in quotes, on one line, not endless."""
    line = "".join(letter if letter.isprintable() else " " for letter in text[: _SHOWN + 1])
    return f"'{line[:_SHOWN]}...'" if len(text) > _SHOWN else f"'{line}'"


def dotted(path: Path) -> str:
    """A path as people write it: `choices.follow_up[0].when`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a scalar or the start of a collection stands, and how it is quoted."""

    line: int
    column: int
    index: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The values of one file and where they stand.

    `spoiled` are paths whose value could not be read; their problem is already told, so nothing more is said there.
    `broken` means that the text as a whole could not be read and `values` is empty.
    """

    name: str
    values: dict[str, Value]
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    spoiled: frozenset[Path] = frozenset()
    text: str = field(default="", repr=False)
    _keys: Mapping[Path, Spot] = field(default_factory=dict, repr=False)
    _values: Mapping[Path, Spot] = field(default_factory=dict, repr=False)

    def key_mark(self, path: Path) -> Mark:
        """Where the key of this path is written; for a list item, where the item begins."""
        return self._mark(self._keys, self._values, path)

    def value_mark(self, path: Path, offset: int = 0) -> Mark:
        """Where the value of this path begins, or its character number `offset` (from 0)."""
        spot = self._values.get(path)
        if spot is None or (not offset and not spot.style):
            return self._mark(self._values, self._keys, path)
        if spot.style in {"|", ">"}:
            return Mark(self.name, spot.line, spot.column)
        return _typed_mark(self.name, self.text, spot, offset)

    def _mark(self, first: Mapping[Path, Spot], second: Mapping[Path, Spot], path: Path) -> Mark:
        while path:
            spot = first.get(path) or second.get(path)
            if spot is not None:
                return Mark(self.name, spot.line, spot.column)
            path = path[:-1]
        line = 1 if self._keys else 0
        return Mark(self.name, line, line)


def _typed_mark(name: str, text: str, spot: Spot, offset: int) -> Mark:
    """Where character `offset` of a scalar was typed: quotes and escapes count, and lines may be folded."""
    at, left = spot.index + (1 if spot.style else 0), offset
    while True:
        joined = _JOINED.match(text, at) if spot.style == '"' else None
        if joined is not None:  # a line end behind a backslash is no character at all
            at = joined.end()
            continue
        if not left:
            break
        folded = _FOLDED.match(text, at)
        if folded is not None:  # one line end is read as a space, more of them as one less
            read = max(1, len(_LINE_END.findall(folded[0])) - 1)
            if left < read:
                break
            at, left = folded.end(), left - read
            continue
        typed = text[at : at + 2]
        if spot.style == "'" and typed == "''":
            at += 2
        elif spot.style == '"' and typed.startswith("\\"):
            at += 2 + _ESCAPES.get(typed[1:], 0)
        else:
            at += 1
        left -= 1
    ends = list(_LINE_END.finditer(text, spot.index, at))
    if not ends:
        return Mark(name, spot.line, spot.column + at - spot.index)
    return Mark(name, spot.line + len(ends), at - ends[-1].end() + 1)
