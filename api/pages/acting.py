"""What is sent from a page of a case: an act, a row more or less, or a text that is to be saved and not sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api import firing
from api.pages.act_groups import Typed, group_name
from api.pages.case_page import case_page, opened, to_case
from api.pages.case_parts import arrival, history, naming
from api.pages.earlier_reasons import earlier_reasons, put_in
from api.pages.held_posts import asks_for_values, reopened
from api.pages.posted_forms import add_row, drop_row, read_form
from api.pages.posting import PostedWithFiles, Sent
from api.pages.rendering import render, to_page
from api.pages.steering_panel import refusal_of
from api.pages.told_forms import told_values, typed_texts
from api.pages.unsent_part import keeps_drafts, told_saved
from api.pages.words import Words
from api.problems import RequestInvalid, problem_of
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.definition import Label
from engine.core.permitting import Option
from engine.core.unsent import Unsent
from engine.errors import CaseClosed, Conflict, FormInvalid, ReasonMissing, Refused, SiklusError, StaleVisit
from engine.runtime import CaseView, Engine

router = APIRouter(include_in_schema=False)

#: where what was done is said; without it a browser would look for the place of the form that was sent
_TOP = "main"
_REASON = Label(id="Alasan wajib diisi.", en="A reason is needed.")
_CONFLICT = 409


@router.post("/cases/{case_id}/acts")
def act(
    request: Request, case_id: str, engine: TheEngine, visitor: TheVisitor, sent: PostedWithFiles
) -> Response:
    """An act, or what only concerns its form: saved, a row more, a row less, or just a look at it."""
    view = opened(engine, visitor, case_id)
    sent = reopened(request, visitor, sent)
    posted = sent.fields
    typed = _typed(view, sent)
    trigger = posted.get("trigger", "")
    if not trigger:
        return _unsent(request, engine, visitor, view, typed, posted)
    beside = _beside(engine, visitor, view, typed, posted)
    if beside is not None:
        return case_page(request, visitor, view, typed=replace(typed, beside=beside), status=_CONFLICT)
    form = typed.group.partition(":")[2]
    try:
        done = firing.fire(
            engine,
            visitor,
            case_id,
            trigger,
            forms={form: typed.values} if form else {},
            reason=typed.reason,
            visit=_number(posted, "visit"),
            key=firing.checked_key(posted.get("key") or None),
            seen=posted.get("seen", ""),
            files=sent.files,
        )
    except (Refused, Conflict) as refused:
        _saved(engine, visitor, view, typed, posted)
        return _refused(request, visitor, opened(engine, visitor, case_id), typed, trigger, refused)
    engine.unsent.drop(case_id, visitor.key, typed.group)
    return to_case(engine, done, trigger)


def _unsent(
    request: Request, engine: Engine, visitor: Visitor, view: CaseView, typed: Typed, posted: dict[str, str]
) -> Response:
    """What was typed, saved and not sent; or both texts, where another one was saved meanwhile."""
    op, word = posted.get("op", ""), Words(visitor.language)
    if op == "discard":
        engine.unsent.drop(view.case.id, visitor.key, typed.group)
        return to_page(f"/cases/{view.case.id}", at=_TOP, done="discarded")
    if op == "take":
        return case_page(request, visitor, view, typed=_taken(engine, visitor, view, typed))
    typed = _changed(_with_reason(engine, visitor, view, typed, op), posted)
    beside = _saved(engine, visitor, view, typed, posted)
    if asks_for_values(request):
        return _told(engine, visitor, view, typed.group, beside, word)
    typed = replace(typed, beside=beside)
    status = 200 if beside is None else _CONFLICT
    return case_page(request, visitor, view, typed=typed, status=status)


def _saved(
    engine: Engine, visitor: Visitor, view: CaseView, typed: Typed, posted: dict[str, str]
) -> Unsent | None:
    """Keep what was typed, where a draft may be kept; the text that stands in the way, if there is one."""
    if not _may_save(view, typed) or not (typed.reason or any(typed.values.values())):
        return None
    begun_with = _number(posted, "unsent") or 0
    kept = engine.unsent.save(
        view.case.id, visitor.key, typed.group, typed.values, typed.reason, begun_with=begun_with
    )
    return kept.text if kept.beside else None


def _may_save(view: CaseView, typed: Typed) -> bool:
    offered = [one for one in view.options if one.role is not None and group_name(one) == typed.group]
    return bool(offered) and all(keeps_drafts(view, one) for one in offered)


def _beside(
    engine: Engine, visitor: Visitor, view: CaseView, typed: Typed, posted: dict[str, str]
) -> Unsent | None:
    """Another text that was saved since the page was opened from which this one is sent."""
    begun_with = _number(posted, "unsent")
    if begun_with is None or not _may_save(view, typed):
        return None
    there = engine.unsent.of(view.case.id, visitor.key).get(typed.group)
    return there if there and there.stands_beside(begun_with, typed.values, typed.reason) else None


def _taken(engine: Engine, visitor: Visitor, view: CaseView, typed: Typed) -> Typed:
    """The text that was saved in the form, and the one that was typed beside it."""
    there = engine.unsent.of(view.case.id, visitor.key).get(typed.group)
    if there is None:  # sent or let go elsewhere meanwhile
        return typed
    beside = replace(there, values=typed.values, reason=typed.reason)
    return replace(typed, values=there.values, reason=there.reason, beside=beside)


def _told(
    engine: Engine, visitor: Visitor, view: CaseView, group: str, beside: Unsent | None, word: Words
) -> Response:
    """What became of a saving, for the page's script."""
    there = engine.unsent.of(view.case.id, visitor.key).get(group)
    told, well = told_saved(view, word, there, beside)
    return JSONResponse(told, status_code=200 if well else _CONFLICT)


