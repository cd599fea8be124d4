"""Who gets the work by an act: told before it is done, so that nobody sends anything they know not where."""

from __future__ import annotations

from engine.core.assigning import find
from engine.core.case import Case
from engine.core.codec import replace
from engine.core.definition import HOLDER, Definition, Transition, Upon
from engine.core.entering import opening
from engine.core.permitting import Option
from engine.core.scene import Scene
from engine.errors import NobodyFound

__all__ = ["receiver"]


def receiver(definition: Definition, case: Case, option: Option, actor: str, scene: Scene) -> str | None:
    """The key of whoever holds the work once this actor has done this act at this moment.

    None where that is not known beforehand: the way depends on what is filled in, the case ends, stays, sleeps, waits
    or goes on by itself; where several are asked at once; where nobody is found.
    """
    way = option.transition
    state = definition.states.get(_leads_to(case, way))
    if state is None or state.task is None or any(_is_true(case, one) for one in state.transitions):
        return None
    arrived = replace(
        case, state=state.name, entered_at=scene.now, acted=_acted(definition, case, option, actor)
    )
    if opening(definition, arrived, state, scene, None) is not None:
        return None
    try:
        return find(definition, arrived, state.task.who, scene).person
    except NobodyFound:
        return None


def _leads_to(case: Case, way: Transition) -> str:
    used_up = way.at_most is not None and case.uses.get(way.rule, 0) >= way.at_most
    return (way.then or "") if used_up else way.to


def _is_true(case: Case, way: Transition) -> bool:
    return isinstance(way.trigger, Upon) and all(one in case.facts for one in way.trigger.texts)


def _acted(definition: Definition, case: Case, option: Option, actor: str) -> dict[str, tuple[str, ...]]:
    """Who will have acted in which role: whoever does one thing does not get what is kept apart from it."""
    task = definition.states[case.state].task
    role = task.who if option.role == HOLDER and task is not None else option.role
    if role is None or role not in definition.roles:
        return case.acted
    behalf = () if option.behalf is None else (option.behalf,)
    return {**case.acted, role: tuple(sorted({*case.acted.get(role, ()), actor, *behalf}))}
