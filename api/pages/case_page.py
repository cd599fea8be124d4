"""The page of a case: where it stands, whose turn, what is due and what follows, the acts, and what has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.answering import carried, shown
from api.case_shapes import PARENT
from api.pages.act_groups import Typed, act_groups
from api.pages.beside_part import beside
from api.pages.case_parts import (
    arrival,
    as_of,
    history,
    journal_lines,
    phase_line,
    readable_figures,
    readable_forms,
    shown_now,
    whose_turn,
)
from api.pages.earlier_reasons import earlier_reasons
from api.pages.fact_words import awaited, others_of
from api.pages.gathering_part import collected, gathering_part
from api.pages.journal_entries import progress
from api.pages.ladder_part import ladder_part
from api.pages.last_period import last_period
from api.pages.rendering import render, to_page
from api.pages.sides_part import sides_of
from api.pages.steering_panel import Steered, steering_panel
from api.pages.superior_part import Questioning, superior_part
from api.pages.superseded_part import superseded
from api.pages.undo_part import undo_part
from api.pages.which_cycle import cycle_title
from api.pages.words import WORDS, Words
from api.policy import case_for, demand_case
from api.visiting import Visitor, engine_of
from engine.core.assigning import on_personnel_desk
from engine.core.case import Task
from engine.core.correction_acts import own_acts
from engine.core.definition import Language
from engine.core.delegating import stand_ins_of
from engine.core.labels import transition_label
from engine.core.lateness import is_overdue
from engine.core.promised import may_acknowledge
from engine.core.telling import (
    held_by,
    say_date,
    say_day,
    say_list,
    say_name,
    tell,
)
from engine.core.telling_gathering import hides_names
from engine.core.telling_parts import say_part, say_weighing
from engine.core.telling_promises import tell_promises
from engine.core.telling_standing import say_task_due
from engine.core.telling_sums import say_task_sum
from engine.runtime import CaseView, Engine, Fired, LinkedCase
from engine.store import queries

#: what hinders an opening, by the error's code
_TROUBLES = {
    "not_found": "case.trouble_not_found",
    "launch_invalid": "case.trouble_launch_invalid",
    "nobody_found": "case.trouble_nobody_found",
}
#: what the page says after a step that is no act of the definition
_SAID = {
    "acknowledged": "promises.done",
    "discarded": "unsent.discarded",
    "taken-back": "undo.done",
    "superior-asked": "superior.sent",
    "superior-answered": "superior.told",
}
#: promises whose look was refused, and why
_NOTHING: Mapping[int, str] = {}
#: statuses from here on tell of a refusal
_REFUSED = 400


def opened(engine: Engine, visitor: Visitor, case_id: str) -> CaseView:
    """A case as this visitor may see it. Raises: NotFound, NotYours."""
    view = case_for(engine, visitor, case_id)
    demand_case(engine, visitor, view.case)
    engine.privacy.reads.seen(view, visitor.key)
    return view


def to_case(engine: Engine, done: Fired, what: str) -> Response:
    """On to the page of a case where something was done, with the receipt for it."""
    again = {"again": "1"} if done.repeated else {}
    # Without a place a browser would look for that of the form that was sent.
    return to_page(f"/cases/{done.case.id}", at="main", done=what, **again, **carried(engine, done))


def case_page(  # noqa: PLR0913 - what may be said on top of a page
    request: Request,
    visitor: Visitor,
    view: CaseView,
    *,
    status: int = 200,
    done: str = "",
    typed: Typed | None = None,
    steered: Steered | None = None,
    task_id: str = "",
    unseen: Mapping[int, str] = _NOTHING,
    not_undone: str = "",
    receipt: str = "",
    questioning: Questioning | None = None,
) -> HTMLResponse:
    """The page, with what was typed and what was wrong with it put back in its place."""
    word = Words(visitor.language)
    case, chart = view.case, view.scene.chart
    engine, track = engine_of(request), view.case.definition.partition("#")[2]
    held = held_by(view.standing, visitor.key, task_id)
    told = tell(view.standing, word.language, viewer=visitor.key, roles=sorted(view.roles), task_id=task_id)
    with engine.database.read() as snapshot:
        written = queries.written(snapshot, case.id)
    subject, reads_first = say_name(chart, case.subject, word.language), _reads_first(view)
    events = history(view, written, visitor.key, word)
    return render(
        request,
        "case.html",
        visitor,
        title=word("case.title", person=subject),
        status=status,
        done=done,
        receipt=quote(shown(engine, case.id, receipt)),
        view=view,
        case=case,
        subject=subject,
        cycle=cycle_title(view.definition, (case.period_from, case.period_to), word),
        awaited=awaited(view.definition, case, word, others_of(engine, view.definition)),
        state=view.definition.texts.label("states", case.state)[word.language],
        rules=case.definition.partition("#")[0],
        place=f"{track}/{case.state}" if track else case.state,
        telling=told,
        ladder=ladder_part(view, told, visitor.key, word),
        phases=phase_line(view, word),
        as_of=as_of(view, word),
        groups=act_groups(
            view,
            visitor.key,
            word,
            typed,
            engine.unsent.of(case.id, visitor.key) if view.options else {},
            earlier_reasons(engine, visitor, view, word),
        ),
        visitor_key=visitor.key,
        script=True,
        forms=readable_forms(view, word),
        journals=journal_lines(view, word),
        figures=readable_figures(view, word),
        beside=beside(view, word),
        progress=progress(view, word),
        before=last_period(engine, visitor, view, word) if reads_first else None,
        parts=[(one.case, say_part(one, word.language)) for one in view.parts],
        weighing=say_weighing(view.definition, view.sight, word.language),
        gathering=gathering_part(view, visitor.key, word),
        collected=collected(view, word),
        sides=sides_of(view, visitor.key, word),
        events=events,
        opened_by_glass=[
            word(
                "glass.case",
                glass=one.id,
                name=say_name(chart, one.person, word.language) if one.person else one.account,
            )
            for one in view.scene.glass
            if case.id in one.cases
        ],
        linked=[_linked(view, one, visitor.key, word) for one in view.linked],
        superseded=superseded(view, written, visitor.key, word),
        arrived=arrival(view, events),
        reads_first=reads_first,
        failed=status >= _REFUSED,
        steering=steering_panel(view, visitor.key, word, steered),
        promises=tell_promises(view.definition, case, chart, view.scene.calendar, word.language),
        may_acknowledge=may_acknowledge(case, visitor.key, view.scene),
        unseen=unseen,
        superior=superior_part(view, written, visitor.key, word, questioning),
        undo=undo_part(view, visitor.key, word.language),
        documented_here=engine.privacy.documents.may_make(view, visitor.key),
        not_undone=not_undone,
        notice=word(typed.notice) if typed is not None and typed.notice else "",
        **_standing(view, held, word, engine.latest_end(case)),
    )


def _linked(view: CaseView, told: LinkedCase, viewer: str, word: Words) -> dict[str, str]:
    """A linked case in words: which it is, of which period, and where it stands or why there is none."""
    language, other = word.language, told.case
    label = view.definition.texts.labels["linked"].get(told.link, PARENT)[language]
    if other is None or told.definition is None:
        return {
            "id": "",
            "label": label,
            "since": "",
            "standing": _hindrance(view, told, viewer, word)
            or word(f"case.linked_{told.outcome or 'waiting'}"),
        }
    state = told.definition.texts.label("states", other.state)[language]
    # A track is about the same period as its case: only another one is worth a word.
    other_period = other.period_from != view.case.period_from
    since = say_date(other.period_from, language) if other_period else ""
    return {"id": other.id, "label": label, "since": since, "standing": state}


def _hindrance(view: CaseView, told: LinkedCase, viewer: str, word: Words) -> str:
    """Why a case could not be opened yet, for the personnel desk, who can do something about it."""
    if told.trouble is None or not on_personnel_desk(view.case, viewer, view.scene):
        return ""
    key = _TROUBLES.get(told.trouble.code)
    return word(key) if key else word("case.trouble", reason=told.trouble)


def done_sentence(view: CaseView, done: str, *, again: bool, word: Words) -> str:
    """What the page says after an act or a step of steering; "" for a name it does not know."""
    if again:
        return word("acts.again")
    if done in _SAID:
        return word(_SAID[done])
    if f"steer.done.{done}" in WORDS:
        return word(f"steer.done.{done}")
    for state in view.definition.states.values():
        for way in (*state.transitions, *own_acts(view.definition, state)):
            if way.name == done:
                return word("acts.done", act=transition_label(view.definition, way)[word.language])
    return ""


def _reads_first(view: CaseView) -> bool:
    """Whether this visitor's own step rests on what the case shows."""
    case = view.case
    mine = any(one.task in case.waiting for one in view.held)
    shown = shown_now(view.definition.states[case.state])
    written = any(one.journal.name in shown and one.pages for one in view.journals)
    there = written or any(name in view.contents or name in view.gathered for name in shown)
    return mine and (there or bool(view.beside) or _worked_out(view, shown))


