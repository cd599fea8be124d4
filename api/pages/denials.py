"""The page of what was denied, for auditors and privacy officers: by account, by day, a page at a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.denying import PAGE, denials_shown
from api.pages.instants import in_utc
from api.pages.rendering import render
from api.pages.words import Words
from api.problems import RequestInvalid
from api.visiting import TheEngine, TheVisitor
from engine.core.access.words import ACTION_WORDS
from engine.errors import NotFound

router = APIRouter(include_in_schema=False)


@router.get("/denials")
def denials(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    who: Annotated[str, Query(max_length=100)] = "",
    day: Annotated[str, Query(max_length=10)] = "",
    page: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """What was denied, the latest hour first."""
    word, wrong = Words(visitor.language), ""
    try:
        found = denials_shown(engine, visitor.key, who=who.strip(), day=day.strip(), page=page, ahead=1)
    except NotFound:
        found, wrong = (), word("denials.nobody")
    except RequestInvalid:
        found, wrong = (), word("denials.no_day")
    names = engine.accounts.names(one.who for one in found)
    return render(
        request,
        "denials.html",
        visitor,
        title=word("denials.title"),
        status=422 if wrong else 200,
        wrong=wrong,
        who=who,
        day=day,
        page=page,
        more=len(found) > PAGE,
        rows=[
            {
                "hour": in_utc(one.at, word),
                "who": names.get(one.who, one.who) or word("denials.unknown"),
                "action": _said(one.action, word),
                "what": one.what,
                "rule": one.rule,
                "count": one.count,
            }
            for one in found[:PAGE]
        ],
    )


def _said(action: str, word: Words) -> str:
    """An action in words; one that is no longer asked for by its name."""
    found = next((label for name, label in ACTION_WORDS.items() if name == action), None)
    return found[word.language] if found is not None else action
