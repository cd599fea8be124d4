"""What a definition decides with and the subject never fills: its judgements, which are for one case at a time."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.condition_words import names_in
from engine.core.definition import By, Count, Definition, State, Total, Transition
from engine.core.roles import Subject
from engine.core.visibility import inputs_of

__all__ = ["actors", "filled_by_subject", "judgements_of", "judging_acts", "subjects_of"]


def judgements_of(definition: Definition) -> frozenset[str]:
    """The forms, answers with names, and journals that get a copy of one, that decide without being the subject's."""
    machines = (definition, *definition.tracks.values())
    states = [state for one in machines for state in one.states.values()]
    gathers = [state.gather for state in states if state.gather is not None]
    forms = definition.forms.keys() | {one.name for one in gathers if one.form and not one.anonymous}
    found = (set(_deciding(definition)) & forms) - filled_by_subject(definition)
    copies = {
        way.adds
        for state in states
        for way in state.transitions
        if way.adds is not None and state.form_of(way) in found
    }
    return frozenset(found | copies)


def filled_by_subject(definition: Definition) -> frozenset[str]:
    """The forms and gatherings that the person the case is about fills, or may."""
    subjects = subjects_of(definition)
    machines = (definition, *definition.tracks.values())
    return frozenset(
        name for one in machines for state in one.states.values() for name in _filled(state, subjects)
    )


def judging_acts(definition: Definition) -> frozenset[tuple[str, str]]:
    """The acts that give an opinion or a judgement, or put a name under one: each as its state and its rule.

    They fill a form the subject never fills, or are acts of the work of looking at a judgement.
    """
    own, judgements = filled_by_subject(definition), judgements_of(definition)
    found = set()
    for state in definition.states.values():
        shown = _shows(definition, state, judgements)
        for way in state.transitions:
            form, by = state.form_of(way), set(actors(state, way))
            at_work = state.task is not None and state.task.who in by
            if by and ((form is not None and form not in own) or (shown and at_work)):
                found.add((state.name, way.rule))
    return frozenset(found)


def _shows(definition: Definition, state: State, judgements: frozenset[str]) -> bool:
    """Whether the work of a state is to look at a judgement, or at a figure made of one."""
    shown = state.work.shows if state.work is not None else ()
    return any(
        name in judgements or (name in definition.figures and bool(inputs_of(definition, name) & judgements))
        for name in shown
    )


def subjects_of(definition: Definition) -> frozenset[str]:
    """The roles that the person the case is about fills."""
    return frozenset(name for name, role in definition.roles.items() if isinstance(role.query, Subject))


def actors(state: State, way: Transition) -> tuple[str, ...]:
    """The roles that may set an act off."""
    if not isinstance(way.trigger, By):
        return ()
    return way.trigger.roles or ((state.task.who,) if state.task is not None else ())


def _deciding(definition: Definition) -> Iterator[str]:
    """What figures are worked out from, sums and counts excepted, and what forks read."""
    figures = definition.figures
    for figure in figures.values():
        if not isinstance(figure, Total | Count):
            yield from inputs_of(definition, figure.name)
    for one in (definition, *definition.tracks.values()):
        for choice in one.choices.values():
            for row in choice.rows:
                for name in names_in(row.when.text) if row.when is not None else ():
                    own = name.partition(".")[0]
                    yield from inputs_of(definition, name) if name in figures else (own,)


def _filled(state: State, subjects: frozenset[str]) -> Iterator[str]:
    for way in state.transitions:
        form = state.form_of(way)
        if form is not None and set(actors(state, way)) & subjects:
            yield form
    if state.gather is not None and state.gather.form and set(state.gather.who) & subjects:
        yield from (state.gather.form, state.gather.name)
