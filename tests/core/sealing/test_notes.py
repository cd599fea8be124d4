"""Signed notes and checkpoints: read as their specifications say, and in no second way."""

from __future__ import annotations

import pytest

from engine.core.sealing.checkpoints import (
    Checkpoint,
    checkpoint_of,
    cosigned,
    cosigned_bytes,
    is_signed,
    possible_origin,
    stamped,
)
from engine.core.sealing.notes import (
    COSIGNS_ED25519,
    COSIGNS_ML_DSA_44,
    ED25519,
    Note,
    PublicKey,
    Signature,
    note_of,
    public_key,
    signatures_of,
)
from engine.core.sealing.strict import bytes_of, number_of
from engine.errors import NoteUnreadable
from engine.keys import verifies

# The key and the note of the tests that come with Go's package golang.org/x/mod/sumdb/note.
_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
_LINE = (
    "\u2014 PeterNeumann"
    " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of C2SP tlog-cosignature.
_COSIGNED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 witness.example.com/w1 \
jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""
_POINT = Checkpoint(origin="agency.example/appraisal", size=3, root=bytes(range(32)))
_KEY = PublicKey(name="agency.example/appraisal", kind=ED25519, key=bytes(32))
_WITNESS = PublicKey(name="witness.example/w1", kind=COSIGNS_ED25519, key=b"\x01" * 32)


def test_a_note_signed_elsewhere_verifies_here() -> None:
    """Known key, known note: the id, the text that is signed and the signature are those of the specification."""
    key, note = public_key(_VKEY), note_of((_TEXT + "\n" + _LINE).encode())
    (line,) = note.by(key)

    assert ("c74f20a3", _TEXT, True) == (
        key.id.hex(),
        note.text,
        verifies(ED25519, key.key, _TEXT.encode(), line.value),
    )
    assert not verifies(ED25519, key.key, _TEXT.upper().encode(), line.value)


def test_what_is_read_is_written_again_as_it_was() -> None:
    """Keys, notes and lines have one spelling."""
    assert (_VKEY, _COSIGNED) == (str(public_key(_VKEY)), str(note_of(_COSIGNED.encode())))


def test_a_cosignature_of_the_specification_is_framed_as_ours() -> None:
    """Its time is the one of the example's signed message."""
    note = note_of(_COSIGNED.encode())
    line = note.signatures[1]
    point = checkpoint_of(note)

    assert (1679315147, 72) == (int.from_bytes(line.value[:8], "big"), len(line.value))
    assert b"cosignature/v1\ntime 1679315147\n" + note.text.encode() == cosigned_bytes(
        point, _WITNESS, 1679315147
    )


def test_the_message_of_the_large_signatures_names_who_signs_what() -> None:
    """Laid out byte by byte as in tlog-cosignature: label, signer, time, origin, from, to, root."""
    key = PublicKey(name="w", kind=COSIGNS_ML_DSA_44, key=b"\x02" * 1312)
    expected = (
        b"subtree/v1\n\x00"
        b"\x01w"
        + (7).to_bytes(8, "big")
        + b"\x18agency.example/appraisal"
        + bytes(8)
        + (3).to_bytes(8, "big")
        + _POINT.root
    )

    assert expected == cosigned_bytes(_POINT, key, 7)


@pytest.mark.parametrize(
    "text", ["", "00", "01", "+1", " 1", "1 ", "1_0", "1\n", "\uff11\uff15", "9223372036854775808"]
)
def test_a_number_has_one_spelling(text: str) -> None:
    """Everything else that Python's own reading would take is refused."""
    assert number_of(text) is None


@pytest.mark.parametrize(
    "text", ["QUJ=", "QUI", "QU I=", "QUI=\n", "QUI-", "QUI==", "=", "QUI=QUI=", "\uff21UI="]
)
def test_bytes_have_one_spelling(text: str) -> None:
    """Bits that are thrown away, other alphabets and missing padding are refused."""
    assert (None, b"AB", b"") == (bytes_of(text), bytes_of("QUI="), bytes_of(""))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"text\n", "empty line"),
        (b"text\n\n", "line feed"),
        (b"te\xffxt\n\n", "UTF-8"),
        (b"te\rxt\n\n" + _LINE.encode(), "control characters"),
        (b"text\n\n" + _LINE[:-1].encode(), "line feed"),
        (b"text\n\n- PeterNeumann x08goAA=\n", "not a signature"),
        (b"text\n\n" + "\u2014 Peter+Neumann x08goAA=\n".encode(), "not a signature"),
        (b"text\n\n" + "\u2014 Peter\u2003N x08goAA=\n".encode(), "not a signature"),
        (b"text\n\n" + "\u2014 PeterNeumann x08goA==\n".encode(), "not a signature"),
        (b"text\n\n" + _LINE.encode() * 65, "at most 64"),
        (b"x" * 600_000, "bytes"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes, said: str) -> None:
    """By name of what is wrong, never by a traceback."""
    with pytest.raises(NoteUnreadable, match=said):
        note_of(data)


