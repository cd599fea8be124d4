"""Cases that hang together: children of a parent, cases of a person or unit in a workflow, who waits for whom.

Signals and openings are what one case durably tells another: written with the step that told it, taken away by whoever
has passed it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from engine.core.cancelling import CANCELLED
from engine.core.case import Case
from engine.core.codec import decode, decoder
from engine.core.effects import OpenCase
from engine.store.driver import Prepared, execute
from engine.store.tables import PENDING, cases, cycle, definition, opening, signal, wait
from engine.store.unit import Unit
from engine.store.view import View

_case = decoder(Case)


def _cases(condition: Any) -> Prepared:
    asked = sa.select(cases.c.body, cycle.c.period_from, cycle.c.period_to).where(
        condition,
        cases.c.cycle_id == cycle.c.id,
        cases.c.definition == definition.c.digest,
        cases.c.ended != CANCELLED,
        definition.c.workflow == sa.bindparam("workflow"),
        sa.not_(cycle.c.id.contains("#")),
    )
    return Prepared(asked.order_by(cycle.c.period_from, cases.c.segment, cases.c.id))


_OPENED = sa.select(cases.c.body).where(cases.c.parent == sa.bindparam("parent"), sa.text("parent <> ''"))
_PEEK = Prepared(sa.select(cases.c.body).where(cases.c.id == sa.bindparam("case_id")))
_CHILDREN = Prepared(_OPENED.order_by(cases.c.id))
_LINKED = Prepared(_OPENED.where(cases.c.link == sa.bindparam("link")).order_by(cases.c.id))
_ABOUT = _cases(cases.c.subject == sa.bindparam("subject"))
_WITHIN = _cases(cases.c.unit == sa.bindparam("unit"))
_WAITS = Prepared(
    sa.select(wait.c.fact, wait.c.heard_by)
    .where(wait.c.case_id == sa.bindparam("case_id"))
    .order_by(wait.c.fact)
)
_OPENINGS = Prepared(
    sa.select(opening)
    .where(opening.c.parent == sa.bindparam("parent"))
    .order_by(opening.c.at, opening.c.link, opening.c.part)
)
_OPENED_BY_MANY = Prepared(
    sa.select(cases.c.body)
    .where(cases.c.parent.in_(sa.bindparam("parents", expanding=True)), sa.text("parent <> ''"))
    .order_by(cases.c.id)
)
_PEEK_MANY = Prepared(sa.select(cases.c.body).where(cases.c.id.in_(sa.bindparam("case_ids", expanding=True))))
_WAITING = Prepared(
    sa.select(wait.c.case_id, wait.c.fact)
    .where(wait.c.heard_by.in_(sa.bindparam("names", expanding=True)))
    .order_by(wait.c.case_id, wait.c.fact)
)
_SIGNALS = Prepared(
    sa.select(signal.c.id, signal.c.case_id)
    .where(signal.c.id > sa.bindparam("after"))
    .order_by(signal.c.id)
    .limit(sa.bindparam("most"))
)
_PASSED_ON = Prepared(sa.delete(signal).where(signal.c.id.in_(sa.bindparam("numbers", expanding=True))))
_TO_OPEN = Prepared(
    sa.select(opening)
    .where(PENDING)
    .order_by(opening.c.at, opening.c.parent, opening.c.link, opening.c.part)
    .limit(sa.bindparam("most"))
)
_SETTLE = Prepared(
    sa.update(opening)
    .where(
        opening.c.parent == sa.bindparam("of_parent"),
        opening.c.link == sa.bindparam("of_link"),
        opening.c.part == sa.bindparam("of_part"),
    )
    .values(outcome=sa.bindparam("came"), child=sa.bindparam("opened"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A case and the period its cycle appraises: a later segment of a case has the period of the whole."""

    case: Case
    period_from: date
    period_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A case that is to be opened, or was: by whom, since when, and what came of it ("" while it is to be)."""

    parent: str
    at: int
    asked: OpenCase
    child: str
    outcome: str


def peek(view: View, case_id: str) -> Case | None:
    """A case as it stands, held against nobody; or None."""
    found = _PEEK.rows(view.driver, case_id=case_id)
    return _case.decode(found[0][0]) if found else None


def peek_many(view: View, case_ids: Sequence[str]) -> tuple[Case, ...]:
    """These cases as they stand, in that order and in one statement; those that are not there are left out."""
    if not case_ids:
        return ()
    found = _PEEK_MANY.rows(view.driver, case_ids=list(case_ids))
    known = {one.id: one for one in (_case.decode(body) for (body,) in found)}
    return tuple(known[name] for name in case_ids if name in known)


def children(view: View, parent: str, link: str | None = None) -> tuple[Case, ...]:
    """The cases that this one opened, by one of its links or by all, in the order of their periods."""
    if link is None:
        rows = _CHILDREN.rows(view.driver, parent=parent)
    else:
        rows = _LINKED.rows(view.driver, parent=parent, link=link)
    found = (_case.decode(body) for (body,) in rows)
    return tuple(sorted(found, key=lambda one: (one.link, one.period_from, one.opened_at, one.id)))


def tracks_of(view: View, parents: Sequence[str]) -> dict[str, tuple[Case, ...]]:
    """The tracks of these cases, by case and in order, in one statement."""
    if not parents:
        return {}
    found: dict[str, list[Case]] = {}
    for (body,) in _OPENED_BY_MANY.rows(view.driver, parents=list(parents)):
        one = _case.decode(body)
        if "#" in one.definition:
            found.setdefault(one.parent, []).append(one)
    return {name: tuple(rows) for name, rows in found.items()}


def cases_about(view: View, workflow: str, subject: str) -> tuple[Kin, ...]:
    """The cases of a workflow about a person or unit, the oldest period first; no tracks, nothing cancelled."""
    return _kin(_ABOUT.rows(view.driver, workflow=workflow, subject=subject))


def cases_in(view: View, workflow: str, unit: str) -> tuple[Kin, ...]:
    """The cases of a workflow about people of a unit, by id."""
    return _kin(_WITHIN.rows(view.driver, workflow=workflow, unit=unit))


def _kin(rows: Iterable[Sequence[Any]]) -> tuple[Kin, ...]:
    return tuple(
        Kin(
            case=_case.decode(body), period_from=date.fromisoformat(first), period_to=date.fromisoformat(last)
        )
        for body, first, last in rows
    )


def waiting_for(view: View, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Who waits for a case that is heard by one of these names: case and fact."""
    rows = _WAITING.rows(view.driver, names=sorted(names))
    return tuple((case_id, fact) for case_id, fact in rows)


