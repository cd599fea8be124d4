"""The rows of a bulk as programs read them."""

from __future__ import annotations

from typing import Literal

from api.refusal_words import say_refusal
from api.schemas import Out, Text
from engine.errors import SiklusError
from engine.runtime import Looked, Result


class BulkRowOut(Out):
    """What one row came to, or would come to: "ready" rows would be done and lead to `state`.

    A refused one has the code of its refusal and says why; `repeated` was done before by this very request.
    """

    case: str
    outcome: Literal["ready", "done", "refused", "not_tried"]
    state: str | None = None
    repeated: bool = False
    code: str = ""
    reason: Text | None = None


class BulkOut(Out):
    """A bulk row by row, those that are refused first. With `dry_run` nothing was done."""

    dry_run: bool
    rows: list[BulkRowOut]


def looked_out(one: Looked) -> BulkRowOut:
    """What one row would come to."""
    return BulkRowOut(
        case=one.row.case,
        outcome="refused" if one.refused else "ready",
        state=one.case.state if one.case else None,
        code=one.refused.code if one.refused else "",
        reason=_why(one.refused),
    )


def result_out(one: Result) -> BulkRowOut:
    """What came of one row."""
    return BulkRowOut(
        case=one.row.case,
        outcome=one.outcome,
        repeated=one.repeated,
        code=one.refused.code if one.refused else "",
        reason=_why(one.refused),
    )


def _why(error: SiklusError | None) -> Text | None:
    return None if error is None else Text(id=say_refusal(error, "id"), en=say_refusal(error, "en"))
