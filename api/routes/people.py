"""People: the list for the personnel desk, a person's tasks, and what they were told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import case_shapes, shapes
from api.case_schemas import TaskLine
from api.people_reading import roster_in
from api.policy import demand_import, demand_undo, demanded_person
from api.requests import PeopleFileIn, ReasonIn
from api.schemas import (
    HandoverOut,
    MessageOut,
    PeopleImportOut,
    PeoplePreviewOut,
    PeopleUndoneOut,
    PersonLine,
)
from api.visiting import TheEngine, TheVisitor
from engine.core.telling_gathering import hides_names
from engine.runtime.reports import TaskView

_MOST_READ = 1_000

router = APIRouter(prefix="/people", tags=["people"])


@router.get("")
def list_people(engine: TheEngine, visitor: TheVisitor) -> list[PersonLine]:
    """Everybody on the chart today, for the personnel desk."""
    return [
        PersonLine(
            person_id=one.person_id,
            name=one.name,
            unit=one.unit,
            position=one.position,
            status=one.status,
            zone=one.zone,
        )
        for one in engine.chart.people(visitor.today)
    ]


@router.post("/preview")
def preview(asked: PeopleFileIn, engine: TheEngine, _: TheVisitor) -> PeoplePreviewOut:
    """What importing this file would change and which open cases it concerns; nothing is kept."""
    return shapes.people_preview(engine.preview_people(roster_in(engine, asked.file.encode(), "file")))


@router.post("/import", status_code=201)
def import_people(asked: PeopleFileIn, engine: TheEngine, visitor: TheVisitor) -> PeopleImportOut:
    """Import people; tasks of open cases follow the new chart. With `before` only if the chart is still that one."""
    demand_import(engine, visitor)
    roster = roster_in(engine, asked.file.encode(), "file")
    demand_import(engine, visitor, roster)
    done = engine.import_people(roster, actor=visitor.actor, before=asked.before or None, leave=asked.leave)
    return PeopleImportOut(
        chart=done.version,
        joined=len(done.joined),
        changed=len(done.changed),
        left=len(done.left),
        tasks_moved=done.followed,
        left_alone=[engine.chart.person(key).person_id for key in done.left_alone],
    )


@router.post("/undo")
def undo(asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> PeopleUndoneOut:
    """Take the last import back, as long as nothing was built on it; a refusal says what was."""
    demand_undo(engine, visitor)
    moved = engine.undoing.undo(actor=visitor.actor, reason=asked.reason)
    return PeopleUndoneOut(chart=engine.chart.version, tasks_moved=moved)


@router.get("/{person_id}/tasks")
def tasks(person_id: str, engine: TheEngine, visitor: TheVisitor) -> list[TaskLine]:
    """Open tasks of a person, by what happens first to others if nobody acts, each with all that then happens."""
    asked = demanded_person(engine, visitor, person_id, "person.tasks")
    if asked.key == visitor.key:
        views = engine.tasks(asked.key)
    else:
        views = tuple(one for one in engine.tasks(asked.key, visitor.key) if _may_tell(one, visitor.key))
        for view in views:
            engine.privacy.reads.note(visitor.key, view.case.id, ["log"])
    return [case_shapes.task_line(view, asked.key) for view in views]


def _may_tell(view: TaskView, viewer: str) -> bool:
    """Whether somebody else may be told of a task: never of their own case, nor of an answer without a name."""
    unnamed = view.task.kind == "answer" and hides_names(view.definition, view.case.state)
    return view.case.subject != viewer and not unnamed


@router.get("/{person_id}/messages")
def messages(
    person_id: str,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[MessageOut]:
    """What this person was told, newest first. Nobody reads another's."""
    asked = demanded_person(engine, visitor, person_id, "person.messages")
    chart = engine.chart
    return [shapes.message(chart, letter) for letter in engine.messages(asked.key, limit=limit)]


@router.post("/{person_id}/messages/read", status_code=204)
def mark_read(person_id: str, engine: TheEngine, visitor: TheVisitor) -> None:
    """What this person was told so far counts as read, up to the newest thousand."""
    asked = demanded_person(engine, visitor, person_id, "person.mark_read")
    engine.mark_read(asked.key, [letter.id for letter in engine.messages(asked.key, limit=_MOST_READ)])


@router.get("/{person_id}/handover")
def handover_sheet(person_id: str, engine: TheEngine, visitor: TheVisitor) -> HandoverOut:
    """The handover sheet of whoever takes over: their people and open cases, what waits for them, what stays."""
    asked = demanded_person(engine, visitor, person_id, "person.handover")
    return shapes.handover(engine.chart, engine.handing.sheet(asked.key, visitor.today, reader=visitor.key))
