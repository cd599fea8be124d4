"""Why a condition says no, told to one person: with the values it read only if they may read all of them."""

from __future__ import annotations

from engine.core.conditions import Verdict
from engine.core.definition import Label
from engine.core.permitting import Option, refusal_text
from engine.errors import GuardRefused
from engine.runtime import CaseView

__all__ = ["put_right", "why_refused"]

RULE_DECIDED = Label(
    id="Aturan belum mengizinkan ini; yang menentukannya tidak terbuka bagi Anda",
    en="The rules do not allow this; what they go by is not open to you",
)


def why_refused(view: CaseView, option: Option, verdict: Verdict) -> Label:
    """Why the condition of an act says no."""
    condition = option.transition.when
    if condition is not None and not view.sight.reads_names(condition, option.form):
        return RULE_DECIDED
    return refusal_text(view.definition, option.transition, verdict.reads)


def put_right(view: CaseView, trigger: str, refused: GuardRefused) -> GuardRefused:
    """A refusal as this viewer may be told it."""
    option = next(
        (one for one in view.options if trigger in {one.transition.name, one.transition.rule}), None
    )
    condition = option.transition.when if option is not None else None
    if option is None or condition is None or view.sight.reads_names(condition, option.form):
        return refused
    return GuardRefused(
        f"{trigger!r} is refused: {RULE_DECIDED.en}",
        allowed=refused.allowed,
        case=view.case.id,
        state=view.case.state,
        label=RULE_DECIDED,
        verdicts={},
    )
