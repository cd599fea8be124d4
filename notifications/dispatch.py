"""One pass over the outbox: claim, put into words, send, settle.

What is guaranteed: no message is lost, and while a lease holds no two dispatchers send the same one. A message can
leave twice only if its sender dies, or stands still for longer than the lease, after the mail server took the mail
and before it was settled; both copies then carry the same Message-ID, by which receivers know a double. A mail that
lists several messages is known by all of theirs together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from engine.clock import Clock
from engine.errors import SiklusError
from engine.outbox import Outbox, Outcome
from engine.runtime import Engine
from engine.store.values import Letter
from notifications.channels.channel import Channel
from notifications.errors import Undelivered, Unreachable
from notifications.parcels import Parcel, parcels

__all__ = ["BACKOFF", "LEASE", "Dispatched", "dispatch"]

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
#: waits after the first, second ... failure of one mail; after the last it is given up
BACKOFF = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 120 * _MINUTE, 720 * _MINUTE)
#: longest wait while nobody can be reached: that is no mail's fault, and none is given up for it
_LONGEST_OUTAGE_WAIT = 30 * _MINUTE
#: how long a claim holds, so how long mail waits whose sender died; a slow sender renews it
LEASE = 2 * _MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """What came of one pass: how many messages had which outcome, and why some failed (message id and error code).

    `left` were claimed but not begun, because another claim holds them by now; `overtaken` another claim settled.
    """

    claimed: int
    outcomes: Mapping[str, int]
    failures: tuple[tuple[int, str], ...] = ()
    left: int = 0
    overtaken: int = 0


def dispatch(
    engine: Engine,
    outbox: Outbox,
    channel: Channel,
    clock: Clock,
    *,
    base_url: str,
    limit: int = 100,
    lease_us: int = LEASE,
) -> Dispatched:
    """Send what waits in the outbox, at most `limit` messages; each is settled as soon as its outcome is known.

    `clock` is the machine's: leases and retries run on it, whatever the business clock of a demo does.
    """
    claimed_at = clock.now()
    letters = outbox.claim(claimed_at, limit, lease_us)
    left = {letter.id: letter for letter in letters}
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    unreachable: Unreachable | None = None
    held_until = claimed_at + lease_us
    for parcel in parcels(engine, letters, base_url):
        now = clock.now()
        if now > held_until - lease_us // 2:
            # Half of a lease is time for one mail, whatever its server does; those that follow are held on.
            held_until = now + lease_us
            if not outbox.renew(tuple(left.values()), held_until):
                break
        error = _sent(channel, parcel, unreachable)
        if isinstance(error, Unreachable):
            unreachable = error
        for letter in parcel.letters:
            del left[letter.id]
            if error is not None:
                code = error.code if isinstance(error, SiklusError) else type(error).__name__
                failures.append((letter.id, code))
            outcome = _outcome(channel, parcel, letter, error)
            now = clock.now()
            wait = _wait(letter, error) if outcome == "failed" else None
            settled = outbox.settle(letter, outcome, now, None if wait is None else now + wait)
            counts[outcome if settled else "overtaken"] += 1
    channel.hang_up()
    overtaken = counts.pop("overtaken", 0)
    return Dispatched(
        claimed=len(letters),
        outcomes=dict(counts),
        failures=tuple(failures),
        left=len(letters) - counts.total() - overtaken,
        overtaken=overtaken,
    )


def _sent(channel: Channel, parcel: Parcel, unreachable: Unreachable | None) -> Exception | None:
    """What kept a parcel back, if anything. It never raises: one bad message stops no other."""
    if parcel.mail is None:
        return parcel.error
    if unreachable is not None:
        return unreachable
    try:
        channel.send(parcel.mail)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message must not hold up the rest
        return error
    return None


def _outcome(channel: Channel, parcel: Parcel, letter: Letter, error: Exception | None) -> Outcome:
    """What becomes of one message."""
    if parcel.outcome is not None:
        return parcel.outcome
    if error is None:
        return channel.outcome
    if isinstance(error, Unreachable):
        return "failed"
    permanent = isinstance(error, Undelivered) and error.permanent
    return "given_up" if permanent or _spent(letter) else "failed"


def _spent(letter: Letter) -> bool:
    return letter.attempts > len(BACKOFF)


def _wait(letter: Letter, error: Exception | None) -> int:
    wait = BACKOFF[min(letter.attempts, len(BACKOFF)) - 1]
    return min(wait, _LONGEST_OUTAGE_WAIT) if isinstance(error, Unreachable) else wait
