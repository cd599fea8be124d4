"""The page on which auditors look entries up: what they look for, what fits, and some of it drawn by lot."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.auditing import AUDIT, MOST, Sought, looked_up, told_of, wanted
from api.pages.instants import in_utc
from api.pages.rendering import render
from api.pages.words import Words
from api.problems import RequestInvalid
from api.visiting import TheEngine, TheVisitor
from engine.errors import NotFound
from engine.runtime import Engine
from engine.runtime.searching import Found, FoundPage

router = APIRouter(include_in_schema=False)

_PAGE = 50
_TEXTS = ("person", "subject", "case", "unit", "kind", "transition", "version", "reason", "first", "last")
_NUMBERS = ("gap", "sample", "seed", "before")
_LONGEST = 200


@router.get("/audit")
def search(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    sample: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """A page of entries that fit, the newest first."""
    word, wrong = Words(visitor.language), ""
    page = FoundPage(found=(), following=None, leaves=0)
    asked = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in (*_TEXTS, "automatic")}
    chosen = {**asked, "override": request.query_params.get("override", "")}
    try:
        numbers = {name: _number(request.query_params.get(name, "")) for name in _NUMBERS}
        sought = Sought(**asked, override=bool(chosen["override"]), gap=numbers["gap"] or 0)
        if sample:
            page = _drawn(request, engine, visitor.key, sought, numbers)
        else:
            page = looked_up(engine, visitor.key, sought, before=numbers["before"], limit=_PAGE)
    except NotFound:
        wrong = word("audit.nobody")
    except RequestInvalid:
        wrong = word("audit.wrong")
    more = {**{name: value for name, value in chosen.items() if value}, "before": page.following}
    if request.query_params.get("gap"):
        more["gap"] = request.query_params["gap"]
    return render(
        request,
        "audit.html",
        visitor,
        title=word("audit.title"),
        status=422 if wrong else 200,
        wrong=wrong,
        chosen=chosen | {name: request.query_params.get(name, "")[:12] for name in _NUMBERS},
        by_unit=bool(request.query_params.get("by_unit")),
        drawn=bool(sample),
        rows=[_row(engine, one, word) for one in page.found],
        leaves=page.leaves,
        more=more if page.following is not None else None,
    )


def _drawn(
    request: Request, engine: Engine, looker: str, sought: Sought, numbers: dict[str, int | None]
) -> FoundPage:
    asked = wanted(engine, sought, besides=looker)
    engine.privacy.reads.note(looker, AUDIT, ["log"])
    count = min(MOST, numbers["sample"] or 0)
    return engine.search.sample(
        asked, count=count, seed=numbers["seed"] or 0, before=numbers["before"],
        by_unit=bool(request.query_params.get("by_unit")),
    )  # fmt: skip


def _number(text: str) -> int | None:
    """A number in ASCII digits, or nothing. Raises: RequestInvalid."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > _DIGITS:
        raise RequestInvalid("how many is said in digits", problems={})
    return int(text)


_DIGITS = 12


def _row(engine: Engine, one: Found, word: Words) -> dict[str, Any]:
    trace = asdict(one.trace)
    return trace | {
        "at": in_utc(one.trace.at, word, seconds=True),
        "case": one.case,
        "told": told_of(engine, one, word.language),
        "rules": one.definition.name if one.definition is not None else "",
        "digest": one.trace.definition.partition("#")[0],
    }
