"""The tables of who may see what: parties to cases, and what was denied. They stand beside `engine.store.tables`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from engine.store.columns import key, metadata, number

__all__ = ["denial", "party"]

#: who filled a role of a case on which days, and to whom its tasks came; rows stay, an end is set ("" while it lasts)
party = Table(
    "party",
    metadata,
    key("case_id", ForeignKey("cases.id"), primary=True),
    key("person", primary=True),
    key("role", primary=True),
    key("how", primary=True),
    key("first", primary=True),
    key("last"),
    number("lent"),
)
Index("ix_party_person", party.c.person, party.c.case_id)

#: how often somebody was denied something within an hour (its number since 1970), by the system clock
denial = Table(
    "denial",
    metadata,
    key("who", primary=True),
    key("action", primary=True),
    key("what", primary=True),
    number("hour", primary=True),
    key("rule"),
    number("count"),
)
