"""Packs to spoil: opened into their files, changed, and put together again."""

from __future__ import annotations

import zipfile
from pathlib import Path

from engine.core.sealing.notes import COSIGNS_ED25519, PublicKey
from engine.sealer import Keyring
from engine.signing_keys import SigningKey

Files = dict[str, bytes]


def opened(path: Path) -> Files:
    """The files of a pack, by name."""
    with zipfile.ZipFile(path) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def put_together(files: Files, path: Path) -> Path:
    """A pack of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return path


def lines(files: Files, name: str = "entries.jsonl") -> list[bytes]:
    """The lines of a file."""
    return files[name].split(b"\n")[:-1]


def with_lines(files: Files, changed: list[bytes], name: str = "entries.jsonl") -> Files:
    """The files with other lines in one of them."""
    return files | {name: b"".join(one + b"\n" for one in changed)}


def policy_of(keyring: Keyring, *witnesses: SigningKey, quorum: str = "none") -> bytes:
    """The policy of an auditor who trusts this log."""
    logs = "".join(f"log {one.public}\n" for one in keyring.signers())
    seen = "".join(f"witness w{at} {one.public}\n" for at, one in enumerate(witnesses, start=1))
    return f"{logs}{seen}quorum {quorum}\n".encode()


def witness(name: str) -> SigningKey:
    """A key that cosigns."""
    return SigningKey.made(name, COSIGNS_ED25519)


def stranger(key: PublicKey) -> SigningKey:
    """Another key under the same name."""
    return SigningKey.made(key.name, key.kind)
