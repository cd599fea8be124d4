"""What corrects a case once it is closed: links that no state, transition or fork opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from engine.core.complaints import say
from engine.core.definition import Choice, Closed, Link, State, Transition, Upon
from engine.core.parse.nodes import Node

#: what a correction is anyway, or can never be
_NEVER_CORRECTS = ("every", "outlives", "open_at_most", "period")


def read_correction(
    name: str, fields: Mapping[str, Node], other: str | None, workflow: str | None
) -> Link | None:
    """What corrects this case once it is closed: from which final states, and who may open it."""
    said = next(iter(fields.values()))
    said.reading.use(name, ("link",), said)
    for key, beside in (("corrects", "by"), ("by", "corrects")):
        if key not in fields:
            message = say("correction_without", name=name, beside=beside, key=key)
            hint = say("write_corrects_and_by")
            fields[beside].error("missing_key", message, hint, on_key=True)
            return None
    for key in _NEVER_CORRECTS:
        if key in fields:
            message = say("not_of_a_correction", key=key)
            fields[key].error("not_here", message, say("remove_it"), on_key=True)
    if other is not None and other == workflow:
        message = say("correction_is_own_workflow", workflow=workflow)
        fields["workflow"].error("bad_value", message, say("name_correcting_workflow"))
    corrects = fields["corrects"].names(say("final_state_corrected"), "state")
    by = fields["by"].names(say("who_opens_a_correction"), "role")
    if other is None:
        return None
    return Link(name=name, workflow=other, outlives=True, open_at_most=1, corrects=corrects, by=by)


def check_corrections(
    links: Mapping[str, Link],
    nodes: Mapping[str, Node],
    states: Mapping[str, State],
    choices: Mapping[str, Choice],
    places: Mapping[str, Node],
) -> None:
    """Complains of corrections of cases that are not closed, and of open cases that would have to do with one.

    `nodes` are the links as they are written, `places` the states by name and the ways out by rule.
    """
    corrections = {link.name: link for link in links.values() if link.corrects}
    finals = ", ".join(name for name, state in states.items() if state.final is not None)
    for link in corrections.values():
        for name in link.corrects:
            if name in states and states[name].final is None:
                message = say("nothing_to_correct_yet", name=name)
                nodes[link.name].error("bad_value", message, say("name_final_states", finals=finals))
    named = chain.from_iterable(_named(state, choices) for state in states.values())
    for place, name in dict.fromkeys(named):
        if name in corrections:
            message = say("corrects_closed_case", name=name)
            hint = say("by_opens_once_closed")
            places[place].error("not_here", message, hint, on_key=True)


def _named(state: State, choices: Mapping[str, Choice]) -> Iterator[tuple[str, str]]:
    """The links that an open case opens or waits for here, each with the state or way out that names it."""
    yield from ((state.name, name) for name in state.starts)
    for way in state.transitions:
        yield from ((way.rule, name) for name in _links_of(way, choices))


def _links_of(way: Transition, choices: Mapping[str, Choice]) -> Iterator[str]:
    yield from way.starts
    if way.to in choices:
        yield from (name for row in choices[way.to].rows for name in row.starts)
    if isinstance(way.trigger, Upon):
        yield from (fact.link for fact in way.trigger.facts if isinstance(fact, Closed))
