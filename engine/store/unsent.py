"""What people have typed and not sent, as rows: written over by each saving, gone when the form is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from engine.core.codec import canonical, decode
from engine.core.unsent import Unsent
from engine.store.driver import Driver, execute, select
from engine.store.sealed import name_of_drafts, sealed
from engine.store.tables_unsent import unsent

__all__ = ["drop", "drop_of", "drop_older", "of_case", "of_person", "put"]


def of_case(driver: Driver, case_id: str, person: str) -> Mapping[str, Unsent]:
    """What somebody has not sent in a case, by form."""
    asked = sa.select(unsent.c.form, unsent.c.version, unsent.c.at, unsent.c.value)
    mine = (unsent.c.case_id == case_id, unsent.c.person == person)
    return {
        form: _read(version, at, value) for form, version, at, value in select(driver, asked.where(*mine))
    }


def of_person(driver: Driver, person: str) -> tuple[tuple[str, str, Unsent], ...]:
    """All that somebody has not sent: the case, the form, the text."""
    asked = sa.select(unsent.c.case_id, unsent.c.form, unsent.c.version, unsent.c.at, unsent.c.value)
    asked = asked.where(unsent.c.person == person).order_by(unsent.c.case_id, unsent.c.form)
    return tuple((case, form, _read(*rest)) for case, form, *rest in select(driver, asked))


def put(driver: Driver, case_id: str, person: str, form: str, text: Unsent) -> None:
    """Keep a text in the place of the one before it."""
    value = canonical({"values": text.values, "reason": text.reason})
    value = sealed(driver, name_of_drafts(case_id), value)
    told = {"version": text.version, "at": text.at, "value": value}
    if not execute(driver, sa.update(unsent).where(*_one(case_id, person, form)).values(**told)):
        execute(driver, sa.insert(unsent).values(case_id=case_id, person=person, form=form, **told))


def drop(driver: Driver, case_id: str, person: str, form: str) -> int:
    """Let a text go; how many there were."""
    return execute(driver, sa.delete(unsent).where(*_one(case_id, person, form)))


def drop_older(driver: Driver, at: int) -> int:
    """Let go what nobody has touched since before this instant; how many there were."""
    return execute(driver, sa.delete(unsent).where(unsent.c.at < at))


def drop_of(driver: Driver, case_ids: Sequence[str], person: str) -> int:
    """Let go what anybody has not sent in these cases, and all that a person has not sent; how many there were."""
    gone = sum(execute(driver, sa.delete(unsent).where(unsent.c.case_id == one)) for one in case_ids)
    return gone + (execute(driver, sa.delete(unsent).where(unsent.c.person == person)) if person else 0)


def _one(case_id: str, person: str, form: str) -> tuple[sa.ColumnElement[bool], ...]:
    return unsent.c.case_id == case_id, unsent.c.person == person, unsent.c.form == form


def _read(version: int, at: int, value: bytes) -> Unsent:
    told = decode(value)
    return Unsent(version=version, at=at, values=told["values"], reason=told["reason"])
