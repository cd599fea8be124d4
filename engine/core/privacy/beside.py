"""Reasons that stand beside no case: of rules, people, calendars, outages, privacy and break-glass; whom they concern.

An entry commits to its reason, which can be erased like any other word. What belongs together goes together: the
reasons of asking for something, of deciding and of ending it have one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.core.audit import Entry
from engine.core.cancelling import STREAM as CANCELLINGS
from engine.core.clock_doubt import STREAM as CLOCK
from engine.core.codec import decode
from engine.core.outage_log import STREAM as OUTAGES
from engine.core.privacy.erasing import PRIVACY
from engine.core.privacy.glass import GLASS
from engine.core.publication import STREAM as DEFINITIONS

__all__ = ["BESIDE", "Said", "said_told"]

_PEOPLE, _CALENDARS = "people", "calendars"
#: the streams of no case whose entries have reasons
BESIDE = (DEFINITIONS, _PEOPLE, _CALENDARS, OUTAGES, CANCELLINGS, PRIVACY, GLASS, CLOCK)
#: by which word an entry says what it goes on with, and how what began there is called
_GOES_ON = {
    "erasure": "e-{}",
    "hold": "h-{}",
    "glass": "g-{}",
    "outage": "outage-{}",
    "cancelling": "cancelling-{}",
}
_BEGINS = {
    "erasure_asked": "e-{}", "hold_put": "h-{}", "glass_asked": "g-{}", "declared": "outage-{}",
    "cancel_asked": "cancelling-{}",
}  # fmt: skip
#: what is not over with the entry that begins it
_ENDS = frozenset(
    {
        "erased",
        "erasure_refused",
        "hold_lifted",
        "glass_refused",
        "glass_ended",
        "ended",
        "cancelled",
        "cancel_refused",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One reason: in which entry it was given, when and by whom, what it belongs to, and whom it is about.

    `about` are keys of people and ids of cases; `settled` says that what it belongs to is over.
    """

    stream: str
    seq: int
    at: int
    name: str
    by: str
    about: frozenset[str]
    settled: bool

    @property
    def of_erasure(self) -> bool:
        """Whether it tells why something was erased, or was not."""
        return self.stream == PRIVACY and self.name.startswith("e-")


def said_told(stream: str, entries: Iterable[Entry]) -> tuple[Said, ...]:
    """The reasons that entries of a stream of no case commit to, in order."""
    found: list[Said] = []
    about: dict[str, frozenset[str]] = {}
    open_still: set[str] = set()
    for line in entries:
        facts: Mapping[str, Any] = decode(line.body)
        name = _name(line, facts)
        about[name] = about.get(name, frozenset()) | frozenset(_about(stream, facts))
        if (
            line.kind in _BEGINS and "last" not in facts
        ):  # an outage with a last day was over when it was told
            open_still.add(name)
        elif line.kind in _ENDS:
            open_still.discard(name)
        if "reason" in facts.get("content", ()):
            by = str(facts.get("actor", {}).get("person") or "")
            found.append(
                Said(
                    stream=stream, seq=line.seq, at=line.at, name=name, by=by, about=frozenset(), settled=True
                )
            )
    return tuple(replace(one, about=about[one.name], settled=one.name not in open_still) for one in found)


def _name(line: Entry, facts: Mapping[str, Any]) -> str:
    """What an entry belongs to: what it begins or goes on with, a delegation, or itself."""
    if line.kind in _BEGINS:
        return _BEGINS[line.kind].format(line.seq)
    for word in (*_GOES_ON, "delegation"):
        if facts.get(word):
            return str(facts[word])
    return f"{line.stream}/{line.seq}"


def _about(stream: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """The people and cases that the facts of an entry say it is about."""
    told = [facts.get("object"), facts.get("giver")]
    if stream == PRIVACY:
        scope = facts.get("scope", {})
        told += [scope.get("person"), *scope.get("cases", ())]
    if stream == GLASS:
        told += [facts.get("to", {}).get("person"), *facts.get("cases", ())]
    yield from (str(one) for one in told if one)
