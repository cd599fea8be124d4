"""The Merkle tree of RFC 6962: its root while it grows, and proofs that a leaf or an older tree is in it.

The hash of a leaf is SHA-256(0x00 || bytes), that of an inner node SHA-256(0x01 || left || right); the empty tree has
the hash of nothing. Chain values of streams use 0x02 (see `engine.core.audit`), so no value stands for another.

A tree of millions of leaves is never held: `Frontier` is what is needed to append (a hash per set bit of the size),
and proofs are made from nodes that are kept every eight levels, as tlog-tiles has them: of each full run of 256 nodes
the hash of the node above.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "EMPTY",
    "HEIGHT",
    "WIDTH",
    "Frontier",
    "Nodes",
    "consistency",
    "frontier_at",
    "inclusion",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "node_hash",
    "root_of",
    "tiles_above",
]

#: levels of the tree between two levels that are kept
HEIGHT = 8
#: nodes of one kept level under one node of the next
WIDTH = 1 << HEIGHT
_LENGTH = 32
#: the root of a tree without leaves
EMPTY = hashlib.sha256(b"").digest()

#: The hashes of nodes `[first, last)` of a kept level: of level 0 the leaves, of level n nodes over 256**n leaves
#: each. Asked only for nodes whose leaves are all there.
Nodes = Callable[[int, int, int], Sequence[bytes]]


def leaf_hash(body: bytes) -> bytes:
    """The 32 bytes that stand for an entry's bytes in the tree."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32 bytes of the node above two nodes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """A tree as far as appending needs it: the roots of its full subtrees, the largest and leftmost first.

    Invariant: as many hashes as the size has bits set, one for each, from the highest bit to the lowest.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """A frontier that does not fit its size belongs to no tree."""
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has no frontier of {len(self.hashes)} hashes")

    def grown(self, leaves: Iterable[bytes]) -> Frontier:
        """The tree with these leaf hashes appended, about one inner hash for each."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaves:
            node, carry = leaf, size
            while carry & 1:
                node = hashlib.sha256(b"\x01" + hashes.pop() + node).digest()
                carry >>= 1
            hashes.append(node)
            size += 1
        return Frontier(size=size, hashes=tuple(hashes))

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        if not self.hashes:
            return EMPTY
        node = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            node = node_hash(left, node)
        return node


def frontier_at(size: int, nodes: Nodes) -> Frontier:
    """The tree at a size, from the nodes that are kept; its `root` is the tree's."""
    hashes, first = [], 0
    for bit in reversed(range(size.bit_length())):
        if size >> bit & 1:
            hashes.append(_subtree(first, first + (1 << bit), nodes))
            first += 1 << bit
    return Frontier(size=size, hashes=tuple(hashes))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    return Frontier().grown(leaves).root


def tiles_above(nodes: Sequence[bytes]) -> list[bytes]:
    """The nodes of the next kept level over each full run of 256 nodes; a run that is not full has none yet."""
    full = len(nodes) // WIDTH
    return [root_of(nodes[run * WIDTH : (run + 1) * WIDTH]) for run in range(full)]


def inclusion(index: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The audit path of a leaf in the tree of a size, from its sibling to the child of the root (RFC 6962, 2.1.1).

    Raises: ValueError, if the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append(_subtree(middle, last, nodes))
            last = middle
        else:
            path.append(_subtree(first, middle, nodes))
            first = middle
    return tuple(reversed(path))


def consistency(old: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The proof that the tree of an old size is the beginning of the tree of a size (RFC 6962, 2.1.2).

    Empty where there is nothing to prove: from the empty tree, and from a tree to itself.
    Raises: ValueError, if the old tree is the larger one.
    """
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {old} leaves is no beginning of one of {size}")
    path: list[bytes] = []
    first, last, whole = 0, size, True
    while old and old != last:
        middle = first + _split(last - first)
        if old <= middle:
            path.append(_subtree(middle, last, nodes))
            last = middle
        else:
            path.append(_subtree(first, middle, nodes))
            first, whole = middle, False
    if old and not whole:
        path.append(_subtree(first, last, nodes))
    return tuple(reversed(path))


def is_included(leaf: bytes, index: int, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows the leaf hash at this index of the tree with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _hashes(path):
        return False
    place, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place & 1 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows the tree of the old root at the beginning of the other (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= size or not _hashes(path):
        return False
    if old in (0, size):
        return not path and old_root == (EMPTY if old == 0 else root)
    proof = list(path)
    # An old tree that is one full subtree is a node of the new one: its root is not repeated in the proof.
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while place & 1 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, root)


def _split(count: int) -> int:
    """The largest power of two smaller than a count of leaves."""
    return 1 << (count - 1).bit_length() - 1


def _subtree(first: int, last: int, nodes: Nodes) -> bytes:
    """The hash over leaves `[first, last)`, a subtree of the tree: `first` is a multiple of its full width."""
    if last - first == 0:
        return EMPTY
    level = max(0, ((last - first).bit_length() - 1) // HEIGHT)
    frontier: list[tuple[int, bytes]] = []
    at = first
    # The leaves are covered by nodes of ever lower levels: at most 255 of each, and one question for each level.
    for depth in range(level, -1, -1):
        span = HEIGHT * depth
        count = (last - at) >> span
        if count:
            for node in nodes(depth, at >> span, (at >> span) + count):
                _add(frontier, span, node)
            at += count << span
    node = frontier.pop()[1]
    while frontier:
        node = node_hash(frontier.pop()[1], node)
    return node


def _add(frontier: list[tuple[int, bytes]], height: int, node: bytes) -> None:
    """One more node on the right; two of the same height become the one above them."""
    while frontier and frontier[-1][0] == height:
        node = node_hash(frontier.pop()[1], node)
        height += 1
    frontier.append((height, node))


def _hashes(path: Sequence[bytes]) -> bool:
    return all(len(one) == _LENGTH for one in path)
