"""A definition compiled to run: the one door to `transitions`.

`transitions` chooses the target, and nothing else. One shared machine per definition version, a throw-away cursor
per decision, only callables, no callbacks: an exception in a callback would leave the new state behind, and a string
would be imported and called. Verdicts are worked out once, by us; the machine's conditions only read them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import transitions

from engine.core.case_names import names_of
from engine.core.conditions import Verdict, compile_condition
from engine.core.correction_acts import corrections_of, own_acts
from engine.core.definition import (
    STAY,
    AlwaysAfter,
    Choice,
    Condition,
    Definition,
    Field,
    Row,
    State,
    Transition,
)
from engine.core.disclosing import Disclosing
from engine.core.judgements import judging_acts
from engine.core.promise_words import own_promises
from engine.core.watching import leading_to
from engine.errors import NotFound

# The library writes a line for every callback it runs; what happened is told by our entries.
logging.getLogger("transitions").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a transition leads: `target` is a state name or STAY; `row` is the row of the choice that decided."""

    target: str
    row: Row | None = None


class _Cursor:
    """What `transitions` moves: a state, and the verdicts its conditions read. Thrown away after each decision."""

    __slots__ = ("exhausted", "state", "verdicts")

    def __init__(self, state: str, verdicts: Mapping[str, Verdict], *, exhausted: bool) -> None:
        self.state = state
        self.verdicts = verdicts
        self.exhausted = exhausted


class Machine:
    """A definition with its conditions compiled and its graph in the hands of `transitions`; shared by all threads."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        names = names_of(definition)
        self._conditions = _conditions(definition)
        self._guards = {rule: compile_condition(one.text, names) for rule, one in self._conditions.items()}
        needs = (field.needed for form in definition.forms.values() for field in _all_fields(form.fields))
        self._needed = {one.text: compile_condition(one.text, names) for one in needs if one is not None}
        self._public = {one.state: one for one in definition.public}
        consents = (one.agreed for one in definition.public if one.agreed is not None)
        self._consents = {one.text: compile_condition(one.text, names) for one in consents}
        self._graph = _graph(definition)
        #: where drafts wait for a disclosure
        self.disclosing = Disclosing(definition)
        #: the acts that judge: each as its state and its rule
        self.judging = judging_acts(definition)
        #: the promises about its cases, each with its number
        self.promises = own_promises(definition)
        #: by the number of a promise that something follows: the states from which it still can
        self.hopeful = {
            number: leading_to(definition, promise.always)
            for number, promise in self.promises
            if isinstance(promise, AlwaysAfter)
        }
        self._ways = {
            state.name: (*own_acts(definition, state), *state.transitions)
            for state in definition.states.values()
        }
        self._by_name = {state: {one.name: one for one in ways} for state, ways in self._ways.items()}
        self._by_rule = {state: {one.rule: one for one in ways} for state, ways in self._ways.items()}

    def condition(self, rule: str) -> Condition | None:
        """The condition of a guard by the name an entry gives it; None if there is none."""
        return self._conditions.get(rule)

    def state(self, name: str) -> State:
        """The state of that name. Raises NotFound."""
        try:
            return self.definition.states[name]
        except KeyError:
            raise NotFound("state", name, self.definition.states) from None

    def ways(self, state: str) -> tuple[Transition, ...]:
        """Everything that may be set off in a state: its own acts (of a gathering, a correction), then its ways out."""
        return self._ways[state]

    def transition(self, state: str, name: str) -> Transition | None:
        """What may be set off in a state, by its name or by its rule; None if there is no such way."""
        return self._by_name[state].get(name) or self._by_rule[state].get(name)

    def forks(self, transition: Transition) -> bool:
        """Whether what was written in the case is needed to know where this transition leads."""
        return transition.to in self.definition.choices or transition.then in self.definition.choices

    def forking(self, transition: Transition) -> tuple[Condition, ...]:
        """The conditions that choose where a transition leads."""
        choices = (self.definition.choices.get(one) for one in (transition.to, transition.then) if one)
        rows = (row for choice in choices if choice is not None for row in choice.rows)
        return tuple(row.when for row in rows if row.when is not None)

    def verdicts(self, transition: Transition, values: Mapping[str, Any]) -> dict[str, Verdict]:
        """Every guard of a transition with its answer: its own condition, then each row of its choices."""
        answers: dict[str, Verdict] = {}
        if transition.when is not None:
            answers[transition.rule] = self._guards[transition.rule].verdict(values)
        for target in (transition.to, transition.then):
            choice = self.definition.choices.get(target) if target else None
            if choice is not None:
                for number, row in enumerate(choice.rows):
                    if row.when is not None:
                        key = _row_key(choice, number)
                        answers[key] = self._guards[key].verdict(values)
        return answers

    def holds(self, condition: Condition, values: Mapping[str, Any]) -> bool:
        """Whether the condition under which a field is needed is true."""
        return self._needed[condition.text].verdict(values).passed

    def open_to_all(self, state: str, values: Callable[[], Mapping[str, Any]]) -> tuple[str, ...]:
        """What everybody may read of a case in this state; nothing, unless whom it is about has agreed to it."""
        rule = self._public.get(state)
        if rule is None:
            return ()
        agreed = rule.agreed is None or self._consents[rule.agreed.text].verdict(values()).passed
        return rule.shows if agreed else ()

    def asks(self, condition: Condition) -> tuple[str, ...]:
        """The names that the condition under which a field is needed reads."""
        return self._needed[condition.text].names

    def decide(
        self, state: str, transition: Transition, verdicts: Mapping[str, Verdict], uses: int
    ) -> Decision | None:
        """Where the transition leads from this state with these verdicts; None if no way is open.

        `uses` is how often a capped transition was used before. A choice of which two rows are true decides nothing:
        order means nothing in a choice, so it fails closed.
        """
        exhausted = transition.at_most is not None and uses >= transition.at_most
        target_name = transition.then if exhausted and transition.then is not None else transition.to
        choice = self.definition.choices.get(target_name)
        row = None
        if choice is not None:
            row = _deciding_row(choice, verdicts)
            if row is None:
                return None
        cursor = _Cursor(state, verdicts, exhausted=exhausted)
        event = self._graph.events[transition.rule]
        if not event.trigger(cursor):
            return None
        stayed = STAY in (target_name, row.to if row else "") and cursor.state == state
        return Decision(target=STAY if stayed else cursor.state, row=row)


def _conditions(definition: Definition) -> dict[str, Condition]:
    """Every guard by the name an entry gives it: a transition's rule, or a choice with the number of its row."""
    ways = (way for state in definition.states.values() for way in state.transitions)
    found = {way.rule: way.when for way in ways if way.when is not None}
    for choice in definition.choices.values():
        rows = ((_row_key(choice, number), row.when) for number, row in enumerate(choice.rows))
        found |= {key: when for key, when in rows if when is not None}
    return found


