"""The page of one journal of a case, and the page on which people from outside answer without signing in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import firing
from api.attaching import files_address
from api.pages.act_groups import asked_of
from api.pages.case_parts import naming
from api.pages.form_summary import lost_files, told_problems
from api.pages.forms import Asked as Surrounded
from api.pages.forms import Box, boxes
from api.pages.posted_forms import read_form
from api.pages.posting import Posted, PostedWithFiles, Sent
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from api.policy import case_for, demand_journals
from api.problems import RequestInvalid, problem_of
from api.session_cookie import cookie_of, set_cookie
from api.visiting import TheEngine, TheVisitor, Visitor, language_of
from engine.core.command import AddEntry, CheckEntries, ReleaseEntries
from engine.core.definition import Label
from engine.core.journal_pages import Page
from engine.core.journal_sight import JournalView
from engine.core.journaling import ABOUT
from engine.core.telling import say_name, say_short
from engine.errors import Conflict, FormInvalid, NotFound, Refused
from engine.runtime import CaseView, Engine

router = APIRouter(include_in_schema=False)

_YEAR = 365 * 24 * 3600
#: where links for people from outside lead
_OUTSIDE = "/p/"
_NO_PROBLEMS: Mapping[str, Label] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry to be read: whose, about which day, what it says, and what came of a look at it."""

    number: int
    head: str
    told: Told
    mark: str
    chosen: bool


@router.get("/cases/{case_id}/journals/{name}")
def journal(
    request: Request, case_id: str, name: str, engine: TheEngine, visitor: TheVisitor, *, done: str = ""
) -> Response:
    """One journal: what may be read of it, and what may be done in it."""
    view, shown = _opened(engine, visitor, case_id, name)
    sentence = Words(visitor.language)("journal.done") if done else ""
    return _page(request, visitor, view, shown, done=sentence)


@router.post("/cases/{case_id}/journals/{name}")
def do(
    request: Request, case_id: str, name: str, engine: TheEngine, visitor: TheVisitor, sent: PostedWithFiles
) -> Response:
    """Write an entry, look at entries, or make a link, as the button says."""
    view, shown = _opened(engine, visitor, case_id, name)
    word, posted = Words(visitor.language), sent.fields
    try:
        if posted.get("op") == "link":
            path = f"{request.base_url}p/{firing.invite(engine, visitor, case_id, name)}"
            return _page(request, visitor, view, shown, done=word("journal.link_made", path=path))
        _obey(engine, visitor, view, shown, sent)
    except (Refused, Conflict, RequestInvalid) as refused:
        problem = problem_of(refused)
        problems = dict(problem.problems) if isinstance(refused, FormInvalid) else _NO_PROBLEMS
        told = "" if problems else refusal_of(refused, problem.title, visitor.language)
        return _page(
            request,
            visitor,
            view,
            shown,
            sent=sent,
            problems=problems,
            refusal=told,
            status=problem.status,
        )
    return to_page(f"/cases/{case_id}/journals/{name}", at="main", done=name)


def _obey(engine: Engine, visitor: Visitor, view: CaseView, shown: JournalView, sent: Sent) -> None:
    posted = sent.fields
    rule, case_id, actor = shown.journal, view.case.id, visitor.actor
    key = firing.checked_key(posted.get("key") or None)
    numbers = tuple(sorted(int(one[7:]) for one in posted if one.startswith("number-") and one[7:].isdigit()))
    note = posted.get("note", "")
    match posted.get("op", ""):
        case "write":
            values = read_form(view.definition, view.definition.forms[rule.form], posted, sent.named)
            about = _day(posted.get(ABOUT, ""))
            command = AddEntry(journal=rule.name, values=values, actor=actor, about=about, files=sent.files)
            firing.obey(engine, visitor, case_id, command, key=key)
        case "confirmed" | "asked" as mark:
            look = CheckEntries(journal=rule.name, numbers=numbers, actor=actor, mark=mark, note=note)
            firing.obey(engine, visitor, case_id, look, key=key)
        case "released" | "withheld" as mark:
            pass_on = ReleaseEntries(journal=rule.name, numbers=numbers, actor=actor, mark=mark, reason=note)
            firing.release(engine, visitor, case_id, pass_on, key=key)
        case other:
            raise RequestInvalid(f"a journal knows no {other[:20]!r}; use a button of its page")


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RequestInvalid("the day is no date; write it as in 2026-01-31") from None


