"""Delegations: who may act for whom, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api import shapes
from api.policy import demand_delegation, demanded_person, readable_delegations
from api.requests import DelegateIn, ReasonIn
from api.schemas import CandidateOut, DelegationOut
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.chart import Person
from engine.runtime import Engine
from engine.runtime.delegating import Wish

router = APIRouter(prefix="/delegations", tags=["people"])


@router.get("")
def list_delegations(engine: TheEngine, visitor: TheVisitor) -> list[DelegationOut]:
    """What this person gave and took, the latest first; for the personnel desk everybody's."""
    chart, reasons = engine.chart, engine.delegating.reasons()
    return [
        shapes.delegation(chart, one, reasons.get(one.id, ""))
        for one in readable_delegations(engine, visitor)
    ]


@router.get("/candidates")
def candidates(
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    first: date,
    last: date,
    giver: Annotated[str, Query(max_length=64)] = "",
) -> list[CandidateOut]:
    """People who might take it, with how many of the waiting tasks they could do, or why they cannot."""
    wish = Wish(giver=_giver(engine, visitor, giver).key, taker="", first=first, last=last)
    return [
        CandidateOut(
            person=shapes.person(engine.chart, one.person.key),
            covered=one.covered,
            why_not=None if one.why is None else shapes.text(one.why),
        )
        for one in engine.delegating.candidates(wish)
    ]


@router.post("", status_code=201)
def give(asked: DelegateIn, engine: TheEngine, visitor: TheVisitor) -> DelegationOut:
    """Let somebody act for you for a time; the personnel desk may do it for somebody who cannot."""
    wish = Wish(
        giver=_giver(engine, visitor, asked.giver).key,
        taker=engine.person_by_id(asked.taker).key,
        first=asked.first,
        last=asked.last,
        waiting=asked.waiting,
        cycles=tuple(asked.cycles),
        workflows=tuple(asked.workflows),
        roles=tuple(asked.roles),
        units=tuple(asked.units),
        subjects=tuple(engine.person_by_id(one).key for one in asked.subjects),
    )
    made = engine.delegating.give(wish, actor=visitor.actor, reason=asked.reason)
    return shapes.delegation(engine.chart, made, asked.reason)


@router.post("/{name}/end")
def end(name: str, asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> DelegationOut:
    """End a delegation early; what was done by it stands."""
    demand_delegation(engine, visitor, name)
    over = engine.delegating.end(name, actor=visitor.actor, reason=asked.reason)
    return shapes.delegation(engine.chart, over, engine.delegating.reasons().get(name, ""))


def _giver(engine: Engine, visitor: Visitor, number: str) -> Person:
    return demanded_person(engine, visitor, number or visitor.person.person_id, "delegation.give")