def _all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _all_fields(field.item)


def compile_machine(definition: Definition) -> Machine:
    """The definition, ready to decide. Takes a few milliseconds; share the result between all cases of a version."""
    return Machine(definition)


def _row_key(choice: Choice, number: int) -> str:
    return f"{choice.name}[{number}]"


def _deciding_row(choice: Choice, verdicts: Mapping[str, Verdict]) -> Row | None:
    """The one true row, or the `otherwise` when none is; None when two are true or an answer is missing."""
    true_rows = []
    for number, row in enumerate(choice.rows):
        if row.when is None:
            continue
        verdict = verdicts[_row_key(choice, number)]
        if verdict.missing or not verdict.answered:
            return None
        if verdict.passed:
            true_rows.append(row)
    if len(true_rows) > 1:
        return None
    return true_rows[0] if true_rows else next(row for row in choice.rows if row.when is None)


def _graph(definition: Definition) -> transitions.Machine:
    """The definition as a `transitions` machine: every capped or forking transition is a list of alternatives."""
    ways: list[dict[str, Any]] = []
    for state in definition.states.values():
        for transition in (*state.transitions, *corrections_of(definition, state)):
            ways.extend(_ways(definition, state, transition))
    return transitions.Machine(
        model=None,
        states=list(definition.states),
        transitions=ways,
        initial=None,
        auto_transitions=False,
        send_event=True,
    )


def _ways(definition: Definition, state: State, transition: Transition) -> list[dict[str, Any]]:
    """The alternatives of one transition; the first whose conditions hold wins."""
    base: list[Callable[[Any], bool]] = [_passed(transition.rule)] if transition.when is not None else []
    if transition.at_most is None:
        return _targets(definition, state, transition, transition.to, base)
    ways = _targets(definition, state, transition, transition.to, [*base, _fresh])
    if transition.then is not None:
        ways += _targets(definition, state, transition, transition.then, [*base, _exhausted])
    return ways


def _targets(
    definition: Definition,
    state: State,
    transition: Transition,
    to: str,
    conditions: list[Callable[[Any], bool]],
) -> list[dict[str, Any]]:
    choice = definition.choices.get(to)
    if choice is None:
        return [_way(state, transition, to, conditions)]
    rows = [
        _way(state, transition, row.to, [*conditions, _passed(_row_key(choice, number))])
        for number, row in enumerate(choice.rows)
        if row.when is not None
    ]
    last = next(row for row in choice.rows if row.when is None)
    return [*rows, _way(state, transition, last.to, conditions)]


def _way(
    state: State, transition: Transition, to: str, conditions: list[Callable[[Any], bool]]
) -> dict[str, Any]:
    # dest None is an internal transition: the state is not left.
    dest = None if to == STAY else to
    return {"trigger": transition.rule, "source": state.name, "dest": dest, "conditions": conditions}


def _passed(key: str) -> Callable[[Any], bool]:
    def condition(event: Any) -> bool:
        return event.model.verdicts[key].passed is True

    condition.__name__ = key
    return condition


def _fresh(event: Any) -> bool:
    return not event.model.exhausted


def _exhausted(event: Any) -> bool:
    return bool(event.model.exhausted)
