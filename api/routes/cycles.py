"""Cycles: launching one, and the list."""

from __future__ import annotations

import time

from fastapi import APIRouter, Response

from api import shapes
from api.requests import Launch
from api.schemas import CycleOut, LaunchOut, LaunchRowOut
from api.telemetry import log_launch
from api.visiting import TheEngine, TheVisitor
from engine.runtime import TimetableText

router = APIRouter(prefix="/cycles", tags=["cycles"])


@router.get("")
def list_cycles(engine: TheEngine, _: TheVisitor) -> list[CycleOut]:
    """Every launched cycle."""
    return [shapes.cycle(one) for one in engine.cycles()]


@router.post("", status_code=201)
def launch(asked: Launch, engine: TheEngine, visitor: TheVisitor, response: Response) -> LaunchOut:
    """Launch a cycle for everybody its definition covers; for the personnel desk. Again: only who is missing."""
    began = time.perf_counter_ns()
    timetable = None if asked.timetable is None else TimetableText(text=asked.timetable)
    done = engine.launch(
        asked.workflow,
        opens=asked.opens,
        year=asked.year,
        part=asked.part,
        actor=visitor.actor,
        timetable=timetable,
    )
    log_launch(
        cycle=done.cycle,
        launched=done.launched,
        existing=done.existing,
        refused=sum(row.outcome == "refused" for row in done.rows),
        duration_us=(time.perf_counter_ns() - began) // 1_000,
    )
    if not done.launched:
        response.status_code = 200
    chart = engine.chart
    rows = [
        LaunchRowOut(person=shapes.person(chart, row.person), outcome=row.outcome, why=row.why)
        for row in done.rows
    ]
    return LaunchOut(cycle=done.cycle, launched=done.launched, existing=done.existing, rows=rows)
