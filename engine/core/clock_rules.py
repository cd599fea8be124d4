"""The rule a clock counts by, and the day it comes to when nothing has happened to the clock yet."""

from __future__ import annotations

from datetime import date

from engine.core.calendar import Calendar
from engine.core.case import Case
from engine.core.definition import AlwaysAfter, At, Definition, Due, EndsBy
from engine.core.moments import Moment, Offset, day_of, due_on

__all__ = ["CASE", "PHASE", "PROMISE", "TASK", "last_day", "moment_day", "named_day", "rule_of", "unit_of"]

TASK = "task"
CASE = "case"
PHASE = "phase:"
PROMISE = "promise:"
_MOVE = "move:"


def rule_of(definition: Definition, case: Case, name: str) -> Due | At | None:
    """The rule the clock of this name counts by; None for one that follows from the step that armed it alone."""
    if name == TASK:
        work = definition.states[case.state].work
        return work.due if work is not None else None
    if name == CASE:
        return definition.due
    if name.startswith(PHASE):
        return definition.phases[name.removeprefix(PHASE)].due
    if name.startswith(_MOVE):
        for transition in definition.states[case.state].transitions:
            if transition.rule == name.removeprefix(_MOVE):
                return transition.trigger if isinstance(transition.trigger, At) else None
    if name.startswith(PROMISE):
        return _promised(definition, int(name.removeprefix(PROMISE)))
    return None


def _promised(definition: Definition, number: int) -> At | None:
    """The day of a promise as a moment: promises are kept by their last day, whatever day it is."""
    promise = definition.promises[number]
    if isinstance(promise, EndsBy):
        return At(moment=promise.date, scope="case")
    if isinstance(promise, AlwaysAfter) and promise.within is not None:
        return At(moment=Offset(promise.within, "after", "entry"), scope="case")
    return None


def unit_of(rule: Due | At) -> str:
    """The unit a clock counts in, and stands still in; "" for a date, which never does."""
    if isinstance(rule, Due):
        return rule.within.unit if rule.within is not None else ""
    return rule.moment.duration.unit if isinstance(rule.moment, Offset) else ""


def last_day(rule: Due | At, case: Case, basis: date, calendar: Calendar) -> date:
    """The last day of a clock that begins on a day.

    Raises:
        CalendarInvalid: the rule counts from what there is not, or beyond the last year of the calendar.

    """
    if isinstance(rule, At):
        return moment_day(rule, case, calendar, entry=basis, due=None)
    return due_on(
        within=rule.within,
        date=rule.date,
        at_least=rule.at_least,
        day_off=rule.day_off,
        calendar=calendar,
        period_from=case.period_from,
        period_to=case.period_to,
        entry=basis,
        windows=case.windows,
    )


def moment_day(rule: At, case: Case, calendar: Calendar, *, entry: date, due: date | None) -> date:
    """The day of a moment that moves a case, off a day off if its rule says so."""
    day = named_day(rule.moment, case, calendar, entry, due)
    day = calendar.roll(day, rule.day_off)
    if rule.at_least is None:
        return day
    least = calendar.add(entry, rule.at_least.amount, rule.at_least.unit)
    # Rolled back, a promised minimum would shrink.
    return max(day, calendar.roll(least, "stays" if rule.day_off == "stays" else "next"))


def named_day(moment: Moment, case: Case, calendar: Calendar, entry: date, due: date | None) -> date:
    """The very day a moment names, whatever day it is."""
    return day_of(
        moment,
        calendar=calendar,
        period_from=case.period_from,
        period_to=case.period_to,
        entry=entry,
        due=due,
        windows=case.windows,
    )
