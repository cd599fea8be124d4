"""Pages of the rules cases live by: which versions there are, what one says, and bringing a proposed one into force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dressing import with_style
from api.pages.definition_words import everywhere, setting_rows, state_rows, window_rows
from api.pages.fact_words import others_of
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.access.matrix import WORDS, matrix_of
from engine.core.diagram import STYLE, picture_of, spot_of, svg
from engine.core.promise_words import say_promise
from engine.core.publication import Publication, Statement, entitled
from engine.core.telling import say_list, say_name
from engine.core.telling_days import say_short
from engine.core.zones import local_date
from engine.errors import NotFound, ReasonMissing
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)


@router.get("/definitions")
def definitions(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """Every version that was ever proposed, the newest of a workflow first."""
    word = Words(visitor.language)
    found = sorted(engine.publications(), key=lambda one: (one.workflow, -one.version, -one.said[0].at))
    rows = [_row(engine, one, visitor, word) for one in found]
    told = word("publication.done_withdraw") if done == "withdraw" else ""
    return render(request, "definitions.html", visitor, title=word("definitions.title"), done=told, rows=rows)


@router.get("/definitions/{digest}")
def definition(
    request: Request,
    digest: str,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    done: str = "",
    at: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """One version in words: where it stands, its phases, states and ways out, and its settings.

    `at` is the state a case stands in (with its track, if it is of one): the picture marks it.
    """
    word = Words(visitor.language)
    told = word("publication.done_approve") if done == "approve" else ""
    return _page(request, engine, visitor, digest, done=told, at=at)


@router.get("/definitions/{digest}/matrix")
def matrix(request: Request, digest: str, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Who may see and do what under these rules."""
    found = matrix_of(engine.definition(digest))
    told = WORDS[visitor.language]
    title = f"{found.title[visitor.language]} ({found.name}): {told['title']}"
    return render(request, "matrix.html", visitor, title=title, digest=digest, matrix=found, told=told)


@router.get("/definitions/{digest}/picture.svg")
def picture(
    digest: str, engine: TheEngine, visitor: TheVisitor, *, at: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """The rules as a picture in the reader's language, with the state `at` marked as where a case stands.

    A version never changes, so neither does its picture.
    """
    drawing = svg(replace(picture_of(engine.definition(digest), visitor.language), here=at))
    headers = {
        "cache-control": "private, max-age=86400",
        "vary": "cookie, accept-language",
        "content-security-policy": with_style(STYLE),
    }
    return Response(drawing, media_type="image/svg+xml", headers=headers)


@router.post("/definitions/{digest}/{verb}")
def decide(
    request: Request, digest: str, verb: str, posted: Posted, engine: TheEngine, visitor: TheVisitor
) -> Response:
    """Approve a proposal, or take it back."""
    word = Words(visitor.language)
    found = _publication(engine, digest)
    reason = posted.get("reason", "")
    try:
        if verb == "withdraw":
            engine.withdraw(found.name, actor=visitor.actor, reason=reason)
            return to_page("/definitions", done="withdraw")
        if verb != "approve":
            raise NotFound("page", request.url.path[:200])
        day = _day(posted.get("effective", ""))
        if day is None:
            return _page(request, engine, visitor, digest, refusal=word("publication.no_day"), posted=posted)
        engine.approve(found.name, actor=visitor.actor, reason=reason, effective=day)
    except ReasonMissing:
        return _page(request, engine, visitor, digest, refusal=word("publication.no_reason"), posted=posted)
    return to_page(f"/definitions/{digest}", done="approve")


def _page(
    request: Request,
    engine: Engine,
    visitor: Visitor,
    digest: str,
    *,
    done: str = "",
    at: str = "",
    refusal: str = "",
    posted: dict[str, str] | None = None,
) -> Response:
    word = Words(visitor.language)
    found = engine.definition(digest)
    parts = (found, *found.tracks.values())
    labels = {name: one.texts.label("states", name) for one in parts for name in one.states}
    return render(
        request,
        "definition.html",
        visitor,
        title=found.texts.title[word.language],
        status=422 if refusal else 200,
        done=done,
        definition=found,
        at=at if at.rpartition("/")[2] in labels else "",
        spot=spot_of(replace(picture_of(found, word.language), here=at)) if at else None,
        at_label=labels[at.rpartition("/")[2]][word.language] if at.rpartition("/")[2] in labels else "",
        basis=say_list(found.basis, word.language),
        phases=[row for part in parts for row in state_rows(part, word, others_of(engine, part))],
        everywhere=everywhere(found, word, others_of(engine, found)),
        settings=setting_rows(found, word),
        windows=window_rows(found, word),
        promises=[say_promise(found, one)[word.language] for one in found.promises],
        publication=_row(engine, _publication(engine, digest), visitor, word),
        refusal=refusal,
        posted=posted or {},
    )


def _row(engine: Engine, one: Publication, visitor: Visitor, word: Words) -> dict[str, Any]:
    """A version as it is listed, with what this person may do about it."""
    known = None if one.status == "withdrawn" else engine.definition(one.digest)
    official = one.status == "proposed" and entitled(engine.chart, visitor.key, visitor.today)
    return {
        "name": one.name,
        "digest": one.digest,
        "title": "" if known is None else known.texts.title[word.language],
        "basis": () if known is None else known.basis,
        "status": one.status,
        "since": "" if one.effective is None else say_short(one.effective, word.language),
        "demo": one.demo,
        "agency": one.agency,
        "said": [_said(engine, said, visitor, word) for said in one.said],
        "remarks": one.remarks,
        "may_approve": official and one.author != visitor.key,
        "may_withdraw": official,
    }


def _said(engine: Engine, one: Statement, visitor: Visitor, word: Words) -> dict[str, str]:
    by = say_name(engine.chart, one.person, word.language, visitor.key) if one.person else ""
    return {
        "act": word(f"publication.{one.kind}"),
        "by": by,
        "on": say_short(local_date(one.at, visitor.person.zone), word.language),
        "reason": one.reason,
    }


def _publication(engine: Engine, digest: str) -> Publication:
    """What became of a digest. Raises: NotFound."""
    for one in engine.publications():
        if one.digest == digest:
            return one
    raise NotFound("definition", digest)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
