"""On the page of a case: the subject says that the superior on record is not theirs, the personnel desk answers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import firing
from api.pages.case_page import case_page, opened, to_case
from api.pages.posting import Posted
from api.pages.steering_panel import refusal_of
from api.pages.superior_part import Questioning
from api.policy import demand_case_by_id
from api.problems import RequestInvalid, problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.command import AnswerQuestion, Command, QuestionSuperior
from engine.core.definition import Label
from engine.errors import Conflict, Refused
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)


@router.post("/cases/{case_id}/superior")
def question(
    request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor, posted: Posted
) -> Response:
    """Say that the superior on record is not one's own."""
    demand_case_by_id(engine, visitor, case_id, "case.act")
    meant = engine.person_by_id(posted["meant"]).key if posted.get("meant") else ""
    command = QuestionSuperior(actor=visitor.actor, meant=meant, reason=posted.get("reason", ""))
    return _done(request, engine, visitor, case_id, command, posted)


@router.post("/cases/{case_id}/superior/answer")
def answer(
    request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor, posted: Posted
) -> Response:
    """Answer for the personnel desk."""
    demand_case_by_id(engine, visitor, case_id, "case.act")
    outcome: Literal["corrected", "right"]
    match posted.get("outcome"):
        case "corrected":
            outcome = "corrected"
        case "right":
            outcome = "right"
        case _:
            label = Label(id="Pilih salah satu jawaban.", en="Choose one of the two answers.")
            raise RequestInvalid(label.en, label=label)
    command = AnswerQuestion(actor=visitor.actor, outcome=outcome, reason=posted.get("reason", ""))
    return _done(request, engine, visitor, case_id, command, posted)


def _done(
    request: Request, engine: Engine, visitor: Visitor, case_id: str, command: Command, posted: Posted
) -> Response:
    view = opened(engine, visitor, case_id)
    try:
        fired = firing.obey(
            engine, visitor, case_id, command, key=firing.checked_key(posted.get("key") or None)
        )
    except (Refused, Conflict) as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        typed = Questioning(values=posted, refusal=told)
        return case_page(request, visitor, view, status=problem.status, questioning=typed)
    return to_case(
        engine,
        fired,
        "superior-asked" if isinstance(command, QuestionSuperior) else "superior-answered",
    )
