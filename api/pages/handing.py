"""The handover sheet on a page that prints: for whoever takes over, and for the personnel desk to hand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.rendering import render
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import demanded_person
from api.visiting import TheEngine, TheVisitor
from engine.core.calendar import Calendar
from engine.core.chart import Chart
from engine.core.telling import say_date, say_instant, say_left, say_list, say_name
from engine.runtime import Engine
from engine.runtime.handing import HandoverLine

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case of the sheet in words."""

    case_id: str
    name: str
    cycle: str
    state: str
    decide: str
    stays: str
    written: tuple[str, ...]


@router.get("/handover")
def sheet(request: Request, engine: TheEngine, visitor: TheVisitor, *, person: str = "") -> Response:
    """The visitor's own sheet; the personnel desk may ask for anybody's."""
    word = Words(visitor.language)
    about = demanded_person(engine, visitor, person or visitor.person.person_id, "person.handover")
    told = engine.handing.sheet(about.key, visitor.today, reader=visitor.key)
    return render(
        request,
        "handover.html",
        visitor,
        title=word("handover.title", name=told.person.name),
        person=told.person,
        day=say_date(told.day, word.language),
        people=[f"{one.name} – {one.position or one.unit}" for one in told.people],
        rows=_rows(engine, told.lines, told.day, word),
    )


def _rows(engine: Engine, lines: Sequence[HandoverLine], today: date, word: Words) -> list[Row]:
    chart, calendars = engine.chart, engine.calendars.of_all(one.case for one in lines)
    rows = [_row(chart, calendars[one.case.id], one, today, word) for one in lines]
    return sorted(rows, key=lambda row: (row.name, row.cycle))


def _row(chart: Chart, calendar: Calendar, line: HandoverLine, today: date, word: Words) -> Row:
    case, language = line.case, word.language
    due = [task.due_on for task in line.mine if task.due_on is not None]
    decide = ""
    if due:
        left = say_left(min(due), calendar, today, language)
        decide = word("handover.by", day=say_date(min(due), language), left=left)
    elif line.mine:
        decide = word("handover.open")
    labels = line.definition.texts
    return Row(
        case_id=case.id,
        name=say_name(chart, case.subject, language),
        cycle=cycle_title(line.definition, (case.period_from, case.period_to), word),
        state=labels.label("states", case.state)[language],
        decide=decide,
        stays=say_list((say_name(chart, one.holder, language) for one in line.others), language),
        written=tuple(
            word(
                "handover.wrote",
                form=labels.label("forms", one.form)[language],
                name=say_name(chart, one.by, language),
                day=say_instant(one.at, case.zone, calendar, language),
            )
            for one in line.written
        ),
    )
