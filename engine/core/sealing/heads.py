"""The heads of all streams at one size of the log, as one hash: what keeps a part of the log from hiding its end.

An export of one case shows that its entries are in the log, and that none is missing in between. That nothing follows
its last one is shown by an entry `heads`: the root of a tree over the last entry of every stream among the first
leaves, sorted by name. A path in that tree shows a stream's last number; two neighbours show that a stream in between
does not exist. Whoever has the whole log can work the root out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.core.codec import canonical
from engine.core.sealing.tree import inclusion, leaf_hash, root_of

__all__ = ["Head", "head_bytes", "heads_root", "path_to"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Head:
    """The last sealed entry of a stream: its number and chain value (hex)."""

    stream: str
    seq: int
    hash: str


def head_bytes(head: Head) -> bytes:
    """What is hashed as a leaf of this tree: the canonical array of name, number and chain value."""
    return canonical([head.stream, head.seq, head.hash])


def heads_root(heads: Iterable[Head]) -> str:
    """The root over heads in the order of their names' bytes, in hex."""
    return root_of(leaf_hash(head_bytes(one)) for one in heads).hex()


def path_to(heads: Sequence[Head], index: int) -> tuple[bytes, ...]:
    """The path that shows one head among all of them. Raises: ValueError, if there is none of this number."""
    hashes = [leaf_hash(head_bytes(one)) for one in heads]

    def nodes(level: int, first: int, last: int) -> Sequence[bytes]:
        span = 1 << (8 * level)
        return [root_of(hashes[at * span : (at + 1) * span]) for at in range(first, last)]

    return inclusion(index, len(heads), nodes)
