"""The auditor's policy: whom they trust, and how many witnesses it takes; read strictly, all problems at once."""

from __future__ import annotations

import pytest

from engine.core.sealing.notes import COSIGNS_ED25519, ED25519, PublicKey
from engine.core.sealing.policy import policy_of
from engine.errors import PolicyInvalid

_LOG = PublicKey(name="agency.example/appraisal", kind=ED25519, key=b"\x09" * 32)
_W = {
    name: PublicKey(name=f"{name}.example", kind=COSIGNS_ED25519, key=bytes([at]) * 32)
    for at, name in enumerate(("x1", "x2", "x3", "y1"), start=1)
}
_LINES = "".join(f"witness {name} {key}\n" for name, key in _W.items())
_WHOLE = (
    f"# the office's own\n\nlog {_LOG} https://agency.example\n{_LINES}"
    "group x 2 x1 x2 x3\n\tgroup both all x y1\nquorum both\n"
)


def test_a_quorum_of_groups_counts_as_it_says() -> None:
    """Two of three in the one group and all of the other."""
    policy = policy_of(_WHOLE.encode())
    asked = (("x1", "x2", "y1"), ("x1", "y1"), ("x1", "x2", "x3"), ("x1", "x2", "x3", "y1"), ())

    assert [True, False, False, True, False] == [policy.is_met([_W[one] for one in names]) for names in asked]
    assert ((_LOG,), "https://agency.example") == (policy.logs, policy.urls[str(_LOG)])


def test_one_key_under_two_names_is_one_witness() -> None:
    """A pack cannot make a quorum out of one key that signs as two."""
    again = PublicKey(name="another.example", kind=COSIGNS_ED25519, key=_W["x1"].key)

    assert not policy_of(_WHOLE.encode()).is_met([_W["x1"], again, _W["y1"]])
    with pytest.raises(PolicyInvalid, match="count twice"):
        policy_of(f"log {_LOG}\nwitness a {_W['x1']}\nwitness b {again}\nquorum a\n".encode())


def test_no_witness_is_asked_for_only_where_the_file_says_so() -> None:
    """`quorum none` is a decision somebody wrote down."""
    assert policy_of(f"log {_LOG}\nquorum none\n".encode()).is_met([])
    with pytest.raises(PolicyInvalid, match="one quorum line"):
        policy_of(f"log {_LOG}\n".encode())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("log", "a log is written"),
        (f"log {_W['x1']}", "not one for a log"),
        (f"log {_LOG}", "another log or witness here"),
        (f"witness w {_LOG}", "not one for a witness"),
        (f"witness x1 {PublicKey(name='n', kind=COSIGNS_ED25519, key=b'n' * 32)}", "taken"),
        (f"witness none {PublicKey(name='n', kind=COSIGNS_ED25519, key=b'n' * 32)}", "taken"),
        ("group g 2 y1", "from 1 to 1"),
        ("group g 0 y1", "from 1 to 1"),
        ("group g \uff11 y1", "from 1 to 1"),
        ("group g any later", "stands above"),
        ("group g any y1 y1", "counts once"),
        ("group g any x1", "counts once"),
        ("group g any", "a group is written"),
        ("quorum x1", "there are 2"),
        ("quorum nobody", "stands above"),
        ("trust me", "begins with"),
        ("quorum\x0bboth", "control character"),
    ],
)
def test_each_thing_wrong_is_told_with_its_line(line: str, said: str) -> None:
    """Put before the last lines of a right file, each is refused by name."""
    text = f"log {_LOG}\n{_LINES}group x 2 x1 x2 x3\n{line}\nquorum x\n"

    with pytest.raises(PolicyInvalid, match=said):
        policy_of(text.encode())


def test_all_problems_are_told_at_once() -> None:
    """Nobody mends a file line by line."""
    with pytest.raises(PolicyInvalid) as refusal:
        policy_of(b"log x\nwitness y\nquorum z\n")

    assert 4 == len(refusal.value.problems)
