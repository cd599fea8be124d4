"""A long list is put in order by the clocks alone, and never too late: what is foretold is never sooner."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.command import Actor, Pause
from engine.core.outlook import first_for_others, if_nobody_acts
from engine.core.urgency import matters_at_the_earliest, matters_by
from tests.worlds import World, on_desk, plan

JUNE = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("due", "first", "expected"),
    [
        (None, None, None),
        (JUNE, None, JUNE),
        (None, JUNE, JUNE),
        (date(2026, 6, 12), JUNE, JUNE),
        (date(2026, 6, 8), JUNE, date(2026, 6, 8)),
        (date(2026, 6, 1), JUNE, JUNE),
    ],
)
def test_what_comes_first_counts_and_a_due_day_that_is_over_does_not(
    due: date | None, first: date | None, expected: date | None
) -> None:
    assert expected == matters_by(due, first, date(2026, 6, 5))


def sooner_or_same(one: World) -> bool:
    """Whether no task of the case matters sooner, once it is foretold, than its clocks said."""
    definition = one.machine.definition
    coming = if_nobody_acts(one.machine, one.case, one.written, one.scene)
    for task in one.case.tasks:
        first = first_for_others(coming, task.holder)
        told = matters_by(task.due_on, None if first is None else first.on, one.today)
        read = matters_at_the_earliest(definition, one.case, task, one.scene)
        if told is not None and (read is None or read > told):
            return False
    return True


def test_on_every_day_of_a_year_in_which_nobody_acts_clocks_say_no_later_day_than_is_foretold() -> None:
    one = World()
    seen = 0
    while not one.case.ended and one.today < date(2027, 12, 31):
        assert sooner_or_same(one), one.today
        seen += bool(one.case.tasks)
        one.wait(5)
    assert seen > 20


def test_a_clock_that_stands_still_is_counted_as_if_it_ran() -> None:
    one = World()
    one.fire("submit", plan=plan(100))
    one.obey(Pause(kind="leave", actor=Actor(person=on_desk("personnel")), reason="cuti"))
    assert sooner_or_same(one)


def test_a_reminder_to_the_holder_alone_does_not_bring_a_task_forward() -> None:
    """As foretold: the rater is reminded first, but the day that counts is that on which others hear."""
    one = World()
    one.fire("submit", plan=plan(100))
    one.fire("pass")
    task = one.case.task
    assert task is not None
    coming = if_nobody_acts(one.machine, one.case, one.written, one.scene)
    first = first_for_others(coming, task.holder)
    assert first is not None
    assert coming[0].on < first.on
    assert first.on == matters_at_the_earliest(one.machine.definition, one.case, task, one.scene)
