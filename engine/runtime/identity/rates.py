"""How often something may be tried, shared by all workers of a database."""

from __future__ import annotations

import hashlib

from engine.core.identity.trying import counted_address, share, wait_seconds
from engine.runtime.identity.register import Register
from engine.store import rates as filed

__all__ = ["Rates", "familiar_key", "rate_key"]

_SECOND = 1_000_000


def rate_key(*parts: str) -> str:
    """A key for what is counted: its kind, and a hash of whom it is about, so that no login and no address is kept."""
    kind, *rest = parts
    return f"{kind}/{hashlib.sha256(chr(0).join(rest).encode('utf-8', 'replace')).hexdigest()[:32]}"


def familiar_key(account_id: str, address: str) -> str:
    """By what it is remembered that an account signed in from an address lately."""
    return rate_key("familiar", account_id, address)


class Rates:
    """Counts tries."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def take(self, key: str, *, most: int, per_seconds: int, now: int | None = None) -> int:
        """Try once: 0 if it may be done, else the seconds to wait. A refused try is not counted.

        `most` may be done at once, and again as they come back evenly over `per_seconds`. Without `now`, by the
        machine's clock.
        """
        at, span = self._register.now() if now is None else now, per_seconds * _SECOND
        with self._register.database.write() as unit:
            if filed.take(unit.driver, key, at, most=most, span=span):
                return 0
            full_at = filed.full_at(unit.driver, key)
        each = share(most, span)
        return max(1, wait_seconds(full_at + each - at - each * most))

    def counted(self, address: str) -> str:
        """What of an address is counted as one here."""
        return counted_address(address, ipv6_prefix=self._register.rules.ipv6_prefix)

    def tidy(self, now: int | None = None) -> int:
        """Forget what no longer counts; how many rows that were."""
        with self._register.database.write() as unit:
            return filed.forget(unit.driver, self._register.now() if now is None else now)
