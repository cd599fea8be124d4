"""What the people of a served demo would do next: the acts of the demo's own year, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from api.demo_acts import Act, Subject, act_in
from api.demo_behaviours import behaviour_of
from engine.core.case import Case, Task
from engine.core.filling import colleagues_of
from tests.browser.conftest import Demo
from tests.worlds import ZONE


def cases_of(demo: Demo, row: int) -> list[Case]:
    """The year of the person in this row, and what opened from it; the quarters go by themselves."""
    found = demo.house.engine.cases(subject=demo.people[row].key)
    return sorted((case for case in found if case.link != "quarters"), key=lambda case: case.parent)


def year_of(demo: Demo, row: int) -> Case:
    """The year itself."""
    return cases_of(demo, row)[0]


def next_acts(demo: Demo, row: int) -> Iterator[tuple[Case, Task, Act]]:
    """What is open in these cases, to whom, and what they would do."""
    engine, member, travel = demo.house.engine, demo.people[row], demo.house.travel
    assert travel is not None
    for case in cases_of(demo, row):
        subject = Subject(
            row=row,
            position=member.position,
            behaviour=behaviour_of(row),
            colleague=next(
                (one.key for one in colleagues_of(engine.chart, member.key, travel.today(ZONE))), ""
            ),
            written=frozenset(case.filled),
        )
        act = act_in(engine.definition(case.definition).workflow, case.state, subject)
        waiting = [task for task in case.tasks if task.kind in {"act", "answer"}]
        if act is not None and waiting:
            yield case, waiting[0], act
