"""What people have typed and not sent. On the metadata of `engine.store.columns`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from engine.store.columns import blob, key, metadata, number

__all__ = ["unsent"]

#: one text for each writer and form of a case; `version` counts how often it was saved
unsent = Table(
    "unsent",
    metadata,
    key("case_id", ForeignKey("cases.id"), primary=True),
    key("person", primary=True),
    key("form", primary=True),
    number("version"),
    number("at"),
    blob("value"),
)
Index("ix_unsent_at", unsent.c.at)
Index("ix_unsent_person", unsent.c.person)
