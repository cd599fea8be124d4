"""Entries: one byte form, chains that break where something was changed, commitments that bind and can be erased."""

from __future__ import annotations

import hashlib
import hmac

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from engine.core.audit import START, chain, commitment, entry, field_salt, stamp, verify_stream
from engine.core.codec import canonical, decode

_KEYS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_ABC0123456789", min_size=1, max_size=12)
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20),
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=20,
)


@given(value=st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_our_bytes_are_those_of_rfc_8785_on_the_values_we_allow(value: dict[str, object]) -> None:
    """The fast serializer and the reference agree byte for byte."""
    ours = canonical(value)

    assert rfc8785.dumps(value) == ours
    assert value == decode(ours)


def test_the_chain_value_is_known() -> None:
    """A known answer: SHA-256 over the byte 0x02 and the body, so that a wrong label cannot hide in a round trip."""
    made = entry("case/c-1", 1, START, "moved", 0, {"case": "c-1"})
    body = (
        b'{"at":"1970-01-01T00:00:00.000000Z","case":"c-1","kind":"moved","prev":"'
        + b"0" * 64
        + b'","seq":1,'
        b'"stream":"case/c-1","v":1}'
    )

    assert body == made.body
    assert hashlib.sha256(b"\x02" + body).hexdigest() == made.hash == chain(body)


def test_an_instant_is_written_one_way() -> None:
    """RFC 3339, UTC, six digits."""
    assert "2026-01-31T16:00:00.000001Z" == stamp(1_769_875_200_000_001)


def test_a_commitment_binds_name_and_value_and_needs_its_salt() -> None:
    """HMAC-SHA256 with the salt as key; another name, value or salt gives another commitment."""
    salt = field_salt(bytes(32), "1/plan")
    bound = commitment("plan", b"{}", salt)

    assert hmac.new(salt, b"plan\x00{}", hashlib.sha256).hexdigest() == bound
    assert 32 == len(salt)
    assert 4 == len({
        bound, commitment("plam", b"{}", salt), commitment("plan", b"[]", salt),
        commitment("plan", b"{}", field_salt(bytes(32), "2/plan")),
    })  # fmt: skip


@given(st.integers(2, 8), st.data())
def test_any_change_to_a_stream_is_found(length: int, data: st.DataObject) -> None:
    """Drop, swap, repeat or edit one entry anywhere but a drop at the end: the chain says so."""
    entries = []
    prev = START
    for number in range(1, length + 1):
        made = entry("case/c-1", number, prev, "moved", number, {"n": number})
        entries.append(made)
        prev = made.hash
    at = data.draw(st.integers(0, length - 2))
    how = data.draw(st.sampled_from(["drop", "swap", "repeat", "edit"]))
    changed = list(entries)
    if how == "drop":
        del changed[at]
    elif how == "swap":
        changed[at], changed[at + 1] = changed[at + 1], changed[at]
    elif how == "repeat":
        changed.insert(at, changed[at])
    else:
        edited = entry("case/c-1", at + 1, changed[at].prev, "moved", at + 1, {"n": 99})
        changed[at] = edited

    assert [] == verify_stream(entries)
    assert verify_stream(changed)
