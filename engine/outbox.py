"""The outbox: messages written in the transaction of a step, handed to one sender at a time, settled once.

A claim is a lease: two short transactions with the network call between them. The fencing token of a claim lets a
sender that was too slow change nothing any more. A message is never lost: what is claimed and not settled comes
again when its lease ends, so a sender that dies after sending and before settling makes a double, which carries the
same Message-ID. Leases and retries run on the system clock, whatever the business clock of a demo does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal
from uuid import UUID

from engine.store import queries
from engine.store.database import Database
from engine.store.values import Letter

#: "kept" is what a demo does instead of sending
Outcome = Literal["sent", "kept", "superseded", "failed", "given_up", "no_address"]


class Outbox:
    """Claims and settles messages of one database. `random` gives so many random bytes, for tokens."""

    def __init__(self, database: Database, random: Callable[[int], bytes]) -> None:
        self._database = database
        self._random = random

    def claim(self, now: int, limit: int, lease_us: int) -> tuple[Letter, ...]:
        """Unsettled messages nobody else holds, oldest first; they are this caller's until `now + lease_us`."""
        with self._database.read() as view:
            if not queries.letter_waits(view, now):
                return ()
        fence = str(UUID(bytes=self._random(16)))
        with self._database.write() as unit:
            return unit.claim_letters(now, limit, lease_us, fence)

    def renew(self, letters: Sequence[Letter], until: int) -> bool:
        """Hold messages of one claim for longer; False if another claim holds one of them by now."""
        if not letters:
            return True
        with self._database.write() as unit:
            return unit.renew_letters([one.id for one in letters], letters[0].fence, until)

    def settle(self, letter: Letter, outcome: Outcome, at: int, retry_at: int | None = None) -> bool:
        """Record what came of a message, for good or until `retry_at`; False if another claim holds it by now."""
        with self._database.write() as unit:
            return unit.settle(letter.id, letter.fence, outcome, at, retry_at)
