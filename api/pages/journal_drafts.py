"""An entry of a journal that is typed and not sent: kept like any form, with the day it is about beside its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import JSONResponse, Response

from api.pages.posted_forms import read_form
from api.pages.posting import Sent
from api.pages.unsent_part import SavedPart, saved_part, told_saved
from api.pages.words import Words
from api.visiting import Visitor
from engine.core.definition import Journal
from engine.core.journaling import ABOUT
from engine.core.unsent import Unsent
from engine.runtime import CaseView, Engine

__all__ = ["JournalDraft", "begun", "drop", "keep", "saved_of", "stands_beside", "take", "told", "typed"]

_CONFLICT = 409
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalDraft:
    """What is in the form of an entry, and the text of the same form that was saved elsewhere meanwhile."""

    values: Mapping[str, Any]
    about: str = ""
    beside: Unsent | None = None


def keeps(journal: Journal) -> bool:
    """Whether the server may keep a draft: none may tell who writes without a name."""
    return not journal.anonymous


def begun(engine: Engine, visitor: Visitor, view: CaseView, journal: Journal) -> JournalDraft:
    """What the form begins with: what was saved and not sent."""
    mine = _there(engine, visitor, view, journal)
    return JournalDraft(values=mine.values, about=mine.reason) if mine else JournalDraft(values={})


def typed(view: CaseView, journal: Journal, sent: Sent) -> JournalDraft:
    """What was sent."""
    form = view.definition.forms[journal.form]
    values = read_form(view.definition, form, sent.fields, sent.named)
    return JournalDraft(values=values, about=sent.fields.get(ABOUT, ""))


def keep(
    engine: Engine, visitor: Visitor, view: CaseView, journal: Journal, text: JournalDraft, sent: Sent
) -> JournalDraft:
    """Save what was typed, unless nothing was; with the text that stands in the way, if there is one."""
    if not keeps(journal) or not (text.about or any(text.values.values())):
        return text
    begun_with = _version(sent) or 0
    kept = engine.unsent.save(
        view.case.id, visitor.key, _name(journal), text.values, text.about, begun_with=begun_with
    )
    return replace(text, beside=kept.text) if kept.beside else text


def stands_beside(
    engine: Engine, visitor: Visitor, view: CaseView, journal: Journal, text: JournalDraft, sent: Sent
) -> JournalDraft:
    """What is sent, with another text that was saved since the page was opened from which it is sent."""
    begun_with, there = _version(sent), _there(engine, visitor, view, journal)
    if begun_with is None or there is None or not there.stands_beside(begun_with, text.values, text.about):
        return text
    return replace(text, beside=there)


def take(
    engine: Engine, visitor: Visitor, view: CaseView, journal: Journal, text: JournalDraft
) -> JournalDraft:
    """The text that was saved in the form, and the one that was typed beside it."""
    there = _there(engine, visitor, view, journal)
    if there is None:  # sent or let go elsewhere meanwhile
        return text
    beside = replace(there, values=text.values, reason=text.about)
    return JournalDraft(values=there.values, about=there.reason, beside=beside)


def drop(engine: Engine, visitor: Visitor, view: CaseView, journal: Journal) -> None:
    """Let the draft go: it was sent, or its writer does not want it."""
    engine.unsent.drop(view.case.id, visitor.key, _name(journal))


def told(engine: Engine, visitor: Visitor, view: CaseView, journal: Journal, text: JournalDraft) -> Response:
    """What became of a saving, for the page's script."""
    there = _there(engine, visitor, view, journal)
    said, well = told_saved(view, Words(visitor.language), there, text.beside)
    return JSONResponse(said, status_code=200 if well else _CONFLICT)


def saved_of(
    engine: Engine, visitor: Visitor, view: CaseView, journal: Journal, text: JournalDraft
) -> SavedPart:
    """What is said of saving under the form."""
    mine = _there(engine, visitor, view, journal)
    word = Words(visitor.language)
    return saved_part(view, word, journal.form, mine, text.beside, at_server=keeps(journal))


def _there(engine: Engine, visitor: Visitor, view: CaseView, journal: Journal) -> Unsent | None:
    return engine.unsent.of(view.case.id, visitor.key).get(_name(journal)) if keeps(journal) else None


def _name(journal: Journal) -> str:
    return f"journal:{journal.name}"


def _version(sent: Sent) -> int | None:
    text = sent.fields.get("unsent", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
