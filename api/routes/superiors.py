"""Whose superior is right: the subject of a case asks, the personnel desk answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header

from api import firing
from api.answering import FiredOut, answered
from api.policy import demand_case_by_id
from api.requests import QuestionIn, SuperiorAnswerIn
from api.visiting import TheEngine, TheVisitor
from engine.core.command import AnswerQuestion, QuestionSuperior

router = APIRouter(prefix="/cases/{case_id}/superior", tags=["cases"])

Key = Annotated[str | None, Header(alias="Idempotency-Key")]


@router.post("")
def question_superior(
    case_id: str, asked: QuestionIn, engine: TheEngine, visitor: TheVisitor, *, idempotency_key: Key = None
) -> FiredOut:
    """Say that the superior on record is not yours; the personnel desk gets a task, and the case goes on."""
    # before anybody is told whose numbers there are
    demand_case_by_id(engine, visitor, case_id, "case.act")
    meant = engine.person_by_id(asked.meant).key if asked.meant else ""
    command = QuestionSuperior(actor=visitor.actor, meant=meant, reason=asked.reason)
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)


@router.post("/answer")
def answer_question(
    case_id: str,
    asked: SuperiorAnswerIn,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    idempotency_key: Key = None,
) -> FiredOut:
    """Answer for the personnel desk: the record was corrected, or it is right; whoever asked reads the reason."""
    command = AnswerQuestion(actor=visitor.actor, outcome=asked.outcome, reason=asked.reason)
    done = firing.obey(engine, visitor, case_id, command, key=firing.checked_key(idempotency_key))
    return answered(engine, visitor, done)
