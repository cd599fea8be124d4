"""Which cases somebody may read, as one condition on `cases`, from the same rules and atoms as the decision.

A list is one statement, a page at a time by id; nothing is loaded to be left out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import sqlalchemy as sa

from engine.core.access import Asker, Lent, rules_of
from engine.core.access.who import (
    Administrator,
    Anyone,
    Auditor,
    BrokenGlass,
    DelegateOf,
    Desk,
    ExternalOfficial,
    Holder,
    JournalWriter,
    Official,
    Party,
    PersonOfChart,
    Privacy,
    Self,
    SignedIn,
    Subject,
    Who,
)
from engine.core.case import Case
from engine.core.codec import decoder
from engine.core.delegation import first_launched_as
from engine.store.driver import select
from engine.store.queries import Tally
from engine.store.tables import cases, definition, task
from engine.store.tables_access import party
from engine.store.view import View

__all__ = ["counts", "elsewhere", "open_cases_of", "readable", "visible"]

_case = decoder(Case)
_Clause = sa.ColumnElement[bool]


def readable(asker: Asker) -> _Clause:
    """The cases this asker may read: the rules of `case.read`, joined by "or"."""
    if asker.scopes is not None and "read" not in asker.scopes:
        return sa.false()
    clauses: list[_Clause] = []
    for rule in rules_of("case.read"):
        found = _clause(rule.who, asker)
        if rule.when is not None and asker.person:
            found = sa.and_(found, cases.c.subject != asker.person)
        clauses.append(found)
    return sa.or_(sa.false(), *clauses)


def visible(  # noqa: PLR0913 - each filter is a word of the question
    view: View,
    asker: Asker,
    *,
    cycle: str | None = None,
    state: str | None = None,
    phase: str | None = None,
    subject: str | None = None,
    unit: str | None = None,
    open_only: bool = False,
    after: str = "",
    limit: int = 50,
) -> tuple[Case, ...]:
    """A page of the cases this asker may read, by id, in one statement; the next begins `after` the last of this."""
    asked = sa.select(cases.c.body).where(cases.c.id > after, readable(asker))
    wanted = {"cycle_id": cycle, "state": state, "phase": phase, "subject": subject, "unit": unit}
    for name, value in wanted.items():
        if value is not None:
            asked = asked.where(cases.c[name] == value)
    if open_only:
        asked = asked.where(cases.c.ended == "")
    rows = select(view.driver, asked.order_by(cases.c.id).limit(limit))
    return tuple(_case.decode(body) for (body,) in rows)


def open_cases_of(view: View, asker: Asker, subjects: Iterable[str], *, limit: int) -> tuple[Case, ...]:
    """The open cases of these people that this asker may read, by id, in one statement."""
    asked = sa.select(cases.c.body).where(
        cases.c.subject.in_(sorted(subjects)), cases.c.ended == "", readable(asker)
    )
    rows = select(view.driver, asked.order_by(cases.c.id).limit(limit))
    return tuple(_case.decode(body) for (body,) in rows)


def elsewhere(view: View, asker: Asker, subjects: Iterable[str], *, limit: int) -> tuple[Case, ...]:
    """Open cases of these people in which somebody else has a task and this asker has none, in one statement.

    Only those the asker may read; what happens by itself first comes first.
    """
    waits, own = (sa.select(task.c.case_id).where(task.c.case_id == cases.c.id) for _ in range(2))
    asked = sa.select(cases.c.body).where(
        cases.c.subject.in_(sorted(subjects)),
        cases.c.ended == "",
        readable(asker),
        waits.exists(),
        ~own.where(task.c.holder == asker.person).exists(),
    )
    rows = select(view.driver, asked.order_by(cases.c.next_at, cases.c.id).limit(limit))
    return tuple(_case.decode(body) for (body,) in rows)


def counts(view: View, asker: Asker, cycle: str | None = None) -> tuple[Tally, ...]:
    """How many of the cases this asker may read rest where, by phase and state; of one cycle, or of all."""
    place = (cases.c.phase, cases.c.state, cases.c.ended)
    asked = sa.select(*place, sa.func.count()).where(readable(asker)).group_by(*place).order_by(*place)
    if cycle is not None:
        asked = asked.where(cases.c.cycle_id == cycle)
    return tuple(
        Tally(phase=phase, state=state, ended=ended, count=count)
        for phase, state, ended, count in select(view.driver, asked)
    )


def _clause(who: Who, asker: Asker) -> _Clause:  # noqa: C901, PLR0911, PLR0912 - one line an atom
    match who:
        case Anyone():
            return sa.true()
        case SignedIn():
            return _if(bool(asker.person or asker.account))
        case PersonOfChart():
            return _if(bool(asker.person))
        case Subject() | Self():
            return cases.c.subject == asker.person if asker.person else sa.false()
        case Party():
            return _party(asker)
        case Holder():
            mine = sa.select(task.c.case_id).where(task.c.holder == asker.person)
            return cases.c.id.in_(mine) if asker.person else sa.false()
        case DelegateOf():
            return sa.or_(sa.false(), *(_lent(one, asker) for one in asker.lent))
        case Desk():
            return _if(asker.personnel)
        case Official():
            return _if(asker.official)
        case ExternalOfficial():
            return _if(asker.external)
        case Auditor():
            return _if("auditor" in asker.roles)
        case Administrator():
            return _if("administrator" in asker.roles)
        case Privacy():
            return _if("privacy" in asker.roles)
        case BrokenGlass(steers=steers):
            opened = asker.steered if steers else asker.glass
            return cases.c.id.in_(sorted(opened)) if opened else sa.false()
        case JournalWriter():
            return sa.false()  # it opens journals, never a case
        case _:
            assert_never(who)


def _if(true: bool) -> _Clause:  # noqa: FBT001 - a truth is what it takes
    return sa.true() if true else sa.false()


def _party(asker: Asker) -> _Clause:
    rows: list[_Clause] = []
    if asker.person:
        was = sa.or_(party.c.last == "", party.c.last >= party.c.first)
        rows.append(sa.and_(party.c.person == asker.person, was))
    if asker.desks:
        rows.append(sa.and_(party.c.person.in_(sorted(asker.desks)), party.c.last == ""))
    return cases.c.id.in_(sa.select(party.c.case_id).where(sa.or_(*rows))) if rows else sa.false()


def _lent(lent: Lent, asker: Asker) -> _Clause:
    """Cases in which this way reaches a role that its giver fills now."""
    rows = [party.c.person.in_(sorted(lent.names)), party.c.last == "", party.c.lent == 1]
    about: list[_Clause] = [cases.c.subject.not_in(sorted({asker.person, lent.giver}))]
    for link in lent.links:
        rows += _within(party.c.role, link.roles)
        about += _launched_as(link.cycles)
        about += _within(cases.c.unit, link.units)
        about += _within(cases.c.subject, link.subjects)
        if link.workflows:
            named = sa.select(definition.c.digest).where(definition.c.workflow.in_(sorted(link.workflows)))
            about.append(cases.c.definition.in_(named))
    return sa.and_(cases.c.id.in_(sa.select(party.c.case_id).where(*rows)), *about)


def _launched_as(cycles_named: Iterable[str]) -> list[_Clause]:
    """Cases of these cycles, whichever launch of their period they are of."""
    names = sorted(set(map(first_launched_as, cycles_named)))
    again = (cases.c.cycle_id.startswith(f"{name}.", autoescape=True) for name in names)
    return [sa.or_(cases.c.cycle_id.in_(names), *again)] if names else []


def _within(column: sa.Column[str], scope: Iterable[str]) -> list[_Clause]:
    names = sorted(scope)
    return [column.in_(names)] if names else []
