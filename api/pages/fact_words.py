"""Facts that a case waits for, in words: of its employee, of its gathering, of its children, of other cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from api.pages.words import Words
from engine.core.case import Case
from engine.core.definition import Closed, Definition, EmployeeFact, Fact, Gathered, Reached, Upon
from engine.core.telling import say_list
from engine.errors import NotFound
from engine.runtime import Engine

__all__ = ["awaited", "others_of", "said_fact"]

Others = Mapping[str, Definition]


def others_of(engine: Engine, definition: Definition) -> Others:
    """By read and link: the newest version of the definition those cases follow, where one is known."""
    newest = {
        one.workflow: one.digest for one in sorted(engine.definitions(), key=lambda stored: stored.version)
    }
    found = {name: definition.tracks[link.track] for name, link in definition.linked.items() if link.track}
    for name, workflow in _named(definition):
        if workflow in newest:
            try:
                found[name] = engine.definition(newest[workflow])
            except NotFound:  # pragma: no cover - what is listed can be read
                continue
    return found


def _named(definition: Definition) -> Iterator[tuple[str, str]]:
    yield from ((name, read.workflow) for name, read in definition.reads.items() if read.workflow)
    yield from ((name, link.workflow) for name, link in definition.linked.items() if link.workflow)


def said_fact(definition: Definition, fact: Fact, word: Words, others: Others) -> str:
    """One fact as people say it."""
    match fact:
        case EmployeeFact() | Gathered():
            return word(f"way.{fact.text}")
        case Closed(link=name):
            many = name in definition.linked and bool(definition.linked[name].every)
            return word("way.closed_all" if many else "way.closed", name=_label(definition, name, word))
        case Reached(read=name, state=state):
            called = _label(definition, name, word)
            other = others.get(name)
            if other is None or state not in other.states:
                return word("way.reached_unknown", name=called)
            many = name in definition.reads and definition.reads[name].many
            told = other.texts.label("states", state)[word.language]
            return word("way.reached_all" if many else "way.reached", name=called, state=told)
        case _:
            assert_never(fact)


def awaited(definition: Definition, case: Case, word: Words, others: Others) -> tuple[str, ...]:
    """What a case waits for that no task of its own brings about: one line for each way out that facts open."""
    return tuple(
        say_list((said_fact(definition, fact, word, others) for fact in way.trigger.facts), word.language)
        for way in definition.states[case.state].transitions
        if isinstance(way.trigger, Upon) and not way.anytime and case.gathering is None
    )


def _label(definition: Definition, name: str, word: Words) -> str:
    """What a read or a link is called."""
    labels = definition.texts.labels
    return (labels["reads"].get(name) or labels["linked"].get(name) or labels["states"][definition.initial])[
        word.language
    ]
