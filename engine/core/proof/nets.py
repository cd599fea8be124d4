"""Workflow nets, decided by walking every marking: can it always end, does it end properly, has every step a use.

A marking is one whole number, a bit for each place, so a net of ten thousand markings takes milliseconds. Nets must be
safe (no place ever holds two tokens); one that is not is said to be unsafe, one of too many markings is not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from engine.core.definition import Closed, Definition, Gathered, Upon
from engine.core.parse.graph import leads_on
from engine.core.proof.moves import Move, moves_of

__all__ = ["MOST_MARKINGS", "Net", "NetAnswer", "Step", "decide_net", "net_of"]

#: more markings than this are not walked through
MOST_MARKINGS = 200_000
#: the place of a case that is about to be opened, and the step that opens it
_OPENED = "(opened)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A transition of a net: what it takes, what it gives, and the places it empties whether they hold a token or not.

    `counted` steps may be used up: an end that is reached only by them is not counted on.
    """

    name: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    empties: tuple[str, ...] = ()
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """A net that begins with one token in `begins` and has ended when one of `ends` holds one."""

    begins: str
    ends: frozenset[str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetAnswer:
    """What came of a net. `way` leads to the first marking that shows why it is not sound."""

    verdict: Literal["sound", "unsound", "unsafe", "not_decided"]
    markings: int
    can_always_end: bool = True
    ends_properly: bool = True
    dead: tuple[str, ...] = ()
    way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bits:
    name: str
    takes: int
    gives: int
    keeps: int
    counted: bool


def decide_net(net: Net) -> NetAnswer:
    """Whether the net is sound: van der Aalst's option to complete, proper completion, and no dead step."""
    places = {place: 1 << number for number, place in enumerate(_places(net))}
    steps = [_bits(step, places) for step in net.steps]
    start, ends = places[net.begins], _mask(net.ends, places)
    came: dict[int, tuple[int, str] | None] = {start: None}
    back: dict[int, list[int]] = {}
    used: set[str] = set()
    waiting = [start]
    for marking in waiting:
        for step in steps:
            if marking & step.takes != step.takes:
                continue
            left = marking & ~step.takes & step.keeps
            if left & step.gives:
                return NetAnswer(verdict="unsafe", markings=len(came), way=(*_way(came, marking), step.name))
            after = left | step.gives
            used.add(step.name)
            if not step.counted:
                back.setdefault(after, []).append(marking)
            if after not in came:
                if len(came) >= MOST_MARKINGS:
                    return NetAnswer(verdict="not_decided", markings=len(came))
                came[after] = (marking, step.name)
                waiting.append(after)
    return _judge(came, back, ends, [step.name for step in net.steps if step.name not in used])


def _judge(
    came: Mapping[int, tuple[int, str] | None],
    back: Mapping[int, Sequence[int]],
    ends: int,
    dead: Sequence[str],
) -> NetAnswer:
    improper = [marking for marking in came if marking & ends and marking.bit_count() > 1]
    fine = {marking for marking in came if marking & ends and marking.bit_count() == 1}
    waiting = list(fine)
    while waiting:
        for before in back.get(waiting.pop(), ()):
            if before not in fine:
                fine.add(before)
                waiting.append(before)
    stuck = [marking for marking in came if marking not in fine]
    sound = not (improper or stuck or dead)
    # The marking come to last: the further a way leads, the more it shows.
    shown = next(chain(reversed(stuck), improper), None)
    return NetAnswer(
        verdict="sound" if sound else "unsound",
        markings=len(came),
        can_always_end=not stuck,
        ends_properly=not improper,
        dead=tuple(dict.fromkeys(dead)),
        way=() if shown is None else _way(came, shown),
    )


def _way(came: Mapping[int, tuple[int, str] | None], marking: int) -> tuple[str, ...]:
    way: list[str] = []
    step = came[marking]
    while step is not None:
        way.append(step[1])
        step = came[step[0]]
    return tuple(reversed(way))


def _places(net: Net) -> Iterable[str]:
    named = chain.from_iterable((*step.takes, *step.gives, *step.empties) for step in net.steps)
    return dict.fromkeys((net.begins, *sorted(net.ends), *named))


def _mask(names: Iterable[str], places: Mapping[str, int]) -> int:
    mask = 0
    for name in names:
        mask |= places[name]
    return mask


def _bits(step: Step, places: Mapping[str, int]) -> _Bits:
    return _Bits(
        step.name,
        _mask(step.takes, places),
        _mask(step.gives, places),
        ~_mask(step.empties, places),
        step.counted,
    )


def net_of(definition: Definition, moves: Sequence[Move]) -> Net:
    """A definition as a net: a place for each state, and beside it those of its tracks and of whoever is gathered from.

    A track holds a token in each of its states, from when it is opened; `upon` its closing takes the token of an end.
    Whatever ends the case takes its tracks' tokens along.
    """
    inner = _track_steps(definition)
    held = tuple(dict.fromkeys(place for step in inner for place in (*step.takes, *step.gives)))
    opening = (definition.initial, *_begun(definition, definition.initial))
    steps = [Step(name=_OPENED, takes=(_OPENED,), gives=opening), *inner]
    for move in moves:
        if not move.stays:
            steps += _move_steps(definition, move, held)
    steps += _answers(definition)
    ends = frozenset(name for name, state in definition.states.items() if state.final is not None)
    return Net(begins=_OPENED, ends=ends, steps=tuple(steps))


def _begun(definition: Definition, state: str) -> tuple[str, ...]:
    """What entering a state puts tokens into besides: whoever is asked there, and the tracks it opens."""
    tracks = (definition.linked[link].track for link in definition.states[state].starts)
    opened = tuple(f"{one}:{definition.tracks[one].initial}" for one in tracks if one in definition.tracks)
    return (*_places_of(definition, state, "asked"), *opened)


def _track_steps(definition: Definition) -> list[Step]:
    return [
        Step(
            name=f"{track}:{move.way.rule}->{move.target}",
            takes=(f"{track}:{move.source}",),
            gives=(f"{track}:{move.target}",),
            counted=move.counted or move.worn,
        )
        for track, one in definition.tracks.items()
        for move in moves_of(one)
        if not move.stays and not move.way.rule.startswith("anytime.")
    ]


def _move_steps(definition: Definition, move: Move, held: tuple[str, ...]) -> Iterable[Step]:
    """The steps of one move: one for each combination of ends that tracks it waits for may have come to."""
    facts = move.way.trigger.facts if isinstance(move.way.trigger, Upon) else ()
    takes: list[tuple[str, ...]] = [(move.source,)]
    for fact in facts:
        track = (
            definition.tracks.get(definition.linked[fact.link].track) if isinstance(fact, Closed) else None
        )
        if track is not None and isinstance(fact, Closed):
            name = definition.linked[fact.link].track
            ends = [state for state, one in track.states.items() if one.final not in {None, "ended"}]
            takes = [(*one, f"{name}:{end}") for one in takes for end in ends]
        elif isinstance(fact, Gathered):
            takes = [(*one, *_places_of(definition, move.source, "answered")) for one in takes]
    final = definition.states[move.target].final is not None
    begun = () if final else _begun(definition, move.target)
    left = (*_places_of(definition, move.source, "asked"), *_places_of(definition, move.source, "answered"))
    for number, one in enumerate(takes):
        yield Step(
            name=f"{move.way.rule}->{move.target}" + (f"#{number}" if number else ""),
            takes=one,
            gives=(move.target, *begun),
            empties=(*left, *(held if final else ()), *begun),
            # What happens to a case from outside may never happen: nothing is counted on it to end.
            counted=move.counted or move.worn or not leads_on(move.way),
        )


def _answers(definition: Definition) -> Iterable[Step]:
    """Each role that a state gathers from answers once."""
    for state in definition.states.values():
        for asked, answered in zip(
            _places_of(definition, state.name, "asked"),
            _places_of(definition, state.name, "answered"),
            strict=True,
        ):
            yield Step(name=answered, takes=(asked,), gives=(answered,))


def _places_of(definition: Definition, state: str, what: str) -> tuple[str, ...]:
    gather = definition.states[state].gather
    return () if gather is None else tuple(f"{state}/{role}:{what}" for role in gather.who)
