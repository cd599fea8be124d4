"""Signed notes of C2SP signed-note: a text, and under it lines with who signed it.

Whether a signature is right is asked of `Verify`: mathematics, given by whoever has the library for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from engine.core.sealing.strict import bytes_of, text_of
from engine.errors import NoteUnreadable

__all__ = [
    "COSIGNS_ED25519",
    "COSIGNS_ML_DSA_44",
    "ED25519",
    "Note",
    "PublicKey",
    "Signature",
    "Verify",
    "key_id",
    "note_of",
    "public_key",
    "signatures_of",
]

#: types of signatures (signed-note, "Signature types")
ED25519: Final = 0x01
COSIGNS_ED25519: Final = 0x04
COSIGNS_ML_DSA_44: Final = 0x06

#: bytes of a public key and of a signature, by type; a cosignature begins with its time in eight bytes
_KEY_LENGTHS = {ED25519: 32, COSIGNS_ED25519: 32, COSIGNS_ML_DSA_44: 1312}
SIGNATURE_LENGTHS: Final = {ED25519: 64, COSIGNS_ED25519: 72, COSIGNS_ML_DSA_44: 2428}

_DASH = "\u2014 "
_ID = 4
#: at least 16 must be taken; an attacker must not make us check millions
_MOST_SIGNATURES = 64
_LARGEST = 512 * 1024
_HEX_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)

#: Whether a key of a type signed a message: `verify(type, public key, message, signature)`.
Verify = Callable[[int, bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """Who may sign as what: a name, a type of signature and a key, known by its id."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand before each of its signatures."""
        return key_id(self.name, self.kind, self.key)

    def __str__(self) -> str:
        """The key as people hand it on: `name+id+base64(type || key)`, a vkey of signed-note."""
        return f"{self.name}+{self.id.hex()}+{text_of(bytes([self.kind]) + self.key)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One line under a note: who signed by their own account, and the bytes; nothing is verified yet."""

    name: str
    id: bytes
    value: bytes

    def __str__(self) -> str:
        """The line, with its line feed."""
        return f"{_DASH}{self.name} {text_of(self.id + self.value)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text that ends in a line feed, and its signatures in order; nothing is verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """The note as it is stored, sent and printed."""
        return self.text + "\n" + "".join(str(one) for one in self.signatures)

    def with_signatures(self, more: Iterable[Signature]) -> Note:
        """The note with more lines under it; a line that is there already is not repeated."""
        new = [one for one in dict.fromkeys(more) if one not in self.signatures]
        return Note(text=self.text, signatures=(*self.signatures, *new))

    def by(self, key: PublicKey) -> tuple[Signature, ...]:
        """The lines that say they are of this key."""
        return tuple(one for one in self.signatures if (one.name, one.id) == (key.name, key.id))


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """The id of a key: the first four bytes of SHA-256(name || 0x0A || type || key)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:_ID]


def public_key(text: str) -> PublicKey:
    """A key from its vkey. Raises: NoteUnreadable, with what is wrong with it."""
    name, plus, rest = text.partition("+")
    said, second, key_text = rest.partition("+")
    if not plus or not second or not _possible_name(name):
        raise NoteUnreadable("a key is written name+id+base64, with a name without spaces", text=text)
    encoded = bytes_of(key_text)
    if encoded is None or not encoded:
        raise NoteUnreadable(f"the key of {name} is not standard base64", text=text)
    kind, key = encoded[0], encoded[1:]
    if _KEY_LENGTHS.get(kind) != len(key):
        raise NoteUnreadable(
            f"the key of {name} is of type {kind:#04x} with {len(key)} bytes; known are Ed25519 (0x01, 0x04: 32 bytes)"
            " and ML-DSA-44 (0x06: 1312 bytes)",
            text=text,
        )
    found = PublicKey(name=name, kind=kind, key=key)
    if not _HEX_ID.fullmatch(said) or found.id.hex() != said:
        raise NoteUnreadable(
            f"the key of {name} has the id {found.id.hex()}, and is written with {said!r}: a letter of the name or the"
            " key was changed on the way",
            text=text,
        )
    return found


def note_of(data: bytes) -> Note:
    """A note from its bytes. Raises: NoteUnreadable; what is read is not yet verified."""
    if len(data) > _LARGEST:
        raise NoteUnreadable(f"a note has at most {_LARGEST} bytes, and this one has {len(data)}")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteUnreadable("a note is UTF-8, and this is not") from None
    if any(one < " " and one != "\n" for one in whole):
        raise NoteUnreadable("a note has no control characters but line feeds")
    # The text may have empty lines: the last one of the note stands before the signatures.
    text, empty, under = whole.rpartition("\n\n")
    if not empty:
        raise NoteUnreadable("a note is a text, an empty line and signatures")
    return Note(text=text + "\n", signatures=signatures_of(under))


def signatures_of(lines: str) -> tuple[Signature, ...]:
    """Signatures from the lines under a note. Raises: NoteUnreadable, if there are none, or a line is not one."""
    if not lines.endswith("\n"):
        raise NoteUnreadable("signatures end in a line feed, and there is at least one")
    # `splitlines` would also split at ten other characters.
    each = lines[:-1].split("\n")
    if len(each) > _MOST_SIGNATURES:
        raise NoteUnreadable(
            f"a note has at most {_MOST_SIGNATURES} signatures, and this one has {len(each)}"
        )
    return tuple(_signature(line) for line in each)


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    value = bytes_of(encoded)
    if (
        not line.startswith(_DASH)
        or not space
        or not _possible_name(name)
        or value is None
        or len(value) <= _ID
    ):
        raise NoteUnreadable(f"{line[:80]!r} is not a signature: a long dash, a name and base64")
    return Signature(name=name, id=value[:_ID], value=value[_ID:])


def _possible_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(one.isspace() or one < " " for one in name)
