"""What an installation sets about signing in: how long it lasts, and when two accounts count as two people."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.core.identity.expiry import DAY, Lasting

__all__ = ["SignInRules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRules:
    """The rules of one installation. Spans are microseconds."""

    lasting: Lasting = field(default_factory=Lasting)
    #: how long the only administrator waits before they do alone what takes two
    alone: int = DAY
    #: how long two accounts must have stood, without a hand of either in the other, to count as two people
    apart: int = 7 * DAY
    #: how many bits of an IPv6 address are counted as one address
    ipv6_prefix: int = 64
