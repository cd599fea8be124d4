"""The main job by clicking: three people's year, from the draft to recognition, a decided objection, an improvement."""

from __future__ import annotations

from typing import Any

import pytest

from api.demo_behaviours import BEHAVIOURS, behaviour_of
from tests.browser.conftest import Demo
from tests.browser.doing import cases_of, next_acts, year_of
from tests.browser.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

#: weeks after which three years must be over
_MOST_WEEKS = 160


def rows_of(demo: Demo, *names: str) -> list[int]:
    """The first person of each of these behaviours."""
    rows = sorted(demo.people)
    return [next(row for row in rows if behaviour_of(row).name == name) for name in names]


def test_three_years_by_hand_end_as_they_must(chromium: Any, demo: Demo) -> None:
    """Without scripts: every act a form, every week a button; recognised, decided, improved."""
    assert BEHAVIOURS
    rows = rows_of(demo, "excellent", "objecting", "failing")
    hands = Hands(chromium, demo, script=False)
    for _ in range(_MOST_WEEKS):
        if all(case.ended for row in rows for case in cases_of(demo, row)):
            break
        for row in rows:
            do_what_is_open(hands, demo, row)
        hands.pass_time("week")
    trails = {
        behaviour_of(row).name: {state for case in cases_of(demo, row) for state in case.reached}
        for row in rows
    }
    hands.close()

    assert {"head_recognises", "employee_consents"} <= trails["excellent"]
    assert {"reviewer_rules", "disclosed"} <= trails["objecting"]
    assert "improving" in trails["failing"]
    assert ["complete"] * 3 == [year_of(demo, row).ended for row in rows]
    assert [] == demo.house.engine.verify()


def do_what_is_open(hands: Hands, demo: Demo, row: int) -> None:
    """Do by hand whatever is open in somebody's cases, as whoever holds it, until they rest."""
    for _ in range(20):
        found = next(next_acts(demo, row), None)
        if found is None:
            return
        case, task, act = found
        hands.be(demo.house.engine.chart.person(task.holder).person_id)
        hands.act(case.id, act.trigger, act.forms, act.reason)
        after = demo.house.engine.case(case.id, None).case
        assert case.seq < after.seq, hands.page.inner_text("main")[:1500]
