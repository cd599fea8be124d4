"""Known answers for signatures: the vectors of RFC 8032, points that are none, and signatures that nearly fit."""

# ruff: noqa: E501 - a known answer stands on a line of its own
from __future__ import annotations

import hashlib
from collections.abc import Callable

from engine import verify

__all__ = ["ANSWERS_ON_SIGNATURES"]

#: RFC 8032, 7.1: key, message, signature
_SIGNED = (
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
)  # fmt: skip
_ORDER = 2**252 + 27742317777372353535851937790883648493


def _signed() -> bool:
    for key, message, value in ((bytes.fromhex(one) for one in each) for each in _SIGNED):
        if not verify.is_signed(key, message, value):
            return False
        scalar = int.from_bytes(value[32:], "little")
        wrong = [
            (key, message + b"x", value), (key[::-1], message, value), (key[:-1], message, value), (key, message, value[:-1]),
            (key, message, value[:32] + (scalar + _ORDER).to_bytes(32, "little")), (key, message, value + b"\x00"),
            (key, message, value[:32] + bytes(32)), (key, message, bytes(64)), (b"\xff" * 32, message, value),
            (key, message, b"\xff" * 32 + value[32:]), (bytes([key[0] ^ 1]) + key[1:], message, value),
            (key[:31] + bytes([key[31] ^ 0x80]), message, value), (key, message, value[:31] + bytes([value[31] ^ 0x80]) + value[32:]),
        ]  # fmt: skip
        if any(verify.is_signed(*one) for one in wrong):
            return False
    return True


def _scalars() -> bool:
    """A scalar is less than the order: with the neutral point for a key, nothing fits and the order does not."""
    neutral = (1).to_bytes(32, "little")
    return verify.is_signed(neutral, b"", neutral + bytes(32)) and not verify.is_signed(
        neutral, b"", neutral + _ORDER.to_bytes(32, "little")
    )


def _halves() -> bool:
    """A point is two numbers: signatures whose point has the one of the right point, and not the other."""
    secret, chosen, message = 7, 11, b"m"
    bare = verify._times(secret, verify._BASE)
    key = _written(bare)
    for twist in (None, (0, verify._P - 1, 1, 0)):
        point = verify._times(chosen, verify._BASE)
        commitment = _written(point if twist is None else verify._added(point, twist))
        challenge = int.from_bytes(hashlib.sha512(commitment + key + message).digest(), "little")
        right, wrong = (chosen + challenge * secret) % _ORDER, -(chosen + challenge * secret) % _ORDER
        good = commitment + right.to_bytes(32, "little")
        if verify.is_signed(key, message, good) is not (twist is None):
            return False
        if verify.is_signed(key, message, commitment + wrong.to_bytes(32, "little")):
            return False
    return True


def _written(point: tuple[int, int, int, int]) -> bytes:
    x, y, z, _ = point
    over = pow(z, -1, verify._P)
    return (y * over % verify._P | (x * over % verify._P & 1) << 255).to_bytes(32, "little")


def _points() -> bool:
    """Points that RFC 8032 says are none: an x of zero with a sign, a y beyond the field."""
    field = 2**255 - 19
    zero = (1 | 1 << 255).to_bytes(32, "little")
    beyond = [(field + one).to_bytes(32, "little") for one in range(3)]
    none = [verify._point_of(one) for one in (zero, *beyond, (2).to_bytes(32, "little"))]
    return none == [None] * 5 and verify._point_of((1).to_bytes(32, "little")) == (0, 1, 1, 0)


ANSWERS_ON_SIGNATURES: dict[str, Callable[[], bool]] = {
    "points": _points,
    "signed": _signed,
    "halves": _halves,
    "scalars": _scalars,
}
