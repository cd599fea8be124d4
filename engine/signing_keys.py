"""Keys that sign notes: each known by its public half, and files of them that only one account reads.

A line is a private key of Go's package sumdb/note: `PRIVATE+KEY+name+id+base64(type || seed)`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.core.sealing.checkpoints import Checkpoint, cosigned_bytes, stamped
from engine.core.sealing.notes import Note, PublicKey, Signature
from engine.core.sealing.strict import bytes_of, text_of
from engine.errors import KeysUnusable
from engine.keys import new_seed, public_of, sign
from engine.secret_files import write_alone

__all__ = ["SigningKey", "read_keys", "write_keys"]

_BEGINNING = "PRIVATE+KEY+"
_SEED = 32
#: rights that nobody but the owner has: whoever can read such a file can sign in its name
_TOO_OPEN = stat.S_IRWXO | stat.S_IRWXG


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SigningKey:
    """A key that signs; never shown, and told by its public half."""

    public: PublicKey
    seed: bytes

    @classmethod
    def made(cls, name: str, kind: int) -> SigningKey:
        """A new key of this name and type."""
        return cls.of(name, kind, new_seed())

    @classmethod
    def of(cls, name: str, kind: int, seed: bytes) -> SigningKey:
        """The key of a seed."""
        return cls(public=PublicKey(name=name, kind=kind, key=public_of(kind, seed)), seed=seed)

    def __repr__(self) -> str:
        """The public half alone."""
        return f"SigningKey({self.public})"

    @property
    def secret_line(self) -> str:
        """The key as its file has it."""
        encoded = text_of(bytes([self.public.kind]) + self.seed)
        return f"{_BEGINNING}{self.public.name}+{self.public.id.hex()}+{encoded}"

    def line(self, point: Checkpoint, at: int) -> Signature:
        """This key's line under a checkpoint; `at` is the second, for types that carry one."""
        return stamped(
            self.public, at, sign(self.public.kind, self.seed, cosigned_bytes(point, self.public, at))
        )

    def signed(self, note: Note, point: Checkpoint, at: int) -> Note:
        """The note with this key's line under it."""
        return note.with_signatures([self.line(point, at)])


def write_keys(path: Path, keys: Sequence[SigningKey], *, whose: str, remedy: str, once: bool) -> None:
    """Write a file of keys, one a line; with `once` never over one that is there. Raises: KeysUnusable."""
    try:
        write_alone("".join(f"{one.secret_line}\n" for one in keys), path, once=once)
    except OSError as error:
        raise KeysUnusable(f"{whose} {path} cannot be written: {error.strerror}; {remedy}") from None


def read_keys(path: Path, kinds: Collection[int], *, whose: str, remedy: str) -> tuple[SigningKey, ...]:
    """The keys in a file, in its order. Raises: KeysUnusable, also if others can reach the file."""
    try:
        with path.open(encoding="utf-8") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _TOO_OPEN:
                raise KeysUnusable(f"{whose} {path} can be reached by others; run: chmod 600 {path}")
            lines = file.read().split("\n")
    except FileNotFoundError:
        raise KeysUnusable(f"{whose} {path} is not there; {remedy}") from None
    except (OSError, ValueError) as error:
        raise KeysUnusable(f"{whose} {path} cannot be read: {error}") from None
    found = [_key(line, kinds) for line in lines if line]
    if not found:
        raise KeysUnusable(f"{whose} {path} holds no key")
    for number, one in enumerate(found, start=1):
        if one is None:
            raise KeysUnusable(f"line {number} of {whose} {path} is not a key, or was changed")
    return tuple(one for one in found if one is not None)


def _key(line: str, kinds: Collection[int]) -> SigningKey | None:
    name, _, rest = line.removeprefix(_BEGINNING).partition("+")
    said, _, encoded = rest.partition("+")
    value = bytes_of(encoded)
    if not line.startswith(_BEGINNING) or not value or value[0] not in kinds or len(value) != 1 + _SEED:
        return None
    found = SigningKey.of(name, value[0], value[1:])
    return found if found.public.id.hex() == said else None
