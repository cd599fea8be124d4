"""The one door to msgspec: frozen values, and the bytes they are stored and hashed as.

Canonical bytes are RFC 8785 restricted to objects, arrays, strings, booleans, null and integers within
+-(2**53 - 1); on those values a serializer that sorts keys gives the same bytes as RFC 8785 as long as keys are
ASCII, which `canonical` asserts nothing about on the hot path and a property test does.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import DecodeError, Struct
from msgspec.structs import replace

__all__ = ["DecodeError", "Decoder", "Struct", "canonical", "decode", "decoder", "encode", "replace"]

T = TypeVar("T")

_canonical = msgspec.json.Encoder(order="sorted")
_plain = msgspec.json.Encoder()
Decoder = msgspec.json.Decoder


def canonical(value: Any) -> bytes:
    """The one byte form of a restricted JSON value: keys sorted, no white space, UTF-8."""
    return _canonical.encode(value)


def encode(value: Any) -> bytes:
    """A value as compact JSON, in the order its fields are declared; for storage, not for hashing."""
    return _plain.encode(value)


def decode(data: bytes | str) -> Any:
    """JSON bytes as plain Python values."""
    return msgspec.json.decode(data)


def decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """A reusable decoder for one kind of value; `decoder(Case).decode(data)` gives a Case."""
    return msgspec.json.Decoder(kind)
