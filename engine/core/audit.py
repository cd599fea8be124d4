"""Entries of the audit log: canonical bytes, chained per stream.

- Bytes are RFC 8785 restricted (see `codec`): no floats, instants as RFC 3339 UTC with six digits, ASCII keys,
  at most 65,535 bytes (the tile format of C2SP tlog-tiles carries a 16-bit length).
- The chain value of an entry is SHA-256(0x02 || bytes); each entry names the chain value of the one before it in
  its stream, 64 zeros for the first. The domain byte keeps chain values apart from leaf and node hashes of the
  Merkle log (RFC 6962 uses 0x00 and 0x01).
- No personal text: people are keys; what they wrote is a commitment HMAC-SHA256(salt, name || 0x00 || value) with
  a salt of exactly 32 random bytes (a shorter key would be padded, which weakens the binding).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.core.codec import DecodeError, canonical, decode
from engine.errors import EntryTooLarge

FORMAT = 1
LONGEST = 65_535
#: bytes of a salt
SALT = 32
START = "0" * 64

# Naive on purpose: `isoformat` of an aware instant would write an offset instead of Z.
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log: its place (`stream`, `seq`), the exact bytes that were hashed, and its chain value."""

    stream: str
    seq: int
    kind: str
    at: int
    body: bytes
    prev: str
    hash: str


def stamp(instant: int) -> str:
    """Microseconds UTC as RFC 3339 with six digits and `Z`: `2026-01-31T16:00:00.000000Z`."""
    return (_EPOCH + timedelta(microseconds=instant)).isoformat(timespec="microseconds") + "Z"


def chain(body: bytes) -> str:
    """The chain value of an entry's bytes, in hex."""
    return hashlib.sha256(b"\x02" + body).hexdigest()


def commitment(name: str, value: bytes, salt: bytes) -> str:
    """The hex commitment to a named value."""
    assert len(salt) == SALT
    return hmac.new(salt, name.encode() + b"\x00" + value, hashlib.sha256).hexdigest()


def field_salt(seed: bytes, name: str) -> bytes:
    """The salt of one field, derived from a step's 32 random bytes, which themselves are not kept."""
    return hmac.new(seed, b"salt\x00" + name.encode(), hashlib.sha256).digest()


def entry(stream: str, seq: int, prev: str, kind: str, at: int, facts: Mapping[str, Any]) -> Entry:
    """The next entry of a stream; `facts` are JSON values without floats, the entry's own keys are put over them."""
    body = canonical(
        {**facts, "v": FORMAT, "stream": stream, "seq": seq, "prev": prev, "kind": kind, "at": stamp(at)}
    )
    if len(body) > LONGEST:
        raise EntryTooLarge(
            f"an entry of {stream} would have {len(body)} bytes, more than {LONGEST}", stream=stream
        )
    return Entry(stream=stream, seq=seq, kind=kind, at=at, body=body, prev=prev, hash=chain(body))


def verify_stream(entries: Iterable[Entry]) -> list[str]:
    """What is wrong with a stream's entries given in order, as sentences; empty when it is whole and unchanged.

    The bytes are what is verified; columns stored beside them must agree with the bytes.
    """
    problems: list[str] = []
    seq, prev = 0, START
    for item in entries:
        problems += misfits(item, seq + 1, prev)
        seq, prev = item.seq, chain(item.body)
    return problems


def misfits(item: Entry, seq: int, prev: str) -> list[str]:
    """What keeps an entry from being the one with this number after this chain value, as sentences."""
    problems: list[str] = []
    place = f"{item.stream} entry {item.seq}"
    if item.seq != seq:
        problems.append(f"{place}: expected number {seq}")
    told = _told(item.body)
    if canonical(told) != item.body:
        problems.append(f"{place}: bytes are not canonical")
    if chain(item.body) != item.hash:
        problems.append(f"{place}: bytes do not match their hash")
    if told.get("prev") != prev or item.prev != prev:
        problems.append(f"{place}: does not follow the entry before it")
    beside = (item.stream, item.seq, item.kind, _stamp_if_any(item.at))
    if (told.get("stream"), told.get("seq"), told.get("kind"), told.get("at")) != beside:
        problems.append(f"{place}: columns differ from the bytes")
    return problems


def _told(body: bytes) -> dict[str, Any]:
    """What the bytes say; nothing, if they are no entry at all."""
    try:
        told = decode(body)
    except DecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _stamp_if_any(instant: int) -> str:
    """The instant as it stands in an entry, or nothing for a number that is no instant a calendar knows."""
    try:
        return stamp(instant)
    except OverflowError:
        return ""
