"""Filled: whatever a condition reads was surely written before, on every way that leads to it.

A condition that misses a value refuses. For a person that is a puzzle; for a fork behind a moment it is a case that
cannot move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.condition_words import names_in
from engine.core.definition import By, Closed, Definition, Field, Gathered, Label, State, Upon
from engine.core.parse.graph import leads_on
from engine.core.paths import gatherings
from engine.core.places import Path
from engine.core.proof.finding import Finding
from engine.core.proof.moves import Move, closure, edges_of, moves_of, shortest
from engine.core.proof.placing import choice_path, way_path
from engine.core.proof.stories import say_named, tell
from engine.core.visibility import inputs_of

__all__ = ["check_filled", "gives"]


def gives(definition: Definition, move: Move) -> frozenset[str]:
    """The forms and gatherings that are surely written once this move was made."""
    state, way = definition.states[move.source], move.way
    match way.trigger:
        case By(roles=roles):
            form = way.form or (state.task.form if state.task is not None and not roles else None)
            return frozenset((form,) if form is not None else ())
        case Upon(facts=facts):
            found = _gathered_surely(state) if any(isinstance(fact, Gathered) for fact in facts) else set()
            for fact in facts:
                if isinstance(fact, Closed):
                    found |= _written_by_track(definition, fact.link)
            return frozenset(found)
        case _:
            return frozenset()


def _gathered_surely(state: State) -> set[str]:
    gather = state.gather
    sure = gather is not None and gather.form is not None and not gather.may_decline
    return {gather.name} if gather is not None and sure else set()


def _written_by_track(definition: Definition, link: str) -> set[str]:
    """The forms that a track has surely written, whichever of its ends it has come to by its own ways."""
    found = definition.linked.get(link)
    track = definition.tracks.get(found.track) if found is not None else None
    if track is None:
        return set()
    moves = moves_of(track)
    ends = {name for name, state in track.states.items() if state.final is not None}
    written = {form for move in moves for form in gives(track, move)}
    return {
        form
        for form in written
        if not closure({track.initial}, edges_of([one for one in moves if form not in gives(track, one)]))
        & ends
    }


def check_filled(definition: Definition) -> Iterator[Finding]:
    """A finding for each condition that may read what nobody has written yet, told by the shortest way there."""
    moves = moves_of(definition)
    told: set[tuple[Path, str]] = set()
    for move in moves:
        for path, text, rest in _readings(definition, move):
            for name, source in _sources(definition, text):
                if (path, source) in told:
                    continue
                found = _missing(definition, moves, move, (path, name, source), forked=rest)
                if found is not None:
                    told.add((path, source))
                    yield found


def _readings(definition: Definition, move: Move) -> Iterator[tuple[Path, str, bool]]:
    """The conditions a move reads: where each stands, and whether it is a fork's."""
    if move.way.when is not None:
        yield (*way_path(definition, move.way), "when"), move.way.when.text, False
    choice = definition.choices.get(move.fork)
    if choice is not None:
        path = choice_path(definition, choice.name)
        for number, row in enumerate(choice.rows):
            if row.when is not None:
                yield (*path, number, "when"), row.when.text, True


def _sources(definition: Definition, text: str) -> Iterator[tuple[str, str]]:
    """Each name a condition reads, with each form or gathering it needs."""
    for name in names_in(text):
        figure = definition.figures.get(name)
        if figure is not None:
            written = definition.forms.keys() | gatherings(definition).keys()
            for source in sorted(inputs_of(definition, name) & written):
                yield name, source
        elif "." in name:
            yield name, name.partition(".")[0]


def _missing(
    definition: Definition,
    moves: Sequence[Move],
    move: Move,
    reading: tuple[Path, str, str],
    *,
    forked: bool,
) -> Finding | None:
    path, name, source = reading
    if source not in definition.forms and source not in _gathered(definition):
        return None
    own = source in gives(definition, move)
    if own:
        field = _optional(definition, name)
        return _left_out(definition, path, name) if field is not None and forked else None
    without = [one for one in moves if source not in gives(definition, one)]
    if move.source not in closure({definition.initial}, edges_of(without)):
        field = _optional(definition, name)
        return _left_out(definition, path, name) if field is not None else None
    way = shortest(definition.initial, without, lambda one: one is move) or ()
    return _empty(definition, path, name, source, way, stuck=forked or not _other_way(definition, move))


def _gathered(definition: Definition) -> frozenset[str]:
    return frozenset(state.gather.name for state in definition.states.values() if state.gather is not None)


def _optional(definition: Definition, name: str) -> Field | None:
    """The field, if it may be left out."""
    form, dot, field = name.partition(".")
    if not dot or form not in definition.forms:
        return None
    found = next((one for one in definition.forms[form].fields if one.name == field), None)
    return found if found is not None and (found.optional or found.needed is not None) else None


def _other_way(definition: Definition, move: Move) -> bool:
    """Whether a case whose act is refused can still go on."""
    return any(way is not move.way and leads_on(way) for way in definition.states[move.source].transitions)


def _empty(
    definition: Definition, path: Path, name: str, source: str, way: Sequence[Move], *, stuck: bool
) -> Finding:
    form, what = say_named(definition, source), say_named(definition, name)
    last = Label(
        id=f"Di sini “{what.id}” dibandingkan, padahal “{form.id}” belum pernah diisi.",
        en=f"Here “{what.en}” is compared, but “{form.en}” was never filled in.",
    )
    return Finding(
        code="may_be_empty",
        question="decided",
        severity="error" if stuck else "warning",
        path=path,
        message=Label(
            id=f"'{name}' dibandingkan di sini, dan '{source}' mungkin belum diisi",
            en=f"'{name}' is compared here, and '{source}' may not have been filled in",
        ),
        story=(*tell(definition, way[:-1]), last),
        suggestion=Label(
            id="lewatkan semua jalan melalui pengisian formulir itu, atau bandingkan yang lain",
            en="let every way lead through an act that fills that form, or compare something else",
        ),
        facts={"name": name, "form": source, "ways": [one.way.rule for one in way]},
    )


def _left_out(definition: Definition, path: Path, name: str) -> Finding:
    what = say_named(definition, name)
    return Finding(
        code="may_be_left_out",
        question="decided",
        severity="error",
        path=path,
        message=Label(
            id=f"'{name}' dibandingkan di sini, tetapi boleh dikosongkan",
            en=f"'{name}' is compared here, and it may be left out",
        ),
        story=(
            Label(
                id=f"“{what.id}” dikosongkan, jadi tidak ada baris yang dapat dipilih dan kasus tidak dapat pindah.",
                en=f"“{what.en}” was left out, so no row can be chosen and the case cannot move.",
            ),
        ),
        suggestion=Label(
            id="wajibkan isian itu, atau bandingkan yang lain",
            en="make the field needed, or compare another one",
        ),
        facts={"name": name},
    )
