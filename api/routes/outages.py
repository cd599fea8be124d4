"""Outages of whole units: declared and ended in one act each, for the personnel desk."""

from __future__ import annotations

from fastapi import APIRouter

from api import shapes
from api.policy import demand_outage
from api.requests import OutageIn, ReasonIn
from api.schemas import OutageOut
from api.visiting import TheEngine, TheVisitor
from engine.core.audit import stamp
from engine.core.outage_log import Declared
from engine.runtime import Engine

router = APIRouter(prefix="/outages", tags=["outages"])


@router.get("")
def list_outages(engine: TheEngine, _: TheVisitor) -> list[OutageOut]:
    """Every outage that was ever declared, the latest first."""
    return [_out(engine, one) for one in engine.outages.known()]


@router.post("", status_code=201)
def begin(asked: OutageIn, engine: TheEngine, visitor: TheVisitor) -> OutageOut:
    """Stop the clocks of a unit's open cases from a day on, or give them the days until a last one."""
    demand_outage(engine, visitor, asked.unit)
    done = engine.outages.begin(
        asked.unit, asked.first, last=asked.last, actor=visitor.actor, reason=asked.reason
    )
    return _one(engine, done.outage.id)


@router.post("/{name}/end")
def end(name: str, asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> OutageOut:
    """Let the clocks run on with the time they had left."""
    demand_outage(engine, visitor, engine.outages.named(name).outage.unit)
    engine.outages.end(name, actor=visitor.actor, reason=asked.reason)
    return _one(engine, name)


def _one(engine: Engine, name: str) -> OutageOut:
    return _out(engine, engine.outages.named(name))


def _out(engine: Engine, one: Declared) -> OutageOut:
    chart = engine.chart
    return OutageOut(
        id=one.outage.id,
        unit=one.outage.unit,
        first=one.outage.from_on,
        last=one.outage.to_on,
        lasts=one.lasts,
        cases=one.cases,
        declared_by=shapes.person(chart, one.declared_by) if one.declared_by else None,
        declared_at=stamp(one.declared_at),
        reason=one.reason,
        ended_by=shapes.person(chart, one.ended_by) if one.ended_by else None,
        ended_at=stamp(one.ended_at) if one.ended_at is not None else None,
        end_reason=one.end_reason,
    )
