"""The page of one's own personal data; for the office also requests for erasure, legal holds and retention."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, Literal, cast, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.officials import of_visitor
from api.pages.exporting import export_of
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.policy import demand, demanded_key, may
from api.problems import problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.access import PersonOf
from engine.core.privacy.classes import CLASSES
from engine.core.privacy.erasing import GROUNDS, Erasure, Ground, Scope
from engine.core.privacy.looks import UNNAMED, Look
from engine.core.telling import say_list, say_name
from engine.core.telling_days import say_date
from engine.core.zones import local_date, local_time
from engine.errors import Conflict, NotFound, ReasonMissing, Refused
from engine.runtime import Engine
from engine.runtime.privacy.hindering import NAMING

router = APIRouter(include_in_schema=False)

Done = Literal["asked", "approved", "refused", "held", "lifted", "proposed"]
_LOOKS = 50
_OFFICE = 100


@router.get("/privacy")
def own_data(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """What is kept about the visitor, and who looked; the office's part for the personnel desk."""
    word = Words(visitor.language)
    told = word(f"privacy.done_{done}") if done in get_args(Done) else ""
    return _page(request, engine, visitor, done=told)


@router.get("/privacy/classes")
def classes(request: Request, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Every class of personal data, with purpose, ground, years and readers."""
    demand(engine, visitor, "privacy.read")
    word, years = Words(visitor.language), engine.privacy.retention.years()
    rows = [
        {
            "label": one.label[word.language],
            "purpose": one.purpose[word.language],
            "ground": one.ground[word.language],
            "kept": word(f"privacy.kept_{one.since}", years=years[one.name]),
            "readers": one.readers[word.language],
        }
        for one in CLASSES.values()
    ]
    return render(request, "privacy_classes.html", visitor, title=word("privacy.classes"), rows=rows)


@router.post("/privacy/export")
def export(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Everything about the visitor, or for the office about somebody else, as a zip."""
    try:
        key = demanded_key(engine, visitor, posted.get("person", "").strip(), "privacy.export")
        made = export_of(
            engine,
            key,
            who=of_visitor(visitor),
            reason=posted.get("reason", ""),
            language=visitor.language,
        )
    except (NotFound, ReasonMissing, Refused) as refused:
        return _page(request, engine, visitor, refusal=problem_of(refused).title[visitor.language])
    headers = {
        "content-disposition": f'attachment; filename="siklus-{key}.zip"',
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(made, media_type="application/zip", headers=headers)


@router.post("/privacy/erasures")
def ask(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Ask for an erasure: of one's own data, or for the office of somebody else's."""

    def act() -> None:
        said = tuple(posted.get("said", "").split())
        if said:
            demand(engine, visitor, "privacy.ask", PersonOf(key=""))  # of nobody in particular
            scope = Scope(said=said, classes=("reasons",))
        else:
            key = demanded_key(engine, visitor, posted.get("person", "").strip(), "privacy.ask")
            scope = engine.privacy.erasures.about(key)
        if not posted.get("name"):
            scope = replace(scope, classes=tuple(one for one in scope.classes if one != "chart"))
        ground = cast(Ground, posted.get("ground") if posted.get("ground") in GROUNDS else "request")
        who = of_visitor(visitor)
        engine.privacy.erasures.ask(scope, ground, who=who, reason=posted.get("reason", ""))

    return _acted(request, engine, visitor, act, "asked")


@router.post("/privacy/erasures/{name}/{decision}")
def decide(
    request: Request,
    name: str,
    decision: Literal["approve", "refuse"],
    posted: Posted,
    engine: TheEngine,
    visitor: TheVisitor,
) -> Response:
    """Carry an erasure out, or refuse it."""
    demand(engine, visitor, "privacy.decide")
    room, who, reason = engine.privacy.erasures, of_visitor(visitor), posted.get("reason", "")
    if decision == "approve":
        return _acted(
            request, engine, visitor, lambda: room.approve(name, who=who, reason=reason), "approved"
        )
    return _acted(request, engine, visitor, lambda: room.refuse(name, who=who, reason=reason), "refused")


@router.post("/privacy/holds")
def hold(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Stop erasure of a person's or a case's data."""
    demand(engine, visitor, "privacy.decide")

    def act() -> None:
        of = posted.get("of", "").strip()
        about = of if of.startswith("c-") else _key(engine, of)
        who = of_visitor(visitor)
        engine.privacy.holds.put(about, who=who, reason=posted.get("reason", ""))

    return _acted(request, engine, visitor, act, "held")


@router.post("/privacy/holds/{name}/lift")
def lift(request: Request, name: str, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """End a legal hold."""
    demand(engine, visitor, "privacy.decide")
    who, reason = of_visitor(visitor), posted.get("reason", "")
    return _acted(
        request, engine, visitor, lambda: engine.privacy.holds.lift(name, who=who, reason=reason), "lifted"
    )


@router.post("/privacy/propose")
def propose(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Ask for the erasure of what is past its years."""
    demand(engine, visitor, "privacy.decide")
    who, reason = of_visitor(visitor), posted.get("reason", "")
    return _acted(
        request, engine, visitor, lambda: engine.privacy.retention.propose(who=who, reason=reason), "proposed"
    )


def _acted(
    request: Request, engine: Engine, visitor: Visitor, act: Callable[[], object], done: Done
) -> Response:
    """Do it and go back to the page; or say there what was wrong with it."""
    try:
        act()
    except (NotFound, ReasonMissing, Refused, Conflict) as refused:
        return _page(request, engine, visitor, refusal=_why(refused, visitor))
    return to_page("/privacy", done=done)


def _why(refused: NotFound | ReasonMissing | Refused | Conflict, visitor: Visitor) -> str:
    problem = problem_of(refused)
    return problem.detail_id if visitor.language == "id" else problem.detail


def _key(engine: Engine, number: str) -> str:
    """The key of a person by number; "" for no number. Raises: NotFound."""
    told = number.strip()
    return engine.person_by_id(told).key if told else ""


def _page(
    request: Request, engine: Engine, visitor: Visitor, *, done: str = "", refusal: str = ""
) -> Response:
    demand(engine, visitor, "privacy.looks", PersonOf(key=visitor.key))
    word = Words(visitor.language)
    office = may(engine, visitor, "privacy.office")
    own = (visitor.key, *(one.id for one in engine.cases(subject=visitor.key, limit=1000)))
    known = engine.privacy.erasures.known()
    mine = [one for one in known if one.scope.person == visitor.key or set(own) & set(one.scope.cases)]
    return render(
        request,
        "privacy.html",
        visitor,
        title=word("privacy.title"),
        status=422 if refusal else 200,
        done=done,
        refusal=refusal,
        looks=[look_row(engine, one, visitor, word) for one in engine.privacy.reads.of(*own)[:_LOOKS]],
        erasures=[_erasure(engine, one, word, _theirs(one.scope, visitor.key, own)) for one in mine],
        office=_office(engine, word, known) if office else None,
    )


def look_row(engine: Engine, one: Look, visitor: Visitor, word: Words) -> dict[str, str]:
    """A look as a line of a table."""
    zone = visitor.person.zone
    hour, _ = local_time(one.hour, zone)
    label = next(
        (known.label[word.language] for known in CLASSES.values() if known.name == one.data), one.data
    )
    return {
        "when": f"{say_date(local_date(one.hour, zone), word.language)}, {hour:02d}–{(hour + 1) % 24:02d}",
        "who": _name(engine, one.actor, word),
        "what": label,
        "of": one.object if one.object != visitor.key else "",
        "under": word("privacy.by_glass", glass=one.under) if one.under else "",
    }


def _office(engine: Engine, word: Words, known: tuple[Erasure, ...]) -> dict[str, Any]:
    over = engine.privacy.retention.over()
    return {
        "grounds": [(name, label[word.language]) for name, label in GROUNDS.items() if name != "retention"],
        "erasures": [_erasure(engine, one, word, one.scope) for one in known[:_OFFICE]],
        "holds": [
            {"id": one.id, "of": _name(engine, one.object, word), "by": _name(engine, one.put_by.key, word),
             "reason": one.reason, "stands": not one.lifted_at}
            for one in engine.privacy.holds.known()[:_OFFICE]
        ],
        "over": [
            {"of": _name(engine, one.of, word), "since": say_date(one.since, word.language),
             "what": say_list((CLASSES[name].label[word.language] for name in one.classes), word.language)}
            for one in over[:_OFFICE]
        ],
        "over_count": len(over),
    }  # fmt: skip


def _theirs(scope: Scope, key: str, own: Collection[str]) -> Scope:
    """What of an erasure is about one of those it concerns: of the others not even their cases are told."""
    person = scope.person if scope.person == key else ""
    return replace(
        scope,
        person=person,
        cases=tuple(one for one in scope.cases if one in own),
        classes=scope.classes if person else tuple(one for one in scope.classes if one not in NAMING),
        said=(),
    )


def _erasure(engine: Engine, one: Erasure, word: Words, shown: Scope) -> dict[str, Any]:
    waits = one.state == "asked"
    plan = engine.privacy.erasures.plan(shown, readers=False) if waits else None
    return {
        "id": one.id,
        "about": _about(engine, shown, word),
        "residue": word("privacy.residue") if one.residue else "",
        "ground": GROUNDS[one.ground][word.language],
        "state": word(f"privacy.state_{one.state}"),
        "asked_by": _name(engine, one.asked_by.key, word),
        "reason": one.reason,
        "waits": waits,
        "in_the_way": [found.label[word.language] for found in plan.hindrances] if plan is not None else [],
    }  # fmt: skip


def _about(engine: Engine, scope: Scope, word: Words) -> str:
    if scope.person:
        return _name(engine, scope.person, word)
    return ", ".join(scope.said) if scope.said else word("privacy.cases", count=len(scope.cases))


def _name(engine: Engine, who: str, word: Words) -> str:
    if who == UNNAMED:
        return word("privacy.unnamed")
    return say_name(engine.chart, who, word.language) if engine.chart.history(who) else who
