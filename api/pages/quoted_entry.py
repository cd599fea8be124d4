"""An entry of a journal quoted as the reason of an act that begins another case: guidance, a plan to improve.

Whoever may begin it finds the way beside each entry they may read. The quotation stands in the field for the reason,
with whose entry it is and about which day; they write on, and send it themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.act_groups import Typed, begun, group_name
from api.pages.case_parts import naming
from api.pages.forms import html_id
from api.pages.told_forms import Told, told_values, typed_texts
from api.pages.words import Words
from api.visiting import Visitor
from engine.core.journal_pages import Page
from engine.core.labels import transition_label
from engine.core.permitting import LONGEST_REASON, Option
from engine.core.telling import say_date, say_name
from engine.runtime import CaseView, Engine

__all__ = ["Beginning", "beginnings", "quoting"]

#: the part of a reason that a quotation may fill, so that there is room to say why
_ROOM = LONGEST_REASON // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """An act that begins another case, and where an entry is quoted for it: the address before and after its number."""

    label: str
    address: str
    place: str


def beginnings(view: CaseView, journal: str, word: Words) -> tuple[Beginning, ...]:
    """What this viewer may begin now, for the entries of a journal."""
    return tuple(
        Beginning(
            label=transition_label(view.definition, one.transition)[word.language],
            address=f"/cases/{view.case.id}?act={one.transition.name}&quote={journal}:",
            place=f"#act-{html_id(group_name(one)).removeprefix('f-')}",
        )
        for one in _beginning(view)
    )


def quoting(
    engine: Engine, visitor: Visitor, view: CaseView, act: str, quote: str, word: Words
) -> Typed | None:
    """The form of the act with the entry quoted after what was typed there before; None if either is not there."""
    option = next((one for one in _beginning(view) if one.transition.name == act), None)
    text = _quotation(view, quote, word)
    if option is None or not text:
        return None
    group = group_name(option)
    mine = engine.unsent.of(view.case.id, visitor.key).get(group)
    typed = mine.reason.strip() if mine is not None else ""
    reason = typed if text in typed else f"{typed}\n\n{text}".strip()
    return Typed(group=group, values=begun(view, option, mine), reason=reason, notice="acts.entry_quoted")


def _beginning(view: CaseView) -> Iterator[Option]:
    return (
        one
        for one in view.options
        if one.role is not None and one.transition.starts and one.needs_reason and not one.exhausted
    )


def _quotation(view: CaseView, quote: str, word: Words) -> str:
    """An entry that may be read here, with its author and day, as one says it; "" if there is none."""
    name, _, number = quote.partition(":")
    shown = next((one for one in view.journals if one.journal.name == name), None)
    page = next((one for one in shown.pages if str(one.number) == number), None) if shown else None
    if shown is None or page is None:
        return ""
    told = told_values(view.definition, shown.journal.form, page.values, word.language, naming(view, word))
    said = "; ".join(_said(told))
    if len(said) > _ROOM:
        said = f"{said[:_ROOM].rstrip()} …"
    journal = view.definition.texts.label("journals", name)[word.language]
    return word("acts.quotation", head=_head(view, page, word), journal=journal, number=number, text=said)


def _head(view: CaseView, page: Page, word: Words) -> str:
    if not page.author or page.about is None:
        return word("journal.unnamed")
    name = say_name(view.scene.chart, page.author, word.language)
    return word("journal.by", day=say_date(page.about, word.language), name=name)


def _said(told: Told) -> Iterator[str]:
    for line in typed_texts(told):
        yield f"{line.label}: {' '.join((line.text or ', '.join(line.links)).split())}"
