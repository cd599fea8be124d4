"""Fields that look around: an act names colleagues, picks from a plan, dates what is past, and is asked for more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.core.codec import decode
from engine.core.effects import WriteContent
from engine.core.filling import colleagues_of, nameable
from engine.errors import FormInvalid, GuardRefused
from tests.definitions_varied import varied
from tests.worlds import World

RULES: Mapping[str, str] = {
    "\nforms:\n": """
forms:
  verdict:
    about: {pick: plan.goals}
    with: {person: colleagues}
    day: {date: past}
    score: {number: 0..100, decimals: 2}
    why: {text: 100, needed: "verdict.score < 50.5"}
""",
    "agree: {to: waiting, notify: employee}": (
        "agree: {form: verdict, to: waiting, notify: employee, when: 'verdict.score >= 10.25 && half < 90.1'}"
    ),
    "\nladders:\n": '\n  half: {formula: "verdict.score / 2", decimals: 1}\nladders:\n',
    "hr: waiting}": "hr: waiting}\n  verdict: {rater: always}",
}
TEXTS: Mapping[str, str] = {
    "\nforms:\n": "\nforms:\n  verdict: {id: Temuan, en: Findings}\n",
    "\nfields:\n": """
fields:
  verdict.about: {id: Tentang, en: About}
  verdict.with: {id: Bersama, en: With}
  verdict.day: {id: Tanggal, en: Day}
  verdict.score: {id: Nilai, en: Score}
  verdict.why: {id: Sebab, en: Why}
""",
    "\nfigures:\n": "\nfigures:\n  half: {id: Separuh, en: Half}\n",
}
PLAN = {"goals": [{"title": "Laporan", "weight": 60}, {"title": "Pelayanan", "weight": 40}]}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A case whose plan waits for the rater's verdict."""
    world = World(definition=varied(tmp_path, RULES, TEXTS))
    world.fire("submit", plan=PLAN)
    return world


def verdict(world: World, **changed: Any) -> dict[str, Any]:
    """A verdict that fits, with these fields changed."""
    colleague = nameable("colleagues", world.case, world.scene)[0]
    told = {"about": 2, "with": colleague.key, "day": world.today.isoformat(), "score": "82.5"}
    return {**told, **changed}


def test_an_act_keeps_what_was_picked_and_named(world):
    """The number of the goal with what it is called now, a key, a decimal text."""
    given = verdict(world)

    done = world.fire("agree", verdict=given)

    kept = next(
        decode(one.value) for one in done.effects if isinstance(one, WriteContent) and one.form == "verdict"
    )
    assert {**given, "about": {"number": 2, "text": "Pelayanan"}, "score": "82.50"} == kept


def test_colleagues_serve_in_the_same_unit_and_are_somebody_else(world):
    """Whoever may be named, by the chart of the day of the act."""
    subject = world.chart.near(world.case.subject, world.today)
    people = nameable("colleagues", world.case, world.scene)

    assert {subject.unit} == {one.unit for one in people}
    assert subject.key not in {one.key for one in people}


def test_in_the_case_of_a_unit_everybody_who_serves_there_may_be_named(world):
    """A unit has no colleagues of its own: its people are meant, and nobody of them is left out."""
    unit = world.chart.near(world.case.subject, world.today).unit
    people = colleagues_of(world.chart, f"unit:{unit}", world.today)

    assert {unit} == {one.unit for one in people}
    assert world.case.subject in {one.key for one in people}


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"about": 3}, "verdict.about"),
        ({"with": "p-nobody"}, "verdict.with"),
        ({"day": "2099-01-01"}, "verdict.day"),
        ({"score": 82.5}, "verdict.score"),
        ({"score": "50.49"}, "verdict.why"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_path(world, changed, path):
    """An item that is not there, a stranger, a day to come, a JSON fraction, a reason that is now needed."""
    with pytest.raises(FormInvalid) as refused:
        world.fire("agree", verdict=verdict(world, **changed))

    assert [path] == list(refused.value.data["problems"])


def test_the_subject_cannot_be_named(world):
    """Nobody is a colleague of their own."""
    with pytest.raises(FormInvalid) as refused:
        world.fire("agree", verdict=verdict(world, **{"with": world.case.subject}))

    assert ["verdict.with"] == list(refused.value.data["problems"])


def test_a_decimal_guard_refuses_and_tells_why(world):
    """Worked out exactly, told in both languages without a text of its own."""
    with pytest.raises(GuardRefused) as refused:
        world.fire("agree", verdict=verdict(world, score="10.24", why="x"))

    assert "Nilai adalah 10,24, harus paling sedikit 10,25" == refused.value.data["label"].id
    assert "Score is 10.24, must be at least 10.25" == refused.value.data["label"].en
