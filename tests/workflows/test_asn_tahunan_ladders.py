"""The ladders of the national annual cycle: each rung has its use, and none rings when all is over."""

from datetime import date, timedelta

import pytest

from engine.core.calendar import Calendar
from engine.core.definition import At, Rung, State
from engine.core.moments import DueItself, Duration, Offset, due_on
from tests.workflows.test_asn_tahunan import ASN
from tests.worlds import calendar

DAYS: Calendar = calendar()
ENTRY = date(2026, 6, 2)  # any working day: what is compared are working days after it
TASKS = [state for state in ASN.states.values() if state.task is not None and state.task.due is not None]
#: ladders of tasks, of what several are asked for, and of phases
USED = {
    one.due.ladder
    for one in (*(state.work for state in ASN.states.values()), *ASN.phases.values())
    if one is not None and one.due is not None
}
#: a count of calendar days may be swallowed by a long holiday; these are not
COUNTED = [state for state in TASKS if (state.task.due.within or Duration(1, "")).unit == "working days"]


def rung_day(due: date, rung: Rung) -> date:
    """The day a rung rings for a due day."""
    if rung.offset is None:
        return due
    return DAYS.add(due, -rung.offset.amount if rung.before else rung.offset.amount, rung.offset.unit)


def due_day(state: State, entry: date) -> date:
    """The last day of a state's task."""
    assert state.task is not None
    assert state.task.due is not None
    due = state.task.due
    return due_on(
        within=due.within, date=due.date, at_least=due.at_least, day_off=due.day_off, calendar=DAYS,
        period_from=date(2026, 1, 1), period_to=date(2026, 12, 31), entry=entry,
    )  # fmt: skip


def left_by(state: State, due: date) -> date:
    """The day on which a moment of its own takes a case out of the state, at the latest."""
    days = [date.max]
    for way in state.transitions:
        match way.trigger:
            case At(moment=DueItself()):
                days.append(due)
            case At(moment=Offset(Duration(amount, unit), "after", "due")):
                days.append(DAYS.add(due, amount, unit))
            case _:
                pass
    return min(days)


@pytest.mark.parametrize("state", TASKS, ids=lambda state: state.name)
def test_no_rung_comes_when_the_case_has_gone(state: State) -> None:
    """At one instant a move comes before a rung, so a rung with the move would never ring."""
    due = due_day(state, ENTRY)

    late = [
        rung
        for rung in ASN.ladders[state.task.due.ladder].rungs
        if rung_day(due, rung) >= left_by(state, due)
    ]
    assert [] == late


@pytest.mark.parametrize("state", COUNTED, ids=lambda state: state.name)
def test_a_reminder_comes_after_the_task(state: State) -> None:
    """Whichever working day of the year a count of working days begins on, its reminder is still to come."""
    due = state.task.due
    days = [date(2026, 1, 1) + timedelta(day) for day in range(365)]

    early = [
        (day, rung)
        for day in days
        if DAYS.is_working(day)
        for rung in ASN.ladders[due.ladder].rungs
        if rung_day(due_day(state, day), rung) < day
    ]
    assert [] == early


def test_each_rung_of_a_ladder_does_something_new() -> None:
    """No two rungs of a ladder remind, notify and hand over the same at the same time."""
    for ladder in ASN.ladders.values():
        assert len(set(ladder.rungs)) == len(ladder.rungs)
        assert ladder.name in USED
