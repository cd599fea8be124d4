"""The reasons somebody gave before, offered where the same act asks for one: to be chosen, changed and then sent.

Only their own are offered, of cases they may still read; nobody else is shown that they are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.words import Words
from api.policy import asker_of
from api.visiting import Visitor
from engine.core.labels import transition_label
from engine.core.permitting import Option
from engine.core.telling_days import say_date
from engine.core.zones import local_date
from engine.runtime import CaseView, Engine

__all__ = ["NO_REASONS", "EarlierReason", "earlier_reasons", "put_in"]

_PREFIX = "reason:"
#: how many are offered for one form
_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReason:
    """One to choose: what its button sends, its words, the act it was for, and when it was given."""

    op: str
    text: str
    rule: str
    head: str


NO_REASONS: Sequence[EarlierReason] = ()


def earlier_reasons(
    engine: Engine, visitor: Visitor, view: CaseView, word: Words
) -> tuple[EarlierReason, ...]:
    """What this visitor wrote before for acts that ask for a reason now, newest first."""
    labels = _asking(view.options, view, word)
    if not labels:
        return ()
    given = engine.reasons.earlier(
        asker_of(engine, visitor), workflow=view.definition.workflow, acts=labels, most=_MOST
    )
    return tuple(
        EarlierReason(
            op=f"{_PREFIX}{one.case_id}:{one.seq}",
            text=one.text,
            rule=one.act,
            head=f"{labels[one.act]}, {say_date(local_date(one.at, view.case.zone), word.language)}",
        )
        for one in given
    )


def put_in(op: str, offered: Sequence[EarlierReason], reason: str) -> str | None:
    """The reason with the chosen one in it, what was typed before it kept; None if nothing was chosen."""
    chosen = next((one.text for one in offered if one.op == op), None)
    if chosen is None:
        return None
    typed = reason.strip()
    return chosen if not typed or typed == chosen.strip() else f"{typed}\n{chosen}"


def _asking(options: Sequence[Option], view: CaseView, word: Words) -> Mapping[str, str]:
    """The acts that need a reason of this visitor, and what they are called."""
    return {
        one.transition.rule: transition_label(view.definition, one.transition)[word.language]
        for one in options
        if one.role is not None and one.needs_reason and not one.exhausted
    }
