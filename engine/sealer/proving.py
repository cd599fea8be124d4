"""Proofs from the rows of the log: that an entry is in it, and that an older log is the beginning of it."""

from __future__ import annotations

from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import Note, note_of, signatures_of
from engine.core.sealing.proofs import Proof
from engine.core.sealing.tree import consistency, inclusion
from engine.errors import NotFound
from engine.store import Database, sealing
from engine.store.view import View

__all__ = ["consistency_from", "latest_in", "latest_note", "note_at", "note_in", "proof_for"]


def latest_note(database: Database) -> Note | None:
    """The newest checkpoint, with what witnesses have signed of it; None before the first."""
    with database.read() as view:
        return latest_in(view)


def latest_in(view: View) -> Note | None:
    """The same, within a snapshot."""
    found = sealing.latest(view.driver)
    return _with_witnesses(view, found) if found is not None else None


def note_at(database: Database, size: int) -> Note:
    """The checkpoint of a size, with what witnesses have signed of it. Raises: NotFound."""
    with database.read() as view:
        return note_in(view, size)


def note_in(view: View, size: int) -> Note:
    """The same, within a snapshot."""
    found = sealing.checkpoints(view.driver, limit=1, before=size + 1)
    if not found or found[0].size != size:
        raise NotFound("checkpoint", str(size), [str(one.size) for one in found])
    return _with_witnesses(view, found[0])


def _with_witnesses(view: View, found: sealing.StoredCheckpoint) -> Note:
    lines = sealing.cosignatures(view.driver, [found.size])
    note = note_of(found.note.encode())
    return note.with_signatures(line for one in lines for line in signatures_of(one.line))


def proof_for(database: Database, stream: str, seq: int) -> Proof:
    """The proof that an entry is in the log as it was last signed. Raises: NotFound, also for one not signed yet."""
    with database.read() as view:
        note = latest_in(view)
        index = sealing.leaf_of(view.driver, stream, seq)
        point = checkpoint_of(note) if note is not None else None
        if note is None or point is None or index is None or index >= point.size:
            raise NotFound("sealed entry", f"{stream} {seq}")
        return Proof(index=index, path=inclusion(index, point.size, sealing.nodes(view.driver)), note=note)


def consistency_from(database: Database, old: int, size: int) -> tuple[bytes, ...]:
    """The proof that the first `old` leaves are the beginning of the first `size`. Raises: ValueError."""
    with database.read() as view:
        return consistency(old, size, sealing.nodes(view.driver))
