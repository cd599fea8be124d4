"""A people file to a roster of persons, or everything that is wrong with it at once; and what a roster changes.

Nothing is half read: either every row is sound, alone and as a chart, or there is no roster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.core.chart import Chart, Person
from engine.core.definition import Label
from engine.core.roster_checks import check_chart
from engine.core.roster_columns import Line, read_header, read_line
from engine.core.roster_words import RowProblem, problem
from engine.core.sheet import Sheet, read_sheet
from engine.errors import PeopleInvalid, SheetInvalid

__all__ = ["Change", "ChartChanges", "Roster", "RowProblem", "compare", "read_roster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The sound content of one people file: every dated segment, with keys."""

    people: tuple[Person, ...]

    def joined_with(self, existing: Iterable[Person]) -> tuple[Person, ...]:
        """The segments of the new chart: the file's, and those of people whom the file does not mention."""
        ids = {person.person_id for person in self.people}
        return (*self.people, *(person for person in existing if person.person_id not in ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes different for one person on a day; `before` and `after` are texts of the file's own."""

    key: str
    person_id: str
    name: str
    before: str
    after: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartChanges:
    """What a roster changes against the chart in force, from today on."""

    joiners: tuple[Change, ...] = ()
    leavers: tuple[Change, ...] = ()
    status_changes: tuple[Change, ...] = ()
    unit_moves: tuple[Change, ...] = ()
    superior_changes: tuple[Change, ...] = ()
    new_heads: tuple[Change, ...] = ()
    acting: tuple[Change, ...] = ()
    not_in_file: tuple[Change, ...] = ()


def read_roster(
    data: bytes,
    name: str,
    *,
    keys: Mapping[str, str],
    new_key: Callable[[], str],
    existing: Iterable[Person] = (),
) -> Roster:
    """The people of a CSV or XLSX file. `name` is only shown.

    `keys` gives the key of each person_id known before; `new_key` makes one for each stranger, and is not called
    before the file is known to be sound. `existing` are the segments known before: those of people missing from
    the file count when superiors are looked up.
    Raises: PeopleInvalid with every RowProblem, by row.
    """
    try:
        sheet = read_sheet(data)
    except SheetInvalid as unreadable:
        whole = RowProblem(
            row=0, column="", code=unreadable.code, value="",
            message=Label(en=unreadable.message, id=unreadable.message_id),
        )  # fmt: skip
        raise PeopleInvalid(name, [whole]) from None
    lines, problems, shown = _lines(sheet)
    if shown:
        ids = {line.person.person_id for line in lines}
        others = [person for person in existing if person.person_id not in ids]
        problems += check_chart(lines, others, shown)
    if problems:
        problems.sort(key=lambda one: one.row)
        raise PeopleInvalid(name, problems)
    return Roster(people=_keyed(lines, keys, new_key))


def _lines(sheet: Sheet) -> tuple[list[Line], list[RowProblem], dict[str, str]]:
    """Every row read; without a usable header no row is, and the last value is empty."""
    header, *rows = sheet.rows
    places, shown, problems = read_header(header)
    if any(one.code == "column_missing" for one in problems):
        return [], problems, {}
    if not rows:
        problems.append(problem(header.number, "", "no_people"))
        return [], problems, {}
    lines: list[Line] = []
    for row in rows:
        line, wrong = read_line(row, places, shown, len(header.cells))
        lines.append(line)
        problems += wrong
    return lines, problems, shown


def _keyed(lines: Iterable[Line], keys: Mapping[str, str], new_key: Callable[[], str]) -> tuple[Person, ...]:
    given: dict[str, str] = {}
    people: list[Person] = []
    for line in lines:
        person_id = line.person.person_id
        if person_id not in given:
            given[person_id] = keys.get(person_id) or new_key()
        people.append(replace(line.person, key=given[person_id]))
    assert len(set(given.values())) == len(given), "two people were given one key"
    return tuple(people)


def compare(old: Chart, new: Roster, today: date) -> ChartChanges:
    """Joiners, leavers and everything that becomes different today or on a later day the file knows."""
    found: dict[str, list[Change]] = {name: [] for name in ChartChanges.__slots__}
    segments: dict[str, list[Person]] = {}
    for person in new.people:
        segments.setdefault(person.person_id, []).append(person)
    for person_id, held in segments.items():
        held.sort(key=lambda one: one.valid_from)
        before = old.history(person_id)
        if before:
            _compare_person(before, held, today, found)
        else:
            first = held[0]
            found["joiners"].append(_change(first, "", first.unit, first.valid_from))
            if "head" in first.duties:
                found["new_heads"].append(_change(first, "", first.unit, first.valid_from))
    for key in dict.fromkeys(person.person_id for person in old.segments):
        if key not in segments:
            last = old.by_id(key)
            found["not_in_file"].append(_change(last, last.unit, last.unit, None))
    return ChartChanges(**{name: tuple(changes) for name, changes in found.items()})


def _compare_person(
    before: tuple[Person, ...], held: list[Person], today: date, found: dict[str, list[Change]]
) -> None:
    last, ended = held[-1], before[-1].valid_to
    if last.valid_to is not None and last.valid_to != ended:
        found["leavers"].append(_change(last, last.unit, "", last.valid_to))
    days = [today, *(one.valid_from for one in held if one.valid_from > today)]
    for field, read in _READ.items():
        for day in days:
            was, now = _on(before, day), _on(held, day)
            if was is None or now is None or read(was) == read(now):
                continue
            if read(now) or field not in _GAINS:
                found[field].append(_change(now, read(was), read(now), max(now.valid_from, today)))
                break


def _new_head(person: Person) -> str:
    return person.unit if "head" in person.duties else ""


_READ: Mapping[str, Callable[[Person], str]] = {
    "status_changes": lambda person: person.status,
    "unit_moves": lambda person: person.unit,
    "superior_changes": lambda person: person.superior or "",
    "new_heads": _new_head,
    "acting": lambda person: person.acting_for or "",
}


#: Losing these is told by whoever gains them.
_GAINS = frozenset({"new_heads", "acting"})


def _on(held: Iterable[Person], day: date) -> Person | None:
    """The segment on a day, else the last before it."""
    found = None
    for one in held:
        if one.valid_from <= day:
            found = one
    return found


def _change(person: Person, before: str, after: str, on: date | None) -> Change:
    return Change(
        key=person.key, person_id=person.person_id, name=person.name, before=before, after=after, on=on
    )
