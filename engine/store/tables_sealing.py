"""The tables of the sealed log: which entry is which leaf, the tree above them, and the notes that commit to it."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from engine.store.columns import blob, key, metadata, number
from engine.store.tables import entry

__all__ = ["checkpoint", "cosignature", "leaf", "tile"]

#: Entries as leaves of the tree. The number is given here and not by the database: a sequence has gaps after a
#: rollback, and SQLite's own row numbers are used again. An entry's own row is never touched, not even by sealing.
leaf = Table(
    "leaf",
    metadata,
    number("idx", primary=True),
    key("stream"),
    number("seq"),
    blob("hash"),
    UniqueConstraint("stream", "seq"),
)

#: nodes over full runs of 256 nodes of the level below; level 1 stands on the leaves
tile = Table("tile", metadata, number("level", primary=True), number("idx", primary=True), blob("hash"))

#: one root for each size for ever, `at` by the machine's clock; the note is as it was signed
checkpoint = Table(
    "checkpoint", metadata, number("size", primary=True), blob("root"), number("at"), key("note")
)

#: what witnesses signed of a checkpoint: the name and the id of the key that did, and the line
cosignature = Table(
    "cosignature",
    metadata,
    number("size", primary=True),
    key("witness", primary=True),
    number("at"),
    key("line"),
)

#: recent entries, among which the unsealed are looked for, and entries of a period
Index("ix_entry_at", entry.c.at)
