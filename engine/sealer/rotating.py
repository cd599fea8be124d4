"""Another key for the log, without a gap: the old one signs the entry that names the new one, then both sign."""

from __future__ import annotations

from engine.core.sealing.notes import PublicKey
from engine.sealer.keyring import Keyring
from engine.sealer.sealing import STREAM, Sealer
from engine.store import Database

__all__ = ["retire", "rotate"]


def rotate(database: Database, sealer: Sealer, keyring: Keyring, now: int, *, actor: str) -> PublicKey:
    """Name a new key in the log, have the old ones sign that, and sign with both from then on; the new key.

    A crash in between leaves an entry about a key that nobody has: rotating once more names another.
    Raises: LogDamaged, KeysUnusable.
    """
    new = keyring.renewed()
    before = [str(one.public) for one in keyring.signers()]
    with database.write() as unit:
        unit.append(
            STREAM, "key_rotated", now, {"actor": {"account": actor}, "new": str(new.public), "old": before}
        )
    sealer.seal(now)
    keyring.add(new)
    return new.public


def retire(database: Database, keyring: Keyring, now: int, *, actor: str) -> tuple[PublicKey, ...]:
    """Sign no longer with keys that have a newer one, and tell it; those that went. Raises: KeysUnusable."""
    gone = keyring.older()
    if gone:
        with database.write() as unit:
            facts = {"actor": {"account": actor}, "keys": [str(one) for one in gone]}
            unit.append(STREAM, "key_retired", now, facts)
        keyring.retire()
    return gone
