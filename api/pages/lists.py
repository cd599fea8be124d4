"""Pages that list: cycles and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.demo_bar import hint
from api.pages.rendering import render
from api.pages.which_cycle import cycle_title, span
from api.pages.words import Words
from api.policy import may
from api.visiting import TheEngine, TheVisitor
from engine.core.definition import Definition
from engine.core.telling import say_day
from engine.core.telling_days import say_short
from engine.core.zones import local_date
from engine.runtime import Engine

router = APIRouter(include_in_schema=False)

_PAGE = 1_000


@router.get("/cycles")
def cycles(request: Request, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Every launched cycle."""
    word, zone = Words(visitor.language), visitor.person.zone
    cancelled = {one.cycle for one in engine.cancellations.known() if one.counts}
    cancels = may(engine, visitor, "cycle.cancel")
    rows = [
        {
            "id": one.id,
            "cancelled": one.id in cancelled,
            "cancels": cancels and "#" not in one.id,
            "title": engine.definition(one.definition).texts.title[word.language],
            "rule": engine.definition(one.definition).name,
            "digest": one.definition,
            "period": span(one.period_from, one.period_to, word),
            "opens": say_short(local_date(one.opens_at, zone), word.language),
        }
        for one in engine.cycles()
    ]
    return render(request, "cycles.html", visitor, title=word("cycles.title"), rows=rows)


@router.get("/people")
def people(request: Request, engine: TheEngine, visitor: TheVisitor, *, done: str = "") -> Response:
    """Everybody on the chart today and their open cases, for the personnel desk."""
    word, chart = Words(visitor.language), engine.chart
    rows, running = [], _running(engine, word)
    for one in chart.people(visitor.today):
        superior = chart.superior(one.key, visitor.today)
        rows.append(
            {
                "person": one,
                "superior": superior.name if superior else "",
                "remarks": hint(one, visitor.today, word).removeprefix(one.position).lstrip(", "),
                "cases": running.get(one.key, ()),
            }
        )
    day = say_day(visitor.today, word.language)
    said = {"imported": word("import.done"), "undone": word("import.undone")}.get(done, "")
    return render(request, "people.html", visitor, title=word("people.title"), done=said, rows=rows, day=day)


def _running(engine: Engine, word: Words) -> Mapping[str, list[tuple[str, str]]]:
    """The open cases of everybody, each with the cycle it belongs to; tracks are found from their case."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    known: dict[str, Definition] = {}
    after = ""
    while page := engine.cases(open_only=True, after=after, limit=_PAGE):
        for case in page:
            if "#" not in case.definition:
                if case.definition not in known:
                    known[case.definition] = engine.definition(case.definition)
                rules, period = known[case.definition], (case.period_from, case.period_to)
                found[case.subject].append((case.id, cycle_title(rules, period, word)))
        after = page[-1].id
    return found
