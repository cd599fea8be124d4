"""Facts a case may wait for with `upon`: of its employee, of a gathering, of its children, of other cases.

Facts are level-triggered: true on entry fires at once. `text` is the canonical wording, which is also how a case
remembers that a fact is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeFact:
    """Something the chart says of the employee, counted from when it was recorded."""

    what: Literal["leaves", "moves"]

    @property
    def text(self) -> str:
        """`employee leaves`."""
        return f"employee {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The gathering of this state has what it needs, or everybody has answered or declined."""

    @property
    def text(self) -> str:
        """`gathered`."""
        return "gathered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Every child case of a link has ended, whichever way."""

    link: str

    @property
    def text(self) -> str:
        """`quarters closed`."""
        return f"{self.link} closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Another case has first entered a state it publishes; of a set, every listed case has.

    What can never exist (the first quarter's predecessor, the top's superior) counts as reached.
    """

    read: str
    state: str

    @property
    def text(self) -> str:
        """`unit reaches calibrated`."""
        return f"{self.read} reaches {self.state}"


Fact = EmployeeFact | Gathered | Closed | Reached
MOVES = "employee moves"
#: Facts every definition may wait for.
FACTS = ("employee leaves", MOVES)
