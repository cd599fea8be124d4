"""A proof in a file: it leads from an entry to the root, and is refused when anything about it is written otherwise."""

from __future__ import annotations

import pytest

from engine.core.sealing.checkpoints import Checkpoint, stamped
from engine.core.sealing.notes import ED25519, Note, PublicKey
from engine.core.sealing.proofs import Proof, proof_of
from engine.core.sealing.tree import inclusion, leaf_hash, root_of
from engine.errors import NoteUnreadable

_LEAVES = [leaf_hash(bytes([one])) for one in range(7)]
_KEY = PublicKey(name="agency.example/appraisal", kind=ED25519, key=bytes(32))
_POINT = Checkpoint(origin=_KEY.name, size=7, root=root_of(_LEAVES))
_NOTE = Note(text=_POINT.text, signatures=(stamped(_KEY, 0, b"s" * 64),))
_PROOF = Proof(index=4, path=inclusion(4, 7, lambda _, first, last: _LEAVES[first:last]), note=_NOTE)


def test_a_proof_shows_its_entry_and_no_other() -> None:
    """Also after it was written to a file and read again."""
    read = proof_of(str(_PROOF).encode())

    assert (_PROOF, True, False) == (read, read.shows(_LEAVES[4]), read.shows(_LEAVES[5]))


def test_a_log_of_one_entry_needs_no_path() -> None:
    """The entry is the root."""
    point = Checkpoint(origin=_KEY.name, size=1, root=_LEAVES[0])
    alone = Proof(index=0, path=(), note=Note(text=point.text, signatures=_NOTE.signatures))

    assert proof_of(str(alone).encode()).shows(_LEAVES[0])


def test_extra_data_is_passed_over() -> None:
    """Nobody signs it, so nothing is made of it."""
    assert _PROOF == proof_of(str(_PROOF).replace("index", "extra QUI=\nindex", 1).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("index 4", "index 04"),
        ("index 4", "index \uff14"),
        ("index 4\n", ""),
        ("index 4", "extra QUJ=\nindex 4"),
        ("index 4\n", "index 4\nQUI=\n"),
        ("index 4\n", "index 4\n" + "A" * 43 + "=\n" * 2),
        ("\n\n", "\n"),
    ],
)
def test_a_proof_in_other_words_is_refused(old: str, new: str) -> None:
    """One spelling, one meaning."""
    with pytest.raises(NoteUnreadable):
        proof_of(str(_PROOF).replace(old, new, 1).encode())


def test_a_path_longer_than_any_tree_is_refused() -> None:
    """Before anything is hashed."""
    long = Proof(index=4, path=(_LEAVES[0],) * 64, note=_NOTE)

    with pytest.raises(NoteUnreadable, match="at most 63"):
        proof_of(str(long).encode())
