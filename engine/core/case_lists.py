"""Lines of the lists that a case keeps: entries still to be checked, frozen members of sets, corrections."""

from __future__ import annotations

from datetime import date

from engine.core.codec import Struct

__all__ = ["Correction", "Listed", "Unchecked"]


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
