"""The columns of a people file: their names in two languages, and what may stand in a cell of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from engine.core.chart import Person
from engine.core.roster_vocabulary import (
    ACTING,
    DATES,
    DUTIES,
    ECHELONS,
    GROUPS,
    IDENTITIES,
    KINDS,
    LANGUAGES,
    MEANING,
    NAMES,
    NEEDED_CELLS,
    NEEDED_COLUMNS,
    PAIRS,
    STATUSES,
    ZONES,
)
from engine.core.roster_words import RowProblem, problem
from engine.core.sheet import Numeric, Row, read_day
from engine.core.zones import known_zone

__all__ = ["Line", "nearest", "read_header", "read_line"]

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
#: What a committee or a training is called, as definitions name it.
_GROUP = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NIP_DIGITS = 18
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row read: the person it makes (key still empty) and the columns in which something was wrong."""

    row: int
    person: Person
    wrong: frozenset[str]


def nearest(word: str, known: list[str]) -> str | None:
    """The known word most like this one, if any is like it at all."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)


def read_header(row: Row) -> tuple[dict[str, int], dict[str, str], list[RowProblem]]:
    """Where each column stands, how it is called there, and what is wrong with the header."""
    places: dict[str, int] = {}
    shown: dict[str, str] = {}
    problems: list[RowProblem] = []
    for place, header in enumerate(row.cells):
        if not header or header.startswith("#"):
            continue
        name = MEANING.get(_word(header))
        if name is None:
            near = nearest(_word(header), list(MEANING))
            problems.append(problem(row.number, header, "column_unknown", header, near=near))
        elif name in places:
            problems.append(problem(row.number, header, "column_twice", name))
        else:
            places[name], shown[name] = place, header
    for name in NEEDED_COLUMNS:
        if name not in places:
            names = ", ".join(NAMES[name][:4])
            problems.append(problem(row.number, "", "column_missing", name, names=names))
    return places, shown, problems


def read_line(
    row: Row, places: Mapping[str, int], shown: Mapping[str, str], width: int
) -> tuple[Line, list[RowProblem]]:
    """The person of one row and everything wrong in its cells; a wrong cell is read as if it were empty."""
    reading = _Reading(row, places, shown)
    if len(row.cells) > width:
        reading.wrong("", "too_many_cells", "")
    for name in places:
        reading.read(name)
    values = reading.values
    for first, last in PAIRS:
        reading.pair(first, last)
    external = values["kind"] == "external"
    if external and "external" not in values["duties"]:
        values["duties"] = (*values["duties"], "external")
    values["scheme"] = values["scheme"] or ("other" if external else "nip")
    if "person_id" not in reading.bad:
        reading.number()
    return Line(
        row=row.number, person=Person(key="", **values), wrong=frozenset(reading.bad)
    ), reading.problems


class _Reading:
    """Gathers the values and problems of one row."""

    __slots__ = ("bad", "cells", "places", "problems", "row", "shown", "values")

    def __init__(self, row: Row, places: Mapping[str, int], shown: Mapping[str, str]) -> None:
        self.row, self.cells, self.places, self.shown = row.number, row.cells, places, shown
        self.problems: list[RowProblem] = []
        self.bad: set[str] = set()
        self.values: dict[str, Any] = {
            name: None if name in DATES or name in IDENTITIES else "" for name in NAMES
        }
        self.values |= {
            "duties": (), "status": "active", "language": "id", "valid_from": date.min, "person_id": "",
        }  # fmt: skip

    def wrong(self, name: str, code: str, value: str, **data: object) -> None:
        self.bad.add(name)
        self.problems.append(problem(self.row, self.shown.get(name, name), code, value, **data))

    def read(self, name: str) -> None:
        place = self.places[name]
        raw = self.cells[place] if place < len(self.cells) else ""
        text = unicodedata.normalize("NFC", " ".join(raw.split()))
        if not text:
            if name in NEEDED_CELLS:
                self.wrong(name, "missing", "")
        elif len(text) > _MOST:
            self.wrong(name, "too_long", text[:_MOST], most=_MOST)
        elif not text.isprintable():
            self.wrong(name, "unprintable", ascii(text))
        elif name in IDENTITIES:
            self.values[name] = _identity(text)
            if isinstance(raw, Numeric):
                self.wrong(name, "numeric_id", text)
            elif _ROUNDED.fullmatch(text):
                self.wrong(name, "rounded_id", text)
        elif name in DATES:
            self._date(name, text)
        else:
            _READERS.get(name, _text)(self, name, text)

    def _date(self, name: str, text: str) -> None:
        day = read_day(text)
        if day is None:
            self.wrong(name, "bad_date", text)
        else:
            self.values[name] = day

    def pair(self, first: str, last: str) -> None:
        begin, end = self.values[first], self.values[last]
        if end is None or first in self.bad:
            return
        if begin is None:
            self.wrong(last, "no_first_day", end.isoformat(), other=self.shown.get(first, first))
        elif end < begin:
            self.wrong(last, "ends_before_start", end.isoformat(), other=begin.isoformat())

    def number(self) -> None:
        text = self.values["person_id"]
        if self.values["scheme"] == "nip" and not _is_nip(text):
            self.wrong("person_id", "nip_digits", text, digits=sum(one.isdigit() for one in text))


def _word(text: str) -> str:
    """A header or a word of a list as it is looked up: small letters, one underscore between words."""
    return re.sub(r"[\s_.\-/]+", "_", text.strip().casefold()).strip("_")


def _is_nip(text: str) -> bool:
    return len(text) == _NIP_DIGITS and text.isascii() and text.isdigit()


def _identity(text: str) -> str:
    """A number as it is compared: without the apostrophe of a text cell and the blanks of a printed NIP."""
    bare = text.removeprefix("'")
    packed = bare.replace(" ", "")
    return packed if _is_nip(packed) else bare


def _text(reading: _Reading, name: str, text: str) -> None:
    reading.values[name] = text


def _listed(words: Mapping[str, str], code: str) -> Callable[[_Reading, str, str], None]:
    names = ", ".join(dict.fromkeys(words.values()))

    def read(reading: _Reading, name: str, text: str) -> None:
        known = words.get(_word(text)) or words.get(text.casefold())
        if known is None:
            reading.wrong(name, code, text, near=nearest(_word(text), list(words)), names=names)
        else:
            reading.values[name] = known

    return read


def _email(reading: _Reading, name: str, text: str) -> None:
    if _EMAIL.fullmatch(text):
        reading.values[name] = text
    else:
        reading.wrong(name, "bad_email", text)


def _zone(reading: _Reading, name: str, text: str) -> None:
    zone = ZONES.get(text.casefold(), text)
    if known_zone(zone):
        reading.values[name] = zone
    else:
        reading.wrong(name, "zone_unknown", text)


def _kind(reading: _Reading, name: str, text: str) -> None:
    """A kind of one's own is welcome; one that merely looks like a known one is a slip."""
    known = KINDS.get(_word(text))
    near = nearest(_word(text), list(KINDS)) if known is None else None
    if near is not None:
        reading.wrong(name, "kind_unknown", text, near=KINDS[near])
    else:
        reading.values[name] = known or text


