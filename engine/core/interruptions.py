"""What keeps a whole office from its work: an outage that people declare, and a standstill of this engine itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.codec import Struct
from engine.core.definition import CatchUp

__all__ = ["OUTAGE", "CatchUp", "Outage", "Standstill", "covering"]

#: the reason for which clocks stand still in an outage
OUTAGE = "outage"


class Outage(Struct, frozen=True, kw_only=True):
    """A unit cannot work from a day on, and until the end of another; without one it lasts. No unit is all of them."""

    id: str
    unit: str
    from_on: date
    to_on: date | None = None

    def covers(self, unit: str) -> bool:
        """Whether it keeps this unit from its work."""
        return self.unit in {"", unit}


class Standstill(Struct, frozen=True, kw_only=True):
    """The engine did not look at the time between two instants; what rings unsaid for what came due meanwhile."""

    id: str
    from_at: int
    to_at: int
    policy: CatchUp

    def missed(self, at: int) -> bool:
        """Whether an alarm for this instant could not ring in time."""
        return self.from_at < at <= self.to_at


def covering(outages: Sequence[Outage], unit: str) -> Outage | None:
    """The outage that has kept a unit from its work for longest; None if it can work."""
    found = [one for one in outages if one.to_on is None and one.covers(unit)]
    return min(found, key=lambda one: (one.from_on, one.id), default=None)
