"""The page of planted faults names tests that exist and codes that have a page."""

from __future__ import annotations

import re

import pytest

from api.explaining import codes
from tests.worlds import ROOT

ROWS = re.findall(
    r"^\| ([a-z ]+) \| [^|]+ \| `(\w+)` \| `(test_\w+)` \|$",
    (ROOT / "docs/proofs.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
TESTS = "\n".join(one.read_text(encoding="utf-8") for one in sorted((ROOT / "tests/proof").glob("test_*.py")))


def test_every_row_is_a_test_and_a_code():
    """Nothing is claimed that no test plants."""
    assert [] == [name for _, _, name in ROWS if f"def {name}(" not in TESTS]
    assert [] == [code for _, code, _ in ROWS if code not in codes() or f'"{code}"' not in TESTS]


@pytest.mark.parametrize(
    "question", ["sound", "never stuck", "decided", "on time", "staffed", "seen rightly"]
)
def test_every_proof_has_three_faults(question):
    """At least three seeded faults a proof."""
    assert len([one for one in ROWS if one[0] == question]) >= 3
