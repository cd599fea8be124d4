"""What happens to a clock after it began: time that is granted, times it stands still, a day it is left on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from engine.core.codec import Struct

__all__ = ["OF_UNIT", "Carried", "Grant", "Interval", "Stand", "resuming", "stood", "stopped_at"]

#: the clock that ends an outage of a whole unit, which is no pause of the one case
OF_UNIT = "outage"


class Grant(Struct, frozen=True, kw_only=True, array_like=True):
    """Time that was granted to a clock: how much, when, by which entry; its ladder was kept or began again."""

    amount: int
    unit: str
    on: date
    entry: int
    ladder: Literal["kept", "restarted"]


class Stand(Struct, frozen=True, kw_only=True, array_like=True):
    """A time for which a clock stood still for a reason, and the entries that began and ended it; 0 while it lasts.

    One entry for both is time that was given back when it was over. `by` is the outage or standstill it was.
    """

    kind: str
    from_at: int
    entry: int
    to_at: int = 0
    over: int = 0
    by: str = ""

    @property
    def ends_with(self) -> str:
        """The name of the clock that ends it at the latest: an outage of a unit has one, and so has each pause."""
        return OF_UNIT if self.by else resuming(self.kind)


class Carried(Struct, frozen=True, kw_only=True, array_like=True):
    """The due day of a clock as it stood after an entry, which the rule alone does not come to: counted on from there.

    So does a clock that keeps the day another calendar gave it.
    """

    due_on: date
    entry: int
    calendar: str


def resuming(kind: str) -> str:
    """The name of the clock that ends a pause for this reason."""
    return f"resume:{kind}"


class Interval(NamedTuple):
    """A time without a break for which a clock stood still; `over` is the entry that ended it, 0 while it lasts."""

    from_at: int
    to_at: int
    over: int
    kinds: tuple[str, ...]


def stood(stands: tuple[Stand, ...]) -> Iterator[Interval]:
    """The times a clock stood still without a break, reasons that overlap taken together; the last may still last.

    Time that was given back stands for itself.
    """
    run: Interval | None = None
    for stand in sorted(stands, key=lambda one: one.entry):
        if stand.entry == stand.over:
            yield Interval(stand.from_at, stand.to_at, stand.over, (stand.kind,))
            continue
        if run is None or (run.over and stand.entry > run.over):
            if run is not None:
                yield run
            run = Interval(stand.from_at, stand.to_at, stand.over, (stand.kind,))
            continue
        kinds = run.kinds if stand.kind in run.kinds else (*run.kinds, stand.kind)
        lasts = not run.over or not stand.over
        run = Interval(
            min(run.from_at, stand.from_at),
            0 if lasts else max(run.to_at, stand.to_at),
            0 if lasts else max(run.over, stand.over),
            kinds,
        )
    if run is not None:
        yield run


def stopped_at(stands: tuple[Stand, ...]) -> int | None:
    """Since when a clock stands still without a break; None while it runs."""
    if all(stand.over for stand in stands):
        return None
    return next(run.from_at for run in stood(stands) if not run.over)
