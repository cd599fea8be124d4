"""After a standstill of the engine: what rings for the rungs that came due meanwhile, by policy."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engine.core.case import Deadline
from engine.core.definition import CatchUp
from engine.core.interruptions import Standstill
from engine.core.step import settle
from tests.definitions_varied import varied
from tests.worlds import HOUR, World, calendar

LADDER = (
    "    - {at: 1 working day before due, remind: holder}\n"
    "    - {at: due, remind: holder, notify: hr}\n"
    "    - {at: 2 working days after due, reassign: next_level}\n"
)
LONGER = (
    "    - {at: 1 working day before due, remind: holder}\n"
    "    - {at: due, remind: holder, notify: hr}\n"
    "    - {at: 2 working days after due, notify: hr, task: rater}\n"
    "    - {at: 3 working days after due, remind: [holder, rater]}\n"
)
WAKES = date(2025, 12, 18)


def world_of(folder: Path, policy: str, *, unsaid: CatchUp = "fire_all", wakes: date = WAKES) -> World:
    """A draft nobody hands in, due on 8 December; the engine stood still from its beginning to the 18th."""
    said = f"catch_up: {{standard: {policy}}}\n" if policy else ""
    world = World(definition=varied(folder, {LADDER: LONGER, "phases:\n": f"{said}phases:\n"}))
    began = world.now
    world.now = calendar().start_of(wakes, world.case.zone) + 9 * HOUR
    world.standstill = Standstill(id="standstill-1", from_at=began, to_at=world.now, policy=unsaid)
    return world


def caught_up(world: World) -> World:
    for done in settle(world.machine, world.case, world.written, world.scene, until=world.now):
        world.keep(done)
    return world


def rang(world: World) -> list[int]:
    return [facts["cause"]["rung"] for facts in world.facts("rung")]


def told(world: World) -> Counter[tuple[str, str]]:
    people = {world.case.subject: "holder"}
    return Counter((people.get(to, "other"), kind) for to, kind in world.told)


def task_clock(world: World) -> Deadline:
    return next(one for one in world.case.deadlines if one.name == "task")


def test_all_of_them_ring_one_by_one_where_that_is_said(tmp_path: Path) -> None:
    world = caught_up(world_of(tmp_path, "fire_all", unsaid="collapse"))

    assert [0, 1, 2, 3] == rang(world)
    assert 3 == told(world)["holder", "reminder"]
    assert 1 == len(world.case.escalations)


def test_one_message_speaks_for_all_that_was_missed(tmp_path: Path) -> None:
    world = caught_up(world_of(tmp_path, "collapse"))
    (facts,) = world.facts("rung")
    (reminder,) = [
        note
        for note in world.steps[-1].effects
        if getattr(note, "kind", "") == "reminder" and note.to == world.case.subject
    ]

    assert {"because": "standstill-1", "policy": "collapse", "rungs": [0, 1, 2, 3], "skipped": {}} == (
        facts["caught_up"]
    )
    assert [0, 1, 2] == reminder.data["missed"]
    assert 1 == told(world)["holder", "reminder"]
    assert 1 == len(world.case.escalations)
    assert (0, 1, 2, 3) == task_clock(world).fired


def test_only_the_latest_reminder_and_notice_are_sent_and_what_was_skipped_is_said(tmp_path: Path) -> None:
    """The escalation opens all the same."""
    world = caught_up(world_of(tmp_path, "skip_superseded"))
    (facts,) = world.facts("rung")

    assert {"remind": [0, 1], "notify": [1]} == facts["caught_up"]["skipped"]
    assert 1 == told(world)["holder", "reminder"]
    assert 1 == len(world.case.escalations)
    assert (0, 1, 2, 3) == task_clock(world).fired


def test_a_clock_that_says_so_gets_the_standstill_back_and_nothing_rings(tmp_path: Path) -> None:
    world = caught_up(world_of(tmp_path, "extend"))
    (facts,) = world.facts("given_back")
    lost = calendar().working_days_between(date(2025, 12, 1), WAKES)

    assert [] == world.facts("rung")
    assert calendar().add(date(2025, 12, 8), lost, "working days") == task_clock(world).due_on
    assert {"standstill": "standstill-1", "first": "2025-12-01", "last": "2025-12-18"} == facts["cause"]
    assert all(alarm.at > world.now for alarm in task_clock(world).alarms)


def test_the_installation_says_what_a_ladder_leaves_unsaid(tmp_path: Path) -> None:
    world = caught_up(world_of(tmp_path, "", unsaid="collapse"))

    assert ["collapse"] == [facts["caught_up"]["policy"] for facts in world.facts("rung")]


@pytest.mark.parametrize("policy", ["collapse", "skip_superseded", "fire_all"])
def test_a_move_is_never_left_out_and_comes_in_its_turn(tmp_path: Path, policy: str) -> None:
    """Ten working days after due the draft moves on; what was due before that rang before, and nothing for it after."""
    world = caught_up(world_of(tmp_path, policy, wakes=date(2026, 1, 12)))
    kinds = [one.entry.kind for one in world.steps]
    first_move = kinds.index("moved")

    assert "checking" == world.steps[first_move].case.state
    assert "rung" in kinds[:first_move]
    assert 1 == sum(kind == "rung" for kind in kinds[:first_move]) or policy == "fire_all"


def test_what_came_due_before_or_after_the_standstill_rings_as_always(tmp_path: Path) -> None:
    world = World(definition=varied(tmp_path, {LADDER: LONGER}))
    world.wait_until(date(2025, 12, 6))
    assert [0] == rang(world)
    began, world.now = world.now, calendar().start_of(date(2025, 12, 9), world.case.zone) + 9 * HOUR
    world.standstill = Standstill(id="standstill-1", from_at=began, to_at=world.now, policy="collapse")
    caught_up(world)
    world.wait_until(date(2025, 12, 20))

    assert [0, 1, 2, 3] == rang(world)
    assert all("caught_up" not in facts for facts in world.facts("rung"))


def test_an_act_stamped_in_the_standstill_still_wins(tmp_path: Path) -> None:
    """What is settled before the act is what was due before it; the rest never comes."""
    world = world_of(tmp_path, "collapse", wakes=date(2025, 12, 8))
    caught_up(world)
    world.fire("submit", plan={"goals": [{"title": "Layanan", "weight": 100}]})

    assert [0] == rang(world)
    assert "checking" == world.case.state
