"""How the results of a unit's members are spread, beside what the unit's own rules expect; small cells are hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from api.pages.bars import Part, bar_of
from api.pages.case_parts import readable_figures
from api.pages.words import Words
from engine.core.board import ranked
from engine.core.case_names import figure_kind
from engine.core.definition import Definition, Formula, Grid, Share, Table
from engine.core.hiding import LEAST, told_counts
from engine.core.labels import value_label
from engine.runtime import CaseView

__all__ = ["Pattern", "pattern_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A spread as a page tells it: a bar if every cell is told, a row for each result, and what guidance says of it."""

    lead: str
    told: str
    parts: tuple[Part, ...]
    rows: tuple[tuple[Part, str], ...]
    hides: str
    guided: tuple[tuple[str, str], ...]


def pattern_of(view: CaseView, rules: Iterable[Definition], word: Words) -> Pattern | None:
    """The spread of the members' results, for whoever may read a share of it; None where there is none to read."""
    shares = [
        one for one in view.definition.figures.values() if isinstance(one, Share) and one.name in view.figures
    ]
    for path in dict.fromkeys(one.path for one in shares):
        name, _, published = path.partition(".")
        read = view.definition.reads.get(name)
        known = next((one for one in rules if read is not None and one.workflow == read.workflow), None)
        figure = known.figures.get(published) if known is not None else None
        if read is None or known is None or figure is None:
            continue
        found = Counter(view.known.reads.get(name, {}).get(published, ()))  # type: ignore[call-overload]
        values = ranked(known, figure) if isinstance(figure, Grid) else figure_kind(figure).values
        cells = {str(value): found[value] for value in values}
        if sum(cells.values()) >= max(read.least, 1):
            labels = {value: value_label(known, published, value)[word.language] for value in cells}
            singly = bool({name, path} & view.sight.names)
            if not singly and name not in view.case.lists:
                return None  # a list that still changes would tell by its differences
            return _pattern(cells, labels, _guided(view, word), word, singly=singly)
    return None


def _pattern(
    cells: dict[str, int],
    labels: dict[str, str],
    guided: tuple[tuple[str, str], ...],
    word: Words,
    *,
    singly: bool,
) -> Pattern:
    told = dict(cells) if singly else told_counts(cells)
    open_to = all(count is not None for count in told.values())
    parts = bar_of((labels[name], cells[name] if open_to else 0) for name in cells)
    words = [word("unit.hidden") if told[name] is None else str(told[name]) for name in cells]
    rows = tuple(zip(parts, words, strict=True))
    return Pattern(
        lead=word("unit.pattern_lead", count=sum(cells.values())),
        told="; ".join(f"{part.label}: {count}" for part, count in rows),
        parts=parts if open_to else (),
        rows=rows,
        hides="" if open_to else word("unit.hidden_why", least=LEAST),
        guided=guided,
    )


def _guided(view: CaseView, word: Words) -> tuple[tuple[str, str], ...]:
    """What the rules work out of the spread: whether it is outside, and by which rule."""
    figures = view.definition.figures.values()
    labels = view.definition.texts.labels["figures"]
    said = {labels[one.name][word.language] for one in figures if isinstance(one, Table | Formula)}
    return tuple((label, value) for label, value in readable_figures(view, word) if label in said)
