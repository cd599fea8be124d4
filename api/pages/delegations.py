"""The page on which work is delegated: to whom, from when to when, for what; who cannot take it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import demand_delegation, demanded_person, on_desk, readable_delegations
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.chart import Person
from engine.core.delegation import Delegation
from engine.core.telling import say_date, say_name
from engine.errors import Refused
from engine.runtime import Engine
from engine.runtime.delegating import Wish

router = APIRouter(include_in_schema=False)

_TWO_WEEKS = timedelta(days=13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One delegation in words."""

    id: str
    sentence: str
    reason: str
    standing: str
    may_end: bool


@router.get("/delegations")
def delegations(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    giver: str = "",
    first: str = "",
    last: str = "",
    done: str = "",
) -> Response:
    """What this person gave and took, and the form to give; the personnel desk may open it for somebody."""
    word = Words(visitor.language)
    sentence = word(f"delegation.done_{done}") if done in {"given", "ended"} else ""
    asked = {"giver": giver, "from": first, "to": last}
    return _page(request, engine, visitor, asked, done=sentence)


@router.post("/delegations")
def give(request: Request, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """Delegate; with what is wrong, the same page with everything typed."""
    word = Words(visitor.language)
    days = _day(posted, "from"), _day(posted, "to")
    if days[0] is None or days[1] is None:
        return _page(request, engine, visitor, posted, refusal=word("delegation.no_day"), status=422)
    if not posted.get("taker"):
        return _page(request, engine, visitor, posted, refusal=word("delegation.no_one"), status=422)
    wish = Wish(
        giver=_giver(engine, visitor, posted.get("giver", "")).key,
        taker=engine.person_by_id(posted["taker"]).key,
        first=days[0],
        last=days[1],
        waiting="waiting" in posted,
        cycles=_one(posted, "cycle"),
        units=_one(posted, "unit"),
    )
    try:
        engine.delegating.give(wish, actor=visitor.actor, reason=posted.get("reason", ""))
    except Refused as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        return _page(request, engine, visitor, posted, refusal=told, status=problem.status)
    return to_page("/delegations", at="main", done="given")


@router.post("/delegations/{name}/end")
def end(request: Request, name: str, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """End a delegation early."""
    demand_delegation(engine, visitor, name)
    try:
        engine.delegating.end(name, actor=visitor.actor, reason=posted.get("reason", ""))
    except Refused as refused:
        problem = problem_of(refused)
        told = refusal_of(refused, problem.title, visitor.language)
        return _page(request, engine, visitor, {}, refusal=told, status=problem.status)
    return to_page("/delegations", at="main", done="ended")


def _page(
    request: Request,
    engine: Engine,
    visitor: Visitor,
    typed: Mapping[str, str],
    *,
    refusal: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    word = Words(visitor.language)
    giver = _giver(engine, visitor, typed.get("giver", ""))
    first = _day(typed, "from") or visitor.today
    wish = Wish(
        giver=giver.key,
        taker="",
        first=first,
        last=_day(typed, "to") or first + _TWO_WEEKS,
        cycles=_one(typed, "cycle"),
        units=_one(typed, "unit"),
    )
    offer = engine.delegating.offer(wish)
    found = engine.delegating.candidates(wish)
    count = offer.covered + len(offer.left)
    return render(
        request,
        "delegations.html",
        visitor,
        title=word("delegation.title"),
        status=status,
        done=done,
        refusal=refusal,
        typed=typed,
        wish=wish,
        giver=giver if giver.key != visitor.key else None,
        covered=offer.covered,
        choices=[
            (
                one.person.person_id,
                word(
                    "delegation.covers",
                    name=one.person.name,
                    position=one.person.position or one.person.unit,
                    count=one.covered,
                    all=count,
                ),
            )
            for one in found
            if one.why is None
        ],
        others=[
            f"{one.person.name}: {one.why[word.language]}" for one in found if one.why is not None
        ],
        stays=[
            f"{say_name(engine.chart, one.case.subject, word.language)}"
            f" ({one.definition.texts.label('states', one.case.state)[word.language]}): {one.why[word.language]}"
            for one in offer.left
        ],
        cycles=_cycles(engine, word),
        units=engine.chart.units(visitor.today),
        **_rows(engine, visitor, giver, word),
    )  # fmt: skip


def _rows(engine: Engine, visitor: Visitor, giver: Person, word: Words) -> dict[str, list[Row]]:
    """What was given and taken by the person the page is about; for the personnel desk also everybody's."""
    reasons = engine.delegating.reasons()
    known = readable_delegations(engine, visitor)
    desk = on_desk(engine, visitor)

    def rows(of: list[Delegation]) -> list[Row]:
        return [_row(engine, one, visitor, reasons.get(one.id, ""), word, desk=desk) for one in of]

    mine = {giver.key, visitor.key}
    return {
        "given": rows([one for one in known if one.giver in mine]),
        "taken": rows([one for one in known if one.taker in mine and one.giver not in mine]),
        "every": rows([one for one in known if desk and not mine & {one.giver, one.taker}]),
    }


def _row(engine: Engine, one: Delegation, visitor: Visitor, reason: str, word: Words, *, desk: bool) -> Row:
    over = bool(one.ended_at) or one.last < visitor.today
    standing = "delegation.ended" if over else "delegation.runs"
    if not over and one.first > visitor.today:
        standing = "delegation.coming"
    return Row(
        id=one.id,
        sentence=word(
            "delegation.row",
            giver=say_name(engine.chart, one.giver, word.language),
            taker=say_name(engine.chart, one.taker, word.language),
            first=say_date(one.first, word.language),
            last=say_date(one.last, word.language),
        ),
        reason=reason,
        standing=word(standing),
        may_end=not over and (desk or visitor.key in {one.giver, one.taker}),
    )


def _giver(engine: Engine, visitor: Visitor, number: str) -> Person:
    """Whose work the page is about. Raises: NotYours, NotFound."""
    return demanded_person(engine, visitor, number or visitor.person.person_id, "delegation.give")


def _cycles(engine: Engine, word: Words) -> list[tuple[str, str]]:
    return [
        (one.id, cycle_title(engine.definition(one.definition), (one.period_from, one.period_to), word))
        for one in engine.cycles()
    ]


def _one(typed: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return (typed[name],) if typed.get(name) else ()


def _day(typed: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(typed.get(name, ""))
    except ValueError:
        return None
