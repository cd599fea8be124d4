"""Tracks: small child machines written in the same file, each a definition of its own that shares all but its states.

A track's states stand directly under its name; it is one phase, called by its own name. Its transitions lead to its
own states only, and it ends in its one `final: ended` when the case that opened it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.core.complaints import say
from engine.core.complaints.kinds import TRACK_STATE
from engine.core.definition import DayOff, Definition, Journal, Ladder, PeriodRule, State, Texts
from engine.core.parse import graph
from engine.core.parse.nodes import Node
from engine.core.parse.notices import check_notified
from engine.core.parse.phases import PhaseReader
from engine.core.promise_words import promises_of_track


class TrackReader:
    """Reads all tracks, each with the reader of phases, and puts each together as a definition of its own."""

    def __init__(self, nodes: Mapping[str, Node], day_off: DayOff) -> None:
        self.nodes = nodes
        self.readers = {name: PhaseReader(day_off, TRACK_STATE + name) for name in nodes}

    def declare(self) -> None:
        """Every state of every track by name."""
        for name, reader in self.readers.items():
            reader.declare({name: self.nodes[name]})

    def read(self) -> None:
        """All tracks with their states."""
        for name, reader in self.readers.items():
            reader.read({name: self.nodes[name]}, None)

    def check(self, ladders: Mapping[str, Ladder], period: PeriodRule | None, *, ways_unsure: bool) -> None:
        """Complains of what cannot be walked through, and of a track that its case could not end."""
        for name, reader in self.readers.items():
            reader.check_moves()
            graph.check_ladders(reader.ladder_uses, ladders, reader.states)
            graph.check_beside(reader.states, reader.nodes, reader.rules, period)
            check_notified(reader.states, reader.transitions.inline, reader.initial, reader.rules)
            ended = [state.name for state in reader.states.values() if state.final == "ended"]
            if reader.states and len(ended) != 1:
                message = say("track_ends", name=name, count=len(ended))
                self.nodes[name].error("no_end", message, say("add_stopped"), on_key=True)
            if not ways_unsure:
                graph.check_reach(
                    reader.states, {**reader.transitions.inline}, reader.initial, reader.nodes, ended
                )

    def check_forms(self, own: Iterable[State]) -> None:
        """Complains of a form that is filled in two places: the case and its tracks show what they wrote as one."""
        filler = dict.fromkeys(filled_in(own), say("the_case_itself"))
        for name, reader in self.readers.items():
            for form in sorted(filled_in(reader.states.values())):
                if form in filler:
                    message = say("form_filled_twice", form=form, filler=filler[form], name=name)
                    self.nodes[name].error("clash", message, say("own_form"), on_key=True)
                filler.setdefault(form, say("the_track_called", name=name))

    def definitions(self, whole: Definition, texts: Mapping[str, Texts]) -> dict[str, Definition]:
        """Each track as a definition: known by the digest of the whole, a `#` and its name."""
        made = {
            name: replace(
                whole,
                digest=f"{whole.digest}#{name}",
                choices=reader.transitions.inline,
                phases=reader.phases,
                states=reader.states,
                initial=reader.initial,
                due=None,
                texts=texts[name],
                publishes=tuple(state for state in whole.publishes if state in reader.states),
                linked={},
                journals=_kept_in(whole.journals, reader.states),
            )
            for name, reader in self.readers.items()
        }
        return {name: replace(one, promises=promises_of_track(whole, one)) for name, one in made.items()}


def _kept_in(journals: Mapping[str, Journal], states: Mapping[str, State]) -> dict[str, Journal]:
    """The journals that are kept in a track itself; those of its case are open in the case alone."""
    adding = {one.adds for state in states.values() for one in state.transitions}
    return {
        name: journal
        for name, journal in journals.items()
        if name in adding or not states.keys().isdisjoint(journal.within)
    }


def filled_in(states: Iterable[State]) -> set[str]:
    """The forms that somebody fills in these states."""
    filled: set[str] = set()
    for state in states:
        filled.update(one.form for one in state.transitions if one.form is not None)
        if state.work is not None and state.work.form is not None:
            filled.add(state.work.form)
    return filled
