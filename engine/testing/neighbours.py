"""Values a little changed: a condition with one sign turned round, a moment or a due time a day later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.core.definition import Condition, Due
from engine.core.moments import (
    CivilDate,
    DayAfterPeriod,
    DueItself,
    Duration,
    Entry,
    FixedDate,
    Offset,
    PeriodEdge,
)

_FLIPPED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
#: a text in quotes, left alone; a comparison; a negation
_SIGN = re.compile(r"'[^']*'|==|!=|<=|>=|<|>|!")
_LAST_DAY = 28


def conditions_beside(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """The condition with one sign turned round, or one `not` dropped."""
    for found in _SIGN.finditer(condition.text):
        sign = found[0]
        if sign.startswith("'"):
            continue
        turned = _FLIPPED.get(sign, "")
        text = condition.text[: found.start()] + turned + condition.text[found.end() :]
        told = f"says {turned} instead of {sign}" if turned else "has no `not`"
        yield told, replace(condition, text=text)


def due_later(due: Due) -> Due:
    """The due time a day later, or after one day, week or month more."""
    if due.within is not None:
        return replace(due, within=_longer(due.within))
    date = None if due.date is None else later(due.date)
    at_least = None if due.at_least is None else _longer(due.at_least)
    return replace(due, date=date, at_least=at_least)


def _longer(duration: Duration) -> Duration:
    return Duration(duration.amount + 1, duration.unit)


def later(moment: Any) -> Any:
    """A moment about a day later; kinds of moments that have no such neighbour stay as they are."""
    match moment:
        case Offset(duration=duration, side=side):
            amount = duration.amount + 1 if side == "after" else duration.amount - 1
            return replace(moment, duration=Duration(amount, duration.unit))
        case CivilDate(day=day) | DayAfterPeriod(day=day):
            return replace(moment, day=day + 1 if day < _LAST_DAY else day - 1)
        case FixedDate(date=date):
            return FixedDate(date.replace(day=date.day + 1 if date.day < _LAST_DAY else date.day - 1))
        case PeriodEdge(edge="from"):
            return Offset(Duration(1, "days"), "after", "period.from")
        case PeriodEdge():
            return Offset(Duration(1, "days"), "after", "period.to")
        case DueItself():
            return Offset(Duration(1, "days"), "after", "due")
        case Entry():
            return Offset(Duration(1, "days"), "after", "entry")
        case _:
            return moment
