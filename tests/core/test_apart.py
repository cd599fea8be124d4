"""Duties kept apart by what was done, whoever the chart names later; and nobody who has left is given work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.core.chart import Chart
from engine.core.command import Actor, Follow, Reassign
from engine.core.following import must_follow
from engine.errors import Refused
from tests.definitions_varied import varied
from tests.worlds import OPENING, World, chart, colleague, on_desk, plan, rating_time, without

RATING = {"results": "above", "behaviour": "above", "reasons": "bukti lengkap"}
HR = Actor(person=on_desk("personnel"))
BUSY = "beban kerja"


def rated_from_above() -> tuple[World, str]:
    """The silent rater's task went up the ladder to the next level, who rated; the reviewer's turn, and who rated."""
    world = rating_time()
    first = world.case.task.holder
    while world.case.task.holder == first:
        world.wait(1)
    rater = world.case.task.holder
    assert chart().superior(first, world.today).key == rater
    world.fire("rate", rating=RATING)
    return world, rater


def test_who_rated_because_the_task_came_up_the_ladder_does_not_review_it() -> None:
    """The rater's superior rated; the review goes past them, to somebody else who is not the subject either."""
    world, rater = rated_from_above()

    assert "reviewer_looks" == world.case.state
    assert world.case.task.holder not in {rater, world.case.subject}


def test_who_rated_does_not_decide_the_objection_to_it() -> None:
    """PP 30/2019 Art 59: also half a dozen states later, what somebody did keeps them from judging it."""
    world, rater = rated_from_above()
    world.fire("seen")
    world.fire("object", objection={"grounds": "nilai perilaku keliru", "evidence": []})
    world.fire("explain", employee_explanation={"text": "hadir setiap hari"})
    world.fire("explain", rater_explanation={"text": "catatan kehadiran"})

    assert "reviewer_rules" == world.case.state
    assert world.case.task.holder not in {rater, world.case.subject}


def test_who_rated_because_the_desk_gave_them_the_task_does_not_review_it() -> None:
    """Given to the rater's superior by name: another one looks at what they rated."""
    world = rating_time()
    superior = chart().superior(world.case.task.holder, world.today).key
    world.obey(Reassign(to=superior, actor=HR, reason=BUSY))
    world.fire("rate", rating=RATING)

    assert "reviewer_looks" == world.case.state
    assert superior != world.case.task.holder


def test_the_desk_cannot_give_the_review_to_who_rated() -> None:
    """A colleague rated by reassignment; giving them the review as well is refused and changes nothing."""
    world = rating_time()
    rater = world.case.task.holder
    other = colleague(rater, world.case.subject, chart().superior(rater, world.today).key)
    world.obey(Reassign(to=other, actor=HR, reason=BUSY))
    world.fire("rate", rating=RATING)
    reviewer = world.case.task.holder

    with pytest.raises(Refused, match="kept apart"):
        world.obey(Reassign(to=other, actor=HR, reason=BUSY))
    assert reviewer == world.case.task.holder


def test_who_acted_is_remembered_by_the_role_they_acted_in() -> None:
    """The case itself holds what keeps duties apart."""
    world, rater = rated_from_above()

    assert (world.case.subject,) == world.case.acted["employee"]
    assert rater in world.case.acted["rater"]
    assert world.case.task.holder not in world.case.acted["rater"]


def test_the_subjects_own_work_goes_to_no_substitute(tmp_path) -> None:
    """A ladder that hands over to substitutes leaves a plan with the one whose plan it is."""
    definition = varied(tmp_path, {"reassign: next_level": "reassign: substitute"})
    world = World(definition=definition)
    subject = world.case.subject
    stand_in = chart().person(colleague(subject)).person_id
    world.chart = Chart(
        segments=tuple(
            replace(one, substitute=stand_in) if one.key == subject else one for one in chart().segments
        ),
        version="with a substitute",
    )
    world.wait(10)

    assert "substitute" in {one.get("not_reassigned") for one in world.facts("rung")}
    assert subject == world.case.task.holder


def test_a_task_given_to_somebody_by_name_does_not_stay_when_they_leave() -> None:
    """It goes back to whoever the chart names for the role."""
    world = World()
    world.fire("submit", plan=plan(100))
    world.fire("pass")
    rater = world.case.task.holder
    other = colleague(rater, world.case.subject)
    world.obey(Reassign(to=other, actor=HR, reason=BUSY))
    assert () == must_follow(world.machine, world.case, world.scene)
    world.chart = without(chart(), other, world.today)
    world.wait(1)
    world.obey(Follow())

    assert rater == world.case.task.holder
    assert () == must_follow(world.machine, world.case, world.scene)


def test_a_new_task_is_not_given_to_who_has_left() -> None:
    """The superior of 31 December is gone by 4 January: the rating waits for somebody who is there."""
    world = World()
    boss = chart().superior(world.case.subject, OPENING).key
    world.fire("submit", plan=plan(60, 40))
    for act in ("pass", "agree", "sign", "set_plan"):
        world.fire(act)
    gone = world.case.period_to.replace(year=2027, month=1, day=2)
    world.chart = without(chart(), boss, gone)
    world.wait_until(gone.replace(day=4))
    world.fire("send", report={"achieved": "semua tercapai", "evidence": []})
    holder = world.case.task.holder

    assert "rater_rates" == world.case.state
    assert boss != holder
    assert world.chart.at(holder, world.today) is not None
