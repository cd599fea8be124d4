"""The tree of the sealed log: the roots everybody knows, proofs that hold for what is there and for nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.sealing.tree import (
    EMPTY,
    WIDTH,
    Frontier,
    Nodes,
    consistency,
    inclusion,
    is_consistent,
    is_included,
    leaf_hash,
    root_of,
    tiles_above,
)

#: the leaves of the test data that come with the first logs of RFC 6962 (certificate-transparency, merkletree)
_INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
_KNOWN = [leaf_hash(bytes.fromhex(one)) for one in _INPUTS]
_LEAVES = [leaf_hash(str(one).encode()) for one in range(WIDTH * 3 + 5)]


def _nodes(leaves: Sequence[bytes]) -> Nodes:
    """The kept levels over these leaves; a question beyond them is a fault of who asks."""
    levels: list[Sequence[bytes]] = [leaves]
    while len(levels[-1]) >= WIDTH:
        levels.append(tiles_above(levels[-1]))

    def nodes(level: int, first: int, last: int) -> Sequence[bytes]:
        found = levels[level][first:last]
        assert last - first == len(found)
        return found

    return nodes


_TREE = _nodes(_LEAVES)


def _of_the_standard(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written there, without any shortcut of ours."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = _of_the_standard(leaves[:half]), _of_the_standard(leaves[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(len(_ROOTS)))
def test_the_roots_are_those_every_log_has(size: int) -> None:
    """A wrong domain byte or split could hide in a round trip; not here."""
    assert _ROOTS[size] == root_of(_KNOWN[:size]).hex()


def test_a_path_is_the_one_every_log_gives() -> None:
    """The proof for the first of seven leaves names the nodes that RFC 6962, 2.1.3 draws: b, h and l."""
    b, h = _KNOWN[1], root_of(_KNOWN[2:4])
    last = root_of(_KNOWN[4:7])

    assert (b, h, last) == inclusion(0, 7, _nodes(_KNOWN))


def test_the_empty_tree_has_the_root_of_nothing() -> None:
    """No leaf, and yet a root."""
    assert Frontier().root == EMPTY


@given(cuts=st.lists(st.integers(0, len(_LEAVES)), max_size=4))
def test_growing_in_any_steps_gives_the_tree_of_the_standard(cuts: list[int]) -> None:
    """Batches of any size end in the same root as one."""
    at = sorted(cuts)
    tree = Frontier()
    for first, last in zip([0, *at], at, strict=False):
        tree = tree.grown(_LEAVES[first:last])

    size = at[-1] if at else 0
    assert (size, _of_the_standard(_LEAVES[:size])) == (tree.size, tree.root)


@given(size=st.integers(1, len(_LEAVES)), data=st.data())
def test_every_leaf_is_shown_to_be_where_it_is_and_nowhere_else(size: int, data: st.DataObject) -> None:
    """The path of a leaf verifies; for another place, another leaf, another root or a changed path it does not."""
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index or size == 1))
    root, path = root_of(_LEAVES[:size]), inclusion(index, size, _TREE)

    assert is_included(_LEAVES[index], index, size, root, path)
    assert size == 1 or not is_included(_LEAVES[index], other, size, root, path)
    assert size == 1 or not is_included(_LEAVES[other], index, size, root, path)
    assert not is_included(_LEAVES[index], index, size, EMPTY, path)
    assert not is_included(_LEAVES[index], index, size, root, (*path, EMPTY))
    assert not path or not is_included(_LEAVES[index], index, size, root, path[:-1])
    assert not path or not is_included(_LEAVES[index], index, size, root, (path[0][:-1], *path[1:]))


@given(size=st.integers(0, len(_LEAVES)), data=st.data())
def test_an_older_tree_is_shown_to_be_the_beginning(size: int, data: st.DataObject) -> None:
    """From any older size; a tree with one other leaf is no beginning."""
    old = data.draw(st.integers(0, size))
    before, after = root_of(_LEAVES[:old]), root_of(_LEAVES[:size])
    path = consistency(old, size, _TREE)

    assert is_consistent(old, before, size, after, path)
    if old:
        forged = root_of([*_LEAVES[: old - 1], EMPTY])
        assert not is_consistent(old, forged, size, after, path)
    if 0 < old < size:
        assert not is_consistent(old, before, size, before, path)
        assert not is_consistent(old, before, size, after, path[:-1])
        assert not is_consistent(old, before, size, after, (*path, EMPTY))


@settings(max_examples=30)
@given(
    old=st.integers(0, 40), size=st.integers(0, 40), path=st.lists(st.sampled_from(_LEAVES[:6]), max_size=8)
)
def test_a_made_up_path_shows_nothing_unless_it_is_the_true_one(
    old: int, size: int, path: list[bytes]
) -> None:
    """Random paths are answered, and only the one proof there is holds."""
    if old <= size:
        held = is_consistent(old, root_of(_LEAVES[:old]), size, root_of(_LEAVES[:size]), path)
        assert (tuple(path) == consistency(old, size, _TREE)) == held
    else:
        assert not is_consistent(old, root_of(_LEAVES[:old]), size, root_of(_LEAVES[:size]), path)


def test_few_nodes_are_asked_for_however_large_the_tree() -> None:
    """A proof in a tree of sixteen million leaves reads a handful of runs, none longer than 256 nodes."""
    asked: list[int] = []

    def nodes(level: int, first: int, last: int) -> Sequence[bytes]:
        asked.append(last - first)
        return [leaf_hash(f"{level} {one}".encode()) for one in range(first, last)]

    inclusion(9_999_999, WIDTH**3 - 3, nodes)

    assert (True, True) == (len(asked) < 60, max(asked) < WIDTH)


def test_what_belongs_to_no_tree_is_refused() -> None:
    """Places outside, older trees that are larger, frontiers that do not fit their size."""
    for wrong in (
        lambda: inclusion(3, 3, _TREE),
        lambda: inclusion(-1, 3, _TREE),
        lambda: consistency(4, 3, _TREE),
        lambda: Frontier(size=3, hashes=(EMPTY,)),
    ):
        with pytest.raises(ValueError, match="leaves"):
            wrong()
