"""Where the rules say what a proof found: the path of a state, a way out, a choice, as an author wrote them."""

from __future__ import annotations

from engine.core.definition import Definition, State, Transition
from engine.core.places import Path

ANYTIME = "anytime"


def state_path(definition: Definition, name: str) -> Path:
    """Where a state is written."""
    return (*_root(definition), "phases", definition.states[name].phase, name)


def way_path(definition: Definition, transition: Transition) -> Path:
    """Where a way out is written: in its state, under the `anytime` of its phase, or of the whole definition."""
    owner = transition.rule.rpartition(".")[0]
    if owner == ANYTIME:
        return (*_root(definition), ANYTIME, transition.name)
    if owner in definition.states:
        return (*state_path(definition, owner), "transitions", transition.name)
    return (*_root(definition), "phases", owner, ANYTIME, transition.name)


def choice_path(definition: Definition, name: str) -> Path:
    """Where a fork is written: by itself, or inside the way out that it is named after."""
    if "." not in name:
        return (*_root(definition), "choices", name)
    for state in definition.states.values():
        for transition in state.transitions:
            if transition.rule == name:
                return (*way_path(definition, transition), "choose")
    return (*_root(definition), "choices")


def figure_path(definition: Definition, name: str) -> Path:
    """Where a figure is written: tracks share those of their definition."""
    return ("figures", name) if name in definition.figures else ("figures",)


def ways(definition: Definition) -> tuple[tuple[State, Transition], ...]:
    """Every way out with its state; a move offered in many states comes once for each."""
    return tuple((state, one) for state in definition.states.values() for one in state.transitions)


def _root(definition: Definition) -> Path:
    """A track is written under `tracks`; its digest ends in its name."""
    track = definition.digest.partition("#")[2]
    return ("tracks", track) if track else ()
