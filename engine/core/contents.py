"""What was written in a case and what it may see of others, as one value: read with the case, handed in with an act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Contents", "Earlier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A version of a form that counts no more, and the salt its commitment was made with."""

    value: object
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What has been written in a case so far, and what it may see of others, as plain JSON values.

    Whole numbers are ints, numbers with decimals their decimal text ("82.50").
    """

    #: form name to its values
    forms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    #: gatherings that are over and had enough answers, to those answers, each the values of its form
    gathered: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    #: what single people have answered or signed, and what is held back until a gathering is over (see `kept`)
    answers: Mapping[str, object] = field(default_factory=dict)
    #: journal to its entries, each the values of its form
    journals: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    #: read to published path (`plan.results`) to its value; for a set of cases, to the list of their values
    reads: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    #: read of the parts of the period to the days of each, this case's own last
    days: Mapping[str, Sequence[int]] = field(default_factory=dict)
    #: read to the ids of its cases, each with the number of its latest entry
    read_of: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    #: link with a limit to how many of what it opens are open for this subject, or about to be
    still_open: Mapping[str, int] = field(default_factory=dict)
    #: the ids of the cases of each set that is read, without stragglers
    sets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: what was taken back and waits for whoever wrote it: form name to its values
    drafts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    #: forms as they stood before the move that may be taken back
    before: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    #: versions that an act may put back: by the form and the number of the entry that wrote them
    earlier: Mapping[tuple[str, int], Earlier] = field(default_factory=dict)