def test_a_line_separator_of_unicode_is_no_line_feed() -> None:
    """`splitlines` would see two signatures here."""
    with pytest.raises(NoteUnreadable):
        signatures_of(_LINE[:-1] + "\u2028" + _LINE)


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        _VKEY.replace("c74f20a3", "c74f20a4"),
        _VKEY.replace("c74f20a3", "C74F20A3"),
        _VKEY.replace("Peter", "Paul"),
        _VKEY.replace("ARpc", "BBpc"),
        _VKEY + "AAAA",
        "+c74f20a3+AQ==",
    ],
)
def test_a_key_that_was_changed_on_the_way_is_refused(text: str) -> None:
    """The id is over name, type and key: a letter less is noticed."""
    with pytest.raises(NoteUnreadable):
        public_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n",
        "a\n1\nAAAA\n",
        "a\n01\n" + "A" * 43 + "=\n",
        "a b\n1\n" + "A" * 43 + "=\n",
        "a\n1\n" + "A" * 43 + "=\nmore\n",
        "a\n1\n" + "A" * 42 + "B=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    """Also one with lines that nobody audits."""
    with pytest.raises(NoteUnreadable):
        checkpoint_of(Note(text=text, signatures=()))


def test_a_false_line_in_a_keys_name_spoils_the_note() -> None:
    """A right line beside a wrong one of the same key is not taken for signed."""
    right = stamped(_KEY, 0, b"r" * 64)
    wrong = stamped(_KEY, 0, b"w" * 64)

    def verify(_kind: int, _key: bytes, _message: bytes, signature: bytes) -> bool:
        return signature == b"r" * 64

    note = Note(text=_POINT.text, signatures=(right,))
    assert is_signed(note, _KEY, verify)
    assert not is_signed(note.with_signatures([wrong]), _KEY, verify)
    assert not is_signed(Note(text=_POINT.text, signatures=()), _KEY, verify)


def test_a_strangers_line_is_passed_over() -> None:
    """Same name with another id, same id with another name: unknown, and no reason to refuse."""
    note = Note(
        text=_POINT.text,
        signatures=(
            Signature(name=_KEY.name, id=b"\x00\x00\x00\x01", value=b"x" * 64),
            Signature(name="other.example", id=_KEY.id, value=b"x" * 64),
            stamped(_KEY, 0, b"r" * 64),
        ),
    )

    assert is_signed(note, _KEY, lambda *_: True)


def test_a_witness_counts_once_with_its_latest_time() -> None:
    """Two cosignatures of one key are one witness; the log's own signature is none."""
    note = Note(text=_POINT.text, signatures=tuple(stamped(_WITNESS, at, b"s" * 64) for at in (5, 9)))

    found = cosigned(note.with_signatures([stamped(_KEY, 0, b"r" * 64)]), (_KEY, _WITNESS), lambda *_: True)

    assert [(_WITNESS, 9)] == [(one.key, one.at) for one in found]


def test_a_cosignature_of_the_wrong_length_or_beyond_time_is_none() -> None:
    """Eight bytes of time and the signature; a time is at most 2**63 - 1."""
    for value in (b"s" * 64, b"\xff" * 8 + b"s" * 64):
        line = Signature(name=_WITNESS.name, id=_WITNESS.id, value=value)
        assert () == cosigned(Note(text=_POINT.text, signatures=(line,)), (_WITNESS,), lambda *_: True)


def test_an_origin_is_a_name_a_key_can_have() -> None:
    """No spaces, no plus, not longer than a byte can say."""
    asked = ("agency.example/appraisal", "", "a b", "a+b", "a\u00a0b", "x" * 256)

    assert [True, False, False, False, False, False] == [possible_origin(one) for one in asked]
