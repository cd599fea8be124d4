"""Promises watched, whatever happens: on random ways through every practice the automata say what the whole way says.

The oracle below keeps the whole way and asks each promise of all of it, by its own words; the automata keep a few
numbers. What the proof calls "always" is never broken on any way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from engine.core.case import Watch
from engine.core.definition import (
    AlwaysAfter,
    AtMost,
    By,
    Definition,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
)
from engine.core.parse.graph import leads_on
from engine.core.promise_words import own_promises
from engine.core.proof.moves import Move, moves_of
from engine.core.proof.promising import prove_kept
from engine.core.watching import Happening, ended, leading_to, names_of_way, watched
from tests.proof.grounds import NATIONAL, SMALL, changed, ground, practice

PRACTICES = (
    "asn-perbaikan", "asn-tahunan", "asn-triwulan", "bukitintan-penilaian", "bukitintan-unit",
    "kemenkeu-triwulan", "kemenkeu-unit", "unit-tahunan",
)  # fmt: skip
LONGEST = 60
_HANDFULS = 20


@cache
def machines() -> tuple[Definition, ...]:
    """Every practice with its tracks, the shipped cycle, and the smallest."""
    whole = [*map(practice, PRACTICES), changed(NATIONAL), changed(SMALL)]
    return tuple(one for each in whole for one in (each, *each.tracks.values()))


@cache
def moves(number: int) -> tuple[Move, ...]:
    return moves_of(machines()[number])


class Point(NamedTuple):
    """Something that happened on a way: its names, in which entry, by whom, and whether it came from outside."""

    names: frozenset[str]
    entry: int
    person: str
    outside: bool


class Way(NamedTuple):
    """A whole way: all that happened, where it is, and whether it is over, from outside or not."""

    happened: tuple[Happening, ...]
    state: str
    over: bool
    outside: bool

    def points(self) -> Iterator[Point]:
        for done in self.happened:
            person = done.persons[0] if done.persons else ""
            outside = done.way is not None and not leads_on(done.way)
            for names in done.moments:
                yield Point(names, done.entry, person, outside)


@st.composite
def ways(draw: st.DrawFn, only: int | None = None) -> tuple[int, Way]:
    """A random way through a random machine; caps are kept, conditions are not looked at."""
    number = draw(st.integers(0, len(machines()) - 1)) if only is None else only
    definition = machines()[number]
    state, uses = definition.initial, dict[str, int]()
    happened = [Happening(None, state, 1, 1)]
    outside = False
    for entry in range(2, draw(st.integers(2, LONGEST))):
        open_now = [one for one in moves(number) if one.source == state and _open(one, uses)]
        if not open_now:
            break
        move = draw(st.sampled_from(open_now))
        rule = move.way.rule
        uses[rule] = uses.get(rule, 0) + (not move.worn)
        roles = _roles(definition, move)
        person = (draw(st.sampled_from(roles)),) if roles else ()
        happened.append(Happening(move.way, "" if move.stays else move.target, entry, entry, person))
        state, outside = move.target, not leads_on(move.way)
    over = definition.states[state].final is not None
    return number, Way(tuple(happened), state, over, over and outside)


def _roles(definition: Definition, move: Move) -> tuple[str, ...]:
    """Who may take a way; one person fills each role, and as many roles as the rules let one person fill."""
    trigger, task = move.way.trigger, definition.states[move.source].task
    if not isinstance(trigger, By):
        return ()
    return trigger.roles or ((task.who,) if task is not None else ())


def _open(move: Move, uses: dict[str, int]) -> bool:
    used_up = move.way.at_most is not None and uses.get(move.way.rule, 0) >= move.way.at_most
    return used_up == move.worn


@st.composite
def promises(draw: st.DrawFn, number: int, happened: tuple[Happening, ...] = ()) -> Promise:
    """A promise of any form without a day, about what this machine knows; what is counted, about what did happen."""
    definition = machines()[number]
    acts = sorted({one.way.name for one in moves(number) if isinstance(one.way.trigger, By)})
    known = st.sampled_from(sorted({*definition.states, *(one.way.rule for one in moves(number)), *acts}))
    one, other = draw(st.lists(known, min_size=2, max_size=2, unique=True))
    counted = sorted({name for each in happened for names in each.moments for name in names}) or [one]
    forms: list[Promise] = [
        NeverBefore(never=one, before=other),
        NeverAfter(after=one, never=other),
        AlwaysAfter(after=one, always=other),
        AtMost(most=draw(st.sampled_from((1, 1, 1, 2))), of=draw(st.sampled_from(counted))),
    ]
    if len(acts) > 1:
        same = draw(st.lists(st.sampled_from(acts), min_size=2, max_size=3, unique=True))
        forms.append(NeverSame(acts=tuple(same)))
    return draw(st.sampled_from(forms))


@st.composite
def promised_ways(draw: st.DrawFn) -> tuple[int, Way, Promise]:
    number, way = draw(ways())
    return number, way, draw(promises(number, way.happened))


def walked(promise: Promise, way: Way) -> Watch:
    """What the automaton says after all of a way."""
    watch = Watch(number=0)
    for done in way.happened:
        watch = watched(promise, watch, done)
    if way.over:
        watch = ended(promise, watch, way.happened[-1].entry, way.happened[-1].at, outside=way.outside)
    return watch


def told(promise: Promise, way: Way) -> str:
    """What the whole way says of a promise: kept, broken, open, or lost to what came from outside."""
    points = tuple(way.points())
    match promise:
        case NeverBefore(never=never, before=before):
            first = next((at for at, one in enumerate(points) if before in one.names), len(points))
            if any(never in one.names for one in points[:first]):
                return "broken"
            return "kept" if first < len(points) or way.over else "open"
        case NeverAfter(after=after, never=never):
            first = next((at for at, one in enumerate(points) if after in one.names), len(points))
            broken = any(never in one.names for one in points[first + 1 :])
        case AtMost(most=most, of=of):
            broken = sum(any(of in names for names in done.moments) for done in way.happened) > most
        case NeverSame(acts=acts):
            did = [(act, one.entry, one.person) for one in points for act in acts if act in one.names]
            broken = any(
                person and person == again and act != other and entry != later
                for act, entry, person in did
                for other, later, again in did
            )
        case AlwaysAfter(after=after, always=always):
            return _owed(points, after, always, way)
        case _:
            raise AssertionError(promise)
    return "broken" if broken else "kept" if way.over else "open"


def _owed(points: tuple[Point, ...], after: str, always: str, way: Way) -> str:
    """Of each time it was owed: whether it came, and if not, whether the case went away from outside since."""
    unpaid = [
        at
        for at, one in enumerate(points)
        if after in one.names and not any(always in later.names for later in points[at:])
    ]
    if not way.over:
        return "open"
    strict = [
        at
        for at in unpaid
        if not any(one.outside and one.entry > points[at].entry for one in points[at + 1 :])
    ]
    return "broken" if strict else "lost" if unpaid else "kept"


@pytest.mark.parametrize("examples", [500, pytest.param(5_000, marks=pytest.mark.long)])
def test_an_automaton_says_what_the_whole_way_says(examples: int) -> None:
    @given(promised_ways())
    @settings(max_examples=examples, deadline=None)
    def says(drawn: tuple[int, Way, Promise]) -> None:
        _, way, promise = drawn
        watch = walked(promise, way)
        assert told(promise, way) == watch.standing
        assert all(1 <= entry <= way.happened[-1].entry for entry in watch.evidence)

    says()


@given(promised_ways())
@settings(max_examples=400, deadline=None)
def test_what_is_settled_stays_settled(drawn: tuple[int, Way, Promise]) -> None:
    """However the way goes on."""
    _, way, promise = drawn
    watch, seen = Watch(number=0), list[str]()
    for done in way.happened:
        watch = watched(promise, watch, done)
        seen.append(watch.standing)
    first = next((at for at, one in enumerate(seen) if one in {"kept", "broken"}), len(seen))
    assert len(set(seen[first:])) <= 1


@given(promised_ways())
@settings(max_examples=400, deadline=None)
def test_what_is_out_of_reach_never_comes(drawn: tuple[int, Way, Promise]) -> None:
    """Once a state is not one from which something can follow, nothing after it makes it happen."""
    number, way, promise = drawn
    if not isinstance(promise, AlwaysAfter):
        return
    hopeful, gone = leading_to(machines()[number], promise.always), False
    for done in way.happened:
        names = frozenset[str]().union(*done.moments)
        assert not (gone and promise.always in names)
        gone = gone or (done.state or way.state) not in hopeful if done.state else gone


@pytest.mark.parametrize("number", range(len(PRACTICES)))
def test_what_is_proven_for_always_is_never_broken(number: int) -> None:
    """On a hundred random ways through each practice, for every promise of its own and many more."""
    definition = practice(PRACTICES[number])
    place = next(at for at, one in enumerate(machines()) if one == definition)

    @given(
        st.lists(promises(place), min_size=8, max_size=8), st.lists(_ways_of(place), min_size=4, max_size=4)
    )
    @settings(max_examples=5, deadline=None)
    def holds(asked: list[Promise], gone: list[Way]) -> None:
        own = [promise for _, promise in own_promises(definition)]
        every = (*(one for one in own if _untimed(one)), *asked)
        proof = prove_kept(ground(replace(definition, promises=every)))
        verdicts: list[str] = proof.facts["verdicts"]  # type: ignore[assignment]
        for promise, verdict in zip(every, verdicts, strict=True):
            for way in gone:
                assert not (verdict == "always" and walked(promise, way).standing == "broken"), (promise, way)

    holds()


def _ways_of(number: int) -> st.SearchStrategy[Way]:
    return ways(only=number).map(lambda one: one[1])


def _untimed(promise: Promise) -> bool:
    return not (isinstance(promise, AlwaysAfter) and promise.within) and not hasattr(promise, "date")


def test_every_form_and_every_answer_is_met() -> None:
    """What the ways above are drawn from reaches each answer of each form within a few thousand of them."""
    forms = ("NeverBefore", "NeverAfter", "AlwaysAfter", "AtMost", "NeverSame")
    unmet = {(form, answer) for form in forms for answer in ("open", "kept", "broken")}
    unmet.add(("AlwaysAfter", "lost"))

    for number in range(_HANDFULS):
        if unmet:

            @seed(number)
            @given(promised_ways())
            @settings(max_examples=200, deadline=None, database=None)
            def meets(drawn: tuple[int, Way, Promise]) -> None:
                _, way, promise = drawn
                unmet.discard((type(promise).__name__, walked(promise, way).standing))
                assert names_of_way(moves(drawn[0])[0].way)

            meets()
    assert set() == unmet
