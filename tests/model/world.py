"""What all cases of an installation share, and the lines that are told of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.model.days import Days
from tests.model.kin import Kin


@dataclass
class World:
    """What all cases of an installation share."""

    now: int
    days: Days
    year: int
    #: after which hour, until which, and what rings of what was missed: the latest standstill
    still: tuple[int, int, str] | None = None
    #: what came to pass, counted: commands, and pairs of circumstances
    seen: Counter[str] = field(default_factory=Counter)
    kin: Kin = field(default_factory=Kin)


@dataclass(frozen=True)
class Line:
    """One entry, as far as the model knows it."""

    kind: str
    told: tuple[tuple[str, str], ...]
    #: the hour at which it should have been
    due_at: int | None = None
    lateness: tuple[object, ...] = ()
