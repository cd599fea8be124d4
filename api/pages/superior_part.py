"""The part of a case's page about whose superior is right: to ask, that it was asked, and to answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.pages.words import Words
from engine.core.case import Questioned
from engine.core.codec import decode
from engine.core.draft import REASON
from engine.core.questioning import may_answer, may_question, meant_by, named_superior
from engine.core.telling import say_name
from engine.core.telling_days import say_due
from engine.runtime import CaseView
from engine.store.values import Written

__all__ = ["Questioning", "SuperiorPart", "superior_part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questioning:
    """What was sent, and why it was refused."""

    values: Mapping[str, str]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorPart:
    """`asks` the subject, `answers` the desk, or neither: then it only says that it was asked.

    `named` is whom the record names now; `people` are those the subject may mean, number and name, by unit.
    """

    asks: bool
    answers: bool
    named: str
    asked: tuple[str, ...] = ()
    quote: str = ""
    people: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    changed: bool = False
    key: str = ""
    refusal: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def superior_part(
    view: CaseView, written: tuple[Written, ...], viewer: str, word: Words, sent: Questioning | None
) -> SuperiorPart | None:
    """What a reader of the case sees of it; None where there is nothing to ask and nothing was asked."""
    case, scene = view.case, view.scene
    asked = case.questioned
    if asked is None and not may_question(case, viewer):
        return None
    named = named_superior(case, scene)
    answers = may_answer(case, viewer, scene)
    reads = answers or viewer == case.subject
    return SuperiorPart(
        asks=asked is None,
        answers=answers,
        named=say_name(scene.chart, named, word.language) if named else "",
        asked=() if asked is None else _asked(view, asked, word),
        quote="" if asked is None or not reads else _reason(written, asked.entry),
        people=_people(view) if asked is None else {},
        changed=asked is not None and asked.named != named,
        key=secrets.token_urlsafe(16),
        refusal=sent.refusal if sent else "",
        values=sent.values if sent else {},
    )


def _asked(view: CaseView, asked: Questioned, word: Words) -> tuple[str, ...]:
    """That it was asked, whom the subject means, and who answers until when."""
    chart, language, case = view.scene.chart, word.language, view.case
    assert asked.task.due_on is not None, "the desk's task has a due day"
    due = say_due(asked.task.due_on, case.zone, view.scene.calendar, view.scene.today(case.zone), language)
    subject = say_name(chart, case.subject, language)
    named = say_name(chart, asked.named, language) if asked.named else word("superior.nobody")
    lines = [word("superior.asked", subject=subject, named=named)]
    if asked.meant:
        lines.append(word("superior.means", name=say_name(chart, asked.meant, language)))
    lines.append(word("superior.waits", name=say_name(chart, asked.task.holder, language), due=due))
    return tuple(lines)


def _reason(written: tuple[Written, ...], seq: int) -> str:
    return next((str(decode(one.value)) for one in written if one.seq == seq and one.form == REASON), "")


def _people(view: CaseView) -> dict[str, tuple[tuple[str, str], ...]]:
    units: dict[str, list[tuple[str, str]]] = {}
    for one in meant_by(view.case, view.scene):
        units.setdefault(one.unit, []).append((one.person_id, one.name))
    return {unit: tuple(people) for unit, people in units.items()}
