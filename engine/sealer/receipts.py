"""Receipts for what people did, signed after the commit by a key of their own, and asked about later.

The key follows from the secret of the installation and the log's name: the process that serves has it, and not the key
that signs checkpoints.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from engine.clock import Clock
from engine.core.audit import Entry, chain, stamp
from engine.core.sealing.notes import ED25519, Note, PublicKey, Signature
from engine.core.sealing.receipts import Receipt, is_promised, receipt_name
from engine.errors import KeysUnusable, NoteUnreadable
from engine.keys import Keys, sign, verifies
from engine.sealer.opening import origin_of
from engine.signing_keys import SigningKey
from engine.store import Database, sealing, streams

__all__ = ["Kept", "Receipts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a promise: whether the entry is there as it was, which leaf it is, and whether that is signed."""

    held: bool
    leaf: int | None
    signed: bool


class Receipts:
    """Signs receipts of one database's log, and knows what became of them."""

    def __init__(self, database: Database, keys: Keys, system: Clock) -> None:
        self._database = database
        self._keys = keys
        self._system = system
        self._known: SigningKey | None = None

    def of(self, entries: Sequence[Entry]) -> str:
        """The receipt for the last of these entries, which stands for those before it; "" where none can be given.

        None can be before the log has its name, and without the secret of the installation.
        """
        key = self._key() if entries else None
        if key is None:
            return ""
        last = entries[-1]
        origin = key.public.name.removesuffix(receipt_name(""))
        told = Receipt(
            log=origin, stream=last.stream, seq=last.seq, hash=last.hash, at=stamp(self._system.now())
        )
        value = sign(ED25519, key.seed, told.text.encode())
        line = Signature(name=key.public.name, id=key.public.id, value=value)
        return str(Note(text=told.text, signatures=(line,)))

    def key(self) -> PublicKey | None:
        """The public key of receipts, for policies; None where none are given."""
        found = self._key()
        return found.public if found is not None else None

    def is_ours(self, receipt: Receipt, note: Note) -> bool:
        """Whether this installation signed it."""
        key = self.key()
        return key is not None and is_promised(receipt, note, key, verifies)

    def kept(self, receipt: Receipt) -> Kept:
        """What became of what it promises. Raises: NoteUnreadable, if it is of another log."""
        if receipt.log != origin_of(self._database):
            raise NoteUnreadable(f"the receipt is of the log {receipt.log}, and this one has another name")
        with self._database.read() as view:
            found = streams.history(view.driver, receipt.stream, receipt.seq - 1, 1)
            leaf = sealing.leaf_of(view.driver, receipt.stream, receipt.seq)
            point = sealing.latest(view.driver)
        held = bool(found) and (found[0].seq, chain(found[0].body)) == (receipt.seq, receipt.hash)
        signed = leaf is not None and point is not None and leaf < point.size
        return Kept(held=held, leaf=leaf, signed=signed)

    def _key(self) -> SigningKey | None:
        """The key, made anew when the log has begun again under another name."""
        origin = origin_of(self._database)
        if not origin or not self._keys.made:
            return None
        name = receipt_name(origin)
        if self._known is None or self._known.public.name != name:
            try:
                seed = hmac.new(self._keys.derive("receipts"), origin.encode(), hashlib.sha256).digest()
            except KeysUnusable:
                return None
            self._known = SigningKey.of(name, ED25519, seed)
        return self._known
