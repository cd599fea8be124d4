"""The timeline of a case: a lane for each part, rounds numbered, deviations listed, and each rule as it stands."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.case_page import opened
from api.pages.case_parts import as_of, day_and_time
from api.pages.rendering import render
from api.pages.words import Words
from api.visiting import TheEngine, TheVisitor
from engine.core.mining import Mark, marks_of, mined
from engine.core.rule_lines import rule_lines
from engine.core.telling import say_entry, say_name
from engine.core.telling_names import say_role, say_state
from engine.runtime import CaseView, Engine

router = APIRouter(include_in_schema=False)

#: of the picture: how far marks stand apart, lanes, and where the first is
_STEP, _LANE, _LEFT, _TOP = 28, 44, 24, 34


@router.get("/cases/{case_id}/timeline")
def timeline(request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor) -> Response:
    """One case on a line, and the same as a table."""
    view, word = opened(engine, visitor, case_id), Words(visitor.language)
    marks = marks_of(view.definition, view.history)
    lanes = list(dict.fromkeys(one.lane for one in marks))
    rows = _rows(engine, view, marks, word)
    return render(
        request,
        "timeline.html",
        visitor,
        title=word("timeline.title"),
        case=view.case,
        as_of=as_of(view, word),
        person=say_name(engine.chart, view.case.subject, visitor.language),
        lanes=[(_lane(view, one, word), _TOP + _LANE * at) for at, one in enumerate(lanes)],
        width=_LEFT * 2 + _STEP * max(0, len(marks) - 1),
        height=_TOP + _LANE * len(lanes) - _LANE // 2,
        drawn=[
            {"x": _LEFT + _STEP * at, "y": _TOP + _LANE * lanes.index(one.lane), "mark": one,
             "told": rows[at]["told"]}
            for at, one in enumerate(marks)
        ],
        rows=rows,
        deviating=[row for row in rows if row["deviations"]],
    )  # fmt: skip


def _rows(engine: Engine, view: CaseView, marks: tuple[Mark, ...], word: Words) -> list[dict[str, Any]]:
    """A row of the table for each entry, with the lines of the rule that moved the case."""
    base, _, track = view.definition.digest.partition("#")
    source = engine.definition(base).source
    told = []
    for entry, mark in zip(view.history, marks, strict=True):
        day, clock = day_and_time(entry.at, view.case.zone, view.scene.calendar, word.language)
        rule = mined(0, entry.body).rule
        told.append(
            {
                "seq": entry.seq,
                "mark": mark,
                "day": day,
                "clock": clock,
                "lane": _lane(view, mark.lane, word),
                "told": say_entry(view.definition, entry, view.scene.chart, word.language),
                "state": say_state(view.definition, mark.state, word.language) if mark.state else "",
                "deviations": [word(f"timeline.deviation_{one}") for one in mark.deviations],
                "rule": rule,
                "lines": rule_lines(source, rule, track) if rule else "",
                "address": f"/definitions/{base}#{rule.partition('.')[0]}",
            }
        )
    return told


def _lane(view: CaseView, lane: str, word: Words) -> str:
    if lane in view.definition.roles:
        return say_role(view.definition, lane, word.language)
    return word(f"timeline.lane_{lane}")
