"""Calendars: those that count, the days off of a year, and what a new version would move before it is applied."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import calendar_texts
from api.calendar_schemas import CalendarOut, CalendarPreviewOut, CalendarYear, RecountedOut
from api.requests import CalendarApplyIn, CalendarIn
from api.visiting import TheEngine, TheVisitor
from engine.core.calendar import FIRST_YEAR, LAST_YEAR

router = APIRouter(prefix="/calendars", tags=["calendars"])

Year = Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)]


@router.get("")
def list_calendars(engine: TheEngine, _: TheVisitor) -> list[CalendarOut]:
    """The calendars that count now, by name."""
    known = engine.calendars.all().known
    return [CalendarOut(**calendar_texts.calendar_json(known[name])) for name in sorted(known)]


@router.post("/preview")
def preview(asked: CalendarIn, engine: TheEngine, _: TheVisitor) -> CalendarPreviewOut:
    """Which running deadlines a calendar would move, for the personnel desk; nothing is stored."""
    values = calendar_texts.given_values(engine, asked.file, asked.name)
    told = calendar_texts.preview_json(engine, engine.calendars.preview(values, past=asked.past))
    return CalendarPreviewOut(**told)


@router.post("/apply")
def apply(asked: CalendarApplyIn, engine: TheEngine, visitor: TheVisitor) -> RecountedOut:
    """Store a calendar and count running deadlines again, as its preview shows; sent twice, nothing moves twice."""
    values = calendar_texts.given_values(engine, asked.file, asked.name)
    done = engine.calendars.apply(values, actor=visitor.actor, reason=asked.reason, past=asked.past)
    return RecountedOut(**calendar_texts.recounted_json(done))


@router.get("/{name}")
def calendar(name: str, engine: TheEngine, visitor: TheVisitor, *, year: Year = None) -> CalendarYear:
    """A calendar with the days off of a year (unsaid: this one), and whether a decree settles that year."""
    found = engine.calendar(name)
    chosen = visitor.today.year if year is None else year
    off = found.days_off(chosen)
    days: list[dict[str, Any]] = [
        {"date": one.date, "kind": one.kind, "text": {"id": one.id, "en": one.en}} for one in off
    ]
    computed = bool(off) and found.provisional(off[0].date)
    return CalendarYear(**calendar_texts.calendar_json(found), year=chosen, computed=computed, days_off=days)
