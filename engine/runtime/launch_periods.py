"""Which period a launch is of: the one that was named, or the one that its opening day belongs to."""

from __future__ import annotations

from datetime import date

from engine.core.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from engine.core.definition import Definition
from engine.core.moments import day_of
from engine.core.periods import period_of
from engine.core.scene import Scene
from engine.errors import LaunchInvalid
from engine.store.values import Cycle

__all__ = ["demand_days", "period_to_launch"]

#: into how many periods a year is divided
_PARTS = {"quarter": 4, "month": 12}


def demand_days(cycle: Cycle, calendar: Calendar) -> None:
    """Refuse a cycle of a year whose neighbours the calendar does not count. Raises: LaunchInvalid."""
    if not FIRST_YEAR < cycle.period_from.year <= cycle.period_to.year < LAST_YEAR:
        raise LaunchInvalid(
            f"the cycle of {cycle.period_from} to {cycle.period_to} runs out of the calendar {calendar.name}, which"
            f" counts days from {FIRST_YEAR} to {LAST_YEAR}; launch one from {FIRST_YEAR + 1} to {LAST_YEAR - 1}"
        )


def period_to_launch(
    definition: Definition, opens: date, scene: Scene, year: int | None, part: int | None
) -> tuple[date, date]:
    """The period that was named, or the one the opening day belongs to. Raises: LaunchInvalid."""
    parts = _PARTS.get(definition.period.every)
    if parts is None:
        return _periods(definition, year or _year(definition, opens, scene), part or 0)
    if part is None and year is None:
        return period_of(definition.period, opens)
    return _periods(definition, year or opens.year, part or 0)


def _year(definition: Definition, opens: date, scene: Scene) -> int:
    """The year whose first phase may begin on the opening day: planning for 2026 opens on 1 December 2025."""
    first = next(iter(definition.phases.values()))
    if first.not_before is None or definition.period.every == "none":
        return opens.year
    next_from, next_to = _periods(definition, opens.year + 1, 0)
    begins = day_of(
        first.not_before,
        calendar=scene.calendar,
        period_from=next_from,
        period_to=next_to,
        entry=opens,
        due=None,
    )
    return opens.year + 1 if begins <= opens else opens.year


def _periods(definition: Definition, year: int, part: int) -> tuple[date, date]:
    """The period of that year, or the quarter or month of it. Raises: LaunchInvalid."""
    rule = definition.period
    parts = _PARTS.get(rule.every, 0)
    if rule.every == "none":
        raise LaunchInvalid(
            f"{definition.name} has no period: its cases are opened by other cases, never by a launch"
        )
    if not parts and part:
        raise LaunchInvalid(f"{definition.name} appraises whole years; name the year only")
    if parts and not 1 <= part <= parts:
        raise LaunchInvalid(f"there is no {rule.every} {part} in {year}; name one from 1 to {parts}")
    month = (part - 1) * 12 // parts + 1 if parts else 1
    return period_of(rule, date(year, month, 1))
