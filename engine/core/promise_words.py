"""Promises: which machine each is about, and the sentence people read, made from the rules in both languages."""

from __future__ import annotations

from engine.core.definition import (
    AlwaysAfter,
    AtMost,
    Definition,
    EndsBy,
    Label,
    Language,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
)
from engine.core.labels import transition_label
from engine.core.moments import describe

__all__ = ["bare_promise", "is_about", "machines_of", "own_promises", "promises_of_track", "say_promise"]


def machines_of(definition: Definition, promise: Promise) -> tuple[Definition, ...]:
    """The machines a promise is about: the case itself if it knows every name, else each track that does."""
    names = _names_of(promise)
    if names <= _known(definition):
        return (definition,)
    return tuple(one for one in definition.tracks.values() if names <= _known(one))


def is_about(definition: Definition, promise: Promise) -> bool:
    """Whether a machine knows every name a promise uses."""
    return _names_of(promise) <= _known(definition)


def own_promises(definition: Definition) -> tuple[tuple[int, Promise], ...]:
    """The promises about this very machine, not about its tracks, each with its number in the definition."""
    return tuple((number, one) for number, one in enumerate(definition.promises) if is_about(definition, one))


def promises_of_track(whole: Definition, track: Definition) -> tuple[Promise, ...]:
    """Those promises of the whole definition that are about a track of it."""
    return tuple(one for one in whole.promises if not is_about(whole, one) and is_about(track, one))


def _names_of(promise: Promise) -> frozenset[str]:
    match promise:
        case NeverBefore(never=never, before=before):
            return frozenset({never, before})
        case NeverAfter(after=after, never=never):
            return frozenset({after, never})
        case AlwaysAfter(after=after, always=always):
            return frozenset({after, always})
        case AtMost(of=of):
            return frozenset({of})
        case NeverSame(acts=acts):
            return frozenset(acts)
        case EndsBy():
            return frozenset()


def _known(definition: Definition) -> frozenset[str]:
    """States and ways out, the latter by name and by rule."""
    ways = [way for state in definition.states.values() for way in state.transitions]
    return frozenset({*definition.states, *(way.name for way in ways), *(way.rule for way in ways)})


def say_promise(whole: Definition, promise: Promise) -> Label:
    """The sentence people read."""
    definition = machines_of(whole, promise)[0]
    match promise:
        case NeverBefore(never=never, before=before):
            one, other = _named(definition, never), _named(definition, before)
            return Label(
                id=f"“{one.id}” tidak pernah sebelum “{other.id}”.",
                en=f"“{one.en}” never before “{other.en}”.",
            )
        case NeverAfter(after=after, never=never):
            one, other = _named(definition, after), _named(definition, never)
            return Label(
                id=f"Setelah “{one.id}”, tidak pernah lagi “{other.id}”.",
                en=f"After “{one.en}”, never again “{other.en}”.",
            )
        case AlwaysAfter(after=after, always=always, within=within):
            one, other = _named(definition, after), _named(definition, always)
            spans = ("", "")
            if within is not None:
                spans = f" dalam {describe(within, 'id')}", f" within {describe(within, 'en')}"
            return Label(
                id=f"Setelah “{one.id}”, selalu “{other.id}”{spans[0]}.",
                en=f"After “{one.en}”, always “{other.en}”{spans[1]}.",
            )
        case AtMost(most=most, of=of):
            one = _named(definition, of)
            times = "once" if most == 1 else f"{most} times"
            return Label(id=f"“{one.id}” paling banyak {most} kali.", en=f"“{one.en}” at most {times}.")
        case EndsBy(date=date):
            return Label(
                id=f"Setiap kasus berakhir paling lambat {describe(date, 'id')}.",
                en=f"Every case ends by {describe(date, 'en')}.",
            )
        case NeverSame(acts=acts):
            told = [_named(definition, act) for act in acts]
            ones, others = [f"“{one.id}”" for one in told], [f"“{one.en}”" for one in told]
            both = "both" if len(others) == 2 else "two of"  # noqa: PLR2004 - a pair is both
            return Label(
                id=f"Tidak pernah orang yang sama melakukan {_listed(ones, 'dan')}.",
                en=f"Never does one person do {both} {_listed(others, 'and')}.",
            )


def bare_promise(definition: Definition, number: int, language: Language) -> str:
    """The sentence of a promise by its number, without its full stop, to be put into another sentence."""
    return say_promise(definition, definition.promises[number])[language].removesuffix(".")


def _listed(names: list[str], joint: str) -> str:
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def _named(definition: Definition, name: str) -> Label:
    if name in definition.states:
        return definition.texts.label("states", name)
    for state in definition.states.values():
        for way in state.transitions:
            if name in (way.rule, way.name):
                return transition_label(definition, way)
    return Label(id=name, en=name)
