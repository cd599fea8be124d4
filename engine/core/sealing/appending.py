"""Which entries may become leaves: those whose bytes are what their stream says, each after the one before it.

What does not fit is told and never repaired; the entries of other streams go on being sealed, so that spoiling one
stream stops nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from engine.core.audit import START, Entry, misfits
from engine.core.sealing.tree import leaf_hash

__all__ = ["Appending", "Leaf", "SealedHead", "appending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedHead:
    """The last entry of a stream that is a leaf: its number and chain value."""

    seq: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An entry that may be sealed, and its leaf hash."""

    stream: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Appending:
    """What came of entries: leaves in order, what is wrong, and streams whose next entry was not among them."""

    leaves: tuple[Leaf, ...] = ()
    problems: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def appending(entries: Iterable[Entry], heads: Mapping[str, SealedHead]) -> Appending:
    """The leaves that unsealed entries become, after what is sealed of their streams.

    The order is by time, but within a stream always by number: a clock that went back must not turn entries round.
    """
    placed: list[tuple[int, Leaf]] = []
    problems: list[str] = []
    waiting: list[str] = []
    by_place = sorted(entries, key=lambda one: (one.stream, one.seq))
    for stream, of_stream in groupby(by_place, key=lambda one: one.stream):
        head, latest = heads.get(stream, SealedHead()), 0
        for one in of_stream:
            if one.seq > head.seq + 1:
                waiting.append(stream)
                break
            found = misfits(one, head.seq + 1, head.hash)
            if found:
                problems += found
                break
            latest = max(latest, one.at)
            placed.append((latest, Leaf(stream=stream, seq=one.seq, hash=leaf_hash(one.body))))
            head = SealedHead(seq=one.seq, hash=one.hash)
    placed.sort(key=lambda one: (one[0], one[1].stream, one[1].seq))
    return Appending(leaves=tuple(one for _, one in placed), problems=tuple(problems), waiting=tuple(waiting))
