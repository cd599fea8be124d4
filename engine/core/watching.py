"""What became of a promise: one small automaton for each form, moved on by what happens in a case.

The meaning is that of `engine.core.proof.promising`, which walks the same forms beside all ways a case may take. A
case that runs has four answers (three of LTL3 and a prediction): *kept* and *broken* are settled by what happened
(Bauer, Leucker and Schallhart, "Runtime Verification for LTL and TLTL", TOSEM 2011); *open* may go either way; *lost*
was not broken yet, and no way of this definition keeps it any more (Zhang, Leucker and Dong, "Runtime Verification
with Predictive Semantics", NFM 2012). What ends a case from outside keeps nothing and breaks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.core.case import Watch
from engine.core.codec import replace
from engine.core.definition import (
    AlwaysAfter,
    AtMost,
    Definition,
    NeverAfter,
    NeverBefore,
    NeverSame,
    Promise,
    Transition,
)
from engine.core.parse.graph import leads_on, targets

__all__ = ["Happening", "day_passed", "ended", "leading_to", "names_of_way", "watched"]


class Happening(NamedTuple):
    """What one entry made happen: a way that was taken (None as a case is opened), then a state that was entered.

    `state` is "" where the case stayed; `persons` did it, one for the other.
    """

    way: Transition | None
    state: str
    entry: int
    at: int
    persons: tuple[str, ...] = ()

    @property
    def moments(self) -> tuple[frozenset[str], ...]:
        """The names of what happened, one after the other."""
        taken = () if self.way is None else (names_of_way(self.way),)
        return (*taken, frozenset({self.state})) if self.state else taken


def names_of_way(way: Transition) -> frozenset[str]:
    """What promises may call a way: its name, and its rule."""
    return frozenset({way.name, way.rule})


def leading_to(definition: Definition, name: str) -> frozenset[str]:
    """The states from which something of that name can still happen, however often ways were used."""
    before: dict[str, set[str]] = {}
    found: set[str] = set()
    for state in definition.states.values():
        for way in state.transitions:
            onward = targets(way, definition.choices)
            if name in names_of_way(way) or name in onward:
                found.add(state.name)
            for target in onward:
                before.setdefault(target, set()).add(state.name)
    waiting = list(found)
    for here in waiting:
        more = before.get(here, set()) - found
        found |= more
        waiting.extend(more)
    return frozenset(found)


def watched(promise: Promise, watch: Watch, done: Happening) -> Watch:
    """How a promise stands after something happened; what is settled for good stays."""
    if watch.standing not in {"open", "lost"}:
        return watch
    if done.way is not None and watch.begun and not leads_on(done.way):
        watch = replace(watch, outside=True)
    step = _STEPS.get(type(promise), _waits)
    for names in done.moments:
        if watch.standing in {"open", "lost"}:
            watch = step(promise, watch, names, done)
    return watch


def day_passed(watch: Watch, entry: int, at: int) -> Watch:
    """The day by which it was promised is over."""
    return _broken(watch, "day", entry, at)


def ended(promise: Promise, watch: Watch, entry: int, at: int, *, outside: bool) -> Watch:
    """How a promise stands once the case is over; from outside, what was owed is owed no more."""
    if watch.standing not in {"open", "lost"}:
        return watch
    if not isinstance(promise, AlwaysAfter) or not watch.begun:
        return replace(watch, standing="kept", cause="ended", at=at, evidence=(entry,))
    if watch.outside or (outside and watch.begun < entry):
        return replace(watch, standing="lost", cause="outside", at=at, evidence=(watch.begun, entry))
    return _broken(watch, "ended", entry, at)


def _broken(watch: Watch, cause: str, entry: int, at: int) -> Watch:
    evidence = (watch.begun, entry) if watch.begun else (entry,)
    return replace(watch, standing="broken", cause=cause, at=at, evidence=evidence)


def _never_before(promise: NeverBefore, watch: Watch, names: frozenset[str], done: Happening) -> Watch:
    if promise.before in names:
        return replace(watch, standing="kept", cause="happened", at=done.at, evidence=(done.entry,))
    return _broken(watch, "happened", done.entry, done.at) if promise.never in names else watch


def _never_after(promise: NeverAfter, watch: Watch, names: frozenset[str], done: Happening) -> Watch:
    if watch.begun and promise.never in names:
        return _broken(watch, "happened", done.entry, done.at)
    return replace(watch, begun=done.entry) if promise.after in names and not watch.begun else watch


def _always_after(promise: AlwaysAfter, watch: Watch, names: frozenset[str], done: Happening) -> Watch:
    if promise.always in names:
        return replace(watch, begun=0, outside=False) if watch.begun else watch
    if promise.after in names and (watch.outside or not watch.begun):
        return replace(watch, begun=done.entry, outside=False)
    return watch


def _at_most(promise: AtMost, watch: Watch, names: frozenset[str], done: Happening) -> Watch:
    if promise.of not in names:
        return watch
    again = replace(watch, count=watch.count + 1, begun=watch.begun or done.entry)
    return _broken(again, "happened", done.entry, done.at) if again.count > promise.most else again


def _never_same(promise: NeverSame, watch: Watch, names: frozenset[str], done: Happening) -> Watch:
    acts = [act for act in promise.acts if act in names]
    for act in acts:
        for other, person, entry in watch.acts:
            if other != act and person in done.persons and entry != done.entry:
                return _broken(replace(watch, begun=entry), "happened", done.entry, done.at)
    told = {(act, person) for act, person, _ in watch.acts}
    new = [(act, one, done.entry) for act in acts for one in done.persons if (act, one) not in told]
    return replace(watch, acts=(*watch.acts, *new)) if new else watch


def _waits(promise: Promise, watch: Watch, names: frozenset[str], done: Happening) -> Watch:  # noqa: ARG001
    """Of a promise that is about the end of a case alone."""
    return watch


_STEPS: Mapping[type[Promise], Callable[[Any, Watch, frozenset[str], Happening], Watch]] = {
    NeverBefore: _never_before,
    NeverAfter: _never_after,
    AlwaysAfter: _always_after,
    AtMost: _at_most,
    NeverSame: _never_same,
}
