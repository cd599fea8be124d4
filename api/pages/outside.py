"""The page on which people from outside answer without signing in: nobody is told who they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.form_summary import told_problems
from api.pages.forms import Asked as Surrounded
from api.pages.forms import Box, boxes
from api.pages.posted_forms import read_form
from api.pages.posting import Posted
from api.pages.rendering import render
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.problems import problem_of
from api.session_cookie import cookie_of, set_cookie
from api.visiting import TheEngine, language_of
from engine.core.definition import Label
from engine.core.roles import Subject
from engine.core.telling import say_list, say_name
from engine.core.telling_names import say_role
from engine.core.visibility import readers_of
from engine.errors import FormInvalid, Refused
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)

_YEAR = 365 * 24 * 3600
#: where links for people from outside lead
_OUTSIDE = "/p/"
_NO_PROBLEMS: Mapping[str, Label] = {}
#: what the browser remembers of a link: that it answered, or that its person would rather not
_ANSWERED, _DECLINED = "1", "0"


@router.get("/p/{token}")
def outside(request: Request, token: str, engine: TheEngine) -> Response:
    """What somebody from outside is asked, who holds a link."""
    return _outside(request, token, engine)


@router.post("/p/{token}")
def answer(request: Request, token: str, engine: TheEngine, posted: Posted) -> Response:
    """One answer, or that somebody would rather give none; only the browser remembers either."""
    asked = engine.asked(token)
    if asked.once and cookie_of(request, _cookie(token), _OUTSIDE) == _ANSWERED:
        return _outside(request, token, engine)
    if posted.get("op") == "decline":
        page = _outside(request, token, engine, declined=True)
        set_cookie(request, page, _cookie(token), _DECLINED, _YEAR, _OUTSIDE)
        return page
    values = read_form(asked.definition, asked.form, posted)
    try:
        receipt = engine.answer(token, values)
    except FormInvalid as refused:
        problems = dict(problem_of(refused).problems)
        return _outside(request, token, engine, values=values, problems=problems, status=422)
    except Refused:
        return _outside(request, token, engine, status=409)
    page = _outside(request, token, engine, receipt=receipt)
    set_cookie(request, page, _cookie(token), _ANSWERED, _YEAR, _OUTSIDE)
    return page


def _outside(
    request: Request,
    token: str,
    engine: Engine,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, Label] = _NO_PROBLEMS,
    receipt: str = "",
    declined: bool = False,
    status: int = 200,
) -> Response:
    asked = engine.asked(token)
    word = Words(language_of(request))
    answered = not receipt and asked.once and cookie_of(request, _cookie(token), _OUTSIDE) == _ANSWERED
    refusal = asked.refusal[word.language] if asked.refusal is not None and not receipt else ""
    shown: tuple[Box, ...] = ()
    if not (receipt or declined or answered or refusal):
        around = Surrounded(definition=asked.definition, language=word.language, word=word, problems=problems)
        shown = boxes(around, asked.form, values or {})
    person, case = say_name(engine.chart, asked.case.subject, word.language), asked.case
    readers = (
        person
        if isinstance(asked.definition.roles[one].query, Subject)
        else say_role(asked.definition, one, word.language)
        for one in readers_of(asked.definition, asked.journal.name)
    )
    return render(
        request,
        "outside.html",
        None,
        title=word("outside.title", person=person),
        status=status,
        receipt=receipt,
        declined=declined,
        count=len(shown),
        token=token,
        boxes=shown,
        who=word(
            "outside.who",
            person=person,
            cycle=cycle_title(asked.definition, (case.period_from, case.period_to), word),
            roles=say_list((*readers, word("outside.auditors")), word.language),
        ),
        own_words=any(one.kind == "text" for one in asked.form.fields),
        few=asked.journal.anonymous,
        held=bool(asked.journal.held),
        once=asked.once,
        answered=answered,
        refusal=refusal,
        problems=told_problems(shown, problems, asked.form.name, word.language),
    )


def _cookie(token: str) -> str:
    """The name of the cookie that says only that this browser has answered here."""
    return "answered-" + hashlib.sha256(token.encode(errors="replace")).hexdigest()[:12]
