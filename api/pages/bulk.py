"""The same in many cases: what would come of it, exceptions first; then what came of it, row by row.

Nothing is kept between the pages but what they send: the rows as they were seen, the act, its reason, and the key.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import bulk_acts, firing
from api.bulk_acts import token_of
from api.pages.posting import Posted
from api.pages.rendering import render
from api.pages.steering_panel import VERBS, command_of
from api.pages.which_cycle import cycle_title
from api.pages.words import Words
from api.problems import RequestInvalid
from api.refusal_words import say_refusal
from api.visiting import TheEngine, TheVisitor, Visitor
from engine.core.bulk import BulkCommand, BulkRow
from engine.core.case import Case
from engine.core.command import Fire, Undo
from engine.core.definition import By, Label
from engine.core.labels import transition_label
from engine.core.telling import say_name
from engine.core.telling_days import say_instant
from engine.core.undoing import open_to
from engine.errors import NotFound, NotYours, SiklusError
from engine.runtime import Engine
from engine.store import queries

router = APIRouter(include_in_schema=False)

#: what a page asks besides the rows, and sends on
_SENT_ON = ("act", "amount", "kind", "to")
#: stands for a reason that is still to be given when it is only looked at what would come
_TO_COME = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be done: the command, the workflow it keeps to, what it is called, and whether it needs a reason."""

    command: BulkCommand
    workflow: str
    label: str
    needs_reason: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row on a page: whose case it is and where it stands or would stand, and why it is refused."""

    name: str
    value: str
    case_id: str
    title: str
    place: str
    note: str
    #: the row as it is now, if what was done can still be taken back, and until when
    undo: str = ""
    until: str = ""


@router.post("/bulk/look")
def look(request: Request, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """What would come of it; nothing is done."""
    bulk_acts.demand_somebody(visitor)
    return _looked(request, engine, visitor, posted)


@router.post("/bulk")
def do(request: Request, engine: TheEngine, visitor: TheVisitor, posted: Posted) -> Response:
    """Do it, and tell what came of each row; what is left can be gone on with."""
    bulk_acts.demand_somebody(visitor)
    rows, asked = _rows(posted), _asked(engine, visitor, posted)
    if asked.needs_reason and not asked.reason:
        return _looked(request, engine, visitor, posted, refusal=Words(visitor.language)("bulk.need_reason"))
    key = firing.checked_key(posted.get("key") or None) or secrets.token_urlsafe(16)
    report = bulk_acts.apply(engine, visitor, rows, asked.command, key=key, workflow=asked.workflow)
    show = _Telling(engine, visitor, [one.row for one in report.results], asked)
    refused, left, done = (report.those(outcome) for outcome in ("refused", "not_tried", "done"))
    return render(
        request,
        "bulk_done.html",
        visitor,
        title=Words(visitor.language)("bulk.title"),
        status=200 if not refused else 207 if done or left else 409,
        asked=asked,
        sent_on=_sent_on(posted, key),
        refused=[show.line(one.row, one.refused) for one in refused],
        left=[show.line(one.row, one.refused) for one in left],
        finished=[show.done(one.row) for one in done],
        steers=not isinstance(asked.command, Fire | Undo),
    )


def _looked(
    request: Request, engine: Engine, visitor: Visitor, posted: Mapping[str, str], *, refusal: str = ""
) -> Response:
    rows, asked = _rows(posted), _asked(engine, visitor, posted, anyhow=True)
    found = bulk_acts.look(engine, visitor, rows, asked.command, asked.workflow)
    show = _Telling(engine, visitor, rows, asked)
    return render(
        request,
        "bulk_look.html",
        visitor,
        title=Words(visitor.language)("bulk.title"),
        status=422 if refusal else 200,
        asked=asked,
        refusal=refusal,
        sent_on=_sent_on(posted, secrets.token_urlsafe(16)),
        exceptions=[show.line(one.row, one.refused) for one in found if one.refused],
        ready=[show.line(one.row, None, one.case) for one in found if not one.refused],
        steers=not isinstance(asked.command, Fire | Undo),
    )


class _Telling:
    """Tells rows by whose case they are; of a case that is not this visitor's nothing but its id."""

    def __init__(self, engine: Engine, visitor: Visitor, rows: Iterable[BulkRow], asked: Asked) -> None:
        self._engine, self._word, self._asked = engine, Words(visitor.language), asked
        self._chart, self._who = engine.chart, visitor.key
        with engine.database.read() as view:
            ids = [one.case for one in rows]
            self._cases = {one.id: one for one in queries.cases(view, ids=ids, limit=bulk_acts.MOST_ROWS)}

    def line(self, row: BulkRow, refused: SiklusError | None, after: Case | None = None) -> Line:
        case = None if isinstance(refused, NotYours | NotFound) else self._cases.get(row.case)
        language = self._word.language
        title, place = self._word("bulk.some_case", id=row.case), ""
        if case is not None:
            definition = self._engine.definition(case.definition)
            title = say_name(self._chart, case.subject, language)
            period = (case.period_from, case.period_to)
            state = definition.texts.label("states", case.state)[language]
            place = f"{state} · {cycle_title(definition, period, self._word)}"
        note = say_refusal(refused, language) if refused is not None else ""
        if after is not None and case is not None and after.state != case.state:
            rules = self._engine.definition(after.definition)
            note = self._word("bulk.leads", state=rules.texts.label("states", after.state)[language])
        return Line(
            name=f"row.{row.case}",
            value=token_of(row),
            case_id="" if case is None else row.case,
            title=title,
            place=place,
            note=note,
        )

    def done(self, row: BulkRow) -> Line:
        """A row that was done, with what it takes to take it back."""
        line, case = self.line(row, None), self._cases.get(row.case)
        offer = open_to(case, self._who, self._engine.now()) if case is not None else None
        if case is None or offer is None:
            return line
        calendar = self._engine.calendars.of(case)
        return replace(
            line,
            undo=token_of(BulkRow(case=case.id, visit=case.visit, seq=case.seq)),
            until=say_instant(offer.until, case.zone, calendar, self._word.language),
        )


