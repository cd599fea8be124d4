"""The keys that sign the log: a file that only the sealer reads, one key a line, the newest first.

While there are two, both sign, so that whoever trusts the older one can follow to the newer.
"""

from __future__ import annotations

from pathlib import Path

from engine.core.sealing.notes import COSIGNS_ML_DSA_44, ED25519, PublicKey
from engine.signing_keys import SigningKey, read_keys, write_keys

__all__ = ["Keyring"]

_WHOSE = "the log's key file"
_ELSEWHERE = "name another place with SIKLUS_LOG_KEY_FILE"
_MISSING = (
    "bring back the one this database was sealed with, or name its place with SIKLUS_LOG_KEY_FILE. A new key for an"
    " old log is believed by nobody"
)


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
        write_keys(self.path, keys, whose=_WHOSE, remedy=_ELSEWHERE, once=not self.made)

    def _read(self) -> tuple[SigningKey, ...]:
        return read_keys(self.path, (ED25519, COSIGNS_ML_DSA_44), whose=_WHOSE, remedy=_MISSING)
