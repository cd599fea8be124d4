"""The same person's case of the period before, beside what is decided now: as far as its reader may read it."""

from __future__ import annotations

from dataclasses import dataclass

from api.attaching import files_address
from api.pages.case_parts import naming, readable_figures
from api.pages.told_forms import Told, told_values
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import asker_of, case_for
from api.visiting import Visitor
from engine.runtime import CaseView, Engine

__all__ = ["LastPeriod", "last_period"]

_PREVIOUS = "previous"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPeriod:
    """An earlier case: where to read it whole, which period it was of, how it ended, and what may be read of it."""

    case: str
    cycle: str
    state: str
    figures: tuple[tuple[str, str], ...]
    forms: tuple[Told, ...]


def last_period(engine: Engine, visitor: Visitor, view: CaseView, word: Words) -> LastPeriod | None:
    """What this visitor may read of the period before; None where nothing is, or the rules show it themselves."""
    definition = view.definition
    shown = {one.name for one in view.beside}
    if "#" in definition.digest or any(
        name in shown and read.of == _PREVIOUS for name, read in definition.reads.items()
    ):
        return None
    before = engine.access.earlier(view.case, definition.workflow, asker_of(engine, visitor))
    if before is None:
        return None
    found = case_for(engine, visitor, before.id)
    engine.privacy.reads.seen(found, visitor.key)
    return LastPeriod(
        case=before.id,
        cycle=cycle_title(found.definition, (before.period_from, before.period_to), word),
        state=found.definition.texts.label("states", before.state)[word.language],
        figures=readable_figures(found, word),
        forms=tuple(
            told_values(
                found.definition,
                name,
                found.contents[name],
                word.language,
                naming(found, word),
                files_address(found),
            )
            for name in found.definition.forms
            if name in found.contents
        ),
    )
