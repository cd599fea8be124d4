"""Lines that a case keeps: who was found and why, entries still to be checked, frozen sets, corrections, outcomes."""

from __future__ import annotations

from datetime import date

from engine.core.codec import Struct

__all__ = ["Correction", "Listed", "Outcome", "Unchecked", "Why"]


class Unchecked(Struct, frozen=True, kw_only=True, array_like=True):
    """An entry of a journal that may still be checked, until that day is over."""

    number: int
    author: str
    about: date
    due_on: date
    due_at: int


class Listed(Struct, frozen=True, kw_only=True):
    """The members of a set of cases, as they were when the case entered a state that shows them."""

    state: str
    cases: tuple[str, ...]


class Correction(Struct, frozen=True, kw_only=True):
    """A case whose result took the place of this one's: by which link, since when, asked for in which entry."""

    case: str
    link: str
    at: int
    asked: int


class Why(Struct, frozen=True, kw_only=True):
    """Who was found for a role, and why: `via` which way, as of which day, on which version of the chart.

    `path` is what was asked and who was looked at, as `roles.retrace` reads it; a Why is a `roles.Found`.
    """

    role: str
    person: str
    via: str
    as_of: date
    chart: str
    path: tuple[str, ...] = ()


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of a gathering: how many were asked, answered, declined and dropped out; `enough` or not at all.

    `by` are those who answered, in the order of the answers; empty when they were not to be named.
    """

    visit: int
    asked: int
    answered: int
    declined: int
    dropped: int
    enough: bool
    by: tuple[str, ...] = ()
