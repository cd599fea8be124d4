"""Faults planted in sound definitions: each is caught by the question it belongs to, and no sound one is accused."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.core.proof.proving import QUESTIONS
from tests.proof.seeds import SEEDS, SHIPPED, Seed, asked, caught, sound_ground

#: for each proof at least so many faults
FAULTS = 3


def name(seed: Seed) -> str:
    """What a fault is called among the tests."""
    return f"{seed.question}-{seed.code}-{seed.file.rpartition('/')[2]}"


@pytest.mark.parametrize("seed", [pytest.param(one, id=f"{name(one)}-{n}") for n, one in enumerate(SEEDS)])
def test_a_planted_fault_is_caught(seed):
    """By its code, with a sentence and something to do in both languages."""
    found = [one for one in caught(seed) if one.code == seed.code]

    assert [] != found
    assert all(one.question == seed.question for one in found)
    assert all(text.id != text.en for one in found for text in (one.message, one.suggestion) if text)


@pytest.mark.parametrize(
    ("file", "question"),
    sorted({(one.file, one.question) for one in SEEDS}),
    ids=lambda one: one.removeprefix("tests/").removeprefix("workflows/"),
)
def test_without_the_fault_nothing_is_found(file, question):
    """What is planted is what is found."""
    proof = asked(sound_ground(file), question)

    assert ("proven", ()) == (proof.answer, proof.findings)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_proof_has_its_faults(question):
    """Most of them planted in what is shipped."""
    counted = Counter(one.question for one in SEEDS)

    assert counted[question] >= FAULTS


@pytest.mark.parametrize("file", SHIPPED)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_shipped_is_proven(file, question):
    """Every question, asked with the people of the demo."""
    assert "proven" == asked(sound_ground(file), question).answer
