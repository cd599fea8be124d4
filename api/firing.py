"""Acts and steering as they come in over the web, for routes and pages alike.

The engine decides. Here a refusal is put right for its reader: who may not even open the case learns nothing from it,
and a page that is older than the case is told so before anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api import refusing
from api.policy import case_for, demand_case_by_id, demand_journals
from api.problems import RequestInvalid
from api.visiting import Visitor
from engine.core.attachments import NO_FILES
from engine.core.command import (
    Acknowledge,
    AddEntry,
    AnswerQuestion,
    CheckEntries,
    Command,
    QuestionSuperior,
    ReleaseEntries,
    Undo,
)
from engine.core.effects import Step
from engine.errors import GuardRefused, Refused, StaleVisit, UnknownTrigger, WrongPerson
from engine.runtime import Engine, Fired

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_VISIT = re.compile(r'"(\d{1,9})"')


def fire(  # noqa: PLR0913 - all that a request may say of an act
    engine: Engine,
    visitor: Visitor,
    case_id: str,
    trigger: str,
    *,
    forms: Mapping[str, Mapping[str, Any]],
    reason: str,
    visit: int | None,
    key: str | None,
    seen: str = "",
    files: Mapping[str, bytes] = NO_FILES,
) -> Fired:
    """What came of an act. Raises: NotYours, NotFound, IdempotencyMismatch, Conflict and every Refused."""
    demand_case_by_id(engine, visitor, case_id, "case.act")
    try:
        return engine.fire(
            case_id,
            trigger,
            actor=visitor.actor,
            forms=forms,
            reason=reason,
            visit=visit,
            seen=seen,
            key=key,
            files=files,
        )
    except Refused as refused:
        raise put_right(engine, visitor, case_id, refused, visit, trigger) from refused


def obey(engine: Engine, visitor: Visitor, case_id: str, command: Command, *, key: str | None) -> Fired:
    """What came of any other command: steering, an entry, a look at a breach. Raises: as `fire`."""
    _demand(engine, visitor, case_id, command)
    try:
        return engine.obey(case_id, command, key=key)
    except Refused as refused:
        raise put_right(engine, visitor, case_id, refused, None) from refused


def release(
    engine: Engine, visitor: Visitor, case_id: str, command: ReleaseEntries, *, key: str | None
) -> Fired:
    """What came of a look at held entries. Raises: as `fire`."""
    demand_case_by_id(engine, visitor, case_id, "case.release")
    try:
        return engine.release(case_id, command, key=key)
    except Refused as refused:
        raise put_right(engine, visitor, case_id, refused, None) from refused


def invite(engine: Engine, visitor: Visitor, case_id: str, journal: str) -> str:
    """The token of a new link for people from outside. Raises: as `fire`."""
    demand_journals(engine, visitor, case_for(engine, visitor, case_id), "journal.write")
    try:
        return engine.invite(case_id, journal, actor=visitor.actor)
    except Refused as refused:
        raise put_right(engine, visitor, case_id, refused, None) from refused


def preview(
    engine: Engine,
    visitor: Visitor,
    case_id: str,
    trigger: str,
    *,
    forms: Mapping[str, Mapping[str, Any]],
    reason: str,
    files: Mapping[str, bytes] = NO_FILES,
) -> tuple[Step, ...]:
    """What an act would come to; nothing is kept. Raises: as `fire`."""
    demand_case_by_id(engine, visitor, case_id, "case.act")
    try:
        return engine.preview(case_id, trigger, actor=visitor.actor, forms=forms, reason=reason, files=files)
    except Refused as refused:
        raise put_right(engine, visitor, case_id, refused, None, trigger) from refused


def visit_of(if_match: str | None) -> int | None:
    """The visit an `If-Match` header names: `"7"` is 7; `*` and no header are None. Raises: RequestInvalid."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _VISIT.fullmatch(if_match.strip())
    if found is None:
        raise RequestInvalid(
            f'If-Match names the visit in quotes, as the ETag of the case does: "7"; this says {if_match[:40]!r}',
            problems={"If-Match": 'a visit in quotes, like "7"'},
        )
    return int(found[1])


def checked_key(key: str | None) -> str | None:
    """An idempotency key as it may be kept. Raises: RequestInvalid."""
    if key is None or _KEY.fullmatch(key):
        return key
    raise RequestInvalid(
        "an Idempotency-Key is 1 to 200 visible ASCII characters without spaces",
        problems={"Idempotency-Key": "1 to 200 visible ASCII characters without spaces"},
    )


def _demand(engine: Engine, visitor: Visitor, case_id: str, command: Command) -> None:
    """Raises: NotFound, NotYours."""
    match command:
        case AddEntry() | CheckEntries():
            demand_journals(engine, visitor, case_for(engine, visitor, case_id), "journal.write")
        case Acknowledge() | QuestionSuperior() | AnswerQuestion() | Undo():
            demand_case_by_id(engine, visitor, case_id, "case.act")
        case _:
            demand_case_by_id(engine, visitor, case_id, "case.steer")


def put_right(
    engine: Engine, visitor: Visitor, case_id: str, refused: Refused, visit: int | None, trigger: str = ""
) -> Refused:
    """A refusal as this visitor may be told it: a page that is older than the case is told so before anything else."""
    view = case_for(engine, visitor, case_id)
    moved_on = visit is not None and visit != view.case.visit and not view.case.ended
    if moved_on and isinstance(refused, UnknownTrigger | WrongPerson):
        return StaleVisit(
            f"the case has moved on since your page was opened (visit {visit}, now {view.case.visit} in"
            f" {view.case.state!r})",
            allowed=refused.allowed,
            case=case_id,
            state=view.case.state,
            visit=view.case.visit,
        )
    return refusing.put_right(view, trigger, refused) if isinstance(refused, GuardRefused) else refused
