"""What is wrong with a people file as a chart: strangers, overlaps, circles, tops, heads.

Single cells are `engine.core.roster_columns`' business. People known before who are not in the file stay as they
are and count as part of the chart; problems are told at rows of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from engine.core.chart import Person
from engine.core.roster_columns import Line, nearest
from engine.core.roster_words import RowProblem, problem

__all__ = ["check_chart"]

_LEVELS = 64
_SUGGESTIONS = 20
_Columns = Mapping[str, str]
_Index = Mapping[str, Sequence[Line]]


def check_chart(lines: Sequence[Line], existing: Iterable[Person], shown: _Columns) -> list[RowProblem]:
    """All problems between rows. `existing` are the segments of people who are not in the file."""
    before = [Line(row=0, person=person, wrong=frozenset()) for person in existing]
    everybody = [*lines, *before]
    index: dict[str, list[Line]] = {}
    for line in everybody:
        if line.person.person_id:
            index.setdefault(line.person.person_id, []).append(line)
    for held in index.values():
        held.sort(key=lambda line: line.person.valid_from)
    return [
        *_strangers(lines, index, shown),
        *_overlaps(index, shown),
        *_circles(everybody, index, shown),
        *_tops(everybody, shown),
        *_heads(everybody, shown),
        *_present_holders(lines, index, shown),
    ]


def _strangers(lines: Sequence[Line], index: _Index, shown: _Columns) -> Iterator[RowProblem]:
    ids = list(index)
    suggested = 0
    for line in lines:
        person = line.person
        for column, (code, read) in _REFERENCES.items():
            named = read(person)
            if named is None or column in line.wrong:
                continue
            place = shown.get(column, column)
            if named == person.person_id and column != "superior":
                yield problem(line.row, place, "own_post", named)
            elif named not in index:
                suggested += 1
                near = nearest(named, ids) if suggested <= _SUGGESTIONS else None  # costs a walk over all
                yield problem(line.row, place, code, named, near=near)


_REFERENCES: Mapping[str, tuple[str, Callable[[Person], str | None]]] = {
    "superior": ("superior_unknown", lambda person: person.superior),
    "acting_for": ("acting_for_unknown", lambda person: person.acting_for),
    "substitute": ("substitute_unknown", lambda person: person.substitute),
}


def _overlaps(index: _Index, shown: _Columns) -> Iterator[RowProblem]:
    for held in index.values():
        dated = [
            line for line in held if line.row and not line.wrong & {"valid_from", "valid_to", "person_id"}
        ]
        for earlier, later in _meeting(dated):
            first, second = (earlier, later) if earlier.row < later.row else (later, earlier)
            one, two = first.person, second.person
            same = (one.valid_from, one.valid_to) == (two.valid_from, two.valid_to)
            column = shown.get("person_id" if same else "valid_from", "")
            day = max(one.valid_from, two.valid_from).isoformat()
            yield problem(second.row, column, "duplicate" if same else "overlap", day, other=first.row)


def _meeting(dated: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of which the later begins before the earlier has ended; lines come sorted by their first day."""
    longest: Line | None = None
    for line in dated:
        if longest is not None and line.person.valid_from <= (longest.person.valid_to or date.max):
            yield longest, line
        if longest is None or (line.person.valid_to or date.max) > (longest.person.valid_to or date.max):
            longest = line


def _circles(everybody: Sequence[Line], index: _Index, shown: _Columns) -> Iterator[RowProblem]:
    """A circle begins on the first day of one of its segments, so each is walked from on its first day."""
    told: set[frozenset[str]] = set()
    for line in everybody:
        day = line.person.valid_from
        trail, closed = _walk(line, index, day)
        column = shown.get("superior", "superior")
        if len(trail) > _LEVELS:
            if line.row:
                yield problem(line.row, column, "too_deep", most=_LEVELS)
            continue
        members = frozenset(one.person.person_id for one in trail)
        row = next((one.row for one in trail if one.row), 0)
        if closed and row and members not in told:
            told.add(members)
            names = [f"{one.person.name} ({one.person.person_id})" for one in trail]
            first_day = "" if day == date.min else day.isoformat()
            yield problem(row, column, "loop", " -> ".join((*names, names[0])), day=first_day)


def _walk(start: Line, index: _Index, day: date) -> tuple[list[Line], bool]:
    """Everybody up the line on a day, and whether it leads back to the start."""
    trail, seen = [start], {start.person.person_id}
    while len(trail) <= _LEVELS:
        above = _in_force(index.get(trail[-1].person.superior or "", ()), day)
        if above is None:
            return trail, False
        if above.person.person_id in seen:
            return trail, above.person.person_id == start.person.person_id
        trail.append(above)
        seen.add(above.person.person_id)
    return trail, False


def _in_force(held: Sequence[Line], day: date) -> Line | None:
    """The segment on a day or the last one before it: a vacant post still has its place in the line."""
    found = None
    for line in held:
        if line.person.valid_from <= day:
            found = line
    return found


def _tops(everybody: Sequence[Line], shown: _Columns) -> Iterator[RowProblem]:
    if everybody and not any(line.person.external and line.person.superior is None for line in everybody):
        yield problem(0, shown.get("superior", "superior"), "no_external")
    for line in everybody:
        top = line.person.superior is None and not line.person.external
        if line.row and top and not line.wrong & {"superior", "kind"}:
            yield problem(line.row, shown.get("superior", "superior"), "top_not_external")


def _heads(everybody: Sequence[Line], shown: _Columns) -> Iterator[RowProblem]:
    units: dict[str, list[Line]] = {}
    for line in everybody:
        person = line.person
        if (
            "head" in person.duties
            and person.status == "active"
            and not line.wrong & {"valid_from", "valid_to"}
        ):
            units.setdefault(person.unit, []).append(line)
    for unit, heads in units.items():
        heads.sort(key=lambda line: line.person.valid_from)
        for earlier, later in _meeting(heads):
            if earlier.person.person_id != later.person.person_id and (earlier.row or later.row):
                at, other = (later, earlier) if later.row > earlier.row else (earlier, later)
                name = f"{other.person.name} ({other.person.person_id})"
                yield problem(at.row, shown.get("duties", "duties"), "two_heads", unit, other=name)


def _present_holders(lines: Sequence[Line], index: _Index, shown: _Columns) -> Iterator[RowProblem]:
    """An acting head for somebody who still serves would never be asked: the file contradicts itself."""
    for line in lines:
        person = line.person
        if person.acting_for is None or person.acting_for == person.person_id:
            continue
        day = person.acting_from or person.valid_from
        holder = _in_force(index.get(person.acting_for, ()), day)
        if holder is not None and not holder.wrong and not line.wrong and holder.person.serves_on(day):
            name = f"{holder.person.name} ({holder.person.person_id})"
            column = shown.get("acting_for", "acting_for")
            yield problem(line.row, column, "holder_present", name, day=day.isoformat())
