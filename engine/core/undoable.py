"""A move that may still be taken back: by whom, until when, how the case stood before, and what has spent it since.

It hangs on the case, so that taking back needs nothing but the case and what was written in it. The next entry after
its time drops it; an entry that somebody else has to do with spends it, and says so to whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.core.audit import Entry
from engine.core.codec import Struct, decode, replace

__all__ = ["UNDONE", "Ending", "Seated", "Spent", "Undoable", "ended_by", "standing", "taken_back"]

#: the kind of the entry that takes a move back
UNDONE = "undone"


class Seated(Struct, frozen=True, kw_only=True, array_like=True):
    """Somebody whom the move made a party to the case."""

    person: str
    role: str
    how: str
    first: date
    lent: bool


class Spent(Struct, frozen=True, kw_only=True):
    """What has ended the time to take a move back: an entry, its kind and instant, and who acted ("" for the timer)."""

    entry: int
    kind: str
    at: int
    person: str = ""


class Undoable(Struct, frozen=True, kw_only=True):
    """A move by its entry, its rule and the state it left; who alone may take it back, and when that is over.

    `before` is the case as it stood, encoded; `held` are the keys of the messages that wait; none of both once spent.
    """

    entry: int
    act: str
    source: str
    person: str
    at: int
    until: int
    before: bytes = b""
    seated: tuple[Seated, ...] = ()
    held: tuple[str, ...] = ()
    spent: Spent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """An entry that is being written, as far as it matters to whoever might take a move back.

    `told` and `tasks` are whom it reaches: by a message, or by a task that comes, changes or goes. `beside` is what
    happened in a journal that the case would have had open anyway.
    """

    entry: int
    kind: str
    at: int
    person: str
    told: Sequence[str]
    tasks: bool
    beside: bool


def ended_by(one: Undoable, entry: Ending) -> Undoable | None:
    """What is left of the time to take a move back after another entry."""
    if entry.at >= one.until:
        return None
    if one.spent is not None or entry.beside or _reached_nobody(one, entry):
        return one
    spent = Spent(entry=entry.entry, kind=entry.kind, at=entry.at, person=entry.person)
    return replace(one, before=b"", seated=(), held=(), spent=spent)


def _reached_nobody(one: Undoable, entry: Ending) -> bool:
    """Whether it was a rung that reached at most the one who made the move."""
    return entry.kind == "rung" and not entry.tasks and set(entry.told) <= {one.person}


def taken_back(entries: Iterable[Entry]) -> frozenset[int]:
    """The numbers of the entries that were taken back, and of those that took them back."""
    found: set[int] = set()
    for one in entries:
        if one.kind == UNDONE:
            found |= {one.seq, decode(one.body)["cause"]["undoes"]}
    return frozenset(found)


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without the moves that were taken back, and without those that took them back."""
    known = tuple(entries)
    gone = taken_back(known)
    return tuple(one for one in known if one.seq not in gone) if gone else known
