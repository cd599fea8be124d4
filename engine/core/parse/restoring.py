"""Acts that void another: what they may name, and where nothing else may write the form that is put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.complaints import Said, say
from engine.core.definition import STAY, By, State, Transition
from engine.core.parse.nodes import Node

__all__ = ["check_restores"]


def check_restores(states: Mapping[str, State], rules: Mapping[str, Node]) -> None:
    """Complains of acts that are to void another and cannot; each with the first reason there is."""
    told: set[str] = set()
    for state in states.values():
        for way in state.transitions:
            if way.restores is None or way.rule in told:
                continue
            why = next(_reasons(state, way), None)
            if why is not None:
                told.add(way.rule)
                message = say("cannot_restore", name=way.name, other=way.restores, why=why)
                rules[way.rule].error("bad_value", message, say("void_an_act_that_stays"), on_key=True)


def _reasons(state: State, way: Transition) -> Iterator[Said]:
    voided = next((one for one in state.transitions if one.name == way.restores and one.source), None)
    if way.anytime or voided is None or voided.anytime:
        yield say("restores_elsewhere", state=state.name)
        return
    if not _stays(voided) or voided.form is None or voided.adds is not None:
        yield say("restores_no_form")
    if not _stays(way) or way.form is not None or way.adds is not None:
        yield say("restores_more")
    others = (one for one in state.transitions if one is not voided and state.form_of(one) == voided.form)
    for other in others:
        if STAY in {other.to, other.then}:
            yield say("written_there_too", form=str(voided.form), other=other.name)
    if state.gather is not None and voided.form in {state.gather.sign, state.gather.form}:
        yield say("restores_gathered", form=str(voided.form))


def _stays(way: Transition) -> bool:
    return isinstance(way.trigger, By) and way.to == STAY and way.then is None
