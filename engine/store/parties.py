"""Parties to cases as rows: read for one case or for many, written set by set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa

from engine.core.party import Party
from engine.store.driver import Driver, Row, select
from engine.store.tables_access import party

__all__ = ["of_cases", "row"]


def row(case_id: str, one: Party) -> Row:
    """A row of `party`, in the order of its columns."""
    last = "" if one.last is None else one.last.isoformat()
    return case_id, one.person, one.role, one.how, one.first.isoformat(), last, int(one.lent)


def of_cases(driver: Driver, ids: Iterable[str]) -> Mapping[str, tuple[Party, ...]]:
    """The parties to these cases, in one statement."""
    asked = sa.select(party).where(party.c.case_id.in_(sorted(ids)))
    found: dict[str, list[Party]] = {}
    for case_id, person, role, how, first, last, lent in select(driver, asked):
        one = Party(
            person=person,
            role=role,
            how=how,
            first=date.fromisoformat(first),
            last=date.fromisoformat(last) if last else None,
            lent=bool(lent),
        )
        found.setdefault(case_id, []).append(one)
    return {case_id: tuple(held) for case_id, held in found.items()}
