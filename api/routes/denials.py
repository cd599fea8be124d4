"""What was denied, for auditors and privacy officers: pseudonyms, the action, the rule, how often in an hour."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.denying import denials_shown
from api.schemas import DenialOut
from api.visiting import TheEngine, TheVisitor
from engine.core.audit import stamp

router = APIRouter(prefix="/denials", tags=["audit"])


@router.get("")
def list_denials(
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    who: Annotated[str, Query(max_length=100, description="By whom: a login, a number or a pseudonym.")] = "",
    day: Annotated[str, Query(max_length=10, description="On which day, in UTC.")] = "",
    page: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> list[DenialOut]:
    """What was denied, the latest hour first. That somebody looked is a look of its own."""
    return [
        DenialOut(
            who=one.who,
            action=one.action,
            what=one.what,
            rule=one.rule,
            hour=stamp(one.at),
            count=one.count,
        )
        for one in denials_shown(engine, visitor.key, who=who, day=day, page=page, limit=limit)
    ]
