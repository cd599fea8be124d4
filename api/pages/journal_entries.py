"""Entries of a journal to be read: on the journal's own page, and the latest beside what is decided on them."""

from __future__ import annotations

from dataclasses import dataclass

from api.attaching import files_address
from api.pages.case_parts import naming, shown_now
from api.pages.told_forms import Told, told_values
from api.pages.words import Words
from engine.core.journal_pages import Page
from engine.core.journal_sight import JournalView
from engine.core.telling import say_name, say_short
from engine.runtime import CaseView

__all__ = ["Progress", "Shown", "progress", "shown_entry"]

#: entries of a journal beside a decision; the others are one link away
_LATEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry to be read: whose, about which day, what it says, and what came of a look at it."""

    number: int
    head: str
    told: Told
    mark: str
    chosen: bool


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


def shown_entry(view: CaseView, shown: JournalView, page: Page, word: Words) -> Shown:
    """One entry as this viewer may read it."""
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
