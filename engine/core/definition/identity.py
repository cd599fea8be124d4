"""The identity of a definition: the hash of its source, kept apart from hashes of anything else we hash."""

from __future__ import annotations

from hashlib import sha256

_DOMAIN = b"\x03"


def identity(source: bytes) -> str:
    """The digest of a definition, from its canonical JSON."""
    return sha256(_DOMAIN + source).hexdigest()
