"""The cases that time could not move. On the metadata of `engine.store.columns`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table

from engine.store.columns import key, metadata, number

#: how often a case failed since it last could be moved, since when, until when it is left alone, and what was wrong
parked = Table(
    "parked",
    metadata,
    key("case_id", ForeignKey("cases.id"), primary=True),
    number("times"),
    number("since"),
    number("until"),
    key("why"),
)
