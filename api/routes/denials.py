"""What was denied, for auditors and privacy officers: pseudonyms, the action, the rule, how often in an hour."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.schemas import DenialOut
from api.visiting import TheEngine
from engine.core.audit import stamp

router = APIRouter(prefix="/denials", tags=["audit"])


@router.get("")
def list_denials(engine: TheEngine, *, limit: Annotated[int, Query(ge=1, le=1_000)] = 200) -> list[DenialOut]:
    """What was denied, the latest hour first."""
    return [
        DenialOut(
            who=one.who,
            action=one.action,
            what=one.what,
            rule=one.rule,
            hour=stamp(one.at),
            count=one.count,
        )
        for one in engine.access.denials(limit=limit)
    ]
