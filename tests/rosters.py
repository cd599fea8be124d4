"""People files in a few words; shared by tests about rosters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from engine.core.roster import Roster, RowProblem, read_roster
from engine.errors import PeopleInvalid

EXAMPLES = Path(__file__).parents[1] / "workflows" / "examples"
HEADER = "person_id,name,unit,position,superior,zone,email,kind,scheme,valid_from,valid_to,status,duties,substitute"
TOP = "TOP,Ibu Top,Outside,Regent,,WITA,,external,,2020-01-01"
TODAY = date(2026, 3, 2)


def keys_from(prefix: str = "p") -> Callable[[], str]:
    """Keys in order, as the outside would make them at random."""
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers):04d}"


def read(text: str | bytes, **more: object) -> Roster:
    """The roster of a file in text."""
    data = text.encode() if isinstance(text, str) else text
    return read_roster(data, "people.csv", **{"keys": {}, "new_key": keys_from(), **more})


def rows(*lines: str) -> str:
    """A file with a header and a top."""
    return "\n".join((HEADER, TOP, *lines)) + "\n"


def line(
    person_id: str, superior: str = "TOP", *, unit: str = "A", since: str = "2020-01-01", rest: str = ""
) -> str:
    """One row of an ordinary person."""
    return f"{person_id},Name {person_id},{unit},Post,{superior},WITA,,PNS,own,{since},{rest}"


def problems(text: str | bytes, **more: object) -> list[RowProblem]:
    """Everything refused in a file."""
    with pytest.raises(PeopleInvalid) as caught:
        read(text, **more)
    return list(caught.value.problems)


def codes(text: str | bytes, **more: object) -> list[tuple[int, str]]:
    """Rows and codes of what is refused."""
    return [(one.row, one.code) for one in problems(text, **more)]
