"""How often something may be tried: a bucket that empties evenly (the generic cell rate algorithm), as one instant.

That instant is when all that was taken will have been given back. The store does the same sum in one statement; a test
holds the two against one another.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

__all__ = ["Taken", "counted_address", "share", "take", "wait_seconds"]

_SECOND = 1_000_000


class Taken(NamedTuple):
    """What came of a try: the bucket's instant from now on, and microseconds to wait (0: it may be done)."""

    full_at: int
    wait: int


def share(most: int, span: int) -> int:
    """What one try takes of a bucket that allows `most` in a span."""
    return max(1, span // most)


def take(full_at: int, now: int, *, most: int, span: int) -> Taken:
    """Take one. An instant further off than the span comes of a clock that went back, and counts for nothing."""
    base = full_at if now <= full_at <= now + span else now
    after = base + share(most, span)
    if after - now <= share(most, span) * most:
        return Taken(after, 0)
    return Taken(base, after - now - share(most, span) * most)


def counted_address(address: str, *, ipv6_prefix: int) -> str:
    """What of an address is counted as one: an IPv4 address, also written as IPv6; of IPv6 the network of somebody."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        inside = found.ipv4_mapped
        return str(inside or ip_network((int(found), ipv6_prefix), strict=False))
    return str(found)


def wait_seconds(wait: int) -> int:
    """Whole seconds to wait; 0 only if there is nothing to wait for."""
    return -(-wait // _SECOND)
