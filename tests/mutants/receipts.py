"""Receipts for packs whose verdicts are known, signed by a key of the tests' own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from engine.core.sealing.notes import ED25519, Note, Signature
from engine.keys import sign
from engine.signing_keys import SigningKey
from tests.sealer.lived import ORIGIN, Lived
from tests.sealer.packs import lines

__all__ = ["receipt", "receipts", "trusting"]

#: what signs receipts: a key of the tests' own, which a policy may trust
_KEY = SigningKey.of(f"{ORIGIN}/receipts", ED25519, bytes(range(32)))


def trusting(lived: Lived) -> bytes:
    """A policy that trusts the log and that key."""
    return lived.policy + f"log {_KEY.public}\n".encode()


def receipt(log: str, place: str, chained: str, at: str, *, signed: bool = True) -> bytes:
    """What somebody was given for an entry at an instant."""
    text = f"siklus receipt v1\nlog {log}\nentry {place}\nhash {chained}\nat {at}\n"
    value = sign(ED25519, _KEY.seed, text.encode()) if signed else bytes(64)
    line = Signature(name=_KEY.public.name, id=_KEY.public.id, value=value)
    return str(Note(text=text, signatures=(line,))).encode()


def receipts(lived: Lived) -> Iterator[bytes]:
    """For an entry that is there, for another in its place, for one that is gone, too young, elsewhere, or unsigned."""
    body = next(one for one in lines(lived.part) if b'"stream":"case/' in one)
    told = json.loads(body)
    place, chained = f"{told['stream']} {told['seq']}", hashlib.sha256(b"\x02" + body).hexdigest()
    gone = f"{told['stream']} 999"
    early, late = "2025-12-02T00:00:00.000000Z", "2027-12-02T00:00:00.000000Z"
    for log, where, hashed, at in (
        (ORIGIN, place, chained, early), (ORIGIN, place, "ab" * 32, early), (ORIGIN, gone, chained, early),
        (ORIGIN, gone, chained, late), (ORIGIN, "case/c-none 1", chained, early),
        ("other.example", place, chained, early),
    ):  # fmt: skip
        for signed in (True, False):
            yield receipt(log, where, hashed, at, signed=signed)
