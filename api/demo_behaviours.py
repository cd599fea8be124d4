"""How the people of the demo behave through the year: six ways, stated in one table by their row in the people file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """A way to go through the year: as one who has tasks, and as the one who is rated."""

    name: str
    says: str
    #: working days between being given a task and doing it; None: not counted from there
    after_given: int | None = None
    #: working days between the due day and doing the task; None: not counted from there
    after_due: int | None = None
    #: how this person is rated by whoever rates them: results and behaviour
    rated: tuple[str, str] = ("as", "as")
    objects: bool = False

    @property
    def acts(self) -> bool:
        """Whether this person ever does a task."""
        return self.after_given is not None or self.after_due is not None


PUNCTUAL = Behaviour(
    name="punctual", says="does every task on the next working day; rated as expected", after_given=1
)
LATE = Behaviour(
    name="late", says="does every task three working days after it was due; rated as expected", after_due=3
)
SILENT = Behaviour(
    name="silent", says="never does anything; rated below expectations in results", rated=("below", "as")
)
OBJECTING = Behaviour(
    name="objecting",
    says="punctual; rated below expectations in results, and objects",
    after_given=1,
    rated=("below", "as"),
    objects=True,
)
FAILING = Behaviour(
    name="failing",
    says="punctual; rated below expectations throughout, and gets six months to improve",
    after_given=1,
    rated=("below", "below"),
)
EXCELLENT = Behaviour(
    name="excellent",
    says="punctual; rated above expectations throughout, and is recognised",
    after_given=1,
    rated=("above", "above"),
)

BEHAVIOURS = (PUNCTUAL, LATE, SILENT, OBJECTING, FAILING, EXCELLENT)

#: rows of the demo's people file, officials outside the agency not counted; who is not named is punctual
ROWS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        # Row 5 leads rows 13 to 15 and row 30 works at the personnel agency: whoever depends on them waits.
        "late": (5, 8, 12, 22, 30, 37, 42, 53, 60),
        # Row 35 leads rows 44 to 46: their plans and ratings go to a substitute or to the next level.
        "silent": (11, 26, 35, 43, 57),
        "objecting": (9, 40, 56),
        "failing": (15, 23, 46, 54),
        "excellent": (6, 16, 25, 39, 58),
    }
)
#: those of the failing who do not improve: they are tested, and given a lower post
NOT_IMPROVING: frozenset[int] = frozenset({46, 54})
#: those of the objecting whose rating the rater's superior amends; the others' is upheld
AMENDED: frozenset[int] = frozenset({9, 56})


def behaviour_of(row: int) -> Behaviour:
    """The behaviour of the person in that row; officials outside the agency (row 0) are punctual."""
    for behaviour in BEHAVIOURS:
        if row in ROWS.get(behaviour.name, ()):
            return behaviour
    return PUNCTUAL
