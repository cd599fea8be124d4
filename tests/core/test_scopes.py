"""The three scopes of a deadline: a visit's ends with it, a phase's and the whole case's survive returns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.core.case import Deadline
from tests.definitions_varied import varied
from tests.worlds import World

PLAN = {"goals": [{"title": "Layanan", "weight": 100}]}


def clock(world: World, name: str) -> Deadline | None:
    return next((one for one in world.case.deadlines if one.name == name), None)


def three_scopes(folder: Path) -> World:
    """A task due in days, a phase due in March, a case due in June."""
    definition = varied(
        folder,
        {
            "phases:\n  planning:\n": (
                "due: {date: 30 June, at_least: 20 working days, day_off: previous, ladder: watched}\n"
                "phases:\n  planning:\n"
                "    due: {date: 31 March, at_least: 20 working days, day_off: previous, ladder: watched}\n"
            ),
            "ladders:\n": (
                "ladders:\n  watched: [{at: 5 working days before due, remind: holder}, {at: due, notify: hr}]\n"
            ),
        },
    )
    return World(definition=definition, on=date(2026, 1, 5))


def test_returns_renew_the_tasks_clock_only(tmp_path: Path) -> None:
    """Sent back twice, the task is due anew; phase and case are due when they were."""
    world = three_scopes(tmp_path)
    task, phase, case = (clock(world, name) for name in ("task", "phase:planning", "case"))
    for _ in range(2):
        world.wait(2)
        world.fire("submit", plan=PLAN)
        world.fire("return", reason="perbaiki")
    again = clock(world, "task")

    assert task is not None
    assert again is not None
    assert task.due_on < again.due_on
    assert (phase, case) == (clock(world, "phase:planning"), clock(world, "case"))


def test_a_phases_clock_ends_with_the_phase_and_the_cases_goes_on(tmp_path: Path) -> None:
    """In monitoring nothing of planning is due any more; the case still is."""
    world = three_scopes(tmp_path)
    world.fire("submit", plan=PLAN)
    world.fire("agree")

    assert None is clock(world, "phase:planning")
    assert clock(world, "case") is not None


def test_the_cases_clock_rings_for_whoever_holds_the_task_then(tmp_path: Path) -> None:
    """Before 30 June nobody holds a task: that rung is recorded and reaches nobody; when due, HR is told."""
    world = three_scopes(tmp_path)
    world.fire("submit", plan=PLAN)
    world.fire("agree")
    world.wait_until(date(2026, 7, 2))
    rungs = [one for one in world.facts("rung") if one["cause"]["deadline"] == "case"]

    assert [0, 1] == [one["cause"]["rung"] for one in rungs]
    assert [[], ["notice"]] == [[kind for _, kind in one.get("told", [])] for one in rungs]
