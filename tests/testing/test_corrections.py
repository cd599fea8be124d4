"""Examples that open the correction of a closed case: who may, from where, and what nobody would notice."""

from __future__ import annotations

import pytest

from engine.errors import DefinitionInvalid
from engine.testing import Report, read_examples, try_definition
from tests.worlds import calendar, machine

RATED = machine("tests/definitions/linked/rated").definition
WHO = """
people:
  bupati: {kind: external}
  kadis: {superior: bupati, duties: [head]}
  budi: {superior: kadis}
  siti: {superior: budi}
  ani: {superior: kadis, duties: ["desk:personnel"]}
examples:
  corrected:
    about: siti
    opens: 2026-01-05
    period: 2026
    steps:
"""
RATE = "do: rate, with: {rating: {points: 30}}, state: disclosed, ended: complete"
OPEN = "do: correction, by: siti, reason: salah hitung, state: disclosed, opened: correction"


def tried(*steps: str, mutate: bool = False) -> Report:
    """The report on one example of a year that can be corrected."""
    text = WHO + "".join(f"      - {{{one}}}\n" for one in steps)
    examples = read_examples(text, RATED, name="rated.examples.yaml", opener=lambda _: b"")
    return try_definition(RATED, examples, calendar(), mutate=mutate)


def test_an_example_opens_a_correction_of_a_closed_case() -> None:
    """By its own name or by its rule; the case stays as it is, and the link is told as opened."""
    assert () == tried(RATE, OPEN).failed
    assert () == tried(RATE, OPEN.replace("do: correction", "do: corrects.correction")).failed


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("do: correction, by: budi, reason: salah hitung", "wrong_person"),
        ("do: correction, by: siti", "reason_missing"),
    ],
)
def test_an_example_says_who_may_not_open_one(step: str, code: str) -> None:
    """The rater is not among those who may, and nobody may without a reason."""
    assert () == tried(RATE, f"{step}, refused: {code}").failed
    assert () != tried(RATE, step).failed


def test_a_correction_that_no_example_opens_is_told_with_its_place() -> None:
    """Like a way out that no example takes."""
    told = {one.told: one.path for one in tried(RATE).untouched}

    assert ("linked", "correction") == told["no example takes 'corrects.correction'"]
    assert "no example takes 'corrects.correction'" not in {one.told for one in tried(RATE, OPEN).untouched}


def test_mutations_take_a_correction_from_those_who_may_open_it() -> None:
    """One example, by the employee: that the personnel desk may as well, nobody would notice."""
    unnoticed = {one.told for one in tried(RATE, OPEN, mutate=True).unnoticed}

    assert "'correction' may not be opened by 'hr'" in unnoticed
    assert "'correction' may not be opened by 'employee'" not in unnoticed
    assert "'correction' is not offered in 'disclosed'" not in unnoticed


def test_an_act_that_is_none_is_told_with_the_nearest() -> None:
    """The correction stands among the acts that are known."""
    with pytest.raises(DefinitionInvalid) as raised:
        tried(RATE, "do: corection, by: siti")

    assert any("correction" in str(one) for one in raised.value.problems)
