"""Who surely reads what, where: one definition with its moves, its judgements, and since when its grants count."""

from __future__ import annotations

from functools import cached_property

from engine.core.condition_words import names_in
from engine.core.definition import By, Count, Definition, State, Total, Transition
from engine.core.proof.guards import impossible
from engine.core.proof.moves import closure, edges_of, moves_of
from engine.core.roles import Subject
from engine.core.visibility import inputs_of

__all__ = ["Sight", "actors", "form_of"]


class Sight:
    """One definition, its moves, and since when what is granted."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.moves = moves_of(definition, *impossible(definition))
        self.reached = closure({definition.initial}, edges_of(self.moves))
        self.grants = {(one.what, one.role): one for one in definition.grants}
        self._after: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The roles that the person the case is about fills."""
        return frozenset(
            name for name, role in self.definition.roles.items() if isinstance(role.query, Subject)
        )

    @cached_property
    def judgements(self) -> frozenset[str]:
        """The forms that decide and that the subject never fills."""
        definition = self.definition
        deciding = {
            source
            for figure in definition.figures.values()
            if not isinstance(figure, Total | Count)
            for source in inputs_of(self.definition, figure.name)
        }
        for choice in definition.choices.values():
            for row in choice.rows:
                for name in names_in(row.when.text) if row.when is not None else ():
                    figure = definition.figures.get(name)
                    deciding |= (
                        inputs_of(self.definition, figure.name)
                        if figure is not None
                        else {name.partition(".")[0]}
                    )
        return frozenset((deciding & definition.forms.keys()) - self._filled_by_subject())

    def _filled_by_subject(self) -> set[str]:
        found: set[str] = set()
        for state in self.definition.states.values():
            for way in state.transitions:
                form = form_of(state, way)
                if form is not None and set(actors(state, way)) & self.subjects:
                    found.add(form)
            if state.gather is not None and state.gather.form and set(state.gather.who) & self.subjects:
                found.add(state.gather.form)
        return found

    def surely_after(self, since: tuple[str, ...]) -> frozenset[str]:
        """The states to which every way has come by one of these, those themselves included."""
        if since not in self._after:
            avoiding = [move for move in self.moves if move.target not in since]
            start = {self.definition.initial} - set(since)
            self._after[since] = frozenset(self.reached - closure(start, edges_of(avoiding)))
        return self._after[since]

    def reads(self, role: str, what: str, state: str) -> bool:
        """Whether a role surely may read something in a state, by grants; a figure with all that it is made of."""
        grant = self.grants.get((what, role))
        if grant is not None and (not grant.since or state in self.surely_after(grant.since)):
            return True
        if grant is not None and not set(grant.since) & self.definition.states.keys():
            return True  # it begins in another machine of the same file, whose states are walked there
        figure = self.definition.figures.get(what)
        inputs = inputs_of(self.definition, figure.name) if figure is not None else frozenset()
        return bool(inputs) and all(self.reads(role, one, state) for one in inputs)


def form_of(state: State, way: Transition) -> str | None:
    """The form an act needs."""
    if not isinstance(way.trigger, By):
        return None
    own = state.task.form if state.task is not None and not way.trigger.roles else None
    return way.form or own


def actors(state: State, way: Transition) -> tuple[str, ...]:
    """The roles that may set an act off."""
    if not isinstance(way.trigger, By):
        return ()
    return way.trigger.roles or ((state.task.who,) if state.task is not None else ())
