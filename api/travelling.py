"""The travelling clock of a demo, as the web uses it: forward only, hopping to each due instant on its way."""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol, get_args

Journey = Literal["day", "week", "next"]
JOURNEYS: tuple[Journey, ...] = get_args(Journey)


class DemoClock(Protocol):
    """The business clock of a demo."""

    def now(self) -> int:
        """The demo's present instant, microseconds UTC."""
        ...

    def today(self, zone: str) -> date:
        """The civil day it is in the demo, in that zone."""
        ...

    def advance(self, kind: Journey) -> object:
        """Move on by a day, a week, or to the next event; everything due on the way happens at its own instant."""
        ...
