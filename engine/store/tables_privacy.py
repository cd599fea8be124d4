"""The tables of privacy: who looked at what, and which words were erased. On the metadata of `engine.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from engine.store.tables import metadata

_INTEGER = BigInteger().with_variant(Integer(), "sqlite")
_KEY = Text().with_variant(Text(collation="C"), "postgresql")


def _key(name: str, *, primary: bool = False) -> Column[str]:
    return Column(name, _KEY, primary_key=primary, nullable=False)


def _number(name: str, *, primary: bool = False) -> Column[int]:
    return Column(name, _INTEGER, primary_key=primary, nullable=False, autoincrement=False)


#: who looked at which class of data of a case or a person within which hour; the entries of stream `reads` say it too,
#: and this is where it is looked up. `under` is the break-glass grant it was read by, "" by everyday rights
look = Table(
    "look",
    metadata,
    _key("object", primary=True),
    _number("hour", primary=True),
    _key("actor", primary=True),
    _key("class", primary=True),
    _key("under", primary=True),
)
Index("ix_look_actor", look.c.actor, look.c.hour)

#: the words an entry commits to that are no longer there, by the erasure that took them; `name` is as in the entry
erased = Table(
    "erased",
    metadata,
    _key("stream", primary=True),
    _number("seq", primary=True),
    _key("name", primary=True),
    _key("erasure"),
)
Index("ix_erased_erasure", erased.c.erasure)
