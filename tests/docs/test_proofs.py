"""What each proof found is told in docs/reference/proofs, and the telling is no older than the proofs."""

from __future__ import annotations

import re

import pytest

from api.explaining import codes
from engine.core.proof.proving import QUESTIONS
from tests.proof.answers_page import parts, tables
from tests.worlds import ROOT

TESTS = "\n".join(one.read_text(encoding="utf-8") for one in sorted((ROOT / "tests/proof").glob("test_*.py")))


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_tables_are_made_from_the_proofs(language):
    """`python -m tests.proof.answers_page` makes them anew."""
    assert parts(language)[1] == tables(language)


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_question_is_explained(language):
    """What it means, how it is answered, and after whom."""
    before, _, _ = parts(language)

    assert [] == [one.en for one in QUESTIONS.values() if f"\n| {one[language]} | " not in before]


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_else_is_planted_is_a_test_and_a_code(language):
    """Nothing is claimed that no test plants."""
    rows = re.findall(r"\| `(\w+)` \| `(test_\w+)` \|$", parts(language)[2], re.MULTILINE)

    assert [] != rows
    assert [] == [name for _, name in rows if f"def {name}(" not in TESTS]
    assert [] == [code for code, _ in rows if code not in codes() or f'"{code}"' not in TESTS]
