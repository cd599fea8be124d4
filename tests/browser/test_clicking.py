"""The main job by clicking: three people's year, from the draft to recognition, a decided objection, an improvement."""

from __future__ import annotations

from typing import Any

import pytest

from api.demo_acts import Subject, act_in
from api.demo_behaviours import BEHAVIOURS, behaviour_of
from engine.core.case import Case
from tests.browser.conftest import Demo
from tests.browser.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

#: weeks after which three years must be over
_MOST_WEEKS = 160


def rows_of(demo: Demo, *names: str) -> list[int]:
    """The first person of each of these behaviours."""
    rows = sorted(demo.people)
    return [next(row for row in rows if behaviour_of(row).name == name) for name in names]


def case_of(demo: Demo, row: int) -> Case:
    return demo.house.engine.cases(subject=demo.people[row].key)[0]


def test_three_years_by_hand_end_as_they_must(chromium: Any, demo: Demo) -> None:
    """Without scripts: every act a form, every week a button; recognised, decided, improved."""
    assert BEHAVIOURS
    rows = rows_of(demo, "excellent", "objecting", "failing")
    hands = Hands(chromium, demo, script=False)
    for _ in range(_MOST_WEEKS):
        if all(case_of(demo, row).ended for row in rows):
            break
        for row in rows:
            do_what_is_open(hands, demo, row)
        hands.pass_time("week")
    trails = {}
    for row in rows:
        entered = [case_of(demo, row).reached]
        trails[behaviour_of(row).name] = entered[0]
    hands.close()

    assert "recognised" == trails["excellent"][-1]
    assert {"reviewer_rules", "disclosed"} <= set(trails["objecting"])
    assert "improving" in trails["failing"]
    assert all(case_of(demo, row).ended == "complete" for row in rows)
    assert [] == demo.house.engine.verify()


def do_what_is_open(hands: Hands, demo: Demo, row: int) -> None:
    """Do by hand whatever is open in somebody's case, as whoever holds it, until it rests."""
    member = demo.people[row]
    subject = Subject(row=row, position=member.position, behaviour=behaviour_of(row))
    for _ in range(20):
        case = case_of(demo, row)
        act = act_in(case.state, subject) if case.task is not None else None
        if act is None or case.task is None:
            return
        hands.be(demo.house.engine.chart.person(case.task.holder).person_id)
        hands.act(case.id, act.trigger, act.forms, act.reason)
        assert case.visit < case_of(demo, row).visit, hands.page.inner_text("main")[:1500]
