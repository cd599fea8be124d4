"""Parts of one period: a move to another unit ends one and begins the next, on the first day there.

The chart says that day, whenever the move was recorded: one that is told late begins the next part in the past, and
one that is taken back leaves a part without a single day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from engine.core.case import Case
from engine.core.chart import Chart
from engine.core.definition import Definition, State, Transition, Upon
from engine.core.scene import Scene

__all__ = ["begins_next", "days_of", "last_day_of", "moved_on", "rest_of", "told_moves"]

_DAY = timedelta(days=1)


def moved_on(chart: Chart, case: Case, today: date) -> date | None:
    """The first day of the time, up to today, that the subject spends in other units than the case's; None if here."""
    first: date | None = None
    for one in reversed(chart.history(case.subject)):
        if one.valid_from > today:
            continue
        if one.unit == case.unit or (first is not None and one.valid_to != first - _DAY):
            break
        first = one.valid_from
    return first


def begins_next(case: Case, scene: Scene) -> date:
    """The first day of the part that follows this one: the first in another unit, never before this one begins."""
    today = scene.today(case.zone)
    return max(moved_on(scene.chart, case, today) or today, case.period_from)


def rest_of(case: Case, scene: Scene) -> int:
    """How many days of the period are left for the next part; 0 or less if it is over."""
    return (case.period_to - begins_next(case, scene)).days + 1


def told_moves(definition: Definition, case: Case, state: State, scene: Scene) -> tuple[Transition, ...]:
    """The ways out of a state whose facts are all true: none that opens a rest of the period too short for a part."""
    facts = set(case.facts)
    if not facts:
        return ()
    return tuple(
        one
        for one in state.transitions
        if isinstance(one.trigger, Upon)
        and facts.issuperset(one.trigger.texts)
        and not _too_short(definition, case, one, scene)
    )


def days_of(parts: Iterable[Case]) -> tuple[tuple[date, int], ...]:
    """The last day of each part and its number of days: to the eve of the next; parts come in their order."""
    cases = tuple(parts)
    lasts = [*(one.period_from - _DAY for one in cases[1:]), *(last_day_of(one) for one in cases[-1:])]
    return tuple(
        (last, max((last - one.period_from).days + 1, 0)) for one, last in zip(cases, lasts, strict=True)
    )


def last_day_of(case: Case) -> date:
    """The last day a case appraises: its period's, or the eve of the part that follows it."""
    return case.period_to if case.parted_on is None else case.parted_on - _DAY


def _too_short(definition: Definition, case: Case, transition: Transition, scene: Scene) -> bool:
    rests = [one for name in transition.starts if (one := definition.linked[name]).rest]
    return any(rest_of(case, scene) < max(one.at_least, 1) for one in rests)
