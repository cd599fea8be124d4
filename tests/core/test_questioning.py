"""This is not my superior: the subject says so, the case goes on, and the personnel desk answers."""

from __future__ import annotations

from dataclasses import replace as set_in
from datetime import timedelta

import pytest

from engine.core.assigning import on_personnel_desk
from engine.core.case import Questioned
from engine.core.chart import Chart
from engine.core.command import Actor, AnswerQuestion, Cancel, Follow, QuestionSuperior
from engine.core.definition import Language
from engine.core.following import must_follow
from engine.core.questioning import ANSWERED_WITHIN, may_answer, may_question, meant_by, named_superior
from engine.core.telling import say_why
from engine.core.telling_past import say_entry
from engine.errors import CaseClosed, ReasonMissing, Refused, WrongPerson
from tests.worlds import World, calendar, plan, without

WHY = "sejak Januari saya di seksi lain"


def asked(one: World, *, meant: str = "", reason: str = WHY) -> Questioned:
    one.obey(QuestionSuperior(actor=Actor(person=one.case.subject), reason=reason, meant=meant))
    assert one.case.questioned is not None
    return one.case.questioned


def answer(one: World, outcome: str = "right", by: str = "", reason: str = "SK 12/2025") -> None:
    who = by or (one.case.questioned.task.holder if one.case.questioned else desk(one))
    one.obey(AnswerQuestion(outcome=outcome, actor=Actor(person=who), reason=reason))  # type: ignore[arg-type]


def desk(one: World) -> str:
    return next(
        each.key for each in one.chart.people(one.today) if on_personnel_desk(one.case, each.key, one.scene)
    )


def moved_under(one: World, superior: str) -> Chart:
    """The chart with another superior of the subject."""
    number = one.chart.person(superior).person_id
    segments = tuple(
        set_in(each, superior=number) if each.key == one.case.subject else each for each in one.chart.segments
    )
    return Chart(segments=segments, version="chart:corrected")


def test_the_desk_has_a_task_with_a_due_day_and_the_case_goes_on_as_it_was() -> None:
    one = World()
    before = one.case
    named, meant = named_superior(one.case, one.scene), meant_by(one.case, one.scene)[0].key

    question = asked(one, meant=meant)

    assert (named, meant, one.case.seq) == (question.named, question.meant, question.entry)
    assert on_personnel_desk(one.case, question.task.holder, one.scene)
    assert calendar().add(one.today, ANSWERED_WITHIN, "working days") == question.task.due_on
    assert (before.state, before.visit, before.task, before.deadlines) == (
        one.case.state, one.case.visit, one.case.task, one.case.deadlines,
    )  # fmt: skip
    assert question.task in one.case.tasks
    assert (question.task.holder, "superior") in one.told
    (facts,) = one.facts("superior_questioned")
    assert {"questions": named, "means": meant} == facts["cause"]
    assert {"reason"} == facts["content"].keys()


@pytest.mark.parametrize("language", ["id", "en"])
def test_why_the_desk_was_asked_names_a_unit_and_nobody_else(language: Language) -> None:
    one = World()
    question = asked(one)

    told = say_why(question.task.why, one.chart, language)

    assert [] == [each.name for each in one.chart.people(one.today) if each.name in told]
    assert one.case.unit in told


def test_only_the_subject_questions_their_superior_and_once_until_the_answer() -> None:
    one = World()
    assert [one.case.subject] == [
        each.key for each in one.chart.people(one.today) if may_question(one.case, each.key)
    ]
    with pytest.raises(WrongPerson):
        one.obey(QuestionSuperior(actor=Actor(person=desk(one)), reason=WHY))
    with pytest.raises(ReasonMissing):
        asked(one, reason=" ")
    asked(one)
    with pytest.raises(Refused, match="has not answered yet"):
        asked(one)
    answer(one)
    asked(one)


