"""The tables of privacy: who looked at what, and which words were erased."""

from __future__ import annotations

from sqlalchemy import Index, Table

from engine.store.columns import key, metadata, number

__all__ = ["erased", "look"]

#: who looked at which class of data of a case or a person within which hour; the entries of stream `reads` say it too,
#: and this is where it is looked up. `under` is the break-glass grant it was read by, "" by everyday rights
look = Table(
    "look",
    metadata,
    key("object", primary=True),
    number("hour", primary=True),
    key("actor", primary=True),
    key("class", primary=True),
    key("under", primary=True),
)
Index("ix_look_actor", look.c.actor, look.c.hour)

#: the words an entry commits to that are no longer there, by the erasure that took them; `name` is as in the entry
erased = Table(
    "erased",
    metadata,
    key("stream", primary=True),
    number("seq", primary=True),
    key("name", primary=True),
    key("erasure"),
)
Index("ix_erased_erasure", erased.c.erasure)
