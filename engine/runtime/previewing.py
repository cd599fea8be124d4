"""What a command would come to, worked out like the real one in a snapshot; nothing is kept."""

from __future__ import annotations

from engine.core.command import Command
from engine.core.effects import Step
from engine.core.step import act_and_settle, settle, written
from engine.errors import NotFound
from engine.runtime.firing import Demand
from engine.runtime.library import Library
from engine.runtime.on_demand import contents_of
from engine.store import kin
from engine.store.view import View

__all__ = ["foreseen"]


def foreseen(
    view: View, library: Library, case_id: str, command: Command, *, demand: Demand | None = None
) -> tuple[Step, ...]:
    """The steps a command would be, after what is overdue. Raises: NotFound, and every Refused of the real one."""
    case = kin.peek(view, case_id)
    if case is None:
        raise NotFound("case", case_id)
    machine = library.machine(view, case.definition)
    scene = library.scene(view, machine, case)
    contents = contents_of(view, library, machine, case, scene)
    for done in settle(machine, case, contents, scene, until=scene.now - 1):
        case, contents = done.case, written(contents, done)
    if demand is not None:
        demand(machine, case)
    return act_and_settle(machine, case, command, contents, scene)