def test_whom_the_subject_means_is_in_post_and_neither_themselves_nor_the_one_named() -> None:
    one = World()
    named = named_superior(one.case, one.scene)
    offered = {each.key for each in meant_by(one.case, one.scene)}
    assert offered
    assert not {named, one.case.subject} & offered
    for wrong in (named, one.case.subject, "p-nobody"):
        with pytest.raises(Refused):
            asked(one, meant=wrong)
    assert one.case.questioned is None


def test_the_desk_says_why_the_chart_is_right_and_the_subject_is_told() -> None:
    one = World()
    question = asked(one)
    with pytest.raises(ReasonMissing):
        answer(one, reason=" ")
    answer(one)
    assert one.case.questioned is None
    assert question.task not in one.case.tasks
    assert (one.case.subject, "superior_answered") in one.told
    (facts,) = one.facts("superior_answered")
    assert {"answers": question.entry, "outcome": "right", "named": question.named} == facts["cause"]
    with pytest.raises(Refused, match="nobody asks"):
        answer(one)


def test_corrected_is_only_said_once_the_chart_names_another() -> None:
    one = World()
    meant = next(each.key for each in meant_by(one.case, one.scene))
    question = asked(one, meant=meant)
    with pytest.raises(Refused, match="still names the same superior"):
        answer(one, "corrected")
    one.chart = moved_under(one, meant)
    answer(one, "corrected", by=question.task.holder)
    (facts,) = one.facts("superior_answered")
    assert meant == facts["cause"]["named"]


def test_neither_the_subject_nor_whom_the_chart_names_answers() -> None:
    one = World()
    question = asked(one)
    assert may_answer(one.case, question.task.holder, one.scene)
    for person in (one.case.subject, question.named):
        assert not may_answer(one.case, person, one.scene)
        with pytest.raises(WrongPerson):
            answer(one, by=person)


def test_the_task_follows_its_desk_when_its_holder_leaves() -> None:
    one = World()
    question = asked(one)
    one.chart = without(one.chart, question.task.holder, one.today - timedelta(days=1))
    assert [question.task] == [task for task, _ in must_follow(one.machine, one.case, one.scene)]
    one.obey(Follow())
    after = one.case.questioned
    assert after is not None
    assert question.task.holder != after.task.holder
    assert ("followed", question.task.id) == (after.task.since, after.task.id)
    assert {(after.task.holder, "superior"), (question.task.holder, "handed_over")} <= set(one.told)
    answer(one)


def test_a_question_outlives_its_case_but_not_a_cancelled_cycle_and_none_is_asked_of_a_closed_one() -> None:
    one = World()
    asked(one)
    gone = World()
    asked(gone)
    gone.obey(Cancel(cancelling="cancelling-1", actor=Actor(person=desk(gone))))
    assert (None, ()) == (gone.case.questioned, gone.case.tasks)
    with pytest.raises(CaseClosed):
        asked(gone)
    one.wait_until(one.today + timedelta(days=1500))
    assert one.case.ended
    assert one.case.questioned is not None
    answer(one)
    assert () == one.case.tasks


def test_both_words_are_told_in_both_languages() -> None:
    one = World()
    meant = meant_by(one.case, one.scene)[0]
    asked(one, meant=meant.key)
    answer(one)
    definition = one.machine.definition
    lines = [
        say_entry(definition, step.entry, one.chart, language)
        for step in one.steps
        if step.entry.kind.startswith("superior_")
        for language in ("id", "en")
    ]
    assert 4 == len(set(lines))
    assert meant.name in lines[0]
    assert "is not their superior" in lines[1]
    assert "sudah benar" in lines[2]


def test_a_question_ends_the_time_in_which_a_move_may_be_taken_back() -> None:
    one = World()
    one.fire("submit", plan=plan(60, 40))
    assert one.case.undoable is not None
    assert one.case.undoable.spent is None
    asked(one)
    spent = one.case.undoable.spent
    assert spent is not None
    assert "superior_questioned" == spent.kind
