"""Receipts: a signed promise that an entry was written, for whoever made it to keep.

Between the commit of an entry and its seal only this shows that it was there. By the chain it holds for every entry of
the stream before it as well. A note of signed-note whose text no checkpoint can have: it has five lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.core.sealing.notes import ED25519, Note, PublicKey, Verify, note_of
from engine.core.sealing.strict import number_of
from engine.errors import NoteUnreadable

__all__ = ["Receipt", "is_promised", "receipt_name", "receipt_of"]

_FIRST = "siklus receipt v1"
_LINES = 5
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is promised: in which log the entry stands, its stream and number, its chain value, and when it was told."""

    log: str
    stream: str
    seq: int
    hash: str
    #: as it stands in an entry: RFC 3339, by the machine's clock
    at: str

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{_FIRST}\nlog {self.log}\nentry {self.stream} {self.seq}\nhash {self.hash}\nat {self.at}\n"


def receipt_name(origin: str) -> str:
    """What the key of a log's receipts is called: it can sign no checkpoint of the log itself."""
    return f"{origin}/receipts"


def receipt_of(data: bytes) -> tuple[Receipt, Note]:
    """A receipt from its bytes, and its note; nothing is verified yet. Raises: NoteUnreadable."""
    note = note_of(data)
    lines = note.text[:-1].split("\n")
    if len(lines) != _LINES or lines[0] != _FIRST:
        raise NoteUnreadable(f"a receipt begins with {_FIRST!r} and has {_LINES} lines above its signature")
    told = [line.split(" ") for line in lines[1:]]
    if [(one[0], len(one)) for one in told] != [("log", 2), ("entry", 3), ("hash", 2), ("at", 2)]:
        raise NoteUnreadable("a receipt names the log, the entry, its hash and when it was written")
    log, (_, stream, number), chained, at = told[0][1], told[1], told[2][1], told[3][1]
    seq = number_of(number)
    if not log or not stream or not seq or not _HASH.fullmatch(chained) or not _AT.fullmatch(at):
        raise NoteUnreadable(
            "a receipt has a number, a hash or a time in another spelling than the one there is"
        )
    return Receipt(log=log, stream=stream, seq=seq, hash=chained, at=at), note


def is_promised(receipt: Receipt, note: Note, key: PublicKey, verify: Verify) -> bool:
    """Whether the key of the log's receipts signed it, and no line in its name is false."""
    lines = note.by(key)
    return (
        bool(lines)
        and (key.kind, key.name) == (ED25519, receipt_name(receipt.log))
        and all(verify(key.kind, key.key, receipt.text.encode(), one.value) for one in lines)
    )
