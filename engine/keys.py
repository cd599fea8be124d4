"""The secret of an installation: a file beside the database, never in it, from which a key for each purpose is derived.

HKDF-SHA256 (RFC 5869) makes the keys, AES-256-GCM seals small values with them. What a sealed value is about is bound
to it, so that it opens nowhere else. Signatures of notes are made and verified here too.
The one door to `cryptography`.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.errors import KeysUnusable
from engine.secret_files import write_alone

__all__ = [
    "FILE_NAME", "Keys", "Purpose", "new_seed", "open_with", "public_of", "seal_with", "sign", "verifies",
]  # fmt: skip

#: what a key is for; a purpose never gets another one's key
Purpose = Literal["name", "totp", "addresses", "receipts", "slips", "subjects", "words"]
#: what the file is called where nothing else is said
FILE_NAME = "siklus.key"
_SECRET, _NONCE = 32, 12
_ML_DSA_44 = 0x06
#: rights that nobody but the owner has, though their group may read
_TOO_OPEN = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP


def verifies(kind: int, key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a public key made a signature: ML-DSA-44 (FIPS 204) for type 0x06, else Ed25519 (RFC 8032)."""
    try:
        if kind == _ML_DSA_44:
            MLDSA44PublicKey.from_public_bytes(key).verify(signature, message)
        else:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_seed() -> bytes:
    """The 32 random bytes a signing key is made of."""
    return os.urandom(_SECRET)


def public_of(kind: int, seed: bytes) -> bytes:
    """The public key that belongs to a seed, by type of signature."""
    return _private(kind, seed).public_key().public_bytes_raw()


def sign(kind: int, seed: bytes, message: bytes) -> bytes:
    """The signature that the key of a seed makes."""
    return _private(kind, seed).sign(message)


def seal_with(key: bytes, value: bytes, *, about: str) -> bytes:
    """A value nobody reads or changes without this key; it opens only for what it is `about`."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, about.encode())


def open_with(key: bytes, sealed: bytes, *, about: str) -> bytes | None:
    """What was sealed with this key; None if it was changed, or is about something else."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return None


def _private(kind: int, seed: bytes) -> Ed25519PrivateKey | MLDSA44PrivateKey:
    if kind == _ML_DSA_44:
        return MLDSA44PrivateKey.from_seed_bytes(seed)
    return Ed25519PrivateKey.from_private_bytes(seed)


class Keys:
    """The keys of one installation; the file is read when the first of them is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._secret: bytes | None = None

    @property
    def made(self) -> bool:
        """Whether there is a file."""
        return self.path.exists()

    def make(self) -> bool:
        """Make the file, readable by its owner alone, if there is none; whether it was made. Raises: KeysUnusable."""
        try:
            return write_alone(os.urandom(_SECRET).hex() + "\n", self.path, once=True)
        except OSError as error:
            raise KeysUnusable(
                f"the key file {self.path} cannot be made: {error.strerror}; name another place with SIKLUS_KEY_FILE",
            ) from None

    def name(self) -> str:
        """What tells this secret from another without telling anything of it. Raises: KeysUnusable."""
        return self.derive("name")[:8].hex()

    def derive(self, purpose: Purpose) -> bytes:
        """The 32 bytes for a purpose. Raises: KeysUnusable."""
        if self._secret is None:
            self._secret = self._read()
        info = b"siklus/1/" + purpose.encode()
        return HKDF(algorithm=SHA256(), length=_SECRET, salt=None, info=info).derive(self._secret)

    def seal(self, purpose: Purpose, value: bytes, *, about: str) -> bytes:
        """A value nobody reads or changes without the key; it opens only for what it is `about`."""
        return seal_with(self.derive(purpose), value, about=about)

    def open(self, purpose: Purpose, sealed: bytes, *, about: str) -> bytes:
        """What was sealed. Raises: KeysUnusable, if another key sealed it, or it was changed or moved."""
        value = open_with(self.derive(purpose), sealed, about=about)
        if value is None:
            raise KeysUnusable(
                f"a sealed value of {about} does not open with the key file {self.path}: it was sealed with another,"
                " or changed; bring back the key file that belongs to this database"
            )
        return value

    def _read(self) -> bytes:
        try:
            with self.path.open(encoding="ascii") as file:
                if os.name == "posix" and os.fstat(file.fileno()).st_mode & _TOO_OPEN:
                    raise KeysUnusable(
                        f"the key file {self.path} can be reached by others; run: chmod 600 {self.path}"
                    )
                secret = bytes.fromhex(file.read().strip())
        except FileNotFoundError:
            raise KeysUnusable(
                f"there is no key file {self.path}; a new installation makes one with `siklus setup`, one that moved"
                " needs the file it had: bring it there, or name its place with SIKLUS_KEY_FILE"
            ) from None
        except (OSError, ValueError) as error:
            raise KeysUnusable(f"the key file {self.path} cannot be read: {error}") from None
        if len(secret) != _SECRET:
            raise KeysUnusable(
                f"the key file {self.path} does not hold {_SECRET} bytes in hexadecimal digits"
            )
        return secret
