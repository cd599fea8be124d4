"""The tables of who may see what: parties to cases, and what was denied. They stand beside `engine.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from engine.store.tables import metadata

_INTEGER = BigInteger().with_variant(Integer(), "sqlite")
_KEY = Text().with_variant(Text(collation="C"), "postgresql")

#: who filled a role of a case on which days, and to whom its tasks came; rows stay, an end is set ("" while it lasts)
party = Table(
    "party",
    metadata,
    Column("case_id", _KEY, ForeignKey("cases.id"), primary_key=True, nullable=False),
    Column("person", _KEY, primary_key=True, nullable=False),
    Column("role", _KEY, primary_key=True, nullable=False),
    Column("how", _KEY, primary_key=True, nullable=False),
    Column("first", _KEY, primary_key=True, nullable=False),
    Column("last", _KEY, nullable=False),
    Column("lent", _INTEGER, nullable=False),
)
Index("ix_party_person", party.c.person, party.c.case_id)

#: how often somebody was denied something within an hour (its number since 1970), by the system clock
denial = Table(
    "denial",
    metadata,
    Column("who", _KEY, primary_key=True, nullable=False),
    Column("action", _KEY, primary_key=True, nullable=False),
    Column("what", _KEY, primary_key=True, nullable=False),
    Column("hour", _INTEGER, primary_key=True, nullable=False, autoincrement=False),
    Column("rule", _KEY, nullable=False),
    Column("count", _INTEGER, nullable=False),
)
