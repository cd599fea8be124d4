"""Asking a witness and answering as one, by rules alone: the call add-checkpoint of C2SP tlog-witness.

A witness remembers one checkpoint of each log and signs another only if a proof shows that the log has merely grown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.core.sealing.checkpoints import Checkpoint, Cosigned, checkpoint_of, cosigned, is_signed
from engine.core.sealing.notes import Note, PublicKey, Verify, note_of, signatures_of
from engine.core.sealing.strict import HASH, MOST_LEAVES, bytes_of, number_of, text_of
from engine.core.sealing.tree import EMPTY, is_consistent
from engine.errors import NoteUnreadable

__all__ = [
    "LARGEST_REQUEST",
    "Asked",
    "Judgement",
    "Witnessed",
    "asked_of",
    "judged",
    "request_bytes",
    "size_of",
    "witnessed_of",
]

#: bytes of a request: a proof of 63 lines, and a checkpoint with room for signatures of every kind
LARGEST_REQUEST = 64 * 1024
#: lines of a proof: one for each level of a tree of 2**63 leaves
_LONGEST_PROOF = 63
_OLD = "old "

#: "signs": it may be signed. "malformed": the old size is beyond the new one. "another_size": the witness knows another
#: size than the one named. "fork": another root for the size that it knows. "unproven": the proof does not hold.
Judgement = Literal["signs", "malformed", "unsigned", "another_size", "fork", "unproven"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a witness: the size it is thought to know, how the log grew from there, and the new note."""

    old: int
    path: tuple[bytes, ...]
    note: Note
    point: Checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """A cosignature that was looked at: by whom and when, and the line."""

    seen: Cosigned
    line: str


def asked_of(data: bytes) -> Asked:
    """A request from its bytes. Raises: NoteUnreadable."""
    if len(data) > LARGEST_REQUEST:
        raise NoteUnreadable(f"a request has at most {LARGEST_REQUEST} bytes, and this one has more")
    head, empty, rest = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteUnreadable("a request is ASCII down to its checkpoint, and this is not") from None
    if not empty or not lines[0].startswith(_OLD):
        raise NoteUnreadable(
            "a request is a line `old <size>`, a proof, an empty line and a checkpoint below it"
        )
    old = number_of(lines[0].removeprefix(_OLD))
    if old is None:
        raise NoteUnreadable("the old size is written in digits, without a leading nought")
    path = [bytes_of(one, HASH) for one in lines[1:]]
    if len(path) > _LONGEST_PROOF or None in path:
        raise NoteUnreadable(f"a proof is at most {_LONGEST_PROOF} lines, each 32 bytes in base64")
    note = note_of(rest)
    known = tuple(one for one in path if one is not None)
    return Asked(old=old, path=known, note=note, point=checkpoint_of(note))


def request_bytes(old: int, path: Sequence[bytes], note: Note) -> bytes:
    """The request that asks for a cosignature."""
    lines = "".join(f"{text_of(one)}\n" for one in path)
    return f"{_OLD}{old}\n{lines}\n{note}".encode()


def judged(asked: Asked, keys: Sequence[PublicKey], known: Checkpoint | None, verify: Verify) -> Judgement:
    """Whether a witness that trusts these keys of the log, and knows this checkpoint of it, signs what is asked.

    In the order of the specification. A checkpoint of the size and root it knows is signed again, with a new time.
    """
    size, root = (known.size, known.root) if known is not None else (0, EMPTY)
    point = asked.point
    if not any(is_signed(asked.note, key, verify) for key in keys):
        return "unsigned"
    if asked.old > point.size:
        return "malformed"
    if asked.old != size:
        return "another_size"
    if known is not None and point.size == size and point.root != root:
        return "fork"
    if not is_consistent(size, root, point.size, point.root, asked.path):
        return "unproven"
    return "signs"


def size_of(body: bytes) -> int | None:
    """The size that a witness says it knows; None if it does not say it as it must."""
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError:
        return None
    return number_of(text[:-1]) if text.endswith("\n") else None


def witnessed_of(body: bytes, note: Note, key: PublicKey, *, latest: int, verify: Verify) -> Witnessed | None:
    """What a witness answered, looked at before it is kept; None if its key did not sign this note.

    A time later than the second `latest`, or none at all, is not believed. Other keys' lines are passed over.
    """
    try:
        lines = signatures_of(body.decode("utf-8"))
    except (UnicodeDecodeError, NoteUnreadable):
        return None
    mine = [one for one in lines if (one.name, one.id) == (key.name, key.id)]
    bare = Note(text=note.text, signatures=tuple(dict.fromkeys(mine)))
    seen = cosigned(bare, [key], verify)
    if not seen or not 0 < seen[0].at <= min(latest, MOST_LEAVES):
        return None
    # Of several lines of one key the one of the latest time is kept.
    at = seen[0].at.to_bytes(8, "big")
    return Witnessed(seen=seen[0], line=str(next(one for one in mine if one.value[:8] == at)))
