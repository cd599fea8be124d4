"""What a browser carries for a few minutes between two steps of a sign-in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Somebody on the way to the identity provider: what must come back with them, and where they want to be then."""

    state: str
    nonce: str
    verifier: str
    #: the page to go on to
    back: str
    #: whether the provider must ask anew who it is
    fresh: bool = False
