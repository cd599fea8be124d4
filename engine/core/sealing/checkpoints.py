"""Checkpoints of C2SP tlog-checkpoint: how large the log is and which root it has, signed by it and by witnesses.

Cosignatures are of C2SP tlog-cosignature: a witness says when it saw that the log had only grown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.core.sealing.notes import (
    COSIGNS_ED25519,
    COSIGNS_ML_DSA_44,
    ED25519,
    SIGNATURE_LENGTHS,
    Note,
    PublicKey,
    Signature,
    Verify,
)
from engine.core.sealing.strict import HASH, MOST_LEAVES, bytes_of, number_of, text_of
from engine.errors import NoteUnreadable

__all__ = [
    "Checkpoint",
    "Cosigned",
    "checkpoint_of",
    "cosigned",
    "cosigned_bytes",
    "is_signed",
    "possible_origin",
    "stamped",
]

_STAMP = 8
#: what is signed of a checkpoint has these lines, and no more: extension lines are audited by nobody
_LINES = 3
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The log at one size: its origin (the name that never changes), how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed: three lines."""
        return f"{self.origin}\n{self.size}\n{text_of(self.root)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """A key saw the checkpoint: at this second since 1970, 0 for a signature without a time."""

    key: PublicKey
    at: int


def possible_origin(text: str) -> bool:
    """Whether a log can have this name: one that a key can have too, of at most 255 bytes."""
    plain = bool(text) and "+" not in text and not any(one.isspace() or one < " " for one in text)
    return plain and len(text.encode()) <= _LONGEST_NAME


def checkpoint_of(note: Note) -> Checkpoint:
    """What a note says as a checkpoint. Raises: NoteUnreadable, also for lines beyond the three."""
    lines = note.text[:-1].split("\n")
    if len(lines) != _LINES:
        raise NoteUnreadable(
            f"a checkpoint has an origin, a size and a root, and this one has {len(lines)} lines"
        )
    origin, size_text, root_text = lines
    size, root = number_of(size_text), bytes_of(root_text, HASH)
    if not possible_origin(origin):
        raise NoteUnreadable(
            "the origin of a checkpoint is a name without spaces, such as agency.example/appraisal"
        )
    if size is None:
        raise NoteUnreadable(
            f"{size_text[:40]!r} is not a size: digits without a leading nought, at most 2**63 - 1"
        )
    if root is None:
        raise NoteUnreadable(f"{root_text[:60]!r} is not a root: 32 bytes in base64")
    return Checkpoint(origin=origin, size=size, root=root)


def cosigned_bytes(checkpoint: Checkpoint, key: PublicKey, at: int) -> bytes:
    """What a key signs of a checkpoint at a second: its text, for a cosignature with a header and the time."""
    if key.kind == ED25519:
        return checkpoint.text.encode()
    if key.kind == COSIGNS_ED25519:
        return f"cosignature/v1\ntime {at}\n{checkpoint.text}".encode()
    name, origin = key.name.encode(), checkpoint.origin.encode()
    return b"".join(
        (
            b"subtree/v1\n\x00",
            bytes([len(name)]),
            name,
            at.to_bytes(_STAMP, "big"),
            bytes([len(origin)]),
            origin,
            (0).to_bytes(_STAMP, "big"),
            checkpoint.size.to_bytes(_STAMP, "big"),
            checkpoint.root,
        )
    )


def stamped(key: PublicKey, at: int, signature: bytes) -> Signature:
    """The line for a signature that was made over `cosigned_bytes`."""
    value = signature if key.kind == ED25519 else at.to_bytes(_STAMP, "big") + signature
    return Signature(name=key.name, id=key.id, value=value)


def is_signed(note: Note, key: PublicKey, verify: Verify) -> bool:
    """Whether the key signed the note, and no line in its name is false. A key that signed nothing gives False."""
    lines = note.by(key)
    return bool(lines) and all(_seen(note, key, line, verify) is not None for line in lines)


def cosigned(note: Note, keys: Iterable[PublicKey], verify: Verify) -> tuple[Cosigned, ...]:
    """Which of the keys cosigned, each once with its latest time; a key with a false line counts for nothing."""
    found = []
    for key in keys:
        if key.kind not in (COSIGNS_ED25519, COSIGNS_ML_DSA_44):
            continue
        times = [_seen(note, key, line, verify) for line in note.by(key)]
        told = [one for one in times if one is not None]
        if told and len(told) == len(times):
            found.append(Cosigned(key=key, at=max(told)))
    return tuple(found)


def _seen(note: Note, key: PublicKey, line: Signature, verify: Verify) -> int | None:
    """The second a line says it was made at; None if the key did not make it."""
    if len(line.value) != SIGNATURE_LENGTHS[key.kind]:
        return None
    at, value = 0, line.value
    if key.kind != ED25519:
        at, value = int.from_bytes(value[:_STAMP], "big"), value[_STAMP:]
    if at > MOST_LEAVES:
        return None
    try:
        message = cosigned_bytes(checkpoint_of(note), key, at)
    except NoteUnreadable:
        return None
    return at if verify(key.kind, key.key, message, value) else None
