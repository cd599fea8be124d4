"""One's own year on one page: every case, how far it is, whose turn, what is promised and written, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.attaching import files_address
from api.pages.case_parts import (
    PhaseMark,
    journal_lines,
    naming,
    phase_line,
    told_figures,
    whose_turn,
)
from api.pages.rendering import render
from api.pages.told_forms import Told, told_values
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import case_for, demand_person, own_cases
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.case import Case
from engine.core.telling import Telling, held_by, tell
from engine.core.telling_days import say_moment
from engine.core.telling_promises import PromiseTold, tell_promises
from engine.core.visibility import NEWEST, granted, inputs_of
from engine.runtime import CaseView, Engine

router = APIRouter(include_in_schema=False)

Year = Annotated[int | None, Query(ge=1, le=9999)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOfYear:
    """One case as its subject sees it among the others of the year."""

    id: str
    cycle: str
    state: str
    ended: str
    phases: tuple[PhaseMark, ...]
    turn: str
    telling: Telling
    #: whether the next step is the subject's own
    mine: bool
    figures: tuple[tuple[str, str], ...]
    #: what others wrote about them and was disclosed
    disclosed: tuple[Told, ...]
    #: name, what it is called, how it stands, and whether an entry may be written now
    journals: tuple[tuple[str, str, str, bool], ...]
    promises: tuple[PromiseTold, ...]


@router.get("/year")
def my_year(request: Request, engine: TheEngine, visitor: TheVisitor, *, year: Year = None) -> Response:
    """The visitor's cases of a year, the newest year if none is named."""
    demand_person(engine, visitor, visitor.person, "person.tasks")
    word = Words(visitor.language)
    cases = [one for one in own_cases(engine, visitor) if "#" not in one.definition]
    years = sorted({one.period_from.year for one in cases}, reverse=True)
    chosen = year if year is not None else years[0] if years else visitor.today.year
    shown = [_told(engine, visitor, one, word) for one in _of_year(cases, chosen)]
    return render(
        request,
        "year.html",
        visitor,
        title=word("year.title", year=chosen),
        year=chosen,
        years=years,
        as_of=word("year.as_of", time=say_moment(engine.now(), visitor.person.zone, word.language)),
        cases=shown,
        waiting=[one for one in shown if one.mine],
    )


def _of_year(cases: Iterable[Case], year: int) -> list[Case]:
    """The cases about a year in the order of their periods."""
    found = (one for one in cases if one.period_from.year == year)
    return sorted(found, key=lambda one: (one.period_from, one.opened_at))


def _told(engine: Engine, visitor: Visitor, case: Case, word: Words) -> CaseOfYear:
    view, language = case_for(engine, visitor, case.id), word.language
    told = tell(view.standing, language, viewer=visitor.key, roles=sorted(view.roles))
    held = held_by(view.standing, visitor.key)
    return CaseOfYear(
        id=case.id,
        cycle=cycle_title(view.definition, (case.period_from, case.period_to), word),
        state=view.definition.texts.label("states", case.state)[language],
        ended=case.ended,
        phases=phase_line(view, word),
        turn=whose_turn(view, word),
        telling=told,
        mine=held is not None,
        figures=told_figures(
            view.definition,
            {name: value for name, value in view.figures.items() if _is_disclosed(view, name)},
            language,
        ),
        disclosed=tuple(_disclosed(view, word)),
        journals=tuple(
            (*one, shown.may_write) for one, shown in zip(journal_lines(view, word), view.journals, strict=True)
            if shown.may_write or shown.count
        ),
        promises=tell_promises(view.definition, case, view.scene.chart, view.scene.calendar, language),
    )  # fmt: skip


def _disclosed(view: CaseView, word: Words) -> Iterator[Told]:
    """The forms that others wrote and that were disclosed; what the reader wrote they know themselves."""
    for name in view.definition.forms:
        if name in view.contents and _is_disclosed(view, name):
            values, at = view.contents[name], files_address(view)
            yield told_values(view.definition, name, values, word.language, naming(view, word), at)


def _is_disclosed(view: CaseView, name: str) -> bool:
    """Whether something is read by a grant since a disclosure alone; a figure also if what is in it was."""
    ways = granted(view.definition, view.case, view.roles, frozenset()).get(name, frozenset())
    if ways or name not in view.definition.figures:
        return bool(ways) and NEWEST not in ways
    roots = {one.partition(".")[0] for one in inputs_of(view.definition, name)}
    return any(_is_disclosed(view, one) for one in roots)
