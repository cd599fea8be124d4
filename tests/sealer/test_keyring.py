"""The keys of the log: in a file nobody else reads, exchanged without a gap, never guessed when they are gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.core.sealing.checkpoints import Checkpoint, is_signed
from engine.core.sealing.notes import COSIGNS_ML_DSA_44, Note
from engine.errors import KeysUnusable
from engine.keys import verifies
from engine.sealer import Keyring, Memory

ORIGIN = "agency.example/appraisal"
POINT = Checkpoint(origin=ORIGIN, size=3, root=bytes(32))


def _signed(keyring: Keyring) -> Note:
    note = Note(text=POINT.text, signatures=())
    for key in keyring.signers():
        note = key.signed(note, POINT, 1_700_000_000)
    return note


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    """A second worker that starts finds it."""
    one, two = (Keyring(tmp_path / "log.key") for _ in range(2))

    assert (True, False) == (one.make(ORIGIN), two.make(ORIGIN))
    assert one.signers() == two.signers()
    assert ORIGIN == two.signers()[0].public.name


def test_while_keys_change_both_sign(tmp_path: Path) -> None:
    """Whoever trusts the old one, and whoever trusts the new one, can verify; later only the new one signs."""
    keyring = Keyring(tmp_path / "log.key")
    keyring.make(ORIGIN)
    old = keyring.signers()[0].public
    new = keyring.renewed()
    keyring.add(new)

    both = _signed(Keyring(keyring.path))
    assert (True, True) == tuple(is_signed(both, one, verifies) for one in (old, new.public))
    assert (old,) == keyring.older()
    keyring.retire()
    after = _signed(Keyring(keyring.path))
    assert (False, True) == tuple(is_signed(after, one, verifies) for one in (old, new.public))
    assert () == keyring.older()


def test_a_signature_that_outlives_quantum_computers_can_be_added(tmp_path: Path) -> None:
    """A second line of ML-DSA-44 beside the first; each is verified by itself."""
    keyring = Keyring(tmp_path / "log.key")
    keyring.make(ORIGIN, lasting=True)
    plain, lasting = (one.public for one in keyring.signers())
    note = _signed(Keyring(keyring.path))

    assert (COSIGNS_ML_DSA_44, True, True) == (
        lasting.kind, is_signed(note, plain, verifies), is_signed(note, lasting, verifies),
    )  # fmt: skip
    forged = Note(text=note.text.replace("\n3\n", "\n4\n"), signatures=note.signatures)
    assert (False, False) == tuple(is_signed(forged, one, verifies) for one in (plain, lasting))


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    """Not in a traceback, not in a log line."""
    keyring = Keyring(tmp_path / "log.key")
    keyring.make(ORIGIN)
    (key,) = keyring.signers()

    assert (False, False) == (key.seed.hex() in repr(key), key.secret_line in repr(key))


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_key_others_can_read_is_refused(tmp_path: Path) -> None:
    """The refusal says how to mend it."""
    keyring = Keyring(tmp_path / "log.key")
    keyring.make(ORIGIN)
    assert 0o600 == keyring.path.stat().st_mode & 0o777
    keyring.path.chmod(0o640)

    with pytest.raises(KeysUnusable, match="chmod 600"):
        Keyring(keyring.path).signers()


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+a+00000000+AAAA\n", "hello\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    """By line."""
    path = tmp_path / "log.key"
    path.write_text(text)
    path.chmod(0o600)

    with pytest.raises(KeysUnusable, match="key"):
        Keyring(path).signers()


def test_a_key_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    """A new key for an old log would be believed by nobody, and would hide that the old one was stolen."""
    with pytest.raises(KeysUnusable, match="bring back"):
        Keyring(tmp_path / "log.key").signers()


def test_a_spoilt_memory_is_not_taken_for_none(tmp_path: Path) -> None:
    """Otherwise whoever puts the database back would only have to spoil a file."""
    memory = Memory(tmp_path / "signed")
    assert memory.last() is None
    memory.keep(POINT)
    assert POINT == memory.last()
    for text in ("", "{}", '{"origin": "a", "size": "3", "root": "AAAA"}', "[1]"):
        memory.path.write_text(text)
        with pytest.raises(KeysUnusable, match="last signed"):
            memory.last()


def test_what_cannot_be_remembered_is_not_signed(tmp_path: Path) -> None:
    """The refusal comes before the signature."""
    with pytest.raises(KeysUnusable, match="nothing was signed"):
        Memory(tmp_path / "gone" / "signed").keep(POINT)
