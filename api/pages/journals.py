"""The page of one journal of a case: what may be read of it, an entry to write, and looks at entries."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import firing
from api.code_picture import code_picture
from api.pages import journal_drafts
from api.pages.act_groups import asked_of
from api.pages.form_summary import lost_files, told_problems
from api.pages.forms import boxes
from api.pages.held_posts import asks_for_values, reopened
from api.pages.journal_drafts import JournalDraft
from api.pages.journal_entries import comments, shown_entry
from api.pages.posting import PostedWithFiles, Sent
from api.pages.quoted_entry import beginnings
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.words import Words
from api.policy import case_for, demand_journals
from api.problems import RequestInvalid, problem_of
from api.visiting import TheEngine, TheVisitor, Visitor, engine_of
from engine.core.command import AddEntry, CheckEntries, ReleaseEntries
from engine.core.definition import Journal, Label
from engine.core.journal_days import earliest_day
from engine.core.journal_sight import JournalView
from engine.core.journaling import ABOUT
from engine.core.telling import say_day, say_name
from engine.errors import Conflict, FormInvalid, NotFound, Refused
from engine.runtime import CaseView, Engine
from engine.store import queries

router = APIRouter(include_in_schema=False)

#: buttons that send nothing
_UNSENT = frozenset({"save", "take", "discard", "look"})
_CONFLICT = 409
_NO_PROBLEMS: Mapping[str, Label] = {}


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
    sent = reopened(request, visitor, sent)
    rule, op = shown.journal, sent.fields.get("op", "")
    if op == "link":
        path = f"{request.base_url}p/{firing.invite(engine, visitor, case_id, name)}"
        return _page(request, visitor, view, shown, link=path)
    text = journal_drafts.typed(view, rule, sent)
    if op in _UNSENT:
        return _unsent(request, visitor, view, shown, text, sent)
    if op == "write":
        text = journal_drafts.stands_beside(engine, visitor, view, rule, text, sent)
        if text.beside is not None:
            return _page(request, visitor, view, shown, text=text, status=_CONFLICT)
    try:
        _obey(engine, visitor, view, shown, sent)
    except (Refused, Conflict, RequestInvalid) as refused:
        if op == "write" and shown.may_write:
            text = journal_drafts.keep(engine, visitor, view, rule, text, sent)
        problem = problem_of(refused)
        problems = dict(problem.problems) if isinstance(refused, FormInvalid) else _NO_PROBLEMS
        told = "" if problems else refusal_of(refused, problem.title, visitor.language)
        return _page(
            request,
            visitor,
            view,
            shown,
            text=text,
            problems=problems,
            refusal=told,
            status=problem.status,
        )
    if op == "write":
        journal_drafts.drop(engine, visitor, view, rule)
    return to_page(f"/cases/{case_id}/journals/{name}", at="main", done=name)


def _unsent(
    request: Request, visitor: Visitor, view: CaseView, shown: JournalView, text: JournalDraft, sent: Sent
) -> Response:
    """What was typed and is not sent: saved, looked at, taken from elsewhere or let go."""
    engine, rule, op = engine_of(request), shown.journal, sent.fields["op"]
    demand_journals(engine, visitor, view, "journal.write")
    if op == "discard":
        journal_drafts.drop(engine, visitor, view, rule)
        return to_page(f"/cases/{view.case.id}/journals/{rule.name}", at="main")
    if op == "take":
        text = journal_drafts.take(engine, visitor, view, rule, text)
    elif shown.may_write:
        text = journal_drafts.keep(engine, visitor, view, rule, text, sent)
    if asks_for_values(request):
        return journal_drafts.told(engine, visitor, view, rule, text)
    status = _CONFLICT if op == "save" and text.beside is not None else 200
    return _page(request, visitor, view, shown, text=text, status=status)


def _obey(engine: Engine, visitor: Visitor, view: CaseView, shown: JournalView, sent: Sent) -> None:
    posted = sent.fields
    rule, case_id, actor = shown.journal, view.case.id, visitor.actor
    key = firing.checked_key(posted.get("key") or None)
    numbers = tuple(sorted(int(one[7:]) for one in posted if one.startswith("number-") and one[7:].isdigit()))
    note = posted.get("note", "")
    match posted.get("op", ""):
        case "write":
            text = journal_drafts.typed(view, rule, sent)
            about = _day(text.about)
            command = AddEntry(
                journal=rule.name, values=text.values, actor=actor, about=about, files=sent.files
            )
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
    text: JournalDraft | None = None,
    problems: Mapping[str, Label] = _NO_PROBLEMS,
    refusal: str = "",
    done: str = "",
    link: str = "",
    status: int = 200,
) -> Response:
    word, rule, engine = Words(visitor.language), shown.journal, engine_of(request)
    label = view.definition.texts.label("journals", rule.name)[word.language]
    person = say_name(view.scene.chart, view.case.subject, word.language)
    text = text if text is not None else journal_drafts.begun(engine, visitor, view, rule)
    with engine.database.read() as snapshot:
        said = comments(view, queries.written(snapshot, view.case.id), visitor.key, word)
    return render(
        request,
        "journal.html",
        visitor,
        title=word("journal.title", journal=label, person=person),
        status=status,
        done=word("journal.link_made", path=link) if link else done,
        link=link,
        picture=code_picture(link) if link else "",
        view=shown,
        script=True,
        case=view.case,
        entries=[shown_entry(view, shown, one, word, said, visitor.key) for one in shown.pages],
        beginnings=beginnings(view, rule.name, word),
        refusal=refusal,
        saved=journal_drafts.saved_of(engine, visitor, view, rule, text) if shown.may_write else None,
        **_entry_form(view, shown, text, problems, word),
        waiting=len(shown.checks) + len(shown.releases),
        opens_case=bool(view.roles) or visitor.key == view.case.subject,
        key=secrets.token_urlsafe(16),
    )


def _entry_form(
    view: CaseView, shown: JournalView, text: JournalDraft, problems: Mapping[str, Label], word: Words
) -> dict[str, Any]:
    """The fields of an entry with what has been typed, the day it is about, and what is wrong."""
    rule, asked = shown.journal, asked_of(view, word, problems)
    found = boxes(asked, view.definition.forms[rule.form], text.values) if shown.may_write else ()
    wrong_day = problems[ABOUT][word.language] if ABOUT in problems else ""
    return {
        "boxes": found,
        "lost": lost_files(found),
        "about": text.about,
        "about_problem": wrong_day,
        "window": _window(view, rule, word),
        "problems": [
            *told_problems(found, problems, rule.form, word.language),
            *([(ABOUT, wrong_day)] if wrong_day else []),
        ],
    }


def _window(view: CaseView, rule: Journal, word: Words) -> dict[str, Any]:
    """About which days an entry may be written today, in words and as dates; and how often."""
    today = view.scene.today(view.case.zone)
    first = earliest_day(rule, today, view.scene.calendar)
    said = [word("journal.only_today", day=say_day(today, word.language))]
    if first < today:
        said = [
            word("journal.today", day=say_day(today, word.language)),
            word("journal.late", day=say_day(first, word.language)),
        ]
    if rule.one_per:
        said.append(word(f"journal.one_per_{rule.one_per}"))
    return {
        "said": " ".join(said),
        "first": first.isoformat(),
        "last": today.isoformat(),
        "asks": first < today,
    }
