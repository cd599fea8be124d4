"""The keys that sign the log: a file that only the sealer reads, one key a line, the newest first.

The lines are the private keys of Go's package sumdb/note: `PRIVATE+KEY+name+id+base64(type || seed)`. While there are
two, both sign, so that whoever trusts the older one can follow to the newer.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from engine.core.sealing.checkpoints import Checkpoint, cosigned_bytes, stamped
from engine.core.sealing.notes import COSIGNS_ML_DSA_44, ED25519, Note, PublicKey
from engine.core.sealing.strict import bytes_of, text_of
from engine.errors import KeysUnusable
from engine.keys import new_seed, public_of, sign
from engine.secret_files import write_alone

__all__ = ["Keyring", "SigningKey"]

_BEGINNING = "PRIVATE+KEY+"
_SEED = 32
#: rights that nobody but the owner has: whoever can read this file can write history anew
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

    def signed(self, note: Note, point: Checkpoint, at: int) -> Note:
        """The note with this key's line under it; `at` is the second, for types that carry one."""
        value = sign(self.public.kind, self.seed, cosigned_bytes(point, self.public, at))
        return note.with_signatures([stamped(self.public, at, value)])


class Keyring:
    """The file of keys, read each time: another process may have changed them since."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def made(self) -> bool:
        """Whether there is a file."""
        return self.path.exists()

    def make(self, origin: str, *, lasting: bool = False) -> bool:
        """Make the file with a first key, if there is none; whether it was made. Raises: KeysUnusable.

        `lasting` adds one of ML-DSA-44, whose signatures a quantum computer could not forge.
        """
        if self.made:
            return False
        keys = [SigningKey.made(origin, ED25519)]
        if lasting:
            keys.append(SigningKey.made(origin, COSIGNS_ML_DSA_44))
        self._write(tuple(keys))
        return True

    def signers(self) -> tuple[SigningKey, ...]:
        """The keys that sign, the newest first. Raises: KeysUnusable."""
        return self._read()

    def renewed(self) -> SigningKey:
        """A new key of the same name and type as the newest, not in the file yet."""
        newest = self.signers()[0].public
        return SigningKey.made(newest.name, newest.kind)

    def add(self, key: SigningKey) -> None:
        """Sign with this key too, from now on first. Raises: KeysUnusable."""
        self._write((key, *self.signers()))

    def older(self) -> tuple[PublicKey, ...]:
        """The keys that have a newer one of their type. Raises: KeysUnusable."""
        return tuple(one.public for one in self.signers() if one not in self._newest())

    def retire(self) -> None:
        """Sign no longer with the older keys. Raises: KeysUnusable."""
        self._write(self._newest())

    def _newest(self) -> tuple[SigningKey, ...]:
        """The newest key of each type."""
        found: dict[int, SigningKey] = {}
        for one in self.signers():
            found.setdefault(one.public.kind, one)
        return tuple(found.values())

    def _write(self, keys: tuple[SigningKey, ...]) -> None:
        try:
            write_alone("".join(f"{one.secret_line}\n" for one in keys), self.path, once=not self.made)
        except OSError as error:
            raise KeysUnusable(
                f"the log's key file {self.path} cannot be written: {error.strerror}; name another place with"
                " SIKLUS_LOG_KEY_FILE"
            ) from None

    def _read(self) -> tuple[SigningKey, ...]:
        try:
            with self.path.open(encoding="utf-8") as file:
                if os.name == "posix" and os.fstat(file.fileno()).st_mode & _TOO_OPEN:
                    raise KeysUnusable(
                        f"the log's key file {self.path} can be reached by others; run: chmod 600 {self.path}"
                    )
                lines = file.read().split("\n")
        except FileNotFoundError:
            raise KeysUnusable(
                f"there is no key file {self.path} for the log; bring back the one this database was sealed with, or"
                " name its place with SIKLUS_LOG_KEY_FILE. A new key for an old log is believed by nobody"
            ) from None
        except (OSError, ValueError) as error:
            raise KeysUnusable(f"the log's key file {self.path} cannot be read: {error}") from None
        keys = [self._key(number, line) for number, line in enumerate(lines, start=1) if line]
        if not keys:
            raise KeysUnusable(f"the log's key file {self.path} holds no key")
        return tuple(keys)

    def _key(self, number: int, line: str) -> SigningKey:
        name, _, rest = line.removeprefix(_BEGINNING).partition("+")
        said, _, encoded = rest.partition("+")
        value = bytes_of(encoded)
        if line.startswith(_BEGINNING) and value and value[0] in (ED25519, COSIGNS_ML_DSA_44):
            kind, seed = value[0], value[1:]
            if len(seed) == _SEED:
                found = SigningKey.of(name, kind, seed)
                if found.public.id.hex() == said:
                    return found
        raise KeysUnusable(f"line {number} of the log's key file {self.path} is not a key, or was changed")
