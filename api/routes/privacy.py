"""Personal data: classes, who looked, requests for erasure, legal holds, retention; and break-glass."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.officials import named, of_visitor
from api.pages.exporting import export_of
from api.policy import demand, demanded_key, may
from api.privacy_shapes import (
    ClassOut,
    ErasureOut,
    GlassOut,
    HoldOut,
    LookOut,
    OverOut,
    class_out,
    erasure_out,
    glass_out,
    hold_out,
    look_out,
    over_out,
)
from api.requests import ErasureIn, GlassIn, HoldIn, ReasonIn
from api.visiting import TheEngine, TheVisitor
from engine.core.access import PersonOf
from engine.core.privacy.classes import CLASSES
from engine.core.privacy.erasing import Scope

router = APIRouter(tags=["personal data"])
_Name = Annotated[str, Field(max_length=30)]


@router.get("/privacy/classes")
def classes(engine: TheEngine, visitor: TheVisitor) -> list[ClassOut]:
    """Every class of personal data: purpose, ground, years kept, who reads it."""
    demand(engine, visitor, "privacy.read")
    years = engine.privacy.retention.years()
    return [class_out(one, years[one.name]) for one in CLASSES.values()]


@router.get(
    "/privacy/export",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}, "description": "Everything about the person"}},
)
def export(
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    of: Annotated[str, Query(alias="person", max_length=100)] = "",
    reason: Annotated[str, Query(max_length=2_000)] = "",
) -> Response:
    """Everything about oneself, or for the office about a person by number, as a zip. It is told in the log."""
    key = demanded_key(engine, visitor, of, "privacy.export")
    made = export_of(engine, key, who=of_visitor(visitor), reason=reason, language=visitor.language)
    headers = {"content-disposition": f'attachment; filename="siklus-{key}.zip"'}
    return Response(made, media_type="application/zip", headers=headers)


@router.get("/privacy/looks")
def looks(
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    case: Annotated[str, Query(max_length=100)] = "",
) -> list[LookOut]:
    """Who looked at one's own data, the latest first; for auditors and the officer also at a case, by id."""
    about = engine.access.case_by_id(case).subject if case else visitor.key
    demand(engine, visitor, "privacy.looks", PersonOf(key=about))
    own = (visitor.key, *(one.id for one in engine.cases(subject=visitor.key, limit=1000)))
    return [look_out(one) for one in engine.privacy.reads.of(*((case,) if case else own))]


@router.get("/privacy/erasures")
def erasures(engine: TheEngine, visitor: TheVisitor) -> list[ErasureOut]:
    """Every erasure that was asked for, the latest first; for the personnel desk."""
    demand(engine, visitor, "privacy.office")
    return [erasure_out(one) for one in engine.privacy.erasures.known()]


@router.post("/privacy/erasures", status_code=201)
def ask(asked: ErasureIn, engine: TheEngine, visitor: TheVisitor) -> ErasureOut:
    """Ask for the erasure of one's own data; for the office of a person's, or of reasons. Somebody else decides."""
    who = of_visitor(visitor)
    if asked.said:
        demand(engine, visitor, "privacy.ask", PersonOf(key=""))  # of nobody in particular
        scope = Scope(said=tuple(asked.said), classes=("reasons",))
        return erasure_out(engine.privacy.erasures.ask(scope, asked.ground, who=who, reason=asked.reason))
    key = demanded_key(engine, visitor, asked.person, "privacy.ask")
    scope = engine.privacy.erasures.about(key)
    if not asked.name:
        scope = replace(scope, classes=tuple(one for one in scope.classes if one != "chart"))
    return erasure_out(engine.privacy.erasures.ask(scope, asked.ground, who=who, reason=asked.reason))


@router.post("/privacy/erasures/{name}/{decision}")
def decide(
    name: _Name,
    decision: Literal["approve", "refuse"],
    asked: ReasonIn,
    engine: TheEngine,
    visitor: TheVisitor,
) -> ErasureOut:
    """Carry an erasure out, for good, or refuse it."""
    demand(engine, visitor, "privacy.decide")
    room, who = engine.privacy.erasures, of_visitor(visitor)
    act = room.approve if decision == "approve" else room.refuse
    return erasure_out(act(name, who=who, reason=asked.reason))


@router.get("/privacy/holds")
def holds(engine: TheEngine, visitor: TheVisitor) -> list[HoldOut]:
    """Every legal hold there was, the latest first; for the personnel desk."""
    demand(engine, visitor, "privacy.office")
    return [hold_out(one) for one in engine.privacy.holds.known()]


@router.post("/privacy/holds", status_code=201)
def hold(asked: HoldIn, engine: TheEngine, visitor: TheVisitor) -> HoldOut:
    """Let nothing of a person or a case be erased."""
    demand(engine, visitor, "privacy.decide")
    of = asked.of if asked.of.startswith("c-") else engine.person_by_id(asked.of).key
    return hold_out(engine.privacy.holds.put(of, who=of_visitor(visitor), reason=asked.reason))


@router.post("/privacy/holds/{name}/lift")
def lift(name: _Name, asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> HoldOut:
    """End a legal hold."""
    demand(engine, visitor, "privacy.decide")
    return hold_out(engine.privacy.holds.lift(name, who=of_visitor(visitor), reason=asked.reason))


@router.get("/privacy/over")
def over(engine: TheEngine, visitor: TheVisitor) -> list[OverOut]:
    """What is past its years; for the personnel desk."""
    demand(engine, visitor, "privacy.office")
    return [over_out(one) for one in engine.privacy.retention.over()]


@router.post("/privacy/over/propose")
def propose(asked: ReasonIn, engine: TheEngine, visitor: TheVisitor) -> list[ErasureOut]:
    """Ask for the erasure of what is past its years."""
    demand(engine, visitor, "privacy.decide")
    who = of_visitor(visitor)
    return [erasure_out(one) for one in engine.privacy.retention.propose(who=who, reason=asked.reason)]


@router.get("/break-glass")
def grants(engine: TheEngine, visitor: TheVisitor) -> list[GlassOut]:
    """What was opened by break-glass: all for the office, to others what was opened to them."""
    demand(engine, visitor, "glass.read")
    who, now = of_visitor(visitor), engine.now()
    office = may(engine, visitor, "glass.break")
    known = engine.privacy.glass.known()
    return [glass_out(one, is_open=one.is_open(now)) for one in known if office or who.same(one.to)]


@router.post("/break-glass", status_code=201)
def ask_glass(asked: GlassIn, engine: TheEngine, visitor: TheVisitor) -> GlassOut:
    """Ask for named cases to be opened to somebody for some hours; somebody else approves it."""
    demand(engine, visitor, "glass.break")
    who = of_visitor(visitor)
    made = engine.privacy.glass.ask(
        named(engine, asked.to), asked.cases, asked.rights, hours=asked.hours, who=who, reason=asked.reason
    )
    return glass_out(made, is_open=False)


@router.post("/break-glass/{name}/{decision}")
def decide_glass(
    name: _Name,
    decision: Literal["approve", "refuse", "end"],
    asked: ReasonIn,
    engine: TheEngine,
    visitor: TheVisitor,
) -> GlassOut:
    """Open what was asked for, refuse it, or end it before its time."""
    demand(engine, visitor, "glass.end" if decision == "end" else "glass.break")
    room, who = engine.privacy.glass, of_visitor(visitor)
    acts = {"approve": room.approve, "refuse": room.refuse, "end": room.end}
    made = acts[decision](name, who=who, reason=asked.reason)
    return glass_out(made, is_open=made.is_open(engine.now()))
