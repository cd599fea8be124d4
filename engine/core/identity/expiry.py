"""How long what somebody signed in with lasts. Time is an argument; a clock that goes back never gives time.

Every span is measured on the machine's clock. Workers' clocks may differ a little (`SKEW`); where the clock stands
further back than what is already known to have happened, the session is over rather than longer.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "DAY",
    "HOUR",
    "LINK_LASTS",
    "LONGEST_TOKEN",
    "MINUTE",
    "SKEW",
    "Lasting",
    "link_lives",
    "token_lives",
]

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

#: how far the clocks of two workers may be apart
SKEW = 2 * MINUTE
#: how long a link by which a password is set can be used
LINK_LASTS = DAY
#: how long a token may be made for
LONGEST_TOKEN = 366 * DAY
#: how often it is written down that a session was seen
_SEEN_EVERY = MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long a session lasts: unused, altogether, and for what asks for somebody who signed in just now."""

    idle: int = 8 * HOUR
    absolute: int = 12 * HOUR
    fresh: int = 15 * MINUTE

    def lives(self, *, made_at: int, seen_at: int, now: int) -> bool:
        """Whether a session may still be used."""
        if now < max(made_at, seen_at) - SKEW:
            return False
        return now < made_at + self.absolute and now < seen_at + self.idle

    def ends_at(self, *, made_at: int, seen_at: int) -> int:
        """When a session ends if it is not used any more."""
        return min(made_at + self.absolute, seen_at + self.idle)

    def is_fresh(self, *, made_at: int, now: int) -> bool:
        """Whether somebody signed in so lately that they may administer accounts."""
        return made_at - SKEW <= now < made_at + self.fresh

    @staticmethod
    def to_be_noted(*, seen_at: int, now: int) -> bool:
        """Whether it is to be written down that a session was seen: once a minute, and never an earlier time."""
        return now >= seen_at + _SEEN_EVERY


def link_lives(*, made_at: int, now: int) -> bool:
    """Whether a link may still be used."""
    return made_at - SKEW <= now < made_at + LINK_LASTS


def token_lives(*, made_at: int, expires_at: int, revoked_at: int, now: int) -> bool:
    """Whether a token may still be used; `revoked_at` is 0 for one that was not revoked."""
    return not revoked_at and made_at - SKEW <= now < expires_at