def _opened(engine: Engine, visitor: Visitor, case_id: str, name: str) -> tuple[CaseView, JournalView]:
    view = case_for(engine, visitor, case_id)
    demand_journals(engine, visitor, view, "journal.read")
    shown = next((one for one in view.journals if one.journal.name == name), None)
    if shown is None:
        raise NotFound("journal", name[:60])
    engine.privacy.reads.seen(view, visitor.key)
    return view, shown


def _page(  # noqa: PLR0913 - what the page puts back in its place
    request: Request,
    visitor: Visitor,
    view: CaseView,
    shown: JournalView,
    *,
    sent: Sent | None = None,
    problems: Mapping[str, Label] = _NO_PROBLEMS,
    refusal: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    word, rule = Words(visitor.language), shown.journal
    form = view.definition.forms[rule.form]
    values = read_form(view.definition, form, sent.fields, sent.named) if sent is not None else {}
    label = view.definition.texts.label("journals", rule.name)[word.language]
    person = say_name(view.scene.chart, view.case.subject, word.language)
    shown_boxes = boxes(asked_of(view, word, problems), form, values) if shown.may_write else ()
    return render(
        request,
        "journal.html",
        visitor,
        title=word("journal.title", journal=label, person=person),
        status=status,
        done=done,
        view=shown,
        script=True,
        case=view.case,
        entries=[_shown(view, shown, one, word) for one in shown.pages],
        boxes=shown_boxes,
        lost=lost_files(shown_boxes),
        about=sent.fields.get(ABOUT, "") if sent is not None else "",
        about_problem=problems[ABOUT][word.language] if ABOUT in problems else "",
        refusal=refusal,
        problems=[
            *told_problems(shown_boxes, problems, rule.form, word.language),
            *([(ABOUT, problems[ABOUT][word.language])] if ABOUT in problems else []),
        ],
        waiting=len(shown.checks) + len(shown.releases),
        opens_case=bool(view.roles) or visitor.key == view.case.subject,
        key=secrets.token_urlsafe(16),
    )


def _shown(view: CaseView, shown: JournalView, page: Page, word: Words) -> Shown:
    rule, chart = shown.journal, view.scene.chart
    head = word("journal.unnamed")
    if page.author and page.about is not None:
        name = say_name(chart, page.author, word.language)
        head = word("journal.by", day=say_short(page.about, word.language), name=name)
    mark = page.mark or ("held" if page.held else "")
    said = word(f"journal.mark.{mark}") if mark or rule.check is not None else ""
    told = told_values(
        view.definition, rule.form, page.values, word.language, naming(view, word), files_address(view)
    )
    chosen = page.number in {*shown.checks, *shown.releases}
    return Shown(number=page.number, head=head, told=told, mark=said, chosen=chosen)


@router.get("/p/{token}")
def outside(request: Request, token: str, engine: TheEngine) -> Response:
    """What somebody from outside is asked, who holds a link."""
    return _outside(request, token, engine)


@router.post("/p/{token}")
def answer(request: Request, token: str, engine: TheEngine, posted: Posted) -> Response:
    """One answer; the browser remembers that it was given, and nobody else does."""
    asked = engine.asked(token)
    if asked.once and cookie_of(request, _cookie(token), _OUTSIDE):
        return _outside(request, token, engine)
    values = read_form(asked.definition, asked.form, posted)
    try:
        receipt = engine.answer(token, values)
    except FormInvalid as refused:
        problems = dict(problem_of(refused).problems)
        return _outside(request, token, engine, values=values, problems=problems, status=422)
    except Refused:
        return _outside(request, token, engine, status=409)
    page = _outside(request, token, engine, receipt=receipt)
    set_cookie(request, page, _cookie(token), "1", _YEAR, _OUTSIDE)
    return page


def _outside(
    request: Request,
    token: str,
    engine: Engine,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, Label] = _NO_PROBLEMS,
    receipt: str = "",
    status: int = 200,
) -> Response:
    asked = engine.asked(token)
    word = Words(language_of(request))
    answered = not receipt and asked.once and bool(cookie_of(request, _cookie(token), _OUTSIDE))
    refusal = asked.refusal[word.language] if asked.refusal is not None and not receipt else ""
    shown: tuple[Box, ...] = ()
    if not receipt and not answered and not refusal:
        around = Surrounded(definition=asked.definition, language=word.language, word=word, problems=problems)
        shown = boxes(around, asked.form, values or {})
    person = say_name(engine.chart, asked.case.subject, word.language)
    return render(
        request,
        "outside.html",
        None,
        title=word("outside.title", person=person),
        status=status,
        done=word("outside.thanks", receipt=receipt) if receipt else "",
        token=token,
        boxes=shown,
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
