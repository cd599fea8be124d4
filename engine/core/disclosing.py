"""What was disclosed stays readable as it was disclosed: which of all that was written is open by a grant since S.

A state lies *before* S if a case comes there without having come by S, and from there to S. What is written in such a
state is a draft: it opens with the next entry into S. What is written anywhere else is open as soon as the grant
counts: behind S nothing is a draft any more, and where no way leads to S nothing could ever open it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.audit import Entry
from engine.core.case_lists import Outcome
from engine.core.codec import decode
from engine.core.course import targets
from engine.core.definition import Definition
from engine.core.kept import is_form
from engine.core.undoable import standing

__all__ = ["Came", "Disclosing", "Record", "Stay", "Version", "before", "record_of"]

#: entries with which a case enters a state
_ENTERING = frozenset({"launched", "moved", "ended"})
_OPENING = "launched"
_NOBODY: frozenset[str] = frozenset()


def before(definition: Definition, since: Iterable[str]) -> frozenset[str]:
    """The states of a machine that lie before these: what is written there is a draft until one of these is entered."""
    wanted = frozenset(since).intersection(definition.states)
    ways = _ways(definition)
    start = {definition.initial} - wanted
    without = _closure(start, {one: to - wanted for one, to in ways.items() if one not in wanted})
    back: dict[str, set[str]] = {}
    for one, to in ways.items():
        for name in to:
            back.setdefault(name, set()).add(one)
    return frozenset(without & (_closure(set(wanted), back) - wanted))


def _ways(definition: Definition) -> dict[str, set[str]]:
    return {
        name: {
            to for way in state.transitions for text in (way.to, way.then) for to in targets(definition, text)
        }
        for name, state in definition.states.items()
    }


def _closure(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for name in ways.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


class Disclosing:
    """What lies before which states of one machine, worked out once; shared by all threads."""

    __slots__ = ("_before", "_reopens", "definition")

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._before: dict[frozenset[str], frozenset[str]] = {}
        self._reopens: dict[frozenset[str], bool] = {}

    def before(self, since: frozenset[str]) -> frozenset[str]:
        """The states that lie before these."""
        if since not in self._before:
            self._before[since] = before(self.definition, since)
        return self._before[since]

    def reopens(self, since: Iterable[str]) -> bool:
        """Whether a case that has entered one of these can come back to where drafts are written."""
        wanted = frozenset(since).intersection(self.definition.states)
        if wanted not in self._reopens:
            onward = _closure(set(wanted), _ways(self.definition)) if wanted else set()
            self._reopens[wanted] = not self.before(wanted).isdisjoint(onward)
        return self._reopens[wanted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One time at which something was written: in which case and entry, where that case rested, and by whom."""

    case: str
    seq: int
    at: int
    #: the state in which it was written; "" for what a case began with
    source: str
    authors: frozenset[str] = frozenset()
    value: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """An entry into a state."""

    seq: int
    at: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Where a case, or one of its tracks, has come so far."""

    case: str
    machine: Disclosing
    stays: tuple[Stay, ...]

    def opens(self, version: Version, since: frozenset[str]) -> bool | None:
        """Whether a version is open by these states, as far as this machine knows them; None if it came by none."""
        own = since.intersection(self.machine.definition.states)
        entered = [stay for stay in self.stays if stay.state in own]
        if not entered:
            return None
        if version.case == self.case:
            resting, later = version.source, entered[-1].seq >= version.seq
        else:
            resting, later = self._at(version.at), entered[-1].at >= version.at
        return later or (bool(resting) and resting not in self.machine.before(own))

    def _at(self, instant: int) -> str:
        """Where it rested at an instant; "" if it had not begun."""
        return next((stay.state for stay in reversed(self.stays) if stay.at <= instant), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was written in a case and its tracks, oldest first by the name it is kept under, and where they came."""

    came: tuple[Came, ...]
    versions: Mapping[str, tuple[Version, ...]]
    #: what came of gatherings, by their name, oldest first
    outcomes: Mapping[str, tuple[tuple[Version, Outcome], ...]] = field(default_factory=dict)
    #: when each journal of people from outside was told as a whole
    told: Mapping[str, Version] = field(default_factory=dict)

    def opens(self, version: Version, since: Iterable[str]) -> bool:
        """Whether a version is open by a grant that counts since one of these states; always if there are none."""
        wanted = frozenset(since)
        return not wanted or any(one.opens(version, wanted) for one in self.came)


def record_of(
    written: Iterable[tuple[str, str, int, bytes]],
    histories: Mapping[str, tuple[Disclosing, Iterable[Entry]]],
) -> Record:
    """The record of a case and its tracks: rows as case, name, entry and value; by case its machine and its entries.

    What was taken back is no part of it.
    """
    facts: dict[tuple[str, int], tuple[Entry, dict[str, Any]]] = {}
    came: list[Came] = []
    for case, (machine, entries) in histories.items():
        told = [(entry, decode(entry.body)) for entry in standing(entries)]
        facts |= {(case, entry.seq): (entry, body) for entry, body in told}
        stays = (
            Stay(seq=entry.seq, at=entry.at, state=body["to"])
            for entry, body in told
            if entry.kind in _ENTERING
        )
        came.append(Came(case=case, machine=machine, stays=tuple(stays)))
    versions: dict[str, list[Version]] = {}
    for case, name, seq, value in written:
        found = facts.get((case, seq))
        if found is not None:
            authors = frozenset(_authors(*found)) if is_form(name) else _NOBODY
            one = _version(case, *found, authors=authors, value=value)
            versions.setdefault(name, []).append(one)
        elif seq < 0:  # from outside: told by no entry of its own
            outside = Version(case=case, seq=seq, at=0, source="", value=value)
            versions.setdefault(name, []).append(outside)
    return Record(
        came=tuple(came),
        versions={name: tuple(sorted(ones, key=_in_time)) for name, ones in versions.items()},
        outcomes=_outcomes(facts),
        told={
            body["entry"]["journal"]: _version(case, entry, body)
            for (case, _), (entry, body) in facts.items()
            if entry.kind == "journal_told"
        },
    )


def _in_time(version: Version) -> tuple[int, int]:
    return version.at, version.seq


def _version(
    case: str,
    entry: Entry,
    body: Mapping[str, Any],
    *,
    authors: frozenset[str] = _NOBODY,
    value: bytes = b"",
) -> Version:
    source = "" if entry.kind == _OPENING else body["from"]
    return Version(case=case, seq=entry.seq, at=entry.at, source=source, authors=authors, value=value)


def _authors(entry: Entry, body: Mapping[str, Any]) -> Iterator[str]:
    """Who wrote what an entry holds: whoever acted, and whom they acted for; nobody what a case began with."""
    if entry.kind != _OPENING:
        actor = body.get("actor", {})
        yield from (actor[name] for name in ("person", "behalf") if actor.get(name))


def _outcomes(
    facts: Mapping[tuple[str, int], tuple[Entry, Mapping[str, Any]]],
) -> dict[str, tuple[tuple[Version, Outcome], ...]]:
    found: dict[str, list[tuple[Version, Outcome]]] = {}
    for (case, _), (entry, body) in facts.items():
        told = body.get("gathered")
        if told is not None:
            counts = {name: told[name] for name in ("asked", "answered", "declined", "dropped", "enough")}
            outcome = Outcome(visit=body["visit"], **counts)
            found.setdefault(told["name"], []).append((_version(case, entry, body), outcome))
    return {name: tuple(sorted(ones, key=lambda one: _in_time(one[0]))) for name, ones in found.items()}
