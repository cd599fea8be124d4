"""Calendar files as text: read into the values an engine takes, and shown for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from engine.core.calendar import Calendar
from engine.core.calendar_words import calendar_invalid
from engine.core.complaints import say
from engine.core.decrees import WEEKDAYS
from engine.core.definition import Label
from engine.core.source import read_yaml
from engine.runtime import CalendarPreview, Engine, MovedClock, Recounted

__all__ = [
    "calendar_json",
    "calendar_values",
    "given_values",
    "preview_json",
    "preview_rows",
    "recounted_json",
    "totals",
]


def calendar_values(text: str | bytes, name: str) -> dict[str, object]:
    """The values of a calendar file's text. Raises: CalendarInvalid with all problems of its writing."""
    document = read_yaml(text, name)
    if document.problems:
        lines = [Label(id=one.told("id"), en=one.told("en")) for one in document.problems]
        raise calendar_invalid(say("calendar_has_problems", name=name, count=len(lines)), lines, name=name)
    return dict(document.values)


def given_values(engine: Engine, file: str, name: str) -> Mapping[str, object]:
    """The values of a file's text, or of the calendar of that name that counts now where no text is given.

    Raises: CalendarInvalid, NotFound.
    """
    return calendar_values(file, "calendar") if file.strip() else engine.calendars.values(name)


def calendar_json(calendar: Calendar) -> dict[str, Any]:
    """A calendar for programs, without its days."""
    return {
        "name": calendar.name,
        "version": calendar.version,
        "based_on": list(calendar.based_on),
        "week": [WEEKDAYS[day][1] for day in calendar.week],
        "units": [
            {
                "unit": one.unit,
                "from": None if one.first is None else one.first.isoformat(),
                "to": None if one.last is None else one.last.isoformat(),
            }
            for one in calendar.units
        ],
    }


def totals(preview: CalendarPreview) -> dict[str, Any]:
    """How many clocks and cases move, which into the past, by unit and by workflow."""
    return {
        "looked": preview.looked,
        "cases": len({one.case.id for one in preview.rows}),
        "clocks": len(preview.rows),
        "into_past": sum(one.into_past for one in preview.rows),
        "kept": sum(one.kept for one in preview.rows),
        "tasks": sum(one.clock == "task" for one in preview.rows),
        "by_unit": dict(sorted(Counter(one.case.unit for one in preview.rows).items())),
        "by_workflow": dict(sorted(Counter(one.workflow for one in preview.rows).items())),
    }


def preview_json(engine: Engine, preview: CalendarPreview) -> dict[str, Any]:
    """A preview for programs: totals, the days that change, and every clock that moves."""
    return {
        "calendar": preview.calendar,
        "before": preview.before,
        "past": preview.past,
        "totals": totals(preview),
        "days": [
            {"calendar": one.calendar, "date": one.date.isoformat(), "works": one.works, "why": dict(one.why)}
            for one in preview.changed
        ],
        "clocks": preview_rows(engine, preview),
        "failed": [{"case": case, "why": why} for case, why in preview.failed],
    }


def preview_rows(engine: Engine, preview: CalendarPreview) -> list[dict[str, Any]]:
    """Every clock that moves: whose, where, from when to when, and who has the open task it belongs to."""
    chart = engine.chart

    def number(key: str) -> str:
        known = chart.history(key)
        return known[-1].person_id if known else ""

    def row(one: MovedClock) -> dict[str, Any]:
        case = one.case
        return {
            "case": case.id,
            "workflow": one.workflow,
            "cycle": case.cycle,
            "unit": case.unit,
            "person": number(case.subject) or case.subject,
            "state": case.state,
            "clock": one.clock,
            "from": one.due_from.isoformat(),
            "to": one.due_to.isoformat(),
            "counted_to": one.counted_to.isoformat(),
            "working_days": one.working_days,
            "into_past": one.into_past,
            "kept": one.kept,
            "reminders_moved": one.rungs,
            "holders": [number(task.holder) for task in case.waiting],
            "calendars": list(one.calendars),
        }

    return [row(one) for one in preview.rows]


def recounted_json(done: Recounted) -> dict[str, Any]:
    """What applying did, for programs."""
    return {
        "calendar": done.calendar,
        "cases": done.cases,
        "clocks": done.clocks,
        "kept": done.kept,
        "failed": [{"case": case, "why": why} for case, why in done.failed],
        "finished": done.finished,
    }
