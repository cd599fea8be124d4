"""Pages of calendars: which days are worked, by whom; and for the personnel desk what a new decree would move."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.calendar_texts import calendar_values, totals
from api.pages.posting import Posted, PostedWithFiles
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.policy import on_desk
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from engine.core.calendar_files import UnitSpan
from engine.core.complaints import Lines
from engine.core.decrees import WEEKDAYS
from engine.core.telling import say_name
from engine.core.telling_days import say_short
from engine.core.telling_past_clocks import clock_name
from engine.errors import CalendarInvalid, ReasonMissing
from engine.runtime import CalendarPreview, Engine, MovedClock

router = APIRouter(include_in_schema=False)

_MOST_SHOWN = 200


@router.get("/calendars")
def calendars(
    request: Request,
    engine: TheEngine,
    visitor: TheVisitor,
    *,
    clocks: int | None = None,
    cases: int = 0,
    failed: int = 0,
) -> Response:
    """The calendars that count; the personnel desk may bring a new one."""
    word = Words(visitor.language)
    done = ""
    if clocks is not None:
        done = word("calendar.done", clocks=clocks, cases=cases)
        if failed:
            done = f"{done} " + word("calendar.done_failed", count=failed)
    return _list(request, engine, visitor, done=done)


@router.get("/calendars/{name}")
def calendar(
    request: Request, name: str, engine: TheEngine, visitor: TheVisitor, *, year: int | None = None
) -> Response:
    """One calendar: its week, who works by it, and the days off of a year."""
    word, found = Words(visitor.language), engine.calendar(name)
    chosen = min(max(year or visitor.today.year, FIRST_YEAR), LAST_YEAR)
    off = found.days_off(chosen)
    rows = [
        {
            "day": say_short(one.date, word.language),
            "weekday": WEEKDAYS[one.date.weekday()][word.language == "en"],
            "name": one.en if word.language == "en" else one.id,
            "kind": word(f"calendar.{one.kind}"),
        }
        for one in off
    ]
    return render(
        request,
        "calendar.html",
        visitor,
        title=word("calendar.of_days", name=found.name),
        calendar=_row(found, word),
        year=chosen,
        rows=rows,
        computed=bool(off) and found.provisional(off[0].date),
        before=chosen - 1 if chosen > FIRST_YEAR else None,
        after=chosen + 1 if chosen < LAST_YEAR else None,
    )


@router.post("/calendars/preview")
def preview(request: Request, sent: PostedWithFiles, engine: TheEngine, visitor: TheVisitor) -> Response:
    """What the calendar in a file would move, with the form that applies it; nothing is stored."""
    word = Words(visitor.language)
    files = sent.named.get("file", [])
    if not files:
        return _list(request, engine, visitor, refusal=word("calendar.no_file"))
    name, digest = files[0]
    try:
        text = sent.files[digest].decode("utf-8-sig")
        return _previewed(request, engine, visitor, text, name=name)
    except UnicodeDecodeError as error:
        return _list(
            request, engine, visitor, refusal=word("calendar.wrong"), problems=(f"UTF-8: {error.reason}",)
        )
    except CalendarInvalid as error:
        return _list(
            request, engine, visitor, refusal=word("calendar.wrong"), problems=_problems(error, word)
        )


@router.post("/calendars/apply")
def apply(request: Request, posted: Posted, engine: TheEngine, visitor: TheVisitor) -> Response:
    """Apply the calendar that was looked at."""
    word = Words(visitor.language)
    text, past = posted.get("text", ""), _past(posted.get("past", ""))
    try:
        done = engine.calendars.apply(
            calendar_values(text, "calendar"),
            actor=visitor.actor,
            reason=posted.get("reason", ""),
            past=past,
        )
    except ReasonMissing:
        return _previewed(request, engine, visitor, text, refusal=word("calendar.no_reason"), past=past)
    except CalendarInvalid as error:
        return _list(
            request, engine, visitor, refusal=word("calendar.wrong"), problems=_problems(error, word)
        )
    told = {"clocks": done.clocks, "cases": done.cases, "failed": len(done.failed)}
    return to_page("/calendars", **{name: str(count) for name, count in told.items()})


def _list(
    request: Request,
    engine: Engine,
    visitor: Visitor,
    *,
    done: str = "",
    refusal: str = "",
    problems: tuple[str, ...] = (),
) -> Response:
    word = Words(visitor.language)
    known = engine.calendars.all().known
    return render(
        request,
        "calendars.html",
        visitor,
        title=word("calendar.title"),
        status=422 if refusal else 200,
        done=done,
        rows=[_row(known[name], word) for name in sorted(known)],
        may_apply=on_desk(engine, visitor),
        refusal=refusal,
        problems=problems,
    )


def _previewed(
    request: Request,
    engine: Engine,
    visitor: Visitor,
    text: str,
    *,
    name: str = "calendar",
    refusal: str = "",
    past: Literal["keep", "move"] = "keep",
) -> Response:
    """Raises: CalendarInvalid."""
    word = Words(visitor.language)
    found = engine.calendars.preview(calendar_values(text, name), past=past)
    return render(
        request,
        "calendar_preview.html",
        visitor,
        title=word("calendar.preview"),
        status=422 if refusal else 200,
        preview=found,
        totals=totals(found),
        days=_days(found, word),
        rows=[_moved(engine, one, word) for one in found.rows[:_MOST_SHOWN]],
        more=max(0, len(found.rows) - _MOST_SHOWN),
        text=text,
        past=past,
        refusal=refusal,
    )


def _row(calendar: Calendar, word: Words) -> dict[str, Any]:
    english = word.language == "en"
    return {
        "name": calendar.name,
        "version": calendar.version,
        "based_on": calendar.based_on,
        "week": ", ".join(WEEKDAYS[day][english] for day in calendar.week),
        "units": [_unit(one, word) for one in calendar.units],
    }


def _unit(span: UnitSpan, word: Words) -> str:
    told = [span.unit]
    if span.first is not None:
        told.append(word("calendar.since", day=say_short(span.first, word.language)))
    if span.last is not None:
        told.append(word("calendar.until", day=say_short(span.last, word.language)))
    return " ".join(told)


def _days(found: CalendarPreview, word: Words) -> list[dict[str, str]]:
    return [
        {
            "calendar": one.calendar,
            "day": say_short(one.date, word.language),
            "becomes": word(
                "calendar.becomes_worked" if one.works else "calendar.becomes_off",
                why=one.why[word.language],
            ),
        }
        for one in found.changed[:_MOST_SHOWN]
    ]


def _moved(engine: Engine, one: MovedClock, word: Words) -> dict[str, Any]:
    definition, language = engine.definition(one.case.definition), word.language
    return {
        "case": one.case.id,
        "person": say_name(engine.chart, one.case.subject, language),
        "unit": one.case.unit,
        "clock": clock_name(definition, one.case.state, one.clock, language),
        "from": say_short(one.due_from, language),
        "to": say_short(one.counted_to, language),
        "difference": f"{one.working_days:+d}",
        "into_past": one.into_past,
    }


def _problems(error: CalendarInvalid, word: Words) -> tuple[str, ...]:
    """Each problem in the reader's language; what is wrong as a whole where there are none."""
    told, label = error.data.get("problems"), error.data.get("label")
    if isinstance(told, tuple) and told:
        return tuple(one[word.language] for one in told)
    return (label[word.language] if isinstance(label, Lines) else error.message,)


def _past(text: str) -> Literal["keep", "move"]:
    return "move" if text == "move" else "keep"
