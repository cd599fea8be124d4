"""Links with parts: a state opens them, each on its first day; a way out happens once and could open only one case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.complaints import say
from engine.core.definition import Choice, Link, State, Transition
from engine.core.parse.links import SPANS
from engine.core.parse.nodes import Node


def check_parts(
    links: Mapping[str, Link],
    states: Mapping[str, State],
    choices: Mapping[str, Choice],
    places: Mapping[str, Node],
) -> None:
    """Complains of links with `every` that ways out or forks open. `places` are the ways out by rule."""
    opened = (
        (way.rule, name)
        for state in states.values()
        for way in state.transitions
        for name in _opened(way, choices)
        if name in links and links[name].every
    )
    for rule, name in dict.fromkeys(opened):
        message = say("parts_opened_at_once", name=name, every=SPANS[links[name].every])
        places[rule].error("not_here", message, say("start_parts_in_state"), on_key=True)


def _opened(way: Transition, choices: Mapping[str, Choice]) -> Iterator[str]:
    yield from way.starts
    if way.to in choices:
        yield from (name for row in choices[way.to].rows for name in row.starts)
