"""A standstill of the engine itself: noticed by the first beat after it, told once, and made up for.

While some worker beats there is none. What came due meanwhile rings by the policy of its ladder (`catch_up`), or by
the installation's, which stands beside the standstill, so that all workers and acts read the same one.
"""

from __future__ import annotations

from engine.core.codec import encode
from engine.core.definition import CatchUp
from engine.core.interruptions import Standstill
from engine.core.zones import local_date
from engine.runtime.library import STANDSTILL, Library
from engine.runtime.outages import Outages
from engine.store.database import Database
from engine.store.unit import Unit

#: the stream in which standstills are told
STREAM = "standstills"


class Standstills:
    """Notices that nobody looked at the clock."""

    def __init__(self, database: Database, library: Library, outages: Outages) -> None:
        self._database = database
        self._library = library
        self._outages = outages

    def notice(self, worker: str, now: int, *, longer_than: int, policy: CatchUp) -> Standstill | None:
        """The standstill that ends with this beat of a worker, if no worker beat for so long; None as a rule.

        Whichever of several workers comes first tells it. Clocks that are given its time get it before anything rings.
        """
        with self._database.read() as view:
            last = max((one.at for one in view.beats()), default=now)
        if now - last <= longer_than:
            return None
        still = Standstill(id=f"standstill-{last}", from_at=last, to_at=now, policy=policy)
        with self._database.write() as held:
            if max((one.at for one in held.beats()), default=now) != last:
                return None  # another worker was quicker
            held.append(
                STREAM,
                "stood_still",
                now,
                {"standstill": still.id, "from": last, "to": now, "policy": policy},
            )
            held.put_meta(STANDSTILL, encode(still).decode())
            if self._extends(held, policy):
                first, until = (local_date(at, "UTC") for at in (last, now))
                self._outages.make_up(held, still.id, first, until)
            held.put_beat(worker, now)
        self._outages.tend()
        return still

    def latest(self) -> Standstill | None:
        """The latest standstill; None if there was none."""
        with self._database.read() as view:
            return self._library.standstill(view)

    def _extends(self, held: Unit, policy: CatchUp) -> bool:
        """Whether some clock may be given the time: most installations walk through no case for it."""
        if policy == "extend":
            return True
        machines = (self._library.machine(held, one.digest) for one in held.definitions())
        return any(
            ladder.catch_up == "extend" for one in machines for ladder in one.definition.ladders.values()
        )