def waits_of(view: View, case_id: str) -> tuple[tuple[str, str], ...]:
    """What a case waits for: each fact, and the name it is heard of by."""
    return tuple((fact, heard_by) for fact, heard_by in _WAITS.rows(view.driver, case_id=case_id))


def put_waits(unit: Unit, case_id: str, waits: Sequence[tuple[str, str]], at: int) -> None:
    """Replace what a case waits for, because the chart names others now; and have it looked at."""
    execute(unit.driver, sa.delete(wait).where(wait.c.case_id == case_id))
    for fact, heard_by in waits:
        execute(unit.driver, sa.insert(wait).values(case_id=case_id, fact=fact, heard_by=heard_by))
    execute(unit.driver, sa.insert(signal).values(case_id=case_id, at=at))


def signals(view: View, after: int, limit: int) -> tuple[tuple[int, str], ...]:
    """Signals nobody has passed on yet, oldest first: number and case."""
    rows = _SIGNALS.rows(view.driver, after=after, most=limit)
    return tuple((number, case_id) for number, case_id in rows)


def passed_on(unit: Unit, numbers: Iterable[int]) -> None:
    """Take signals away: everybody who waited has been told."""
    _PASSED_ON.run(unit.driver, numbers=sorted(numbers))


def to_open(view: View, limit: int) -> tuple[Opening, ...]:
    """Cases still to be opened, those asked for first first."""
    return tuple(map(_opening, _TO_OPEN.rows(view.driver, most=limit)))


def openings_of(view: View, parent: str) -> tuple[Opening, ...]:
    """All that a case ever opened or wanted to open, in order."""
    return tuple(map(_opening, _OPENINGS.rows(view.driver, parent=parent)))


def settle_opening(unit: Unit, one: Opening, outcome: str, child: str = "") -> None:
    """Record what came of an opening, for good."""
    place = {"of_parent": one.parent, "of_link": one.asked.link, "of_part": one.asked.part}
    _SETTLE.run(unit.driver, **place, came=outcome, opened=child)


def _opening(row: Sequence[Any]) -> Opening:
    parent, link, part, at, body, child, outcome = row
    told = decode(body)
    told["carries"] = tuple(told.get("carries", ()))
    period = told.pop("period")
    days = None if period is None else (date.fromisoformat(period[0]), date.fromisoformat(period[1]))
    return Opening(
        parent=parent,
        at=at,
        asked=OpenCase(link=link, part=part, period=days, **told),
        child=child,
        outcome=outcome,
    )
