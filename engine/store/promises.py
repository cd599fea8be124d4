"""How the promises about cases stand, over many cases: counted without opening any, and listed a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from engine.core.case import Case
from engine.core.codec import decoder
from engine.store.driver import select
from engine.store.tables import PROMISED
from engine.store.tables import cases as case_table
from engine.store.view import View

__all__ = ["Standings", "promising", "standings"]

_case = decoder(Case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """How many cases of a definition (or of its `track`) have promises that stand so, a letter for each by its number.

    The letters are the first of open, kept, broken and lost; "-" for a promise that is about something else.
    """

    definition: str
    track: str
    letters: str
    count: int

    @property
    def told(self) -> str:
        """As a case is filed under it."""
        return f"{self.track}#{self.letters}" if self.track else self.letters


def standings(view: View, cycle: str | None = None) -> tuple[Standings, ...]:
    """How the promises of all cases stand together, or of those in one cycle."""
    place = (case_table.c.definition, case_table.c.promises)
    asked = sa.select(*place, sa.func.count()).where(PROMISED).group_by(*place).order_by(*place)
    if cycle is not None:
        asked = asked.where(case_table.c.cycle_id == cycle)
    found = []
    for definition, told, count in select(view.driver, asked):
        track, _, letters = told.rpartition("#")
        found.append(Standings(definition=definition, track=track, letters=letters, count=count))
    return tuple(found)


def promising(
    view: View, among: Collection[Standings], *, cycle: str | None, after: str, limit: int
) -> tuple[Case, ...]:
    """The cases whose promises stand as one of these, by id; the next page begins `after` the last of this one."""
    if not among:
        return ()
    places = [
        sa.and_(case_table.c.definition == one.definition, case_table.c.promises == one.told) for one in among
    ]
    asked = sa.select(case_table.c.body).where(PROMISED, case_table.c.id > after, sa.or_(*places))
    if cycle is not None:
        asked = asked.where(case_table.c.cycle_id == cycle)
    rows = select(view.driver, asked.order_by(case_table.c.id).limit(limit))
    return tuple(_case.decode(body) for (body,) in rows)
