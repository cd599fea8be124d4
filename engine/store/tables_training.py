"""Trainings that entries of journals gave or ended. On the metadata of `engine.store.columns`."""

from __future__ import annotations

from sqlalchemy import Table

from engine.store.columns import blob, key, metadata

#: one row per training and entry; `body` is the whole
training = Table("training", metadata, key("id", primary=True), key("person"), blob("body"))
