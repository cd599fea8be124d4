"""Journals of a case: write an entry, check entries, let held ones be read, make a link for people from outside."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header

from api import case_shapes, firing
from api.answering import FiredOut, answered
from api.attaching import sent_entry
from api.case_schemas import JournalOut, LinkOut
from api.policy import case_for, demand_journals
from api.requests import CheckIn, EntryIn, ReleaseIn
from api.visiting import TheEngine, TheVisitor
from engine.core.command import AddEntry, CheckEntries, ReleaseEntries

router = APIRouter(prefix="/cases/{case_id}/journals", tags=["journals"])

Key = Annotated[str | None, Header(alias="Idempotency-Key")]


@router.get("")
def journals(case_id: str, engine: TheEngine, visitor: TheVisitor) -> list[JournalOut]:
    """The journals this person may read or do something in, with the entries that are theirs to read."""
    view = case_for(engine, visitor, case_id)
    demand_journals(engine, visitor, view, "journal.read")
    engine.privacy.reads.seen(view, visitor.key)
    return [case_shapes.journal(view, one) for one in view.journals]


@router.post("/{journal}")
def write(
    case_id: str,
    journal: str,
    given: EntryIn,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    idempotency_key: Key = None,
) -> FiredOut:
    """Write an entry, about today or the day that is named. The case does not move."""
    values, files = sent_entry(engine, case_id, journal, given.values)
    command = AddEntry(journal=journal, values=values, actor=visitor.actor, about=given.about, files=files)
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)


@router.post("/{journal}/checks")
def check(
    case_id: str,
    journal: str,
    given: CheckIn,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    idempotency_key: Key = None,
) -> FiredOut:
    """Confirm entries by number, or ask their author for more with a note."""
    command = CheckEntries(
        journal=journal, numbers=tuple(given.numbers), actor=visitor.actor, mark=given.mark, note=given.note
    )
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)


@router.post("/{journal}/releases")
def release(
    case_id: str,
    journal: str,
    given: ReleaseIn,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    idempotency_key: Key = None,
) -> FiredOut:
    """Let held entries be read, or withhold them for a reason. For the personnel desk."""
    command = ReleaseEntries(
        journal=journal,
        numbers=tuple(given.numbers),
        actor=visitor.actor,
        mark=given.mark,
        reason=given.reason,
    )
    done = firing.release(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)


@router.post("/{journal}/link")
def invite(case_id: str, journal: str, engine: TheEngine, visitor: TheVisitor) -> LinkOut:
    """Make a link for people from outside; it is told this once, and the one before stops working."""
    token = firing.invite(engine, visitor, case_id, journal)
    return LinkOut(path=f"/p/{token}")
