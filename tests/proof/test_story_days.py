"""Stories are told with dates: the days on which a case of the first period can do what they tell."""

from __future__ import annotations

import re

from engine.core.proof.proving import prove
from engine.core.proof.sight import prove_seen_rightly
from engine.core.proof.story_days import dated
from tests.proof.grounds import NATIONAL, changed, ground, shipped

EARLY = {
    "rating:      {rater: rater_rates, reviewer: reviewer_looks, employee: disclosed, hr: disclosed": (
        "rating:      {rater: rater_rates, reviewer: reviewer_looks, employee: running, hr: disclosed"
    )
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DATED = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}: ")


def test_acts_are_told_on_the_day_a_state_opens_and_moments_on_theirs():
    """The employee would read the rating the day it is written, in January of the next year."""
    proof = dated(ground(shipped()), prove_seen_rightly(ground(changed(NATIONAL, EARLY))))
    story = next(one.story for one in proof.findings if one.code == "seen_too_early")

    assert story[0].en == "1 January 2026: Sari's case opens at “Employee drafts the plan”."
    assert any(line.en.startswith("31 December 2026: The time comes: “The year is over”") for line in story)
    assert any(line.id.startswith("31 Desember 2026: Waktunya tiba: ") for line in story)
    assert not _DATED.match(story[-1].en)


def test_the_days_of_a_story_never_run_backwards():
    for one in prove(ground(changed(NATIONAL, EARLY))):
        for finding in one.findings:
            days = [line.en.split(":")[0] for line in finding.story if _DATED.match(line.en)]

            assert days == sorted(days, key=_instant)


def _instant(day: str) -> tuple[int, int, int]:
    number, month, year = day.split(" ")
    return int(year), _MONTHS.index(month), int(number)
