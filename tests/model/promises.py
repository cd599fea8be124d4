"""What a promise comes to, told from all that has happened in a case: read anew from its beginning each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise; `first` and `then` are names of acts, moves and states."""

    form: Literal["never before", "always after", "at most", "never same", "ends by"]
    first: str = ""
    then: str = ""
    most: int = 0
    #: what must follow does so within so many working days
    within: int = 0
    on: date | None = None
    #: the states from which what must follow still can
    hope: frozenset[str] = frozenset()


class Happened(NamedTuple):
    """What an entry made happen: a way was taken, a state entered ("" if it stayed); who did it; not by these rules."""

    line: int
    way: frozenset[str]
    state: str
    persons: tuple[str, ...] = ()
    outside: bool = False
    #: the day of this promise was over
    day_over: int | None = None

    def names(self) -> Iterable[frozenset[str]]:
        """The names of what happened, one after the other."""
        yield self.way
        yield frozenset({self.state})


class Verdict(NamedTuple):
    """How a promise stands; since which entry something is owed; whether what came from outside decided it."""

    standing: Literal["open", "kept", "broken", "lost"]
    owed: int = 0
    outside: bool = False


def verdict(number: int, promise: Promise, story: list[Happened], state: str, *, ended: bool) -> Verdict:
    """How it stands after all this."""
    passed = any(one.day_over == number for one in story)
    if promise.form == "always after":
        return _always_after(number, promise, story, state, ended=ended)
    if promise.form == "ends by":
        return Verdict("broken" if passed else "kept" if ended else "open")
    found = _decided(promise, story)
    return Verdict(found or ("kept" if ended else "open"))


def _decided(promise: Promise, story: list[Happened]) -> Literal["kept", "broken", ""]:
    told = [(names, one) for one in story for names in one.names()]
    if promise.form == "never before":
        for names, _ in told:
            if promise.then in names:
                return "kept"
            if promise.first in names:
                return "broken"
    if promise.form == "at most" and sum(promise.first in names for names, _ in told) > promise.most:
        return "broken"
    if promise.form == "never same":
        acts = (promise.first, promise.then)
        done = [[{*one.persons} for names, one in told if act in names] for act in acts]
        if any(one & other for one in done[0] for other in done[1]):
            return "broken"
    return ""


def _always_after(
    number: int, promise: Promise, story: list[Happened], state: str, *, ended: bool
) -> Verdict:
    owed, outside = 0, False
    for one in story:
        if one.day_over == number:
            return Verdict("broken")
        outside = outside or (one.outside and owed > 0)
        for names in one.names():
            if promise.then in names:
                owed, outside = 0, False
            elif promise.first in names and (outside or not owed):
                owed, outside = one.line, False
    if not owed:
        return Verdict("kept" if ended else "open")
    if ended:
        outside = outside or (story[-1].outside and owed < story[-1].line)
        return Verdict("lost", owed, outside=True) if outside else Verdict("broken")
    if state not in promise.hope:
        return Verdict("lost", owed, outside)
    return Verdict("open", owed, outside)