def _worked_out(view: CaseView, shown: Sequence[str]) -> bool:
    return not view.figures.keys().isdisjoint(shown)


def _standing(view: CaseView, held: Task | None, word: Words, latest: date | None) -> dict[str, Any]:
    """Whose turn it is since when and until when, what is overdue or paused, and by when it ends at the latest."""
    case, scene, language = view.case, view.scene, word.language
    due, today = "", scene.today(case.zone)
    if case.waiting:
        task = held if held is not None and held in case.tasks else case.waiting[0]
        due = say_task_due(view.definition, case, task, scene.calendar, today, language)
    return {
        "turn": whose_turn(view, word),
        "due": due,
        "sum": say_task_sum(view.definition, case, scene.calendar, language) if due else (),
        "mine": held is not None,
        "overdue": any(is_overdue(case, one, today) for one in case.waiting),
        "sleeps": say_day(scene.calendar.date_of(case.sleeps_until, case.zone), language)
        if case.sleeps_until is not None
        else "",
        "latest": say_day(latest, language) if latest and not case.ended else "",
        "stand_ins": _stand_ins(view, language),
    }


def _stand_ins(view: CaseView, language: Language) -> str:
    """Those who may do the waiting work for its holders, where names may be told."""
    case, scene = view.case, view.scene
    if hides_names(view.definition, case.state):
        return ""
    keys = [key for task in case.waiting for key in stand_ins_of(view.definition, case, task, scene)]
    return say_list((say_name(scene.chart, key, language) for key in dict.fromkeys(keys)), language)
