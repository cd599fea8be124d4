"""A thousand lives of one case each, with the real step alone: no walk contradicts what is proven of a practice."""

from __future__ import annotations

import pytest

from engine.core.parse import read
from tests.practices.living import rules
from tests.proof.test_walks import Walker

PRACTICES = ("asn-tahunan", "asn-triwulan", "asn-perbaikan", "bukitintan-penilaian", "kemenkeu-triwulan")
#: states of kemenkeu that only what other cases do leads to
ELSEWHERE = {"in_turn", "both_sign", "signed", "unsigned"}


@pytest.mark.heavy
@pytest.mark.parametrize("name", PRACTICES)
def test_a_thousand_walks_contradict_no_proof_of_a_practice(name: str) -> None:
    """None is stuck or over after its latest day; every state is entered that a case can come to by itself."""
    definition = read(*rules(name))
    walker = Walker(definition)
    walks = [walker.go(seed) for seed in range(1_000)]
    entered = {state for told, _ in walks for state, _ in told.trail}
    alone = ELSEWHERE if name == "kemenkeu-triwulan" else set()

    assert [] == [said for _, said in walks if said]
    assert set() == set(definition.states) - entered - alone
