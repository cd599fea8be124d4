"""Who may read what: grants since a moment, the holder for the life of a task, figures no more than their forms."""

from __future__ import annotations

from datetime import date

from engine.core.visibility import readable
from tests.worlds import World, chart, machine, plan


def reads(world: World, person: str, *roles: str) -> frozenset[str]:
    return readable(machine().definition, world.case, person, roles)


def rated() -> World:
    """Rated, not yet disclosed."""
    world = World()
    world.fire("submit", plan=plan(100))
    for act in ("pass", "agree", "sign", "set_plan"):
        world.fire(act)
    world.wait_until(date(2027, 1, 4))
    world.fire("send", report={"achieved": "a", "evidence": []})
    world.fire("rate", rating={"results": "above", "behaviour": "as", "reasons": "b"})
    return world


def test_the_employee_sees_no_rating_and_no_predicate_before_disclosure() -> None:
    """Not the form, and not the figure worked out from it."""
    world = rated()
    before = reads(world, world.case.subject, "employee")
    world.fire("seen")
    after = reads(world, world.case.subject, "employee")

    assert not {"rating", "predicate"} & before
    assert {"rating", "predicate"} <= after


def test_a_stranger_sees_nothing() -> None:
    """Deny by default."""
    assert frozenset() == reads(rated(), "p-nobody")


def test_the_holder_sees_what_the_task_shows_while_it_is_theirs() -> None:
    """The performance manager reads the plan during the check, not afterwards."""
    world = World()
    world.fire("submit", plan=plan(100))
    manager = world.case.task.holder
    during = reads(world, manager)
    world.fire("pass")

    assert "plan" in during
    assert frozenset() == reads(world, manager)


def test_what_was_disclosed_stays_disclosed() -> None:
    """A grant since a state never reverts, whatever state comes after."""
    world = rated()
    world.fire("seen")
    world.fire("object", objection={"grounds": "a", "evidence": []})

    assert {"rating", "predicate"} <= reads(world, world.case.subject, "employee")
    assert world.case.subject in {one.key for one in chart().segments}
