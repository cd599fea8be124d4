"""Numbers and bytes as the specifications write them, and no second way of writing them.

`int()` reads foreign digits, signs, spaces and underscores; `b64decode` skips what it does not know and takes
several texts for the same bytes. Whoever verifies must take one text for one value.
"""

from __future__ import annotations

import base64
import binascii
import re

__all__ = ["HASH", "MOST_LEAVES", "bytes_of", "number_of", "text_of"]

#: bytes of a SHA-256 hash
HASH = 32
#: a size is at most 2**63 - 1, as signed 64-bit rows hold it
MOST_LEAVES = 2**63 - 1
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,18})", re.ASCII)


def number_of(text: str) -> int | None:
    """A size, index or time in ASCII digits without leading noughts; None for any other text."""
    if _NUMBER.fullmatch(text) is None:
        return None
    value = int(text)
    return value if value <= MOST_LEAVES else None


def bytes_of(text: str, length: int | None = None) -> bytes | None:
    """The bytes of standard base64 with padding (RFC 4648, 4); None for another alphabet, length or spelling."""
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    if text_of(value) != text or (length is not None and len(value) != length):
        return None
    return value


def text_of(value: bytes) -> str:
    """Bytes as standard base64."""
    return base64.b64encode(value).decode("ascii")
