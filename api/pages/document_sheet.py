"""A case as a document to be kept: what its reader may read of it, with its hash and where to ask the log about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.code_picture import code_rows
from api.pages.case_parts import Event, history, readable_figures, readable_forms
from api.pages.gathering_part import collected
from api.pages.instants import zoned
from api.pages.told_forms import Told
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.paper import Line, is_on_paper, sheet
from api.visiting import Visitor
from engine.core.telling import say_name
from engine.runtime import CaseView
from engine.runtime.privacy.documenting import Documented
from engine.store.values import Written

__all__ = ["document_pdf"]

_STEP = 14


def document_pdf(
    view: CaseView,
    written: tuple[Written, ...],
    visitor: Visitor,
    made: Documented,
    *,
    address: str,
    receipt: str,
) -> bytes:
    """The document as PDF. `address` is where the log is asked about it, `receipt` the promise for its entry."""
    word = Words(visitor.language)
    title = word("document.title", person=say_name(view.scene.chart, view.case.subject, word.language))
    content = [*_content(view, word), *_past(history(view, written, visitor.key, word), word)]
    above = [
        Line(title, size=18, bold=True),
        Line(_standing(view, word), size=12, bold=True, after=8),
        *_facts(view, visitor, made, word),
        Line(word("document.how"), before=6),
        Line(address, size=8, fixed=True, after=4),
    ]
    if not all(is_on_paper(line.text) for line in (*above, *content)):
        content.insert(0, Line(word("document.letters"), before=4, after=4))
    return sheet(title, above, code_rows(address), [*content, *_proof(made, receipt, word)])


def _standing(view: CaseView, word: Words) -> str:
    state = view.definition.texts.label("states", view.case.state)[word.language]
    if view.case.ended == "cancelled":
        return word("document.cancelled")
    return word("document.final" if view.case.ended else "document.open", state=state)


def _facts(view: CaseView, visitor: Visitor, made: Documented, word: Words) -> Iterator[Line]:
    chart, case = view.scene.chart, view.case
    at = zoned(made.entry.at, visitor, word)
    name = say_name(chart, visitor.key, word.language) if visitor.on_chart else visitor.person.name
    for label, text in (
        ("document.about", f"{say_name(chart, case.subject, word.language)}, {case.unit}".rstrip(", ")),
        ("document.cycle", cycle_title(view.definition, (case.period_from, case.period_to), word)),
        ("document.made", word("document.made_for", at=at, name=name)),
        ("document.number", str(made.entry.seq)),
    ):
        yield Line(f"{word(label)}: {text}")
    yield Line(word("document.hash"), before=2)
    yield Line(made.made_from.digest, fixed=True)


def _content(view: CaseView, word: Words) -> Iterator[Line]:
    """The figures, the forms and what was gathered, as far as the reader reads them."""
    figures = readable_figures(view, word)
    if figures:
        yield Line(word("case.figures"), size=12, bold=True, before=10)
        for label, value in figures:
            yield Line(f"{label}: {value}")
    for told, _ in readable_forms(view, word):
        yield Line(told.title, size=12, bold=True, before=10)
        yield from _told(told)
    for one in collected(view, word):
        yield Line(one.title, size=12, bold=True, before=10)
        if one.note:
            yield Line(one.note)
        for head, answer in one.answers:
            yield Line(head, bold=True, before=4)
            yield from _told(answer)


def _told(told: Told, indent: int = 0) -> Iterator[Line]:
    for line in told.lines:
        if line.items:
            yield Line(f"{line.label}:", bold=True, before=2, indent=indent)
            for number, item in enumerate(line.items, start=1):
                yield Line(f"{number}.", before=2, indent=indent + _STEP)
                yield from _told(item, indent + 2 * _STEP)
        else:
            yield Line(f"{line.label}: {'; '.join(line.links) or line.text}", indent=indent)


def _past(events: Iterable[Event], word: Words) -> Iterator[Line]:
    yield Line(word("case.history"), size=12, bold=True, before=12)
    for event in events:
        yield Line(f"{event.day} {event.clock}  {event.sentence}", size=9)
        if event.quote:
            yield Line(f"\u201c{event.quote}\u201d", size=9, indent=_STEP)


def _proof(made: Documented, receipt: str, word: Words) -> Iterator[Line]:
    """The codes of the texts, and the receipt of the entry that tells of the document."""
    if made.made_from.texts:
        yield Line(word("document.codes"), bold=True, before=12)
        for one in made.made_from.texts:
            yield Line(f"{one.name} {one.seq} {one.commitment}", size=8, fixed=True, after=0)
    if receipt:
        yield Line(word("document.receipt"), before=12, after=4)
        for text in receipt.split("\n"):
            yield Line(text, size=7, fixed=True, after=0)
