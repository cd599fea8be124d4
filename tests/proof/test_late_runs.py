"""The story of a promise kept too late is a run that the real case can live, with that last step and on those days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.core.assigning import find
from engine.core.command import TIMER, Actor, Contents, Elapse, Fire, Notice
from engine.core.definition import HOLDER, At, By, Definition, EmployeeFact
from engine.core.effects import Step
from engine.core.machine import Machine, compile_machine
from engine.core.proof.dice import Dice
from engine.core.proof.moves import Move
from engine.core.proof.pretending import PRETENDED, pretend
from engine.core.proof.promised_days import Worst, ends_by
from engine.core.proof.promising import prove_kept
from engine.core.scene import Scene
from engine.core.step import Beginning, start, step, written
from engine.errors import NobodyFound, Refused
from tests.proof.grounds import NATIONAL, SMALL, changed, ground
from tests.worlds import HOUR, OPENING, calendar, chart

_PLACE = "\nvisibility:"
ANNUAL = "workflows/templates/annual"
PROBATION = "workflows/templates/probation"
#: those who leave are wound up, which takes most of a year
WINDING_UP = """    winding_up:
      transitions:
        over: {at: 200 working days after entry, to: left}
  closed:
"""
TRIES = 400


class Latecomer:
    """A case whose people act on the very days a story tells."""

    def __init__(self, machine: Machine, day: date) -> None:
        self.machine = machine
        subject = next(
            one
            for one in chart().people(OPENING)
            if one.status == "active" and one.superior and not one.duties
        )
        self.zone = subject.zone
        self.now = calendar().start_of(day, self.zone) + 8 * HOUR
        beginning = Beginning(
            case_id="c-1", cycle="late", subject=subject.key, segment=1,
            period_from=date(day.year, 1, 1), period_to=date(day.year, 12, 31), actor=TIMER,
        )  # fmt: skip
        self.contents = Contents()
        self._keep(start(machine, beginning, self.scene))

    @property
    def scene(self) -> Scene:
        """What is now."""
        return Scene(now=self.now, calendar=calendar(), chart=chart(), seed=bytes(32))

    @property
    def today(self) -> date:
        """The day that is now, or ends now."""
        return calendar().date_of(self.now - 1, self.zone)

    def goes(self, move: Move, day: date) -> str:
        """Where the case stands once it went this way at the end of that day."""
        end = calendar().start_of(day + timedelta(days=1), self.zone)
        last = end if isinstance(move.way.trigger, At) else end - 1
        while self.case.next_at <= last and self.case.state == move.source:
            self.now = max(self.now, self.case.next_at)
            self._keep(step(self.machine, self.case, Elapse(contents=self.contents), self.scene))
        if not isinstance(move.way.trigger, At):
            self.now = last
            self._keep(self._act(move))
        return self.case.state

    def _act(self, move: Move) -> Step:
        """The act of a move, written in one of many ways."""
        trigger = move.way.trigger
        if not isinstance(trigger, By):
            (fact,) = (one.text for one in trigger.facts if isinstance(one, EmployeeFact))
            return step(
                self.machine, self.case, Notice(fact=fact, actor=TIMER, contents=self.contents), self.scene
            )
        form = self.machine.state(self.case.state).form_of(move.way)
        for seed in range(TRIES):
            dice = Dice(seed)
            forms = {}
            if form is not None:
                definition = self.machine.definition
                forms = {form: pretend(definition, form, dice, self.case, self.contents, self.scene)}
            for who in self._actors(trigger):
                act = Fire(
                    trigger=move.way.name, actor=Actor(person=who), forms=forms, files=PRETENDED,
                    reason="karena", contents=self.contents,
                )  # fmt: skip
                try:
                    done = step(self.machine, self.case, act, self.scene)
                except Refused:
                    continue
                if done.case.state == move.target:
                    return done
        raise AssertionError(f"nobody can do {move.way.rule} on {self.today}")

    def _actors(self, trigger: By) -> Iterator[str]:
        for name in trigger.roles or (HOLDER,):
            if name == HOLDER:
                yield from (task.holder for task in self.case.waiting)
                continue
            try:
                yield find(self.machine.definition, self.case, name, self.scene).person
            except NobodyFound:
                continue

    def _keep(self, done: Step) -> None:
        self.case = done.case
        self.contents = written(self.contents, done)


def too_late(definition: Definition, day: str) -> Worst:
    """The case that ends after a day on which every case ought to be over."""
    promising = replace(definition)
    verdict, worst = ends_by(ground(promising), promising.promises[0])

    assert "no" == verdict, day
    assert worst is not None
    return worst


def promised(name: str, day: str, rules: dict[str, str] | None = None) -> Definition:
    """A definition that promises to be over by a day."""
    return changed(name, {_PLACE: f"\npromises: [{{ends_by: {day}}}]{_PLACE}", **(rules or {})})


@pytest.mark.parametrize("name", [SMALL, NATIONAL, ANNUAL, PROBATION])
@pytest.mark.parametrize("day", ["2026-02-01", "31 December", "31 January next year"])
def test_the_latest_run_that_is_told_can_be_lived_to_its_last_day(name, day):
    """The real step goes every way of the story on its day, and is over when the story says."""
    definition = promised(name, day)
    worst = too_late(definition, day)
    case = Latecomer(compile_machine(definition), worst.since)

    for move, when in worst.way:
        assert move.target == case.goes(move, when)
        assert when == case.today
    assert case.case.ended != ""
    assert worst.late == case.today


def test_a_story_ends_as_cases_do_where_leaving_would_be_as_late():
    """Who leaves on the last day is out as late as who stays: the story is of the one who stays."""
    worst = too_late(promised(SMALL, "31 January"), "31 January")

    assert not worst.way[-1][0].way.rule.startswith("anytime.")


def winding_up(where: str) -> list[str]:
    """The story of a promise that cases closed in these states do not keep."""
    definition = changed(
        SMALL,
        {
            "exempt: {by: hr, to: left,": f"exempt: {{by: hr, to: winding_up,{where}",
            "  closed:\n": WINDING_UP,
            _PLACE: f"\npromises: [{{ends_by: 31 December}}]{_PLACE}",
        },
        {
            "  waiting: {id: Pelaksanaan, en: Work}\n": (
                "  waiting: {id: Pelaksanaan, en: Work}\n  winding_up: {id: Penyelesaian, en: Winding up}\n"
            ),
            "automatic:\n": "automatic:\n  over: {id: Sudah diselesaikan, en: Wound up}\n",
        },
    )
    (finding,) = prove_kept(ground(definition)).findings
    return [line.en for line in finding.story]


def test_a_story_that_only_leaving_makes_late_tells_who_closed_the_case():
    """The step by which it becomes late is told, with its day, not only where it leads."""
    story = winding_up(" in: [drafting, checking, waiting],")

    assert [
        "5 February 2026: Rater chooses “Agree”; the case moves to “Work”.",
        "31 December 2026: Personnel office chooses “Close with a reason”; the case moves to “Winding up”.",
        "2 November 2027: The time comes: “Wound up”; the case moves to “Ended early”.",
        "It happens as late as 2 November 2027, and should by 31 December 2026.",
    ] == story[-4:]


def test_a_loop_without_a_last_day_is_told_with_one_round():
    """The case is closed where it is being wound up already, and all begins again."""
    story = winding_up("")

    assert [
        "31 December 2026: Personnel office chooses “Close with a reason”; the case moves to “Winding up”.",
        "2 November 2027: Personnel office chooses “Close with a reason”; the case moves to “Winding up”.",
        "At “Winding up” the case may rest without a last day, and it should be over by 31 December 2026.",
    ] == story[-3:]
