"""The corrected day of a move that has divided a period already: told before it is taken over, with what would work.

Parts stand as they were divided: what was written in them, and by whom, belongs to the days they had then. A move
that is taken back is another matter, a move of the later part; so the way to another day leads over that.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from engine.core.case import Case
from engine.core.chart import Chart, Person
from engine.core.definition import Language
from engine.core.roster_words import RowProblem
from engine.core.telling_days import say_date

__all__ = ["CODE", "Corrected", "corrected_move", "is_told_anew", "problem_of"]

#: the code of the problem
CODE = "move_divided_already"

_WHY = {
    "id": "{name} ({number}): periodenya sudah terbagi pada hari pindah {before}, sedangkan berkas menyebut {after};"
    " bagian yang sudah ada tidak bergeser. Biarkan {before}, atau batalkan dahulu perpindahan itu dengan mengimpor"
    " berkas yang tidak memuatnya, lalu impor lagi dengan {after}; yang lain dapat diimpor tanpa {name}",
    "en": "{name} ({number}): the period is divided at the move of {before} already, and the file says {after}; parts"
    " that are there do not shift. Leave {before}, or first take the move back by importing a file without it, and"
    " then import this one with {after}; everybody else can be imported without {name}",
}


class Corrected(NamedTuple):
    """A move that has divided a period, and the day on which it is told to have been instead."""

    person: str
    before: date
    after: date


def is_told_anew(key: str, before: Chart, after: Chart) -> bool:
    """Whether a person's moves are told otherwise than before: only then their parts need to be looked at."""
    units = {one.unit for one in before.history(key)}
    return len(units) > 1 and _moves(before, key) != _moves(after, key)


def corrected_move(part: Case, before: Chart, after: Chart) -> Corrected | None:
    """The move that began this part of a period, if another chart tells another day of it.

    One that tells nothing of it takes the move back.
    """
    first = part.period_from
    was, now = (_moves(chart, part.subject) for chart in (before, after))
    if part.ended or part.segment == 1 or (first, part.unit) not in was or (first, part.unit) in now:
        return None
    told = [day for day, unit in now - was if unit == part.unit and day <= part.period_to]
    if not told:
        return None
    return Corrected(part.subject, first, min(told, key=lambda day: (abs(day - first), day)))


def problem_of(one: Corrected, chart: Chart) -> RowProblem:
    """What is wrong with the file, and what would work."""
    person = chart.person(one.person)
    message = {"id": _why(one, person, "id"), "en": _why(one, person, "en")}
    return RowProblem(row=0, column="", code=CODE, message=message, value=one.after.isoformat())


def _why(one: Corrected, person: Person, language: Language) -> str:
    before, after = (say_date(day, language) for day in (one.before, one.after))
    return _WHY[language].format(name=person.name, number=person.person_id, before=before, after=after)


def _moves(chart: Chart, key: str) -> frozenset[tuple[date, str]]:
    """The days on which somebody goes from one unit to another, each with the unit they come to."""
    return frozenset(
        (after.valid_from, after.unit)
        for before, after in pairwise(chart.history(key))
        if before.unit != after.unit
    )
