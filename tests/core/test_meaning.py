"""Sentences of the language's design that are easily read past, each tried where it could fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.command import TIMER, Actor, Extend, Notice, Pause, Resume
from engine.core.moments import Duration
from engine.errors import WrongPerson
from tests.definitions_varied import varied
from tests.worlds import World, chart, on_desk, without

HR = Actor(person=on_desk("personnel"))
PLAN = {"goals": [{"title": "satu", "weight": 100}]}
SUBMIT = 'submit: {to: checking, when: "weights == 100"}'
NUDGE = {SUBMIT: f"{SUBMIT}\n        nudge: {{at: 3 working days before due, to: stay, notify: hr}}"}
NUDGED = {"\nautomatic:\n": "\nautomatic:\n  nudge: {id: Diingatkan, en: Reminded}\n"}
REVIEWED = {
    "\n  hr: {desk": "\n  reviewer: {superior_of: rater, as_of: entry, not: [employee, rater]}\n  hr: {desk",
    "task: {who: rater, shows: plan, due: checking_time}": (
        "task: {who: reviewer, shows: plan, due: checking_time}"
    ),
    "agree: {to: waiting, notify: employee}": (
        "agree: {to: waiting, notify: employee}\n        seen: {by: rater, to: stay, reason: required}"
    ),
}
REVIEWER = {
    "\nroles:\n": "\nroles:\n  reviewer: {id: Peninjau, en: Reviewer}\n",
    "\nbuttons:\n": "\nbuttons:\n  seen: {id: Sudah dibaca, en: Seen}\n",
}


@pytest.fixture
def nudged(tmp_path: Path) -> World:
    """Due on Monday, 8 December 2025; on the 3rd a moment came that let the case stay."""
    world = World(definition=varied(tmp_path, NUDGE, NUDGED))
    world.wait_until(date(2025, 12, 4))
    assert 1 == len(world.facts("stayed"))
    return world


def test_a_moment_that_let_the_case_stay_does_not_come_again_when_a_pause_is_over(nudged: World) -> None:
    nudged.obey(Pause(kind="outage", actor=HR, reason="jaringan putus"))
    nudged.obey(Resume(actor=HR, reason="tersambung"))

    assert 1 == len(nudged.facts("stayed"))
    assert date(2025, 12, 8) == nudged.case.task.due_on


def test_a_moment_that_let_the_case_stay_comes_again_only_if_all_of_the_ladder_does(nudged: World) -> None:
    def more(ladder: str) -> int:
        by = Duration(5, "working days")
        nudged.obey(Extend(by=by, actor=HR, reason="banjir", ladder=ladder))
        return sum(alarm.what == "drafting.nudge" for one in nudged.case.deadlines for alarm in one.alarms)

    assert (0, 1) == (more("kept"), more("restarted"))
    nudged.wait_until(date(2025, 12, 30))
    assert 2 == len(nudged.facts("stayed"))


def test_a_true_fact_moves_a_case_that_goes_to_sleep_at_once(tmp_path: Path) -> None:
    """Offered at any time means while it sleeps as well, whether the fact came before or after."""
    rules = {
        "  monitoring:\n": (
            "  monitoring:\n    not_before: 1 March\n    anytime: {leaves: {upon: employee leaves, to: left}}\n"
        )
    }
    world = World(
        definition=varied(
            tmp_path, rules, {"\nautomatic:\n": "\nautomatic:\n  leaves: {id: Keluar, en: Left}\n"}
        )
    )
    world.obey(Notice(fact="employee leaves", actor=TIMER))
    world.fire("submit", plan=PLAN)
    assert "checking" == world.case.state
    world.fire("agree")

    assert ("left", date(2025, 12, 1)) == (world.case.state, world.today)


def test_nobody_does_a_task_after_doing_what_is_kept_apart_from_it(tmp_path: Path) -> None:
    """The reviewer has become the rater while the review was open: what they do as the one ends the other."""
    world = World(definition=varied(tmp_path, REVIEWED, REVIEWER))
    rater = chart().superior(world.case.subject, world.today)
    assert rater is not None
    world.fire("submit", plan=PLAN)
    reviewer = world.case.task.holder
    world.chart = without(world.chart, rater.key, world.today)
    world.wait(1)
    world.fire("seen", by=reviewer, reason="sudah dibaca")

    with pytest.raises(WrongPerson):
        world.fire("agree", by=reviewer)
