"""What the things of a definition are called when something is said of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from engine.core.complaints.saying import Said, Sayable, say

#: the kind of a track's states, before the track's name
TRACK_STATE = "state of track "

_KINDS: Mapping[str, Said] = {
    "choice": say("choice"),
    "figure": say("figure"),
    "form": say("form"),
    "gathering": say("gathering"),
    "journal": say("journal"),
    "ladder": say("ladder"),
    "link": say("link"),
    "pause": say("pause"),
    "phase": say("phase"),
    "read": say("read"),
    "role": say("role"),
    "setting": say("setting"),
    "state": say("state"),
    "track": say("track"),
    "window": say("window"),
}
_SORTS: Mapping[str, Said] = {
    "a number": say("a_number"),
    "a duration": say("a_duration"),
    "a word": say("a_word"),
    "a moment": say("a_moment"),
    "a moment counted from the due time": say("moment_from_due"),
    "a moment counted from entry": say("moment_from_entry"),
}


def kind_words(kind: str) -> Said:
    """What a kind of names is called: a state, a role, a state of a track."""
    if kind.startswith(TRACK_STATE):
        return say("state_of_track", track=kind.removeprefix(TRACK_STATE))
    return _KINDS[kind]


def sort_words(sort: str) -> Said:
    """What a sort of settings' values is called."""
    return _SORTS[sort]


def either(parts: Iterable[Sayable]) -> Sayable:
    """One or the other of these, as many as there are."""
    return reduce(lambda one, other: say("either", one=one, other=other), parts)


def either_kind(kinds: Iterable[str]) -> Sayable:
    """A thing of one of these kinds, as it stands after an article."""
    words: Iterable[Sayable] = map(kind_words, kinds)
    return reduce(lambda one, other: say("either_a", one=one, other=other), words)


def decimals_words(count: int) -> Said:
    """So many decimals."""
    return say("one_decimal") if count == 1 else say("decimals", count=count)
