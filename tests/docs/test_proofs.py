"""What each proof found is told in docs/reference/proofs, and the telling is no older than the proofs."""

from __future__ import annotations

import pytest

from engine.core.proof.proving import QUESTIONS
from tests.proof.answers_page import parts, tables


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_tables_are_made_from_the_proofs(language):
    """`python -m tests.proof.answers_page` makes them anew."""
    assert parts(language)[1] == tables(language)


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_question_is_explained(language):
    """What it means, how it is answered, and after whom."""
    before, _, _ = parts(language)

    assert [] == [one.en for one in QUESTIONS.values() if f"\n| {one[language]} | " not in before]
