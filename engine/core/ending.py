"""A case ends from outside: the one that opened it has ended."""

from __future__ import annotations

from engine.core.case import Case
from engine.core.command import TIMER, End
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.entering import enter, leave
from engine.core.linking import ending_state
from engine.core.machine import Machine
from engine.core.promised import Before, keep_watch
from engine.core.scene import Scene
from engine.errors import CaseClosed

__all__ = ["end"]


def end(machine: Machine, case: Case, command: End, scene: Scene) -> Step:
    """The case ends with the one that opened it. Raises: CaseClosed, Refused."""
    if case.ended:
        raise CaseClosed(f"case {case.id} is closed ({case.ended}) already", case=case.id)
    target = ending_state(machine.definition, case, command)
    draft = Draft(machine, case, scene, TIMER, command.contents)
    draft.facts["cause"] = {"parent": command.parent}
    leave(draft, by_holder=False)
    enter(draft, target)
    keep_watch(draft, Before(way=None, actor=TIMER))
    return draft.close("ended")
