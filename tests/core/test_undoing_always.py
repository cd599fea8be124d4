"""Whatever was done before: a move and its taking back change nothing of what comes, on any day and minute."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.codec import replace
from engine.core.command import Actor, Extend, Pause, Resume
from engine.core.effects import Notify
from engine.core.moments import Duration
from engine.errors import Refused
from tests.core.test_undoing import GOALS, MINUTE, essence
from tests.definitions_varied import UNDO, varied
from tests.worlds import World, on_desk

HR = Actor(person=on_desk("personnel"))
STEERED = {
    "more": Extend(by=Duration(2, "working days"), actor=HR, reason="banjir"),
    "stop": Pause(kind="dispute", actor=HR, reason="sengketa"),
    "run": Resume(actor=HR, reason="selesai"),
}
#: what may be done in a state, and what goes with it
ACTS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "drafting": [("submit", {"plan": GOALS})],
    "checking": [("agree", {}), ("return", {"reason": "kurang rinci"})],
    "waiting": [],
}


@pytest.fixture(scope="module", name="rules")
def _rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    return varied(tmp_path_factory.mktemp("undo"), UNDO)


def fork(world: World) -> World:
    """The same world once more, to go another way."""
    other = copy(world)
    other.contents, other.before, other.steps = dict(world.contents), dict(world.before), list(world.steps)
    return other


def lived(world: World, days: list[int], first: int) -> list[tuple[object, ...]]:
    """What happens by itself on the following days: when, where to, and whom it tells."""
    for number in days:
        world.wait_until(world.today + timedelta(days=number))
    return [
        (
            one.entry.kind,
            one.entry.at,
            one.case.state,
            sorted((note.to, note.kind) for note in one.effects if isinstance(note, Notify)),
            [(clock.name, clock.due_on, clock.due_at) for clock in one.case.deadlines],
        )
        for one in world.steps[first:]
        if one.entry.kind != "undone"
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_move_and_its_taking_back_change_nothing_that_comes(rules: str, data: st.DataObject) -> None:
    """A life with both is the life without, day for day and letter for letter."""
    world = World(definition=rules)
    for _ in range(data.draw(st.integers(0, 4), label="before")):
        what = data.draw(st.sampled_from(["act", "days", *STEERED]), label="what")
        if what == "days":
            world.wait_until(world.today + timedelta(days=data.draw(st.integers(1, 5), label="days")))
        elif what == "act" and ACTS.get(world.case.state):
            name, more = data.draw(st.sampled_from(ACTS[world.case.state]), label="act")
            world.fire(name, **more)
        elif what in STEERED:
            try:
                world.obey(STEERED[what])
            except Refused:
                continue
    if not ACTS.get(world.case.state):
        return
    world.now += data.draw(st.integers(0, 16 * 60), label="minutes of the day") * MINUTE
    world.rest()
    if not ACTS.get(world.case.state):
        return
    before, first = world.case, len(world.steps)
    other = fork(world)

    name, more = data.draw(st.sampled_from(ACTS[world.case.state]), label="taken back")
    mover = world.case.task.holder
    world.fire(name, **more)
    undoable = world.case.undoable
    if undoable is None or undoable.spent is not None:
        return
    world.now += data.draw(st.integers(0, undoable.until - world.now - 1), label="later")
    world.undo(mover)

    other.now = world.now
    other.rest()
    rung = [one for one in world.steps[first:] if one.entry.kind == "rung"]
    if not rung:
        assert essence(before) == essence(world.case)
    assert [(clock.name, clock.due_on, clock.alarms, clock.fired) for clock in other.case.deadlines] == [
        (clock.name, clock.due_on, clock.alarms, clock.fired) for clock in world.case.deadlines
    ]
    days = data.draw(st.lists(st.integers(1, 30), max_size=4), label="after")
    assert lived(other, days, first) == lived(world, days, first + 1)


def test_forgetting_the_clocks_would_be_noticed(rules: str) -> None:
    """The claim above is not empty: a clock that began anew would show."""
    world = World(definition=rules)
    assert essence(world.case) != essence(replace(world.case, deadlines=()))
