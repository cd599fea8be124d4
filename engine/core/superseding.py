"""A closed case whose result another one corrected: it stays as it was, and keeps what took the place of its result."""

from __future__ import annotations

from engine.core.case import Case
from engine.core.case_lists import Correction
from engine.core.chain import is_unit
from engine.core.command import TIMER, Supersede
from engine.core.draft import Draft
from engine.core.effects import Step
from engine.core.machine import Machine
from engine.core.scene import Scene
from engine.errors import Refused

__all__ = ["supersede"]


def supersede(machine: Machine, case: Case, command: Supersede, scene: Scene) -> Step:
    """The step in which a closed case learns whose result counts instead of its own; nothing written in it changes.

    Raises: Refused, if the case does not let that link correct it, or knows already.
    """
    link = machine.definition.linked.get(command.link)
    if link is None or case.state not in link.corrects or f"{link.name}:{command.asked}" not in case.opened:
        raise Refused(f"{command.by} was not opened to correct case {case.id}", case=case.id)
    if any(one.case == command.by for one in case.corrected):
        raise Refused(f"case {case.id} knows of {command.by} already", case=case.id)
    draft = Draft(machine, case, scene, TIMER)
    correction = Correction(case=command.by, link=link.name, at=scene.now, asked=command.asked)
    draft.change(corrected=(*case.corrected, correction))
    draft.facts["cause"] = {"corrected_by": command.by, "link": link.name, "asked": command.asked}
    draft.facts["superseded"] = sorted(command.paths)
    if not is_unit(case.subject):
        draft.tell(case.subject, "corrected", str(draft.seq), link=link.name)
    return draft.close("corrected")
