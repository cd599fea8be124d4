"""The page of a unit: where it stands, who waits for whom, what hurts next week, and how its results are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.pages.bars import bar_of
from api.pages.pattern_part import pattern_of
from api.pages.rendering import render
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.policy import asker_of, case_for
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.board import grid_of
from engine.core.chain import is_unit
from engine.core.telling import say_date, say_name, say_short
from engine.core.telling_ahead import say_each
from engine.core.telling_days import say_moment
from engine.core.telling_gathering import hides_names
from engine.core.unit_look import Holdup, Standing, holdups, is_late, standings
from engine.core.zones import local_date
from engine.errors import NotFound
from engine.runtime import Coming, Engine, UnitLook

router = APIRouter(include_in_schema=False)

#: how far the page looks ahead, and how many cases stand beside a person's name
_DAYS, _MOST_NAMED = 7, 12
#: cases of the unit itself that are told whole
_MOST_OWN = 4


@router.get("/unit")
def unit(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    unit: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """One unit, as far as its cases are open to this visitor."""
    word, asker = Words(visitor.language), asker_of(engine, visitor)
    units = engine.units.offered(asker, visitor.today)
    own = visitor.person.unit
    chosen = unit or (own if own in units else next(iter(units), ""))
    if unit and unit not in units:
        raise NotFound("unit", unit)
    if not chosen:
        title = word("unit.none_title")
        return render(request, "unit.html", visitor, title=title, look=None, units=(), chosen="")
    look = engine.units.look(asker, chosen, days=_DAYS)
    return render(
        request,
        "unit.html",
        visitor,
        title=_title(look, visitor, word),
        look=look,
        units=units,
        chosen=chosen,
        as_of=word("unit.as_of", when=say_moment(look.now, visitor.person.zone, word.language)),
        stands=[_stand(one, look, word) for one in standings(look.cases, look.rules, visitor.today)],
        coming=_soon(look, visitor),
        quiet=word("unit.quiet", day=say_date(visitor.today + timedelta(days=_DAYS), word.language)),
        unit_cases=_unit_cases(engine, look, visitor, word),
        **_waits(engine, look, visitor, word),
    )


def _title(look: UnitLook, visitor: Visitor, word: Words) -> str:
    still = [one for one in look.cases if not one.ended]
    late = sum(is_late(one, visitor.today) for one in still)
    return word("unit.title", unit=look.unit, open=len(still), all=len(look.cases), late=late)


def _stand(one: Standing, look: UnitLook, word: Words) -> dict[str, Any]:
    labels = one.definition.texts.labels["phases"]
    parts = bar_of((labels[name][word.language], count) for name, count in one.phases.items())
    first = next(case for case in look.cases if case.cycle == one.cycle)
    return {
        "cycle": one.cycle,
        "title": cycle_title(one.definition, (first.period_from, first.period_to), word),
        "whole": one.whole,
        "parts": parts,
        "phases": tuple(one.phases),
        "rows": list(zip(parts, one.late.values(), strict=True)),
        "told": "; ".join(f"{part.label}: {part.count}" for part in parts),
    }


def _waits(engine: Engine, look: UnitLook, visitor: Visitor, word: Words) -> dict[str, Any]:
    """Whom cases wait for, the visitor first; nobody is named whose names the rules keep."""
    waiting = [one for one in look.cases if one.waiting]
    unnamed = [one for one in waiting if hides_names(look.rules[one.definition], one.state)]
    named = [one for one in waiting if one not in unnamed]
    found = holdups(named, visitor.today, visitor.key)
    mine = found[0] if found and found[0].person == visitor.key else None
    return {
        "waits_lead": word(
            "unit.waits_lead",
            cases=word("unit.cases", count=len(named)),
            people=word("unit.people", count=len(found)),
        ),
        "own": word("unit.you_first", cases=word("unit.cases", count=len(mine.cases)), late=mine.late)
        if mine
        else "",
        "holdups": [_holdup(engine, look, one, visitor, word) for one in found],
        "unnamed": word("unit.unnamed", cases=word("unit.cases", count=len(unnamed))) if unnamed else "",
    }


def _holdup(engine: Engine, look: UnitLook, one: Holdup, visitor: Visitor, word: Words) -> dict[str, Any]:
    chart, language = engine.chart, word.language
    rest = len(one.cases) - _MOST_NAMED
    told = Counter(case.subject for case in one.cases)
    return {
        "person": say_name(chart, one.person, language, visitor.key),
        "count": len(one.cases),
        "late": one.late,
        "since": say_short(local_date(one.since, visitor.person.zone), language),
        "cases": [
            (
                case.id,
                say_name(chart, case.subject, language),
                look.rules[case.definition].texts.title[language] if told[case.subject] > 1 else "",
            )
            for case in one.cases[:_MOST_NAMED]
        ],
        "more": word("unit.more", count=rest) if rest > 0 else "",
    }


def _soon(look: UnitLook, visitor: Visitor) -> list[dict[str, Any]]:
    """Cases in which something happens by itself within the week, the earliest first."""
    until = visitor.today + timedelta(days=_DAYS)
    told: list[tuple[date, dict[str, Any]]] = []
    for one in look.coming:
        lines = _lines(one, visitor, until)
        if lines:
            told.append((one.consequences[0].on, _row(one, lines, visitor)))
    return [row for _, row in sorted(told, key=lambda pair: (pair[0], pair[1]["person"]))]


def _lines(one: Coming, visitor: Visitor, until: date) -> Sequence[str]:
    lines = say_each(
        one.definition, one.case, one.consequences, one.scene.chart, visitor.language, viewer=visitor.key
    )
    return [
        line for line, what in zip(lines, one.consequences, strict=True) if what.on <= until and not what.more
    ]


def _row(one: Coming, lines: Sequence[str], visitor: Visitor) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "person": say_name(one.scene.chart, one.case.subject, visitor.language),
        "state": one.definition.texts.label("states", one.case.state)[visitor.language],
        "lines": lines,
    }


def _unit_cases(engine: Engine, look: UnitLook, visitor: Visitor, word: Words) -> list[dict[str, Any]]:
    """The cases about the unit itself, each with how its members' results are spread."""
    own = [one for one in look.cases if is_unit(one.subject)][-_MOST_OWN:]
    told = []
    for case in own:
        view = case_for(engine, visitor, case.id)
        engine.privacy.reads.seen(view, visitor.key)
        told.append(
            {
                "id": case.id,
                "title": cycle_title(view.definition, (case.period_from, case.period_to), word),
                "state": view.definition.texts.label("states", case.state)[word.language],
                "pattern": pattern_of(view, look.rules.values(), word),
                "board": grid_of(view.definition, look.rules.values()) is not None,
            }
        )
    return told