def _rows(posted: Mapping[str, str]) -> tuple[BulkRow, ...]:
    return bulk_acts.rows_of(value for name, value in posted.items() if name.startswith("row."))


def _sent_on(posted: Mapping[str, str], key: str) -> list[tuple[str, str]]:
    return [*((name, posted[name]) for name in _SENT_ON if name in posted), ("key", key)]


def _asked(engine: Engine, visitor: Visitor, posted: Mapping[str, str], *, anyhow: bool = False) -> Asked:
    """What a page asks for; with `anyhow` a reason still to come stands for one. Raises: RequestInvalid."""
    word, reason = Words(visitor.language), posted.get("reason", "").strip()
    kind, _, rest = posted.get("act", "").partition(":")
    stand_in = reason or (_TO_COME if anyhow else "")
    if kind == "steer" and rest in VERBS:
        command = command_of(engine, visitor, rest, {**posted, "reason": stand_in})
        return Asked(
            command=command,
            workflow="",
            label=word(f"steer.{rest}"),
            needs_reason=True,
            reason=reason,
        )
    if kind == "undo":
        return Asked(
            command=Undo(actor=visitor.actor, reason=reason),
            workflow="",
            label=word("bulk.take_back"),
            needs_reason=False,
            reason=reason,
        )
    workflow, _, trigger = rest.partition(":")
    way = _way(engine, workflow, trigger) if kind == "fire" else None
    if way is None:
        raise RequestInvalid("there is no such act; open the list again and choose one it offers")
    label, needs_reason = way
    fired = Fire(trigger=trigger, actor=visitor.actor, reason=stand_in if needs_reason else reason)
    return Asked(
        command=fired,
        workflow=workflow,
        label=label[word.language],
        needs_reason=needs_reason,
        reason=reason,
    )


def _way(engine: Engine, workflow: str, rule: str) -> tuple[Label, bool] | None:
    """What an act is called in the newest version that knows it, and whether it needs a reason."""
    base, _, track = workflow.partition("#")
    known = [one.digest for one in engine.definitions() if one.workflow == base]
    for digest in reversed(known):
        whole = engine.definition(digest)
        definition = whole.tracks.get(track) if track else whole
        for state in definition.states.values() if definition is not None else ():
            for way in state.transitions:
                if definition is not None and rule in {way.rule, way.name} and isinstance(way.trigger, By):
                    return transition_label(definition, way), way.reason_required
    return None
