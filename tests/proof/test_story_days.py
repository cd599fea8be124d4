"""Stories are told with dates: the days on which a case of the first period can do what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from engine.core.definition import Label
from engine.core.proof.finding import Proof
from engine.core.proof.proving import prove
from engine.core.proof.sight import prove_seen_rightly
from engine.core.proof.story_days import dated
from tests.definitions.test_bad import BAD
from tests.proof.grounds import NATIONAL, changed, ground, shipped
from tests.proof.seeds import SEEDS, caught, planted

EARLY = {
    "employee: [handed_over, disclosed], hr: [handed_over, disclosed]": (
        "employee: [handed_over, employee_reports], hr: [handed_over, disclosed]"
    )
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
)  # fmt: skip
_DATED = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}: ")
#: a day, wherever in a line it stands
_DAY = {
    "en": re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}\b"),
    "id": re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_BULAN)}) \d{{4}}\b"),
}


def test_acts_are_told_on_the_day_a_state_opens_and_moments_on_theirs():
    """The employee would read the rating the day it is written, in January of the next year."""
    proof = dated(ground(shipped()), prove_seen_rightly(ground(changed(NATIONAL, EARLY))))
    story = next(one.story for one in proof.findings if one.code == "seen_too_early")

    assert story[0].en == "1 January 2026: Sari's case opens at “Employee drafts the plan”."
    assert any(line.en.startswith("31 December 2026: The time comes: “The year is over”") for line in story)
    assert any(line.id.startswith("31 Desember 2026: Waktunya tiba: ") for line in story)
    assert "1 January 2027: “Rating” was only just written, and Sari can read it already." == story[-1].en


def undated(story: Iterable[Label]) -> list[str]:
    """The lines of a story that name no day, in either language."""
    return [line[one] for line in story for one, day in _DAY.items() if not day.search(line[one])]


@pytest.mark.parametrize("seed", [pytest.param(one, id=f"{one.code}-{n}") for n, one in enumerate(SEEDS)])
def test_each_line_of_the_story_of_a_planted_fault_names_its_day(seed):
    """Moves, what is said of the case where it stands, and who was looked at."""
    proof = Proof(
        question=seed.question, answer="refuted", summary=Label(id="", en=""), findings=caught(seed)
    )

    assert [] == [line for one in dated(planted(seed), proof).findings for line in undated(one.story)]


@pytest.mark.parametrize("golden", sorted((BAD / "proofs").glob("*.txt")), ids=lambda one: one.stem)
def test_each_line_of_a_story_that_is_told_names_its_day(golden):
    """As `siklus check` prints it, under the finding."""
    lines = [one for one in golden.read_text(encoding="utf-8").splitlines() if one.startswith("    ")]

    assert [] == [one for one in lines if not _DAY["en"].search(one)]


def test_the_days_of_a_story_never_run_backwards():
    for one in prove(ground(changed(NATIONAL, EARLY))):
        for finding in one.findings:
            days = [line.en.split(":")[0] for line in finding.story if _DATED.match(line.en)]

            assert days == sorted(days, key=_instant)


def _instant(day: str) -> tuple[int, int, int]:
    number, month, year = day.split(" ")
    return int(year), _MONTHS.index(month), int(number)
