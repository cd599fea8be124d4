"""The people around one case, as the model has them: six names, and who is there on which day.

`e` is appraised, `r` is the superior, `q` another who may become it, `s` stands in for `r`, `h` heads the unit,
`d` is its personnel desk, `boss` is outside and above.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NAMES = ("e", "r", "q", "s", "h", "d")
BOSS = "boss"


@dataclass
class Office:
    """Who is whose superior, who has left, who is away, who stands in for whom."""

    superior: str = "r"
    stand_in: str = "s"
    r_last: date | None = None
    r_away: tuple[date, date] | None = None
    s_away: tuple[date, date] | None = None

    def holds(self, name: str, day: date) -> bool:
        """Whether this person still has a post."""
        return name != "r" or self.r_last is None or day <= self.r_last

    def serves(self, name: str, day: date) -> bool:
        """Whether this person can be given work."""
        away = {"r": self.r_away, "s": self.s_away}.get(name)
        return self.holds(name, day) and (away is None or not away[0] <= day <= away[1])

    def substitute(self, name: str, day: date) -> str:
        """Who stands in for this person, if anybody can."""
        found = self.stand_in if name == "r" and self.holds("r", day) else ""
        return found if found and self.serves(found, day) else ""

    def rater(self, day: date) -> str:
        """The superior, else who stands in, else the head."""
        if self.serves(self.superior, day):
            return self.superior
        return self.substitute(self.superior, day) or "h"
