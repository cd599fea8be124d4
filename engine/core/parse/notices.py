"""Counts from `notified`: whoever is concerned must be told on every way into the state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.complaints import say
from engine.core.definition import At, Choice, Scope, State, Transition
from engine.core.moments import Offset
from engine.core.parse.nodes import Node


def check_notified(
    states: Mapping[str, State], choices: Mapping[str, Choice], initial: str, rules: Mapping[str, Node]
) -> None:
    """Complains of a count from `notified` in a state that a case may enter without the one concerned being told.

    Who gets a task is told by getting it. A state without a task must name one role that every way in notifies.
    """
    for state in states.values():
        for transition in state.transitions:
            match transition.trigger:
                case At(moment=Offset(anchor="notified"), scope=scope):
                    node = rules[transition.rule]
                    _check_told(state, transition, scope, _told(state, states, choices, initial), node)
                case _:
                    pass


def _check_told(state: State, transition: Transition, scope: Scope, told: bool, node: Node) -> None:  # noqa: FBT001 - an answer, not a mode
    if scope != "visit":
        message = say("notified_of_one_state", transition=transition.name)
        node.error("not_here", message, say("write_among_ways"), on_key=True)
    elif not told:
        message = say("not_every_way_tells", transition=transition.name, state=state.name)
        hint = say("add_notify", state=state.name)
        node.error("not_told", message, hint, on_key=True)


def _told(state: State, states: Mapping[str, State], choices: Mapping[str, Choice], initial: str) -> bool:
    if state.task is not None or state.gather is not None:
        return True
    if state.name == initial:
        return False
    ways = [
        set(names)
        for source in states.values()
        for transition in source.transitions
        for names in _notices(transition, state.name, choices)
    ]
    return bool(ways and set.intersection(*ways))


def _notices(transition: Transition, to: str, choices: Mapping[str, Choice]) -> Iterable[tuple[str, ...]]:
    """Whom a transition tells, once for each way it has into a state."""
    for name in (transition.to, transition.then):
        if name is None:
            continue
        if name == to:
            yield transition.notify
        elif name in choices:
            yield from ((*transition.notify, *row.notify) for row in choices[name].rows if row.to == to)
