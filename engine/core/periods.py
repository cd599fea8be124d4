"""Periods that are appraised: the year, quarter or month a day lies in, and the parts of a longer one.

Quarters and months are those of the calendar year; without a period both edges are the day itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.core.definition import Every, PeriodRule

__all__ = ["cycle_name", "parts_of", "period_name", "period_of", "turn_of"]

_DAY = timedelta(days=1)
_MONTHS = {"quarter": 3, "month": 1, "year": 12}

Period = tuple[date, date]


def period_of(rule: PeriodRule, day: date) -> Period:
    """The first and last day of the period a day lies in; of a year that is named by the year of its first day."""
    match rule.every:
        case "none":
            return day, day
        case "quarter" | "month":
            return part_of(rule.every, day)
        case _:
            begins = date(day.year, rule.from_month, rule.from_day)
            over = (rule.to_month, rule.to_day) < (rule.from_month, rule.from_day)
            return begins, date(day.year + over, rule.to_month, rule.to_day)


def part_of(every: Every, day: date) -> Period:
    """The calendar year, quarter or month a day lies in."""
    months = _MONTHS[every]
    first = (day.month - 1) // months * months + 1
    years, month = divmod(first - 1 + months, 12)
    return date(day.year, first, 1), date(day.year + years, month + 1, 1) - _DAY


def parts_of(every: Every, period_from: date, period_to: date) -> Iterator[Period]:
    """The calendar parts that a period touches, in order, whole ones even where the period begins within one."""
    first, last = part_of(every, period_from)
    while first <= period_to:
        yield first, last
        first, last = part_of(every, last + _DAY)


def cycle_name(workflow: str, rule: PeriodRule, period_from: date, turn: int = 1) -> str:
    """What a cycle is called; one that is launched again after its cancelling says so: `asn-tahunan-2026.2`."""
    name = f"{workflow}-{period_name(rule, period_from)}"
    return name if turn == 1 else f"{name}.{turn}"


def turn_of(cycle: str) -> int:
    """Which launch of its period a cycle is, by its name."""
    turn = cycle.partition("#")[0].rpartition(".")[2]
    return int(turn) if turn.isdigit() and "." in cycle else 1


def period_name(rule: PeriodRule, period_from: date) -> str:
    """A period as cycles are named by it: `2026`, `2026-q1`, `2026-07`, or the day where there is no period."""
    match rule.every:
        case "year":
            return str(period_from.year)
        case "quarter":
            return f"{period_from.year}-q{(period_from.month + 2) // 3}"
        case "month":
            return f"{period_from:%Y-%m}"
        case _:
            return period_from.isoformat()
