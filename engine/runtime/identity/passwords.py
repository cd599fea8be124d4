"""The one door to argon2: a password becomes argon2id, and a check costs the same whether there is one or not.

Parameters: 46 MiB, one pass, one lane, 16 bytes of salt, 32 of hash: the first choice of OWASP's Password Storage Cheat
Sheet (2025), above its minimum and small enough that several sign-ins fit in the memory of a small server.
"""

from __future__ import annotations

import base64
from os import urandom
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.core.identity.password_rules import LONGEST, normal

__all__ = ["Passwords"]

_MEMORY_KIB, _PASSES, _LANES = 47_104, 1, 1
#: how many are computed at once in a process: sign-ins queue rather than fill the memory
_AT_ONCE = 4


class Passwords:
    """Hashes passwords and checks them."""

    def __init__(self, *, memory_kib: int = _MEMORY_KIB, passes: int = _PASSES, lanes: int = _LANES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._room = BoundedSemaphore(_AT_ONCE)
        # What somebody without a password is checked against; nothing hashes to it.
        salt, digest = (base64.b64encode(urandom(size)).decode().rstrip("=") for size in (16, 32))
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${digest}"

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        return self._computed(password)

    def fits(self, kept: str, password: str) -> bool:
        """Whether this is the password; it is one computation in every case, also where none is `kept`."""
        given = normal(password)
        possible = bool(kept) and len(given) <= LONGEST
        return self._verified(kept if possible else self._nobody, given[:LONGEST]) and possible

    def is_old(self, kept: str) -> bool:
        """Whether it was made with other parameters than those of today."""
        return self._hasher.check_needs_rehash(kept)

    def _computed(self, password: str) -> str:
        with self._room:
            return self._hasher.hash(normal(password))

    def _verified(self, kept: str, given: str) -> bool:
        with self._room:
            try:
                return self._hasher.verify(kept, given.encode("utf-8", "replace"))
            except (VerificationError, InvalidHashError):
                return False
