"""What is surely written once a move was made: forms, answers that were gathered, entries that an act adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.core.definition import By, Closed, Definition, Field, Gathered, State, Upon
from engine.core.proof.moves import Move, closure, edges_of, moves_of, openings
from engine.core.roles import NamedIn, Role

__all__ = [
    "gives",
    "left_empty",
    "names_somebody",
    "surely_before",
    "surely_named",
    "surely_written",
    "written_before",
]


def gives(definition: Definition, move: Move) -> frozenset[str]:
    """The forms, gatherings and journals that are surely written once this move was made."""
    state, way = definition.states[move.source], move.way
    match way.trigger:
        case By():
            adds = _counts_at_once(definition, way.adds)
            return frozenset(name for name in (state.form_of(way), adds) if name is not None)
        case Upon(facts=facts):
            gathered = any(isinstance(fact, Gathered) for fact in facts)
            found = _gathered_surely(definition, state) if gathered else set()
            for fact in facts:
                if isinstance(fact, Closed):
                    found |= _written_by_track(definition, fact.link)
            return frozenset(found)
        case _:
            return frozenset()


def surely_before(
    definition: Definition, moves: Sequence[Move], state: str, made: Callable[[Move], bool]
) -> bool:
    """Whether every way into a state comes by a move of this kind."""
    without = [one for one in moves if not made(one)]
    return state not in closure({definition.initial}, edges_of(without))


def written_before(definition: Definition, track: str) -> frozenset[str]:
    """The forms, gatherings and journals that a case has surely written before any case of a track begins."""
    moves = moves_of(definition)
    places = openings(definition, track)
    known = {what for move in moves for what in gives(definition, move)}
    return frozenset(
        what
        for what in known
        if all(
            (move is not None and what in gives(definition, move))
            or surely_written(definition, moves, what, state)
            for state, move in places
        )
    )


def surely_named(definition: Definition, moves: Sequence[Move], role: Role, state: str) -> bool:
    """Whether somebody was surely named for a role by the time a state is entered."""
    return surely_before(definition, moves, state, lambda one: names_somebody(definition, one, role))


def names_somebody(definition: Definition, move: Move, role: Role) -> bool:
    """Whether a move surely names people for a role; what is filled in a track names nobody in its case."""
    assert isinstance(role.query, NamedIn)
    if definition.states[move.source].form_of(move.way) != role.query.form:
        return False
    field = next(one for one in definition.forms[role.query.form].fields if one.name == role.query.field)
    return not left_empty(field)


def left_empty(field: Field) -> bool:
    """Whether whoever fills a form may leave this field empty, at least sometimes."""
    nobody = field.kind == "person" and field.most > 0 and not field.least
    return field.optional or field.needed is not None or nobody


def _counts_at_once(definition: Definition, name: str | None) -> str | None:
    """The journal an act adds to, if one entry of it is enough, nobody looks at it first, and no form is called so."""
    journal = definition.journals.get(name or "")
    if journal is None or journal.held or journal.anonymous > 1 or journal.name in definition.forms:
        return None
    return journal.name


def _gathered_surely(definition: Definition, state: State) -> set[str]:
    gather = state.gather
    if gather is None or gather.form is None or gather.may_decline:
        return set()
    named = [definition.roles[name] for name in gather.who if _is_named(definition.roles[name])]
    # Whoever is asked besides those who are named answers in any case.
    nobody = len(named) == len(gather.who) and not any(
        surely_named(definition, moves_of(definition), role, state.name) for role in named
    )
    return set() if nobody else {gather.name}


def _is_named(role: Role) -> bool:
    return isinstance(role.query, NamedIn)


def _written_by_track(definition: Definition, link: str) -> set[str]:
    """The forms that a track has surely written, whichever of its ends it has come to by its own ways."""
    found = definition.linked.get(link)
    track = definition.tracks.get(found.track) if found is not None else None
    if track is None:
        return set()
    moves = moves_of(track)
    ends = {name for name, state in track.states.items() if state.final is not None}
    written = {form for move in moves for form in gives(track, move)}
    return {form for form in written if all(surely_written(track, moves, form, end) for end in ends)}


def surely_written(definition: Definition, moves: Sequence[Move], what: str, state: str) -> bool:
    """Whether a form, a gathering or a journal was surely written by the time a state is entered."""
    return surely_before(definition, moves, state, lambda one: what in gives(definition, one))
