"""What an entry of a journal is worth: the trainings that whom the case is about has with it, or no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from engine.core.case_names import names_in_entry
from engine.core.condition_words import Kind
from engine.core.conditions import Guard, compile_condition
from engine.core.definition import Gives, Journal
from engine.core.draft import Draft
from engine.core.effects import Qualify
from engine.core.trainings import Training

__all__ = ["qualify"]


def qualify(draft: Draft, journal: Journal, number: int, values: Mapping[str, Any]) -> None:
    """Add to a draft what an entry gives; the entry itself names it."""
    given = tuple(_given(draft, journal, number, values))
    if given:
        draft.facts["entry"]["gives"] = [_told(one) for one in given]
        draft.effects.append(Qualify(given=given))


def _given(draft: Draft, journal: Journal, number: int, values: Mapping[str, Any]) -> Iterator[Training]:
    case, scene = draft.case, draft.scene
    today = scene.today(case.zone)
    names = tuple(sorted(names_in_entry(draft.machine.definition.forms[journal.form]).items()))
    for one in journal.gives:
        over = bool(one.ends) and _compiled(one.ends, names).verdict(values).passed
        if over or _compiled(one.when, names).verdict(values).passed:
            yield Training(
                id=f"{case.id}/{journal.name}/{number}/{one.training}",
                person=case.subject,
                name=one.training,
                first=today,
                last=None if over else _last(draft, one, today),
                at=scene.now,
                over=over,
            )


def _last(draft: Draft, one: Gives, today: date) -> date | None:
    if one.lasts is None:
        return None
    return draft.scene.calendar.add(today, one.lasts.amount, one.lasts.unit)


def _told(one: Training) -> list[str]:
    return [one.name, "over" if one.over else one.last.isoformat() if one.last is not None else ""]


@lru_cache(maxsize=64)
def _compiled(text: str, names: tuple[tuple[str, Kind], ...]) -> Guard:
    return compile_condition(text, dict(names))