def _duties(reading: _Reading, name: str, text: str) -> None:
    found: list[str] = []
    for part in re.split(r"\s*[;,|]\s*", text.strip(";,| ")):
        duty = _duty(reading, name, part)
        if duty is not None and duty not in found:
            found.append(duty)
    reading.values[name] = tuple(found)


def _duty(reading: _Reading, name: str, text: str) -> str | None:
    """One duty as it is kept; None and a complaint if it is none."""
    known = DUTIES.get(_word(text).replace(":_", ":"))
    if known is not None:
        return known
    kind, *rest = (part.strip() for part in text.split(":"))
    word = GROUPS.get(_word(kind))
    if word is not None and rest and _GROUP.fullmatch(rest[0]):
        return _dated(reading, name, word, rest)
    near = nearest(_word(text), list(DUTIES))
    if near is None and re.fullmatch(r"desk:[a-z][a-z_]*", text):
        return text  # a definition may ask for desks of its own
    names = "head, desk:personnel, desk:performance, desk:competence, committee:NAME, trained:NAME, external"
    reading.wrong(name, "duty_unknown", text, near=near and DUTIES[near], names=names)
    return None


def _dated(reading: _Reading, name: str, word: str, rest: list[str]) -> str | None:
    """`committee:calibration`, `trained:penilai`, or a training with its last day."""
    group, *until = rest
    if not until:
        return f"{word}:{group}"
    day = read_day(until[0]) if len(until) == 1 else None
    if word != "trained":
        reading.wrong(name, "committee_dated", ":".join(rest))
        return None
    if day is None:
        reading.wrong(name, "bad_training_date", ":".join(until), group=group)
        return None
    return f"{word}:{group}:{day.isoformat()}"


def _scheme(reading: _Reading, name: str, text: str) -> None:
    reading.values[name] = text.casefold()


_READERS: Mapping[str, Callable[[_Reading, str, str], None]] = {
    "acting_kind": _listed(ACTING, "acting_kind_unknown"),
    "duties": _duties,
    "echelon": _listed(ECHELONS, "echelon_unknown"),
    "email": _email,
    "kind": _kind,
    "language": _listed(LANGUAGES, "language_unknown"),
    "scheme": _scheme,
    "status": _listed(STATUSES, "status_unknown"),
    "zone": _zone,
}
