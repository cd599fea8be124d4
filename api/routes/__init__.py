"""The JSON API under /api/v1. Routes translate; the engine decides, and problems are answered in one place."""

from fastapi import APIRouter, Depends

from api.problems import MEDIA_TYPE
from api.route_actions import guard
from api.routes import (
    acts,
    audit,
    bulk,
    calendars,
    cancelling,
    cases,
    clock,
    cycles,
    definitions,
    delegations,
    denials,
    health,
    journals,
    outages,
    people,
    privacy,
    promises,
    steering,
    superiors,
    trainings,
)
from api.schemas import ProblemOut

__all__ = ["router"]

_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"description": told, "content": {MEDIA_TYPE: {"schema": ProblemOut.model_json_schema()}}}
    for status, told in {
        401: "Nobody known asks",
        403: "Not for this person",
        404: "There is no such thing",
        409: "The case does not allow this now; `allowed` says what it does",
        408: "The rest of the request did not come in time",
        412: "The case has moved on since it was read",
        413: "More than is taken",
        415: "Not JSON",
        421: "Sent to a name this installation does not have",
        422: "What was sent is incomplete or wrong",
        429: "Too often; `Retry-After` says when again",
        431: "The address or the headers are too long",
    }.items()
}

router = APIRouter(prefix="/api/v1", responses=_PROBLEMS, dependencies=[Depends(guard)])
for _part in (
    cases,
    acts,
    bulk,
    journals,
    steering,
    promises,
    superiors,
    people,
    delegations,
    cycles,
    cancelling,
    definitions,
    calendars,
    outages,
    trainings,
    clock,
    privacy,
    audit,
    denials,
    health,
):
    router.include_router(_part.router)
