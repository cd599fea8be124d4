"""Taking one's own act back from the page of its case."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import firing
from api.pages.case_page import case_page, opened, to_case
from api.pages.posting import Posted
from api.pages.steering_panel import refusal_of
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor
from engine.core.command import Undo
from engine.errors import Conflict, Refused

router = APIRouter(include_in_schema=False)


@router.post("/cases/{case_id}/undo")
def take_back(
    request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor, posted: Posted
) -> Response:
    """Put the latest act back; or say on the same page why that is over."""
    opened(engine, visitor, case_id)
    visit = posted.get("visit", "")
    command = Undo(actor=visitor.actor, visit=int(visit) if visit.isascii() and visit.isdigit() else None)
    try:
        done = firing.obey(
            engine, visitor, case_id, command, key=firing.checked_key(posted.get("key") or None)
        )
    except (Refused, Conflict) as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        view = opened(engine, visitor, case_id)
        return case_page(request, visitor, view, status=problem.status, not_undone=told)
    return to_case(engine, done, "taken-back")
