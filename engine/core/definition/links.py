"""What a case has to do with other cases: what it reads of them, which it opens, what it shows of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Every = Literal["", "year", "quarter", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Other cases this one may look at: only what they publish, and members of a set are only counted.

    `of` is a role of this definition, or "parent", "previous" (the case before it of the same chain), "unit", or
    "parts": those of this very period that came before it.
    """

    name: str
    of: str
    #: a set (`cases_of`) instead of one case (`case_of`)
    many: bool = False
    #: the definition of those cases; "" for "parent", which may be any that links this one
    workflow: str = ""
    same_period: bool = False
    #: only cases of a set that ended or were open since the case first entered this state
    since: str = ""
    #: of fewer cases of a set nothing is told: what is said of two or three people is said of each of them
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Child and follow-on cases: of another definition (`workflow`) or of a track of this one (`track`)."""

    name: str
    workflow: str = ""
    track: str = ""
    #: one child for each of these parts of the period; "" for a single one
    every: Every = ""
    #: it goes on when the case that opened it ends
    outlives: bool = False
    #: how many may be open at a time; 0 for no limit
    open_at_most: int = 0
    #: its period is the rest of this case's period: the next part, after a move
    rest: bool = False
    #: a rest of fewer days is no part of its own: this case goes on to the end of the period
    at_least: int = 0
    #: forms that the next part begins with, as they were last written in this one
    carries: tuple[str, ...] = ()
    #: the final states of this case whose result it corrects: it is opened from there, by `by`, and not by `starts`
    corrects: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