def _typed(view: CaseView, sent: Sent) -> Typed:
    """What was sent for a group of acts. Raises: RequestInvalid if it names a form that does not exist."""
    values = sent.fields
    group = values.get("group", "")
    form = group.partition(":")[2]
    if form and form not in view.definition.forms:
        raise RequestInvalid(f"there is no form {form[:40]!r}; open the case and fill in what it shows")
    read = read_form(view.definition, view.definition.forms[form], values, sent.named) if form else {}
    return Typed(group=group, values=read, reason=values.get("reason", ""))


def _changed(typed: Typed, values: dict[str, str]) -> Typed:
    """The form with a row more or less, as its button says; what was typed stays."""
    kind, _, path = values.get("op", "").partition(":")
    inner = path.partition(".")[2]
    kept = dict(typed.values)
    if kind == "add":
        add_row(kept, inner)
    elif kind == "drop":
        drop_row(kept, inner)
    notice = "form.row_added" if kind in {"add", "drop"} else typed.notice
    return replace(typed, values=kept, notice=notice)


def _with_reason(engine: Engine, visitor: Visitor, view: CaseView, typed: Typed, op: str) -> Typed:
    """The form with an earlier reason put in, if that is what the button says."""
    if not op.startswith("reason:"):
        return typed
    offered = earlier_reasons(engine, visitor, view, Words(visitor.language))
    reason = put_in(op, offered, typed.reason)
    return typed if reason is None else replace(typed, reason=reason, notice="acts.reason_put_in")


def _number(values: dict[str, str], name: str) -> int | None:
    told = values.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None  # noqa: PLR2004 - digits


def _refused(
    request: Request, visitor: Visitor, view: CaseView, typed: Typed, trigger: str, refused: SiklusError
) -> Response:
    """The same page with everything typed and what is wrong; or, if the case went on without it, the text kept."""
    offered = [
        one for one in view.options if group_name(one) == typed.group and one.transition.name == trigger
    ]
    stale = isinstance(refused, StaleVisit | CaseClosed)
    if stale or not any(one.role is not None for one in offered):
        return _kept(request, visitor, view, typed, refused, offered)
    problem = problem_of(refused)
    language = visitor.language
    problems = dict(problem.problems) if isinstance(refused, FormInvalid) else {}
    if isinstance(refused, ReasonMissing):
        problems["reason"] = _REASON
    refusal = "" if problems else refusal_of(refused, problem.title, language)
    again = Typed(
        group=typed.group, values=typed.values, reason=typed.reason, problems=problems, refusal=refusal
    )
    return case_page(request, visitor, view, status=problem.status, typed=again)


def _kept(
    request: Request,
    visitor: Visitor,
    view: CaseView,
    typed: Typed,
    refused: SiklusError,
    offered: list[Option],
) -> Response:
    word = Words(visitor.language)
    problem = problem_of(refused)
    form = view.definition.forms.get(typed.group.partition(":")[2])
    lines = (
        tuple(
            typed_texts(
                told_values(view.definition, form.name, typed.values, word.language, naming(view, word))
            )
        )
        if form
        else ()
    )
    return render(
        request,
        "kept.html",
        visitor,
        title=problem.title[word.language],
        status=problem.status,
        case=view.case,
        state=view.definition.texts.label("states", view.case.state)[word.language],
        arrived=arrival(view, history(view, (), visitor.key, word)),
        lines=lines,
        lost=[file.name for line in lines for file in line.files if not file.size],
        reason=typed.reason,
        sent=_flat(typed) if any(one.role is not None for one in offered) else (),
    )


def _flat(typed: Typed) -> tuple[tuple[str, str], ...]:
    """What was typed as fields to be sent once more."""
    pairs = [("group", typed.group), ("reason", typed.reason)]

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, f"{path}.{name}")
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            pairs.append((path, "\n".join(value)))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict) and item.keys() == {"name", "sha256"}:
                    pairs.append(
                        (f"{path}[{item['sha256']}]", item["name"])
                    )  # only what is attached already stands
                    continue
                pairs.append((f"{path}[{number}]", "row"))
                walk(item, f"{path}[{number}]")
        else:
            pairs.append((path, str(value)))

    walk(dict(typed.values), typed.group.partition(":")[2])
    return tuple(pairs)
