"""Entries of a journal to be read: on the journal's own page, and the latest beside what is decided on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.attaching import files_address
from api.pages.case_parts import day_and_time, naming, shown_now
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from api.policy import may_read_reason
from engine.core.codec import decode
from engine.core.draft import REASON
from engine.core.journal_pages import Page
from engine.core.journal_sight import JournalView
from engine.core.telling import say_name, say_short
from engine.runtime import CaseView
from engine.store.values import Written

__all__ = ["Comment", "Progress", "Shown", "comments", "progress", "shown_entry"]

#: entries of a journal beside a decision; the others are one link away
_LATEST = 5


_UNSAID: Mapping[int, Comment] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry to be read: whose, about which day, what it says, and what came of a look at it."""

    number: int
    head: str
    told: Told
    mark: str
    chosen: bool
    #: who commented on it and when, and what they said; "" without a comment this reader may see
    by: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What was said with a mark on entries: by whom and when, and the words."""

    head: str
    text: str
    #: whether this reader gave it or was told of it; else only the entry's author reads it
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The latest entries of a journal that the present work is decided on, and how many there are in all."""

    name: str
    label: str
    entries: tuple[Shown, ...]
    count: int


def progress(view: CaseView, word: Words) -> tuple[Progress, ...]:
    """The journals that the present work shows, for whoever may read them: the newest entries first."""
    shown = shown_now(view.definition.states[view.case.state])
    return tuple(
        Progress(
            name=one.journal.name,
            label=view.definition.texts.label("journals", one.journal.name)[word.language],
            entries=tuple(shown_entry(view, one, page, word) for page in reversed(one.pages[-_LATEST:])),
            count=len(one.pages),
        )
        for one in view.journals
        if one.journal.name in shown and one.pages
    )


def comments(view: CaseView, written: Iterable[Written], viewer: str, word: Words) -> Mapping[int, Comment]:
    """What was said of entries of journals when they were looked at, by the number of the stream's entry."""
    reasons = {one.seq: str(decode(one.value)) for one in written if one.form == REASON}
    found = {}
    for entry in view.history:
        if entry.kind == "checked" and entry.seq in reasons:
            facts = decode(entry.body)
            day, clock = day_and_time(entry.at, view.case.zone, view.scene.calendar, word.language)
            name = say_name(view.scene.chart, facts["actor"]["person"], word.language)
            found[entry.seq] = Comment(
                head=word("journal.comment", name=name, day=day, time=clock),
                text=reasons[entry.seq],
                told=may_read_reason(facts, viewer),
            )
    return found


def shown_entry(
    view: CaseView,
    shown: JournalView,
    page: Page,
    word: Words,
    said: Mapping[int, Comment] = _UNSAID,
    viewer: str = "",
) -> Shown:
    """One entry as this viewer may read it, with what was `said` of it where they wrote it, said it or were told."""
    rule, chart = shown.journal, view.scene.chart
    head = word("journal.unnamed")
    if page.author and page.about is not None:
        name = say_name(chart, page.author, word.language)
        head = word("journal.by", day=say_short(page.about, word.language), name=name)
    mark = page.mark or ("held" if page.held else "")
    looked = word(f"journal.mark.{mark}") if mark or rule.check is not None else ""
    told = told_values(
        view.definition, rule.form, page.values, word.language, naming(view, word), files_address(view)
    )
    chosen = page.number in {*shown.checks, *shown.releases}
    comment = said.get(page.marked)
    if comment is not None and not (comment.told or (viewer and page.author == viewer)):
        comment = None
    return Shown(
        number=page.number,
        head=head,
        told=told,
        mark=looked,
        chosen=chosen,
        by=comment.head if comment is not None else "",
        comment=comment.text if comment is not None else "",
    )
