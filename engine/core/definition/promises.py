"""Promises of a definition: closed forms that hold on every path, or the definition is told that they do not.

`A` and `B` name states (entering them) or transitions (taking them).
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.moments import Duration, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverBefore:
    """`{never: A, before: B}`: A does not happen unless B has happened."""

    never: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlwaysAfter:
    """`{after: A, always: B, within: D}`: whenever A has happened, B follows; within D, if said."""

    after: str
    always: str
    within: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverAfter:
    """`{after: A, never: B}`: once A has happened, B never does."""

    after: str
    never: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost:
    """`{at_most: n, of: A}`: A happens at most so often."""

    most: int
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndsBy:
    """`{ends_by: date}`: every case has ended by the end of that day."""

    date: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverSame:
    """`{never_same: [acts]}`: no two of these acts are done by one person."""

    acts: tuple[str, ...]


Promise = NeverBefore | AlwaysAfter | NeverAfter | AtMost | EndsBy | NeverSame
