"""What is late by its due day; what stands still is as late as it was when it stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.core.command import Actor, Pause
from engine.core.lateness import is_overdue
from engine.core.unit_look import holdups, is_late
from tests.worlds import World, on_desk, plan


@pytest.mark.parametrize(("days", "late"), [(-1, True), (5, False)])
def test_a_task_whose_clock_stands_still_becomes_no_later(days: int, late: bool) -> None:
    """Paused before its due day it is not late when that has passed; paused after it, it stays late."""
    one = World()
    one.fire("submit", plan=plan(100))
    task = one.case.waiting[0]
    assert task.due_on is not None
    one.wait_until(task.due_on - timedelta(days=1) if days > 0 else task.due_on + timedelta(days=1))
    one.obey(Pause(kind="leave", actor=Actor(person=on_desk("personnel")), reason="cuti"))
    one.wait(3)
    long_after = task.due_on + timedelta(days=30)

    assert late == is_overdue(one.case, one.case.waiting[0], long_after)
    assert late == is_late(one.case, long_after)
    assert [int(late)] == [one.late for one in holdups([one.case], long_after, "")]


def test_a_running_task_is_late_the_day_after_its_due_day() -> None:
    one = World()
    task = one.case.waiting[0]
    assert task.due_on is not None

    assert not is_overdue(one.case, task, task.due_on)
    assert is_overdue(one.case, task, task.due_on + timedelta(days=1))
